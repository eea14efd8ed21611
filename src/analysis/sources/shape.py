"""How many rows and cells there are in a table in text, counted without reading its cells."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis.sources import encoding

_QUOTE, _LINE_END, _RETURN = b'"\n\r'
_BYTES = 8
"""In a word of 64 bits."""

Places = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass
class Shape:
    """What the quotation marks, separators and line ends of a table say. Row 1 is the header.

    Attributes
    ----------
    width : int
        Number of cells of the header.
    rows : int
        Complete rows: the header, records and blank lines.
    blank : list of int
        Rows that are blank lines.
    ragged : dict of int to int
        Number of cells of the rows that have another number than the header.
    end : int
        Where the last line outside quotation marks ends, in bytes.
    cut_off : bytes
        What follows it, when that is no complete row.
    stray_quotes : bool
        Whether a quotation mark stands inside a cell without being doubled.
    is_utf8 : bool
        Whether all of it is UTF-8; if not, nothing else is told.
    """

    width: int
    rows: int = 0
    blank: list[int] = field(default_factory=list)
    ragged: dict[int, int] = field(default_factory=dict)
    end: int = 0
    cut_off: bytes = b""
    stray_quotes: bool = False
    is_utf8: bool = True

    @property
    def records(self) -> int:
        """Number of rows after the header that are no blank lines; a cut-off one included."""
        return self.rows - 1 - len(self.blank) + bool(self.cut_off)


@dataclass(frozen=True)
class _Unfinished:
    """The row in which a piece of a file ends.

    ``inside`` says whether it ends between two quotation marks, ``opened_badly`` whether the first
    of them stands inside a cell.
    """

    separators: int = 0
    inside: bool = False
    opened_badly: bool = False


@dataclass(frozen=True)
class _Marks:
    """Where the marks of a table stand in some whole lines.

    ``quotes`` are the quotation marks, ``ends`` the line ends outside them. ``separators`` says how
    many separators outside quotation marks stand before each of these ends, and in all.
    """

    quotes: Places
    ends: Places
    separators: Places


def measure(path: Path, separator: str, width: int) -> Shape:
    """Find the rows of a table by its quotation marks, separators and line ends.

    What stands between two quotation marks is inside a cell. Outside them a line end ends a row,
    which has one separator fewer than cells.

    Parameters
    ----------
    path : pathlib.Path
        A table in UTF-8, as far as its first bytes tell.
    separator : str
        One ASCII character.
    width : int
        Number of cells of the header.

    Returns
    -------
    Shape
    """
    shape, row = Shape(width), _Unfinished()
    for position, lines in _positioned(path):
        if not encoding.is_utf8(lines):
            return Shape(width, is_utf8=False)
        marks = _find_marks(lines, separator, inside=row.inside)
        is_stray, opened_badly = _judge_quotes(lines, marks.quotes, separator, row)
        shape.stray_quotes |= is_stray
        _add_rows(shape, lines, marks, row.separators)
        separators = int(marks.separators[-1])
        if len(marks.ends):
            shape.end = position + int(marks.ends[-1]) + 1
            separators -= int(marks.separators[-2])
        else:
            separators += row.separators
        row = _Unfinished(separators, row.inside ^ (len(marks.quotes) % 2 == 1), opened_badly)
    _judge_the_rest(shape, path, row)
    return shape


def _positioned(path: Path) -> Iterator[tuple[int, bytes]]:
    """Whole lines with their place; the byte order mark is left out."""
    position = 0
    for lines in encoding.lines(path):
        text = lines.removeprefix(codecs.BOM_UTF8) if position == 0 else lines
        yield position + len(lines) - len(text), text
        position += len(lines)


def _find_marks(lines: bytes, separator: str, *, inside: bool) -> _Marks:
    characters = np.frombuffer(lines, np.uint8)
    places = np.flatnonzero((characters == _QUOTE) | (characters == _LINE_END))
    is_quote = characters[places] == _QUOTE
    # A mark after an odd number of quotation marks, itself included, is followed by what is inside.
    followed_by_inside = (np.cumsum(is_quote) + inside) & 1 == 1
    stretches = _number_in_stretches(characters == ord(separator), places)
    stretches[np.append(inside, followed_by_inside)] = 0
    so_far = np.cumsum(stretches, dtype=np.int64)
    is_end = ~is_quote & ~followed_by_inside
    return _Marks(
        quotes=places[is_quote],
        ends=places[is_end],
        separators=np.append(so_far[:-1][is_end], so_far[-1]),
    )


def _number_in_stretches(flags: Flags, places: Places) -> Places:
    """How many flags are set before the first place, from there to the next one, and so on.

    Flags are packed as bits, of which a processor counts the 64 in a word at once.
    """
    packed = np.packbits(flags, bitorder="little")
    words = np.append(packed, np.zeros(-len(packed) % _BYTES, np.uint8)).view("<u8")
    before_words = np.append(0, np.cumsum(np.bitwise_count(words), dtype=np.int64))
    word, bit = np.divmod(places, 8 * _BYTES)
    earlier_bits = (np.uint64(1) << bit.astype(np.uint64)) - np.uint64(1)
    before = before_words[word] + np.bitwise_count(words[word] & earlier_bits)
    return np.diff(before, prepend=0, append=before_words[-1])


def _add_rows(shape: Shape, lines: bytes, marks: _Marks, separators: int) -> None:
    """Count the rows that end in these lines; the first one may have separators before them."""
    cells = np.diff(marks.separators[:-1], prepend=-separators) + 1
    for number in np.flatnonzero(cells != shape.width).tolist():
        row, start = shape.rows + 1 + number, marks.ends[number - 1] + 1 if number else 0
        if lines[start : marks.ends[number]].strip(b"\r "):
            shape.ragged[row] = int(cells[number])
        else:
            shape.blank.append(row)
    shape.rows += len(cells)


def _judge_quotes(
    lines: bytes, quotes: Places, separator: str, row: _Unfinished
) -> tuple[bool, bool]:
    """Whether a closed pair of quotation marks is in the midst of a cell, and the open one is.

    A cell in quotation marks has a separator or a line end on either side; a quotation mark beside
    another one is a doubled one.
    """
    opening, closing = quotes[row.inside :: 2], quotes[1 - row.inside :: 2]
    opened_badly = np.append(row.opened_badly, _follow_a_cell(lines, opening, separator))
    n_open = 1 if len(opening) + row.inside > len(closing) else 0
    closed = opened_badly[: len(opened_badly) - n_open]
    is_stray = bool(closed.any() or _precede_a_cell(lines, closing, separator).any())
    return is_stray, bool(n_open and opened_badly[-1])


def _follow_a_cell(lines: bytes, opening: Places, separator: str) -> Flags:
    """Which quotation marks stand behind text; the first one of all has nothing before it."""
    before = np.frombuffer(lines, np.uint8)[opening - 1]
    return (opening > 0) & _is_text(separator)[before]


def _precede_a_cell(lines: bytes, closing: Places, separator: str) -> Flags:
    """Which quotation marks stand before text, be it a carriage return that ends no line."""
    characters = np.frombuffer(lines, np.uint8)
    # Beyond the last character it is given once more: a quotation mark, which is no text.
    after, second = (characters.take(closing + n, mode="clip") for n in (1, 2))
    ends_row = (after == _RETURN) & ((second == _LINE_END) | (closing + 2 == len(lines)))
    return ~ends_row & _is_text(separator)[after]


def _is_text(separator: str) -> Flags:
    """Of every character whether it belongs to a cell, to be looked up by its number."""
    is_text = np.ones(256, np.bool_)
    is_text[[_LINE_END, _QUOTE, ord(separator)]] = False
    return is_text


def _judge_the_rest(shape: Shape, path: Path, row: _Unfinished) -> None:
    """Tell whether what follows the last line end is nothing, a whole row, or one cut off."""
    with path.open("rb") as file:
        file.seek(shape.end)
        rest = file.read()
    if not rest.strip():
        return
    if row.separators + 1 == shape.width and not row.inside and _is_whole(rest):
        shape.rows += 1
    else:
        shape.cut_off = rest


def _is_whole(text: bytes) -> bool:
    """Whether the end of a file cuts no character in two."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
