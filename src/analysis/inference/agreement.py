"""How well people who code the same posts agree, beyond what chance would give."""

from __future__ import annotations

import krippendorff
import numpy as np
from numpy.typing import ArrayLike

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import FloatArray, IntArray

ENOUGH = 0.67
"""Alpha from which conclusions may rest on a code: Krippendorff's limit for tentative ones."""

_RESAMPLES = 500
_SEED = 1


def krippendorff_alpha(
    codes: ArrayLike, *, n_pages: int, unit: str = "Krippendorff's alpha", level: float = 0.95
) -> Estimate:
    r"""Agreement of several coders on a nominal code, corrected for chance.

    Parameters
    ----------
    codes : array_like of float, shape (n_coders, n_posts)
        A number per class; NaN where a coder left a post out. For the alpha of one class, 1 where
        a coder gave it and 0 where another.
    n_pages : int
        Pages of these posts.
    unit : str
    level : float, default 0.95

    Returns
    -------
    Estimate
        1 when all agree, 0 when they agree no more than chance would, below 0 when less.
        ``n_posts`` counts the posts that two or more coded. Not estimable without such posts, or
        when every code is the same. The interval is approximate.

    Notes
    -----
    :math:`\alpha = 1 - D_o / D_e`, observed over expected disagreement, as the library
    ``krippendorff`` computes it. Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", https://repository.upenn.edu/asc_papers/43. The interval takes
    the quantiles over 500 samples of as many posts, drawn from these with replacement.
    """
    matrix = np.asarray(codes, dtype=float)
    given = _times_given(matrix[:, (~np.isnan(matrix)).sum(axis=0) >= 2])
    basis = Basis(
        n_pages=n_pages,
        n_posts=len(given),
        unit=unit,
        level=level,
        method="Krippendorff's alpha, nominal; quantiles over resampled posts",
        approximate=True,
    )
    if len(given) == 0:
        return basis.nothing("not measured: no post was coded twice")
    if not _varies(given):
        return basis.nothing("all codes are the same, so that chance cannot be told from agreement")
    replicates = _replicates(given)
    if replicates is None:
        return basis.value_alone(_alpha(given), "too few posts have another code than the rest")
    low, high = np.quantile(replicates, [(1 - level) / 2, (1 + level) / 2])
    return basis.interval(_alpha(given), low, high)


def _times_given(codes: FloatArray) -> IntArray:
    """How often each class was given to each post, shape (n_posts, n_classes)."""
    names = np.unique(codes[~np.isnan(codes)])
    return (codes[:, :, np.newaxis] == names).sum(axis=0)


def _alpha(given: IntArray) -> float:
    return float(krippendorff.alpha(value_counts=given, level_of_measurement="nominal"))


def _varies(given: IntArray) -> bool:
    return int((given.sum(axis=0) > 0).sum()) > 1


def _replicates(given: IntArray) -> FloatArray | None:
    """Alpha of each resample of posts; None when some resample holds one code only."""
    random = np.random.default_rng(_SEED)
    resamples = given[random.integers(len(given), size=(_RESAMPLES, len(given)))]
    if not all(_varies(resample) for resample in resamples):
        return None
    return np.array([_alpha(resample) for resample in resamples])
