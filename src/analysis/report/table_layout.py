"""Tables that fit: smaller text first, then a landscape page, then parts under each other.

Widths are estimated from the text, in em of the font. Where all columns fit at their natural
width, Typst makes each as wide as its text and the estimate is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from analysis.report import nodes
from analysis.report.characters import BREAK
from analysis.report.nodes import Node
from analysis.report.tables import Rows, heading_columns

SIDE_MARGIN = 68.0
"""Left and right of the text, in points."""

PORTRAIT_WIDTH = 595.28 - 2 * SIDE_MARGIN
LANDSCAPE_WIDTH = 841.89 - 2 * SIDE_MARGIN

TEXT_SIZES = (9.5, 8.75, 8.0)
"""In points, from what one likes to read to the smallest one can."""

PART_SIZE = 8.75
CELL_PADDING = 9.0
"""Left and right of a cell's text together, in points."""

LONG_FROM_ROWS = 16
"""A shorter table stays on one page, and is not worth a landscape page of its own."""

_FOLDED_PROSE = 14.0
"""Width to which a column of prose may be folded, in em."""

_LINES_OF_A_HEADING = 3
_LINES_OF_A_PHRASE = 2
"""Where there is no other way: a cell such as ``0.62 (0.51 to 0.75)`` on more lines than one."""

_MOST_FOR_HEADING_COLUMNS = 0.5
"""Share of the page for the columns that head the rows, where they are repeated."""

_BREAKS = re.compile(rf"[\s{BREAK}]+|(?<=-)(?=\D)")
_WIDTHS = {
    ".,:;'|! \u00a0\u2009": 0.25,
    "fijlrtIJ()[]-/": 0.33,
    "0123456789aceosz_": 0.49,
    "mwM%": 0.8,
    "W@&‰—": 0.95,
    BREAK: 0.0,
}
"""Of characters in Libertinus Serif, in em."""

_WIDTH_OF = {character: width for group, width in _WIDTHS.items() for character in group}
_CAPITAL, _OTHER, _SQUARE = 0.67, 0.54, 1.0
_FIRST_SQUARE_CHARACTER = "\u2e80"


def fitted(table: Node) -> list[Node]:
    """Give a table in the form in which it fits its page.

    Parameters
    ----------
    table : dict
        A node of kind ``table``.

    Returns
    -------
    list of dict
        One table, or parts of it that repeat the columns heading the rows. Each has ``size`` in
        points, ``landscape``, ``widths`` in points (none where each column is to be as wide as its
        text), and ``long`` when it may run over several pages.
    """
    table = {**table, "long": len(table["body"]) >= LONG_FROM_ROWS}
    if table["long"]:
        table["body"] = _with_headings_repeated(table["body"])
    columns = _Columns.of(table)
    whole = _on_page(table, columns, PORTRAIT_WIDTH)
    if not whole and table["long"]:
        whole = _on_page(table, columns, LANDSCAPE_WIDTH)
    return [whole] if whole else _in_parts(table, columns)


@dataclass(frozen=True)
class _Columns:
    """How wide the columns of a table are or may be, in em.

    Attributes
    ----------
    natural : list of float
        Without folding anything.
    comfortable : list of float
        With prose and headings folded.
    narrowest : list of float
        With phrases folded too.
    """

    natural: list[float]
    comfortable: list[float]
    narrowest: list[float]

    @classmethod
    def of(cls, table: Node) -> Self:
        widest = [(0.0, 0.0, 0.0)] * len(table["alignments"])
        for row, heads in _rows(table):
            for cell in row:
                shares = [width / cell["columns"] for width in _cell_widths(cell, heads)]
                for column in range(cell["column"], cell["column"] + cell["columns"]):
                    natural, comfortable, narrowest = map(max, widest[column], shares)
                    widest[column] = (natural, comfortable, narrowest)
        return cls(*map(list, zip(*widest, strict=True)))

    def some(self, chosen: list[int]) -> _Columns:
        """Take some of the columns."""
        return _Columns(
            [self.natural[column] for column in chosen],
            [self.comfortable[column] for column in chosen],
            [self.narrowest[column] for column in chosen],
        )


def _cell_widths(cell: Node, heads: bool) -> tuple[float, float, float]:
    """Width of a cell's text: natural, comfortable, narrowest."""
    text = nodes.plain_text(cell["content"])
    whole = _width(text)
    longest_piece = max(map(_width, _BREAKS.split(text)))
    if heads:
        folded = max(longest_piece, whole / _LINES_OF_A_HEADING)
        return whole, folded, folded
    prose = min(whole, _FOLDED_PROSE)
    return whole, max(longest_piece, prose), max(longest_piece, prose / _LINES_OF_A_PHRASE)


