"""From the cells of an export to the columns that every export is turned into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from analysis.problems import listed
from analysis.sources.checks import after_observed, bad_count, damaged_id, measured, missing
from analysis.sources.definitions import DEFINED, only_where_measured
from analysis.sources.lookup import told
from analysis.sources.numbers import NumberMarks, number_marks, whole_number
from analysis.sources.remarks import Remark, remark_columns
from analysis.sources.seen import Seen, seen_columns
from analysis.sources.text_table import TextTable
from analysis.sources.times import Observed, in_known_years
from analysis.tables import POSTS, dtypes

POST_COLUMNS = dtypes(POSTS)
_KINDS = {
    "video": "video|youtube|reel|igtv",
    "photo": "photo|foto|album|image|afbeelding|bild|carousel|carrousel|karusell",
    "link": "link|länk",
    "text": "status|text|tekst",
}
USUAL_TYPES = ("Photo", "Link", "Native Video", "Status")
"""The words that most exports of Facebook posts have for them."""

_COUNT, _WRITTEN = "count:", "written:"


def canonical_rows(
    table: TextTable,
    source_file: str,
    fields: Mapping[str, pl.Expr],
    observed: Observed,
    checks: Iterable[pl.Expr],
    *,
    remarks: Sequence[Remark] = (),
    seen: Sequence[Seen] = (),
) -> pl.LazyFrame:
    """Turn the rows of a table into those of a :class:`analysis.sources.reading.Reading`.

    Parameters
    ----------
    table : TextTable
        The file's cells.
    source_file : str
        The file's name in the study.
    fields : mapping of str to polars.Expr
        Canonical columns, ``page_name`` and ``category``, as expressions over the cells; columns
        that are not named are missing. A definition is dropped where its number is missing, and a
        precision where there is no date.
    observed : Observed
        When the counts were taken.
    checks : iterable of polars.Expr
        Reasons why a row cannot be used, over the cells and the canonical columns; the first one
        that is not null counts. A missing page, a damaged id and a post dated after it was
        observed are checked for every source.
    remarks : sequence of Remark, optional
        Remarks that are to be counted while the rows are read.
    seen : sequence of Seen, optional
        What the file holds, which is to be found while the rows are read.

    Returns
    -------
    polars.LazyFrame
    """
    given = {
        **dict.fromkeys((*POST_COLUMNS, "page_name", "category"), pl.lit(None)),
        **fields,
        "observed_at": pl.lit(observed.at),
        "source_file": pl.lit(source_file),
    }
    rows = table.rows.with_columns(
        expression.cast(POST_COLUMNS.get(name, pl.String)).alias(name)
        for name, expression in given.items()
    ).with_columns(in_known_years(pl.col("published_at")))
    reasons = (
        pl.col("problem"),
        missing(pl.col("page_id"), "the page"),
        damaged_id(pl.col("page_id"), "page_id"),
        damaged_id(pl.col("post_id"), "post_id"),
        *checks,
        after_observed(pl.col("published_at"), observed.at, observed.decided),
    )
    without_id = pl.when(pl.col("post_id").is_null()).then("row")
    made_id = pl.format("{}#{}", pl.lit(Path(source_file).name), without_id)
    return (
        rows.with_columns(reason=pl.coalesce(reasons))
        .with_columns(
            pl.col("post_id").fill_null(made_id),
            pl.when(pl.col("published_at").is_null())
            .then(pl.lit("none"))
            .otherwise("published_precision")
            .alias("published_precision"),
            *map(only_where_measured, DEFINED),
        )
        .select(
            *(*POST_COLUMNS, "row", "page_name", "category", "reason"),
            *remark_columns(remarks),
            *seen_columns(seen),
            raw=table.raw(),
        )
    )


def with_counts(table: TextTable, columns: Mapping[str, NumberMarks]) -> TextTable:
    """Read columns of whole numbers, given with their marks; :func:`count` then gives them.

    Nearly all cells hold plain digits. Only the others, and negative counts, are trimmed and
    looked at closely.
    """
    digits = {column: pl.col(_COUNT + column) for column in columns}
    plain = {_COUNT + column: table.text(column).cast(pl.Int64, strict=False) for column in columns}
    written = {
        _WRITTEN + column: _trimmed(pl.when(read.is_null() | (read < 0)).then(table.text(column)))
        for column, read in digits.items()
    }
    numbers = {
        _COUNT + column: pl.coalesce(digits[column], whole_number(pl.col(_WRITTEN + column), marks))
        for column, marks in columns.items()
    }
    rows = table.rows.with_columns(**plain).with_columns(**written).with_columns(**numbers)
    return replace(table, rows=rows)


def _trimmed(text: pl.Expr) -> pl.Expr:
    trimmed = text.str.strip_chars()
    return measured(pl.when(trimmed != "").then(trimmed))


def column_marks(table: TextTable, columns: Iterable[str]) -> dict[str, NumberMarks]:
    """Decide for every column of counts what its commas and full stops mean."""
    cells = {column: measured(table.cell(column)) for column in columns}
    written = table.rows.select(
        text.filter(text.str.contains("[.,]")).unique().implode().alias(column)
        for column, text in cells.items()
    ).collect()
    return {
        column: number_marks(written[column].item().drop_nulls(), whole=True) for column in cells
    }


def unclear_marks(marks: Mapping[str, NumberMarks]) -> list[str]:
    """Say in which columns a number can be read in two ways."""
    return [
        f"In column '{column}' a number such as '{found.unclear}' can be read in two ways; "
        "such rows are not used."
        for column, found in marks.items()
        if found.unclear
    ]


def decided_marks(marks: Mapping[str, NumberMarks]) -> dict[str, str]:
    """Say what marks the thousands in the columns that have such marks."""
    columns: dict[str, list[str]] = {}
    for column, found in marks.items():
        columns.setdefault(found.thousands, []).append(column)
    columns.pop("", None)
    said = "; ".join(f"{mark} in {listed(names)}" for mark, names in sorted(columns.items()))
    return {"mark of thousands": said} if said else {}


def count(table: TextTable, column: str) -> pl.Expr:
    """Give a column of counts; null where nothing was measured, or the file has no such column."""
    is_there = column and column in table.columns
    return pl.col(_COUNT + column) if is_there else pl.lit(None, pl.Int64)


def not_plain(column: str) -> pl.Expr:
    """Give what stands in a column of counts where that is more, or less, than digits."""
    return pl.col(_WRITTEN + column)


def count_checks(table: TextTable, columns: Iterable[str]) -> list[pl.Expr]:
    """Check columns that :func:`with_counts` has read."""
    counts = {name: count(table, name) for name in columns}
    return [bad_count({name: not_plain(name) for name in counts}, counts)] if counts else []


def latest_post(table: TextTable, published: pl.Expr) -> datetime | None:
    """Find the time of the latest post that is not in the future, by reading one column."""
    known = in_known_years(published)
    not_in_future = known.filter(known <= datetime.now(UTC))
    found: datetime | None = table.rows.select(not_in_future.max()).collect().item()
    return found


def kind_of(text: pl.Expr) -> pl.Expr:
    """Give the kind of a post from an export's own word for it, in English, Dutch or Swedish."""
    return told(text, USUAL_TYPES, _kind_of_word, pl.String())


def _kind_of_word(word: str) -> str | None:
    known = (kind for kind, words in _KINDS.items() if re.search(words, word.lower()))
    return next(known, "other") if word.strip() else None
