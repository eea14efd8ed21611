"""Which share of their target groups posts reach, as bounds, and which reach a share takes.

The unit is the target group. Where areas are apart every page has one of its own. Where pages want
to reach the same people these count once, and how many people see two of the pages is not known:
together they reach at least what the largest reaches, and at most the sum.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.inference.estimate import Basis, Estimate

Audience = Literal["post", "month"]

TARGET_GROUP_SHARE = "share of the target group"
FOLLOWER_SHARE = "share of followers"

NOBODY_KNOWN = "not measured: it takes followers and the size of the target group"
ARITHMETIC = "it follows from followers and target group, nothing is estimated"
FOLLOWERS_MAY_OVERLAP = "how many people follow two of the pages is not known"


def reached_groups(pages: pd.DataFrame, of: Audience) -> pd.DataFrame:
    r"""Give the share of every target group that posts reach.

    Everyone reached is taken to belong to the target group, so the shares are at most these: who
    follows a page is not always whom it is for.

    Parameters
    ----------
    pages : pandas.DataFrame
        ``Reach.pages`` of `analysis.audience.reach`. Pages with a target group of unknown size are
        left out.
    of : {"post", "month"}
        An ordinary organic post of every page, or the organic posts of an ordinary month.

    Returns
    -------
    pandas.DataFrame
        One row per target group of which some page has bounds: ``name`` (of the page, or of the
        group that pages share), ``tier``, ``shared``, ``n_pages`` and ``n_posts`` (with bounds),
        ``measured`` (of every page), ``size``; ``share_low``, ``share_high`` (between 0 and 1);
        ``otherwise_low``, ``otherwise_high`` (share that other channels reach anyway; NaN where
        that is not known); and what `with_loss` adds. Where one of the pages that share a group
        has no bounds it may reach anybody: the largest of the others is reached at least, and
        everyone at most.

    Notes
    -----
    Pages :math:`i` that share :math:`P` people reach :math:`l_i` to :math:`h_i` of them each.
    Together that is from :math:`\min(1, \max l_i / P)`, every audience within the largest, to
    :math:`\min(1, \sum h_i / P)`, no two with a person in common: the bounds of Fréchet 1935 and
    Boole on a union. Overlap is in no public export, so it is bounded and not guessed: there is no
    value in the middle. Sums of limits are wider than limits of the sum, unless all pages are
    wrong in the same direction.
    """
    table = _shares(with_target_group(pages), of)
    return with_loss(table[table["n_pages"] > 0].reset_index(drop=True))


def _shares(pages: pd.DataFrame, of: Audience) -> pd.DataFrame:
    low, high = f"{of}_low", f"{of}_high"
    has_bounds = pages[[low, high]].notna().all(axis=1)
    group = _group_of(pages)
    known = pages.assign(
        name=pages["name"].where(~pages["shared"], pages["target_group"]),
        measured=pages["measured"] & has_bounds,
        n_pages=has_bounds,
        n_posts=pages["n_posts"].where(has_bounds, 0),
    )
    grouped = known.groupby(group, sort=False)
    size = grouped["target_group_size"].max()
    # Missing is never zero: a sum that lacks a page is no upper bound on what all reach.
    everyone = ~has_bounds.groupby(group, sort=False).all()
    return pd.DataFrame(
        {
            "name": grouped["name"].first(),
            "tier": grouped["tier"].first(),
            "shared": grouped["shared"].first(),
            "n_pages": grouped["n_pages"].sum(),
            "n_posts": grouped["n_posts"].sum(),
            "measured": grouped["measured"].all(),
            "size": size,
            "share_low": (grouped[low].max() / size).clip(upper=1),
            "share_high": (grouped[high].sum() / size).clip(upper=1).mask(everyone, 1.0),
            "otherwise_low": grouped["reached_otherwise_low"].min(),
            "otherwise_high": grouped["reached_otherwise_high"].max(),
        }
    )


def with_loss(groups: pd.DataFrame) -> pd.DataFrame:
    r"""Add which share of target groups is reached by posts and by nothing else.

    Parameters
    ----------
    groups : pandas.DataFrame
        ``share_low``, ``share_high`` (share :math:`r` that posts reach), ``otherwise_low``,
        ``otherwise_high`` (share :math:`o` that other channels reach), between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The same with

        - ``loss_low``, ``loss_high``: the least and the most that can be lost. How many people
          are reached by both is in no export, so it is bounded and not guessed;
        - ``loss_if_alike_low``, ``loss_if_alike_high``: the same if other channels reach the
          posts' audience like everyone else, which is an assumption.

        NaN where it is not known what other channels reach.

    Notes
    -----
    From :math:`\max(0, r - o)`, where other channels reach first of all whom posts reach, to
    :math:`\min(r, 1 - o)`, where they reach everyone else first: the bounds of Fréchet 1935 on the
    overlap of two groups. If alike, :math:`r (1 - o)`, which lies between the two.
    """
    missed_low, missed_high = 1 - groups["otherwise_high"], 1 - groups["otherwise_low"]
    return groups.assign(
        loss_low=(groups["share_low"] - groups["otherwise_high"]).clip(lower=0),
        loss_high=np.minimum(missed_high, groups["share_high"]),
        loss_if_alike_low=groups["share_low"] * missed_low,
        loss_if_alike_high=groups["share_high"] * missed_high,
    )


def with_target_group(pages: pd.DataFrame) -> pd.DataFrame:
    """Pages of which it is known how many people they want to reach."""
    return pages[pages["target_group_size"] > 0]


def needed_per_follower(pages: pd.DataFrame, threshold: float) -> pd.DataFrame:
    r"""Give the reach per follower at which each target group is reached for a share: break-even.

    It comes before any estimate of reach because it needs none.

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

    Notes
    -----
    Apart :math:`sP / \sum F_i`, nested :math:`sP / \max F_i`, with :math:`s` the threshold,
    :math:`P` the size of the target group and :math:`F_i` the followers of each page.
    """
    known = _followed(pages)
    grouped = known.groupby(_group_of(known), sort=False)
    people = threshold * grouped["target_group_size"].max()
    followers = grouped["followers"]
    needed = pd.DataFrame({"apart": people / followers.sum(), "nested": people / followers.max()})
    return needed.reset_index(drop=True)


def needed_of_the_middle_group(pages: pd.DataFrame, threshold: float) -> Estimate:
    """Give the break-even of the middle target group, from the lowest to the highest it can be.

    Parameters
    ----------
    pages, threshold
        As in `needed_per_follower`.
    """
    known = _followed(pages)
    basis = Basis(
        n_pages=len(known),
        n_posts=int(known["n_posts"].sum()),
        unit=FOLLOWER_SHARE,
        method="break-even reach per follower",
    )
    if known.empty:
        return basis.nothing(NOBODY_KNOWN)
    needed = needed_per_follower(known, threshold).median()
    if needed["apart"] == needed["nested"]:
        return basis.value_alone(needed["apart"], ARITHMETIC)
    return basis.bounds_alone(needed["apart"], needed["nested"], FOLLOWERS_MAY_OVERLAP)


def _followed(pages: pd.DataFrame) -> pd.DataFrame:
    known = with_target_group(pages)
    return known[known["followers"] > 0]


def _group_of(pages: pd.DataFrame) -> pd.Series:
    """Name each page's target group: the one it shares, else its own."""
    common = "shared: " + pages["target_group"].astype(object).fillna("").astype(str)
    return common.where(pages["shared"], pages.index.to_series())
