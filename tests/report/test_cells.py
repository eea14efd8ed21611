"""Cells and their outputs, as a reader sees them."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from analysis.report.cells import cell_nodes
from analysis.report.draft import Draft
from analysis.report.nodes import Nodes, plain_text
from analysis.report.outputs import NO_DESCRIPTION

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
TABLE = "<table><tr><td>1</td></tr></table>"


def shown(draft: Draft, data: dict[str, str], **where: Any) -> Nodes:
    output = new_output("display_data", data=data, metadata=where.get("output", {}))
    cell = new_code_cell("code", outputs=[output], metadata=where.get("cell", {}))
    return cell_nodes(cell, draft, show_code=False)


def test_a_hidden_cell_is_left_out(draft: Draft) -> None:
    cell = new_markdown_cell("text", metadata={"tags": ["remove-cell"]})
    assert cell_nodes(cell, draft, show_code=True) == []


@pytest.mark.parametrize(
    ("tag", "kinds"),
    [
        ("parameters", ["listing", "printed"]),
        ("hide-input", ["printed"]),
        ("remove-output", ["listing"]),
    ],
)
def test_tags_hide_code_and_outputs(draft: Draft, tag: str, kinds: list[str]) -> None:
    output = new_output("stream", name="stdout", text="printed")
    cell = new_code_cell("code", outputs=[output], metadata={"tags": [tag]})
    assert [node["kind"] for node in cell_nodes(cell, draft, show_code=True)] == kinds


def test_raw_cells_are_not_for_readers(draft: Draft) -> None:
    assert cell_nodes(new_raw_cell("raw"), draft, show_code=True) == []


def test_warnings_and_errors_become_notes(draft: Draft) -> None:
    outputs = [
        new_output("stream", name="stderr", text="\x1b[31mold\x1b[0m\nlibrary"),
        new_output("error", ename="ValueError", evalue="no posts", traceback=["long"]),
    ]
    assert cell_nodes(new_code_cell("x", outputs=outputs), draft, show_code=False) == []
    assert draft.notes == [
        "cell 1: wrote to stderr: old library",
        "cell 1: raised ValueError: no posts",
    ]


@pytest.mark.parametrize(
    "where",
    [
        {"output": {"image/svg+xml": {"alt": "bars", "caption": "Posts"}}},
        {"output": {"alt": "bars", "caption": "Posts"}},
        {"cell": {"alt": "bars", "caption": "Posts"}},
        {"output": {"image/svg+xml": {"alt": "bars"}}, "cell": {"alt": "no", "caption": "Posts"}},
        {"output": {"image/svg+xml": None, "alt": "bars"}, "cell": {"caption": "Posts"}},
    ],
    ids=["of its form", "of the output", "of the cell", "the nearest first", "of no form"],
)
def test_description_and_caption_are_found_where_notebooks_keep_them(
    draft: Draft, where: dict[str, Any]
) -> None:
    (figure,) = shown(draft, {"image/svg+xml": SVG}, **where)
    assert (figure["alt"], figure["caption"]) == ("bars", "Posts")
    assert draft.notes == []


def test_a_figure_without_description_says_so_and_is_noted(draft: Draft) -> None:
    (figure,) = shown(draft, {"image/svg+xml": SVG}, output={"caption": "Posts"})
    assert figure["alt"] == f"{NO_DESCRIPTION} Posts"
    assert "no description" in draft.notes[0]


def test_a_figure_that_is_refused_leaves_a_sentence_and_a_note(draft: Draft) -> None:
    (paragraph,) = shown(draft, {"image/png": "R0lGODlh"})
    assert "could not be shown" in plain_text(paragraph["content"])
    assert "PNG" in draft.notes[0]


def test_the_drawing_is_preferred_to_the_raster_image(draft: Draft) -> None:
    (figure,) = shown(draft, {"image/png": "x", "image/svg+xml": SVG, "text/plain": "<Figure>"})
    assert figure["image"].endswith(".svg")
    assert draft.images[figure["image"]]


def test_a_table_is_preferred_to_markdown_and_markdown_to_other_html(draft: Draft) -> None:
    (table,) = shown(draft, {"text/markdown": "words", "text/html": TABLE})
    assert table["kind"] == "table"
    (words,) = shown(draft, {"text/markdown": "*words*", "text/html": "<p>words</p>"})
    assert words["content"][0]["kind"] == "emphasis"


def test_text_below_a_table_belongs_to_it(draft: Draft) -> None:
    (table,) = shown(draft, {"text/html": f"{TABLE}<p>12 pages</p>"}, output={"caption": "Rates"})
    assert table["caption"] == "Rates"
    assert [plain_text(remark) for remark in table["remarks"]] == ["12 pages"]


@pytest.mark.parametrize("name", ["<Axes: >", "[<Line2D at 0x7f>]", "<Figure size 1x1\nwith Axes>"])
def test_the_name_of_an_object_is_not_shown(draft: Draft, name: str) -> None:
    assert shown(draft, {"text/plain": name}) == []


def test_plain_results_are_shown_as_printed(draft: Draft) -> None:
    (printed,) = shown(draft, {"text/plain": "0.34"})
    assert (printed["kind"], printed["text"]) == ("printed", "0.34")


def test_latex_between_dollars_is_a_formula_and_other_latex_is_not(draft: Draft) -> None:
    (paragraph,) = shown(draft, {"text/latex": "$x^2$", "text/plain": "x**2"})
    assert paragraph["content"][0]["kind"] == "formula"
    (printed,) = shown(draft, {"text/latex": r"\begin{tabular}", "text/plain": "x**2"})
    assert printed["text"] == "x**2"


def test_an_output_that_holds_nothing_is_left_out_without_a_word(draft: Draft) -> None:
    assert shown(draft, {"text/markdown": "", "text/plain": ""}) == []
    assert draft.notes == []


def test_an_output_that_only_works_on_screen_is_noted(draft: Draft) -> None:
    assert shown(draft, {"text/html": "<script>draw()</script>"}) == []
    assert "no form for paper" in draft.notes[0]
