"""The words of the document tree: plain data, all that the template understands.

A node is a dictionary with a ``kind``. Text of a notebook is always a value in it and never part
of a program, so nothing in a notebook can run or read anything while the PDF is made.
"""

from __future__ import annotations

from typing import Any

from analysis.report.characters import breakable, folded, readable

Node = dict[str, Any]
Nodes = list[Node]

PREFORMATTED_WIDTH = 86
"""Characters on a line of code or printed output."""


def text(content: str) -> Node:
    """Running text."""
    return {"kind": "text", "text": breakable(readable(content))}


def styled(style: str, content: Nodes) -> Node:
    """Text that is ``strong``, ``emphasis``, ``strike``, ``subscript`` or ``superscript``."""
    return {"kind": style, "content": content}


def code(content: str) -> Node:
    """Code within a line."""
    return {"kind": "code", "text": breakable(readable(content))}


def line_break() -> Node:
    """Start a new line within a paragraph."""
    return {"kind": "break"}


def link(target: str, content: Nodes) -> Node:
    """Refer to an address, or to ``#anchor`` in this document."""
    return {"kind": "link", "target": target, "content": content}


def footnote(blocks: Nodes) -> Node:
    """Put a note at the foot of the page."""
    return {"kind": "footnote", "content": blocks}


def formula(tree: Node, latex: str, *, display: bool) -> Node:
    """Set a formula, in the line or on a line of its own; LaTeX is how it is read aloud."""
    return {"kind": "formula", "tree": tree, "alt": readable(latex.strip()), "display": display}


def heading(level: int, content: Nodes, anchor: str) -> Node:
    """Head a section; ``anchor`` is where links point."""
    return {"kind": "heading", "level": level, "content": content, "anchor": anchor}


def paragraph(content: Nodes) -> Node:
    """Set running text."""
    return {"kind": "paragraph", "content": content}


def bullets(items: list[Nodes]) -> Node:
    """List without order."""
    return {"kind": "bullets", "items": items}


def numbers(items: list[Nodes], start: int = 1) -> Node:
    """List in order."""
    return {"kind": "numbers", "items": items, "start": start}


def quote(blocks: Nodes) -> Node:
    """Set somebody else's words."""
    return {"kind": "quote", "content": blocks}


def callout(blocks: Nodes) -> Node:
    """Put a remark in a box."""
    return {"kind": "callout", "content": blocks}


def rule() -> Node:
    """Draw a line between paragraphs."""
    return {"kind": "rule"}


def listing(content: str, language: str = "") -> Node:
    """Show code, coloured when its language is known."""
    return {"kind": "listing", "text": _preformatted(content), "language": language}


def printed(content: str) -> Node:
    """Show what code printed."""
    return {"kind": "printed", "text": _preformatted(content)}


def figure(image: str, alt: str, caption: str) -> Node:
    """Show an image by the name of its file."""
    return {
        "kind": "figure",
        "image": image,
        "alt": readable(alt),
        "caption": breakable(readable(caption)),
    }


def _preformatted(content: str) -> str:
    return folded(readable(content).strip("\n").rstrip(), PREFORMATTED_WIDTH)


def plain_text(content: Nodes) -> str:
    """Give the bare words of inline nodes."""
    return "".join(node.get("text") or plain_text(node.get("content", [])) for node in content)
