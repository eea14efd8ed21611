"""How few posts carry the interactions."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.measures.measure import Material, Measure, posts_with

TOP = 0.1
"""Share of the posts that are called the most reacted."""


def gini(counts: ArrayLike) -> float:
    r"""Gini coefficient of non-negative counts.

    Parameters
    ----------
    counts : array_like of float, shape (n,)
        Counts without missing values.

    Returns
    -------
    float
        0 when all are equal, towards 1 when one has all; NaN when there is nothing to divide.

    Notes
    -----
    :math:`G = \sum_i (2i - n - 1) x_{(i)} / (n \sum_i x_i)`, with :math:`x_{(i)}` ascending.
    Gini 1912; the formula as in Dixon et al. 1987, doi:10.2307/1939238, without the
    small-sample factor :math:`n/(n-1)`.
    """
    ascending = np.sort(np.asarray(counts, dtype=float))
    n, total = len(ascending), ascending.sum()
    if n == 0 or total == 0:
        return math.nan
    weights = 2 * np.arange(1, n + 1) - n - 1
    return float(weights @ ascending / (n * total))


def top_share(counts: ArrayLike, top: float = TOP) -> float:
    """Share of the sum held by the largest ``top`` share of the counts.

    The number of counts in the top is rounded up, so that it is at least one.

    Returns
    -------
    float
        A share; NaN when there is nothing to divide.
    """
    descending = np.sort(np.asarray(counts, dtype=float))[::-1]
    if len(descending) == 0 or descending.sum() == 0:
        return math.nan
    in_top = math.ceil(round(top * len(descending), 9))
    return float(descending[:in_top].sum() / descending.sum())


def lorenz_curve(counts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cumulative share of posts against cumulative share of their counts, smallest first.

    Returns
    -------
    shares_of_posts, shares_of_counts : arrays of float, shape (n + 1,)
        Both from 0 to 1.

    Raises
    ------
    ValueError
        When the counts sum to zero: nothing is divided.
    """
    ascending = np.sort(np.asarray(counts, dtype=float))
    if ascending.sum() == 0:
        raise ValueError("a Lorenz curve needs a sum above zero")
    cumulative = np.concatenate([[0.0], np.cumsum(ascending)])
    return np.linspace(0, 1, len(cumulative)), cumulative / cumulative[-1]


def _over_posts(statistic: Callable[[pd.Series], float]) -> Callable[[Material], pd.Series]:
    def compute(material: Material) -> pd.Series:
        measured = material.posts.dropna(subset=["interactions"])
        return measured.groupby("page_id")["interactions"].agg(statistic)

    return compute


def _boosted_among_most_reacted(material: Material) -> pd.Series:
    """Share of boosted posts among the most reacted tenth, over those of which it is known."""
    measured = material.posts.dropna(subset=["interactions"])
    interactions = measured.groupby("page_id")["interactions"]
    rank = interactions.rank(ascending=False, method="first")
    top = measured[rank <= np.ceil(TOP * interactions.transform("size"))].dropna(subset=["paid"])
    boosted: pd.Series = top["paid"].astype(float)
    return boosted.groupby(top["page_id"]).mean()


MEASURES: tuple[Measure, ...] = (
    Measure(
        "gini",
        "Gini of interactions over the page's posts",
        "0 (all posts alike) to 1 (one post has all)",
        "Σ(2i − N − 1) · I(i) / (N · ΣI)",
        "Dixon et al. 1987, doi:10.2307/1939238",
        _over_posts(gini),
        posts_with("interactions"),
    ),
    Measure(
        "top_tenth_share",
        "Share of interactions in the top tenth of posts",
        "share of interactions",
        "ΣI of the ⌈N/10⌉ most reacted posts / ΣI",
        "Concentration ratio",
        _over_posts(top_share),
        posts_with("interactions"),
    ),
    Measure(
        "boosted_in_top_tenth",
        "Boosted posts in the top tenth of posts",
        "share of posts",
        "#{paid} / ⌈N/10⌉ of the ⌈N/10⌉ most reacted posts, where known",
        "Whether reactions were bought",
        _boosted_among_most_reacted,
        posts_with("interactions", "paid"),
    ),
)
