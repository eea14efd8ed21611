"""What goes if the organic posts of a page stop: the people whom nothing else reaches.

Every page stands here with its own target group, also where other pages share it: the question is
whether this page should stop.
"""

from __future__ import annotations

import pandas as pd

from analysis.audience.groups import with_loss
from analysis.audience.reach import Reach
from analysis.study import Threshold

NOTHING, EVERYONE = 0.0, 1.0


def losses(reach: Reach) -> pd.DataFrame:
    """Bound for every page which share of its target group hears less when its posts stop.

    Everyone reached is taken to belong to the target group. How many people both the posts and
    other channels reach is bounded and not guessed (`analysis.audience.groups.with_loss`).

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
        - ``otherwise_low``, ``otherwise_high``: the share that they reach; 0 and 1 where that is
          not known;
        - ``not_otherwise_low``, ``not_otherwise_high``: the share that they do not reach;
        - ``loss_low``, ``loss_high``, ``loss_if_alike_low``, ``loss_if_alike_high``: as `with_loss`
          gives them.
    """
    pages = reach.pages
    size = pages["target_group_size"].where(pages["target_group_size"] > 0)
    shares = {
        f"share_{end}": (pages[f"month_{end}"] / size).clip(upper=EVERYONE)
        for end in ("low", "high")
    }
    otherwise_low = pages["reached_otherwise_low"].fillna(NOTHING)
    otherwise_high = pages["reached_otherwise_high"].fillna(EVERYONE)
    both = pages[["reached_otherwise_low", "reached_otherwise_high"]]
    return with_loss(
        pages.assign(
            **shares,
            otherwise_known=both.notna().all(axis="columns"),
            otherwise_low=otherwise_low,
            otherwise_high=otherwise_high,
            not_otherwise_low=1 - otherwise_high,
            not_otherwise_high=1 - otherwise_low,
        )
    )


def others_must_reach(pages: pd.DataFrame, threshold: Threshold) -> pd.Series:
    r"""Give the share that other channels must reach for a small loss, whomever they reach.

    Parameters
    ----------
    pages : pandas.DataFrame
        As `losses` gives them.
    threshold : Threshold
        Of the loss.

    Returns
    -------
    pandas.Series of float
        :math:`1 - b` with :math:`b` the lower threshold; 0 where the whole audience of a month is
        smaller than that. NaN where the audience is not known.
    """
    audience = pages["share_high"]
    needed = pd.Series(1 - threshold.below, pages.index).where(audience >= threshold.below, 0.0)
    return needed.where(audience.notna())


def others_must_reach_if_alike(pages: pd.DataFrame, threshold: Threshold) -> pd.Series:
    r"""Give the same if other channels reach the posts' audience like everyone else.

    Returns
    -------
    pandas.Series of float
        :math:`1 - b / h` with :math:`h` the upper bound of the month's audience, at least 0.
    """
    return (1 - threshold.below / pages["share_high"]).clip(lower=0)


def hurts_from(pages: pd.DataFrame, threshold: Threshold) -> pd.Series:
    r"""Give the reach per follower of a month of posts under which stopping cannot hurt.

    Parameters
    ----------
    pages, threshold
        As in `others_must_reach`.

    Returns
    -------
    pandas.Series of float
        :math:`a P / F` with :math:`a` the upper threshold, :math:`P` the target group and
        :math:`F` the followers; over 1 where more people than all followers are needed. NaN where
        target group or followers are unknown, and where other channels leave so few people that no
        reach makes it hurt.
    """
    wanted = threshold.above * pages["target_group_size"].where(pages["target_group_size"] > 0)
    needed = wanted / pages["followers"].where(pages["followers"] > 0)
    return needed.where(pages["not_otherwise_high"] > threshold.above)
