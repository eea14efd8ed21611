"""What is odd about rows that can be used all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from analysis.sources.dialect import TextTable


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


@dataclass(frozen=True)
class Remarks:
    """Remarks on a table, to be counted while its rows are read.

    Attributes
    ----------
    remarks : tuple of Remark
        What may be odd.
    counts : polars.LazyFrame
        One row: for each remark ``n <i>``, how many rows there are, and ``first <i>``.
    rows_read : int
        Rows of the table.
    """

    remarks: tuple[Remark, ...] = ()
    counts: pl.LazyFrame = field(default_factory=pl.LazyFrame)
    rows_read: int = 0

    def in_words(self, counted: pl.DataFrame) -> tuple[str, ...]:
        """Say the remarks of which there are rows in one sentence each."""
        return tuple(
            f"{remark.what} in {counted[f'n {i}'].item()} of {self.rows_read} rows (first in "
            f"row {counted[f'first {i}'].item()}); {remark.then}."
            for i, remark in enumerate(self.remarks)
            if counted[f"n {i}"].item()
        )


def remarks_on(table: TextTable, remarks: Sequence[Remark]) -> Remarks:
    """Prepare to count the rows of each remark."""
    rows = [pl.col("row").filter(remark.odd) for remark in remarks]
    counts = table.rows.select(
        *(found.len().alias(f"n {i}") for i, found in enumerate(rows)),
        *(found.min().alias(f"first {i}") for i, found in enumerate(rows)),
    )
    return Remarks(tuple(remarks), counts, table.rows_read)


def warnings_of(table: TextTable, remarks: Sequence[Remark]) -> tuple[str, ...]:
    """Count the rows of each remark now, and say those that there are."""
    if not remarks:
        return ()
    prepared = remarks_on(table, remarks)
    return prepared.in_words(prepared.counts.collect(engine="streaming"))


def not_the_sum(column: str, whole: pl.Expr, parts: dict[str, pl.Expr], then: str) -> Remark:
    """Remark that a total is not the sum of its parts; where one is missing, nothing is said."""
    *some, last = parts
    names = f"{', '.join(some)} and {last}"
    differs = whole != pl.sum_horizontal(parts.values(), ignore_nulls=False)
    return Remark(differs, f"'{column}' is not the sum of {names}", then)
