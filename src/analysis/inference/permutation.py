"""Permutation tests: how often labels dealt out at random make tiers differ as much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

import numpy as np

from analysis.inference.pages import BoolArray, FloatArray

RANDOM_LABELLINGS = 9_999
MOST_ENUMERATED = 20_000

SEED = 1
"""Every test draws the same labellings, so that the same data give the same p."""

_LABELLINGS_AT_ONCE = 8_000
_TIE = 1e-9
_SMALLEST_VARIANCE = 1e-12


@dataclass(frozen=True)
class PermutationTest:
    """A statistic, its p-value, and what the p-value was counted over."""

    statistic: float
    p: float
    counted_over: str


def permuted_welch_test(groups: Sequence[FloatArray]) -> PermutationTest:
    r"""Test whether groups of pages have the same mean: Welch's F under permuted labels.

    Parameters
    ----------
    groups : sequence of arrays of float
        Two or more groups of at least two pages, not all with the same value.

    Returns
    -------
    PermutationTest
        Welch's F (the square of Welch's t for two groups), and the share of labellings whose F is
        as large or larger. The labelling that was observed is one of them: p is never zero.

    Notes
    -----
    F weighs each group by its own variance. That studentizing keeps the test right when groups
    differ in spread, where a permuted difference of means rejects a true null up to 17 % of the
    time; when labels can be exchanged the test is exact. Janssen 1997,
    doi:10.1016/S0167-7152(97)00043-6; Chung & Romano 2013, doi:10.1214/13-AOS1090.

    Two groups with at most 20,000 labellings are enumerated in full; otherwise 9,999 labellings
    are drawn, and the observed one is added.
    """
    smallest_first = sorted(groups, key=len)
    sizes = [len(group) for group in smallest_first]
    pages = _standardised(np.concatenate(smallest_first))
    observed = float(welch_f(_observed_memberships(sizes), pages, sizes)[0])
    if len(sizes) == 2 and math.comb(len(pages), sizes[0]) <= MOST_ENUMERATED:
        every = welch_f([every_membership(len(pages), sizes[0])], pages, sizes)
        p = float(np.mean(_as_large(every, observed)))
        return PermutationTest(observed, p, f"all {len(every):,} labellings of the pages")
    # Sorted, so that p does not depend on the order in which pages come.
    drawn = drawn_welch_f(np.sort(pages), sizes, RANDOM_LABELLINGS, np.random.default_rng(SEED))
    p = p_of_draws(observed, drawn)
    return PermutationTest(observed, p, f"{len(drawn):,} random labellings of the pages")


def p_of_draws(observed: float, drawn: FloatArray) -> float:
    """Share of statistics as large as the observed one, which counts among them itself."""
    return (1 + np.count_nonzero(_as_large(drawn, observed))) / (1 + len(drawn))


def welch_f(
    memberships: Sequence[FloatArray], pages: FloatArray, sizes: Sequence[int]
) -> FloatArray:
    r"""Welch's F for many labellings of the same pages at once.

    Parameters
    ----------
    memberships : sequence of arrays of float, each of shape (n_labellings, n_pages)
        For every group but the last: 1 where a page belongs to it, else 0.
    pages : array of float, shape (n_pages,)
        One number per page, centred so that sums of squares lose no digits.
    sizes : sequence of int
        Number of pages in each group, the last included.

    Returns
    -------
    array of float, shape (n_labellings,)

    Notes
    -----
    With means :math:`\bar x_k`, weights :math:`w_k = n_k / s_k^2` and
    :math:`\tilde x = \sum w_k \bar x_k / \sum w_k` over :math:`K` groups,

    .. math:: F = \frac{\sum w_k (\bar x_k - \tilde x)^2 / (K - 1)}
              {1 + \frac{2 (K - 2)}{K^2 - 1} \sum \frac{(1 - w_k / \sum w)^2}{n_k - 1}}

    Welch 1951, doi:10.1093/biomet/38.3-4.330. A group without any spread gets a variance of
    1e-12, so that a labelling that separates the groups perfectly counts as extreme.
    """
    n = np.array(sizes, dtype=float)[:, np.newaxis]
    sums = _group_sums(memberships, pages)
    squares = _group_sums(memberships, pages**2)
    means = sums / n
    variances = np.maximum((squares - n * means**2) / (n - 1), _SMALLEST_VARIANCE)
    weights = n / variances
    shares = weights / weights.sum(axis=0)
    between = np.sum(weights * (means - np.sum(shares * means, axis=0)) ** 2, axis=0)
    k = len(sizes)
    imbalance = np.sum((1 - shares) ** 2 / (n - 1), axis=0)
    return between / (k - 1) / (1 + 2 * (k - 2) / (k**2 - 1) * imbalance)


def _group_sums(memberships: Sequence[FloatArray], values: FloatArray) -> FloatArray:
    """Sum of each group in each labelling; the last group has what the others leave."""
    sums = [membership @ values for membership in memberships]
    return np.stack([*sums, values.sum() - np.sum(sums, axis=0)])


def drawn_welch_f(
    pages: FloatArray, sizes: Sequence[int], n_labellings: int, rng: np.random.Generator
) -> FloatArray:
    """Welch's F of random labellings, shape (n_labellings,); few at once, which stay in cache."""
    starts = range(0, n_labellings, _LABELLINGS_AT_ONCE)
    chunks = [min(_LABELLINGS_AT_ONCE, n_labellings - start) for start in starts]
    statistics = [welch_f(random_memberships(sizes, n, rng), pages, sizes) for n in chunks]
    return np.concatenate(statistics)


def every_membership(n_pages: int, size: int) -> FloatArray:
    """All ways to choose a group of ``size`` pages, one per row."""
    n_labellings = math.comb(n_pages, size)
    chosen = np.fromiter(chain.from_iterable(combinations(range(n_pages), size)), dtype=np.int64)
    membership = np.zeros((n_labellings, n_pages))
    np.put_along_axis(membership, chosen.reshape(n_labellings, size), 1, axis=1)
    return membership


def random_memberships(
    sizes: Sequence[int], n_labellings: int, rng: np.random.Generator
) -> list[FloatArray]:
    """Deal pages out to groups at random, many times.

    Every page draws a random key; the smallest keys are the first group, the next the second.

    Returns
    -------
    list of arrays of float, each of shape (n_labellings, n_pages)
        For every group but the last: 1 where a page belongs to it, else 0.
    """
    keys = rng.random((n_labellings, sum(sizes)))
    last_of_group = np.cumsum(sizes)[:-1] - 1
    highest_keys = np.partition(keys, last_of_group, axis=1)[:, last_of_group]
    up_to_group = [(keys <= highest[:, np.newaxis]).astype(float) for highest in highest_keys.T]
    return [up_to_group[0], *(b - a for a, b in pairwise(up_to_group))]


def _observed_memberships(sizes: Sequence[int]) -> list[FloatArray]:
    group_of_page = np.repeat(np.arange(len(sizes)), sizes)
    return [(group_of_page == k).astype(float)[np.newaxis] for k in range(len(sizes) - 1)]


def _standardised(values: FloatArray) -> FloatArray:
    return (values - values.mean()) / values.std()


def _as_large(statistics: FloatArray, observed: float) -> BoolArray:
    """Mark statistics that reach the observed one; rounding does not break a tie."""
    return statistics >= observed * (1 - _TIE) - _TIE
