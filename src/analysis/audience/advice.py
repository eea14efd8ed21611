"""What to do with the organic posts of a page: a rule over numbers, and the number still to get.

The rule is written out in docs/methods.md, under *The channel advice*. It goes by reach alone: that
answering people or speaking in a crisis may be worth a page is for who reads the advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.study import Range, Threshold


class Action(StrEnum):
    """What is advised."""

    KEEP = "keep"
    STOP = "stop"
    ADVERTISE = "advertise"
    MEASURE_FIRST = "measure first"


class Why(StrEnum):
    """The step of the rule that decided."""

    NO_TARGET_GROUP = "the size of the target group is not known"
    REACH_NOT_MEASURED = "the page did not share its reach"
    NO_MONTH = "there is no whole month of posts"
    MUCH_IS_LOST = "what only these posts reach is more than the upper threshold"
    LITTLE_IS_LOST = "what only these posts reach is less than the lower threshold"
    UNREACHED_AND_ADS_CHEAPER = (
        "little is lost, many are reached by no channel, and advertising reaches them for less"
    )
    UNREACHED_AND_POSTS_CHEAPER = (
        "little is lost, but many are reached by no channel, and advertising costs more"
    )
    IN_BETWEEN_AND_ADS_CHEAPER = "neither little nor much is lost, and advertising costs less"
    IN_BETWEEN_AND_POSTS_CHEAPER = "neither little nor much is lost, and advertising costs more"
    OTHER_CHANNELS_NOT_KNOWN = "it is not known what other channels reach"
    BOUNDS_TOO_WIDE = "the bounds on a month's audience are too wide to say"
    PRICE_NOT_CLEAR = "it is not clear whether posts or advertising cost less"


@dataclass(frozen=True)
class Numbers:
    """What is known of a page, each as two ends; None where it is not known.

    Attributes
    ----------
    has_target_group : bool
        Whether the size of the target group is known.
    reach_measured : bool
        Whether the page shared its reach. What a model says never decides.
    month : Range or None
        Share of the target group that the organic posts of an ordinary month reach.
    not_otherwise : Range or None
        Share of the target group that other channels do not reach.
    post_price, ad_price : Range or None
        Price of 1,000 people reached by organic posts, and by advertising.
    """

    has_target_group: bool
    reach_measured: bool
    month: Range | None
    not_otherwise: Range | None
    post_price: Range | None
    ad_price: Range | None

    @property
    def loss(self) -> Range:
        """Share of the target group that hears less when the posts stop.

        At least what posts reach beyond all that other channels reach; at most the smaller of what
        posts reach and what other channels leave.

        Raises
        ------
        ValueError
            When the month's audience is not known.
        """
        if self.month is None:
            raise ValueError("month: without a month's audience there is no loss")
        unreached = self.not_otherwise or Range(low=0, high=1)
        reached_otherwise = 1 - unreached.low
        return Range(
            low=max(0.0, self.month.low - reached_otherwise),
            high=min(self.month.high, unreached.high),
        )

    @property
    def ads_cost_less(self) -> bool | None:
        """Whether advertising is cheaper at any of the hours and prices; None when not clear."""
        if self.post_price is None or self.ad_price is None:
            return None
        if self.ad_price.high < self.post_price.low:
            return True
        return False if self.post_price.high < self.ad_price.low else None


@dataclass(frozen=True)
class Advice:
    """What is advised, and the step of the rule that decided."""

    action: Action
    why: Why


def advise(numbers: Numbers, threshold: Threshold) -> Advice:
    """Go through the rule; the first step that applies decides.

    Parameters
    ----------
    numbers : Numbers
    threshold : Threshold
        Of the claim that the loss is small: *below* it little is lost, *above* it much.
    """
    if missing := _what_is_missing(numbers):
        return Advice(Action.MEASURE_FIRST, missing)
    loss = numbers.loss
    if loss.low > threshold.above:
        return Advice(Action.KEEP, Why.MUCH_IS_LOST)
    if loss.high < threshold.below:
        return _when_little_is_lost(numbers, threshold)
    if threshold.below <= loss.low and loss.high <= threshold.above:
        return _by_price(numbers, Why.IN_BETWEEN_AND_ADS_CHEAPER, Why.IN_BETWEEN_AND_POSTS_CHEAPER)
    if numbers.not_otherwise is None:
        return Advice(Action.MEASURE_FIRST, Why.OTHER_CHANNELS_NOT_KNOWN)
    return Advice(Action.MEASURE_FIRST, Why.BOUNDS_TOO_WIDE)


def _what_is_missing(numbers: Numbers) -> Why | None:
    if not numbers.has_target_group:
        return Why.NO_TARGET_GROUP
    if not numbers.reach_measured:
        return Why.REACH_NOT_MEASURED
    return Why.NO_MONTH if numbers.month is None else None


def _when_little_is_lost(numbers: Numbers, threshold: Threshold) -> Advice:
    """Stop, unless many people are reached by nothing at all: then the price decides."""
    unreached = numbers.not_otherwise
    if unreached is None or unreached.low <= threshold.above:
        return Advice(Action.STOP, Why.LITTLE_IS_LOST)
    return _by_price(numbers, Why.UNREACHED_AND_ADS_CHEAPER, Why.UNREACHED_AND_POSTS_CHEAPER)


def _by_price(numbers: Numbers, ads_cheaper: Why, posts_cheaper: Why) -> Advice:
    if numbers.ads_cost_less is None:
        return Advice(Action.MEASURE_FIRST, Why.PRICE_NOT_CLEAR)
    if numbers.ads_cost_less:
        return Advice(Action.ADVERTISE, ads_cheaper)
    return Advice(Action.KEEP, posts_cheaper)
