"""What not to do, shown on the reader's own data: tests that take posts for independent.

Pages are dealt out to tiers at random, so that there is no difference to be found. A test that
keeps its promise then finds one in five shuffles out of a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import FloatArray, IntArray, page_columns
from analysis.inference.permutation import SEED, random_memberships

ALPHA = 0.05
N_SHUFFLES = 2_000
_SMALLEST_VARIANCE = 1e-12


@dataclass(frozen=True)
class FalseAlarms:
    """How often tiers put together at random "differ".

    Attributes
    ----------
    by_posts : Estimate
        Share of shuffles with p under .05 when every post is an observation.
    by_pages : Estimate
        The same when every page is one.
    """

    by_posts: Estimate
    by_pages: Estimate


def false_alarms(
    values: ArrayLike, pages: ArrayLike, *, sizes: Sequence[int], n_shuffles: int = N_SHUFFLES
) -> FalseAlarms:
    """Shuffle the tiers of pages and count how often a test says that they differ.

    Parameters
    ----------
    values : array_like of float, shape (n_posts,)
        One number per post, best on a log scale.
    pages : array_like, shape (n_posts,)
        The page of each post.
    sizes : sequence of int
        Pages per tier, as many in all as there are pages.
    n_shuffles : int
        How many random tiers to try.

    Returns
    -------
    FalseAlarms
        Shares of shuffles, with an interval for the limited number of shuffles. Not estimable when
        there are fewer than two tiers, or one has fewer than two pages.

    Raises
    ------
    ValueError
        When values and pages have different lengths or a value is missing.

    Notes
    -----
    Welch's F with its F distribution, over posts and over page means. Welch 1951,
    doi:10.1093/biomet/38.3-4.330. The interval is Clopper and Pearson's.
    """
    (numbers,) = page_columns(values=values)
    names, page_of_post = np.unique(np.asarray(pages), return_inverse=True)
    basis = Basis(
        n_pages=len(names),
        n_posts=len(numbers),
        unit="share of shuffles",
        method=f"Welch's F on {n_shuffles:,} random tiers, exact binomial interval",
    )
    if len(sizes) < 2 or min(sizes) < 2:
        nothing = basis.nothing("it takes two tiers of at least two pages each")
        return FalseAlarms(nothing, nothing)
    drawn = random_memberships(sizes, n_shuffles, np.random.default_rng(SEED))
    members = np.stack([*drawn, 1 - np.sum(drawn, axis=0)])
    centred = numbers - numbers.mean()
    return FalseAlarms(
        by_posts=_share_of_alarms(_post_sums(centred, page_of_post), members, basis),
        by_pages=_share_of_alarms(_mean_sums(centred, page_of_post), members, basis),
    )


def _post_sums(values: FloatArray, page_of_post: IntArray) -> FloatArray:
    """Per page: number, sum and sum of squares of its posts."""
    weights = (np.ones_like(values), values, values**2)
    return np.stack([np.bincount(page_of_post, weight) for weight in weights])


def _mean_sums(values: FloatArray, page_of_post: IntArray) -> FloatArray:
    """Per page: one observation, its mean."""
    posts, sums, _ = _post_sums(values, page_of_post)
    means = sums / posts
    return np.stack([np.ones_like(means), means, means**2])


def _share_of_alarms(sums: FloatArray, members: FloatArray, basis: Basis) -> Estimate:
    """Test every shuffle at once; ``members`` has shape (n_tiers, n_shuffles, n_pages)."""
    n, total, squares = (members @ column for column in sums)
    alarms = int(np.count_nonzero(_welch_p(n, total, squares) < ALPHA))
    interval = stats.binomtest(alarms, members.shape[1]).proportion_ci(basis.level)
    return basis.interval(alarms / members.shape[1], interval.low, interval.high)


def _welch_p(n: FloatArray, total: FloatArray, squares: FloatArray) -> FloatArray:
    """P of Welch's F for tiers (rows) in many shuffles (columns)."""
    means = total / n
    variances = np.maximum((squares - n * means**2) / (n - 1), _SMALLEST_VARIANCE)
    weights = n / variances
    shares = weights / weights.sum(axis=0)
    k = len(n)
    between = np.sum(weights * (means - np.sum(shares * means, axis=0)) ** 2, axis=0) / (k - 1)
    imbalance = np.sum((1 - shares) ** 2 / (n - 1), axis=0)
    f = between / (1 + 2 * (k - 2) / (k**2 - 1) * imbalance)
    return np.asarray(stats.f.sf(f, k - 1, (k**2 - 1) / (3 * imbalance)))
