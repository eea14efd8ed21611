"""When the simulated pages post: on working days, in office hours, in bursts, less in summer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MONDAY_TO_SUNDAY = np.array([1.0, 1.1, 1.1, 1.1, 1.0, 0.35, 0.2])
HOURS = np.array([0.0] * 6 + [1, 4, 9, 12, 12, 10, 9, 9, 9, 10, 10, 6, 3, 3, 2, 1] + [0.0] * 2)
SUMMER_WEEKS = slice(28, 34)
SUMMER_WEIGHT = 0.6
BURST_SHAPE = 2.0
"""Shape of the gamma variable that makes weeks busy or quiet."""


def draw_moments(rng: np.random.Generator, n: int, year: int) -> NDArray[np.datetime64]:
    """Draw the local times of a page's posts in a year.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        Number of posts.
    year : int

    Returns
    -------
    numpy.ndarray of datetime64[us]
        In order. No post falls in the night, so none in the hour that summer time skips.
    """
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    weights = _day_weights(rng, days)
    moments = (
        rng.choice(days, n, p=weights / weights.sum()).astype("datetime64[s]")
        + 3600 * rng.choice(24, n, p=HOURS / HOURS.sum())
        + rng.integers(0, 3600, n)
    )
    return np.sort(moments).astype("datetime64[us]")


def _day_weights(rng: np.random.Generator, days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    # Day 0 of numpy's calendar, 1 January 1970, was a Thursday.
    weekdays = (days.astype(np.int64) + 3) % 7
    weeks = np.arange(len(days)) // 7
    busy = rng.standard_gamma(BURST_SHAPE, weeks[-1] + 1)
    busy[SUMMER_WEEKS] *= SUMMER_WEIGHT
    return MONDAY_TO_SUNDAY[weekdays] * busy[weeks]
