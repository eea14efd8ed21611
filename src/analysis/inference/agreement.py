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


def krippendorff_alpha(codes: ArrayLike, pages: ArrayLike, *, level: float = 0.95) -> Estimate:
    r"""Agreement of several coders on a nominal code, corrected for chance.

    Parameters
    ----------
    codes : array_like of float, shape (n_coders, n_posts)
        A number per class; NaN where a coder left a post out. For the alpha of one class, 1 where
        a coder gave it and 0 where another.
    pages : array_like, shape (n_posts,)
        Page of each post.
    level : float, default 0.95

    Returns
    -------
    Estimate
        1 when all agree, 0 when they agree no more than chance would, below 0 when less.
        ``n_posts`` counts the posts that two or more coded, ``n_pages`` their pages. Not estimable
        without such posts, or when every code is the same. The interval is approximate; there is
        none for one page.

    Raises
    ------
    ValueError
        When there is not one page for every post.

    Notes
    -----
    :math:`\alpha = 1 - D_o / D_e`, observed over expected disagreement, as the library
    ``krippendorff`` computes it. Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", https://repository.upenn.edu/asc_papers/43. The interval takes
    the quantiles over 500 samples of as many pages, drawn from these with replacement with all
    their coded posts: posts of one page resemble each other.
    """
    matrix = np.asarray(codes, dtype=float)
    page_of_post = np.asarray(pages)
    if matrix.shape[1:] != page_of_post.shape:
        raise ValueError("codes and pages: one page for every post is needed")
    coded_twice = (~np.isnan(matrix)).sum(axis=0) >= 2
    given = _times_given(matrix[:, coded_twice])
    names, page = np.unique(page_of_post[coded_twice], return_inverse=True)
    basis = Basis(
        n_pages=len(names),
        n_posts=len(given),
        unit="Krippendorff's alpha",
        level=level,
        method="Krippendorff's alpha, nominal; quantiles over resampled pages",
        approximate=True,
    )
    if len(given) == 0:
        return basis.nothing("not measured: no post was coded twice")
    if not _varies(given):
        return basis.nothing("all codes are the same, so that chance cannot be told from agreement")
    if len(names) == 1:
        return basis.value_alone(_alpha(given), "the coded posts are of one page")
    replicates = _replicates(given, page)
    if replicates is None:
        return basis.value_alone(_alpha(given), "too few pages have another code than the rest")
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


def _replicates(given: IntArray, page: IntArray) -> FloatArray | None:
    """Alpha of each resample of pages; None when some resample holds one code only."""
    posts_of = [np.flatnonzero(page == one) for one in range(page.max() + 1)]
    random = np.random.default_rng(_SEED)
    drawn = random.integers(len(posts_of), size=(_RESAMPLES, len(posts_of)))
    resamples = [given[np.concatenate([posts_of[one] for one in pages])] for pages in drawn]
    if not all(_varies(resample) for resample in resamples):
        return None
    return np.array([_alpha(resample) for resample in resamples])
