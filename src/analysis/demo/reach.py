"""Whom the simulated posts reach, drawn from the stated truth."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.truth import TRUTH, Truth

STREAM = 1
"""Tells these random numbers from those of the same page's posts."""

ORDINARY_RESPONSE = 0.003
"""Interactions per follower at which ``ReachTruth.reach_rate`` holds."""


def with_reach(posts: pl.DataFrame, truth: Truth = TRUTH) -> pl.DataFrame:
    """Add whom every post reached: of all pages, also of those that never share it.

    Parameters
    ----------
    posts : polars.DataFrame
        As ``analysis.demo.posts.simulate`` gives them.
    truth : Truth, optional

    Returns
    -------
    polars.DataFrame
        The same posts with ``reach``, ``reach_organic``, ``reach_paid`` and ``link_clicks``.
    """
    return pl.concat(
        _reach_of_page(
            posts.filter(page_id=page.page_id),
            np.random.default_rng([truth.seed, place, STREAM]),
            truth,
        )
        for place, page in enumerate(ORGANISATIONS)
    )


def _reach_of_page(posts: pl.DataFrame, rng: np.random.Generator, truth: Truth) -> pl.DataFrame:
    interactions = posts.select(pl.sum_horizontal(*truth.interactions)).to_series().to_numpy()
    page = np.exp(truth.reach.reach_page_sd * rng.standard_normal())
    luck = np.exp(truth.reach.reach_post_sd * rng.standard_normal(len(posts)))
    expected = _expected(posts["followers"].to_numpy(), interactions, truth)
    organic = np.maximum(np.rint(expected * page * luck).astype(np.int64), interactions)
    times_organic = truth.reach.paid_times_organic * np.exp(
        truth.reach.paid_sd * rng.standard_normal(len(posts))
    )
    paid = np.rint(organic * times_organic * posts["boosted"].to_numpy()).astype(np.int64)
    both = np.rint(truth.reach.reached_twice * np.minimum(organic, paid)).astype(np.int64)
    total = organic + paid - both
    has_link = (posts["kind"] == "Link").to_numpy()
    return posts.with_columns(
        reach=total,
        reach_organic=organic,
        reach_paid=paid,
        link_clicks=rng.binomial(total, truth.reach.clicks_per_reached) * has_link,
    )


def _expected(
    followers: NDArray[np.int64], interactions: NDArray[np.int64], truth: Truth
) -> NDArray[np.float64]:
    """What an ordinary post of an ordinary page reaches, given followers and interactions."""
    size = np.log(followers / truth.reference_followers)
    response = np.log((interactions + 0.5) / followers / ORDINARY_RESPONSE)
    log_rate = (
        np.log(truth.reach.reach_rate)
        + truth.reach.reach_slope * size
        + truth.reach.reach_bend * size**2
        + truth.reach.reach_link * response
    )
    return np.asarray(followers * np.exp(log_rate))
