"""Tables as nodes, and how they fit their page."""

from __future__ import annotations

import pytest

from analysis.report import nodes
from analysis.report.nodes import Node, plain_text
from analysis.report.table_layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, TEXT_SIZES, fitted
from analysis.report.tables import Rows, cell, heading_columns, table


def row(*texts: str, headers: int = 0) -> list[Node]:
    return [cell([nodes.text(text)], header=i < headers) for i, text in enumerate(texts)]


def made(head: Rows, body: Rows, caption: str = "") -> Node:
    node = table(head, body, caption)
    assert node
    return node


def words(cells: list[Node]) -> list[str]:
    return [plain_text(one["content"]).replace("\u200b", "") for one in cells]


@pytest.mark.parametrize("missing", ["nan", "NaN", "<NA>", "NaT", "None", "null", "nan%", " nan "])
def test_a_missing_value_is_a_dash(missing: str) -> None:
    one = cell([nodes.text(missing)])
    assert plain_text(one["content"]) == "–"
    assert one["missing"]


def test_a_missing_part_of_a_cell_is_a_dash_too() -> None:
    assert words([cell([nodes.text("0.4 (nan to nan)")])]) == ["0.4 (– to –)"]


@pytest.mark.parametrize("text", ["None of the pages", "nano", "banan", "not measured", "0", "–"])
def test_words_and_zeros_are_not_missing(text: str) -> None:
    one = cell([nodes.text(text)])
    assert plain_text(one["content"]) == text
    assert not one["missing"]


@pytest.mark.parametrize(
    "number", ["1,234", "−1.5", "12%", "0.51 to 0.75", "1.2e-05", "2024-01-31", "€ 3", "< 0.001"]
)
def test_columns_of_numbers_are_aligned_right(number: str) -> None:
    body = [row("a", number), row("b", "not estimable"), row("c", number), row("d", "nan")]
    assert made([row("tier", "value")], body)["alignments"] == ["left", "right"]


def test_columns_of_words_are_aligned_left() -> None:
    assert made([], [row("12 pages"), row("3 pages"), row("none")])["alignments"] == ["left"]


def test_spans_that_reach_out_of_the_table_are_cut_off() -> None:
    body = [[cell([], columns=10**9, rows=10**9), cell([])], row("a")]
    node = made([], body)
    assert [(one["columns"], one["rows"]) for one in node["body"][0]] == [(2, 2), (1, 1)]
    assert len(node["alignments"]) == 3


def test_every_place_of_the_grid_is_covered_once() -> None:
    head = [row("a", "b", "c")]
    body = [[cell([], rows=3), cell([])], row("x"), row()]
    node = made(head, body)
    covered = [
        (number + down, one["column"] + right)
        for number, cells in enumerate(node["body"])
        for one in cells
        for down in range(one["rows"])
        for right in range(one["columns"])
    ]
    assert sorted(covered) == [(down, right) for down in range(3) for right in range(3)]


def test_a_table_without_cells_is_none() -> None:
    assert table([], [[]]) is None


def test_columns_of_headers_on_the_left_head_the_rows() -> None:
    assert heading_columns(made([], [row("a", "b", "1", headers=2)])) == 2
    assert heading_columns(made([], [row("a", "b", headers=2)])) == 0
    assert heading_columns(made([row("a", headers=1)], [])) == 0


def test_a_table_that_fits_gets_columns_as_wide_as_their_text() -> None:
    (node,) = fitted(made([row("a", "b")], [row("1", "2")]))
    assert (node["size"], node["landscape"], node["widths"]) == (TEXT_SIZES[0], False, [])


def test_prose_is_folded_to_the_width_of_the_page() -> None:
    (node,) = fitted(made([], [row("name", "word " * 100)]))
    assert sum(node["widths"]) == pytest.approx(PORTRAIT_WIDTH)
    assert node["widths"][1] > 5 * node["widths"][0]


def test_a_wider_table_gets_smaller_text_first() -> None:
    sizes = [fitted(made([], [row(*["1,234.56"] * n)]))[0]["size"] for n in (9, 11, 12)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_a_long_wide_table_gets_a_landscape_page() -> None:
    (node,) = fitted(made([], [row(*["1,234,567.89"] * 11) for _ in range(20)]))
    assert node["landscape"]
    assert sum(node["widths"]) <= LANDSCAPE_WIDTH


def test_a_short_wide_table_is_split_and_every_part_repeats_the_row_headers() -> None:
    numbers = [f"{i:,}" for i in range(1_000_000, 1_000_020)]
    node = made([row("", *[f"h{i}" for i in range(20)])], [row("name", *numbers, headers=1)], "All")
    node["remarks"] = [[nodes.text("a remark")]]
    parts = fitted(node)
    assert len(parts) > 1
    assert [words(part["body"][0])[0] for part in parts] == ["name"] * len(parts)
    assert [n for part in parts for n in words(part["body"][0])[1:]] == numbers
    assert parts[0]["caption"] == f"All (part 1 of {len(parts)})"
    assert [bool(part["remarks"]) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(sum(part["widths"]) <= PORTRAIT_WIDTH + 0.01 for part in parts)


def test_parts_are_about_equally_wide() -> None:
    node = made([], [row("name", *["1,234,567.89"] * 10, headers=1)])
    counts = [len(part["alignments"]) for part in fitted(node)]
    assert max(counts) - min(counts) <= 1


def test_a_span_is_divided_over_the_parts() -> None:
    head = [[cell([]), cell([nodes.text("2022")], columns=20)], row("", *"abcdefghijklmnopqrst")]
    parts = fitted(made(head, [row("name", *["1,234,567.89"] * 20, headers=1)]))
    spans = [part["head"][0][1]["columns"] for part in parts]
    assert sum(spans) == 20
    assert [words(part["head"][0])[1] for part in parts] == ["2022"] * len(parts)


def test_long_tables_say_at_every_row_what_heads_it() -> None:
    body = [[cell([nodes.text("tier")], rows=30, header=True), *row("1")]]
    body += [row(str(i)) for i in range(29)]
    (node,) = fitted(made([], body))
    assert [words(cells)[0] for cells in node["body"]] == ["tier"] * 30
    assert {one["rows"] for cells in node["body"] for one in cells} == {1}


def test_a_single_column_wider_than_the_page_is_squeezed_into_it() -> None:
    body = [row(*["w" * 24] * 8)]
    for part in fitted(made([], body)):
        assert sum(part["widths"]) <= PORTRAIT_WIDTH + 0.01


def test_names_of_columns_may_break_at_an_underscore_and_numbers_never() -> None:
    assert "\u200b" in plain_text(cell([nodes.text("reactions_per_post")])["content"])
    assert "\u200b" not in plain_text(cell([nodes.text("1,234,567.89")])["content"])
