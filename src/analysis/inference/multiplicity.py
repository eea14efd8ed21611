"""Several comparisons at once: p-values adjusted for their family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.estimate import Estimate
from analysis.inference.pages import FloatArray

SIGNIFICANT = 0.05
"""A p-value under this is told as a difference."""

Adjustment = Callable[[FloatArray], FloatArray]


def holm(p_values: ArrayLike) -> FloatArray:
    r"""Adjust p-values so that the chance of even one false finding stays at the level.

    Parameters
    ----------
    p_values : array_like of float, shape (n,)

    Returns
    -------
    array of float, shape (n,)
        In the order given.

    Notes
    -----
    :math:`\tilde p_{(i)} = \max_{j \le i} \min(1, (n - j + 1)\, p_{(j)})`. Holm 1979,
    https://www.jstor.org/stable/4615733.
    """
    p = np.asarray(p_values, dtype=float)
    ascending = np.argsort(p)
    multiplied = np.minimum(1, np.arange(len(p), 0, -1) * p[ascending])
    adjusted = np.empty_like(p)
    adjusted[ascending] = np.maximum.accumulate(multiplied)
    return adjusted


def benjamini_hochberg(p_values: ArrayLike) -> FloatArray:
    """Adjust p-values so that the expected share of false findings stays at the level.

    Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x; for many pages that are
    each held against their tier.
    """
    return np.asarray(stats.false_discovery_control(np.asarray(p_values, dtype=float)))


def with_adjusted_p(
    estimates: Sequence[Estimate], adjust: Adjustment = holm
) -> tuple[Estimate, ...]:
    """Give each estimate of a family its adjusted p; those without a p are no part of it.

    Parameters
    ----------
    estimates : sequence of Estimate
        The family.
    adjust : callable, default holm
        `holm` or `benjamini_hochberg`.
    """
    p_values = [estimate.p for estimate in estimates if estimate.p is not None]
    adjusted = iter(adjust(np.array(p_values)).tolist() if p_values else ())
    return tuple(
        estimate if estimate.p is None else replace(estimate, p_adjusted=next(adjusted))
        for estimate in estimates
    )
