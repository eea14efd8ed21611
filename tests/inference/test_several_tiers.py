"""Three or more tiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.comparison import compare_two
from analysis.inference.pages import FloatArray
from analysis.inference.several_tiers import TierComparison, compare_tiers

TIERS = ("rijksoverheid", "provincie", "gemeente")


def compared(pages: pd.DataFrame, order: tuple[str, ...] = TIERS) -> TierComparison:
    return compare_tiers(
        pages["log_rate"], pages["tier"], order=order, posts_per_page=pages["posts"]
    )


def test_the_omnibus_is_welchs_f_of_r(pages: pd.DataFrame, golden: Callable[[str], Any]) -> None:
    omnibus = compared(pages).omnibus
    assert omnibus.value == pytest.approx(golden("comparison")["welch_f"])
    assert omnibus.p is not None
    assert 0 < omnibus.p <= 1
    assert (omnibus.n_pages, omnibus.n_posts) == (len(pages), pages["posts"].sum())


def test_every_pair_is_compared_in_the_order_of_the_tiers(
    pages: pd.DataFrame, log_rates: dict[str, FloatArray]
) -> None:
    comparison = compared(pages)
    pairs = [("rijksoverheid", "provincie"), ("rijksoverheid", "gemeente")]
    pairs.append(("provincie", "gemeente"))
    for found in (comparison.ratios, comparison.deltas):
        assert [(pair.first, pair.second) for pair in found] == pairs
    last = comparison.ratios[2].estimate
    alone = compare_two(log_rates["provincie"], log_rates["gemeente"], n_posts=last.n_posts)
    assert (last.value, last.low, last.high, last.p) == (
        alone.value,
        alone.low,
        alone.high,
        alone.p,
    )


def test_a_pair_counts_its_own_pages_and_posts(pages: pd.DataFrame) -> None:
    pair = compared(pages).ratios[2].estimate
    ours = pages[pages["tier"] != "rijksoverheid"]
    assert (pair.n_pages, pair.n_posts) == (len(ours), ours["posts"].sum())


def test_p_of_the_pairs_is_adjusted_for_their_number(pages: pd.DataFrame) -> None:
    estimates = [pair.estimate for pair in compared(pages).ratios]
    smallest = min(estimates, key=lambda estimate: estimate.p or 0)
    assert smallest.p is not None
    assert smallest.p_adjusted == pytest.approx(min(1, 3 * smallest.p))
    assert all((estimate.p_adjusted or 0) >= (estimate.p or 0) for estimate in estimates)


def test_an_empty_tier_takes_its_own_pairs_with_it_and_no_others(pages: pd.DataFrame) -> None:
    comparison = compared(pages[pages["tier"] != "gemeente"])
    assert comparison.omnibus.reason == "not measured: no page of the tier 'gemeente'"
    estimable = [pair.estimate.estimable for pair in comparison.ratios]
    assert estimable == [True, False, False]
    only = comparison.ratios[0].estimate
    assert only.p_adjusted == only.p


def test_a_tier_of_one_page_is_named_in_the_reason(pages: pd.DataFrame) -> None:
    provincies = pages[pages["tier"] == "provincie"]
    comparison = compared(pd.concat([provincies, pages.iloc[[0]]]), TIERS[:2])
    assert not comparison.omnibus.estimable
    assert "in the tier 'rijksoverheid' one page" in comparison.omnibus.reason
    assert comparison.ratios[0].estimate.value is not None
    assert not comparison.ratios[0].estimate.has_interval


def test_one_tier_has_nothing_to_be_compared_with(pages: pd.DataFrame) -> None:
    provincies = pages[pages["tier"] == "provincie"]
    comparison = compared(provincies, ("provincie",))
    assert "one tier" in comparison.omnibus.reason
    assert comparison.ratios == ()


def test_a_tier_that_was_not_announced_is_refused(pages: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"\['gemeente'\] not among"):
        compared(pages, TIERS[:2])


def test_tiers_far_apart_are_told_apart() -> None:
    values = np.concatenate([np.arange(9), 50 + np.arange(10), 100 + np.arange(11)]) / 10
    comparison = compare_tiers(
        values, np.repeat(TIERS, [9, 10, 11]), order=TIERS, posts_per_page=np.full(30, 100)
    )
    assert comparison.omnibus.p == 1 / 10_000
    assert comparison.effect_size.value is not None
    assert comparison.effect_size.value > 0.8
    assert [pair.estimate.value for pair in comparison.deltas] == [-1, -1, -1]
    assert all((pair.estimate.p_adjusted or 1) < 0.001 for pair in comparison.ratios)


@settings(deadline=None, max_examples=15)
@given(st.permutations(TIERS))
def test_the_order_of_tiers_turns_ratios_round_and_changes_nothing_else(order: list[str]) -> None:
    rng = np.random.default_rng(5)
    values, tiers = rng.normal(size=24), np.repeat(TIERS, [6, 8, 10])

    def by_pair(comparison: TierComparison) -> dict[frozenset[str], float | None]:
        return {
            frozenset((pair.first, pair.second)): pair.estimate.p_adjusted
            for pair in comparison.ratios
        }

    posts = np.full(24, 10)
    one = compare_tiers(values, tiers, order=TIERS, posts_per_page=posts)
    other = compare_tiers(values, tiers, order=order, posts_per_page=posts)
    assert by_pair(other) == pytest.approx(by_pair(one), abs=1e-3)
    assert other.omnibus.p == pytest.approx(one.omnibus.p)
    assert other.effect_size.value == pytest.approx(one.effect_size.value)
