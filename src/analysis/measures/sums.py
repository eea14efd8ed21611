"""Sums per page: what rates of several pages together are made from."""

from __future__ import annotations

from typing import Literal

import pandas as pd


def page_sums(posts: pd.DataFrame, per: Literal["followers", "posts"]) -> pd.DataFrame:
    """Sum the interactions of each page, and what they are counted per.

    Parameters
    ----------
    posts : pandas.DataFrame
        One row per post, with ``page_id``, ``tier``, ``interactions``, ``followers_at_posting``.
    per : {"followers", "posts"}
        Followers at posting in thousands, summed over posts; or the number of posts.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``page_id``: ``tier``, ``interactions`` and ``exposure`` (sums over the same
        posts), ``n_posts``, ``followers`` (mean). Only posts with both measured, and only pages
        that have such posts.
    """
    needed = ["interactions", "followers_at_posting"] if per == "followers" else ["interactions"]
    grouped = posts.dropna(subset=needed).groupby("page_id")
    exposure = grouped["followers_at_posting"].sum() / 1000
    table = pd.DataFrame(
        {
            "tier": grouped["tier"].first(),
            "interactions": grouped["interactions"].sum(),
            "exposure": exposure if per == "followers" else grouped.size().astype(float),
            "n_posts": grouped.size(),
            "followers": grouped["followers_at_posting"].mean(),
        }
    )
    return table[table["exposure"] > 0]
