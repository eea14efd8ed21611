"""What paying for a post leaves in its counts."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.sources.boosting import was_paid


@pytest.mark.parametrize(
    ("reach", "views", "paid"),
    [
        (5, None, True),
        (0, 3, True),
        (0, 0, False),
        (0, None, False),
        (None, 3, True),
        (None, None, None),
    ],
)
def test_a_post_is_paid_when_payment_brought_anyone_and_unpaid_when_it_brought_nobody(
    reach: int | None, views: int | None, paid: bool | None
) -> None:
    counts = pl.DataFrame(
        {"reach": [reach], "views": [views]}, schema={"reach": pl.Int64, "views": pl.Int64}
    )

    assert counts.select(was_paid(pl.col("reach"), pl.col("views"))).item() is paid
