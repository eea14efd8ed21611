"""How a table is written as text: separator, header, and whether all of it is there."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.encoding import (
    LABELS,
    encoding_of_start,
    find_encoding,
    in_utf8,
    read_start,
    without_separator_line,
)
from analysis.sources.shape import Shape, measure
from analysis.sources.text_table import CELL, TextTable, with_trimmed_text

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_CUT_OFF = "the file ends in the middle of this row"
_LONE_CARRIAGE_RETURN = re.compile(r"\r(?!\n)")


def read_header(path: Path) -> tuple[str, ...]:
    """Read the names of a table's columns.

    Raises
    ------
    InputProblem
        When the file is no text.
    """
    start = without_separator_line(read_start(path))
    return _header(path, start, _find_separator(path, start))


def open_table(path: Path, scratch: Path, separator: str | None = None) -> TextTable:
    """Open a table for reading; its cells are only read when they are asked for.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file in UTF-8, UTF-16 or Windows-1252.
    scratch : pathlib.Path
        Folder for a copy, made only when the file cannot be read as it is.
    separator : str, optional
        What stands between the cells; found in the header when left out.

    Returns
    -------
    TextTable
        Records with another number of cells than the header, and a last record that is cut off,
        carry a ``problem``.

    Raises
    ------
    InputProblem
        When the file is empty, no text, in an unknown encoding, or has no rows.
    """
    # That all of a file is UTF-8 shows while its rows are counted; most files are.
    layout = _layout(path, encoding_of_start(path), separator, scratch)
    if not layout.shape.is_utf8:
        layout = _layout(path, find_encoding(path), separator, scratch)
    readable, shape, warnings = layout.readable, layout.shape, []
    if shape.stray_quotes:
        readable = _with_regular_quotes(readable, layout.separator, scratch)
        shape = measure(readable, layout.separator, len(layout.columns))
        warnings.append("Some quotation marks stand inside cells; check the rows around them.")
    if not shape.records:
        raise _without_rows(path)
    return TextTable(
        path=path,
        columns=layout.columns,
        separator=layout.separator,
        rows=_rows(readable, layout.separator, layout.columns, shape, scratch),
        rows_read=shape.records,
        decided=_decided(layout.encoding, layout.separator),
        warnings=(*warnings, *_warnings(layout.encoding, shape.cut_off.decode(errors="ignore"))),
    )


@dataclass(frozen=True)
class _Layout:
    """How a file is written, and ``readable``: the file, or a copy of it in UTF-8."""

    encoding: str
    separator: str
    columns: tuple[str, ...]
    readable: Path
    shape: Shape


def _layout(path: Path, encoding: str, separator: str | None, scratch: Path) -> _Layout:
    start = without_separator_line(read_start(path, encoding))
    separator = separator or _find_separator(path, start)
    columns = _header(path, start, separator)
    readable = in_utf8(path, encoding, scratch)
    shape = measure(readable, separator, len(columns))
    return _Layout(encoding, separator, columns, readable, shape)


def open_in_memory(path: Path, *, lines_above: int = 0) -> TextTable:
    """Open a small table, or one about people, as :func:`open_table` does, all of it in memory.

    Nothing of it is put aside, not even for a moment.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file in UTF-8, UTF-16 or Windows-1252.
    lines_above : int, optional
        How many lines stand above the header, a line ``sep=;`` not among them.

    Raises
    ------
    InputProblem
        As :func:`open_table` does.
    """
    encoding = find_encoding(path)
    start = without_separator_line(read_start(path, encoding)).split("\n", lines_above)[-1]
    separator = _find_separator(path, start)
    columns = _header(path, start, separator)
    numbered = enumerate(_records(path, encoding, separator, lines_above), start=1)
    records = {row: cells for row, cells in numbered if row > 1 and not _is_blank(cells)}
    if not records:
        raise _without_rows(path)
    problems = {row: _ragged(len(cells), len(columns)) for row, cells in records.items()}
    last = max(records)
    is_cut_off = len(records[last]) < len(columns)
    if is_cut_off:
        problems[last] = _CUT_OFF
    return TextTable(
        path=path,
        columns=columns,
        separator=separator,
        rows=_in_memory(records, columns, problems),
        rows_read=len(records),
        decided=_decided(encoding, separator),
        warnings=tuple(_warnings(encoding, "\n".join(records[last]) if is_cut_off else "")),
    )


def _records(
    path: Path, encoding: str, separator: str, lines_above: int = 0
) -> Iterator[list[str]]:
    """The rows of a table, its header first, as Python's own reader finds them."""
    # Of UTF-8, which was checked before, only the last character may be cut in two.
    errors = "ignore" if encoding.startswith("utf-8") else "strict"
    try:
        with path.open(encoding=encoding, errors=errors, newline="\n") as source:
            first = filter(None, [without_separator_line(source.readline())])
            below = islice(chain(first, source), lines_above, None)
            lines = (_LONE_CARRIAGE_RETURN.sub(" ", line) for line in below)
            yield from csv.reader(lines, delimiter=separator)
    except csv.Error as error:
        raise InputProblem(
            str(path),
            f"quotation marks that cannot be told apart ({error})",
            "a quotation mark inside a cell to be doubled",
        ) from error
    except UnicodeDecodeError as error:
        raise InputProblem(
            str(path), f"damaged {LABELS[encoding]} ({error.reason})", "readable text"
        ) from None  # the error carries the text of the file


