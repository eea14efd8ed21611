"""Meta Business Suite's CSV of one number of a whole page, day by day.

The file is UTF-16: ``sep=,``, then what the number is called, then ``"Date","Primary"`` and a row
per day. Nothing in it tells of which page it is: the study says so. The names that are known here
are those in files and programs of others, such as *Viewers* and *Facebook visits*; of another, or
one in another language, the study says what it counts. Whose midnight ends a day is not stated.

Everything on the page counts together, so no such number goes with those of posts. Some files leave
out the days on which nothing was counted; such a day is not measured, and never zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem, listed
from analysis.sources.canonical import (
    column_marks,
    count,
    count_checks,
    decided_marks,
    unclear_marks,
    with_counts,
)
from analysis.sources.checks import bad_date
from analysis.sources.definitions import NOT_STATED
from analysis.sources.dialect import open_in_memory
from analysis.sources.encoding import read_start, without_separator_line
from analysis.sources.first_lines import is_heading
from analysis.sources.post_ids import plain_page_id
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.sources.times import FIRST_YEAR, LAST_YEAR, Observed, observed
from analysis.study import RawFile
from analysis.tables import PAGE_DAYS, dtypes
from analysis.vocabulary import PAGE_VARIABLES, PageVariable

VARIABLES: dict[str, PageVariable] = {
    "reach": "reach",
    "viewers": "reach",
    "views": "views",
    "visits": "visits",
    "follows": "follows",
    "interactions": "interactions",
    "link clicks": "link_clicks",
}
ENOUGH_DAYS = 20
"""Fewer days may well have the same number."""

_FIRST_LINES = 3
"""The name, the header, and the first day."""

_TITLE = re.compile(
    rf"(?:(?P<platform>facebook|instagram) )?(?:(?:page|profile|content) )?"
    rf"(?P<word>{'|'.join(VARIABLES)})",
    re.IGNORECASE,
)
_DAY = r"^(\d{4}-\d{2}-\d{2})(?:T00:00:00)?$"
_MIDNIGHT = re.compile(r"\"?\d{4}-\d{2}-\d{2}T00:00:00\"?[,;\t]")
_NAMES = re.compile(r"[^\d,;\t]+(?:[,;\t][^\d,;\t]+)+")
_KNOWN_HEADER = re.compile(r"\"?Date\"?[,;\t]\"?Primary\"?(?:[,;\t].*)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Series:
    """What the lines above the days say: ``title`` is empty where no line names the number."""

    title: str
    lines_above: int


def recognises(path: Path) -> bool:
    """Whether Date and Primary are the header, or below ``sep=`` another one stands above days."""
    return _series(path) is not None


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read the days of one number of a page.

    Raises
    ------
    InputProblem
        When the file is no such table, holds several numbers, or nothing tells what its number is.
    """
    series = _series(path)
    if series is None:
        raise _other_export(raw_file)
    variable, platform = _what_is_counted(series.title, raw_file)
    table = open_in_memory(path, lines_above=series.lines_above)
    if len(table.columns) == 1:
        raise _other_export(raw_file)
    _require_one_number(table, raw_file)
    day, number, *others = table.columns
    marks = column_marks(table, [number])
    days = _days(with_counts(table, marks), day, number)
    counts_taken = observed(
        raw_file, path, zone, zone, lambda: _last_midnight(days, zone), what="day"
    )
    days = _with_later_days_refused(days, counts_taken, zone)
    rows = days.lazy().with_columns(
        platform=pl.lit(platform),
        page_id=plain_page_id(pl.lit(raw_file.page, pl.String)),
        variable=pl.lit(variable),
        definition=pl.lit(series.title or NOT_STATED),
        observed_at=pl.lit(counts_taken.at),
        source_file=pl.lit(raw_file.path),
    )
    return Reading(
        rows=rows.select(
            *(pl.col(column).cast(dtype) for column, dtype in dtypes(PAGE_DAYS).items()),
            *("row", "reason", "raw"),
        ),
        rows_read=table.rows_read,
        decided=table.decided
        | {
            "number": f"{variable}, called '{series.title}'" if series.title else variable,
            "observed_at": counts_taken.decided,
        }
        | ({"not read": listed(others)} if others else {})
        | decided_marks(marks),
        warnings=(*table.warnings, *unclear_marks(marks), *_warnings(days, raw_file)),
    )


def _series(path: Path) -> _Series | None:
    """Find the header and the name above it; None where there is none, or a day may stand there."""
    start = read_start(path)
    below = without_separator_line(start)
    lines = [line.rstrip("\r") for line in below.split("\n", _FIRST_LINES)][:_FIRST_LINES]
    for number, (line, next_line) in enumerate(pairwise(lines)):
        title = lines[0].strip('",;\t ') if number else ""
        is_above_days = below != start and _MIDNIGHT.match(next_line) and _NAMES.fullmatch(line)
        if (_KNOWN_HEADER.fullmatch(line) or is_above_days) and (not title or is_heading(title)):
            return _Series(title, number)
    return None


