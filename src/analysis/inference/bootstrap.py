"""Resampling whole pages, for what has no better interval: quantiles of posts, Gini, sums.

Percentile intervals over 6 to 20 pages cover .83 to .93 at a nominal .95, so every one here is
labelled approximate. Where `one_tier` or `comparison` has an interval, that one is better.

A resample is a row of weights: how often each page is drawn. Posts are summed or counted per page
once; no post is ever copied.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import FEWEST_PAGES, NO_PAGE, FloatArray, IntArray, page_values

RESAMPLES = 10_000
SEED = 1

_ROWS_AT_ONCE = 1024
_WEIGHTS_AT_ONCE = 4_000_000
_ROUNDING = 1e-9
_LARGEST_EXACT_FLOAT32 = 2**24


def page_weights(n_pages: int, n_resamples: int = RESAMPLES, *, seed: int = SEED) -> IntArray:
    """Draw pages with replacement: how often each page is in each resample.

    Returns
    -------
    array of int, shape (n_resamples, n_pages)
        Every row sums to ``n_pages``.
    """
    return np.concatenate(list(page_weights_in_parts(n_pages, n_resamples, seed=seed)))


def page_weights_in_parts(
    n_pages: int, n_resamples: int = RESAMPLES, *, seed: int = SEED
) -> Iterator[IntArray]:
    """Draw the rows of `page_weights` some at a time, so that memory does not grow with pages."""
    rng = np.random.default_rng(seed)
    at_once = max(1, _WEIGHTS_AT_ONCE // max(n_pages, 1))
    for first in range(0, n_resamples, at_once):
        rows = min(at_once, n_resamples - first)
        drawn = rng.integers(n_pages, size=(rows, n_pages))
        drawn += n_pages * np.arange(rows)[:, np.newaxis]
        yield np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape)


def bootstrap_sums(
    sums: ArrayLike,
    statistic: Callable[[FloatArray], FloatArray],
    *,
    n_posts: int,
    unit: str,
    level: float = 0.95,
) -> Estimate:
    """Estimate any function of sums over pages.

    Parameters
    ----------
    sums : array_like of float, shape (n_pages, n_columns)
        What is summed, per page.
    statistic : callable
        Takes sums over pages, shape (n, n_columns), and gives n values:
        ``lambda total: total[:, 0] / total[:, 1]``.
    n_posts : int
    unit : str
    level : float, default 0.95

    Returns
    -------
    Estimate
        Without an interval with fewer than 6 pages, or when the statistic does not exist in
        every resample; not estimable when it does not exist for the pages themselves.

    Raises
    ------
    ValueError
        When ``sums`` is not a table of finite numbers.
    """
    table = np.asarray(sums, dtype=float)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ValueError("sums: a table of finite numbers is needed, one row per page")
    basis = Basis(
        n_pages=len(table),
        n_posts=n_posts,
        unit=unit,
        level=level,
        method="percentile bootstrap over pages",
        approximate=True,
    )
    if len(table) == 0:
        return basis.nothing(NO_PAGE)

    def of_weights(weights: FloatArray) -> FloatArray:
        return statistic(weights @ table)

    return _percentile_interval(of_weights, basis)


def bootstrap_post_quantile(
    values: ArrayLike,
    pages: ArrayLike,
    *,
    quantile: float = 0.5,
    unit: str,
    level: float = 0.95,
) -> Estimate:
    r"""Estimate a quantile of all posts, resampling the pages they stand on.

    Parameters
    ----------
    values : array_like of float, shape (n_posts,)
        One number per post.
    pages : array_like, shape (n_posts,)
        The page of each post.
    quantile : float, default 0.5
        .5 for the median.
    unit : str
    level : float, default 0.95

    Returns
    -------
    Estimate
        The smallest value that at least this share of posts does not exceed. Without an interval
        with fewer than 6 pages.

    Raises
    ------
    ValueError
        As `page_values`, when there is not one page for each post, and when the quantile is not
        between 0 and 1.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"quantile: a share between 0 and 1 is needed, not {quantile}")
    posts = PostsByPage.of(values, pages)
    basis = _basis(posts, unit, level, "quantile of all posts, percentile bootstrap over pages")
    if posts.n_posts == 0:
        return basis.nothing(NO_PAGE)
    return _percentile_interval(lambda weights: posts.quantiles(weights, quantile), basis)


def bootstrap_gini(
    values: ArrayLike, pages: ArrayLike, *, unit: str = "Gini", level: float = 0.95
) -> Estimate:
    r"""Estimate the Gini coefficient of all posts, resampling the pages they stand on.

    Parameters
    ----------
    values : array_like of float, shape (n_posts,)
        A count per post, not negative. For the Gini over pages: a sum per page.
    pages : array_like, shape (n_posts,)
        The page of each post.
    unit : str, default "Gini"
    level : float, default 0.95

    Returns
    -------
    Estimate
        0 when all posts have the same count, towards 1 when one has all. Not estimable when every
        count is zero; without an interval with fewer than 6 pages.

    Raises
    ------
    ValueError
        As `page_values`, when there is not one page for each post, and when a count is negative.

    Notes
    -----
    :math:`G = \sum_{i,j} |x_i - x_j| / (2 n \sum_i x_i)` over :math:`n` posts. Dixon et al. 1987,
    doi:10.2307/1939238. The sum of differences between the posts of two pages is computed once for
    every two pages; a resample then is a quadratic form in its weights.
    """
    posts = PostsByPage.of(values, pages)
    basis = _basis(posts, unit, level, "Gini of all posts, percentile bootstrap over pages")
    if posts.n_posts == 0:
        return basis.nothing(NO_PAGE)
    if posts.values[0] < 0:
        raise ValueError("values: a Gini coefficient needs counts that are not negative")
    return _percentile_interval(posts.gini_of, basis)


