r"""LaTeX formulas as a tree that Typst sets as native mathematics.

The kinds of nodes are ``symbol``, ``words``, ``operator``, ``ordinary``, ``space``, ``align``,
``newline``, ``row``, ``fraction``, ``root``, ``scripts``, ``limits``, ``fence`` and ``grid``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from analysis.report.characters import readable
from analysis.report.nodes import Node, Nodes

LONGEST_FORMULA = 4_000
DEEPEST_FORMULA = 20
_EM = re.compile(r"(-?[\d.]+)em")


class _NotUnderstoodError(Exception):
    """Something in a formula has no counterpart here."""


def formula_tree(latex: str) -> Node | None:
    r"""Read a formula.

    Parameters
    ----------
    latex : str
        Without its dollar signs, for example ``\frac{L}{N}``.

    Returns
    -------
    dict or None
        The formula as nodes; None when it cannot be set.
    """
    if len(latex) > LONGEST_FORMULA:
        return None
    try:
        return _row(convert_to_element(readable(latex)), depth=0)
    # The parser of LaTeX meets any text at all here, and fails in as many ways.
    except Exception:
        return None


def _row(element: Element, depth: int) -> Node:
    return {"kind": "row", "children": _fenced_together(list(element), depth)}


def _fenced_together(children: list[Element], depth: int) -> Nodes:
    r"""Let brackets grow with what they enclose: ``\left( … \right)``, matrices, binomials."""
    if children and children[0].get("form") == "prefix":
        closed = len(children) > 1 and children[-1].get("form") == "postfix"
        inner = children[1:-1] if closed else children[1:]
        closing = _content(children[-1]) if closed else ""
        return [_fence(_content(children[0]), _fenced_together(inner, depth), closing)]
    for place in range(1, len(children) - 1):
        before, tall, after = children[place - 1 : place + 2]
        if before.tag == after.tag == "mo" and _needs_brackets(tall):
            fence = _fence(_content(before), [_node(tall, depth)], _content(after))
            return [
                *_nodes(children[: place - 1], depth),
                fence,
                *_fenced_together(children[place + 2 :], depth),
            ]
    return _nodes(children, depth)


def _needs_brackets(element: Element) -> bool:
    return element.tag == "mtable" or element.get("linethickness") == "0"


def _fence(opening: str, children: Nodes, closing: str) -> Node:
    return {"kind": "fence", "open": opening, "close": closing, "children": children}


def _nodes(elements: list[Element], depth: int) -> Nodes:
    return [_node(element, depth) for element in elements]


def _node(element: Element, depth: int) -> Node:
    if depth > DEEPEST_FORMULA or element.tag not in _READERS:
        raise _NotUnderstoodError(element.tag)
    return _READERS[element.tag](element, depth + 1)


def _content(element: Element) -> str:
    text = html.unescape(element.text or "")
    if "\\" in text:
        raise _NotUnderstoodError(text)
    return text


def _identifier(element: Element, _: int) -> Node:
    text = _content(element)
    if text == "&":
        return {"kind": "align"}
    if len(text) > 1 and text.isalpha():
        return {"kind": "operator", "text": text}
    if element.get("mathvariant") == "normal":
        return {"kind": "words", "text": text}
    return {"kind": "symbol", "text": text}


def _number(element: Element, _: int) -> Node:
    return {"kind": "words", "text": _content(element)}


def _group(element: Element, depth: int) -> Node:
    """Read a group; an operator alone in braces, as in ``1{,}000``, takes no space around it."""
    if len(element) == 1 and element[0].tag == "mo":
        return {"kind": "ordinary", "text": _content(element[0])}
    return _row(element, depth)


def _space(element: Element, _: int) -> Node:
    if element.get("linebreak") == "newline":
        return {"kind": "newline"}
    width = _EM.match(element.get("width", ""))
    return {"kind": "space", "em": float(width[1]) if width else 0.0}


def _fraction(element: Element, depth: int) -> Node:
    above, below = _nodes(list(element), depth)
    line = element.get("linethickness") != "0"
    return {"kind": "fraction", "above": above, "below": below, "line": line}


def _square_root(element: Element, depth: int) -> Node:
    return {"kind": "root", "of": _row(element, depth), "index": None}


def _root(element: Element, depth: int) -> Node:
    radicand, index = _nodes(list(element), depth)
    return {"kind": "root", "of": radicand, "index": index}


def _attached(kind: str, *places: str) -> Callable[[Element, int], Node]:
    """Read a base with something at one or two places around it."""

    def read(element: Element, depth: int) -> Node:
        base, *around = _nodes(list(element), depth)
        return {"kind": kind, "base": base, **dict(zip(places, around, strict=True))}

    return read


def _grid(element: Element, depth: int) -> Node:
    rows = [[_row(cell, depth) for cell in row] for row in element]
    left = any(cell.get("columnalign") == "left" for cell in element.iter("mtd"))
    return {"kind": "grid", "rows": rows, "left": left}


_READERS: dict[str, Callable[[Element, int], Node]] = {
    "mi": _identifier,
    "mo": _identifier,
    "mn": _number,
    "mtext": _number,
    "mspace": _space,
    "mrow": _group,
    "mstyle": _row,
    "mpadded": _row,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _attached("scripts", "sub"),
    "msup": _attached("scripts", "sup"),
    "msubsup": _attached("scripts", "sub", "sup"),
    "munder": _attached("limits", "under"),
    "mover": _attached("limits", "over"),
    "munderover": _attached("limits", "under", "over"),
    "mtable": _grid,
}
