"""Cliff's delta and epsilon squared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.effects import cliffs_delta, epsilon_squared
from analysis.inference.estimate import Estimate

PAIRS = ["rijksoverheid/provincie", "rijksoverheid/gemeente", "provincie/gemeente"]
TIERS = ("rijksoverheid", "provincie", "gemeente")


def numbers(estimate: Estimate) -> list[float]:
    found = (estimate.value, estimate.low, estimate.high)
    return [number for number in found if number is not None]


@pytest.mark.parametrize("pair", PAIRS)
def test_delta_is_that_of_the_formula_in_r(
    pair: str, log_rates: dict[str, Any], golden: Callable[[str], Any]
) -> None:
    first, second = pair.split("/")
    estimate = cliffs_delta(log_rates[first], log_rates[second], n_posts=1)
    assert numbers(estimate) == pytest.approx(golden("effects")["delta"][pair])


def test_ties_count_for_half(golden: Callable[[str], Any]) -> None:
    estimate = cliffs_delta([0, 1, 1, 2, 3], [0, 0, 1, 2], n_posts=1)
    assert estimate.value == pytest.approx(golden("effects")["delta_with_ties"][0])


def test_complete_separation_has_an_interval() -> None:
    above = cliffs_delta([5, 6, 7, 8, 9, 10], [0, 1, 2, 3, 4, 4.5], n_posts=1)
    assert (above.value, above.high) == (1, 1)
    assert above.low is not None
    assert -1 < above.low < 1
    below = cliffs_delta([0, 1, 2, 3, 4, 4.5], [5, 6, 7, 8, 9, 10], n_posts=1)
    assert (below.value, below.low) == (-1, -1)


def test_more_separated_pages_narrow_the_interval() -> None:
    def low(n: int) -> float:
        return cliffs_delta(np.arange(n) + n, np.arange(n), n_posts=1).low or 0

    assert low(3) < low(6) < low(12) < low(30)


def test_equal_pages_have_no_interval() -> None:
    estimate = cliffs_delta([2, 2, 2], [2, 2], n_posts=1)
    assert estimate.value == 0
    assert "same value" in estimate.reason


def test_a_tier_of_one_page_has_a_delta_without_interval_and_an_empty_tier_none() -> None:
    one = cliffs_delta([3], [1, 2, 4, 5], n_posts=1)
    assert one.value == 0
    assert "one page" in one.reason
    assert not cliffs_delta([], [1, 2], n_posts=1).estimable


@settings(deadline=None)
@given(
    st.lists(st.integers(-5, 5), min_size=2, max_size=15),
    st.lists(st.integers(-5, 5), min_size=2, max_size=15),
)
def test_delta_flips_its_sign_when_the_tiers_change_places(
    first: list[int], second: list[int]
) -> None:
    one = cliffs_delta(first, second, n_posts=1)
    other = cliffs_delta(second, first, n_posts=1)
    assert other.value == pytest.approx(-(one.value or 0))
    if one.low is not None and one.high is not None:
        assert [other.low, other.high] == pytest.approx([-one.high, -one.low])
        assert -1 <= one.low <= (one.value or 0) <= one.high <= 1


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=9), st.floats(0.1, 9))
def test_delta_knows_ranks_only(values: list[float], factor: float) -> None:
    first, second = np.round(values, 3), np.round(values[:2], 3)
    one = cliffs_delta(first, second, n_posts=1)
    other = cliffs_delta(first * factor, second * factor, n_posts=1)
    assert numbers(one) == pytest.approx(numbers(other))


def test_epsilon_squared_is_that_of_kruskal_wallis_in_r(
    pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    estimate = epsilon_squared(pages["log_rate"], pages["tier"], order=TIERS, n_posts=1)
    assert estimate.value == pytest.approx(golden("effects")["epsilon_squared"])
    assert not estimate.has_interval


def test_epsilon_squared_of_tiers_far_apart_is_nearly_one() -> None:
    values = np.concatenate([np.arange(10), 100 + np.arange(10), 200 + np.arange(10)])
    tiers = np.repeat(TIERS, 10)
    estimate = epsilon_squared(values, tiers, order=TIERS, n_posts=1)
    h = 12 / (30 * 31) * 10 * sum((mean - 15.5) ** 2 for mean in (5.5, 15.5, 25.5))
    assert estimate.value == pytest.approx((h - 2) / 27)
    assert 0.8 < (estimate.value or 0) <= 1


def test_epsilon_squared_needs_two_tiers_and_values_that_differ() -> None:
    assert not epsilon_squared([1, 2], ["a", "a"], order=["a", "b"], n_posts=1).estimable
    assert not epsilon_squared([1, 2], ["a", "b"], order=["a", "b"], n_posts=1).estimable
    alike = epsilon_squared([1, 1, 1, 1], ["a", "a", "b", "b"], order=["a", "b"], n_posts=1)
    assert "same value" in alike.reason
