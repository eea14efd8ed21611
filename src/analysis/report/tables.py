"""Tables as nodes: a full grid of cells, aligned, with missing values said as such."""

from __future__ import annotations

import re

from analysis.report import nodes
from analysis.report.characters import BREAK
from analysis.report.nodes import Node, Nodes

MISSING = "–"
"""What stands in a cell where nothing was measured."""

LONGEST_WHOLE = 600
"""Letters: in a narrow column a cell with more may not fit on a page, and may be broken off."""

Rows = list[list[Node]]

_MISSING_CELL = re.compile(r"[-+]?(nan|NaN|NaT|<NA>|None|null)(\s?%)?")
_MISSING_PART = re.compile(r"(?<!\w)(nan|NaN|NaT|<NA>)(?!\w)(\s?%)?")
_EXPONENT = re.compile(r"(?<=\d)e(?=[+−-]?\d)")
_BETWEEN_NUMBERS = re.compile(r"(?<=[\d%])\s+to\s+(?=[−\d-])")
_WITHIN_NAMES = re.compile(r"(?<=[^\W_][_/])(?=[^\W_])")
_LETTER = re.compile(r"[^\W\d_]")


def cell(
    content: Nodes, *, columns: int = 1, rows: int = 1, header: bool = False, align: str = ""
) -> Node:
    """Make a cell; ``header`` says that it heads its row or column."""
    shown, missing = _with_missing_said(_with_breaks_in_names(content))
    return {
        "content": shown,
        "columns": columns,
        "rows": rows,
        "header": header,
        "align": align,
        "missing": missing,
        "long": len(nodes.plain_text(shown)) > LONGEST_WHOLE,
    }


def table(head: Rows, body: Rows, caption: str = "") -> Node | None:
    """Make a table of rows of cells.

    Spans that reach out of the table are cut off and holes are filled with empty cells, so that
    the grid is full. Columns that hold mostly numbers are aligned right.

    Parameters
    ----------
    head : list of list of dict
        Rows that head the columns and are repeated on every page.
    body : list of list of dict
    caption : str, optional

    Returns
    -------
    dict or None
        A node of kind ``table``; None when there is no cell in it. ``alignments`` has one entry
        per column; every cell knows its first ``column``; ``remarks`` stand below the table.
    """
    longest = max((len(row) for row in head + body), default=0)
    if longest == 0:
        return None
    width = max(_place(head, longest), _place(body, longest))
    _fill(head, width)
    _fill(body, width)
    return {
        "kind": "table",
        "head": head,
        "body": body,
        "caption": caption,
        "remarks": [],
        "alignments": [_alignment(body, column) for column in range(width)],
    }


def heading_columns(node: Node) -> int:
    """Count the columns on the left that head the rows; none when there are no others."""
    width = len(node["alignments"])
    first_data = [
        min((one["column"] for one in row if not one["header"]), default=width)
        for row in node["body"]
    ]
    count = min(first_data, default=0)
    return count if count < width else 0


def _with_breaks_in_names(content: Nodes) -> Nodes:
    """Let names of columns break after an underscore, so that narrow columns stay narrow."""
    return [
        {**node, "text": _WITHIN_NAMES.sub(BREAK, node["text"])} if node["kind"] == "text" else node
        for node in content
    ]


def _with_missing_said(content: Nodes) -> tuple[Nodes, bool]:
    if _MISSING_CELL.fullmatch(nodes.plain_text(content).strip()):
        return [nodes.text(MISSING)], True
    shown: Nodes = []
    missing = False
    for node in content:
        if node["kind"] == "text":
            text, times = _MISSING_PART.subn(MISSING, node["text"])
            shown.append({**node, "text": text})
            missing = missing or times > 0
        else:
            shown.append(node)
    return shown, missing


def _place(rows: Rows, widest: int) -> int:
    """Give every cell its column, and spans no cell can refute; return the number of columns."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for one in row:
            while (number, column) in taken:
                column += 1
            one["column"] = column
            one["rows"] = max(1, min(one["rows"], len(rows) - number))
            one["columns"] = _free_columns(taken, number, column, min(one["columns"], widest))
            taken |= _covered(one, number)
            column += one["columns"]
    return max((column for _, column in taken), default=-1) + 1


def _free_columns(taken: set[tuple[int, int]], row: int, column: int, wanted: int) -> int:
    free = 1
    while free < wanted and (row, column + free) not in taken:
        free += 1
    return free


def _covered(one: Node, row: int) -> set[tuple[int, int]]:
    columns = range(one["column"], one["column"] + one["columns"])
    return {(row + down, column) for down in range(one["rows"]) for column in columns}


def _fill(rows: Rows, width: int) -> None:
    taken = {place for number, row in enumerate(rows) for c in row for place in _covered(c, number)}
    for number, row in enumerate(rows):
        for column in range(width):
            if (number, column) not in taken:
                row.append({**cell([]), "column": column})
        row.sort(key=lambda one: one["column"])


def _alignment(body: Rows, column: int) -> str:
    texts = [
        nodes.plain_text(one["content"]).strip()
        for row in body
        for one in row
        if one["column"] == column and one["columns"] == 1 and not one["header"]
    ]
    numbers = sum(map(_is_number, texts))
    others = sum(text not in ("", MISSING) for text in texts) - numbers
    return "right" if numbers > others else "left"


def _is_number(text: str) -> bool:
    """Whether a text is a number, an interval or a date: digits, and no other words than "to"."""
    without_words = _BETWEEN_NUMBERS.sub(" ", _EXPONENT.sub("", text))
    return any(map(str.isdigit, text)) and not _LETTER.search(without_words)
