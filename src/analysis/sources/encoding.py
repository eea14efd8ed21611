"""In which encoding a text file is written, and a copy in UTF-8 where it is another one."""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from analysis.problems import InputProblem

START = 1 << 20
"""A megabyte: of what a file begins with."""

CHUNK = 3 << 18
"""Larger pieces ask the system for new memory each time, which takes longer than reading them."""

LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_KNOWN_STARTS = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"PAR1": "a Parquet file",
}

_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=[,;\t|]\"?\r?\n")
"""What Excel takes for no part of the table: which separator to use."""

_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNUSED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_RUN_OF_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_LONGEST_WESTERN_RUN = 2


def find_encoding(path: Path) -> str:
    """Find out how a text file is encoded, by reading all of it.

    Windows-1252 has a character for nearly every byte, so it is only believed when the file has
    the shape of Western text: no control characters, and accented letters alone or in pairs.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        A codec's name: ``utf-8``, ``utf-8-sig``, ``utf-16-le``, ``utf-16-be`` or ``cp1252``.

    Raises
    ------
    InputProblem
        When there is no such file, it is empty, it is no text, or its encoding cannot be told.
    """
    encoding = encoding_of_start(path)
    if encoding in ("utf-16-le", "utf-16-be"):
        return encoding
    bad_line = _first_line_not_utf8(path)
    if bad_line is None:
        return encoding
    if encoding == "utf-8" and _is_plausible_cp1252(path):
        return "cp1252"
    raise InputProblem(
        f"{path}, line {bad_line}",
        "unreadable characters: no UTF-8, no UTF-16, and not the shape of Windows-1252",
        "text in UTF-8",
        "Save the file again as 'CSV UTF-8'.",
    )


def encoding_of_start(path: Path) -> str:
    """Tell the encoding of a text file from its first bytes: UTF-8 unless they say otherwise.

    That the rest is UTF-8 too is for :func:`find_encoding` to say, or :func:`is_utf8`.

    Raises
    ------
    InputProblem
        When there is no such file, it is empty, or it is no text.
    """
    if not path.is_file():
        raise InputProblem(str(path), "no such file", "the path of a file")
    start = _first_bytes(path)
    if not start.removeprefix(codecs.BOM_UTF8).strip():
        raise InputProblem(str(path), "the file is empty", "a header and rows")
    encoding = _marked_encoding(start) or _unmarked_utf16(start) or "utf-8"
    if encoding.startswith("utf-8"):
        _require_text(path, start)
    return encoding


def read_start(path: Path, encoding: str | None = None) -> str:
    """Read the first characters of a text file, without the byte order mark.

    Without an encoding the first bytes must do, and characters that do not fit are replaced.
    """
    decoder = _decoder(encoding or encoding_of_start(path), errors="replace")
    return decoder.decode(_first_bytes(path)).removeprefix("\ufeff")


def without_separator_line(text: str) -> str:
    """Leave out a first line such as ``sep=;``, which stands above the header for Excel."""
    return _SEPARATOR_LINE.sub("", text, count=1) if _SEPARATOR_LINE.match(text) else text


def in_utf8(path: Path, encoding: str, scratch: Path) -> Path:
    """Give the file itself when it is UTF-8, else a copy in UTF-8 in the scratch folder.

    A line ``sep=;`` above the header is left out of the copy, and of another encoding a character
    that the file's end cuts in two.
    """
    has_separator_line = _SEPARATOR_LINE.match(read_start(path, encoding))
    if encoding.startswith("utf-8") and not has_separator_line:
        return path
    copy = scratch / f"{path.stem}.utf8.csv"
    with path.open("rb") as source, copy.open("wb") as target:
        if encoding.startswith("utf-8"):
            source.readline()
            shutil.copyfileobj(source, target)
        else:
            target.writelines(_translated(source, path, encoding))
    return copy


def _translated(source: BinaryIO, path: Path, encoding: str) -> Iterator[bytes]:
    decoder, is_start = _decoder(encoding), True
    try:
        while piece := source.read(CHUNK):
            text = decoder.decode(piece)
            yield (without_separator_line(text) if is_start else text).encode("utf-8")
            is_start = False
    except UnicodeDecodeError as error:
        raise InputProblem(
            str(path), f"damaged {LABELS[encoding]} ({error.reason})", "readable text"
        ) from error


def chunks(path: Path) -> Iterator[bytes]:
    """Read a file in small pieces."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def lines(path: Path) -> Iterator[bytes]:
    """Read a file in small pieces and what is left of the line."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK) + file.readline():
            yield piece


def _decoder(encoding: str, errors: str = "strict") -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)(errors)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(START)


def _marked_encoding(start: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return encoding
    return None


def _unmarked_utf16(start: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: every other one, in Western text."""
    half = len(start) / 2
    if start[1::2].count(0) > 0.8 * half and start[::2].count(0) == 0:
        return "utf-16-le"
    if start[::2].count(0) > 0.8 * half and start[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _require_text(path: Path, start: bytes) -> None:
    what = next((name for mark, name in _KNOWN_STARTS.items() if start.startswith(mark)), None)
    if what is None and b"\x00" in start:
        what = "a binary file"
    if what:
        raise InputProblem(
            str(path), f"this is {what}, not text", "a CSV file", "Export it as CSV."
        )


def _first_line_not_utf8(path: Path) -> int | None:
    for number, piece in enumerate(lines(path)):
        if not is_utf8(piece) and (error := _error_in(piece)):
            before = sum(earlier.count(b"\n") for earlier in islice(lines(path), number))
            return 1 + before + piece[: error.start].count(b"\n")
    return None


def is_utf8(piece: bytes) -> bool:
    """Whether some whole lines are UTF-8; the end of a file may cut a character in two."""
    try:
        pl.Series([piece]).cast(pl.String)  # without making text of it
    except pl.exceptions.ComputeError:
        return _error_in(piece) is None
    return True


def _error_in(piece: bytes) -> UnicodeDecodeError | None:
    try:
        _decoder("utf-8").decode(piece)
    except UnicodeDecodeError as error:
        return error
    return None


def _is_plausible_cp1252(path: Path) -> bool:
    """Whether the bytes have the shape of Western text in Windows-1252.

    Cyrillic, Greek and East Asian encodings give long runs of bytes above ASCII; UTF-8 with a few
    damaged bytes gives runs that mostly are UTF-8.
    """
    runs = foreign = 0
    for chunk in chunks(path):
        if _CONTROL_BYTES.search(chunk) or _UNUSED_IN_CP1252.search(chunk):
            return False
        found = _RUN_OF_HIGH_BYTES.findall(chunk)
        runs += len(found)
        foreign += sum(len(run) > _LONGEST_WESTERN_RUN or _is_utf8(run) for run in found)
    return foreign <= 0.02 * runs


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
