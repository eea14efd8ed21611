"""An interval over pages takes pages: no estimate over fewer than the minimum has one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.inference.comparison import compare_pooled, compare_two, equivalence
from analysis.inference.effects import cliffs_delta
from analysis.inference.estimate import Estimate
from analysis.inference.one_tier import geometric_mean_rate, pooled_rate, typical_page
from analysis.inference.pages import FEWEST_PAGES
from analysis.inference.paired import paired_rate_ratio, paired_value_ratio
from analysis.inference.reply_rate import reply_rate_bounds
from analysis.inference.size_adjusted import size_adjusted
from analysis.inference.survival import Waits, incidence, median_wait

Over = Callable[[int], Estimate]


def sums(n: int) -> np.ndarray:
    return np.random.default_rng(n).integers(20, 90, n).astype(float)


def logs(n: int) -> np.ndarray:
    return np.log(sums(n))


def of_purposes(n: int) -> Estimate:
    counts = np.random.default_rng(n).integers(1, 40, 20 * n)
    chosen = np.tile([True, False], 10 * n)
    return paired_rate_ratio(counts, np.ones(20 * n), np.repeat(np.arange(n), 20), chosen)


def waits(n: int) -> Waits:
    hours = np.random.default_rng(n).exponential(20, 20 * n)
    asked = pd.DatetimeIndex(["2023-01-02"] * 20 * n)
    return Waits.of(
        np.repeat(np.arange(n), 20),
        asked,
        asked + pd.to_timedelta(np.where(hours < 60, hours, np.nan), "h"),
        asked + pd.to_timedelta(100, "h"),
    )


def at_equal_followers(n: int) -> Estimate:
    (pair,) = size_adjusted(
        logs(2 * n),
        ["a"] * n + ["b"] * n,
        logs(2 * n + 1)[1:],
        order=["a", "b"],
        posts_per_page=np.ones(2 * n),
    ).ratios
    return pair.estimate


OVER_PAGES: dict[str, Over] = {
    "mean": lambda n: geometric_mean_rate(sums(n), np.ones(n), n_posts=n, unit=""),
    "pooled": lambda n: pooled_rate(sums(n), np.ones(n), n_posts=n, unit=""),
    "median": lambda n: typical_page(sums(n), n_posts=n, unit=""),
    "purposes": of_purposes,
    "channels": lambda n: paired_value_ratio(sums(n), np.ones(n), n_posts=n),
    "replies": lambda n: reply_rate_bounds(sums(n), 100 + sums(n), level=0.975, n_posts=n).both,
    "answered in a day": lambda n: incidence(waits(n), 24, n_posts=n)[0],
    "median wait": lambda n: median_wait(waits(n), n_posts=n),
    "two tiers": lambda n: compare_two(logs(n), logs(n + 1), n_posts=n),
    "equivalence": lambda n: equivalence(logs(n), logs(n + 1), margin=1.5, n_posts=n),
    "two pooled": lambda n: compare_pooled(
        sums(n), np.ones(n), sums(n + 1), np.ones(n + 1), n_posts=n
    ),
    "delta": lambda n: cliffs_delta(sums(n), sums(n + 1), n_posts=n),
    "equal followers": at_equal_followers,
}


@pytest.mark.parametrize("n_pages", range(2, FEWEST_PAGES))
@pytest.mark.parametrize("over", OVER_PAGES.values(), ids=OVER_PAGES)
def test_fewer_pages_than_the_minimum_have_no_interval(over: Over, n_pages: int) -> None:
    estimate = over(n_pages)
    assert not estimate.has_interval
    assert f"at least {FEWEST_PAGES} pages" in estimate.reason or not estimate.estimable


@pytest.mark.parametrize("over", OVER_PAGES.values(), ids=OVER_PAGES)
def test_as_many_pages_as_the_minimum_have_one(over: Over) -> None:
    assert over(FEWEST_PAGES).has_interval
