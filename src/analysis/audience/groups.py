"""Which share of their target groups posts reach, as bounds.

The unit is the target group. Where areas are apart every page has one of its own. Where pages want
to reach the same people these count once, and how many people see two of the pages is not known:
together they reach at least what the largest reaches, and at most the sum.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.inference.audiences import break_even

Audience = Literal["post", "month"]


def reached_groups(pages: pd.DataFrame, of: Audience) -> pd.DataFrame:
    """Give the share of every target group that posts reach.

    Everyone reached is taken to belong to the target group, so the shares are at most these: who
    follows a page is not always whom it is for.

    Parameters
    ----------
    pages : pandas.DataFrame
        ``Reach.pages`` of `analysis.audience.reach`. Pages without bounds, or with a target group
        of unknown size, are left out.
    of : {"post", "month"}
        An ordinary organic post of every page, or the organic posts of an ordinary month.

    Returns
    -------
    pandas.DataFrame
        One row per target group: ``name`` (of the page, or of the group that pages share),
        ``tier``, ``shared``, ``n_pages``, ``n_posts``, ``measured`` (of every page), ``size``;
        ``share_low``, ``share_high`` (between 0 and 1); ``otherwise_low``, ``otherwise_high``
        (share that other channels reach anyway); ``loss_low``, ``loss_high`` (share that these
        posts reach and other channels do not, if other channels reach the same share of whom posts
        reach as of everyone). NaN where what other channels reach is not known.
    """
    known = with_target_group(pages).dropna(subset=[f"{of}_low", f"{of}_high"])
    grouped = known.groupby(_group_of(known), sort=False)
    size = grouped["target_group_size"].max()
    table = pd.DataFrame(
        {
            "name": known["name"]
            .where(~known["shared"], known["target_group"])
            .groupby(_group_of(known), sort=False)
            .first(),
            "tier": grouped["tier"].first(),
            "shared": grouped["shared"].first(),
            "n_pages": grouped.size(),
            "n_posts": grouped["n_posts"].sum(),
            "measured": grouped["measured"].all(),
            "size": size,
            "share_low": (grouped[f"{of}_low"].max() / size).clip(upper=1),
            "share_high": (grouped[f"{of}_high"].sum() / size).clip(upper=1),
            "otherwise_low": grouped["reached_otherwise_low"].min(),
            "otherwise_high": grouped["reached_otherwise_high"].max(),
        }
    )
    table["loss_low"] = table["share_low"] * (1 - table["otherwise_high"])
    table["loss_high"] = table["share_high"] * (1 - table["otherwise_low"])
    return table.reset_index(drop=True)


def with_target_group(pages: pd.DataFrame) -> pd.DataFrame:
    """Pages of which it is known how many people they want to reach."""
    return pages[pages["target_group_size"] > 0]


def needed_per_follower(pages: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Give the reach per follower at which each target group is reached for a share: break-even.

    It needs no estimate of reach.

    Parameters
    ----------
    pages : pandas.DataFrame
        ``Reach.pages``. Pages without followers, or with a target group of unknown size, are left
        out.
    threshold : float
        Share of the target group.

    Returns
    -------
    pandas.DataFrame
        One row per target group: ``apart`` if nobody follows two of its pages (the lowest it can
        be), ``nested`` if all follow the largest (the highest). Over 1 where more people than all
        followers are needed. For a month, it is the reach of all its posts together.
    """
    known = with_target_group(pages)
    known = known[known["followers"] > 0]
    rows = []
    for _, group in known.groupby(_group_of(known), sort=False):
        needed = break_even(group["followers"], group["target_group_size"].max(), threshold)
        rows.append({"apart": needed.apart.value, "nested": needed.nested.value})
    return pd.DataFrame(rows, columns=["apart", "nested"], dtype=float)


def _group_of(pages: pd.DataFrame) -> pd.Series:
    """Name each page's target group: the one it shares, else its own."""
    common = "shared: " + pages["target_group"].astype(object).fillna("").astype(str)
    return common.where(pages["shared"], pages.index.to_series())
