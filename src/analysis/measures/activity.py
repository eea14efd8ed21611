"""How much do they send, when, and of what kind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.measures.measure import Material, Measure
from analysis.vocabulary import KINDS

SATURDAY = 5
OFFICE_HOURS = range(9, 17)
BURST = pd.Timedelta(hours=1)


def _posts_per_week(material: Material) -> pd.Series:
    return material.posts.groupby("page_id").size() / material.weeks


def _longest_silence(material: Material) -> pd.Series:
    """Days between two posts, the longest of them; NaN where fewer than two are dated."""
    dated = material.posts.dropna(subset=["published_at"]).sort_values("published_at")
    gaps = dated.groupby("page_id")["published_at"].diff()
    return (gaps.dt.total_seconds() / 86_400).groupby(dated["page_id"]).max()


def _in_bursts(material: Material) -> pd.Series:
    """Share within an hour after the page's previous post, over posts whose hour is known."""
    posts = material.posts[material.posts["published_precision"] == "second"]
    ordered = posts.sort_values("published_at")
    gaps = ordered.groupby("page_id")["published_at"].diff()
    return (gaps <= BURST).groupby(ordered["page_id"]).mean()


def _on_its_busiest_day(material: Material) -> pd.Series:
    """Posts on the day with most of them, over posts whose day is known."""
    known = material.posts["published_precision"].isin(["second", "day"])
    days = material.local_time()[known].dt.date
    per_day = days.groupby([material.posts.loc[known, "page_id"], days]).size()
    return per_day.groupby("page_id").max()


def _on_working_days(material: Material) -> pd.Series:
    """Share on Monday to Friday, over posts whose day is known."""
    known = material.posts["published_precision"].isin(["second", "day"])
    working = (material.local_time().dt.day_of_week < SATURDAY)[known]
    return working.groupby(material.posts.loc[known, "page_id"]).mean()


def _in_office_hours(material: Material) -> pd.Series:
    """Share between 9:00 and 17:00 on working days, over posts whose hour is known."""
    known = material.posts["published_precision"] == "second"
    local = material.local_time()
    office = (local.dt.hour.isin(OFFICE_HOURS) & (local.dt.day_of_week < SATURDAY))[known]
    return office.groupby(material.posts.loc[known, "page_id"]).mean()


def _share_of_kind(kind: str) -> Callable[[Material], pd.Series]:
    def compute(material: Material) -> pd.Series:
        known = material.posts.dropna(subset=["kind"])
        return (known["kind"] == kind).groupby(known["page_id"]).mean()

    return compute


MEASURES: tuple[Measure, ...] = (
    Measure(
        "posts_per_week",
        "Posts per week",
        "posts per week",
        "N / weeks in the period",
        "Activity as in Bonsón & Ratkai 2013, doi:10.1108/OIR-03-2012-0054",
        _posts_per_week,
    ),
    Measure(
        "longest_silence",
        "Longest time between two posts",
        "days",
        "largest difference between consecutive publication times",
        "Activity",
        _longest_silence,
    ),
    Measure(
        "in_bursts",
        "Posts within an hour after the page's previous post",
        "share of posts",
        "#{time since the page's previous post ≤ 1 hour} / N",
        "Bursts; several posts in a row compete for the same followers",
        _in_bursts,
    ),
    Measure(
        "on_busiest_day",
        "Posts on the page's busiest day",
        "posts",
        "largest number of posts on one day",
        "Bursts",
        _on_its_busiest_day,
    ),
    Measure(
        "on_working_days",
        "Posts on working days",
        "share of posts",
        "#{Monday to Friday} / N",
        "Rhythm; off-day posts get more engagement in Italian and Spanish municipalities",
        _on_working_days,
    ),
    Measure(
        "in_office_hours",
        "Posts in office hours",
        "share of posts",
        "#{working day, 9:00 to 17:00} / N",
        "Rhythm",
        _in_office_hours,
    ),
    *(
        Measure(
            f"share_{kind}",
            f"Posts of the kind '{kind}'",
            "share of posts",
            f"#{{kind = {kind}}} / N",
            "Media types as in Bonsón, Royo & Ratkai 2015, doi:10.1016/j.giq.2014.11.001",
            _share_of_kind(kind),
        )
        for kind in KINDS
    ),
)
