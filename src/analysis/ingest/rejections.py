"""Rows that cannot be used, gathered by reason."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.study import RawFile

ROWS_NAMED = 5
"""How many rows are named per reason."""

_CONTROL = r"[\x00-\x1f\x7f]"
_IN_COLUMN = " in column '"
_TURNED = {"%d": "%m", "%m": "%d"}


@dataclass(frozen=True)
class Rejected:
    """Rows that cannot be used for one reason; the first few are named.

    Attributes
    ----------
    reason : str
        Why the first of them cannot.
    n_alike : int
        Reasons of the others that are the same but for what stands in the row.
    """

    reason: str
    n_rows: int
    first_rows: tuple[int, ...]
    n_alike: int = 0

    def __str__(self) -> str:
        return f"{self.reason} (and {self.n_alike:,} like it)" if self.n_alike else self.reason


def by_reason(rejects: pl.LazyFrame) -> tuple[Rejected, ...]:
    """Group rejected rows by reason; the most frequent one first.

    Parameters
    ----------
    rejects : polars.LazyFrame
        With ``row`` and ``reason``.
    """
    reason = pl.col("reason").str.replace_all(_CONTROL, " ")
    found = (
        rejects.select("row", reason)
        .sort("row")
        .group_by(_but_for_what_stands_there(reason).alias("kind"), maintain_order=True)
        .agg(
            pl.col("reason").first(),
            n_rows=pl.len(),
            first_rows=pl.col("row").head(ROWS_NAMED),
            n_alike=pl.col("reason").n_unique() - 1,
        )
        .sort("n_rows", descending=True, maintain_order=True)
        .select("reason", "n_rows", "first_rows", "n_alike")
        .collect()
    )
    return tuple(Rejected(why, n, tuple(rows), alike) for why, n, rows, alike in found.rows())


def _but_for_what_stands_there(reason: pl.Expr) -> pl.Expr:
    """Leave out of a reason what differs from row to row: quoted cells, numbers and times."""
    of_column = reason.str.replace(r"'.*'( in column '[^']*'.*)$", "…${1}")
    of_row = reason.str.replace("'.*'", "…").str.replace_all(r"\d[\d:.-]*", "#")
    return pl.when(reason.str.contains(_IN_COLUMN, literal=True)).then(of_column).otherwise(of_row)


def turned_dates(raw_file: RawFile, rejects: pl.LazyFrame) -> str:
    """Ask whether a declared date format has day and month the wrong way round.

    Parameters
    ----------
    raw_file : RawFile
        What the study says about the file.
    rejects : polars.LazyFrame
        Its rejected rows, with ``reason``.

    Returns
    -------
    str
        The question, when most dates that cannot be read can be with day and month turned; else
        empty.
    """
    table = raw_file.table
    if table is None or "published_at" not in table.columns:
        return ""
    parts = _parts(table.date_format)
    if not _TURNED.keys() <= set(parts):
        return ""
    turned = "".join(_TURNED.get(part, part) for part in parts)
    no_date = f"'{_IN_COLUMN}{table.columns['published_at']}' is no date that can be read"
    written = pl.col("reason").str.strip_suffix(no_date).str.strip_prefix("'")
    read = written.str.to_datetime(turned, strict=False, time_unit="us").is_not_null()
    found = rejects.filter(pl.col("reason").str.ends_with(no_date)).select(
        read=read.sum(), n=pl.len()
    )
    readable, n_unread = found.collect().row(0)
    if 2 * readable <= n_unread:
        return ""
    return (
        f"are day and month the wrong way round? Of the dates that date_format "
        f'"{table.date_format}" cannot read, "{turned}" reads {readable:,}. Where the day is 12 or '
        "less, both read something, and the wrong one swaps day and month unseen."
    )


def _parts(date_format: str) -> list[str]:
    """Part a date format at its marks: ``%d``, ``-``, ``%m``."""
    marks = date_format.split("%")
    return [marks[0], *(part for mark in marks[1:] for part in (f"%{mark[:1]}", mark[1:]))]
