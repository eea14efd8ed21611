"""How much the counts of a page vary from one post, or one week, to the next."""

from __future__ import annotations

import pandas as pd

from analysis.measures.measure import Material

FEWEST_UNITS = 2
DAYS_KNOWN = ("second", "day")


def per_post(posts: pd.DataFrame, count: str, exposure: str | None) -> pd.DataFrame:
    """Sum a count over each page's posts, with what tells how uneven they are.

    Parameters
    ----------
    posts : pandas.DataFrame
        One row per post, with ``page_id`` and the columns named.
    count : str
        The column that is summed.
    exposure : str or None
        What it is counted per 1,000 of; per post when None.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``page_id``: ``total``, ``squares`` (sums of the counts and of their squares),
        ``exposure``, ``units`` and ``n_posts`` (the posts with both measured). Only pages with two
        such posts, since one does not show how much posts differ.
    """
    measured = posts.dropna(subset=[count, *([exposure] if exposure else [])])
    by_page = measured.assign(squares=measured[count] ** 2).groupby("page_id")
    table = pd.DataFrame(
        {
            "total": by_page[count].sum(),
            "squares": by_page["squares"].sum(),
            "exposure": by_page[exposure].sum() / 1000 if exposure else by_page.size(),
            "units": by_page.size(),
            "n_posts": by_page.size(),
        }
    )
    return table[(table["units"] >= FEWEST_UNITS) & (table["exposure"] > 0)]


def posts_per_week(material: Material, start: pd.Timestamp) -> pd.DataFrame:
    """Count each page's posts, with what tells how uneven its weeks are.

    Parameters
    ----------
    material : Material
    start : pandas.Timestamp
        The first day of the period, on the study's clock.

    Returns
    -------
    pandas.DataFrame
        As `per_post`; the units are the weeks of the period, empty ones included. No page when
        the days of the posts are not known, or the period is shorter than two weeks.
    """
    dated = material.posts["published_precision"].isin(DAYS_KNOWN)
    if not dated.all() or material.weeks < FEWEST_UNITS:
        return per_post(material.posts.iloc[:0], "interactions", None)
    week = (material.local_time() - start).dt.days // 7
    by_week = material.posts.groupby(["page_id", week]).size()
    total = by_week.groupby("page_id").sum()
    return pd.DataFrame(
        {
            "total": total,
            "squares": (by_week**2).groupby("page_id").sum(),
            "exposure": material.weeks,
            "units": round(material.weeks),
            "n_posts": total,
        }
    )
