"""What the posts of a selection are for, found once for all that a notebook shows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.content.codes import POST_KEY, agreed, hand_codes
from analysis.content.rules import Dimension, by_rules, classes
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.multiplicity import with_adjusted_p
from analysis.inference.paired import paired_rate_ratio
from analysis.post_coding import Agreement, agreements
from analysis.selection import Selection
from analysis.study import ALL_TIERS

FOLLOWERS = "followers_at_posting"


@dataclass(frozen=True)
class Content:
    """A selection whose posts say what they are for and how they speak.

    Attributes
    ----------
    selection : Selection
        Its posts have the columns ``purpose`` and ``strategy``: the hand code where most coders of
        a post agree, else the class of the rules; missing for a post with neither text nor code.
    agreements : tuple of Agreement
        Per class, how well coders and rules agree on the coded posts of the whole study.
    n_by_hand : int
        Posts of this selection that have a hand code.
    """

    selection: Selection
    agreements: tuple[Agreement, ...]
    n_by_hand: int

    @property
    def measured(self) -> bool:
        """Whether any post has a purpose."""
        return bool(self.selection.posts["purpose"].notna().any())

    def agreement(self, dimension: Dimension, name: str) -> Agreement:
        """How well coders and rules agree on one class."""
        return next(a for a in self.agreements if (a.dimension, a.name) == (dimension, name))

    def posts_of(self, tier: str) -> pd.DataFrame:
        """Posts of one tier, or of all that are shown."""
        posts = self.selection.posts
        return posts if tier == ALL_TIERS else posts[posts["tier"] == tier]


def classify(selection: Selection) -> Content:
    """Find what the posts of a selection are for.

    The texts are read here and not before, so that reading a large export stays fast.
    """
    codes = hand_codes(selection.study, selection.root)
    codes = codes[codes["platform"] == selection.platform]
    posts = selection.posts
    found = by_rules(posts["message"])
    keys = pd.MultiIndex.from_frame(posts[list(POST_KEY)])
    by_hand = pd.DataFrame(
        {name: agreed(codes, name).reindex(keys).to_numpy() for name in classes()},
        index=posts.index,
    )
    return Content(
        replace(selection, study_posts=posts.assign(**by_hand.combine_first(found))),
        agreements(codes, selection.study_posts),
        int(by_hand.notna().any(axis="columns").sum()),
    )


def ratios_to_other_posts(
    content: Content, column: str, names: tuple[str, ...], count: str
) -> dict[str, Estimate]:
    """Compare the posts of each class with the other posts of the same page.

    Parameters
    ----------
    content : Content
    column : str
        ``purpose``, ``strategy`` or ``kind``.
    names : tuple of str
        The classes.
    count : str
        ``interactions`` or ``link_clicks``.

    Returns
    -------
    dict of str to Estimate
        The ratio of their counts per follower, or per post where followers are not known, with
        Holm's adjusted p over these classes.
    """
    posts, exposures = _with_exposure(content.selection.posts.dropna(subset=[column, count]))
    estimates = [_ratio(posts, exposures, posts[column] == name, count) for name in names]
    return dict(zip(names, with_adjusted_p(estimates), strict=True))


def _with_exposure(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Posts with what their counts are per: 1,000 followers, or a post."""
    if posts[FOLLOWERS].isna().all():
        return posts, pd.Series(1.0, index=posts.index)
    followed = posts[posts[FOLLOWERS] > 0]
    return followed, followed[FOLLOWERS] / 1000


def _ratio(posts: pd.DataFrame, exposures: pd.Series, chosen: pd.Series, count: str) -> Estimate:
    if posts.empty:
        return not_estimable(
            f"not measured: no post has a class and {count.replace('_', ' ')}",
            n_pages=0,
            n_posts=0,
            unit="ratio",
            method="geometric mean of the pages' own ratios",
        )
    return paired_rate_ratio(
        np.asarray(posts[count], dtype=float), exposures, posts["page_id"], chosen
    )
