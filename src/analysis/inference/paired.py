"""Some posts of a page against its other posts, so that what differs between pages drops out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import (
    HALF,
    NO_PAGE,
    BoolArray,
    FloatArray,
    IntArray,
    counts_and_exposures,
    from_log,
    measured,
    page_columns,
    why_no_interval,
)

FEWEST_POSTS = 5
"""Posts that a page needs on both sides."""

METHOD = "geometric mean of the pages' own ratios, t interval on the log scale"
NO_PAIR = f"no page has {FEWEST_POSTS} such posts and {FEWEST_POSTS} others"


def paired_rate_ratio(
    counts: ArrayLike,
    exposures: ArrayLike,
    pages: ArrayLike,
    chosen: ArrayLike,
    *,
    level: float = 0.95,
    of: str = "pages",
) -> Estimate:
    r"""Rate of chosen posts over the rate of the other posts of the same page, in the mean page.

    Parameters
    ----------
    counts, exposures : array_like of float, shape (n_posts,)
        Interactions of each post and what they are per: followers in thousands, or 1.
    pages : array_like, shape (n_posts,)
        Page of each post.
    chosen : array_like of bool, shape (n_posts,)
        The posts that are held against the others.
    level : float, default 0.95
    of : str, default "pages"
        What ``pages`` names: pages, or organisations.

    Returns
    -------
    Estimate
        A ratio, with the p-value of "no difference". Pages with fewer than five posts on either
        side are left out; ``n_posts`` counts the chosen posts of the others. Without interval and
        p for fewer than `pages.FEWEST_PAGES`.

    Raises
    ------
    ValueError
        As `pages.counts_and_exposures`, and when the columns differ in length.

    Notes
    -----
    Per page, :math:`d_i = \tilde x_{i1} - \tilde x_{i0}`, and
    :math:`\exp(\bar d \pm t_{n-1} s / \sqrt n)` over the pages. :math:`\tilde x` is the jackknife
    over the page's posts of :math:`\log((S + 1/2) / E)`: a few posts carry most interactions, so
    that the log rate of few posts is too low on average, and the side with fewer posts would seem
    to get less. Without it the interval of a purpose with one post in twenty covers .82 over 47
    pages; with it .95 (``benchmarks/calibration/paired.py``). Quenouille 1956,
    doi:10.1093/biomet/43.3-4.353.
    """
    counted, exposed = counts_and_exposures(counts, exposures)
    names, page = np.unique(np.asarray(pages), return_inverse=True)
    is_chosen = np.asarray(chosen, dtype=bool)
    if not len(counted) == len(page) == len(is_chosen):
        raise ValueError("counts, pages and chosen: one of each for every post is needed")
    n_posts, of_chosen = _log_rates(counted, exposed, page, len(names), is_chosen)
    _, of_others = _log_rates(counted, exposed, page, len(names), ~is_chosen)
    both = measured(of_chosen, of_others)
    differences = of_chosen[both] - of_others[both]
    basis = Basis(
        n_pages=len(differences),
        n_posts=int(n_posts[both].sum()),
        unit="ratio",
        level=level,
        method=METHOD,
    )
    if len(names) == 0:
        return basis.nothing(NO_PAGE)
    if len(differences) == 0:
        return basis.nothing(NO_PAIR)
    return _mean_ratio(differences, basis, of)


def paired_value_ratio(
    chosen: ArrayLike,
    others: ArrayLike,
    *,
    n_posts: int,
    level: float = 0.95,
    of: str = "pages",
) -> Estimate:
    r"""Ratio of two numbers of the same page or organisation, in the mean one.

    Parameters
    ----------
    chosen, others : array_like of float, shape (n_pages,)
        Both numbers of each, above zero.
    n_posts : int
        The posts behind them.
    level, of
        As in `paired_rate_ratio`.

    Returns
    -------
    Estimate
        :math:`\exp(\bar d \pm t_{n-1} s / \sqrt n)` over the log ratios :math:`d_i`. Without
        interval and p for fewer than `pages.FEWEST_PAGES` pairs.

    Raises
    ------
    ValueError
        As `pages.page_columns`, and when a number is not above zero.
    """
    first, second = page_columns(chosen=chosen, others=others)
    if (first <= 0).any() or (second <= 0).any():
        raise ValueError("chosen, others: a number that is not above zero has no ratio")
    basis = Basis(n_pages=len(first), n_posts=n_posts, unit="ratio", level=level, method=METHOD)
    if len(first) == 0:
        return basis.nothing(NO_PAGE)
    return _mean_ratio(np.log(first / second), basis, of)


def _mean_ratio(differences: FloatArray, basis: Basis, of: str) -> Estimate:
    """Give the ratio of which these are the pages' own, on the log scale."""
    centre = differences.mean()
    if reason := why_no_interval(differences, of):
        return basis.value_alone(from_log(centre), reason)
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    margin = stats.t.ppf((1 + basis.level) / 2, len(differences) - 1) * error
    p = 2 * stats.t.sf(abs(centre) / error, len(differences) - 1)
    value, low, high = from_log([centre, centre - margin, centre + margin])
    return basis.interval(value, low, high, p=p)


def _log_rates(
    counts: FloatArray, exposures: FloatArray, page: IntArray, n_pages: int, side: BoolArray
) -> tuple[IntArray, FloatArray]:
    """Posts on one side per page, and the page's jackknifed log rate; NaN with too few posts."""
    n = np.bincount(page[side], minlength=n_pages)
    kept = side & (n[page] >= FEWEST_POSTS)
    of, c, e = page[kept], counts[kept], exposures[kept]
    total, exposed = (np.bincount(of, column, minlength=n_pages) for column in (c, e))
    without_one = np.log((total[of] - c + HALF) / (exposed[of] - e))
    rates = np.full(n_pages, np.nan)
    has = np.unique(of)
    mean_without_one = np.bincount(of, without_one, minlength=n_pages)[has] / n[has]
    with_all = np.log((total[has] + HALF) / exposed[has])
    rates[has] = n[has] * with_all - (n[has] - 1) * mean_without_one
    return n, rates
