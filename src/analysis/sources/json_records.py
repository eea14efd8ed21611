"""Records of a JSON export: one document, pages of an API's answer, or one record per line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.encoding import LABELS, find_encoding, read_start
from analysis.sources.text_table import CELL, TextTable
from analysis.sources.times import local_time

Record = Mapping[str, object]
RowsOf = Callable[[Iterator[Record]], Iterator[Record]]

ROWS_AT_A_TIME = 20_000
_START = re.compile(r'\s*[\[{]\s*["{\[\]}]')
_KEY = re.compile(r'"([\w.]+)"\s*:')
_REMEDIES = {
    "100": "One name that is no longer valid fails the whole call.",
    "190": "The access token has expired or was withdrawn: get a new one, and ask again.",
}
"""By the code of an error of the Graph API: https://developers.facebook.com/docs/graph-api/guides/error-handling."""
_CUT_OFF = "the file ends in the middle of this record"


class RecordTable(TextTable):
    """A table of text cells made of JSON records; the first record is row 1."""

    def cell(self, column: str) -> pl.Expr:
        """The trimmed text in a column; null where it is empty or no record has such a key."""
        text = self.text(column).str.strip_chars()
        return pl.when(text != "").then(text)

    def text(self, column: str) -> pl.Expr:
        """The cell as it stands, also when it is empty; null where the record lacks the key."""
        return pl.col(CELL + column) if column in self.columns else pl.lit(None, pl.String)

    def raw(self) -> pl.Expr:
        """The cells that are read, as JSON."""
        cells = [pl.col(CELL + column).alias(column) for column in self.columns]
        return pl.struct(cells).struct.json_encode()


@dataclass
class _Paging:
    """Whether the last page of an answer says that there is another one."""

    continues: bool = False


@dataclass(frozen=True)
class _Found:
    """A record, or what stands in the place of one and why that cannot be used."""

    record: Record
    problem: str | None = None


def keys_at_start(path: Path) -> frozenset[str]:
    """Name the keys in the first part of a JSON file; nothing when it is no JSON."""
    start = read_start(path)
    return frozenset(_KEY.findall(start)) if _START.match(start) else frozenset()


def open_records(
    path: Path, columns: Iterable[str], id_keys: Iterable[str], rows_of: RowsOf = iter
) -> RecordTable:
    r"""Read the records of a JSON file into a table of text cells.

    A file may hold a list of records, one record, an API's answer with the records in ``data`` or
    deeper, a list of such answers, or any of these per line. Lines end at ``\n`` only: other line
    ends may stand inside a text. A file of lines is read one line at a time. Numbers keep the
    digits they are written with.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    columns : iterable of str
        What to read of a record; ``shares.count`` is the key ``count`` inside ``shares``, or a key
        of that whole name.
    id_keys : iterable of str
        Keys by which a record is told from an answer that holds records.
    rows_of : callable, optional
        Gives the rows of the records, one after another, where a record holds several rows, such
        as a comment with its replies, or several records make one.

    Returns
    -------
    RecordTable
        With the columns that some record has. A line that is cut off or no JSON, and what is no
        record, is a row with a ``problem``.

    Raises
    ------
    InputProblem
        When the file is empty, no JSON, an API's message of an error, or holds no records, or none
        with a field that is read.
    """
    encoding = find_encoding(path)
    paging = _Paging()
    columns = tuple(columns)
    rows = _rows(_records(path, encoding, frozenset(id_keys), paging), columns, rows_of)
    try:
        frames = [_frame(batch, columns) for batch in _batches(rows)]
    except RecursionError:
        raise InputProblem(str(path), "JSON nested too deeply", "an export") from None
    except UnicodeDecodeError as error:
        raise InputProblem(
            str(path), f"damaged {LABELS[encoding]} ({error.reason})", "readable text"
        ) from None
    if not frames:
        raise _without_records(path)
    cells = pl.concat(frames).with_row_index("row", 1).with_columns(pl.col("row").cast(pl.Int64))
    found = tuple(name for name in columns if cells[CELL + name].null_count() < cells.height)
    if not found:
        raise InputProblem(
            str(path),
            "not one record with a field of this format",
            "records of this format",
            "Is its 'format' right?",
        )
    return RecordTable(
        path=path,
        columns=found,
        separator=",",
        rows=cells.lazy(),
        rows_read=cells.height,
        decided={"encoding": LABELS[encoding]},
        warnings=tuple(_warnings(encoding, cells, paging)),
    )


