"""The rows of a table in text, counted without reading their cells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.sources.encoding import chunks


@dataclass
class Shape:
    """What the quotation marks, separators and line ends of a table say. Row 1 is the header.

    Attributes
    ----------
    separator : bytes
        What stands between the cells.
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
    """

    separator: bytes
    width: int
    rows: int = 0
    blank: list[int] = field(default_factory=list)
    ragged: dict[int, int] = field(default_factory=dict)
    end: int = 0
    cut_off: bytes = b""
    stray_quotes: bool = False

    @property
    def records(self) -> int:
        """Number of rows after the header that are no blank lines; a cut-off one included."""
        return self.rows - 1 - len(self.blank) + bool(self.cut_off)

    def is_whole(self, line: bytes) -> bool:
        """Whether a line, the insides of its quotation marks left out, has all cells."""
        return line.count(self.separator) + 1 == self.width

    def add(self, lines: list[bytes]) -> None:
        """Count complete rows, the insides of their quotation marks left out."""
        for row, line in enumerate(lines, start=self.rows + 1):
            if not self.is_whole(line):
                if line.strip(b"\r "):
                    self.ragged[row] = line.count(self.separator) + 1
                else:
                    self.blank.append(row)
        self.rows += len(lines)


def measure(path: Path, separator: str, width: int) -> Shape:
    """Find the rows of a table by its quotation marks, separators and line ends.

    What stands between two quotation marks is inside a cell. What remains without those pieces
    has one line per row and one separator fewer than cells.

    Parameters
    ----------
    path : pathlib.Path
        A table in UTF-8.
    separator : str
        One ASCII character.
    width : int
        Number of cells of the header.

    Returns
    -------
    Shape
    """
    shape = Shape(separator.encode(), width)
    stray = _stray_quote(separator)
    inside, line = False, b""
    for position, chunk in _positioned(path):
        pieces = chunk.split(b'"')
        shape.end = _last_line_end(pieces, inside, position) or shape.end
        closing = b'"' if inside and len(pieces) > 1 else b""
        line += closing + b'"'.join(pieces[inside::2])
        shape.stray_quotes |= bool(stray.search(line))
        *lines, line = line.split(b"\n")
        shape.add(lines)
        inside ^= len(pieces) % 2 == 0
    _judge_the_rest(shape, path, line, inside)
    return shape


def _positioned(path: Path) -> Iterator[tuple[int, bytes]]:
    """The file in pieces, each with its place in the file; the byte order mark is left out."""
    position = 0
    for chunk in chunks(path):
        text = chunk.removeprefix(codecs.BOM_UTF8) if position == 0 else chunk
        yield position + len(chunk) - len(text), text
        position += len(chunk)


def _last_line_end(pieces: list[bytes], inside: bool, position: int) -> int:
    """Where the last line outside quotation marks ends, in bytes; 0 when none ends here."""
    end = position + sum(map(len, pieces)) + len(pieces) - 1
    for index in range(len(pieces) - 1, -1, -1):
        start = end - len(pieces[index])
        found = pieces[index].rfind(b"\n")
        if found >= 0 and (index % 2 == 1) == inside:
            return start + found + 1
        end = start - 1
    return 0


def _judge_the_rest(shape: Shape, path: Path, line: bytes, inside: bool) -> None:
    """Tell whether what follows the last line end is nothing, a whole row, or one cut off."""
    with path.open("rb") as file:
        file.seek(shape.end)
        rest = file.read()
    if shape.is_whole(line) and not inside and _is_utf8(rest):
        shape.add([line])
    elif rest.strip():
        shape.cut_off = rest


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _stray_quote(separator: str) -> re.Pattern[bytes]:
    """A quotation mark that neither follows nor precedes a separator, a line end or another."""
    mark = re.escape(separator.encode())
    return re.compile(rb'"(?:(?<=[^\n"%b]")|(?=[^\r\n"%b]|\r[^\n]))' % (mark, mark))
