"""The permutation test, against full enumeration and Welch's F of R."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.pages import FloatArray, all_equal
from analysis.inference.permutation import (
    every_membership,
    permuted_welch_test,
    random_memberships,
)

EXAMPLES = {
    "plain": ([1.2, 0.3, 2.2, 1.9], [0.1, -0.4, 0.9, 0.2, -1.3]),
    "ties": ([1, 1, 2, 3], [0, 1, 0, 0, 2, 1]),
    "separated": ([5, 6, 7], [1, 2, 3]),
    "two_and_two": ([1, 2], [3, 5]),
    "flat_tier": ([1, 1, 1], [3, 5, 4, 6]),
}


def as_groups(*groups: list[float]) -> list[FloatArray]:
    return [np.array(group, dtype=float) for group in groups]


@pytest.mark.parametrize("example", EXAMPLES)
def test_p_of_few_pages_is_that_of_every_labelling_in_r(
    example: str, golden: Callable[[str], Any]
) -> None:
    test = permuted_welch_test(as_groups(*EXAMPLES[example]))
    assert test.p == pytest.approx(golden("comparison")["exact"][example])
    assert test.counted_over.startswith("all ")


def test_the_statistic_is_welchs_f_of_r(
    log_rates: dict[str, FloatArray], golden: Callable[[str], Any]
) -> None:
    test = permuted_welch_test(list(log_rates.values()))
    assert test.statistic == pytest.approx(golden("comparison")["welch_f"])


def test_of_two_groups_it_is_the_square_of_welchs_t(log_rates: dict[str, FloatArray]) -> None:
    first, second = log_rates["rijksoverheid"], log_rates["gemeente"]
    expected = stats.ttest_ind(first, second, equal_var=False).statistic ** 2
    assert permuted_welch_test([first, second]).statistic == pytest.approx(expected)


def test_drawn_labellings_come_near_the_exact_p() -> None:
    rng = np.random.default_rng(3)
    first, second = rng.normal(0.9, 1, 7), rng.normal(0, 1, 7)
    exact = permuted_welch_test([first, second])
    memberships = [every_membership(14, 7)]
    assert len(memberships[0]) == math.comb(14, 7)
    drawn = stats.permutation_test(
        (first, second),
        lambda x, y: stats.ttest_ind(x, y, equal_var=False).statistic ** 2,
        alternative="greater",
        n_resamples=math.inf,
    )
    assert exact.p == pytest.approx(drawn.pvalue)


def test_more_pages_are_drawn_at_random_and_give_nearly_the_p_of_welch() -> None:
    rng = np.random.default_rng(4)
    first, second = rng.normal(0.5, 1, 15), rng.normal(0, 1, 20)
    test = permuted_welch_test([first, second])
    assert test.counted_over == "9,999 random labellings of the pages"
    assert test.p == pytest.approx(stats.ttest_ind(first, second, equal_var=False).pvalue, abs=0.02)


def test_a_rerun_gives_the_same_p() -> None:
    groups = as_groups(list(range(12)), list(range(5, 30)))
    assert permuted_welch_test(groups) == permuted_welch_test(groups)


def test_p_is_never_zero() -> None:
    groups = as_groups(list(range(15)), list(range(1000, 1020)))
    assert permuted_welch_test(groups).p == 1 / 10_000


def test_every_page_is_dealt_to_one_group_and_groups_keep_their_size() -> None:
    sizes = [3, 5, 4]
    memberships = random_memberships(sizes, 2000, np.random.default_rng(0))
    assert [set(membership.sum(axis=1)) for membership in memberships] == [{3.0}, {5.0}]
    assert sum(memberships).max() == 1  # type: ignore[union-attr]
    for membership, size in zip(memberships, sizes[:2], strict=True):
        assert membership.mean(axis=0) == pytest.approx(np.full(12, size / 12), abs=0.05)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.lists(st.integers(-4, 4), min_size=2, max_size=12), min_size=2, max_size=4),
    st.randoms(),
)
def test_neither_the_order_of_pages_nor_of_tiers_moves_p(
    tiers: list[list[float]], random: Any
) -> None:
    groups = as_groups(*tiers)
    if all_equal(np.concatenate(groups)):
        return
    shuffled = as_groups(*(random.sample(tier, len(tier)) for tier in tiers))
    test = permuted_welch_test(groups)
    assert permuted_welch_test(shuffled).p == pytest.approx(test.p)
    assert permuted_welch_test(shuffled[::-1]).p == pytest.approx(test.p, abs=0.03)
    assert 0 < test.p <= 1


@settings(deadline=None, max_examples=30)
@given(st.floats(0.1, 50), st.floats(-50, 50))
def test_neither_unit_nor_origin_moves_p(factor: float, shift: float) -> None:
    groups = as_groups([0.2, 1.4, 3.1, 0.8], [2.2, 2.9, 4.4, 1.7, 3.0])
    moved = [group * factor + shift for group in groups]
    assert permuted_welch_test(moved).p == permuted_welch_test(groups).p