def _is_blank(cells: list[str]) -> bool:
    return not cells or (len(cells) == 1 and not cells[0].strip())


def _in_memory(
    records: dict[int, list[str]], columns: tuple[str, ...], problems: dict[int, str | None]
) -> pl.LazyFrame:
    width = len(columns)
    cells = [[*record[:width], *[""] * (width - len(record))] for record in records.values()]
    rows = pl.DataFrame(
        cells, schema=dict.fromkeys(map(CELL.__add__, columns), pl.String), orient="row"
    )
    return with_trimmed_text(
        rows.with_columns(
            row=pl.Series(list(records), dtype=pl.Int64),
            problem=pl.Series([problems[row] for row in records], dtype=pl.String),
            rest=pl.lit(None, pl.String),
        ).lazy(),
        columns,
    )


def _with_regular_quotes(path: Path, separator: str, scratch: Path) -> Path:
    """Copy a table with quotation marks inside cells into one that every reader understands."""
    copy = scratch / f"{path.stem}.quoted.csv"
    with copy.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=separator, lineterminator="\n")
        writer.writerows(_records(path, "utf-8-sig", separator))
    return copy


def _without_rows(path: Path) -> InputProblem:
    return InputProblem(str(path), "a header and no rows", "a header and rows")


def _decided(encoding: str, separator: str) -> dict[str, str]:
    return {
        "encoding": LABELS[encoding],
        "separator": SEPARATORS.get(separator, f"'{separator}'"),
    }


def _warnings(encoding: str, cut_off: str) -> Iterator[str]:
    if encoding == "cp1252":
        yield "The file is not in UTF-8; it is read as Windows-1252, a guess."
    if cut_off:
        lines = cut_off.strip().count("\n") + 1
        what = "row" if lines == 1 else f"row, which runs on for {lines} lines,"
        yield f"The file ends in the middle of a row: its last {what} is not used."


def _ragged(n_cells: int, width: int) -> str | None:
    if n_cells == width:
        return None
    return f"the row has {n_cells} cells where the header has {width}"


def _rows(
    path: Path, separator: str, columns: tuple[str, ...], shape: Shape, scratch: Path
) -> pl.LazyFrame:
    if shape.cut_off:
        path = _first_bytes(path, shape.end, scratch)
    cells = [CELL + column for column in columns]
    rows = pl.scan_csv(
        path,
        separator=separator,
        has_header=False,
        skip_rows=1,
        schema=dict.fromkeys(cells, pl.String),
        extra_columns="ignore",
        missing_columns="insert",
        glob=False,
        row_index_name="row",
        row_index_offset=2,
    ).with_columns(pl.col("row").cast(pl.Int64))
    if shape.blank:
        rows = rows.filter(~pl.col("row").is_in(shape.blank))
    rows = _with_problems(rows, shape).with_columns(rest=pl.lit(None, pl.String))
    if shape.cut_off:
        rows = pl.concat([rows, _cut_off_row(shape)], how="diagonal")
    return with_trimmed_text(rows, columns)


def _first_bytes(path: Path, size: int, scratch: Path) -> Path:
    copy = scratch / f"{path.stem}.whole.csv"
    shutil.copyfile(path, copy)
    with copy.open("rb+") as file:
        file.truncate(size)
    return copy


def _with_problems(rows: pl.LazyFrame, shape: Shape) -> pl.LazyFrame:
    """Say which rows have another number of cells than the header."""
    if not shape.ragged:
        return rows.with_columns(problem=pl.lit(None, pl.String))
    problems = pl.LazyFrame(
        {
            "row": list(shape.ragged),
            "problem": [_ragged(cells, shape.width) for cells in shape.ragged.values()],
        },
        schema_overrides={"row": pl.Int64},
    )
    return rows.join(problems, on="row", how="left", maintain_order="left")


def _cut_off_row(shape: Shape) -> pl.LazyFrame:
    return pl.LazyFrame(
        {
            "row": [shape.rows + 1],
            "problem": [_CUT_OFF],
            "rest": [shape.cut_off.decode("utf-8", errors="ignore").strip()],
        },
        schema_overrides={"row": pl.Int64},
    )


def _find_separator(path: Path, start: str) -> str:
    """The separator that cuts the header into the most cells."""

    def n_cells(separator: str) -> int:
        try:
            return len(_header(path, start, separator))
        except InputProblem:
            return 0

    return max(SEPARATORS, key=n_cells)


def _header(path: Path, start: str, separator: str) -> tuple[str, ...]:
    try:
        names = next(csv.reader(io.StringIO(start), delimiter=separator), [])
    except csv.Error as error:
        raise InputProblem(str(path), f"an unreadable header ({error})", "a header") from error
    if not any(map(str.strip, names)):
        raise InputProblem(str(path), "an empty first line", "the names of the columns")
    seen: Counter[str] = Counter()
    columns = []
    for name in map(str.strip, names):
        seen[name] += 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(columns)
