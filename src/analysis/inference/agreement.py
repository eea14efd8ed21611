"""How well people who code the same posts agree, beyond what chance would give."""

from __future__ import annotations

import krippendorff
import numpy as np
from numpy.typing import ArrayLike

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import FloatArray

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
    Alpha-Reliability", https://repository.upenn.edu/handle/20.500.14332/2089. The interval takes
    the quantiles over 500 samples of as many posts, drawn from these with replacement.
    """
    matrix = np.asarray(codes, dtype=float)
    compared = matrix[:, (~np.isnan(matrix)).sum(axis=0) >= 2]
    basis = Basis(
        n_pages=n_pages,
        n_posts=compared.shape[1],
        unit=unit,
        level=level,
        method="Krippendorff's alpha, nominal; quantiles over resampled posts",
        approximate=True,
    )
    if compared.shape[1] == 0:
        return basis.nothing("not measured: no post was coded twice")
    if not _varies(compared):
        return basis.nothing("all codes are the same, so that chance cannot be told from agreement")
    replicates = _replicates(compared)
    if replicates is None:
        return basis.value_alone(_alpha(compared), "too few posts have another code than the rest")
    low, high = np.quantile(replicates, [(1 - level) / 2, (1 + level) / 2])
    return basis.interval(_alpha(compared), low, high)


def _alpha(codes: FloatArray) -> float:
    return float(krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal"))


def _varies(codes: FloatArray) -> bool:
    return len(np.unique(codes[~np.isnan(codes)])) > 1


def _replicates(codes: FloatArray) -> FloatArray | None:
    """Alpha of each resample of posts; None when some resample holds one code only."""
    n_posts = codes.shape[1]
    drawn = np.random.default_rng(_SEED).integers(n_posts, size=(_RESAMPLES, n_posts))
    resamples = [codes[:, posts] for posts in drawn]
    if not all(_varies(resample) for resample in resamples):
        return None
    return np.array([_alpha(resample) for resample in resamples])