def require_records(path: Path) -> None:
    """Raise an InputProblem when a short JSON file is an API's message of an error, or is empty."""
    with suppress(RecursionError):
        if not isinstance(_parsed(read_start(path)), Mapping | list):
            return
        if next(_records(path, find_encoding(path), frozenset(), _Paging()), None) is None:
            raise _without_records(path)


def at(record: object, place: str) -> object:
    """Give what stands in a record at a place such as ``shares.count`` or ``data.0.id``."""
    if not place:
        return record
    key, _, rest = place.partition(".")
    if isinstance(record, Mapping):
        return record[place] if place in record else at(record.get(key), rest)
    if isinstance(record, list) and key.isdecimal() and int(key) < len(record):
        return at(record[int(key)], rest)
    return None


def list_at(record: object, place: str) -> list[object]:
    """Give the list at a place of a record; an empty one when there is none."""
    found = at(record, place)
    return found if isinstance(found, list) else []


def iso_time(text: pl.Expr, zone: ZoneInfo) -> pl.Expr:
    """Read ``2025-06-22T10:44:19+0000``, with ``Z`` or without a zone, or seconds since 1970.

    Parameters
    ----------
    text : polars.Expr
        Trimmed text, or null.
    zone : zoneinfo.ZoneInfo
        Of the times that name none.

    Returns
    -------
    polars.Expr
        Datetime in UTC; null where the text is no time.
    """
    plain = (
        text.str.replace(r"^(\d{4}-\d{2}-\d{2}) ", "${1}T")
        .str.replace(r"(:\d{2})[.,]\d+", "$1")
        .str.replace(r"Z$", "+0000")
    )
    clock = "%Y-%m-%dT%H:%M:%S"
    with_zone = plain.str.to_datetime(clock + "%z", strict=False, time_unit="us")
    without = plain.str.to_datetime(clock, strict=False, time_unit="us")
    seconds = text.str.extract(r"^(\d{9,10})$", 1).cast(pl.Int64)
    return pl.coalesce(
        with_zone,
        local_time(without, zone),
        pl.from_epoch(seconds).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
    )


def _without_records(path: Path) -> InputProblem:
    return InputProblem(str(path), "not one record", "a JSON file with records in it")


def _records(
    path: Path, encoding: str, id_keys: frozenset[str], paging: _Paging
) -> Iterator[_Found]:
    if _has_a_record_per_line(path, encoding):
        yield from _of_lines(path, encoding, id_keys, paging)
    else:
        yield from _of_document(path, encoding, id_keys, paging)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    # UTF-8 was checked when its encoding was found; only its last character may be cut in two.
    errors = "replace" if encoding.startswith("utf-8") else "strict"
    with path.open(encoding=encoding, errors=errors, newline="\n") as file:
        for line in file:
            yield line.removeprefix("\ufeff")


def _has_a_record_per_line(path: Path, encoding: str) -> bool:
    """Whether the first line is a whole record, and not the only line."""
    first_two = list(islice(filter(str.strip, _lines(path, encoding)), 2))
    return len(first_two) == 2 and isinstance(_parsed(first_two[0]), Mapping | list)


def _parsed(text: str) -> object:
    """Read JSON with its numbers as text; None when it is no JSON."""
    try:
        return _load(text)
    except json.JSONDecodeError:
        return None


def _load(text: str) -> object:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _of_lines(
    path: Path, encoding: str, id_keys: frozenset[str], paging: _Paging
) -> Iterator[_Found]:
    for number, line in enumerate(_lines(path, encoding), start=1):
        value = _parsed(line)
        if isinstance(value, Mapping | list):
            yield from map(_judged, _items(value, path, id_keys, paging))
        elif line.strip():
            is_whole = line.endswith("\n")
            yield _Found({}, f"line {number} is no JSON" if is_whole else _CUT_OFF)


