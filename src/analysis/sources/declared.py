"""Any other table of posts, read as the study file declares it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.canonical import (
    canonical_rows,
    column_marks,
    count,
    count_checks,
    decided_marks,
    kind_of,
    latest_post,
    unclear_marks,
    with_counts,
)
from analysis.sources.checks import bad_date, measured, shown
from analysis.sources.dialect import open_table
from analysis.sources.first_lines import columns_in_words, nearest_column
from analysis.sources.lookup import looked_up
from analysis.sources.numbers import NumberMarks
from analysis.sources.post_ids import plain_page_id, plain_post_id
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.sources.times import local_time, observed
from analysis.study import DeclaredTable, PostField, RawFile
from analysis.tables import POSTS

COUNTS = tuple(
    field
    for field in get_args(PostField)
    if field in POSTS.columns and POSTS.columns[field].dtype.type == pl.Int64
)
PAID = {
    **dict.fromkeys(("true", "yes", "1", "paid", "boosted"), True),
    **dict.fromkeys(("false", "no", "0", "organic"), False),
}


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read a table of posts by the columns that the study file names.

    Raises
    ------
    InputProblem
        When the file is no readable table, a declared column is not in it, or nothing is declared
        that tells the page.
    """
    declared = raw_file.table
    if declared is None:
        raise InputProblem(
            raw_file.path, "no declared table", "'table' in the study file, naming its columns"
        )
    table = open_table(path, scratch, declared.separator)
    _require_columns(table, raw_file.path, declared)

    marks = column_marks(table, dict.fromkeys(_count_columns(declared).values()))
    table = with_counts(table, marks)
    published, date_checks = _published(table, declared, zone)
    counts_taken = observed(raw_file, path, zone, zone, lambda: latest_post(table, published))
    category, category_checks = _category(table, declared)
    paid, paid_checks = _paid(table, declared)
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            {
                **_texts(table, declared),
                **{
                    field: count(table, column)
                    for field, column in _count_columns(declared).items()
                },
                "published_at": published,
                "published_precision": pl.lit(declared.published_precision),
                "paid": paid,
                "category": category,
                "followers_definition": pl.lit(declared.followers_definition),
                "views_definition": pl.lit(declared.views_definition),
                "reach_definition": pl.lit(declared.reach_definition),
            },
            counts_taken,
            [*category_checks, *date_checks, *paid_checks, *count_checks(table, marks)],
        ),
        rows_read=table.rows_read,
        decided=table.decided | _decided(declared, zone, counts_taken.decided, marks),
        warnings=(*table.warnings, *unclear_marks(marks)),
    )


def _require_columns(table: TextTable, file: str, declared: DeclaredTable) -> None:
    """Raise an InputProblem for the first declared column that the file does not have."""
    if not declared.page and not {"page_id", "page_name"} & declared.columns.keys():
        raise InputProblem(
            f"{file}, key 'table.columns'",
            "no column tells the page",
            "a column for 'page_id' or for 'page_name'",
            "Is the whole file of one page? Name it with 'table.page'.",
        )
    wanted = {f"table.columns.{field}": column for field, column in declared.columns.items()}
    if declared.tier_column:
        wanted["table.tier_column"] = declared.tier_column
    for key, column in wanted.items():
        if column not in table.columns:
            raise InputProblem(
                f"{file}, key '{key}'",
                f"the file has no column '{column}'",
                f"one of its columns {columns_in_words(table.columns)}",
                nearest_column(column, table.columns) or _other_separator(table),
            )


def _other_separator(table: TextTable) -> str:
    """Point at the separator when the whole header was taken for one column."""
    return "Is 'table.separator' right?" if len(table.columns) == 1 else ""


def _count_columns(declared: DeclaredTable) -> dict[str, str]:
    return {field: column for field, column in declared.columns.items() if field in COUNTS}


def _texts(table: TextTable, declared: DeclaredTable) -> dict[str, pl.Expr]:
    def text(field: PostField) -> pl.Expr:
        return table.cell(declared.columns.get(field, ""))

    page_name = text("page_name").fill_null(pl.lit(declared.page))
    return {
        "platform": text("platform").str.to_lowercase().fill_null("facebook"),
        "page_id": pl.coalesce(plain_page_id(text("page_id")), page_name),
        "page_name": page_name,
        "post_id": pl.coalesce(plain_post_id(text("post_id")), plain_post_id(text("permalink"))),
        "kind": kind_of(text("kind")),
        "message": text("message"),
        "permalink": text("permalink"),
    }


def _published(
    table: TextTable, declared: DeclaredTable, zone: ZoneInfo
) -> tuple[pl.Expr, list[pl.Expr]]:
    """The time of publication, and the check on it; an empty cell is a time not known."""
    column = declared.columns.get("published_at")
    if column is None:
        return pl.lit(None, pl.Datetime("us", "UTC")), []
    text = measured(table.cell(column))
    written = text.str.to_datetime(declared.date_format, strict=False, time_unit="us")
    has_zone = "%z" in declared.date_format
    published = written if has_zone else local_time(written, zone)
    return published, [bad_date(text, pl.col("published_at"), column)]


def _category(table: TextTable, declared: DeclaredTable) -> tuple[pl.Expr, list[pl.Expr]]:
    """The tier that a row names, and the check that it names one of the study's."""
    column = declared.tier_column
    if column is None:
        return pl.lit(None, pl.String), []
    text = table.cell(column)
    tier = looked_up(text, declared.categories, pl.String()) if declared.categories else text
    sentence = pl.format(
        "the category '{}' in column '{}' belongs to no tier",
        shown(text.fill_null("")),
        pl.lit(column),
    )
    return tier, [pl.when(pl.col("category").is_null()).then(sentence)]


def _paid(table: TextTable, declared: DeclaredTable) -> tuple[pl.Expr, list[pl.Expr]]:
    """Whether a post was boosted, and the check that the cell says so in a known word."""
    column = declared.columns.get("paid")
    if column is None:
        return pl.lit(None, pl.Boolean), []
    text = measured(table.cell(column))
    paid = looked_up(text.str.to_lowercase(), PAID, pl.Boolean())
    sentence = pl.format("'{}' in column '{}' is no yes or no", shown(text), pl.lit(column))
    return paid, [pl.when(text.is_not_null() & pl.col("paid").is_null()).then(sentence)]


def _decided(
    declared: DeclaredTable, zone: ZoneInfo, observed_at: str, marks: dict[str, NumberMarks]
) -> dict[str, str]:
    decided = {
        "columns": ", ".join(f"{field} = {column}" for field, column in declared.columns.items()),
        "observed_at": observed_at,
    }
    if "published_at" in declared.columns:
        decided["time zone"] = f"{zone.key}, the study's"
        decided["dates"] = f"{declared.date_format}, to the {declared.published_precision}"
    return decided | decided_marks(marks)


SOURCE = Source(
    name="declared_table",
    title="table declared in the study file",
    recognises=lambda _: False,
    read=read,
    gives=tuple(field for field in get_args(PostField) if field in POSTS.columns),
)
