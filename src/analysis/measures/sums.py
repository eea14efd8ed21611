"""Sums per page: what rates of several pages together are made from."""

from __future__ import annotations

import pandas as pd


def page_sums(posts: pd.DataFrame, count: str = "interactions") -> pd.DataFrame:
    """Sum a count and the followers it was shown to, per page.

    Parameters
    ----------
    posts : pandas.DataFrame
        One row per post, with ``page_id``, ``tier``, ``followers_at_posting`` and the count.
    count : str
        The column to sum.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``page_id``: ``tier``, ``count`` (sum over posts), ``exposure`` (sum of
        followers at posting, in thousands), ``n_posts``, ``followers`` (mean). Only posts with
        both measured, and only pages with such posts and followers.
    """
    both = posts.dropna(subset=[count, "followers_at_posting"])
    grouped = both.groupby("page_id")
    table = pd.DataFrame(
        {
            "tier": grouped["tier"].first(),
            "count": grouped[count].sum(),
            "exposure": grouped["followers_at_posting"].sum() / 1000,
            "n_posts": grouped.size(),
            "followers": grouped["followers_at_posting"].mean(),
        }
    )
    return table[table["exposure"] > 0]
