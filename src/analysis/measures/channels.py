"""What can be counted alike on several platforms: audience, activity and response of a page.

Response is reactions and comments, since some platforms do not count shares.
"""

from __future__ import annotations

import pandas as pd

from analysis.measures.activity import MEASURES as ACTIVITY
from analysis.measures.measure import (
    Material,
    Measure,
    mean_per_post,
    per_thousand,
    posts_with,
)

SHORTEST_SPAN = pd.Timedelta(days=30)


def with_response(posts: pd.DataFrame, users: pd.Series) -> pd.DataFrame:
    """Put beside every post its response and the users that its page could have had.

    Parameters
    ----------
    posts : pandas.DataFrame
        The posts of one platform.
    users : pandas.Series
        People in the target group who are on the platform, by page id; NaN where not known.

    Returns
    -------
    pandas.DataFrame
        With ``response`` (reactions and comments, missing when one of them is) and ``users``.
    """
    response = posts["reactions"] + posts["comments"]
    return posts.assign(response=response, users=posts["page_id"].map(users).astype(float))


def _counted(material: Material) -> pd.DataFrame:
    """Posts with a time and a number of followers, the earliest first."""
    known = material.posts.dropna(subset=["published_at", "followers_at_posting"])
    return known.sort_values("published_at", kind="stable")


def _last_followers(material: Material) -> pd.Series:
    known = material.posts.dropna(subset=["followers_at_posting"])
    ordered = known.sort_values("published_at", kind="stable", na_position="first")
    return ordered.groupby("page_id")["followers_at_posting"].last()


def _growth(material: Material) -> pd.Series:
    """A number that never moves was counted once, and shows no growth."""
    by_page = _counted(material).groupby("page_id")
    followers, times = by_page["followers_at_posting"], by_page["published_at"]
    first, last, span = followers.first(), followers.last(), times.last() - times.first()
    moves = followers.max() > followers.min()
    return (last / first.where(first > 0) - 1).where(moves & (span >= SHORTEST_SPAN))


FOLLOWERS = Measure(
    "last_followers",
    "Followers",
    "followers",
    "followers at the last post",
    "The audience a channel offers",
    _last_followers,
    posts_with("followers_at_posting"),
)
GROWTH = Measure(
    "follower_growth",
    "Growth of followers over the posts shown",
    "share of the followers at the first post",
    "followers at the last post / followers at the first post - 1",
    "Not measured where followers were counted once",
    _growth,
    posts_with("followers_at_posting"),
)
POSTS_PER_WEEK = next(measure for measure in ACTIVITY if measure.name == "posts_per_week")
PER_POST = Measure(
    "mean_response_per_post",
    "Response per post",
    "reactions and comments per post",
    "Σ(L + C) / N",
    "Interactions without shares, which some platforms do not count",
    mean_per_post("response"),
    posts_with("response"),
)
PER_FOLLOWER = Measure(
    "response_per_1000_followers",
    "Response per 1,000 followers",
    "reactions and comments per 1,000 followers per post",
    "1,000 · Σ(L + C) / (N · F)",
    "Interactions without shares, which some platforms do not count",
    per_thousand("response", "followers_at_posting"),
    posts_with("response", "followers_at_posting"),
)
PER_USER = Measure(
    "response_per_1000_users",
    "Response per 1,000 people of the target group on the platform",
    "reactions and comments per 1,000 people of the target group on the platform per post",
    "1,000 · Σ(L + C) / (N · share of the target group on the platform · its size)",
    "Whom a channel could reach at most",
    per_thousand("response", "users"),
    posts_with("response", "users"),
)
MEASURES = (FOLLOWERS, GROWTH, POSTS_PER_WEEK, PER_POST, PER_FOLLOWER, PER_USER)
