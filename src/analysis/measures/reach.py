"""Whom a post reaches, how often it is shown, and how many follow its link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.measures.measure import (
    Material,
    Measure,
    mean_per_post,
    median_per_post,
    per_thousand,
    posts_with,
)

if TYPE_CHECKING:
    from pandas.core.groupby import SeriesGroupBy

SOCIAL_STATUS = (
    "Organic reach rate as in https://www.socialstatus.io/insights/social-media-benchmarks/"
    "facebook-organic-reach-rate-benchmark/"
)
BUSINESS_SUITE = "Counts of the page's own insights (Meta Business Suite, export of content)"


def organic_reach(posts: pd.DataFrame) -> pd.Series:
    """People whom each organic post reached.

    Parameters
    ----------
    posts : pandas.DataFrame
        One row per post, with ``reach``, ``reach_organic`` and ``paid``.

    Returns
    -------
    pandas.Series of float
        Reach without payment; all reach where a post is known to be unpaid. NaN where neither was
        measured, where it is not known whether the total was paid for, and for boosted posts:
        those are advertisements.
    """
    return _without_payment(posts, "reach")


def organic_views(posts: pd.DataFrame) -> pd.Series:
    """Times each organic post was shown, as `organic_reach` for ``views``."""
    return _without_payment(posts, "views")


def _without_payment(posts: pd.DataFrame, total: str) -> pd.Series:
    paid = posts["paid"].astype("boolean")
    of_unpaid = posts[total].where((~paid).fillna(value=False))
    organic = posts[f"{total}_organic"].fillna(of_unpaid)
    return organic.where(~paid.fillna(value=False)).astype(float)


def organic_reach_rate(posts: pd.DataFrame) -> pd.Series:
    """Organic reach of each post per follower; NaN without followers."""
    followers = posts["followers_at_posting"]
    return organic_reach(posts) / followers.where(followers > 0)


def _target_group_share(posts: pd.DataFrame) -> pd.Series:
    return organic_reach(posts) / posts["target_group_size"]


def _median(of_posts: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Material], pd.Series]:
    return lambda material: _by_page(material, of_posts).median()


def _mean(of_posts: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Material], pd.Series]:
    return lambda material: _by_page(material, of_posts).mean()


def _by_page(
    material: Material, of_posts: Callable[[pd.DataFrame], pd.Series]
) -> SeriesGroupBy[Any, Any]:
    return of_posts(material.posts).groupby(material.posts["page_id"])


def _with(of_posts: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Material], pd.Series]:
    """Rest a measure on the posts for which this is known."""
    return lambda material: _by_page(material, of_posts).count()


def _boosted_reach(posts: pd.DataFrame) -> pd.Series:
    """People whom each boosted post reached, with and without payment."""
    return posts["reach"].where(posts["paid"].astype("boolean").fillna(value=False)).astype(float)


def _paid_share(material: Material) -> pd.Series:
    """Share of all reach that came by payment, over posts with both parts measured."""
    both = material.posts.dropna(subset=["reach_organic", "reach_paid"]).groupby("page_id")
    paid, organic = both["reach_paid"].sum(), both["reach_organic"].sum()
    return paid / (paid + organic).where(lambda total: total > 0)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "organic_reach_per_post",
        "Ordinary organic post: people reached",
        "people",
        "median over organic posts of R",
        SOCIAL_STATUS,
        _median(organic_reach),
        _with(organic_reach),
    ),
    Measure(
        "organic_reach_rate",
        "Ordinary organic post: reach per follower",
        "share of followers",
        "median over organic posts of R / F",
        f"{SOCIAL_STATUS}; the median because a few posts reach very many",
        _median(organic_reach_rate),
        _with(organic_reach_rate),
    ),
    Measure(
        "mean_organic_reach_rate",
        "Mean organic post: reach per follower",
        "share of followers",
        "Σ(R / F) / N over organic posts",
        SOCIAL_STATUS,
        _mean(organic_reach_rate),
        _with(organic_reach_rate),
    ),
    Measure(
        "organic_reach_target_group",
        "Ordinary organic post: reach per person in the target group",
        "share of the target group",
        "median over organic posts of R / P",
        "Reach per resident, where the target group is the residents",
        _median(_target_group_share),
        _with(_target_group_share),
    ),
    Measure(
        "boosted_reach_per_post",
        "Ordinary boosted post: people reached",
        "people",
        "median over boosted posts of reach, with and without payment",
        BUSINESS_SUITE,
        _median(_boosted_reach),
        _with(_boosted_reach),
    ),
    Measure(
        "reach_by_payment",
        "Reach that came by payment",
        "share of reach",
        "ΣR_paid / (ΣR_paid + ΣR) over all posts",
        BUSINESS_SUITE,
        _paid_share,
        posts_with("reach_organic", "reach_paid"),
    ),
    Measure(
        "views_per_post",
        "Ordinary post: views",
        "views per post",
        "median over posts of views",
        BUSINESS_SUITE,
        median_per_post("views"),
        posts_with("views"),
    ),
    Measure(
        "organic_views_per_post",
        "Ordinary organic post: views",
        "views per post",
        "median over organic posts of views",
        BUSINESS_SUITE,
        _median(organic_views),
        _with(organic_views),
    ),
    Measure(
        "link_clicks_per_post",
        "Mean post: clicks on its link",
        "clicks per post",
        "Σclicks / N",
        BUSINESS_SUITE,
        mean_per_post("link_clicks"),
        posts_with("link_clicks"),
    ),
    Measure(
        "link_clicks_per_1000_reached",
        "Clicks on the link per 1,000 people reached",
        "clicks per 1,000 people reached",
        "1,000 · Σclicks / Σreach",
        BUSINESS_SUITE,
        per_thousand("link_clicks", "reach"),
        posts_with("link_clicks", "reach"),
    ),
)
