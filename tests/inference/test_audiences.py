"""How large audiences are together, between bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inference.audiences import (
    audiences_apart,
    audiences_shared,
    break_even,
    month_of_posts,
)
from analysis.inference.estimate import Estimate


def bounds(estimate: Estimate) -> tuple[float, float]:
    assert estimate.value is None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_twelve_pages_must_reach_60_to_716_percent_of_their_followers() -> None:
    both = break_even([25_000] * 12, 17_900_000, 0.01)
    assert both.apart.value == pytest.approx(0.5967, abs=1e-4)
    assert both.nested.value == pytest.approx(7.16)
    for estimate in (both.apart, both.nested):
        assert not estimate.has_interval
        assert (estimate.n_pages, estimate.unit) == (12, "share of followers")


def test_at_break_even_the_pages_reach_the_threshold() -> None:
    followers = np.array([8_000, 30_000, 2_000])
    apart = break_even(followers, 100_000, 0.05).apart.value or 0
    reached = apart * followers
    assert bounds(audiences_shared(reached, reached, 100_000, n_posts=1))[1] == pytest.approx(0.05)
    nested = break_even(followers, 100_000, 0.05).nested.value or 0
    reached = nested * followers
    assert bounds(audiences_shared(reached, reached, 100_000, n_posts=1))[0] == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("followers", "target_group", "reason"),
    [
        ([], 1000.0, "not measured: there is no page"),
        ([10, 20], None, "not measured: the size of the target group"),
        ([0, 0], 1000.0, "nobody follows these pages"),
    ],
)
def test_what_has_no_break_even_says_why(
    followers: list[int], target_group: float | None, reason: str
) -> None:
    both = break_even(followers, target_group, 0.05)
    for estimate in (both.apart, both.nested):
        assert not estimate.estimable
        assert estimate.reason.startswith(reason)


def test_areas_apart_add_up_and_nobody_is_reached_twice() -> None:
    share = audiences_apart([10, 50], [40, 500], [100, 200], n_posts=7)
    assert bounds(share) == pytest.approx((60 / 300, 240 / 300))
    assert (share.n_pages, share.n_posts, share.unit) == (2, 7, "share of the target group")


def test_pages_that_share_people_lie_between_the_largest_and_the_sum() -> None:
    assert bounds(audiences_shared([10, 50], [40, 80], 400, n_posts=7)) == (50 / 400, 120 / 400)


def test_no_audience_is_more_than_everyone() -> None:
    assert bounds(audiences_shared([900], [5_000], 400, n_posts=7)) == (1, 1)
    assert bounds(audiences_apart([900], [5_000], [400], n_posts=7)) == (1, 1)


def test_a_month_lies_between_its_best_post_and_the_sum_of_its_posts() -> None:
    month = month_of_posts([30, 80, 10], [30, 80, 10], 200)
    assert bounds(month) == pytest.approx((0.4, 0.6))
    assert (month.n_pages, month.n_posts) == (1, 3)
    assert bounds(month_of_posts([30] * 30, [30] * 30, 200)) == (0.15, 1)


def test_bounds_have_no_value_between_them_and_say_why() -> None:
    for estimate in (
        month_of_posts([1, 2], [3, 4], 9),
        audiences_shared([1, 2], [3, 4], 9, n_posts=1),
        audiences_apart([1, 2], [3, 4], [9, 9], n_posts=1),
    ):
        assert estimate.has_interval
        assert not estimate.estimable
        assert estimate.reason


def test_nothing_to_bound_is_not_measured() -> None:
    for estimate in (
        month_of_posts([], [], 200),
        month_of_posts([1], [2], None),
        audiences_shared([], [], 200, n_posts=0),
        audiences_shared([1], [2], None, n_posts=1),
        audiences_apart([], [], [], n_posts=0),
    ):
        assert not estimate.has_interval
        assert estimate.reason.startswith("not measured")


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (lambda: break_even([-1], 9, 0.1), "negative"),
        (lambda: break_even([1], 0, 0.1), "a number of people"),
        (lambda: break_even([1], np.nan, 0.1), "a number of people"),
        (lambda: break_even([1], 9, 2), "threshold"),
        (lambda: audiences_shared([5], [4], 9, n_posts=1), "lower bound first"),
        (lambda: audiences_shared([-1], [4], 9, n_posts=1), "lower bound first"),
        (lambda: audiences_apart([1], [4], [0], n_posts=1), "a number of people"),
        (lambda: audiences_apart([1], [4], [9, 9], n_posts=1), "different numbers of pages"),
        (lambda: month_of_posts([np.nan], [4], 9), "not measured"),
    ],
)
def test_numbers_that_cannot_be_are_refused(refused: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        refused()


groups_of_people = st.lists(
    st.sets(st.integers(0, 29), min_size=1, max_size=30), min_size=1, max_size=6
)


@given(groups_of_people)
def test_the_union_of_real_audiences_lies_between_the_bounds(audiences: list[set[int]]) -> None:
    sizes = [len(audience) for audience in audiences]
    union = len(set.union(*audiences)) / 30
    for estimate in (
        audiences_shared(sizes, sizes, 30, n_posts=1),
        month_of_posts(sizes, sizes, 30),
    ):
        low, high = bounds(estimate)
        assert low <= union <= high or union == pytest.approx(high)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=6),
    st.integers(2, 50),
)
def test_order_and_unit_of_people_change_nothing(pages: list[tuple[int, int]], times: int) -> None:
    low, high = np.sort(np.array(pages, dtype=float), axis=1).T
    groups = np.full(len(low), 900.0)
    for one, other in (
        (
            audiences_shared(low, high, 900, n_posts=1),
            audiences_shared(times * low[::-1], times * high[::-1], times * 900, n_posts=1),
        ),
        (
            audiences_apart(low, high, groups, n_posts=1),
            audiences_apart(times * low[::-1], times * high[::-1], times * groups, n_posts=1),
        ),
    ):
        assert bounds(one) == pytest.approx(bounds(other))
