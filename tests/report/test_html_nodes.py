"""HTML of outputs as nodes."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import numpy as np
import pandas as pd
import pytest

from analysis.report.draft import Draft
from analysis.report.html_nodes import html_nodes
from analysis.report.html_tree import html_tree
from analysis.report.nodes import Node, plain_text


def words(row: list[Node]) -> list[str]:
    return [plain_text(cell["content"]) for cell in row]


def only_table(html: str, draft: Draft) -> Node:
    (table,) = html_nodes(html, draft.headings)
    assert table["kind"] == "table"
    return table


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>@import 'x'</style>",
        "<iframe src='file:///etc/passwd'>inside</iframe>",
        "<object data='x'><embed src='x'>inside</object>",
        "<svg><script>x</script><text>inside</text></svg>",
        "<form><input value='x'><button>inside</button></form>",
        "<template><p>inside</p></template>",
        "<script>unclosed",
    ],
)
def test_what_runs_loads_or_asks_is_left_out(html: str) -> None:
    read = tostring(html_tree(f"<p>before</p>{html}"), encoding="unicode")
    assert read == "<root><p>before</p></root>"


def test_badly_formed_html_is_read_as_browsers_do() -> None:
    tree = html_tree("<table><tr><td>a<td>b<tr><td>c</table></b></div><ul><li>x<li>y")
    assert [[cell.text for cell in row] for row in tree.iter("tr")] == [["a", "b"], ["c"]]
    assert [item.text for item in tree.iter("li")] == ["x", "y"]


def test_depth_has_a_limit_and_words_survive_it(draft: Draft) -> None:
    deep = "<div><b>" * 3000 + "word"
    (paragraph,) = html_nodes(deep, draft.headings)
    assert plain_text(paragraph["content"]) == "word"


def test_a_data_frame_has_header_rows_and_row_headers(draft: Draft) -> None:
    frame = pd.DataFrame({"posts": [1, 2]}, index=pd.Index(["a", "b"], name="page"))
    table = only_table(frame.to_html(), draft)
    assert [words(row) for row in table["head"]] == [["page", "posts"]]
    assert [cell["header"] for cell in table["body"][0]] == [True, False]
    assert table["alignments"] == ["left", "right"]


def test_spans_of_a_multi_index_are_kept(draft: Draft) -> None:
    index = pd.MultiIndex.from_product([["x", "y"], [1, 2]], names=["tier", "page"])
    columns = pd.MultiIndex.from_product([[2022, 2023], ["posts", "reach"]])
    frame = pd.DataFrame(np.ones((4, 4)), index=index, columns=columns)
    table = only_table(frame.to_html(), draft)
    assert [cell["columns"] for cell in table["head"][0]] == [1, 1, 2, 2]
    assert words(table["head"][1]) == ["tier", "page", "posts", "reach", "posts", "reach"]
    assert [cell["rows"] for cell in table["body"][0]] == [2, 1, 1, 1, 1, 1]
    assert [cell["column"] for cell in table["body"][1]] == [1, 2, 3, 4, 5]


def test_a_styled_table_keeps_caption_and_formats(draft: Draft) -> None:
    styler = pd.DataFrame({"share": [0.25]}).style.format("{:.0%}").set_caption("Shares")
    table = only_table(styler.to_html(), draft)
    assert table["caption"] == "Shares"
    assert words(table["body"][0]) == ["0", "25%"]


def test_cells_keep_their_formatting(draft: Draft) -> None:
    table = only_table(
        "<table><tr><td>a <b>b</b><br><a href='https://x.nl'>c</a></td></tr></table>", draft
    )
    kinds = [node["kind"] for node in table["body"][0][0]["content"]]
    assert kinds == ["text", "strong", "break", "link"]


def test_text_around_a_table_is_kept_in_order(draft: Draft) -> None:
    html = "<h3>Head</h3>loose <em>text</em><table><tr><td>1</td></tr></table><p>after</p>"
    kinds = [node["kind"] for node in html_nodes(html, draft.headings)]
    assert kinds == ["heading", "paragraph", "table", "paragraph"]


def test_an_image_leaves_its_alternative_text(draft: Draft) -> None:
    (paragraph,) = html_nodes("<img src='https://x.nl/p.png' alt='map'>", draft.headings)
    assert plain_text(paragraph["content"]) == "[map]"
    assert html_nodes("<img src='https://x.nl/p.png'>", draft.headings) == []


def test_a_table_without_cells_is_no_table(draft: Draft) -> None:
    assert html_nodes("<table><tr></tr></table>", draft.headings) == []
