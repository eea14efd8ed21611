"""What is odd about rows that can be used all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.sources.text_table import TextTable

_ODD = "odd:"


@dataclass(frozen=True)
class Remark:
    """Something odd about rows.

    Attributes
    ----------
    odd : polars.Expr
        Boolean over the cells of the table; null counts as not odd.
    what : str
        What is odd; how many rows and which one is the first is added.
    then : str
        What is done about it.
    """

    odd: pl.Expr
    what: str
    then: str


def remark_columns(remarks: Sequence[Remark]) -> list[pl.Expr]:
    """Give a column for each remark, for :func:`count_remarks`."""
    return [remark.odd.alias(f"{_ODD}{number}") for number, remark in enumerate(remarks)]


def count_remarks(rows: pl.LazyFrame, remarks: Sequence[Remark]) -> pl.LazyFrame:
    """Count the rows of each remark, and find the first one.

    Parameters
    ----------
    rows : polars.LazyFrame
        With ``row`` and the :func:`remark_columns`.
    remarks : sequence of Remark
        What may be odd.

    Returns
    -------
    polars.LazyFrame
        One row: ``n <number of the remark>`` and ``first <number of the remark>``.
    """
    odd = {number: pl.col("row").filter(f"{_ODD}{number}") for number in range(len(remarks))}
    return rows.select(
        *(found.len().alias(f"n {number}") for number, found in odd.items()),
        *(found.min().alias(f"first {number}") for number, found in odd.items()),
    )


def in_words(remarks: Sequence[Remark], counted: pl.DataFrame, rows_read: int) -> tuple[str, ...]:
    """Say the remarks of which there are rows in one sentence each.

    Parameters
    ----------
    remarks : sequence of Remark
        What may be odd.
    counted : polars.DataFrame
        What :func:`count_remarks` found.
    rows_read : int
        Rows of the file.
    """
    found = counted.row(0, named=True) if remarks else {}
    return tuple(
        f"{remark.what} in {found[f'n {number}']} of {rows_read} rows "
        f"(first in row {found[f'first {number}']}); {remark.then}."
        for number, remark in enumerate(remarks)
        if found[f"n {number}"]
    )


def warnings_of(table: TextTable, remarks: Sequence[Remark]) -> tuple[str, ...]:
    """Count the rows of each remark in a reading of their own, and say those that there are."""
    rows = table.rows.select("row", *remark_columns(remarks))
    counted = count_remarks(rows, remarks).collect(engine="streaming")
    return in_words(remarks, counted, table.rows_read) if remarks else ()


def not_the_sum(column: str, whole: pl.Expr, parts: dict[str, pl.Expr], then: str) -> Remark:
    """Remark that a total is not the sum of its parts; where one is missing, nothing is said."""
    *some, last = parts
    names = f"{', '.join(some)} and {last}"
    differs = whole != pl.sum_horizontal(parts.values(), ignore_nulls=False)
    return Remark(differs, f"'{column}' is not the sum of {names}", then)
