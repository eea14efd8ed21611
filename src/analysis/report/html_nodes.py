"""HTML in outputs and in notebook text, as nodes: tables first of all, and the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from analysis.report import nodes, tables
from analysis.report.headings import Headings
from analysis.report.html_tree import html_tree
from analysis.report.links import link_node
from analysis.report.nodes import Node, Nodes

_STYLES = {
    "b": "strong",
    "strong": "strong",
    "em": "emphasis",
    "i": "emphasis",
    "s": "strike",
    "del": "strike",
    "sub": "subscript",
    "sup": "superscript",
}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_HOLD_BLOCKS = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer
header hr html li main nav ol p pre section summary table ul
"""
_BLOCKS = frozenset(_HOLD_BLOCKS.split()) | frozenset(_HEADINGS)
_WHITE_SPACE = re.compile(r"\s+")
_TEXT_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
"""In a style attribute of a cell."""


def html_nodes(source: str, headings: Headings) -> Nodes:
    """Read HTML.

    Parameters
    ----------
    source : str
        What a notebook holds as ``text/html``.
    headings : Headings
        Of the chapter this stands in.

    Returns
    -------
    list of dict
        Blocks. Scripts, styles, frames, forms and images are left out; an image leaves its
        alternative text in brackets.
    """
    return _HtmlReader(headings).blocks(html_tree(source))


class _HtmlReader:
    def __init__(self, headings: Headings) -> None:
        self.headings = headings

    def blocks(self, parent: Element) -> Nodes:
        """Read an element that may hold paragraphs and tables, and loose text between them."""
        found: Nodes = []
        loose: Nodes = []
        for part in _parts(parent):
            if isinstance(part, Element) and part.tag in _BLOCKS:
                found += _as_paragraph(loose)
                loose = []
                found += self._block(part)
            else:
                loose += self._inline_part(part)
        return found + _as_paragraph(loose)

    def _block(self, element: Element) -> Nodes:
        match element.tag:
            case "table":
                found = self._table(element)
            case "ul" | "ol":
                found = self._list(element)
            case "blockquote":
                found = [nodes.quote(self.blocks(element))]
            case "pre":
                found = [nodes.printed("".join(element.itertext()))]
            case "hr":
                found = [nodes.rule()]
            case tag if tag in _HEADINGS and (content := _trimmed(self._inline(element))):
                found = [self.headings.place(_HEADINGS[tag], content)]
            case _:
                found = self.blocks(element)
        return found

    def _list(self, element: Element) -> Nodes:
        items = [self.blocks(item) for item in element if item.tag == "li"]
        if not items:
            return self.blocks(element)
        return [nodes.numbers(items) if element.tag == "ol" else nodes.bullets(items)]

    def _inline(self, parent: Element) -> Nodes:
        return [node for part in _parts(parent) for node in self._inline_part(part)]

    def _inline_part(self, part: str | Element) -> Nodes:
        if isinstance(part, str):
            return [nodes.text(_WHITE_SPACE.sub(" ", part))]
        match part.tag:
            case tag if tag in _STYLES:
                found = [nodes.styled(_STYLES[tag], self._inline(part))]
            case "br":
                found = [nodes.line_break()]
            case "code" | "kbd" | "samp":
                found = [nodes.code("".join(part.itertext()))]
            case "img":
                found = [nodes.text(f"[{part.get('alt')}]")] if part.get("alt") else []
            case "a":
                found = link_node(part.get("href", ""), self._inline(part), self.headings)
            case _:
                found = self._inline(part)
        return found

    def _table(self, element: Element) -> Nodes:
        caption = " ".join("".join(c) for c in map(Element.itertext, element.iter("caption")))
        head, body = self._rows(element)
        made = tables.table(_index_names_folded(head), body, _WHITE_SPACE.sub(" ", caption).strip())
        return [made] if made else []

    def _rows(self, element: Element) -> tuple[tables.Rows, tables.Rows]:
        """Read the rows of a table; without a head, its first rows of headers are the head."""
        head: tables.Rows = []
        body: tables.Rows = []
        for row, in_head in _table_rows(element):
            cells = [self._cell(one) for one in row if one.tag in ("td", "th")]
            heads = in_head or (not body and all(one["header"] for one in cells))
            if cells:
                (head if heads else body).append(cells)
        return head, body

    def _cell(self, element: Element) -> Node:
        align = _TEXT_ALIGN.search(element.get("style", ""))
        return tables.cell(
            _trimmed(self._inline(element)),
            columns=_span(element, "colspan"),
            rows=_span(element, "rowspan"),
            header=element.tag == "th",
            align=align[1] if align else "",
        )


def _parts(element: Element) -> Iterator[str | Element]:
    """Go through an element's text and children in reading order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _as_paragraph(content: Nodes) -> Nodes:
    content = _trimmed(content)
    return [nodes.paragraph(content)] if content else []


def _trimmed(content: Nodes) -> Nodes:
    """Take blank text off both ends."""
    while content and content[0]["kind"] == "text" and not content[0]["text"].strip():
        content = content[1:]
    while content and content[-1]["kind"] == "text" and not content[-1]["text"].strip():
        content = content[:-1]
    return content


def _table_rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """Give every row of a table, and whether it is in its head; tables within cells stay there."""
    for part in element:
        if part.tag == "tr":
            yield part, False
        elif part.tag in ("thead", "tbody", "tfoot"):
            for row in part:
                if row.tag == "tr":
                    yield row, part.tag == "thead"


def _span(element: Element, name: str) -> int:
    text = element.get(name, "1")
    return max(1, int(text)) if text.isdecimal() else 1


def _index_names_folded(head: tables.Rows) -> tables.Rows:
    """Move the names of a data frame's index from a row of their own into the row above."""
    if len(head) < 2:
        return head
    *rest, above, last = head
    names = [nodes.plain_text(one["content"]).strip() for one in last]
    count = sum(map(bool, names))
    free = above[:count]
    fits = all(names[:count]) and len(free) == count and all(map(_is_blank_cell, free))
    if count == 0 or not fits:
        return head
    return [*rest, [*last[:count], *above[count:]]]


def _is_blank_cell(one: Node) -> bool:
    return one["columns"] == 1 and not nodes.plain_text(one["content"]).strip()
