"""Columns with one number per page: what every function of this library takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NO_PAGE = "not measured: there is no page to measure"
HALF = 0.5
"""Added to every count before its logarithm is taken, so that a page without reactions counts."""
FEWEST_PAGES = 6
"""Fewer pages have no interval: so many the median page needs at 95 %, and from there on the others
were tried against known truth. Two pages that happen to be alike would seem to settle everything.
"""

_LARGEST_EXPONENT = 700.0
_ROUNDING = 1e-12


def measured(*columns: ArrayLike) -> BoolArray:
    """Mark the pages on which every column was measured.

    This is the one place where pages that were not measured are left out:
    ``values[measured(values)]``. All other functions refuse a missing value.

    Parameters
    ----------
    *columns : array_like of float, shape (n_pages,)
        A missing value is NaN, None or pandas' NA.

    Returns
    -------
    array of bool, shape (n_pages,)
    """
    present = [~np.isnan(np.asarray(column, dtype=float)) for column in columns]
    return np.logical_and.reduce(present)


def page_values(column: ArrayLike, name: str = "values") -> FloatArray:
    """Check one column and give it as an array of float.

    Parameters
    ----------
    column : array_like of float, shape (n_pages,)
        One number per page.
    name : str, default "values"
        What messages call it.

    Raises
    ------
    ValueError
        When it is not one number per page, or holds a missing or infinite value.
    """
    array = np.asarray(column, dtype=float)
    if array.ndim != 1:
        raise ValueError(f"{name}: one number per page is needed, not {array.ndim} dimensions")
    missing = int(np.isnan(array).sum())
    if missing:
        raise ValueError(
            f"{name}: {missing} of {len(array)} pages were not measured; "
            "leave them out with measured() first"
        )
    if np.isinf(array).any():
        raise ValueError(f"{name}: infinite values")
    return array


def page_columns(**columns: ArrayLike) -> tuple[FloatArray, ...]:
    """Check columns that belong together and give them as arrays of float.

    Parameters
    ----------
    **columns : array_like of float, shape (n_pages,)
        One number per page; the names are used in messages.

    Raises
    ------
    ValueError
        As `page_values`, and when the columns are not equally long.
    """
    arrays = {name: page_values(column, name) for name, column in columns.items()}
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the columns have different numbers of pages: {lengths}")
    return tuple(arrays.values())


def counts_and_exposures(sums: ArrayLike, exposures: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Check a page's counts and what they are counted per.

    Raises
    ------
    ValueError
        As `page_columns`, and when a count is negative or an exposure is not above zero.
    """
    checked_sums, checked_exposures = page_columns(sums=sums, exposures=exposures)
    if (checked_sums < 0).any():
        raise ValueError("sums: a count is negative")
    if (checked_exposures <= 0).any():
        raise ValueError("exposures: a page without exposure has no rate; leave it out")
    return checked_sums, checked_exposures


def log_page_rates(sums: ArrayLike, exposures: ArrayLike) -> FloatArray:
    r"""Natural logarithm of each page's rate.

    Parameters
    ----------
    sums : array_like of float, shape (n_pages,)
        Count of the page over all its posts, :math:`S_i`: its interactions, for example.
    exposures : array_like of float, shape (n_pages,)
        What the count is per, summed over the same posts, :math:`E_i`: followers at posting
        divided by 1,000, for interactions per 1,000 followers per post.

    Returns
    -------
    array of float, shape (n_pages,)
        :math:`x_i = \log\frac{S_i + 1/2}{E_i}`. The half keeps a page without any reaction in
        the comparison; with 37 counts or more it moves a rate by less than 1.4 %.

    Raises
    ------
    ValueError
        As `counts_and_exposures`.
    """
    checked_sums, checked_exposures = counts_and_exposures(sums, exposures)
    return np.log((checked_sums + HALF) / checked_exposures)


def from_log(exponents: ArrayLike) -> FloatArray:
    """Take exponents back to rates or ratios.

    Two pages that differ wildly have limits beyond the largest float; those are cut there.
    """
    return np.exp(np.clip(exponents, -_LARGEST_EXPONENT, _LARGEST_EXPONENT))


def why_no_spread(values: FloatArray) -> str:
    """Say why the spread between pages cannot be estimated; empty when it can."""
    if len(values) < 2:
        return "one page does not show how much pages differ"
    if all_equal(values):
        return "all pages have the same value, which does not show how much pages differ"
    return ""


def why_no_interval(values: FloatArray, of: str = "pages") -> str:
    """Say why there is no interval over pages; empty when there is one.

    Parameters
    ----------
    values : array of float, shape (n_pages,)
    of : str, default "pages"
        What has these values: pages, or organisations.
    """
    if reason := why_no_spread(values):
        return reason
    return "" if len(values) >= FEWEST_PAGES else takes_more(len(values), FEWEST_PAGES, of)


def why_too_few_to_compare(*tiers: FloatArray) -> str:
    """Say why a comparison of tiers has no interval; empty when each has pages enough."""
    smallest = min(map(len, tiers))
    if smallest >= FEWEST_PAGES:
        return ""
    return f"an interval takes at least {FEWEST_PAGES} pages in each tier, and one has {smallest}"


def takes_more(n: int, needed: int, of: str = "pages") -> str:
    """Say how many pages an interval takes, and how many there are."""
    return f"an interval takes at least {needed} {of}, and there {'is' if n == 1 else 'are'} {n}"


def all_equal(values: FloatArray) -> bool:
    """Whether all values are the same, but for the rounding of rates and logarithms."""
    return bool(np.ptp(values) <= _ROUNDING * max(1.0, np.abs(values).max()))


def pages_by_tier(tiers: ArrayLike, order: Sequence[str], n_pages: int) -> dict[str, IntArray]:
    """Find the pages of each tier.

    Parameters
    ----------
    tiers : array_like of str, shape (n_pages,)
        Tier of each page.
    order : sequence of str
        All tiers, in the order in which they are shown; a tier may have no page.
    n_pages : int
        Length that ``tiers`` must have.

    Returns
    -------
    dict of str to array of int
        Positions of the tier's pages, in the order given.

    Raises
    ------
    ValueError
        When ``tiers`` has another length or names a tier that ``order`` does not have.
    """
    names = np.asarray(tiers, dtype=str)
    if names.shape != (n_pages,):
        raise ValueError(f"tiers: one name for each of the {n_pages} pages is needed")
    unknown = sorted(set(names.tolist()) - set(order))
    if unknown:
        raise ValueError(f"tiers: {unknown} not among {list(order)}")
    return {tier: np.flatnonzero(names == tier) for tier in order}
