"""How large audiences are together, between bounds.

The same people may see two pages, or two posts of one page. How many do is in no public export, so
it is bounded and not guessed: nothing here has a value in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import NO_PAGE, FloatArray, page_columns, page_values

TARGET_GROUP_SHARE = "share of the target group"
FOLLOWER_SHARE = "share of followers"
TARGET_GROUP_UNKNOWN = "not measured: the size of the target group is not known"
NO_POST = "not measured: there is no post to measure"
_ONLY_BOUNDS = "what lies between the bounds depends on overlap that was not measured"
_ARITHMETIC = "it follows from followers and target group alone, nothing is estimated"


@dataclass(frozen=True)
class BreakEven:
    """Reach per follower at which pages together reach a share of their target group.

    Attributes
    ----------
    apart : Estimate
        When nobody follows two of the pages: the lowest it can be.
    nested : Estimate
        When everyone follows the largest page too: the highest it can be.
    """

    apart: Estimate
    nested: Estimate


def break_even(followers: ArrayLike, target_group: float | None, threshold: float) -> BreakEven:
    r"""Find the reach per follower at which pages reach a share of their target group together.

    It comes before any estimate of reach because it needs none: where more than every follower
    would have to see a post, no reach that was ever measured is enough.

    Parameters
    ----------
    followers : array_like of float, shape (n_pages,)
        Followers of each page, :math:`F_i`.
    target_group : float or None
        People whom the pages want to reach, all together, :math:`P`; None when it is not known.
    threshold : float
        Share of the target group, :math:`s`.

    Returns
    -------
    BreakEven
        Shares of followers, without interval; over 1 where all followers are not enough.

    Raises
    ------
    ValueError
        As `pages.page_values`, for negative followers, for a target group of nobody, and for a
        threshold not between 0 and 1.

    Notes
    -----
    Apart :math:`sP / \sum F_i`, nested :math:`sP / \max F_i`. Twelve pages with 25,000 followers
    each must reach 60 % to 716 % of them for 1 % of 17.9 million people.
    """
    pages = page_values(followers, "followers")
    if (pages < 0).any():
        raise ValueError("followers: a count is negative")
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold: a share between 0 and 1 is needed, not {threshold}")
    wanted = None if target_group is None else threshold * _someone(target_group)
    return BreakEven(
        apart=_rate_needed(pages, pages.sum(), wanted, "nobody follows two pages"),
        nested=_rate_needed(pages, pages.max(initial=0), wanted, "all follow the largest page"),
    )


def _rate_needed(
    pages: FloatArray, audience: float, wanted: float | None, assumption: str
) -> Estimate:
    basis = Basis(
        n_pages=len(pages),
        n_posts=0,
        unit=FOLLOWER_SHARE,
        method=f"break-even reach per follower if {assumption}",
    )
    if len(pages) == 0:
        return basis.nothing(NO_PAGE)
    if wanted is None:
        return basis.nothing(TARGET_GROUP_UNKNOWN)
    if audience == 0:
        return basis.nothing("nobody follows these pages, so no reach per follower is enough")
    return basis.value_alone(wanted / audience, _ARITHMETIC)


def audiences_apart(
    low: ArrayLike,
    high: ArrayLike,
    target_groups: ArrayLike,
    *,
    n_posts: int,
    level: float = 0.95,
) -> Estimate:
    r"""Bound the joint audience of pages that have each a target group of their own.

    Gemeenten and provincies: who lives in one does not live in another.

    Parameters
    ----------
    low, high : array_like of float, shape (n_pages,)
        People reached by each page, at least :math:`l_i` and at most :math:`h_i`; the same where
        reach was measured.
    target_groups : array_like of float, shape (n_pages,)
        Size of each page's target group, :math:`P_i`.
    n_posts : int
        Posts behind it.
    level : float, default 0.95
        Level of the pages' own intervals.

    Returns
    -------
    Estimate
        Share of all target groups together: two bounds and no value.

    Raises
    ------
    ValueError
        As `pages.page_columns`, when bounds are negative or the wrong way round, and for a target
        group of nobody.

    Notes
    -----
    :math:`\sum \min(l_i, P_i) / \sum P_i` and :math:`\sum \min(h_i, P_i) / \sum P_i`. Sums of
    limits are wider than limits of the sum, unless all pages are wrong in the same direction.
    """
    lows, highs, groups = page_columns(low=low, high=high, target_groups=target_groups)
    _require_bounds(lows, highs)
    basis = Basis(
        n_pages=len(lows),
        n_posts=n_posts,
        unit=TARGET_GROUP_SHARE,
        level=level,
        method="audiences that cannot overlap: sums of the pages' limits",
    )
    if len(groups) == 0:
        return basis.nothing(NO_PAGE)
    everyone = sum(_someone(group) for group in groups)
    return basis.bounds_alone(
        np.minimum(lows, groups).sum() / everyone,
        np.minimum(highs, groups).sum() / everyone,
        "sums of limits have no value between them",
    )


def audiences_shared(
    low: ArrayLike,
    high: ArrayLike,
    target_group: float | None,
    *,
    n_posts: int,
    level: float = 0.95,
) -> Estimate:
    r"""Bound the joint audience of pages that want to reach the same people.

    Ministries: all of them speak to the country, which counts once.

    Parameters
    ----------
    low, high, n_posts, level
        As in `audiences_apart`.
    target_group : float or None
        Size of the target group they share, :math:`P`; None when it is not known.

    Returns
    -------
    Estimate
        Share of the target group: two bounds and no value.

    Raises
    ------
    ValueError
        As `audiences_apart`.

    Notes
    -----
    From :math:`\max l_i / P`, every audience within the largest, to
    :math:`\min(1, \sum h_i / P)`, no two with a person in common: the bounds of Fréchet 1935 and
    Boole on a union.
    """
    lows, highs = page_columns(low=low, high=high)
    basis = Basis(
        n_pages=len(lows),
        n_posts=n_posts,
        unit=TARGET_GROUP_SHARE,
        level=level,
        method="audiences that may overlap: from the largest lower limit to the sum of the upper",
    )
    return _union(basis, lows, highs, target_group, NO_PAGE)


def month_of_posts(
    low: ArrayLike, high: ArrayLike, target_group: float | None, *, level: float = 0.95
) -> Estimate:
    r"""Bound whom the posts of one page reach together in a month, or in any period.

    Where the page's own unique reach of the month is known, that is the answer and this is not
    needed.

    Parameters
    ----------
    low, high : array_like of float, shape (n_posts,)
        People reached by each post, at least and at most; the same where it was measured.
    target_group : float or None
        Size of the page's target group; None when it is not known.
    level : float, default 0.95
        Level of the posts' own intervals.

    Returns
    -------
    Estimate
        Share of the target group: two bounds and no value. Not measured without posts.

    Raises
    ------
    ValueError
        As `audiences_apart`.

    Notes
    -----
    From its best post, :math:`\max l_j / P`, to :math:`\min(1, \sum h_j / P)`.
    """
    lows, highs = page_columns(low=low, high=high)
    basis = Basis(
        n_pages=1,
        n_posts=len(lows),
        unit=TARGET_GROUP_SHARE,
        level=level,
        method="posts of one page: from its best post to the sum of its posts",
    )
    return _union(basis, lows, highs, target_group, NO_POST)


def _union(
    basis: Basis,
    lows: FloatArray,
    highs: FloatArray,
    target_group: float | None,
    reason_when_empty: str,
) -> Estimate:
    _require_bounds(lows, highs)
    if len(lows) == 0:
        return basis.nothing(reason_when_empty)
    if target_group is None:
        return basis.nothing(TARGET_GROUP_UNKNOWN)
    everyone = _someone(target_group)
    return basis.bounds_alone(
        min(1, lows.max() / everyone), min(1, highs.sum() / everyone), _ONLY_BOUNDS
    )


def _require_bounds(lows: FloatArray, highs: FloatArray) -> None:
    if (lows < 0).any() or (lows > highs).any():
        raise ValueError("low, high: people reached, the lower bound first")


def _someone(target_group: float) -> float:
    """Check that a target group has people in it."""
    if not target_group > 0 or np.isinf(target_group):
        raise ValueError(f"target_group: a number of people is needed, not {target_group}")
    return float(target_group)
