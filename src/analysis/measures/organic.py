"""Posts that nobody paid to show, and what to do where that is not known."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_REACTED = 0.1
"""Share of a page's posts that may have been paid for, where that is not known."""


def not_paid(posts: pd.DataFrame) -> pd.DataFrame:
    """Give the posts that are not known to be paid for."""
    return posts[~posts["paid"].fillna(False).astype(bool)]


def organic_readings(posts: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """Give the posts that were organic: once when that is known, else under two extremes.

    Parameters
    ----------
    posts : pandas.DataFrame
        With ``page_id``, ``interactions`` and ``paid`` (true, false, missing).

    Returns
    -------
    tuple of pandas.DataFrame
        The posts that are not known to be paid for. Where it is not known of some post, once more
        without those that are most likely to have been: of every page the most reacted tenth of
        its posts of which it is not known, rounded down, so that a page with fewer than ten keeps
        them all. What both readings say does not hang on it.
    """
    organic = not_paid(posts)
    if organic["paid"].notna().all():
        return (organic,)
    return organic, _without_most_reacted(organic)


def _without_most_reacted(posts: pd.DataFrame) -> pd.DataFrame:
    unknown = posts[posts["paid"].isna()]
    interactions = unknown.groupby("page_id")["interactions"]
    rank = interactions.rank(ascending=False, method="first")
    most = rank <= np.floor(MOST_REACTED * interactions.transform("count"))
    return posts.drop(unknown.index[most])
