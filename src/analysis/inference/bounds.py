"""One-sided bounds for decisions: on the median page and on a share of pages.

A claim is decided by one bound at a time, so each bound holds at its own level. The `Estimate` that
carries the two has the level of the interval between them: two bounds at 95 % make an interval
of 90 %.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import NO_PAGE, FloatArray, page_values, takes_more


def typical_page_bounds(values: ArrayLike, *, level: float, n_posts: int, unit: str) -> Estimate:
    """Exact one-sided bounds on the median page.

    Parameters
    ----------
    values : array_like of float, shape (n_pages,)
        One number per page.
    level : float
        Level of each bound, over .5: ``1 - .05 / 3`` for three claims that are to hold together.
    n_posts : int
        Posts behind the numbers.
    unit : str

    Returns
    -------
    Estimate
        The median with its two bounds. Without bounds when there are fewer than
        ``minimum_pages(level)`` pages.

    Raises
    ------
    ValueError
        As `pages.page_values`, and when the level is not between .5 and 1.

    Notes
    -----
    The order statistics of `one_tier.typical_page`, with ``1 - level`` in one tail. At 95 % the
    upper bound is under a threshold when 10 of 12, 12 of 15 or 15 of 20 pages are.
    """
    pages = page_values(values)
    basis = one_sided_basis(
        n_pages=len(pages),
        n_posts=n_posts,
        unit=unit,
        level=level,
        method="median page, exact one-sided bounds from the ordered pages",
    )
    if len(pages) == 0:
        return basis.nothing(NO_PAGE)
    limits = order_statistic_limits(pages, basis.level)
    if limits is None:
        return basis.value_alone(np.median(pages), too_few_pages(len(pages), basis.level))
    return basis.interval(np.median(pages), *limits)


def minimum_pages(level: float) -> int:
    """Fewest pages for which the median page has a one-sided bound at this level.

    The smallest n with ``.5**n <= 1 - level``: 5 pages at 95 %, 6 at ``1 - .05 / 3`` and at 97.5 %,
    which is each side of a two-sided interval at 95 %.
    """
    _require_level(level)
    return math.ceil(-math.log2(1 - level))


def order_statistic_limits(pages: FloatArray, level: float) -> tuple[float, float] | None:
    """Two-sided limits of the median from the ordered pages; None when there are too few."""
    ascending = np.sort(pages)
    fewer_below = stats.binom.cdf(np.arange(len(pages)), len(pages), 0.5)
    position = np.count_nonzero(fewer_below <= (1 - level) / 2)
    if position == 0:
        return None
    return ascending[position - 1], ascending[-position]


def too_few_pages(n_pages: int, level: float) -> str:
    """Say how many pages the median needs for a two-sided interval at this level."""
    return takes_more(n_pages, minimum_pages((1 + level) / 2))


def page_share_bounds(
    holds: ArrayLike, *, level: float, n_posts: int, unit: str = "share of pages"
) -> Estimate:
    """Exact one-sided bounds on the share of pages for which something holds.

    The bound for what was not seen at all: of 12 pages none answers, so at most 22 % of such
    pages do.

    Parameters
    ----------
    holds : array_like of bool, shape (n_pages,)
        Whether it holds for each page.
    level : float
        Level of each bound, over .5.
    n_posts : int
        Posts behind it.
    unit : str, default "share of pages"

    Returns
    -------
    Estimate
        Share seen, with its two bounds.

    Raises
    ------
    ValueError
        As `pages.page_values`, when ``holds`` has other values than true and false, and when the
        level is not between .5 and 1.

    Notes
    -----
    Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404. With none of n pages the upper bound is
    ``1 - (1 - level)**(1 / n)``.
    """
    pages = page_values(holds, "holds")
    if not np.isin(pages, (0, 1)).all():
        raise ValueError("holds: true or false is needed for each page")
    basis = one_sided_basis(
        n_pages=len(pages),
        n_posts=n_posts,
        unit=unit,
        level=level,
        method="share of pages, exact one-sided binomial bounds",
    )
    if len(pages) == 0:
        return basis.nothing(NO_PAGE)
    test = stats.binomtest(int(pages.sum()), len(pages))
    interval = test.proportion_ci(basis.level, method="exact")
    return basis.interval(pages.mean(), interval.low, interval.high)


def one_sided_basis(*, n_pages: int, n_posts: int, unit: str, method: str, level: float) -> Basis:
    """Make the basis of two one-sided bounds, each at ``level``.

    Raises
    ------
    ValueError
        When the level is not between .5 and 1.
    """
    _require_level(level)
    return Basis(n_pages=n_pages, n_posts=n_posts, unit=unit, level=2 * level - 1, method=method)


def _require_level(level: float) -> None:
    if not 0.5 < level < 1:
        raise ValueError(f"level: a one-sided level lies between .5 and 1, not {level}")
