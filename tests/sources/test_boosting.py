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
        (0, None, None),
        (None, None, None),
    ],
)
def test_a_post_is_unpaid_only_when_every_paid_count_is_known_to_be_zero(
    reach: int | None, views: int | None, paid: bool | None
) -> None:
    counts = pl.DataFrame(
        {"reach": [reach], "views": [views]}, schema={"reach": pl.Int64, "views": pl.Int64}
    )

    assert counts.select(was_paid(pl.col("reach"), pl.col("views"))).item() is paid
