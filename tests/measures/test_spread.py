"""How uneven the posts and the weeks of a page are."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.measure import Material
from analysis.measures.spread import per_post, posts_per_week

START = pd.Timestamp(2024, 1, 1, tz="Europe/Amsterdam")


def material(days: list[int], precision: str = "second", weeks: float = 4.0) -> Material:
    posts = pd.DataFrame(
        {
            "page_id": "a",
            "published_at": [START.tz_convert("UTC") + pd.Timedelta(days=day) for day in days],
            "published_precision": precision,
            "interactions": 1.0,
        }
    )
    return Material(posts, weeks, "Europe/Amsterdam")


def test_counts_are_summed_over_posts_with_both_numbers() -> None:
    posts = pd.DataFrame(
        {
            "page_id": ["a", "a", "a", "b"],
            "interactions": [3.0, 4.0, None, 5.0],
            "followers_at_posting": [1_000.0, 2_000.0, 9_000.0, 1_000.0],
        }
    )
    found = per_post(posts, "interactions", "followers_at_posting")
    assert list(found.index) == ["a"]
    assert found.loc["a", ["total", "squares", "exposure", "units"]].to_list() == [7, 25, 3, 2]


def test_empty_weeks_count_as_weeks() -> None:
    found = posts_per_week(material([0, 6, 7, 21]), START)
    assert found.loc["a", ["total", "squares", "exposure", "units"]].to_list() == [4, 6, 4, 4]


@pytest.mark.parametrize("unknown", [{"precision": "month"}, {"precision": "none"}, {"weeks": 1.0}])
def test_without_days_or_weeks_no_page_has_a_number(unknown: dict) -> None:
    assert posts_per_week(material([0, 6], **unknown), START).empty
