"""Notebooks to make reports of, and the reports as readers and their tools see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pikepdf
import pypdfium2
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.report.document import write_pdf
from analysis.report.draft import Draft
from analysis.report.edition import Chapter, Edition
from analysis.report.headings import Headings

EDITION = Edition(
    title="How much do they send?",
    subtitle="Gemeenten",
    facts=(("Study", "A small study"), ("Period", "1 January to 31 December 2023")),
    header="Gemeenten · A small study",
    mark="Simulated data",
    language="en",
    made_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
)

TEXT = """\
# How much do they send?

The answer first: **4.1 posts** a week. See [the tiers](#The-tiers) and [a source](https://doi.org/10.1108/OIR-03-2012-0054).

> **Note** A page that posts nothing still counts.

## What is measured

Per page $r_i = N_i / w_i$, and over pages[^1]

$$
\\bar{r} = \\exp\\left(\\frac{1}{n}\\sum_{i=1}^{n} \\log r_i\\right)
$$

[^1]: The geometric mean, *coördinatie* in ’s-Hertogenbosch en Súdwest-Fryslân.

#### A heading that jumps

1. Count.
2. Divide.
"""
FIGURE = """\
import io, sys
import numpy as np, pandas as pd
from matplotlib.figure import Figure

class Shown:
    def _repr_mimebundle_(self, **_):
        figure = Figure(figsize=(6.4, 3))
        figure.subplots().bar(["rijk", "provincie", "gemeente"], [7.9, 3.2, 4.1])
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        said = {"alt": "Bars: 7.9, 3.2 and 4.1.", "caption": "Posts per week."}
        return {"image/svg+xml": drawn.getvalue()}, {"image/svg+xml": said}

print("12 pages read")
print("a library is old", file=sys.stderr)
random = np.random.default_rng(1)
Shown()
"""
LONG_TABLE = """\
names = [f"gemeente {i:03}" for i in range(60)]
long = pd.DataFrame(random.normal(100, 30, (60, 4)).round(1), index=names,
                    columns=["posts", "reactions", "comments", "shares"])
long.iloc[3, 1] = np.nan
long
"""
WIDE_TABLE = """\
pd.DataFrame(random.normal(1e6, 3e5, (6, 15)).round(2),
             columns=[f"measurement {i:02}" for i in range(15)],
             index=[f"provincie {i}" for i in "ABCDEF"])
"""
MULTI_INDEX = """\
pages = pd.MultiIndex.from_product([["rijk", "gemeente"], ["page a", "page b"]],
                                   names=["tier", "page"])
years = pd.MultiIndex.from_product([[2022, 2023], ["posts", "reach"]])
pd.DataFrame(random.integers(0, 99, (4, 4)), index=pages, columns=years)
"""
STYLER = """\
frame = pd.DataFrame({"tier": ["rijk", "gemeente"], "share": [0.25, None]})
frame.style.hide(axis="index").format({"share": "{:.0%}"}).set_caption("Shares per tier")
"""


@dataclass
class ReadPdf:
    """A PDF read back."""

    path: Path
    notes: tuple[str, ...] = ()
    pages: list[str] = field(init=False)
    sizes: list[tuple[float, float]] = field(init=False)

    def __post_init__(self) -> None:
        with pypdfium2.PdfDocument(self.path) as document:
            self.pages = [page.get_textpage().get_text_range() for page in document]
            self.sizes = [page.get_size() for page in document]
        self.file = pikepdf.open(self.path)

    @property
    def text(self) -> str:
        """All words of all pages, one space between them."""
        return " ".join(" ".join(self.pages).split())

    def rightmost(self, page: int = 0) -> float:
        """Right edge of the words on a page, in points."""
        with pypdfium2.PdfDocument(self.path) as document:
            words = document[page].get_textpage()
            return max(words.get_rect(i)[2] for i in range(words.count_rects()))

    def elements(self, *tags: str) -> list[pikepdf.Object]:
        """Structure elements with one of the tags, in reading order."""
        found = _below(self.file.Root.StructTreeRoot)
        return [element for element in found if str(element["/S"])[1:] in tags]


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _showing(data: dict[str, str], metadata: dict[str, Any] | None = None) -> NotebookNode:
    output = new_output("display_data", data=data, metadata=metadata or {})
    return new_code_cell("shown", outputs=[output])


@pytest.fixture
def showing() -> Callable[..., NotebookNode]:
    """Give a function that makes a cell with one output, of its data and metadata."""
    return _showing


@pytest.fixture
def read_pdf() -> type[ReadPdf]:
    """Read the PDF at a path."""
    return ReadPdf


@pytest.fixture
def edition() -> Edition:
    return EDITION


@pytest.fixture
def draft() -> Draft:
    return Draft(Headings("chapter-1", base=0), place="cell 1")


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., ReadPdf]:
    """Give a function that makes a report of one chapter with these cells."""

    def make(*cells: NotebookNode, **options: Any) -> ReadPdf:
        notebook, path = tmp_path / "notebook.ipynb", tmp_path / "report.pdf"
        nbformat.write(new_notebook(cells=list(cells)), notebook)
        notes = write_pdf([Chapter("A chapter", notebook)], EDITION, path, **options)
        return ReadPdf(path, notes)

    return make


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook that a kernel really ran."""
    cells = [
        new_markdown_cell(TEXT),
        new_code_cell('tier = "gemeente"', metadata={"tags": ["parameters"]}),
        new_code_cell(FIGURE),
        new_markdown_cell("## The tiers"),
        *map(new_code_cell, [LONG_TABLE, WIDE_TABLE, MULTI_INDEX, STYLER]),
    ]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    path = tmp_path_factory.mktemp("sample") / "01_activity.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="session")
def sample_pdf(sample: Path) -> ReadPdf:
    """The report of the sample alone."""
    path = sample.with_suffix(".pdf")
    notes = write_pdf([Chapter("How much do they send?", sample)], EDITION, path)
    return ReadPdf(path, notes)


@pytest.fixture(scope="session")
def combined_pdf(sample: Path) -> ReadPdf:
    """A report of three chapters; the second has failed."""
    path = sample.with_name("gemeente.pdf")
    chapters = [
        Chapter("How much do they send?", sample),
        Chapter("Does anyone react?", None, failure="ValueError: no posts in the period."),
        Chapter("Whom does a post reach?", sample),
    ]
    return ReadPdf(path, write_pdf(chapters, EDITION, path))
