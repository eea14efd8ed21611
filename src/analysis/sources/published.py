"""When the posts of an export were published: one column of times, read and judged.

Each function gives the table with the times as a column of its own, and what to know about them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone, tzinfo
from functools import partial
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.checks import bad_date, measured, missing, shown
from analysis.sources.remarks import Remark
from analysis.sources.seen import Seen
from analysis.sources.text_table import TextTable
from analysis.sources.times import (
    local_time,
    offset_of,
    time_before_zone,
    zone_behind,
    zoned_time,
)
from analysis.study import DateOrder

PACIFIC = ZoneInfo("America/Los_Angeles")
"""The clock of Meta's own exports."""

MONTH_FIRST, DAY_FIRST = "%m/%d/%Y", "%d/%m/%Y"
YEAR_FIRST = "%Y-%m-%d"
ORDERS: dict[DateOrder, str] = {"day first": DAY_FIRST, "month first": MONTH_FIRST}
NAMED = 5
CLOCK = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
TEXT, WRITTEN, ZONE, TIME = (
    pl.col(f"published:{name}") for name in ("text", "written", "zone", "time")
)
_NUMBERED_DATE = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}),?\s"
_AS_META_WRITES = r"^\d{1,2}/\d{1,2}/\d{4}"
_ISO_DATE = r"^(\d{4}-\d{2}-\d{2})T"


@dataclass(frozen=True)
class Published:
    """The times in a column.

    Attributes
    ----------
    time : polars.Expr
        In UTC; null where the cell is empty or cannot be read.
    checks : tuple of polars.Expr
        Reasons why a row without a readable time cannot be used.
    day_zone : datetime.tzinfo or callable
        The zone in which the export's days end, or what finds it in the file.
    decided : dict of str to str
        What was assumed about the times, in words.
    warnings : tuple of str
        What may have been assumed wrongly.
    remarks : tuple of Remark
        Times that can be read in two ways.
    seen : tuple of Seen
        What else is assumed about the times, known once they are read.
    """

    time: pl.Expr
    checks: tuple[pl.Expr, ...]
    day_zone: tzinfo | Callable[[], tzinfo]
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    seen: tuple[Seen, ...] = ()


def with_zones(
    table: TextTable, column: str, zone: ZoneInfo, whose: str
) -> tuple[TextTable, Published]:
    """Read times with the zone written behind them, such as ``2020-10-22 16:28:06 EAT``.

    Parameters
    ----------
    table : TextTable
        The file's cells.
    column : str
        The column with the times.
    zone : zoneinfo.ZoneInfo
        The zone of times that name none.
    whose : str
        Whose zone that is, in words.
    """
    table = _with_times(table, text=measured(table.cell(column)))
    table = _with_times(table, written=time_before_zone(TEXT))
    table = _with_times(table, zone=pl.when(WRITTEN.is_not_null()).then(zone_behind(TEXT)))
    table = _with_times(table, time=zoned_time(WRITTEN, ZONE, zone))
    return table, Published(
        time=TIME,
        checks=(
            _unknown_zone(),
            missing(TEXT, "the time of publication"),
            bad_date(TEXT, pl.col("published_at"), column),
        ),
        day_zone=partial(_westernmost_zone, table, zone),
        seen=(Seen(ZONE, partial(_zones_in_words, zone=zone, whose=whose)),),
    )


def on_the_clock_of(
    table: TextTable, column: str, clock: ZoneInfo, told: DateOrder | None = None
) -> tuple[TextTable, Published]:
    """Read times without a zone, such as ``09/28/2026 18:12``, on the clock of a zone.

    Whether the month or the day comes first is decided from all dates of the column: the order
    that more of them allow. When they do not tell, dates with slashes are read as Meta writes them,
    the month first, which is warned of. Of the hour that the clock passes twice the first one is
    meant, which is remarked; a time that it skips makes a row unusable.

    Parameters
    ----------
    table : TextTable
        The file's cells.
    column : str
        The column with the times.
    clock : zoneinfo.ZoneInfo
        Where the clock hangs.
    told : str, optional
        What the study says comes first.

    Raises
    ------
    InputProblem
        When nothing tells which comes first.
    """
    text = measured(table.cell(column))
    order = _order_of_dates(table, column, text, told)
    written = _written_time(text, order.format)
    table = _with_times(table, written=written)
    table = _with_times(table, time=local_time(WRITTEN, clock))
    return table, Published(
        time=TIME,
        checks=(
            missing(text, "the time of publication"),
            _skipped_hour(text, column, clock),
            bad_date(text, pl.col("published_at"), column),
        ),
        decided={
            "time zone": f"{clock.key}, summer time included; the file names none",
            "dates": order.words,
        },
        warnings=order.warnings,
        day_zone=clock,
        remarks=(
            Remark(
                _comes_twice(clock),
                f"'{column}' is in the hour that comes twice when summer time ends",
                "the first one is meant",
            ),
        ),
    )


def shifted(table: TextTable, column: str, hours: int, why: str) -> tuple[TextTable, Published]:
    """Read times that a program moved by a fixed number of hours from UTC."""
    text = measured(table.cell(column))
    written = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    clock = timezone(timedelta(hours=hours))
    time = (written - timedelta(hours=hours)).dt.replace_time_zone("UTC")
    return _with_times(table, time=time), Published(
        time=TIME,
        checks=(
            missing(text, "the time of publication"),
            bad_date(text, pl.col("published_at"), column),
        ),
        decided={"time zone": f"{clock}, all year: {why}"},
        day_zone=clock,
    )


