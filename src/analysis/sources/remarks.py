"""What is odd about rows that can be used all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def warnings_of(table: TextTable, remarks: Sequence[Remark]) -> tuple[str, ...]:
    """Count the rows of each remark, and say those that there are in one sentence each."""
    if not remarks:
        return ()
    rows = [pl.col("row").filter(remark.odd) for remark in remarks]
    counted = table.rows.select(
        *(found.len().alias(f"number {i}") for i, found in enumerate(rows)),
        *(found.min().alias(f"first {i}") for i, found in enumerate(rows)),
    ).collect()
    return tuple(
        f"{remark.what} in {counted[f'number {i}'].item()} of {table.rows_read} rows (first in "
        f"row {counted[f'first {i}'].item()}); {remark.then}."
        for i, remark in enumerate(remarks)
        if counted[f"number {i}"].item()
    )


def not_the_sum(column: str, whole: pl.Expr, parts: dict[str, pl.Expr], then: str) -> Remark:
    """Remark that a total is not the sum of its parts; where one is missing, nothing is said."""
    *some, last = parts
    names = f"{', '.join(some)} and {last}"
    differs = whole != pl.sum_horizontal(parts.values(), ignore_nulls=False)
    return Remark(differs, f"'{column}' is not the sum of {names}", then)
