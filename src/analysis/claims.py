"""The sentences under test, as decision rules over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd

from analysis.inference.bounds import minimum_pages, typical_page_bounds
from analysis.inference.estimate import Estimate
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material
from analysis.study import ClaimName, Threshold

FAMILY_ERROR = 0.05
MOST_REACTED = 0.1


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
    sentence : str
        What was said, in plain words.
    measure : str
        The page's number, from the catalogue of measures; the claim goes by its median over pages.
    supported_when : {"below", "above"}
        The side on which the number supports the sentence.
    in_between : str
        What it means when the number lies between the two thresholds.
    """

    name: ClaimName
    sentence: str
    measure: str
    supported_when: Literal["below", "above"]
    in_between: str


CLAIMS: dict[ClaimName, Claim] = {
    "few_reactions": Claim(
        "few_reactions",
        "Hardly anyone reacts",
        "interactions_per_1000_followers",
        "below",
        "few, as on Facebook generally",
    ),
    "few_comments": Claim(
        "few_comments",
        "… and nobody says anything",
        "at_most_one_comment",
        "above",
        "many posts without a conversation, and many with one",
    ),
}


@dataclass(frozen=True)
class Verdict:
    """A claim judged on one group of pages.

    Attributes
    ----------
    estimate : Estimate
        Median over the pages, with its two one-sided bounds.
    minimum_pages : int
        Fewer pages than this have no bounds at this level.
    """

    claim: Claim
    threshold: Threshold
    outcome: Outcome
    estimate: Estimate
    minimum_pages: int


def confidence(claims_in_study: int) -> float:
    """Level of each one-sided bound, so that all verdicts of a study hold together.

    1 − .05 / k for k claims (Bonferroni).
    """
    return 1 - FAMILY_ERROR / claims_in_study


def judge(
    claim: Claim, threshold: Threshold, material: Material, *, claims_in_study: int
) -> Verdict:
    """Judge a claim on the pages of some posts.

    Where it is not known which posts were paid for, the bounds span two readings: all posts were
    organic, and the most reacted tenth of every page was paid for. A verdict needs both to agree.

    Parameters
    ----------
    material : Material
        Posts of the pages to judge.
    claims_in_study : int
        How many verdicts have to hold together.
    """
    level = confidence(claims_in_study)
    values = [_page_values(claim, reading) for reading in organic_readings(material)]
    estimate = _spanning(
        [
            typical_page_bounds(
                of_pages.to_numpy(),
                level=level,
                n_posts=len(material.posts),
                unit=CATALOGUE[claim.measure].unit,
            )
            for of_pages in values
        ]
    )
    return Verdict(
        claim, threshold, outcome(claim, threshold, estimate), estimate, minimum_pages(level)
    )


def _page_values(claim: Claim, material: Material) -> pd.Series:
    return CATALOGUE[claim.measure].compute(material).dropna()


def _spanning(readings: Sequence[Estimate]) -> Estimate:
    """Give the first reading's estimate with bounds that hold under every reading."""
    first = readings[0]
    if not all(reading.has_interval for reading in readings):
        return first
    lows = [reading.low for reading in readings if reading.low is not None]
    highs = [reading.high for reading in readings if reading.high is not None]
    return replace(first, low=min(lows), high=max(highs))


def organic_readings(material: Material) -> list[Material]:
    """The posts that were organic: once when that is known, else under both extremes."""
    posts = material.posts
    not_paid = posts[~posts["paid"].fillna(False).astype(bool)]
    readings = [not_paid]
    if posts["paid"].isna().any():
        readings.append(_without_most_reacted(not_paid))
    return [Material(reading, material.weeks, material.timezone) for reading in readings]


def _without_most_reacted(posts: pd.DataFrame) -> pd.DataFrame:
    """Leave out the most reacted tenth of every page's posts."""
    rank = posts.groupby("page_id")["interactions"].rank(ascending=False, method="first")
    size = posts.groupby("page_id")["interactions"].transform("count")
    return posts[~(rank <= np.ceil(MOST_REACTED * size))]


def outcome(claim: Claim, threshold: Threshold, estimate: Estimate) -> Outcome:
    """Decide from the bounds and the two thresholds."""
    if estimate.low is None or estimate.high is None:
        return Outcome.NOT_ESTIMABLE
    if estimate.high < threshold.below:
        return _outcome_on("below", claim)
    if estimate.low > threshold.above:
        return _outcome_on("above", claim)
    if estimate.low >= threshold.below and estimate.high <= threshold.above:
        return Outcome.IN_BETWEEN
    return Outcome.UNDECIDED


def _outcome_on(side: str, claim: Claim) -> Outcome:
    return Outcome.SUPPORTED if side == claim.supported_when else Outcome.CONTRADICTED
