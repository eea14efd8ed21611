"""Times with and without a zone, and when the counts of a file were taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.lookup import told
from analysis.study import RawFile

# fmt: off
HOURS_FROM_UTC = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3,
    "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
    "BRT": -3, "BRST": -2, "ART": -3, "CLT": -4, "CLST": -3, "COT": -5, "PET": -5,
    "PKT": 5, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9,
    "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}
# fmt: on
"""Zone abbreviations. Some places share one: CST, PST and BST are the American and British ones.

IST has no place here (India, Israel and Ireland use it); a study whose own zone uses it reads it.
"""

FIRST_YEAR, LAST_YEAR = 1900, 2999
_NUMERIC_ZONE = re.compile(r"([+-])(\d{2}):?(\d{2})?")
_OFFSET = pl.Duration("us")
_LENGTH_OF_TIME = len("2020-10-22 16:28:06")
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_](\d{2})[-_](\d{2})(?!\d)")
_MONTH_IN_NAME = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{2})-(\d{2})-(\d{4})(?!\d)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Observed:
    """When the counts of a file were taken.

    Attributes
    ----------
    at : datetime.datetime or None
        In UTC; None when nothing tells.
    decided : str
        The moment and what it is taken from, in words.
    """

    at: datetime | None
    decided: str


def time_before_zone(text: pl.Expr) -> pl.Expr:
    """Read the clock in ``2020-10-22 16:28:06 EAT``; null where the text is no such time."""
    time_alone = text.str.head(_LENGTH_OF_TIME).str.replace("T", " ", literal=True)
    # Few posts share a second: to remember what was read takes longer than to read it.
    time = time_alone.str.to_datetime(
        "%Y-%m-%d %H:%M:%S", strict=False, time_unit="us", cache=False
    )
    is_cut_off = text.str.slice(_LENGTH_OF_TIME, 1).is_between(pl.lit("0"), pl.lit("9"))
    return pl.when(~is_cut_off).then(time)


def zone_behind(text: pl.Expr) -> pl.Expr:
    """Give what stands behind a time in trimmed text, such as ``EAT`` or ``+02:00``, or null."""
    is_there = text.str.len_bytes() > _LENGTH_OF_TIME
    return pl.when(is_there).then(text.str.slice(_LENGTH_OF_TIME).str.strip_chars())


def offset_of(zone_name: str, zone: ZoneInfo) -> timedelta | None:
    """Give the distance from UTC that a zone's abbreviation stands for.

    Parameters
    ----------
    zone_name : str
        As written behind a time.
    zone : zoneinfo.ZoneInfo
        The study's zone; its own abbreviations come before those of :data:`HOURS_FROM_UTC`.

    Returns
    -------
    datetime.timedelta or None
        None when the abbreviation is not known.
    """
    own = _own_offsets(zone)
    if zone_name in own:
        return own[zone_name]
    if numeric := _NUMERIC_ZONE.fullmatch(zone_name):
        sign, hours, minutes = numeric.groups(default="0")
        offset = (-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes))
        return offset if abs(offset) < timedelta(days=1) else None
    hours_from_utc = HOURS_FROM_UTC.get(zone_name.upper())
    return None if hours_from_utc is None else timedelta(hours=hours_from_utc)


@cache
def _own_offsets(zone: ZoneInfo) -> dict[str, timedelta]:
    """What the abbreviations of a zone stand for, in winter and in summer."""
    seasons = [datetime(2020, month, 1, tzinfo=zone) for month in (1, 7)]
    return {str(time.tzname()): time.utcoffset() or timedelta() for time in seasons}


def zoned_time(written: pl.Expr, named: pl.Expr, zone: ZoneInfo) -> pl.Expr:
    """Place times on the clock of the zone behind them; without one, of the study's zone.

    Parameters
    ----------
    written : polars.Expr
        What the clock shows, as :func:`time_before_zone` gives it.
    named : polars.Expr
        The zone behind it, as :func:`zone_behind` gives it.
    zone : zoneinfo.ZoneInfo
        The study's zone.

    Returns
    -------
    polars.Expr
        Datetime in UTC; null where there is no time or its zone is not known.
    """
    offset = told(named, _own_offsets(zone), partial(offset_of, zone=zone), _OFFSET)
    with_zone = (written - offset).dt.replace_time_zone("UTC")
    without_zone = local_time(pl.when(named.is_null()).then(written), zone)
    return pl.coalesce(with_zone, without_zone)


def local_time(written: pl.Expr, zone: ZoneInfo) -> pl.Expr:
    """Read a time on the clock of a zone as UTC; of the hour that comes twice, the first one."""
    return written.dt.replace_time_zone(
        zone.key, ambiguous="earliest", non_existent="null"
    ).dt.convert_time_zone("UTC")


def in_known_years(time: pl.Expr) -> pl.Expr:
    """Give a time, or null where damage made a year of it such as -2017, 17 or 20017."""
    first, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    return pl.when(time.is_between(first, end, closed="left")).then(time)


def observed(
    raw_file: RawFile,
    path: Path,
    zone: ZoneInfo,
    day_zone: tzinfo | Callable[[], tzinfo],
    latest: Callable[[], datetime | None],
    *,
    what: str = "post",
) -> Observed:
    """Decide when the counts of a file were taken.

    The study's word comes first, then the last date in the file's name, then the latest post or
    comment in the file. A date without a time means the end of that day.

    Parameters
    ----------
    raw_file : RawFile
        What the study says about the file.
    path : pathlib.Path
        The file; its name may hold a date.
    zone : zoneinfo.ZoneInfo
        The study's zone, in which the study's own dates and times are.
    day_zone : datetime.tzinfo or callable
        The zone in which the day of the file's name ends, or what finds it when it is needed.
    latest : callable
        Gives the time of the latest one; only called when nothing else tells.
    what : str, optional
        What the file holds, in a word.

    Returns
    -------
    Observed
    """
    if raw_file.observed_at is not None:
        return _observed(_moment(raw_file.observed_at, zone), "the study file")
    if day := _date_in(path.stem):
        day_zone = day_zone() if callable(day_zone) else day_zone
        return _observed(_end_of(day, day_zone), "the end of the day in the file's name")
    moment = latest()
    if moment is None:
        return Observed(None, "not known")
    return _observed(moment, f"the latest {what} in the file")


def _observed(at: datetime, taken_from: str) -> Observed:
    moment = at.astimezone(UTC)
    return Observed(moment, f"{moment:%Y-%m-%d %H:%M} UTC, from {taken_from}")


def _moment(declared: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(declared, datetime):
        return _end_of(declared, zone)
    return declared if declared.tzinfo else declared.replace(tzinfo=zone)


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.max, tzinfo=zone)


def _date_in(name: str) -> date | None:
    """The last date in a name, ``2021-07-06`` or ``Jul-06-2021``, that is not in the future."""
    written = [tuple(map(int, found)) for found in _DATE_IN_NAME.findall(name)]
    for month, day, year in _MONTH_IN_NAME.findall(name):
        if month in _MONTHS:
            written.append((int(year), _MONTHS.index(month) + 1, int(day)))
    days = []
    for year, month, day in written:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return max((day for day in days if day <= datetime.now(UTC).date()), default=None)
