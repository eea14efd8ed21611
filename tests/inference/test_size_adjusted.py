"""Tiers compared at equal followers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.several_tiers import compare_tiers
from analysis.inference.size_adjusted import SizeAdjusted, size_adjusted

TIERS = ("rijksoverheid", "provincie", "gemeente")


def adjusted(pages: pd.DataFrame, order: tuple[str, ...] = TIERS) -> SizeAdjusted:
    return size_adjusted(
        pages["log_rate"],
        pages["tier"],
        np.log(pages["followers"]),
        order=order,
        posts_per_page=pages["posts"],
    )


def test_ratios_are_those_of_hc2_with_bell_mccaffrey_in_r(
    pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    for pair in adjusted(pages).ratios:
        estimate = pair.estimate
        expected = golden("size_adjusted")["ratio"][f"{pair.first}/{pair.second}"]
        assert [estimate.value, estimate.low, estimate.high] == pytest.approx(expected)


def test_the_statistic_is_the_robust_wald_f_of_r(
    pages: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    omnibus = adjusted(pages).omnibus
    assert omnibus.value == pytest.approx(golden("size_adjusted")["wald_f"])
    assert omnibus.p is not None
    assert 0.5 < omnibus.p <= 1


@pytest.fixture
def larger_pages_are_duller() -> pd.DataFrame:
    """Two tiers that differ in size alone: rates fall with followers, whatever the tier."""
    rng = np.random.default_rng(2)
    log_followers = np.concatenate([rng.normal(11.5, 0.8, 15), rng.normal(9, 0.8, 20)])
    return pd.DataFrame(
        {
            "tier": np.repeat(["rijksoverheid", "gemeente"], [15, 20]),
            "followers": np.exp(log_followers),
            "log_rate": 3 - 0.5 * log_followers + rng.normal(0, 0.4, 35),
            "posts": 100,
        }
    )


def test_a_difference_in_size_alone_disappears(larger_pages_are_duller: pd.DataFrame) -> None:
    pages, order = larger_pages_are_duller, ("rijksoverheid", "gemeente")
    unadjusted = compare_tiers(
        pages["log_rate"], pages["tier"], order=order, posts_per_page=pages["posts"]
    )
    assert (unadjusted.omnibus.p or 1) < 0.001
    comparison = adjusted(pages, order)
    estimate = comparison.ratios[0].estimate
    assert (comparison.omnibus.p or 0) > 0.05
    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low < 1 < estimate.high


def test_a_difference_at_equal_size_remains(larger_pages_are_duller: pd.DataFrame) -> None:
    pages = larger_pages_are_duller
    pages["log_rate"] += np.where(pages["tier"] == "gemeente", np.log(4), 0)
    comparison = adjusted(pages, ("gemeente", "rijksoverheid"))
    estimate = comparison.ratios[0].estimate
    assert estimate.value == pytest.approx(4, rel=0.6)
    assert (estimate.p or 1) < 0.01
    assert (comparison.omnibus.p or 1) < 0.01


def test_an_empty_tier_takes_its_own_pairs_with_it(pages: pd.DataFrame) -> None:
    comparison = adjusted(pages[pages["tier"] != "gemeente"])
    assert comparison.omnibus.reason.startswith("not measured")
    assert [pair.estimate.estimable for pair in comparison.ratios] == [True, False, False]


def test_too_few_pages_are_not_enough_to_tell_size_from_tier(pages: pd.DataFrame) -> None:
    few = pages.groupby("tier", sort=False).head(2)
    assert adjusted(few).omnibus.estimable
    comparison = adjusted(few[few["tier"] != "gemeente"], TIERS[:2])
    assert "5 in all" in comparison.omnibus.reason


@pytest.mark.parametrize(
    "followers",
    [
        [500, 500, 500, 900, 900, 900],  # every page of a tier as large as the next
        [500, 500, 500, 900, 900, 40_000],  # one page alone would set the slope
    ],
)
def test_followers_that_hardly_vary_within_tiers_cannot_be_told_from_tier(
    followers: list[int],
) -> None:
    comparison = size_adjusted(
        [1.0, 1.5, 0.7, 2.0, 2.2, 3.0],
        np.repeat(["a", "b"], 3),
        np.log(followers),
        order=["a", "b"],
        posts_per_page=np.full(6, 10),
    )
    assert "cannot be told from tier" in comparison.omnibus.reason
    assert not comparison.ratios[0].estimate.estimable


def test_pages_on_one_line_leave_nothing_to_compare_with() -> None:
    log_followers = np.array([6.0, 7, 8, 9, 10, 11])
    comparison = size_adjusted(
        -0.3 * log_followers,
        np.repeat(["a", "b"], 3),
        log_followers,
        order=["a", "b"],
        posts_per_page=np.full(6, 10),
    )
    assert "no spread" in comparison.omnibus.reason


def test_one_tier_has_nothing_to_be_compared_with(pages: pd.DataFrame) -> None:
    comparison = adjusted(pages[pages["tier"] == "provincie"], ("provincie",))
    assert "one tier" in comparison.omnibus.reason
    assert comparison.ratios == ()


@settings(deadline=None, max_examples=15)
@given(st.randoms(), st.floats(0.01, 100))
def test_neither_the_order_of_pages_nor_the_unit_matters(random: Any, factor: float) -> None:
    rng = np.random.default_rng(6)
    values, sizes = rng.normal(size=14), rng.normal(9, 1, 14)
    tiers, posts = np.repeat(["a", "b"], [6, 8]), np.full(14, 10)
    order = random.sample(range(14), 14)
    one = size_adjusted(values, tiers, sizes, order=["a", "b"], posts_per_page=posts)
    other = size_adjusted(
        values[order] + np.log(factor),
        tiers[order],
        sizes[order],
        order=["a", "b"],
        posts_per_page=posts,
    )
    first, second = one.ratios[0].estimate, other.ratios[0].estimate
    assert [second.value, second.low, second.high, second.p] == pytest.approx(
        [first.value, first.low, first.high, first.p], abs=1e-3
    )


def test_tiers_that_change_places_have_the_inverse_ratio(pages: pd.DataFrame) -> None:
    one = adjusted(pages).ratios[0].estimate
    other = adjusted(pages, ("provincie", "rijksoverheid", "gemeente")).ratios[0].estimate
    assert one.value is not None
    assert other.value == pytest.approx(1 / one.value)
    assert other.p == pytest.approx(one.p, abs=1e-3)
