"""What a claim is, and how bounds and thresholds decide about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from analysis.audience.groups import TARGET_GROUP_SHARE
from analysis.inference.estimate import Estimate
from analysis.inference.survival import COMMENT_SHARE
from analysis.measures.catalogue import CATALOGUE
from analysis.study import ClaimName, Threshold

FAMILY_ERROR = 0.05
Side = Literal["below", "above"]


class Outcome(StrEnum):
    """What the data say of a sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    IN_BETWEEN = "in between"
    UNDECIDED = "undecided"
    NOT_ESTIMABLE = "not estimable"


@dataclass(frozen=True)
class Claim:
    """A sentence, and the number that decides about it.

    Attributes
    ----------
    of_sentence : int
        Which of the three sentences it belongs to: 1 the loss is not great, 2 hardly any reaction,
        3 webcare is nearly absent.
    supported_when : {"below", "above"}
        The side on which the number supports the claim.
    measure : str
        Name of the number in the results.
    unit : str
        What it counts.
    definition : str
        How it is made.
    """

    name: ClaimName
    of_sentence: int
    supported_when: Side
    measure: str
    unit: str
    definition: str


def _median_page(name: ClaimName, supported_when: Side, measure: str) -> Claim:
    of_page = CATALOGUE[measure]
    definition = f"median over pages of: {of_page.formula}"
    return Claim(name, 2, supported_when, measure, of_page.unit, definition)


CLAIMS: dict[ClaimName, Claim] = {
    claim.name: claim
    for claim in (
        _median_page("few_reactions", "below", "interactions_per_1000_followers"),
        _median_page("few_comments", "above", "at_most_one_comment"),
        Claim(
            "webcare_absent",
            3,
            "below",
            "reply_rate",
            COMMENT_SHARE,
            "comments that need an answer and have a public reply / comments that need an answer, "
            "over pages with at least 10 of them; bounds hold for the mean page and pooled",
        ),
        Claim(
            "small_audience_post",
            1,
            "below",
            "target_group_reached_by_a_post",
            TARGET_GROUP_SHARE,
            "median over target groups of: people reached by an ordinary organic post / people in "
            "the target group",
        ),
        Claim(
            "small_audience_month",
            1,
            "below",
            "target_group_reached_in_a_month",
            TARGET_GROUP_SHARE,
            "median over target groups of: people reached by the organic posts of an ordinary "
            "month / people in the target group",
        ),
        Claim(
            "small_loss",
            1,
            "below",
            "target_group_lost",
            TARGET_GROUP_SHARE,
            "median over target groups of: share r reached by a month of posts and not by other "
            "channels, which reach o: from max(0, r − o) to min(r, 1 − o)",
        ),
    )
}


@dataclass(frozen=True)
class Verdict:
    """A claim judged on one group of pages.

    Attributes
    ----------
    estimate : Estimate
        The number with its two one-sided bounds; where reach or overlap was not measured, bounds
        without a number between them.
    """

    claim: Claim
    threshold: Threshold
    outcome: Outcome
    estimate: Estimate

    @classmethod
    def of(cls, claim: Claim, threshold: Threshold, estimate: Estimate) -> Verdict:
        """Decide about a claim."""
        return cls(claim, threshold, decide(claim.supported_when, threshold, estimate), estimate)


def confidence(claims_in_study: int) -> float:
    """Level of each one-sided bound, so that all verdicts of a study hold together.

    1 − .05 / k for k claims (Bonferroni).
    """
    return 1 - FAMILY_ERROR / claims_in_study


def two_sided(level: float) -> float:
    """Level of the interval between two one-sided bounds."""
    return 2 * level - 1


def half_the_error(level: float) -> float:
    """Level that leaves half of the error of another one.

    What rests on two things that may be wrong, each with half of the error, is wrong no more often
    than it may be, whether they are wrong together or apart.
    """
    return 1 - (1 - level) / 2


def decide(supported_when: Side, threshold: Threshold, estimate: Estimate) -> Outcome:
    """Decide from the two bounds and the two thresholds."""
    if estimate.low is None or estimate.high is None:
        return Outcome.NOT_ESTIMABLE
    if estimate.high < threshold.below:
        return outcome_on("below", supported_when)
    if estimate.low > threshold.above:
        return outcome_on("above", supported_when)
    if estimate.low >= threshold.below and estimate.high <= threshold.above:
        return Outcome.IN_BETWEEN
    return Outcome.UNDECIDED


def outcome_on(side: Side, supported_when: Side) -> Outcome:
    """Say what a number clearly on one side of the thresholds means."""
    return Outcome.SUPPORTED if side == supported_when else Outcome.CONTRADICTED


def spanning(readings: Sequence[Estimate]) -> Estimate:
    """Give the first reading's estimate with bounds that hold under every reading.

    A reading without bounds leaves none.
    """
    lows = [reading.low for reading in readings if reading.low is not None]
    highs = [reading.high for reading in readings if reading.high is not None]
    if len(lows) < len(readings) or len(highs) < len(readings):
        return next(reading for reading in readings if not reading.has_interval)
    return replace(readings[0], low=min(lows), high=max(highs))
