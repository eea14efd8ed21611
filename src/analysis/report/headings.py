"""Headings of a chapter: levels without gaps, and a name for each that links can point to."""

from __future__ import annotations

import re

from analysis.report import nodes
from analysis.report.nodes import Node, Nodes

_NO_WORD = re.compile(r"[^\w]+")


def anchor(chapter: str, title: str) -> str:
    """Name a place in a chapter, whichever way notebooks spell a link to it.

    Examples
    --------
    >>> anchor("chapter-1", "How many posts?")
    'chapter-1-how-many-posts'
    """
    return f"{chapter}-{_NO_WORD.sub('-', title.lower()).strip('-')}"


class Headings:
    """Gives every heading its level and its name, in reading order.

    A notebook may jump from ``#`` to ``###``; a tagged PDF may not. Each heading comes one level
    under the nearest heading before it that outranks it.

    Parameters
    ----------
    chapter : str
        Comes before every name, so that two chapters may have sections of the same name.
    base : int
        Level of the chapter's own heading; 0 when it has none.
    """

    def __init__(self, chapter: str, base: int) -> None:
        self.chapter = chapter
        self.anchors: set[str] = set()
        self._base = base
        self._open: list[int] = []

    def place(self, rank: int, content: Nodes) -> Node:
        """Make the node of a heading that the notebook gives ``rank`` 1 to 6.

        A heading without words heads nothing and PDF/UA forbids it: it becomes a paragraph.
        """
        if not nodes.plain_text(content).strip():
            return nodes.paragraph(content)
        while self._open and self._open[-1] >= rank:
            self._open.pop()
        self._open.append(rank)
        return nodes.heading(self._base + len(self._open), content, self._new_anchor(content))

    def target(self, fragment: str) -> str:
        """Name the place that a link to ``fragment`` means."""
        return anchor(self.chapter, fragment)

    def _new_anchor(self, content: Nodes) -> str:
        name = first = anchor(self.chapter, nodes.plain_text(content))
        count = 1
        while name in self.anchors:
            count += 1
            name = f"{first}-{count}"
        self.anchors.add(name)
        return name