def _of_document(
    path: Path, encoding: str, id_keys: frozenset[str], paging: _Paging
) -> Iterator[_Found]:
    try:
        document = _load("".join(_lines(path, encoding)))
    except json.JSONDecodeError as error:
        raise InputProblem(
            f"{path}, line {error.lineno}, column {error.colno}",
            f"broken JSON ({error.msg})",
            "a whole JSON file",
            "Is the file complete? Export it again.",
        ) from None  # the error carries the text of the file
    if isinstance(document, Mapping) and not _is_page(document) and not id_keys & document.keys():
        found = _inside(document, path, id_keys, paging)
    elif isinstance(document, Mapping | list):
        found = _items(document, path, id_keys, paging)
    else:
        raise InputProblem(str(path), "one value", "a list or an object with records in it")
    yield from map(_judged, found)


def _items(
    value: Record | list[object], path: Path, id_keys: frozenset[str], paging: _Paging
) -> Iterator[object]:
    """The records of a list or a page of an answer, else the value itself."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping) and _is_page(item) and not id_keys & item.keys():
                yield from _items(item, path, id_keys, paging)
            else:
                yield item
    elif _is_page(value) and not id_keys & value.keys():
        items = list_at(value, "data")
        # The next page of insights is another time, not more of the same.
        if items and at(items[0], "values") is None:
            paging.continues = _goes_on(value)
        yield from _items(items, path, id_keys, paging)
    else:
        _require_no_error(value, path)
        yield value


def _inside(
    wrapper: Record, path: Path, id_keys: frozenset[str], paging: _Paging
) -> Iterator[object]:
    """The records of all lists in a document, however deep its objects lie in each other."""
    _require_no_error(wrapper, path)
    paging.continues |= _goes_on(wrapper)
    for inner in wrapper.values():
        if isinstance(inner, list) or (isinstance(inner, Mapping) and _is_page(inner)):
            yield from _items(inner, path, id_keys, paging)
        elif isinstance(inner, Mapping):
            yield from _inside(inner, path, id_keys, paging)


def _is_page(value: Record) -> bool:
    return isinstance(value.get("data"), list)


def _goes_on(page: Record) -> bool:
    return (at(page, "paging.next") or at(page, "pagination.nextPage")) is not None


def _require_no_error(value: Record, path: Path) -> None:
    if "error" in value and len(value) == 1:
        code = str(at(value, "error.code"))
        raise InputProblem(
            str(path),
            "an API's message of an error" + (f", code {code}" if code.isdecimal() else ""),
            "its answer with records",
            _REMEDIES.get(code, "Ask the API again, and keep its answer only when it has records."),
        )


def _judged(item: object) -> _Found:
    return _Found(item) if isinstance(item, Mapping) else _Found({}, "this is no record")


def _rows(
    records: Iterator[_Found], columns: tuple[str, ...], rows_of: RowsOf
) -> Iterator[tuple[str | None, ...]]:
    """The cells of every row, with its problem in front."""
    for problem, found in groupby(records, key=lambda record: record.problem):
        values = (one.record for one in found)
        for row in values if problem else rows_of(values):
            yield (problem, *(_text(at(row, column)) for column in columns))


def _text(value: object) -> str | None:
    """Write a value as text; half of a pair of characters, which no file can hold, becomes a ?."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(rows: Iterator[tuple[str | None, ...]]) -> Iterator[list[tuple[str | None, ...]]]:
    while batch := list(islice(rows, ROWS_AT_A_TIME)):
        yield batch


def _frame(rows: list[tuple[str | None, ...]], columns: tuple[str, ...]) -> pl.DataFrame:
    names = ("problem", *(CELL + column for column in columns))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _warnings(encoding: str, cells: pl.DataFrame, paging: _Paging) -> Iterator[str]:
    if encoding == "cp1252":
        yield "The file is not in UTF-8; it is read as Windows-1252, a guess."
    if cells["problem"][-1] == _CUT_OFF:
        yield "The file ends in the middle of a record, which is not used."
    if paging.continues:
        yield "The last page in the file says that there is another one, which is not in it."
