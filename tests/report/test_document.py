"""Reports of notebooks that a kernel ran, read back as readers and their tools read them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.problems import InputProblem
from analysis.report.compile import PdfRefusedError
from analysis.report.document import write_pdf
from analysis.report.edition import Chapter, Edition

if TYPE_CHECKING:
    from conftest import ReadPdf

MakePdf = Callable[..., "ReadPdf"]
Showing = Callable[..., Any]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'

pytestmark = pytest.mark.xdist_group("report sample")


def test_a_report_says_that_it_is_accessible_and_in_which_language(sample_pdf: ReadPdf) -> None:
    root = sample_pdf.file.Root
    assert root.Lang == "en"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    with sample_pdf.file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "How much do they send?"


def test_every_page_carries_mark_header_title_and_its_number(combined_pdf: ReadPdf) -> None:
    count = len(combined_pdf.pages)
    for number, page in enumerate(combined_pdf.pages, start=1):
        assert "Simulated data" in page
        assert "Gemeenten · A small study" in page
        assert "How much do they send?" in page
        assert f"page {number} of {count}" in page


def test_a_report_of_observed_data_carries_no_mark(
    sample: Path, edition: Edition, tmp_path: Path, read_pdf: type[ReadPdf]
) -> None:
    write_pdf(
        [Chapter("Activity", sample)], dataclasses.replace(edition, mark=""), tmp_path / "r.pdf"
    )
    assert "Simulated" not in read_pdf(tmp_path / "r.pdf").text


def test_the_mark_is_also_said_aloud_once(sample_pdf: ReadPdf) -> None:
    """Headers and footers are not read by screen readers; the title block is."""
    assert sample_pdf.pages[0].count("Simulated data") == 2


def test_every_figure_and_formula_has_alternative_text(sample_pdf: ReadPdf) -> None:
    assert [str(figure.Alt) for figure in sample_pdf.elements("Figure")] == [
        "Bars: 7.9, 3.2 and 4.1."
    ]
    formulas = [str(formula.Alt) for formula in sample_pdf.elements("Formula")]
    assert len(formulas) == 2
    assert formulas[0] == "r_i = N_i / w_i"


def test_figures_are_vector_drawings_with_a_caption(sample_pdf: ReadPdf) -> None:
    assert "Figure 1. Posts per week." in sample_pdf.text
    assert not any(page.get_images() for page in sample_pdf.file.pages)


def test_headings_go_down_one_level_at_a_time(sample_pdf: ReadPdf) -> None:
    levels = [int(str(e.S)[2]) for e in sample_pdf.elements("H1", "H2", "H3", "H4")]
    assert levels == [1, 2, 1]


def test_chapters_are_headings_above_those_of_their_notebooks(combined_pdf: ReadPdf) -> None:
    headings = [(str(e.S), str(e.get("/T"))) for e in combined_pdf.elements("H1", "H2", "H3")]
    assert headings[:4] == [
        ("/H1", "Contents"),
        ("/H1", "How much do they send?"),
        ("/H2", "What is measured"),
        ("/H3", "A heading that jumps"),
    ]
    assert ("/H1", "Does anyone react?") in headings


def test_the_title_of_a_notebook_is_not_repeated_under_its_chapter(sample_pdf: ReadPdf) -> None:
    without_header = sample_pdf.pages[0].replace("How much do they send?", "", 1)
    assert without_header.count("How much do they send?") == 1


def test_each_chapter_starts_a_page(combined_pdf: ReadPdf) -> None:
    starts = [
        next(i for i, page in enumerate(combined_pdf.pages) if i > 1 and title in page)
        for title in ("Does anyone react?", "Whom does a post reach?")
    ]
    assert "What is measured" in combined_pdf.pages[starts[1]]
    assert "What is measured" not in combined_pdf.pages[starts[0]]


def test_several_chapters_get_a_title_page_and_contents(combined_pdf: ReadPdf) -> None:
    title_page, contents = combined_pdf.pages[:2]
    assert "1 January to 31 December 2023" in title_page
    assert "Made on 1 March 2026" in title_page
    assert "4.1 posts" not in title_page
    assert re.search(r"Does anyone react\?[ .]+\d+", contents)


def test_a_failed_chapter_says_so_in_plain_words(combined_pdf: ReadPdf) -> None:
    page = next(page for page in combined_pdf.pages if "There is no outcome here" in page)
    assert "ValueError: no posts in the period." in page


def test_readers_see_neither_code_nor_warnings_but_what_was_printed(sample_pdf: ReadPdf) -> None:
    assert "12 pages read" in sample_pdf.text
    assert "a library is old" not in sample_pdf.text
    assert "DataFrame" not in sample_pdf.text
    assert [note for note in sample_pdf.notes if "a library is old" in note] == [
        "How much do they send?, cell 3: wrote to stderr: a library is old"
    ]


def test_code_is_shown_on_request(make_pdf: MakePdf) -> None:
    hidden = {"tags": ["hide-input"]}
    cells = [new_code_cell("visible = 1"), new_code_cell("secret = 2", metadata=hidden)]
    assert "visible" not in make_pdf(*cells).text
    shown = make_pdf(*cells, show_code=True).text
    assert "visible = 1" in shown
    assert "secret" not in shown


def test_missing_values_are_a_dash_that_is_explained(sample_pdf: ReadPdf) -> None:
    assert not re.search(r"\b(nan|NaN|None|NA)\b", sample_pdf.text)
    assert "– = not measured" in sample_pdf.text


def test_a_caption_belongs_to_its_table(sample_pdf: ReadPdf) -> None:
    captioned = [table for table in sample_pdf.elements("Table") if table.K[0].S == "/Caption"]
    assert len(captioned) == 4
    assert "Table 4. Shares per tier" in sample_pdf.text


def test_headers_of_a_table_are_repeated_on_the_next_page(sample_pdf: ReadPdf) -> None:
    with_rows = [page for page in sample_pdf.pages if re.search(r"gemeente \d{3}", page)]
    assert len(with_rows) > 1
    assert all("reactions" in page for page in with_rows)


def test_no_row_of_a_long_table_is_lost(sample_pdf: ReadPdf) -> None:
    assert set(re.findall(r"gemeente \d{3}", sample_pdf.text)) == {
        f"gemeente {i:03}" for i in range(60)
    }


def test_a_wide_table_is_split_and_repeats_what_heads_its_rows(sample_pdf: ReadPdf) -> None:
    assert "Part 3 of 3" in sample_pdf.text
    assert sample_pdf.text.count("provincie F") == 3
    assert set(re.findall(r"measurement (\d{2})", sample_pdf.text)) == {
        f"{i:02}" for i in range(15)
    }


def test_rows_and_columns_have_header_cells(sample_pdf: ReadPdf) -> None:
    scopes = [str(_table_attributes(cell).Scope) for cell in sample_pdf.elements("TH")]
    assert scopes.count("/Row") >= 60
    assert scopes.count("/Column") >= 20


def test_every_cell_of_a_data_frame_names_the_headers_of_its_row_and_column(
    sample_pdf: ReadPdf,
) -> None:
    long_table = sample_pdf.elements("Table")[1]
    names = {str(e.ID) for e in sample_pdf.elements("TH") if "/ID" in e}
    row = long_table.K[1].K[0]
    headers = {str(name) for name in _table_attributes(row.K[1]).Headers}
    assert len(headers) == 2
    assert headers <= names


def test_links_within_the_report_lead_to_their_chapter(combined_pdf: ReadPdf) -> None:
    addresses = {
        str(annotation.A.URI)
        for page in combined_pdf.file.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation and "/URI" in annotation.A
    }
    assert addresses == {"https://doi.org/10.1108/OIR-03-2012-0054"}
    assert "the tiers" in combined_pdf.text


def test_the_same_notebooks_and_time_give_the_same_bytes(
    sample: Path, sample_pdf: ReadPdf, edition: Edition, tmp_path: Path
) -> None:
    write_pdf([Chapter("How much do they send?", sample)], edition, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == sample_pdf.path.read_bytes()


def test_characters_no_font_has_are_written_as_numbers_and_reported(make_pdf: MakePdf) -> None:
    pdf = make_pdf(new_markdown_cell("Emoji 🎉, Chinese 中, fine: ✔ ⚠\ufe0f →"))
    assert "Emoji [U+1F389], Chinese [U+4E2D], fine: ✔ ⚠ →" in pdf.text
    assert len(pdf.notes) == 2
    assert "'中'" in " ".join(pdf.notes)


def test_alternative_text_keeps_characters_no_font_has(make_pdf: MakePdf, showing: Showing) -> None:
    pdf = make_pdf(showing({"image/svg+xml": SVG}, {"alt": "中", "caption": "中"}))
    assert str(pdf.elements("Figure")[0].Alt) == "中"
    assert "[U+4E2D]" in pdf.text


def test_links_lead_where_they_did_whatever_the_fonts_have(make_pdf: MakePdf) -> None:
    pdf = make_pdf(new_markdown_cell("# 中\n\n## 中\n\n[中](#中) [x](https://x.nl/%E4%B8%AD)"))
    annotations = list(pdf.file.pages[0].Annots)
    assert len(annotations) == 2
    assert [str(a.A.URI) for a in annotations if "/A" in a] == ["https://x.nl/%E4%B8%AD"]


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [new_code_cell("1 + 1")],
        [new_markdown_cell("# ")],
        [new_markdown_cell(">" * 60 + " deep")],
        [new_markdown_cell("\n".join("  " * depth + "- x" for depth in range(40)))],
        [new_markdown_cell("#" + " heading" * 60)],
        [new_markdown_cell("w" * 3000 + " `" + "c" * 500 + "`")],
    ],
    ids=["no cells", "only code", "empty heading", "quotes", "lists", "long heading", "long word"],
)
def test_odd_notebooks_still_give_an_accessible_report(make_pdf: MakePdf, cells: list[Any]) -> None:
    assert "Simulated data" in make_pdf(*cells).pages[-1]


def test_words_stay_within_the_margins(make_pdf: MakePdf) -> None:
    table = "| a | b |\n|--|--|\n| " + "W" * 900 + " | x |"
    pdf = make_pdf(new_markdown_cell("w" * 300 + "\n\n" + table))
    assert pdf.rightmost() <= pdf.sizes[0][0] - 60


def test_a_row_of_a_table_stays_on_one_page_unless_it_is_too_long_for_one(
    make_pdf: MakePdf,
) -> None:
    words = "words that go on for some lines in a column "
    rows = [f"| row {i} | first{i:02} {words * (4 + i % 7)} last{i:02} |" for i in range(60)]
    endless = f"| endless | {words * 160} the end |"
    pdf = make_pdf(new_markdown_cell("\n".join(["| a | b |", "|--|--|", *rows, endless])))
    for page in pdf.pages:
        assert re.findall(r"first(\d\d)", page) == re.findall(r"last(\d\d)", page)
    assert "the end" in pdf.pages[-1]


def test_a_long_wide_table_gets_landscape_pages(make_pdf: MakePdf, showing: Showing) -> None:
    row = "<tr>" + "<td>1,234,567.89</td>" * 11 + "</tr>"
    pdf = make_pdf(showing({"text/html": f"<table>{row * 30}</table>"}), new_markdown_cell("After"))
    landscape = [width > height for width, height in pdf.sizes]
    assert landscape == [False, True, False]
    assert pdf.rightmost(1) <= pdf.sizes[1][0] - 60


def test_a_table_of_2000_rows_is_shown_whole(make_pdf: MakePdf, showing: Showing) -> None:
    rows = "".join(f"<tr><th>{i}</th><td>{i * 7}</td></tr>" for i in range(2000))
    pdf = make_pdf(showing({"text/html": f"<table><tr><th></th><th>a</th></tr>{rows}</table>"}))
    assert "13993" in pdf.pages[-1]


def test_long_titles_do_not_run_into_the_page(
    edition: Edition, sample: Path, tmp_path: Path, read_pdf: type[ReadPdf]
) -> None:
    long = dataclasses.replace(edition, title="A very long title " * 20, header="A tier " * 30)
    write_pdf([Chapter("Activity", sample)], long, tmp_path / "report.pdf")
    header = read_pdf(tmp_path / "report.pdf").pages[1].splitlines()[0]
    assert header.count("…") == 2
    assert len(header) < 120


def test_a_report_without_chapters_is_refused(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="without chapters"):
        write_pdf([], edition, tmp_path / "report.pdf")


@pytest.mark.parametrize("content", [None, "no JSON", "[]", "{}"])
def test_what_is_no_notebook_is_refused_in_one_message(
    edition: Edition, tmp_path: Path, content: str | None
) -> None:
    notebook = tmp_path / "notebook.ipynb"
    if content is not None:
        notebook.write_text(content, encoding="utf-8")
    with pytest.raises(InputProblem, match="an executed notebook"):
        write_pdf([Chapter("Activity", notebook)], edition, tmp_path / "report.pdf")


def test_a_report_that_cannot_be_made_leaves_the_earlier_one_alone(
    edition: Edition, sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"earlier")
    with pytest.raises(PdfRefusedError, match="title"):
        write_pdf([Chapter("x", sample)], dataclasses.replace(edition, title=""), path)
    assert path.read_bytes() == b"earlier"
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


def _table_attributes(cell: pikepdf.Object) -> pikepdf.Object:
    return next(attributes for attributes in cell["/A"] if attributes["/O"] == "/Table")


def in_dutch(folder: Path) -> Path:
    cells = [new_markdown_cell("# Kloppen ze?\n\nIn het Nederlands.")]
    path = folder / "dutch.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"language": "nl"}), path)
    return path


def test_a_dutch_report_tells_screen_readers_which_chapters_are_in_english(
    edition: Edition, sample: Path, tmp_path: Path, read_pdf: type[ReadPdf]
) -> None:
    chapters = [Chapter("Kloppen ze?", in_dutch(tmp_path)), Chapter("Posts", sample)]
    write_pdf(chapters, dataclasses.replace(edition, language="nl"), tmp_path / "report.pdf")
    read = read_pdf(tmp_path / "report.pdf")
    english = [part for part in read.elements("H1", "P") if str(part.get("/Lang", "")) == "en"]
    assert str(read.file.Root.Lang) == "nl"
    assert english
    assert "pagina 1 van" in read.text
