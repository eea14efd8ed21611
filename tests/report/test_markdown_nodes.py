"""Markdown of notebooks as nodes."""

from __future__ import annotations

from analysis.report.draft import Draft
from analysis.report.markdown import markdown_nodes
from analysis.report.nodes import plain_text


def test_styles_nest(draft: Draft) -> None:
    (paragraph,) = markdown_nodes("a **b *c***", draft)
    strong = paragraph["content"][1]
    assert strong["kind"] == "strong"
    assert strong["content"][1]["kind"] == "emphasis"
    assert plain_text(paragraph["content"]) == "a b c"


def test_money_is_no_formula(draft: Draft) -> None:
    (paragraph,) = markdown_nodes("costs $5 and $10, or $x$", draft)
    assert [node["kind"] for node in paragraph["content"]] == ["text", "formula"]


def test_a_formula_of_its_own_is_displayed(draft: Draft) -> None:
    (formula,) = markdown_nodes("$$\nx^2\n$$", draft)
    assert formula["display"] is True
    assert formula["alt"] == "x^2"


def test_a_formula_that_cannot_be_set_stands_as_its_source_and_is_noted(draft: Draft) -> None:
    (paragraph,) = markdown_nodes(r"$\unknown{x}$", draft)
    assert paragraph["content"] == [{"kind": "code", "text": r"\unknown{x}"}]
    assert draft.notes == [r"cell 1: a formula cannot be set and stands as its source: \unknown{x}"]


def test_a_quotation_that_starts_with_a_strong_word_is_a_box(draft: Draft) -> None:
    box, quote = markdown_nodes("> **Note** this\n\ntext\n\n> so they said", draft)[::2]
    assert (box["kind"], quote["kind"]) == ("callout", "quote")


def test_footnotes_stand_where_they_are_used(draft: Draft) -> None:
    (paragraph,) = markdown_nodes("a[^1]\n\n[^1]: the *source*", draft)
    note = paragraph["content"][1]
    assert note["kind"] == "footnote"
    assert plain_text(note["content"]) == "the source"


def test_only_links_to_the_web_a_mailbox_and_this_document_stay_links(draft: Draft) -> None:
    source = (
        "[a](https://x.nl) [b](mailto:x@y.nl) [c](#Part) [d](javascript:alert) [e](file:///etc) "
        "[f](../other.ipynb) [g](data:text/html,x) [h](//x.nl)"
    )
    (paragraph,) = markdown_nodes(source, draft)
    links = [node["target"] for node in paragraph["content"] if node["kind"] == "link"]
    assert links == ["https://x.nl", "mailto:x@y.nl", "#chapter-1-part"]
    words = plain_text(paragraph["content"])
    assert all(name in words for name in "abcdefgh")


def test_images_leave_their_description(draft: Draft) -> None:
    (paragraph,) = markdown_nodes("![a *map*](https://x.nl/pixel.png)", draft)
    assert plain_text(paragraph["content"]) == "[a map]"


def test_tables_keep_alignment_and_formatting(draft: Draft) -> None:
    (table,) = markdown_nodes("| a | b |\n|--:|:-:|\n| **x** | $y$ |", draft)
    assert [cell["align"] for cell in table["body"][0]] == ["right", "center"]
    assert [cell["content"][0]["kind"] for cell in table["body"][0]] == ["strong", "formula"]
    assert all(cell["header"] for cell in table["head"][0])


def test_a_script_in_a_line_leaves_no_words_behind(draft: Draft) -> None:
    (paragraph,) = markdown_nodes("a <script>alert(1)</script><b>b</b><br>c", draft)
    assert plain_text(paragraph["content"]) == "a bc"


def test_lists_keep_their_order_and_start(draft: Draft) -> None:
    (numbers,) = markdown_nodes("3. x\n4. y\n   - z", draft)
    assert numbers["start"] == 3
    assert [block["kind"] for block in numbers["items"][1]] == ["paragraph", "bullets"]


def test_code_keeps_its_language(draft: Draft) -> None:
    (listing,) = markdown_nodes("```python title=x\nprint(1)\n```", draft)
    assert (listing["language"], listing["text"]) == ("python", "print(1)")
