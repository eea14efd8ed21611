"""What paying for a post leaves in its counts."""

from __future__ import annotations

import polars as pl

from analysis.sources.headers import Cells
from analysis.sources.remarks import Remark, not_the_sum


def was_paid(*paid_counts: pl.Expr) -> pl.Expr:
    """Tell whether a post was boosted: some paid count is not zero; null when none was measured."""
    return pl.max_horizontal(*paid_counts) > 0


def remarks_on_parts(cells: Cells, *times_shown: str) -> list[Remark]:
    """Compare the organic and the paid part of reach and of times shown with the whole.

    Times shown add up. Reach need not: people who are reached in both ways are in both parts. Yet
    no part can be larger than the whole.

    Parameters
    ----------
    cells : Cells
        With counts that mean ``reach``, ``reach_organic`` and ``reach_paid``, as far as they are
        there.
    *times_shown : str
        What views or impressions are called among the meanings; their parts likewise.

    Returns
    -------
    list of Remark
    """
    remarks = []
    for whole in times_shown:
        organic, paid = f"{whole}_organic", f"{whole}_paid"
        if cells.has(whole, organic, paid):
            parts = {f"'{cells.columns[part]}'": cells.number(part) for part in (organic, paid)}
            then = "the total is used as it stands"
            remarks.append(not_the_sum(cells.columns[whole], cells.number(whole), parts, then))
    for part in ("reach_organic", "reach_paid"):
        if cells.has("reach", part):
            what = f"'{cells.columns[part]}' is larger than '{cells.columns['reach']}'"
            then = "both are used as they stand, but do not count the same"
            remarks.append(Remark(cells.number(part) > cells.number("reach"), what, then))
    return remarks
