"""HTML as a tree of what can be read: whatever could run, load or ask is left out."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from analysis.report.characters import readable

_RUN_LOAD_OR_ASK = """
script style head iframe object embed template noscript svg math canvas audio video form input
select textarea button link meta base applet frame frameset
"""
LEFT_OUT = frozenset(_RUN_LOAD_OR_ASK.split())
"""Elements that go with all that is in them."""

_WITHOUT_END = "br hr img wbr col area embed input link meta base source track param"
_EMPTY = frozenset(_WITHOUT_END.split())
_ENDS_BEFORE = {
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "thead": {"thead", "tbody", "tr", "td", "th", "caption"},
    "tbody": {"thead", "tbody", "tr", "td", "th", "caption"},
    "tfoot": {"thead", "tbody", "tr", "td", "th", "caption"},
    "li": {"li"},
    "p": {"p"},
}
_SCOPES = frozenset({"table", "ul", "ol", "root"})
_DEEPEST = 16
"""Typst goes no deeper than 80 calls; a table in a list in a quotation needs a few per level."""


def html_tree(source: str) -> Element:
    """Read a piece of HTML, however badly it is formed.

    Parameters
    ----------
    source : str
        A fragment or a whole page.

    Returns
    -------
    xml.etree.ElementTree.Element
        An element ``root`` around what can be read. Tags and attributes are in lower case;
        character references are resolved.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]
        self._left_out = ""
        self._left_out_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out:
            self._left_out_depth += tag == self._left_out
        elif tag in LEFT_OUT:
            if tag not in _EMPTY:
                self._left_out, self._left_out_depth = tag, 1
        else:
            self._end_those_that_end_before(tag)
            self._add(tag, {name: value or "" for name, value in attrs})

    def _add(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            return
        element = SubElement(self._open[-1], tag, attributes)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash of ``<div/>`` means nothing: the element stays open.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out_depth -= tag == self._left_out
            if self._left_out_depth == 0:
                self._left_out = ""
            return
        tags = [element.tag for element in self._open]
        if tag in tags[1:]:
            last = len(tags) - 1 - tags[::-1].index(tag)
            del self._open[last:]

    def handle_data(self, data: str) -> None:
        if self._left_out:
            return
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + readable(data)
        else:
            parent.text = (parent.text or "") + readable(data)

    def _end_those_that_end_before(self, tag: str) -> None:
        """Close what HTML lets authors leave open: a cell ends where the next one starts."""
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in _SCOPES:
                return
            if self._open[place].tag in _ENDS_BEFORE.get(tag, ()):
                del self._open[place:]
