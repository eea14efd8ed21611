"""What paying for a post leaves in its counts."""

from __future__ import annotations

import polars as pl

from analysis.sources.canonical import count
from analysis.sources.dialect import TextTable
from analysis.sources.remarks import Remark, not_the_sum


def was_paid(*paid_counts: pl.Expr) -> pl.Expr:
    """Tell whether a post was boosted: a paid count is not zero; null when none was measured."""
    return pl.any_horizontal(paid > 0 for paid in paid_counts)


def split_of_views(table: TextTable, whole: str, organic: str, paid: str) -> Remark:
    """Remark that times shown without and with payment are not all times shown."""
    parts = {f"'{column}'": count(table, column) for column in (organic, paid)}
    return not_the_sum(whole, count(table, whole), parts, "the total is used as it stands")


def split_of_reach(table: TextTable, whole: str, part: str) -> Remark:
    """Remark that more people were reached in one way than in all ways together.

    People who are reached in both ways are in both parts, so the parts need not add up.
    """
    return Remark(
        count(table, part) > count(table, whole),
        f"'{part}' is larger than '{whole}'",
        "both are used as they stand, but do not count the same",
    )
