"""How much is sent, and how it bunches together."""

from __future__ import annotations

import pandas as pd

from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material


def material(*times: str, precision: str = "second") -> Material:
    posts = pd.DataFrame(
        {
            "page_id": "7",
            "published_at": pd.to_datetime(pd.Series(times), utc=True),
            "published_precision": precision,
        }
    )
    return Material(posts, weeks=1, timezone="Europe/Amsterdam")


def measured(name: str, of: Material) -> float:
    return float(CATALOGUE[name].compute(of).get("7", float("nan")))


def test_a_burst_is_a_post_within_an_hour_after_the_one_before() -> None:
    posts = material("2023-03-01 10:00", "2023-03-01 12:30", "2023-03-01 11:00", "2023-03-01 11:59")
    assert measured("in_bursts", posts) == 0.75


def test_the_busiest_day_is_a_day_of_the_studys_clock() -> None:
    # 23:30 UTC is the next day in Amsterdam.
    posts = material("2023-03-01 23:30", "2023-03-02 10:00", "2023-03-03 10:00")
    assert measured("on_busiest_day", posts) == 2


def test_hours_that_are_not_known_show_no_bursts() -> None:
    days = material("2023-03-01", "2023-03-01", precision="day")
    assert pd.isna(measured("in_bursts", days))
    assert measured("on_busiest_day", days) == 2
