"""The demo study in Dutch: every chapter speaks it, and no English is left in what is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dutch import english_left
from projects import copy_project, run

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
STUDY_WRITES = {
    r'^language = "en"': 'language = "nl"',
    r"^title = [^\n]*": 'title = "Een jaar verzonnen pagina’s"',
    r'^reason = """.*?"""': 'reason = "Omdat dit zo is afgesproken."',
}
"""What a Dutch study file says where that of the demo is in English."""
NAMES = re.compile(
    r"\]\([^)]*\)|\w+\.ndjson|[\w-]+\.csv|\b\w+ = |(Followers|Likes) at Posting|\b(Post )?Views:"
    r"|‘Reach( from (Organic|Boosted) posts)?’"
)
"""Addresses, files, fields, and columns of exports, which are called what they are called."""


@pytest.fixture(scope="module")
def reports(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(project, tmp_path_factory.mktemp("dutch"))
    study = root / "studies" / "demo.toml"
    written = study.read_text(encoding="utf-8")
    for english, dutch in STUDY_WRITES.items():
        written = re.sub(english, dutch, written, flags=re.MULTILINE | re.DOTALL)
    study.write_text(written, encoding="utf-8")
    finished = run("bereik", "run", "demo", "--tier", "all", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "reports" / "demo"


def shown_in(notebook: dict[str, Any]) -> Iterator[str]:
    """Every text of an executed notebook that a reader sees or hears."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])
        for output in cell.get("outputs", []):
            for form in ("text/plain", "text/markdown", "text/html"):
                yield "".join(output["data"].get(form, ""))
            drawing = "".join(output["data"].get("image/svg+xml", ""))
            yield from re.findall(r"<text[^>]*>([^<]*)", drawing)


@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_speaks_dutch_and_nothing_else(source: Path, reports: Path) -> None:
    notebook = json.loads((reports / "all" / source.name).read_bytes())
    assert notebook["metadata"]["language"] == "nl"
    lines = [line for text in shown_in(notebook) for line in text.splitlines()]
    assert not [line for line in lines if english_left(NAMES.sub(" ", line))]


def test_the_report_is_dutch_for_who_hears_it(reports: Path) -> None:
    with pikepdf.open(reports / "all.pdf") as document:
        assert document.Root.Lang == "nl"
