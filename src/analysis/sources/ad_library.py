"""CSV of Meta's Ad Library report: what each page spent on ads, per disclaimer.

The report is downloaded per country and period, https://www.facebook.com/ads/library/report/. It
covers ads about social issues, elections or politics on Facebook and Instagram together, and no
other ads. Its header was not seen at a source of Meta; programs that read it agree on the words
and differ in the capitals. Small amounts stand there as ``≤100``, and the period stands in the
file's name, of which the days are Pacific:
https://github.com/Wesleyan-Media-Project/fb_agg_reports_import

Disclaimers name who paid, who may be a person: they are let go, no copy or row is put aside, and
no problem quotes the first line, for without a header that is a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.canonical import decided_marks, unclear_marks
from analysis.sources.checks import measured
from analysis.sources.dialect import open_in_memory, read_header
from analysis.sources.headers import columns_by_meaning
from analysis.sources.numbers import NumberMarks, amount, number_marks, whole_number
from analysis.sources.post_ids import plain_page_id
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.study import RawFile
from analysis.tables import SPEND, dtypes

WORDS = {
    "Page ID": "page_id",
    "Disclaimer": "disclaimer",
    "Number of ads in Library": "n_ads",
    "Number of ads in Archive": "n_ads",
}
COVERS = (
    "ads about social issues, elections or politics only, on Facebook and Instagram together; "
    "what the page spent on other ads is not in the report"
)
ADVERTISERS = "advertisers"
_AMOUNT = re.compile(r"amount spent \(([a-z]{3})\)", re.IGNORECASE)
_BOUND = r"^(?:≤|<=?)\s*"
_BYTE_ORDER_MARK = "\ufeff"
_NAME = re.compile(
    r"(?P<last_day>\d{4}-\d{2}-\d{2})_(?P<country>[A-Z]{2})_"
    r"(?P<period>yesterday|last_(?P<days>[1-9]\d*)_days|lifelong)"
    r"(?:_(?P<part>.+?))?(?: ?\(\d+\))?$"
)


@dataclass(frozen=True)
class _Named:
    """What the name of a report says: the period, and which part of the country it is about."""

    period: str = "not known"
    start: date | None = None
    end: date | None = None
    region: str = ""


def recognises(path: Path) -> bool:
    """Whether a file's header is that of the report on advertisers."""
    header = read_header(path)
    return columns_by_meaning(header, WORDS).keys() >= {"page_id", "n_ads"} and bool(
        _amounts(header)
    )


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read a report; a page has a row for each of its disclaimers.

    Of a small amount no more is known than that it lies between nothing and a bound. Reasons quote
    nothing, for any cell of a damaged file may hold a name.

    Raises
    ------
    InputProblem
        When the file is no readable table, or tells no pages or no amounts in one currency.
    """
    table = open_in_memory(path)
    column, currency = _amount_column(table)
    table, marks = _with_numbers(table, column)
    named = _in_name(path.stem)
    return Reading(
        rows=_rows(table, raw_file.path, currency, named),
        rows_read=table.rows_read,
        decided=table.decided
        | {
            "covers": COVERS,
            "period": named.period,
            "currency": currency,
            "small amounts": _bounds_in_words(table),
        }
        | decided_marks({column: marks}),
        warnings=(*table.warnings, *unclear_marks({column: marks}), *_warnings(named)),
    )


def _amounts(header: Iterable[str]) -> dict[str, str]:
    """The columns that hold amounts, with their currencies."""
    found = {column: _AMOUNT.fullmatch(" ".join(column.split())) for column in header}
    return {column: match[1].upper() for column, match in found.items() if match}


def _amount_column(table: TextTable) -> tuple[str, str]:
    found = _amounts(table.columns)
    if len(found) != 1:
        raise InputProblem(
            str(table.path),
            f"{len(found)} columns tell an amount with its currency",
            "one, such as 'Amount spent (EUR)', in the first line",
        )
    return next(iter(found.items()))


def _with_numbers(table: TextTable, column: str) -> tuple[TextTable, NumberMarks]:
    """Read pages, amounts and numbers of ads, as columns of the table."""
    columns = columns_by_meaning(table.columns, WORDS)
    if "page_id" not in columns:
        raise InputProblem(
            str(table.path), "no column tells the page", "'Page ID' in the first line"
        )
    written, n_ads = (measured(table.cell(name)) for name in (column, columns.get("n_ads", "")))
    number, is_bound = written.str.replace(_BOUND, ""), written.str.contains(_BOUND)
    marks = _marks(table, number)
    at_most = amount(number, marks)
    page = table.cell(columns["page_id"]).str.strip_chars(_BYTE_ORDER_MARK)
    rows = table.rows.with_columns(
        page_id=plain_page_id(page),
        written=written,
        is_bound=is_bound,
        amount_low=at_most * ~is_bound,
        amount_high=at_most,
        written_n_ads=n_ads,
        n_ads=whole_number(n_ads),
    )
    return replace(table, rows=rows), marks


def _marks(table: TextTable, number: pl.Expr) -> NumberMarks:
    """What commas and full stops mean; three digits never are cents."""
    with_marks = table.rows.select(number.filter(number.str.contains("[.,]")).unique()).collect()
    return number_marks(with_marks.to_series().drop_nulls(), whole=True)


def _rows(table: TextTable, source_file: str, currency: str, named: _Named) -> pl.LazyFrame:
    given = {
        "platform": pl.lit("facebook"),
        "currency": pl.lit(currency),
        "period_start": pl.lit(named.start),
        "period_end": pl.lit(named.end),
        "source_file": pl.lit(source_file),
    }
    rows = table.rows.with_columns(reason=pl.coalesce(_reasons()), raw=pl.lit(None, pl.String))
    return rows.with_columns(**given).select(
        *(pl.col(column).cast(dtype) for column, dtype in dtypes(SPEND).items()),
        *("row", "reason", "raw"),
    )


def _reasons() -> list[pl.Expr]:
    page, n_ads = pl.col("page_id"), pl.col("n_ads")
    wrong = {
        "the page is missing": page.is_null() | (page == "0"),
        "the id of the page is no number": ~page.str.contains(r"^\d+$"),
        "the amount cannot be read": pl.col("written").is_not_null()
        & pl.col("amount_high").is_null(),
        "the number of ads cannot be read": pl.col("written_n_ads").is_not_null() & n_ads.is_null(),
        "the number of ads is negative": n_ads < 0,
    }
    return [pl.col("problem"), *(pl.when(found).then(pl.lit(why)) for why, found in wrong.items())]


def _in_name(stem: str) -> _Named:
    """The period that a report's name tells, such as ``…_2023-06-01_NL_last_7_days_advertisers``.

    The last day is in the period.
    """
    found = _NAME.search(stem)
    if not found:
        return _Named()
    try:
        end = date.fromisoformat(found["last_day"])
        n_days = int(found["days"] or 1)
        start = None if found["period"] == "lifelong" else end - timedelta(days=n_days - 1)
    except (ValueError, OverflowError):
        return _Named()
    first_day = start or "the library's beginning"
    period = f"from {first_day} to {end}, Pacific days, as the file's name says"
    part = found["part"] or ADVERTISERS
    return _Named(period, start, end, region="" if part == ADVERTISERS else part)


def _bounds_in_words(table: TextTable) -> str:
    n_bounds = table.rows.select(pl.col("is_bound").sum()).collect().item()
    if not n_bounds:
        return "every amount is exact"
    return f"{n_bounds:,} of {table.rows_read:,} are only known to be at most so much"


def _warnings(named: _Named) -> Iterator[str]:
    if named.end is None:
        yield "Nothing tells the period of these amounts: keep the name that Meta gives the file."
    if named.region:
        yield (
            f"This is the report on a region ('{named.region}'), a part of what was spent: use the "
            "report on all advertisers, and not both."
        )


SOURCE = Source(
    name="ad_library_report",
    title="Meta Ad Library report CSV (spend per page)",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(facebook)",
        "page_id": "Page ID",
        "amount_low": "Amount spent (EUR)",
        "amount_high": "Amount spent (EUR)",
        "currency": "Amount spent (EUR)",
        "n_ads": "Number of ads in Library",
        "period_start": "(the file's name)",
        "period_end": "(the file's name)",
    },
    kind="spend",
)
