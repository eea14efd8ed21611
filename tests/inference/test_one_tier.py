"""One number for a tier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.estimate import Estimate
from analysis.inference.one_tier import geometric_mean_rate, pooled_rate, typical_page

UNIT = "interactions per 1,000 followers per post"
TIERS = ("rijksoverheid", "provincie", "gemeente")


def numbers(estimate: Estimate) -> list[float]:
    found = (estimate.value, estimate.low, estimate.high)
    return [number for number in found if number is not None]


@pytest.mark.parametrize("tier", TIERS)
def test_geometric_mean_is_that_of_r(
    tier: str, pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    ours = pages[pages["tier"] == tier]
    estimate = geometric_mean_rate(
        ours["interactions"], ours["exposure"], n_posts=int(ours["posts"].sum()), unit=UNIT
    )
    assert numbers(estimate) == pytest.approx(golden("one_tier")["geometric_mean"][tier])
    assert (estimate.n_pages, estimate.n_posts) == (len(ours), ours["posts"].sum())
    assert (estimate.unit, estimate.level, estimate.reason) == (UNIT, 0.95, "")


@pytest.mark.parametrize("tier", TIERS)
def test_typical_page_is_that_of_r(
    tier: str, log_rates: dict[str, Any], golden: Callable[[str], Any]
) -> None:
    estimate = typical_page(np.exp(log_rates[tier]), n_posts=1, unit=UNIT)
    assert numbers(estimate) == pytest.approx(golden("one_tier")["typical"][tier])


@pytest.mark.parametrize("tier", TIERS)
def test_pooled_rate_is_the_poisson_model_of_posts_refitted_without_each_page(
    tier: str, pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    ours = pages[pages["tier"] == tier]
    estimate = pooled_rate(ours["interactions"], ours["exposure"], n_posts=1, unit=UNIT)
    assert numbers(estimate) == pytest.approx(golden("one_tier")["pooled"][tier], rel=1e-6)
    assert estimate.value == pytest.approx(golden("one_tier")["gee"][tier])
    assert estimate.approximate


def test_typical_page_of_five_has_no_interval_and_says_that_six_have(
    golden: Callable[[str], Any],
) -> None:
    assert golden("one_tier")["typical_of_5_at_95"]
    estimate = typical_page([5, 1, 4, 2, 3], n_posts=50, unit=UNIT)
    assert estimate.value == 3
    assert not estimate.has_interval
    assert "at least 6 pages" in estimate.reason
    assert typical_page([5, 1, 4, 2, 3, 9], n_posts=60, unit=UNIT).has_interval


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=40))
def test_typical_page_agrees_with_the_quantile_test_of_scipy(values: list[float]) -> None:
    estimate = typical_page(values, n_posts=1, unit=UNIT)
    interval = stats.quantile_test(values, p=0.5).confidence_interval(0.95)
    assert (estimate.low, estimate.high) == (interval.low, interval.high)


ALL = [geometric_mean_rate, pooled_rate]


@pytest.mark.parametrize("estimated", ALL)
def test_no_page_is_not_measured(estimated: Callable[..., Estimate]) -> None:
    estimate = estimated([], [], n_posts=0, unit=UNIT)
    assert not estimate.estimable
    assert estimate.reason.startswith("not measured")
    assert not typical_page([], n_posts=0, unit=UNIT).estimable


@pytest.mark.parametrize("estimated", ALL)
def test_one_page_has_a_value_and_no_interval(estimated: Callable[..., Estimate]) -> None:
    estimate = estimated([10], [5], n_posts=10, unit=UNIT)
    assert estimate.value == pytest.approx(2, rel=0.1)
    assert not estimate.has_interval
    assert "one page" in estimate.reason


@pytest.mark.parametrize("estimated", ALL)
def test_pages_that_are_all_the_same_have_no_interval(estimated: Callable[..., Estimate]) -> None:
    estimate = estimated([10, 10, 10], [5, 5, 5], n_posts=30, unit=UNIT)
    assert not estimate.has_interval
    assert "same value" in estimate.reason


def test_a_tier_without_any_reaction_has_no_geometric_mean_and_a_pooled_rate_of_zero() -> None:
    nothing = geometric_mean_rate([0, 0, 0], [1, 2, 3], n_posts=30, unit=UNIT)
    assert not nothing.estimable
    assert "zero" in nothing.reason
    pooled = pooled_rate([0, 0, 0], [1, 2, 3], n_posts=30, unit=UNIT)
    assert pooled.value == 0
    assert not pooled.has_interval


def test_a_page_that_holds_every_count_leaves_the_pooled_rate_without_interval() -> None:
    estimate = pooled_rate([0, 900, 0], [1, 2, 3], n_posts=30, unit=UNIT)
    assert estimate.value == 150
    assert "every count" in estimate.reason


def test_one_huge_page_rules_the_pooled_rate_and_not_the_geometric_mean() -> None:
    sums, exposures = [20, 25, 30, 22, 500_000], [10, 11, 12, 9, 10_000]
    pooled = pooled_rate(sums, exposures, n_posts=1, unit=UNIT)
    geometric = geometric_mean_rate(sums, exposures, n_posts=1, unit=UNIT)
    assert pooled.value == pytest.approx(50, rel=0.01)
    assert geometric.value is not None
    assert geometric.value < 6


rates = st.lists(st.tuples(st.integers(0, 10_000), st.floats(0.01, 1000)), min_size=2, max_size=20)


@settings(deadline=None)
@given(rates, st.randoms())
def test_the_order_of_pages_does_not_matter(pages: list[tuple[int, float]], random: Any) -> None:
    shuffled = random.sample(pages, len(pages))
    for estimated in ALL:
        one = estimated(*zip(*pages, strict=True), n_posts=1, unit=UNIT)
        other = estimated(*zip(*shuffled, strict=True), n_posts=1, unit=UNIT)
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-6)


@settings(deadline=None)
@given(rates, st.floats(0.01, 100))
def test_a_rate_per_twice_as_much_is_half_the_rate(
    pages: list[tuple[int, float]], factor: float
) -> None:
    sums, exposures = (np.array(column, dtype=float) for column in zip(*pages, strict=True))
    for estimated in ALL:
        one = estimated(sums, exposures, n_posts=1, unit=UNIT)
        other = estimated(sums, exposures * factor, n_posts=1, unit=UNIT)
        if one.has_interval and other.has_interval:
            expected = [number / factor for number in numbers(one)]
            assert numbers(other) == pytest.approx(expected, rel=1e-6)


@settings(deadline=None)
@given(rates)
def test_the_value_lies_in_its_interval_and_all_are_finite(pages: list[tuple[int, float]]) -> None:
    for estimated in ALL:
        estimate = estimated(*zip(*pages, strict=True), n_posts=1, unit=UNIT)
        if estimate.has_interval:
            value, low, high = numbers(estimate)
            assert low <= value <= high
            assert np.isfinite([low, high]).all()
        else:
            assert estimate.reason
