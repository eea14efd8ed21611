"""Delete one page at a time: the standard error of ratios of sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.pages import FloatArray, why_no_interval


@dataclass(frozen=True)
class LogPooledRate:
    """Logarithm of a pooled rate, its standard error and the degrees of freedom of that."""

    value: float
    error: float
    degrees_of_freedom: float


def log_pooled_rate(sums: FloatArray, exposures: FloatArray) -> LogPooledRate:
    r"""Logarithm of :math:`\sum S_i / \sum E_i` with its jackknife error over pages.

    The degrees of freedom are the effective number of pages less one, at least one; with all pages
    equal that is the usual number of pages less one. Ask `why_no_jackknife` first.
    """
    replicates = np.log(without_each_page(sums) / without_each_page(exposures))
    return LogPooledRate(
        value=float(np.log(sums.sum() / exposures.sum())),
        error=jackknife_error(replicates),
        degrees_of_freedom=max(effective_pages(exposures) - 1, 1),
    )


def why_no_jackknife(sums: FloatArray, exposures: FloatArray) -> str:
    """Say why a pooled rate has no jackknife error; empty when it has one."""
    if len(sums) > 1 and np.count_nonzero(sums) == 1:
        return "one page holds every count, so leaving it out leaves nothing"
    return why_no_interval(sums / exposures)


def without_each_page(values: FloatArray) -> FloatArray:
    """Total over the other pages, for each page left out."""
    return values.sum() - values


def jackknife_error(replicates: FloatArray) -> float:
    r"""Standard error of a statistic, from its values with each page left out.

    :math:`\sqrt{\frac{m-1}{m} \sum_i (\theta_{(-i)} - \bar\theta)^2}` over :math:`m` pages.
    Efron 1982, doi:10.1137/1.9781611970319.
    """
    m = len(replicates)
    return float(np.sqrt((m - 1) / m * np.sum((replicates - replicates.mean()) ** 2)))


def effective_pages(weights: FloatArray) -> float:
    r"""How many pages of equal weight would count as much.

    :math:`(\sum_i w_i)^2 / \sum_i w_i^2`: all pages when they weigh the same, near 1 when one page
    has nearly all the weight (Kish 1965, *Survey Sampling*).
    """
    return float(weights.sum() ** 2 / np.sum(weights**2))
