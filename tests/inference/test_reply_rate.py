"""Bounds on the share of comments that pages answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.inference.reply_rate import reply_rate_bounds

THREE_CLAIMS = 1 - 0.05 / 3


@pytest.fixture
def provincie(pages: pd.DataFrame) -> pd.DataFrame:
    return pages[pages["tier"] == "provincie"]


def test_bounds_are_those_of_the_formula_in_r(
    provincie: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    bounds = reply_rate_bounds(
        provincie["replied"], provincie["comments"], level=THREE_CLAIMS, n_posts=1
    )
    for name, estimate in (("mean_page", bounds.mean_page), ("pooled", bounds.pooled)):
        assert [estimate.low, estimate.high] == pytest.approx(golden("bounds")[name])
    assert bounds.mean_page.value == pytest.approx(
        (provincie["replied"] / provincie["comments"]).mean()
    )
    assert bounds.pooled.value == provincie["replied"].sum() / provincie["comments"].sum()


def test_both_together_have_the_wider_of_the_bounds(provincie: pd.DataFrame) -> None:
    bounds = reply_rate_bounds(provincie["replied"], provincie["comments"], level=0.95, n_posts=1)
    each = (bounds.mean_page, bounds.pooled)
    assert bounds.both.low == min(estimate.low or 0 for estimate in each)
    assert bounds.both.high == max(estimate.high or 1 for estimate in each)
    assert bounds.both.value == bounds.pooled.value


def test_no_answer_at_all_is_not_more_certain_than_one_answer_on_the_worst_page(
    provincie: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    comments = np.array(provincie["comments"])
    none = reply_rate_bounds(0 * comments, comments, level=THREE_CLAIMS, n_posts=1)
    assert (none.pooled.value, none.pooled.low, none.mean_page.low) == (0, 0, 0)
    assert none.mean_page.high == pytest.approx(golden("bounds")["mean_page_none_answered"])
    assert none.pooled.high == pytest.approx(golden("bounds")["pooled_none_answered"])
    one_answer = [
        reply_rate_bounds(np.eye(len(comments))[page], comments, level=THREE_CLAIMS, n_posts=1)
        for page in range(len(comments))
    ]
    assert none.both.high == pytest.approx(max(bounds.both.high or 0 for bounds in one_answer))


def test_one_page_has_a_rate_and_no_bounds() -> None:
    bounds = reply_rate_bounds([3], [30], level=0.95, n_posts=9)
    for estimate in (bounds.mean_page, bounds.pooled, bounds.both):
        assert estimate.value == pytest.approx(0.1)
        assert not estimate.has_interval
        assert "one page" in estimate.reason


def test_pages_that_all_answer_the_same_share_have_no_bounds() -> None:
    bounds = reply_rate_bounds([1, 2, 10], [10, 20, 100], level=0.95, n_posts=9)
    assert bounds.both.value == pytest.approx(0.1)
    assert not bounds.both.has_interval
    assert "same value" in bounds.both.reason


def test_pages_that_seem_alike_by_chance_have_no_bounds() -> None:
    comments = np.array([1.0, 5, 9, 1, 5, 9])
    pooled = reply_rate_bounds(comments / 4 - 0.05, comments, level=0.95, n_posts=1).pooled
    assert pooled.value == pytest.approx(0.24)
    assert not pooled.has_interval
    assert "does not show how much pages differ" in pooled.reason


def test_fewer_than_six_pages_have_no_bounds() -> None:
    bounds = reply_rate_bounds([1, 2, 8, 4, 5], [10] * 5, level=0.95, n_posts=1)
    for estimate in (bounds.mean_page, bounds.pooled, bounds.both):
        assert estimate.value == pytest.approx(0.4)
        assert not estimate.has_interval
        assert estimate.reason == "an interval takes at least 6 pages, and there are 5"


def test_no_page_is_not_measured() -> None:
    bounds = reply_rate_bounds([], [], level=0.95, n_posts=0)
    for estimate in (bounds.mean_page, bounds.pooled, bounds.both):
        assert estimate.reason.startswith("not measured")


@pytest.mark.parametrize(
    ("replied", "comments", "message"),
    [
        ([0], [0], "without comments"),
        ([5], [4], "between none and all"),
        ([-1], [4], "between none and all"),
    ],
)
def test_rates_that_cannot_be_are_refused(
    replied: list[int], comments: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        reply_rate_bounds(replied, comments, level=0.95, n_posts=1)


counted = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=20,
)


@settings(deadline=None)
@given(counted)
def test_bounds_enclose_the_rate_and_stay_between_nothing_and_everything(
    pages: list[tuple[int, int]],
) -> None:
    bounds = reply_rate_bounds(*zip(*pages, strict=True), level=0.95, n_posts=1)
    for estimate in (bounds.mean_page, bounds.pooled, bounds.both):
        if estimate.low is None or estimate.high is None:
            assert estimate.reason
        else:
            assert 0 <= estimate.low <= (estimate.value or 0) <= estimate.high <= 1


@settings(deadline=None)
@given(counted)
def test_unanswered_comments_have_the_bounds_of_answered_ones_turned_round(
    pages: list[tuple[int, int]],
) -> None:
    answered, asked = (np.array(column) for column in zip(*pages, strict=True))
    assume(2 * answered.sum() != asked.sum())
    one = reply_rate_bounds(answered, asked, level=0.95, n_posts=1).both
    other = reply_rate_bounds(asked - answered, asked, level=0.95, n_posts=1).both
    if one.low is None or one.high is None:
        assert not other.has_interval
    else:
        assert [other.low, other.high] == pytest.approx([1 - one.high, 1 - one.low])


@pytest.mark.parametrize(("rate", "correlation"), [(0.12, 0.05), (0.4, 0.15)])
def test_the_two_bounds_make_an_interval_that_holds_the_truth_as_often_as_it_says(
    rate: float, correlation: float
) -> None:
    random = np.random.default_rng(12)
    spread = (1 - correlation) / correlation
    inside = 0
    for _ in range(200):
        asked = 10 + random.poisson(60, 12)
        answered = random.binomial(asked, random.beta(rate * spread, (1 - rate) * spread, 12))
        estimate = reply_rate_bounds(answered, asked, level=0.975, n_posts=1).mean_page
        assert estimate.low is not None
        assert estimate.high is not None
        inside += estimate.low <= rate <= estimate.high
    # 95 % of 200, two standard errors wide to below; conservative bounds may hold more.
    assert 184 <= inside <= 200
