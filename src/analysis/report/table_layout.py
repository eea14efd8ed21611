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

TEXT_SIZES = (9.5, 8.5, 7.5)
"""In points, from what one likes to read to the smallest one can."""

PART_SIZE = 8.5
CELL_PADDING = 9.0
"""Left and right of a cell's text together, in points."""

LONG_FROM_ROWS = 16
"""A shorter table stays on one page, and is not worth a landscape page of its own."""

_FOLDED_PROSE = 14.0
"""Width to which a column of prose may be folded, in em."""

_LINES_OF_A_HEADING = 3
_MOST_FOR_HEADING_COLUMNS = 0.5
"""Share of the page for the columns that head the rows, where they are repeated."""

_BREAKS = re.compile(rf"[\s{BREAK}]+|(?<=-)")
_NARROW = frozenset("ijlftrI.,:;'|!()[]-–/ \u2009\u00a0")
_WIDE = frozenset("mwMW%‰@&—")
_FIRST_SQUARE_CHARACTER = "\u2e80"
_SAFETY = 1.05


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
    for size in TEXT_SIZES:
        if columns.least(size) <= PORTRAIT_WIDTH:
            widths = columns.widths(size, PORTRAIT_WIDTH)
            return [{**table, "size": size, "landscape": False, "widths": widths}]
    if table["long"]:
        for size in TEXT_SIZES:
            if columns.least(size) <= LANDSCAPE_WIDTH:
                widths = columns.widths(size, LANDSCAPE_WIDTH)
                return [{**table, "size": size, "landscape": True, "widths": widths}]
    return _in_parts(table, columns)


@dataclass(frozen=True)
class _Columns:
    """How wide the columns of a table are without folding, and how narrow they may be, in em."""

    natural: list[float]
    narrowest: list[float]

    @classmethod
    def of(cls, table: Node) -> Self:
        natural = [0.0] * len(table["alignments"])
        narrowest = [0.0] * len(table["alignments"])
        for row, heads in _rows(table):
            for cell in row:
                text = nodes.plain_text(cell["content"])
                whole = _width(text)
                longest_piece = max(map(_width, _BREAKS.split(text)))
                folded = whole / _LINES_OF_A_HEADING if heads else min(whole, _FOLDED_PROSE)
                for column in range(cell["column"], cell["column"] + cell["columns"]):
                    share = 1 / cell["columns"]
                    natural[column] = max(natural[column], share * whole)
                    least = share * max(longest_piece, folded)
                    narrowest[column] = max(narrowest[column], least)
        return cls(natural, narrowest)

    def least(self, size: float) -> float:
        """Width of the whole table with every column as narrow as it may be, in points."""
        return sum(_in_points(self.narrowest, size))

    def widths(self, size: float, available: float) -> list[float]:
        """Divide the available points; no widths when every column can have its natural one."""
        natural = _in_points(self.natural, size)
        if sum(natural) <= available:
            return []
        least = _in_points(self.narrowest, size)
        wished = [wide - narrow for wide, narrow in zip(natural, least, strict=True)]
        spare = max(0.0, available - sum(least))
        granted = spare / sum(wished) if spare else 0.0
        return [narrow + granted * wish for narrow, wish in zip(least, wished, strict=True)]

    def some(self, chosen: list[int]) -> _Columns:
        """Take some of the columns."""
        return _Columns([self.natural[i] for i in chosen], [self.narrowest[i] for i in chosen])


def _rows(table: Node) -> Iterator[tuple[list[Node], bool]]:
    for row in table["head"]:
        yield row, True
    for row in table["body"]:
        yield row, False


def _in_points(widths: list[float], size: float) -> list[float]:
    return [width * size * _SAFETY + CELL_PADDING for width in widths]


def _width(text: str) -> float:
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    """Estimate a width in em, rather too wide than too narrow."""
    if character == BREAK:
        return 0.0
    if character in _NARROW:
        return 0.33
    if character in _WIDE:
        return 0.85
    if character >= _FIRST_SQUARE_CHARACTER:
        return 1.0
    return 0.7 if character.isupper() else 0.5


def _with_headings_repeated(rows: Rows) -> Rows:
    """Say at every row what heads several rows: on the next page, nobody can see the first."""
    repeated: Rows = [[] for _ in rows]
    for number, row in enumerate(rows):
        for cell in row:
            for covered in range(number, number + cell["rows"]):
                repeated[covered].append({**cell, "rows": 1})
    return [sorted(row, key=lambda cell: cell["column"]) for row in repeated]


def _in_parts(table: Node, columns: _Columns) -> list[Node]:
    heading = list(range(heading_columns(table)))
    data = list(range(len(heading), len(table["alignments"])))
    room = PORTRAIT_WIDTH * _MOST_FOR_HEADING_COLUMNS
    heading_width = min(room, columns.some(heading).least(PART_SIZE))
    groups = _evenly_packed(
        dict(zip(data, _in_points(columns.some(data).narrowest, PART_SIZE), strict=True)),
        PORTRAIT_WIDTH - heading_width,
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
        "widths": _squeezed(columns.some(chosen).widths(PART_SIZE, PORTRAIT_WIDTH)),
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


def _squeezed(widths: list[float]) -> list[float]:
    """Scale widths down to the page where even the narrowest columns are too wide for it."""
    too_wide = max(1.0, sum(widths) / PORTRAIT_WIDTH)
    return [width / too_wide for width in widths]