def _on_page(table: Node, columns: _Columns, available: float) -> Node | None:
    """Lay a table out in the largest text in which it fits; None when it does not."""
    ways = [(size, columns.comfortable) for size in TEXT_SIZES]
    for size, least in [*ways, (TEXT_SIZES[-1], columns.narrowest)]:
        if sum(_in_points(least, size)) <= available:
            widths = _divided(available, _in_points(least, size), _in_points(columns.natural, size))
            landscape = available > PORTRAIT_WIDTH
            return {**table, "size": size, "landscape": landscape, "widths": widths}
    return None


def _divided(available: float, least: list[float], natural: list[float]) -> list[float]:
    """Divide the page among columns; no widths when every column can have its natural one.

    Where even the least is too much, all columns are scaled down and their words break.
    """
    if sum(natural) <= available:
        return []
    if sum(least) >= available:
        return [width * available / sum(least) for width in least]
    wished = [wide - narrow for wide, narrow in zip(natural, least, strict=True)]
    granted = (available - sum(least)) / sum(wished)
    return [narrow + granted * wish for narrow, wish in zip(least, wished, strict=True)]


def _rows(table: Node) -> Iterator[tuple[list[Node], bool]]:
    for row in table["head"]:
        yield row, True
    for row in table["body"]:
        yield row, False


def _in_points(widths: list[float], size: float) -> list[float]:
    return [width * size + CELL_PADDING for width in widths]


def _width(text: str) -> float:
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if character in _WIDTH_OF:
        return _WIDTH_OF[character]
    if character >= _FIRST_SQUARE_CHARACTER:
        return _SQUARE
    return _CAPITAL if character.isupper() else _OTHER


def _with_headings_repeated(rows: Rows) -> Rows:
    """Say at every row what heads several rows: on the next page, nobody can see the first."""
    repeated: Rows = [[] for _ in rows]
    for number, row in enumerate(rows):
        for cell in row:
            for covered in range(number, number + cell["rows"]):
                repeated[covered].append({**cell, "rows": 1})
    return [sorted(row, key=lambda cell: cell["column"]) for row in repeated]


def _in_parts(table: Node, columns: _Columns) -> list[Node]:
    comfortable = _in_points(columns.comfortable, PART_SIZE)
    heading = list(range(heading_columns(table)))
    data = list(range(len(heading), len(comfortable)))
    room = PORTRAIT_WIDTH * _MOST_FOR_HEADING_COLUMNS
    groups = _evenly_packed(
        {column: comfortable[column] for column in data},
        PORTRAIT_WIDTH - min(room, sum(comfortable[: len(heading)])),
    )
    return [
        _part(table, columns, heading + group, number, len(groups))
        for number, group in enumerate(groups, start=1)
    ]


def _evenly_packed(widths: dict[int, float], room: float) -> list[list[int]]:
    """Divide columns over as few parts as the room allows, all about equally wide."""
    fewest = len(_packed(widths, room))
    for slack in (1.0, 1.1, 1.2, 1.4):
        groups = _packed(widths, min(room, slack * sum(widths.values()) / fewest))
        if len(groups) == fewest:
            return groups
    return _packed(widths, room)


def _packed(widths: dict[int, float], room: float) -> list[list[int]]:
    groups: list[list[int]] = []
    left = 0.0
    for column, width in widths.items():
        if not groups or width > left:
            groups.append([])
            left = room
        groups[-1].append(column)
        left -= width
    return groups


def _part(table: Node, columns: _Columns, chosen: list[int], number: int, parts: int) -> Node:
    name = f"part {number} of {parts}"
    return {
        **table,
        "head": _with_columns(table["head"], chosen),
        "body": _with_columns(table["body"], chosen),
        "alignments": [table["alignments"][column] for column in chosen],
        "caption": f"{table['caption']} ({name})" if table["caption"] else name.capitalize(),
        "remarks": table["remarks"] if number == parts else [],
        "size": PART_SIZE,
        "landscape": False,
        "widths": _divided(
            PORTRAIT_WIDTH,
            _in_points(columns.some(chosen).comfortable, PART_SIZE),
            _in_points(columns.some(chosen).natural, PART_SIZE),
        ),
    }


def _with_columns(rows: Rows, chosen: list[int]) -> Rows:
    """Keep the chosen columns; a cell that spans more keeps what is left of its span."""
    kept = []
    for row in rows:
        cells = [
            {**cell, "column": chosen.index(inside[0]), "columns": len(inside)}
            for cell in row
            if (inside := [c for c in chosen if 0 <= c - cell["column"] < cell["columns"]])
        ]
        kept.append(cells)
    return kept
