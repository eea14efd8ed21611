"""Executed notebooks to one accessible PDF."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from analysis.language import Language, wording
from analysis.problems import InputProblem
from analysis.report import nodes, tables
from analysis.report.cells import cell_nodes
from analysis.report.characters import breakable, readable
from analysis.report.compile import compile_pdf
from analysis.report.draft import Draft
from analysis.report.edition import Chapter, Edition
from analysis.report.headings import Headings
from analysis.report.nodes import Node, Nodes
from analysis.report.notebook import read_notebook
from analysis.report.row_headers import with_row_headers
from analysis.report.table_layout import SIDE_MARGIN, fitted
from analysis.whole_files import replacing

_LONGEST_TITLE = 52
_LONGEST_HEADERS = 104
LANGUAGE_OF_NOTEBOOKS: Language = "en"


def write_pdf(
    chapters: Sequence[Chapter], edition: Edition, path: Path, *, show_code: bool = False
) -> tuple[str, ...]:
    """Make one PDF/UA-1 of one or more executed notebooks.

    One chapter starts under a compact title block. Several get a title page, contents, and a new
    page each. The file is whole or not there: it is written beside its place first.

    Parameters
    ----------
    chapters : sequence of Chapter
        In the order of the report.
    edition : Edition
        What the report says about itself; the same notebooks and the same ``made_at`` give the
        same bytes.
    path : pathlib.Path
        The PDF; its folder exists.
    show_code : bool, optional
        Whether readers see the code as well.

    Returns
    -------
    tuple of str
        What readers do not see and the maker should know: warnings and errors that the notebooks
        survived, figures without a description, formulas that cannot be set, characters that no
        font has.

    Raises
    ------
    InputProblem
        When there is no chapter, or a notebook is not there or is no notebook.
    PdfRefusedError
        When the document does not meet PDF/UA-1.
    """
    if not chapters:
        raise InputProblem(str(path), "a report without chapters", "at least one notebook")
    several = len(chapters) > 1
    read = [
        _read(
            chapter,
            Draft(Headings(f"chapter-{number}", base=int(several))),
            show_code=show_code,
        )
        for number, chapter in enumerate(chapters, start=1)
    ]
    document = _document(read, edition)
    images = {name: image for one in read for name, image in one.draft.images.items()}
    pdf, notes = compile_pdf(document, images, edition.made_at)
    with replacing(path) as (beside,):
        beside.write_bytes(with_row_headers(pdf, list(_tables(document))))
    return (*(note for one in read for note in one.notes), *notes)


@dataclass(frozen=True)
class _ReadChapter:
    """A chapter as nodes, and what came up while it was read."""

    title: str
    blocks: Nodes
    draft: Draft
    language: Language = LANGUAGE_OF_NOTEBOOKS

    @property
    def notes(self) -> list[str]:
        return [f"{self.title}, {note}" for note in self.draft.notes]


def _read(chapter: Chapter, draft: Draft, *, show_code: bool) -> _ReadChapter:
    if chapter.failure or chapter.notebook is None:
        return _ReadChapter(chapter.title, _said_failure(chapter.failure), draft)
    notebook = read_notebook(chapter.notebook)
    code = notebook["metadata"].get("language_info", {}).get("name", "python")
    spoken = notebook["metadata"].get("language", LANGUAGE_OF_NOTEBOOKS)
    blocks: Nodes = []
    for number, cell in enumerate(_without_title(notebook["cells"]), start=1):
        draft.place = f"cell {number}"
        blocks += cell_nodes(cell, draft, show_code=show_code, language=code)
    return _ReadChapter(chapter.title, _fitting(blocks), draft, spoken)


def _without_title(cells: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Take the title off the first text cell: it stands above the chapter already."""
    looking = True
    for cell in cells:
        if looking and cell["cell_type"] == "markdown":
            looking = False
            yield {**cell, "source": _after_title(cell["source"])}
        else:
            yield cell


def _after_title(source: str) -> str:
    first = next(iter(MarkdownIt().parse(source)), None)
    if first is None or first.tag != "h1" or first.map is None:
        return source
    return "\n".join(source.split("\n")[first.map[1] :])


def _said_failure(failure: str) -> Nodes:
    """Say in plain words that there is nothing to read here, and why."""
    explanation = (
        "The notebook behind this part stopped before it was done. Nothing of it is shown, "
        "so that half a result is not read as a result."
    )
    return [
        nodes.callout(
            [
                nodes.paragraph(
                    [nodes.styled("strong", [nodes.text("There is no outcome here.")])]
                ),
                nodes.paragraph([nodes.text(explanation)]),
            ]
        ),
        nodes.paragraph([nodes.styled("strong", [nodes.text("What went wrong")])]),
        nodes.printed(failure)
        if "\n" in failure
        else nodes.paragraph([nodes.text(failure or "No notebook was written.")]),
    ]


def _fitting(blocks: Nodes) -> Nodes:
    return [
        part
        for block in blocks
        for part in (fitted(block) if block["kind"] == "table" else [block])
    ]


def _document(chapters: Sequence[_ReadChapter], edition: Edition) -> Node:
    """Put together what ``template.typ`` reads."""
    language = edition.language if len(chapters) > 1 else chapters[0].language
    say = wording(language)
    return {
        "title": breakable(readable(edition.title)),
        "subtitle": breakable(readable(edition.subtitle)),
        "running_title": _shortened(edition.title, _LONGEST_TITLE),
        "header": _shortened(edition.header, _LONGEST_HEADERS - len(edition.title)),
        "mark": readable(edition.mark),
        "language": language,
        "words": {
            "page": say("page {n} of {total}", n="{n}", total="{total}"),
            "contents": say("Contents"),
            "made_on": say("Made on {day}", day=say.day(edition.made_at)),
        },
        "side_margin": SIDE_MARGIN,
        "facts": _facts(edition),
        "anchors": [name for one in chapters for name in sorted(one.draft.headings.anchors)],
        "chapters": [
            {
                "title": breakable(readable(one.title)),
                "language": one.language,
                "blocks": one.blocks,
            }
            for one in chapters
        ],
    }


def _shortened(text: str, longest: int) -> str:
    return textwrap.shorten(readable(text), max(longest, _LONGEST_TITLE), placeholder=" …")


def _facts(edition: Edition) -> Node | None:
    rows = [
        [tables.cell([nodes.text(name)], header=True), tables.cell([nodes.text(value)])]
        for name, value in edition.facts
    ]
    return tables.table([], rows)


def _tables(part: Any) -> Iterator[Node]:
    """Find the tables of a document in reading order."""
    if isinstance(part, dict):
        if part.get("kind") == "table":
            yield part
        else:
            yield from _tables(list(part.values()))
    elif isinstance(part, list):
        for one in part:
            yield from _tables(one)
