"""One number for a tier: its geometric mean rate, its typical page, its pooled rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.bounds import order_statistic_limits, too_few_pages
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.jackknife import log_pooled_rate, why_no_jackknife
from analysis.inference.pages import (
    NO_PAGE,
    counts_and_exposures,
    from_log,
    log_page_rates,
    page_values,
    why_no_interval,
)

ALL_ZERO = "every count is zero, so there is no rate to speak of"


def geometric_mean_rate(
    sums: ArrayLike, exposures: ArrayLike, *, n_posts: int, unit: str, level: float = 0.95
) -> Estimate:
    r"""Rate of a tier in which every page counts the same: the geometric mean of page rates.

    Parameters
    ----------
    sums, exposures : array_like of float, shape (n_pages,)
        Count of each page and what it is per; see `log_page_rates`.
    n_posts : int
        Posts behind the counts.
    unit : str
        For example ``interactions per 1,000 followers per post``.
    level : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Without an interval for fewer than `pages.FEWEST_PAGES`, or for pages that are all the
        same; not estimable when there is no page or when nothing was counted on any page.

    Raises
    ------
    ValueError
        As `pages.counts_and_exposures`.

    Notes
    -----
    :math:`\exp(\bar x \pm t_{n-1} s / \sqrt n)` over the log rates :math:`x_i` of :math:`n`
    pages with standard deviation :math:`s`.
    """
    logs = log_page_rates(sums, exposures)
    basis = Basis(
        n_pages=len(logs),
        n_posts=n_posts,
        unit=unit,
        level=level,
        method="geometric mean of the pages' rates, t interval on the log scale",
    )
    if len(logs) == 0:
        return basis.nothing(NO_PAGE)
    if not np.any(sums):
        return basis.nothing(ALL_ZERO)
    centre = logs.mean()
    if reason := why_no_interval(logs):
        return basis.value_alone(from_log(centre), reason)
    margin = _t_quantile(level, len(logs) - 1) * logs.std(ddof=1) / np.sqrt(len(logs))
    return basis.interval(*from_log([centre, centre - margin, centre + margin]))


def typical_page(values: ArrayLike, *, n_posts: int, unit: str, level: float = 0.95) -> Estimate:
    """Value of the median page, with an exact interval.

    Parameters
    ----------
    values : array_like of float, shape (n_pages,)
        One number per page, on any scale.
    n_posts, unit, level
        As in `geometric_mean_rate`.

    Returns
    -------
    Estimate
        Without an interval when there are too few pages for the level: 6 are needed at 95 %.

    Raises
    ------
    ValueError
        As `pages.page_values`.

    Notes
    -----
    The limits are two of the pages' own values, the c-th smallest and the c-th largest, with c the
    largest number for which fewer than c of n pages lie below the median with a probability of at
    most (1 - level)/2. No distribution is assumed; the interval covers at least its level.
    David & Nagaraja 2003, doi:10.1002/0471722162, section 7.1.
    """
    pages = page_values(values)
    basis = Basis(
        n_pages=len(pages),
        n_posts=n_posts,
        unit=unit,
        level=level,
        method="median page, exact interval from the ordered pages",
    )
    if len(pages) == 0:
        return basis.nothing(NO_PAGE)
    median = np.median(pages)
    limits = order_statistic_limits(pages, level)
    if limits is None:
        return basis.value_alone(median, too_few_pages(len(pages), level))
    return basis.interval(median, *limits)


def pooled_rate(
    sums: ArrayLike, exposures: ArrayLike, *, n_posts: int, unit: str, level: float = 0.95
) -> Estimate:
    r"""Rate of all pages thrown together, in which large pages count most.

    Parameters
    ----------
    sums, exposures, n_posts, unit, level
        As in `geometric_mean_rate`.

    Returns
    -------
    Estimate
        The interval is approximate. There is none for fewer than `pages.FEWEST_PAGES`, when
        nothing was counted, or when one page holds every count.

    Raises
    ------
    ValueError
        As `pages.counts_and_exposures`.

    Notes
    -----
    :math:`\sum S_i / \sum E_i`, which is also what a Poisson regression with the log exposure as
    offset estimates. The standard error on the log scale is the jackknife over pages; the t
    quantile has :math:`\max(m_\text{eff} - 1, 1)` degrees of freedom, with
    :math:`m_\text{eff} = (\sum E_i)^2 / \sum E_i^2` effective pages. In simulation with 6 to 30
    pages a ratio of two such rates covers .90 to .96 at a nominal .95.
    """
    counts, exposed = counts_and_exposures(sums, exposures)
    basis = Basis(
        n_pages=len(counts),
        n_posts=n_posts,
        unit=unit,
        level=level,
        approximate=True,
        method="pooled rate, jackknife over pages on the log scale",
    )
    if len(counts) == 0:
        return basis.nothing(NO_PAGE)
    rate = counts.sum() / exposed.sum()
    if reason := why_no_jackknife(counts, exposed):
        return basis.value_alone(rate, reason)
    pooled = log_pooled_rate(counts, exposed)
    margin = _t_quantile(level, pooled.degrees_of_freedom) * pooled.error
    return basis.interval(rate, *from_log([pooled.value - margin, pooled.value + margin]))


def _t_quantile(level: float, degrees_of_freedom: float) -> float:
    """How many standard errors a two-sided interval reaches to either side."""
    return float(stats.t.ppf((1 + level) / 2, degrees_of_freedom))
