"""Welch's difference of two means, which does not assume equal spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.inference.pages import FloatArray, all_equal

ONE_PAGE_IN_ONE = (
    "one of the two tiers has a single page, which does not show how much pages differ"
)
NO_SPREAD = "within both tiers all pages have the same value, so there is no spread to compare with"


@dataclass(frozen=True)
class WelchDifference:
    """Difference of two means, its standard error and Welch's degrees of freedom."""

    value: float
    error: float
    degrees_of_freedom: float

    def margin(self, level: float) -> float:
        """Half the width of the two-sided interval."""
        return float(stats.t.ppf((1 + level) / 2, self.degrees_of_freedom) * self.error)


def welch_difference(first: FloatArray, second: FloatArray) -> WelchDifference:
    r"""Compare two means without assuming equal spread.

    :math:`\bar x_1 - \bar x_2` with error :math:`s = \sqrt{v_1 + v_2}`, :math:`v_k = s_k^2 / n_k`,
    and :math:`\nu = s^4 / (v_1^2 / (n_1 - 1) + v_2^2 / (n_2 - 1))` degrees of freedom. Welch 1947,
    doi:10.1093/biomet/34.1-2.28. Ask `why_no_welch` first.
    """
    variances = np.array([first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)])
    freedom = variances.sum() ** 2 / np.sum(variances**2 / [len(first) - 1, len(second) - 1])
    return WelchDifference(
        value=float(first.mean() - second.mean()),
        error=float(np.sqrt(variances.sum())),
        degrees_of_freedom=float(freedom),
    )


def why_no_welch(first: FloatArray, second: FloatArray) -> str:
    """Say why two means have no Welch interval; empty when they have one."""
    if min(len(first), len(second)) < 2:
        return ONE_PAGE_IN_ONE
    return NO_SPREAD if all_equal(first) and all_equal(second) else ""