@dataclass(frozen=True)
class PostsByPage:
    """Posts counted per page, so that resampling pages needs no posts any more.

    Attributes
    ----------
    values : array of float, shape (n_values,)
        The different values that posts have, ascending.
    up_to : array of float, shape (n_values, n_pages)
        How many posts of each page have at most each value. Four bytes each; eight where sums of
        counts would not be exact in four.
    """

    values: FloatArray
    up_to: NDArray[np.floating[Any]]

    @classmethod
    def of(cls, values: ArrayLike, pages: ArrayLike) -> Self:
        """Count posts. Raises ValueError as `page_values`, or for another number of pages."""
        numbers = page_values(values, "values")
        names, page = np.unique(np.asarray(pages), return_inverse=True)
        if page.shape != numbers.shape:
            raise ValueError(f"pages: one for each of the {len(numbers)} posts is needed")
        different, place = np.unique(numbers, return_inverse=True)
        shape = (len(different), len(names))
        counts = np.bincount(place * len(names) + page, minlength=math.prod(shape)).reshape(shape)
        up_to = np.cumsum(counts, axis=0)
        largest_total = len(names) * up_to[-1:].max(initial=0)
        exact = np.float32 if largest_total < _LARGEST_EXACT_FLOAT32 else np.float64
        return cls(different, up_to.astype(exact))

    @property
    def n_pages(self) -> int:
        """Number of pages."""
        return self.up_to.shape[1]

    @property
    def n_posts(self) -> int:
        """Number of posts."""
        return int(self.up_to[-1:].sum())

    def quantiles(self, weights: FloatArray, quantile: float) -> FloatArray:
        """Find a quantile of all posts in each resample, shape (n_resamples,)."""
        chunks = range(0, len(weights), _ROWS_AT_ONCE)
        found = [self._quantiles(weights[i : i + _ROWS_AT_ONCE], quantile) for i in chunks]
        return np.concatenate(found)

    def _quantiles(self, weights: FloatArray, quantile: float) -> FloatArray:
        """Halve the range of values until one is left, for all resamples at once."""
        drawn = weights.astype(self.up_to.dtype)
        needed = np.ceil(quantile * (weights @ self.up_to[-1]) - _ROUNDING)
        low = np.zeros(len(drawn), dtype=np.int64)
        high = np.full(len(drawn), len(self.values) - 1)
        while (low < high).any():
            middle = (low + high) // 2
            enough = np.einsum("ij,ij->i", self.up_to[middle], drawn) >= needed
            high = np.where(enough, middle, high)
            low = np.where(enough, low, middle + 1)
        return self.values[high]

    def gini_of(self, weights: FloatArray) -> FloatArray:
        """Gini coefficient of all posts in each resample, shape (n_resamples,)."""
        differences = self._differences_between_pages()
        total = weights @ (np.diff(self.up_to, axis=0, prepend=0).T @ self.values)
        n_posts = weights @ self.up_to[-1]
        return np.sum(weights @ differences * weights, axis=1) / (2 * n_posts * total)

    def _differences_between_pages(self) -> FloatArray:
        """Sum of the differences between the posts of every two pages, shape (n_pages, n_pages).

        Two posts differ by the gaps between neighbouring values that lie between them.
        """
        gaps = np.diff(self.values)[:, np.newaxis]
        below, above = self.up_to[:-1].astype(float), (self.up_to[-1] - self.up_to[:-1])
        one_way = (gaps * below).T @ above
        return one_way + one_way.T


def _percentile_interval(
    replicates_of: Callable[[FloatArray], FloatArray], basis: Basis
) -> Estimate:
    """Estimate what ``replicates_of`` makes of page weights, with its percentile interval."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = replicates_of(np.ones((1, basis.n_pages)))[0]
        if not np.isfinite(value):
            return basis.nothing("for these pages it does not exist")
        if basis.n_pages < FEWEST_PAGES:
            return basis.value_alone(value, f"resampling takes at least {FEWEST_PAGES} pages")
        parts = page_weights_in_parts(basis.n_pages)
        replicates = np.concatenate([replicates_of(part.astype(float)) for part in parts])
    if not np.isfinite(replicates).all():
        return basis.value_alone(value, "in some resamples of the pages it does not exist")
    low, high = np.quantile(replicates, [(1 - basis.level) / 2, (1 + basis.level) / 2])
    if low == high:
        return basis.value_alone(value, "resamples of the pages do not differ")
    return basis.interval(value, low, high)


def _basis(posts: PostsByPage, unit: str, level: float, method: str) -> Basis:
    return Basis(
        n_pages=posts.n_pages,
        n_posts=posts.n_posts,
        unit=unit,
        level=level,
        method=method,
        approximate=True,
    )