def _with_times(table: TextTable, **times: pl.Expr) -> TextTable:
    """Read times once, as columns of the table; :data:`TIME` and others name them."""
    columns = {f"published:{name}": time for name, time in times.items()}
    return replace(table, rows=table.rows.with_columns(**columns))


def _unknown_zone() -> pl.Expr:
    named = pl.when(TIME.is_null()).then(ZONE)
    return pl.format("the time zone '{}' is not known", shown(named))


def _westernmost_zone(table: TextTable, zone: ZoneInfo) -> tzinfo:
    """Find the zone behind the times in which a day ends last, by reading one column."""
    names = table.rows.select(ZONE.drop_nulls().unique()).collect().to_series()
    offsets = [offset for name in names if (offset := offset_of(name, zone)) is not None]
    return timezone(min(offsets)) if offsets else zone


def _zones_in_words(names: list[str], *, zone: ZoneInfo, whose: str) -> dict[str, str]:
    if not names:
        return {"time zone": f"{zone.key}, {whose}; the times in the file name none"}
    offsets = {name: offset_of(name, zone) for name in names}
    known = [
        f"{name} ({timezone(offset)})" for name, offset in offsets.items() if offset is not None
    ]
    unknown = [name for name, offset in offsets.items() if offset is None]
    said = [
        f"{_named(known)}, as written behind the times" if known else "",
        f"not known: {_named(unknown)}" if unknown else "",
    ]
    return {"time zone": "; ".join(filter(None, said))}


def _named(zones: list[str]) -> str:
    """Name the first few: behind a time anything may stand, in every row something else."""
    named = pl.DataFrame({"zone": zones[:NAMED]}).select(shown(pl.col("zone"))).to_series()
    more = len(zones) - NAMED
    return ", ".join(named) + (f" and {more:,} more" if more > 0 else "")


@dataclass(frozen=True)
class _Order:
    """The format of a column's dates, how that was decided, and what to warn of."""

    format: str
    words: str
    warnings: tuple[str, ...] = ()


def _order_of_dates(table: TextTable, column: str, text: pl.Expr, told: DateOrder | None) -> _Order:
    if told:
        return _Order(ORDERS[told], f"{told}, as the study file says")
    first, second = (text.str.extract(_NUMBERED_DATE, part).cast(pl.Int64) for part in (1, 2))
    found = table.rows.select(
        day_first=((first > 12) & (second <= 12)).sum(),
        month_first=((second > 12) & (first <= 12)).sum(),
        numbered=first.is_not_null().sum(),
        as_meta_writes=(first.is_not_null() & text.str.contains(_AS_META_WRITES)).sum(),
        example=text.str.extract(_NUMBERED_DATE, 0).str.strip_chars().drop_nulls().first(),
    ).collect()
    day_first, month_first, numbered, as_meta_writes, example = found.row(0)
    if not numbered:
        return _Order(MONTH_FIRST, "year-month-day")
    if day_first > month_first:
        return _Order(DAY_FIRST, "day/month/year, as the days after the 12th tell")
    if month_first:
        return _Order(MONTH_FIRST, "month/day/year, as the days after the 12th tell")
    if as_meta_writes == numbered:
        return _Order(
            MONTH_FIRST,
            "month/day/year, as Meta writes them; no date tells the two apart",
            (_assumed_order(column),),
        )
    raise _unknown_order(table, column, example)


def _assumed_order(column: str) -> str:
    return (
        f"In column '{column}' no day lies after the 12th, so nothing tells days from months. The "
        "month is taken to come first, as in Meta's own files. If a spreadsheet program wrote this "
        "one, look which is true, and say it in the study file: date_order."
    )


def _unknown_order(table: TextTable, column: str, example: str) -> InputProblem:
    return InputProblem(
        str(table.path),
        f"in column '{column}' nothing tells days from months: no day lies after the 12th, and a "
        f"spreadsheet program seems to have rewritten the dates ('{example}')",
        "dates as they were downloaded, such as 01/31/2024 10:00",
        'Say under its path in the study file which comes first: date_order = "day first" or '
        'date_order = "month first".',
    )


def _written_time(text: pl.Expr, order: str) -> pl.Expr:
    plain = text.str.replace(_NUMBERED_DATE, "$1/$2/$3 ").str.replace(_ISO_DATE, "$1 ")
    formats = [f"{day} {clock}" for day in (order, YEAR_FIRST) for clock in CLOCK]
    return pl.coalesce(
        plain.str.to_datetime(form, strict=False, time_unit="us") for form in formats
    )


def _skipped_hour(text: pl.Expr, column: str, clock: ZoneInfo) -> pl.Expr:
    sentence = pl.format(
        "'{}' in column '{}' does not exist: the clock of {} skips that hour",
        shown(text),
        pl.lit(column),
        pl.lit(clock.key),
    )
    return pl.when(WRITTEN.is_not_null() & TIME.is_null()).then(sentence)


def _comes_twice(clock: ZoneInfo) -> pl.Expr:
    first, second = (
        WRITTEN.dt.replace_time_zone(clock.key, ambiguous=which, non_existent="null")
        for which in ("earliest", "latest")
    )
    return first != second
