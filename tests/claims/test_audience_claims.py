"""The audience is small, and so is the loss: bounds on the median target group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audience.reach import Reach
from analysis.claims.audience import (
    audience_bounds,
    bounds_of_one_page,
    flipping_shift,
    minimum_groups,
    reached_otherwise_enough,
)
from analysis.claims.rule import CLAIMS, Outcome, Verdict
from analysis.inference.estimate import Estimate
from analysis.inference.reach_model import uncalibrated
from analysis.study import Threshold

LEVEL = 0.95
POST = Threshold(below=0.02, above=0.05, reason="two and five in a hundred people")


def reach(pages: int, **columns: Any) -> Reach:
    """Pages with 10,000 residents each, of whom a post reaches 100."""
    usual: dict[str, Any] = {
        "name": [f"Page {number}" for number in range(pages)],
        "tier": "gemeente",
        "target_group": "residents",
        "target_group_size": 10_000.0,
        "reached_otherwise_low": 0.5,
        "reached_otherwise_high": 0.8,
        "shared": False,
        "followers": 3_000.0,
        "n_posts": 20,
        "measured": True,
        "post_low": 100.0,
        "post_value": 100.0,
        "post_high": 100.0,
        "month_low": 150.0,
        "month_high": 900.0,
    }
    index = pd.Index([str(number) for number in range(pages)], name="page_id")
    return Reach(pd.DataFrame(usual | columns, index=index), uncalibrated(), 0.95)


def of_post(found: Reach) -> Estimate:
    return audience_bounds("small_audience_post", found, level=LEVEL)


def limits(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_where_reach_was_measured_the_median_stands_between_its_bounds() -> None:
    found = of_post(reach(9, post_low=range(100, 1000, 100), post_high=range(100, 1000, 100)))
    assert found.value == pytest.approx(0.05)
    assert limits(found) == pytest.approx((0.02, 0.08))


def test_where_it_was_not_there_are_only_bounds() -> None:
    found = of_post(reach(9, measured=False, post_low=50.0, post_high=400.0))
    assert found.value is None
    assert limits(found) == pytest.approx((0.005, 0.04))
    assert found.approximate


def test_a_month_and_a_loss_go_by_the_month() -> None:
    month = audience_bounds("small_audience_month", reach(9), level=LEVEL)
    few_otherwise = reach(9, reached_otherwise_low=0.005, reached_otherwise_high=0.01)
    loss = audience_bounds("small_loss", few_otherwise, level=LEVEL)
    assert limits(month) == pytest.approx((0.015, 0.09))
    assert limits(loss) == pytest.approx((0.015 - 0.01, 0.09))


def test_little_is_lost_only_where_that_holds_whoever_other_channels_reach() -> None:
    # If other channels reached the audience like everyone else, .35 * (1 - .86) = 4.9 % is lost.
    found = reach(9, month_low=3_500.0, month_high=3_500.0).pages.assign(
        reached_otherwise_low=0.86, reached_otherwise_high=0.86
    )
    loss = audience_bounds("small_loss", Reach(found, uncalibrated(), 0.95), level=LEVEL)
    assert limits(loss) == pytest.approx((0.0, 0.14))


def test_a_shared_group_with_pages_that_were_not_measured_has_no_small_audience() -> None:
    known = reach(15, shared=True, post_low=5.0, post_high=5.0)
    some = reach(15, shared=True, post_low=[5.0] * 4 + [np.nan] * 11, post_high=5.0)
    small = Verdict.of(CLAIMS["small_audience_post"], POST, of_post(known))
    assert small.outcome is Outcome.SUPPORTED
    unsure = Verdict.of(CLAIMS["small_audience_post"], POST, of_post(some))
    assert unsure.outcome is Outcome.UNDECIDED


def test_a_shared_target_group_is_all_there_is_and_needs_no_others() -> None:
    found = reach(3, shared=True, measured=False, post_low=[50.0, 30.0, 10.0], post_high=200.0)
    assert minimum_groups(found, LEVEL) == 1
    assert limits(of_post(found)) == pytest.approx((0.005, 0.06))


def test_too_few_groups_say_how_many_it_takes() -> None:
    measured, modelled = reach(4), reach(4, measured=False, post_low=50.0)
    assert "at least 5 target groups" in of_post(measured).reason
    assert "at least 6 target groups" in of_post(modelled).reason
    assert not of_post(measured).has_interval


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"target_group_size": np.nan}, "how many people"),
        (dict.fromkeys(["post_low", "post_high", "month_low", "month_high"], np.nan), "neither"),
        (dict.fromkeys(["month_low", "month_high"], np.nan), "no whole month"),
        (dict.fromkeys(["reached_otherwise_low", "reached_otherwise_high"], np.nan), "channels"),
    ],
)
def test_what_is_missing_is_said(columns: dict[str, Any], reason: str) -> None:
    found = audience_bounds("small_loss", reach(9, **columns), level=LEVEL)
    assert not found.has_interval
    assert found.reason.startswith("not measured")
    assert reason in found.reason


def test_without_pages_nothing_is_measured() -> None:
    assert of_post(reach(0)).reason.startswith("not measured")


@settings(deadline=None, max_examples=20)
@given(st.floats(1, 20))
def test_more_reach_never_lowers_a_bound(factor: float) -> None:
    found = reach(9, measured=False, post_low=range(10, 100, 10), post_high=range(50, 500, 50))
    low, high = limits(of_post(found))
    more_low, more_high = limits(of_post(found.if_others_reach(factor)))
    assert more_low >= low
    assert more_high >= high


def test_the_shift_is_where_the_bound_meets_the_threshold() -> None:
    found = reach(9, measured=False, post_low=50.0, post_high=100.0)
    verdict = Verdict.of(CLAIMS["small_audience_post"], POST, of_post(found))
    assert verdict.outcome is Outcome.SUPPORTED
    shifts = flipping_shift(verdict, found, level=LEVEL)
    assert shifts["upper"].factor == pytest.approx(2)
    assert shifts["lower"].factor == pytest.approx(10)


def test_measured_pages_do_not_shift() -> None:
    verdict = Verdict.of(CLAIMS["small_audience_post"], POST, of_post(reach(9)))
    assert flipping_shift(verdict, reach(9), level=LEVEL)["upper"].factor is None


@pytest.mark.parametrize(
    ("high", "enough"), [(0.5, 0.9), (0.05, 0.0), (0.01, 0.0), (0.0, 0.0), (None, None)]
)
def test_the_break_even_of_the_loss_is_what_other_channels_must_reach(
    high: float | None, enough: float | None
) -> None:
    monthly = Estimate(
        value=None,
        low=None if high is None else 0,
        high=high,
        n_pages=9,
        n_posts=99,
        unit="share of the target group",
        method="",
    )
    found = reached_otherwise_enough(monthly, 0.05)
    assert found == (enough if enough is None else pytest.approx(enough))


def test_one_page_has_its_own_bounds_also_where_its_group_is_shared() -> None:
    found = bounds_of_one_page("small_audience_month", reach(1, shared=True))
    assert limits(found) == pytest.approx((0.015, 0.09))
    assert bounds_of_one_page("small_audience_post", reach(1)).value == pytest.approx(0.01)
