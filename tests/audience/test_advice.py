"""The channel advice, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.audience.advice import Action, Numbers, Why, advise
from analysis.study import Range, Threshold

THRESHOLD = Threshold(below=0.05, above=0.10, reason="little under one in twenty, much over ten %")
POSTS_DEARER = {"post_price": Range(low=100, high=300), "ad_price": Range(low=4, high=12)}
POSTS_CHEAPER = {"post_price": Range(low=1, high=3), "ad_price": Range(low=4, high=12)}
NOT_CLEAR = {"post_price": Range(low=1, high=30), "ad_price": Range(low=4, high=12)}
KNOWN = Numbers(
    has_target_group=True,
    reach_measured=True,
    month=Range(low=0.01, high=0.04),
    not_otherwise=Range(low=0.0, high=0.05),
    post_price=None,
    ad_price=None,
)


def between(low: float, high: float) -> Range:
    return Range(low=low, high=high)


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"has_target_group": False}, Why.NO_TARGET_GROUP),
        ({"reach_measured": False}, Why.REACH_NOT_MEASURED),
        ({"month": None}, Why.NO_MONTH),
    ],
)
def test_without_the_numbers_the_advice_is_to_measure_first(
    missing: dict[str, Any], why: Why
) -> None:
    advice = advise(replace(KNOWN, **missing), THRESHOLD)
    assert (advice.action, advice.why) == (Action.MEASURE_FIRST, why)


def test_what_a_model_says_never_decides() -> None:
    clear = replace(KNOWN, month=between(0.0001, 0.0002), reach_measured=False)
    assert advise(clear, THRESHOLD).action is Action.MEASURE_FIRST


def test_keep_what_reaches_many_whom_nothing_else_reaches() -> None:
    much = replace(KNOWN, month=between(0.3, 0.6), not_otherwise=between(0.9, 1.0))
    advice = advise(much, THRESHOLD)
    assert (advice.action, advice.why) == (Action.KEEP, Why.MUCH_IS_LOST)


def test_stop_what_reaches_few_when_other_channels_reach_nearly_all() -> None:
    advice = advise(KNOWN, THRESHOLD)
    assert (advice.action, advice.why) == (Action.STOP, Why.LITTLE_IS_LOST)


def test_few_are_few_whatever_other_channels_reach() -> None:
    assert advise(replace(KNOWN, not_otherwise=None), THRESHOLD).action is Action.STOP


@pytest.mark.parametrize(
    ("prices", "action"),
    [
        (POSTS_DEARER, Action.ADVERTISE),
        (POSTS_CHEAPER, Action.KEEP),
        (NOT_CLEAR, Action.MEASURE_FIRST),
        ({}, Action.MEASURE_FIRST),
    ],
)
def test_where_many_are_reached_by_nothing_the_price_decides(
    prices: dict[str, Any], action: Action
) -> None:
    unreached = replace(KNOWN, not_otherwise=between(0.4, 0.6), **prices)
    assert advise(unreached, THRESHOLD).action is action


@pytest.mark.parametrize(
    ("prices", "action"),
    [
        (POSTS_DEARER, Action.ADVERTISE),
        (POSTS_CHEAPER, Action.KEEP),
        (NOT_CLEAR, Action.MEASURE_FIRST),
    ],
)
def test_between_the_thresholds_the_price_decides(prices: dict[str, Any], action: Action) -> None:
    middling = replace(KNOWN, month=between(0.07, 0.09), not_otherwise=between(1.0, 1.0), **prices)
    assert advise(middling, THRESHOLD).action is action


def test_not_knowing_other_channels_is_what_to_measure_when_it_could_decide() -> None:
    advice = advise(replace(KNOWN, month=between(0.02, 0.2), not_otherwise=None), THRESHOLD)
    assert (advice.action, advice.why) == (Action.MEASURE_FIRST, Why.OTHER_CHANNELS_NOT_KNOWN)


def test_bounds_that_are_too_wide_ask_for_the_months_own_number() -> None:
    wide = replace(KNOWN, month=between(0.02, 0.2), not_otherwise=between(0.5, 0.7))
    advice = advise(wide, THRESHOLD)
    assert (advice.action, advice.why) == (Action.MEASURE_FIRST, Why.BOUNDS_TOO_WIDE)


def test_the_loss_is_bounded_whomever_other_channels_reach() -> None:
    numbers = replace(KNOWN, month=between(0.3, 0.6), not_otherwise=between(0.8, 0.9))
    assert numbers.loss.low == pytest.approx(0.1)
    assert numbers.loss.high == 0.6
    fewer = replace(KNOWN, month=between(0.3, 0.6), not_otherwise=between(0.2, 0.5))
    assert (fewer.loss.low, fewer.loss.high) == (0, 0.5)


def test_more_is_never_lost_when_other_channels_reach_more() -> None:
    rank = {Action.STOP: 0, Action.MEASURE_FIRST: 1, Action.KEEP: 2}
    actions = [
        advise(
            replace(KNOWN, month=between(0.2, 0.25), not_otherwise=between(left, left)),
            Threshold(below=0.05, above=0.05, reason="one threshold, so that nothing lies between"),
        ).action
        for left in (0.9, 0.5, 0.21, 0.1, 0.0)
    ]
    ranks = [rank[action] for action in actions]
    assert ranks == sorted(ranks, reverse=True)
    assert (actions[0], actions[-1]) == (Action.KEEP, Action.STOP)
