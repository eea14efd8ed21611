"""What stands between the results of a notebook, in the language of the study."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.batch.prose import end_where_said, notebook_title, translate
from analysis.showing import LastSentence, Sentence

CATALOGUE = """
msgid "# Does anyone answer?"
msgstr "# Geeft iemand antwoord?"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "04_webcare.ipynb"
    cells = [new_markdown_cell("# Does anyone answer?"), new_code_cell("1 + 1")]
    nbformat.write(new_notebook(cells=cells), path)
    catalogue = tmp_path / "nl" / "04_webcare.po"
    catalogue.parent.mkdir()
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    return path


def read(source: Path) -> NotebookNode:
    return nbformat.read(source, as_version=4)


def test_a_notebook_speaks_the_language_of_its_study(source: Path) -> None:
    notebook = read(source)
    translate(notebook, source, "nl")
    assert notebook.metadata.language == "nl"
    assert [cell.source for cell in notebook.cells] == ["# Geeft iemand antwoord?", "1 + 1"]
    assert notebook_title(source, "nl") == "Geeft iemand antwoord?"


def test_english_is_what_stands_there(source: Path) -> None:
    notebook = read(source)
    translate(notebook, source, "en")
    assert notebook == read(source)
    assert notebook_title(source, "en") == "Does anyone answer?"


def test_a_text_that_nobody_translated_stays_english_and_the_others_do_not(source: Path) -> None:
    notebook = read(source)
    notebook.cells.append(new_markdown_cell("One text more."))
    translate(notebook, source, "nl")
    assert notebook.metadata.language == "nl"
    assert notebook.cells[0].source == "# Geeft iemand antwoord?"
    assert notebook.cells[-1].source == "One text more."


def test_a_notebook_without_a_catalogue_stays_english(source: Path) -> None:
    (source.parent / "nl" / "04_webcare.po").unlink()
    notebook = read(source)
    translate(notebook, source, "nl")
    assert notebook == read(source)
    assert notebook_title(source, "nl") == "Does anyone answer?"


@pytest.mark.parametrize(("shown", "kept"), [(LastSentence, 1), (Sentence, 2)])
def test_a_chapter_ends_where_nothing_more_can_be_shown(shown: type[Sentence], kept: int) -> None:
    output = new_output("display_data", data=shown("No claims.")._repr_mimebundle_())
    cells = [new_code_cell("answer", outputs=[output]), new_markdown_cell("## The verdicts")]
    notebook = new_notebook(cells=cells)
    end_where_said(notebook)
    assert len(notebook.cells) == kept
