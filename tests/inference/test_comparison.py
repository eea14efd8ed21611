"""Ratios of two tiers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.comparison import (
    compare_pooled,
    compare_two,
    detectable_ratio,
    equivalence,
)
from analysis.inference.estimate import Estimate
from analysis.inference.pages import FloatArray, log_page_rates

PAIRS = ["rijksoverheid/provincie", "rijksoverheid/gemeente", "provincie/gemeente"]
LogRates = dict[str, FloatArray]


def numbers(estimate: Estimate) -> list[float]:
    found = (estimate.value, estimate.low, estimate.high)
    return [number for number in found if number is not None]


def two(log_rates: LogRates, pair: str) -> tuple[FloatArray, FloatArray]:
    first, second = pair.split("/")
    return log_rates[first], log_rates[second]


@pytest.mark.parametrize("pair", PAIRS)
def test_ratio_and_interval_are_those_of_r(
    pair: str, log_rates: LogRates, golden: Callable[[str], Any]
) -> None:
    estimate = compare_two(*two(log_rates, pair), n_posts=700)
    *expected, welch_p = golden("comparison")["welch"][pair]
    assert numbers(estimate) == pytest.approx(expected)
    assert estimate.p == pytest.approx(welch_p, abs=0.03)
    assert (estimate.unit, estimate.n_posts) == ("ratio", 700)
    assert "9,999 random labellings" in estimate.method


@pytest.mark.parametrize("pair", PAIRS)
def test_equivalence_is_that_of_two_one_sided_tests_in_r(
    pair: str, log_rates: LogRates, golden: Callable[[str], Any]
) -> None:
    estimate = equivalence(*two(log_rates, pair), margin=1.5, n_posts=1)
    assert [estimate.low, estimate.high, estimate.p] == pytest.approx(
        golden("comparison")["equivalence"][pair]
    )
    assert estimate.level == pytest.approx(0.90)


@pytest.mark.parametrize("pair", PAIRS)
def test_detectable_ratio_is_that_of_the_noncentral_t_in_r(
    pair: str, log_rates: LogRates, golden: Callable[[str], Any]
) -> None:
    estimate = detectable_ratio(*two(log_rates, pair), n_posts=1)
    assert estimate.value == pytest.approx(golden("comparison")["detectable"][pair], rel=1e-5)
    assert "80%" in estimate.method


@pytest.mark.parametrize("pair", PAIRS)
def test_ratio_of_pooled_rates_is_that_of_the_formula_in_r(
    pair: str, pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    columns = [
        pages.loc[pages["tier"] == tier, column]
        for tier in pair.split("/")
        for column in ("interactions", "exposure")
    ]
    estimate = compare_pooled(*columns, n_posts=1)
    assert numbers(estimate) == pytest.approx(golden("comparison")["pooled_ratio"][pair])
    assert estimate.approximate


def test_twelve_against_twenty_pages_detect_a_ratio_of_about_two() -> None:
    def spread_over(n: int) -> FloatArray:
        standard = np.linspace(-1, 1, n)
        return 0.7 * standard / standard.std(ddof=1)

    estimate = detectable_ratio(spread_over(12), spread_over(20), n_posts=1)
    assert estimate.value == pytest.approx(2.1, abs=0.05)
    four_times = detectable_ratio(spread_over(48), spread_over(80), n_posts=1)
    assert four_times.value is not None
    assert four_times.value < math.sqrt(2.1)


def test_tiers_are_the_same_when_the_interval_lies_within_the_margin() -> None:
    alike = np.array([0.0, 0.1, -0.1, 0.05, -0.05, 0.02])
    same = equivalence(alike, alike + 0.02, margin=1.25, n_posts=1)
    assert same.low is not None
    assert same.high is not None
    assert same.p is not None
    assert 1 / 1.25 < same.low < same.high < 1.25
    assert same.p < 0.05
    undecided = equivalence(20 * alike, 20 * alike + 0.02, margin=1.25, n_posts=1)
    assert undecided.p is not None
    assert undecided.p > 0.05


def test_a_margin_is_a_ratio_over_one() -> None:
    with pytest.raises(ValueError, match="a ratio over 1"):
        equivalence([1, 2], [1, 2], margin=0.8, n_posts=1)


def test_two_pages_against_two_have_a_p_of_all_labellings_and_no_interval() -> None:
    estimate = compare_two([1.0, 2.0], [3.0, 5.0], n_posts=1)
    assert not estimate.has_interval
    assert estimate.reason == "an interval takes at least 6 pages in each tier, and one has 2"
    assert estimate.p == pytest.approx(1 / 3)
    assert "all 6 labellings" in estimate.method


@pytest.mark.parametrize("compare", [compare_two, detectable_ratio])
def test_an_empty_tier_is_not_measured(compare: Callable[..., Estimate]) -> None:
    estimate = compare([], [1, 2, 3], n_posts=30)
    assert not estimate.estimable
    assert estimate.reason.startswith("not measured")


def test_a_tier_of_one_page_gives_a_ratio_without_interval() -> None:
    estimate = compare_two([math.log(6)], [0, math.log(4)], n_posts=30)
    assert estimate.value == pytest.approx(3)
    assert not estimate.has_interval
    assert estimate.p is None
    assert "single page" in estimate.reason
    assert not detectable_ratio([1], [1, 2], n_posts=30).estimable


def test_tiers_without_any_spread_give_a_ratio_without_interval() -> None:
    estimate = compare_two([1, 1, 1], [2, 2], n_posts=30)
    assert estimate.value == pytest.approx(math.exp(-1))
    assert "no spread" in estimate.reason
    assert estimate.p is None


def test_one_flat_tier_is_compared_by_the_spread_of_the_other() -> None:
    estimate = compare_two([1] * 6, [2, 2.5, 3] * 2, n_posts=30)
    assert estimate.has_interval
    assert estimate.p is not None


def test_tiers_far_apart_are_told_apart_and_their_limits_stay_finite() -> None:
    estimate = compare_two(np.arange(12) + 600.0, np.arange(20.0), n_posts=30)
    assert estimate.p == 1 / 10_000
    assert all(np.isfinite(numbers(estimate)))
    wild = compare_two([-40.0, 40.0], [-300.0, 300.0], n_posts=30)
    assert all(np.isfinite(numbers(wild)))


def test_tiers_without_any_reaction_are_compared_by_their_half_counts_alone() -> None:
    first = log_page_rates([0, 0, 0], [10, 20, 30])
    second = log_page_rates([0, 0, 0], [10, 20, 30])
    estimate = compare_two(first, second, n_posts=30)
    assert estimate.value == pytest.approx(1)
    assert estimate.p == 1
    pooled = compare_pooled([0, 0], [1, 2], [3, 4], [1, 2], n_posts=30)
    assert not pooled.estimable
    assert "nothing was counted" in pooled.reason


def test_pooled_rates_say_why_they_have_no_interval() -> None:
    estimate = compare_pooled([9], [1], [3, 0, 0], [1, 2, 3], n_posts=30)
    assert estimate.value == pytest.approx(9 / 0.5)
    assert "one page does not show" in estimate.reason
    assert "every count" in estimate.reason
    assert not compare_pooled([], [], [3, 4], [1, 2], n_posts=1).estimable


log_rate_lists = st.lists(st.floats(-8, 8), min_size=2, max_size=12)


@settings(deadline=None, max_examples=40)
@given(log_rate_lists, log_rate_lists, st.randoms())
def test_the_order_of_pages_does_not_matter(
    first: list[float], second: list[float], random: Any
) -> None:
    one = compare_two(first, second, n_posts=1)
    other = compare_two(
        random.sample(first, len(first)), random.sample(second, len(second)), n_posts=1
    )
    assert numbers(other) == pytest.approx(numbers(one), rel=1e-6)
    assert (other.p is None) == (one.p is None)
    if one.p is not None:
        assert other.p == pytest.approx(one.p, abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(log_rate_lists, log_rate_lists)
def test_tiers_that_change_places_have_the_inverse_ratio_and_the_same_p(
    first: list[float], second: list[float]
) -> None:
    one = compare_two(first, second, n_posts=1)
    other = compare_two(second, first, n_posts=1)
    inverse = sorted(1 / number for number in numbers(one))
    assert sorted(numbers(other)) == pytest.approx(inverse, rel=1e-6)
    assert (other.p is None) == (one.p is None)
    if one.p is not None:
        assert other.p == pytest.approx(one.p, abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(log_rate_lists, log_rate_lists, st.floats(0.001, 1000))
def test_the_unit_of_exposure_does_not_matter(
    first: list[float], second: list[float], factor: float
) -> None:
    shift = math.log(factor)
    one = compare_two(first, second, n_posts=1)
    other = compare_two(np.array(first) + shift, np.array(second) + shift, n_posts=1)
    if one.has_interval and other.has_interval:
        assert numbers(other) == pytest.approx(numbers(one), rel=1e-3)
