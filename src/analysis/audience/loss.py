"""What goes if the organic posts of a page stop: the people whom nothing else reaches.

Every page stands here with its own target group, also where other pages share it: the question is
whether this page should stop.
"""

from __future__ import annotations

import pandas as pd

from analysis.audience.reach import Reach
from analysis.study import Threshold

NOTHING, EVERYONE = 0.0, 1.0


def losses(reach: Reach) -> pd.DataFrame:
    """Bound for every page which share of its target group hears less when its posts stop.

    Everyone reached is taken to belong to the target group, and other channels to reach the same
    share of whom posts reach as of everyone.

    Parameters
    ----------
    reach : Reach

    Returns
    -------
    pandas.DataFrame
        One row per page, indexed by ``page_id``: the columns of ``Reach.pages`` and

        - ``share_low``, ``share_high``: share of the target group that the organic posts of an
          ordinary month reach, at most 1; NaN where reach, dates or the target group are unknown;
        - ``otherwise_known`` (bool): whether it is known what other channels reach;
        - ``not_otherwise_low``, ``not_otherwise_high``: share of the target group that other
          channels do not reach; 0 and 1 where that is not known;
        - ``loss_low``, ``loss_high``: the product of both.
    """
    pages = reach.pages
    size = pages["target_group_size"].where(pages["target_group_size"] > 0)
    shares = {
        f"share_{end}": (pages[f"month_{end}"] / size).clip(upper=EVERYONE)
        for end in ("low", "high")
    }
    table = pages.assign(
        **shares,
        otherwise_known=pages["reached_otherwise_low"].notna()
        & pages["reached_otherwise_high"].notna(),
        not_otherwise_low=1 - pages["reached_otherwise_high"].fillna(EVERYONE),
        not_otherwise_high=1 - pages["reached_otherwise_low"].fillna(NOTHING),
    )
    return table.assign(
        loss_low=table["share_low"] * table["not_otherwise_low"],
        loss_high=table["share_high"] * table["not_otherwise_high"],
    )


def others_must_reach(pages: pd.DataFrame, threshold: Threshold) -> pd.Series:
    r"""Give the share that other channels must reach for a small loss, whatever the reach is.

    Parameters
    ----------
    pages : pandas.DataFrame
        As `losses` gives them.
    threshold : Threshold
        Of the loss.

    Returns
    -------
    pandas.Series of float
        :math:`1 - b / h` with :math:`h` the upper bound of the month's audience and :math:`b` the
        lower threshold; 0 where the whole audience is smaller than that.
    """
    return (1 - threshold.below / pages["share_high"]).clip(lower=0)


def hurts_from(pages: pd.DataFrame, threshold: Threshold) -> pd.Series:
    r"""Give the reach per follower of a month of posts from which stopping would hurt.

    Parameters
    ----------
    pages, threshold
        As in `others_must_reach`.

    Returns
    -------
    pandas.Series of float
        :math:`a P / (u F)` with :math:`a` the upper threshold, :math:`P` the target group,
        :math:`F` the followers and :math:`u` the largest share that other channels may leave
        unreached; over 1 where more people than all followers are needed. NaN where target group or
        followers are unknown, or other channels reach everyone.
    """
    reachable = pages["not_otherwise_high"] * pages["followers"]
    wanted = threshold.above * pages["target_group_size"].where(pages["target_group_size"] > 0)
    return wanted / reachable.where(reachable > 0)