def _other_export(raw_file: RawFile) -> InputProblem:
    return InputProblem(
        raw_file.path,
        "no columns 'Date' and 'Primary' below a line that names the number",
        "Meta Business Suite's CSV of one number of a whole page per day",
        "Is its 'format' right?",
    )


def _require_one_number(table: TextTable, raw_file: RawFile) -> None:
    """Raise an InputProblem when the header comes again: what stands below is another number."""
    header = table.columns[0]
    again = table.rows.filter(table.cell(header) == header).select("row").collect()["row"]
    if len(again):
        raise InputProblem(
            f"{raw_file.path}, row {again[0]}",
            f"the header '{header}' again",
            "one number of a page in a file",
            "Put what stands below it, with its name above it, in a file of its own.",
        )


def _what_is_counted(title: str, raw_file: RawFile) -> tuple[str, str | None]:
    """Tell what a title counts, and on which platform; None where it does not say."""
    found = _TITLE.fullmatch(" ".join(title.split()))
    variable = VARIABLES[found["word"].lower()] if found else None
    if variable and raw_file.variable not in (None, variable):
        raise InputProblem(
            f"{raw_file.path}, key 'variable'",
            f"'{raw_file.variable}', and the file calls its number '{title}'",
            f"'{variable}', or no such key",
        )
    counted = raw_file.variable or variable
    if counted is None:
        raise InputProblem(
            raw_file.path,
            f"'{title}' of a whole page per day" if title else "a number without a name",
            f"a number that is known: {listed(VARIABLES)}",
            f"Say in the study file, under 'variable', which of {listed(PAGE_VARIABLES)} it is.",
        )
    platform = found["platform"].lower() if found and found["platform"] else None
    return counted, platform


def _days(table: TextTable, day: str, number: str) -> pl.DataFrame:
    """Read every row; ``reason`` says why one cannot be used."""
    written = table.cell(day)
    read = written.str.extract(_DAY, 1).str.to_date("%Y-%m-%d", strict=False)
    in_known_years = read.dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    read = pl.when(in_known_years).then(read)
    reasons = [
        pl.col("problem"),
        pl.when(written.is_null()).then(pl.lit("the day is missing")),
        bad_date(written, read, day),
        *count_checks(table, [number]),
    ]
    return table.rows.select(
        "row", day=read, value=count(table, number), reason=pl.coalesce(reasons), raw=table.raw()
    ).collect()


def _with_later_days_refused(
    days: pl.DataFrame, counts_taken: Observed, zone: ZoneInfo
) -> pl.DataFrame:
    if counts_taken.at is None:
        return days
    is_later = pl.col("day") > counts_taken.at.astimezone(zone).date()
    why = pl.lit(f"the day lies after its counts were taken ({counts_taken.decided})")
    return days.with_columns(reason=pl.coalesce("reason", pl.when(is_later).then(why)))


def _usable(days: pl.DataFrame) -> pl.DataFrame:
    return days.filter(pl.col("reason").is_null())


def _last_midnight(days: pl.DataFrame, zone: ZoneInfo) -> datetime | None:
    last = _usable(days)["day"].max()
    if not isinstance(last, date):
        return None
    return datetime.combine(last, time.max, tzinfo=zone).astimezone(UTC)


def _warnings(days: pl.DataFrame, raw_file: RawFile) -> Iterator[str]:
    if raw_file.page is None:
        yield "Nothing in the file tells its page: say 'page' in the study file."
    usable = _usable(days)
    there = usable["day"].unique().sort()
    if len(there) and (n_missing := (there[-1] - there[0]).days + 1 - len(there)):
        yield (
            f"Days between the first and the last that are not in the file: {n_missing:,}. They "
            "are not measured; some exports leave out the days on which nothing was counted."
        )
    if n_again := len(usable) - len(there):
        yield f"Rows about a day that has a row already: {n_again:,}; the last one counts."
    values = usable["value"].drop_nulls()
    if len(values) >= ENOUGH_DAYS and values.n_unique() == 1:
        yield f"Every day has the same number, {values[0]:,}: is it measured?"


SOURCE = Source(
    name="business_suite_page_daily",
    title="Meta Business Suite CSV of a whole page per day",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(the number's name)",
        "page_id": "(the study file)",
        "variable": "(the number's name)",
        "definition": "(the number's name)",
        "day": "Date",
        "value": "Primary",
    },
    kind="page_days",
)
