"""Verdicts on the sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims import CLAIMS, Outcome, confidence, judge, organic_readings, outcome
from analysis.inference.estimate import Estimate
from analysis.measures.measure import Material
from analysis.study import Threshold

REACTIONS = CLAIMS["few_reactions"]
COMMENTS = CLAIMS["few_comments"]
THRESHOLD = Threshold(below=0.5, above=1.0, reason="the industry's medians lie between these")


def bounded(low: float | None, high: float | None) -> Estimate:
    return Estimate(
        value=0.7, low=low, high=high, n_pages=12, n_posts=99, unit="per 1,000", method="median"
    )


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.1, 0.49, Outcome.SUPPORTED),
        (1.01, 3.0, Outcome.CONTRADICTED),
        (0.5, 1.0, Outcome.IN_BETWEEN),
        (0.4, 0.9, Outcome.UNDECIDED),
        (0.6, 1.2, Outcome.UNDECIDED),
        (None, None, Outcome.NOT_ESTIMABLE),
    ],
)
def test_bounds_and_thresholds_decide(
    low: float | None, high: float | None, verdict: Outcome
) -> None:
    assert outcome(REACTIONS, THRESHOLD, bounded(low, high)) is verdict


def test_silence_supports_its_sentence_from_above() -> None:
    silence = Threshold(below=0.25, above=0.5, reason="more than half, or less than a quarter")
    assert outcome(COMMENTS, silence, bounded(0.6, 0.9)) is Outcome.SUPPORTED
    assert outcome(COMMENTS, silence, bounded(0.1, 0.2)) is Outcome.CONTRADICTED


@given(st.floats(0, 5), st.floats(0, 5))
def test_a_wider_interval_never_turns_a_verdict_around(low: float, width: float) -> None:
    narrow = outcome(REACTIONS, THRESHOLD, bounded(low, low + width))
    wide = outcome(REACTIONS, THRESHOLD, bounded(low / 2, 2 * (low + width)))
    assert {narrow, wide} != {Outcome.SUPPORTED, Outcome.CONTRADICTED}


def test_more_claims_in_a_study_ask_for_more_confidence() -> None:
    assert confidence(1) == 0.95
    assert confidence(2) == 0.975


def material(pages: int, rate: float, *, paid: object = None, posts_per_page: int = 40) -> Material:
    """Pages with 10,000 followers whose posts get about ``rate`` interactions per 1,000."""
    random = np.random.default_rng(3)
    n = pages * posts_per_page
    interactions = random.poisson(10 * rate, n).astype(float)
    posts = pd.DataFrame(
        {
            "page_id": np.repeat([f"page {i}" for i in range(pages)], posts_per_page),
            "interactions": interactions,
            "comments": np.minimum(interactions, 1.0),
            "followers_at_posting": 10_000.0,
            "paid": pd.array([paid] * n, dtype="boolean"),
        }
    )
    return Material(posts, weeks=52, timezone="UTC")


@pytest.mark.parametrize(
    ("rate", "verdict"), [(0.2, Outcome.SUPPORTED), (3.0, Outcome.CONTRADICTED)]
)
def test_clear_cases_are_judged_clearly(rate: float, verdict: Outcome) -> None:
    judged = judge(REACTIONS, THRESHOLD, material(12, rate), claims_in_study=2)
    assert judged.outcome is verdict


def test_too_few_pages_are_not_estimable_and_say_how_many_it_takes() -> None:
    judged = judge(REACTIONS, THRESHOLD, material(3, 0.2), claims_in_study=2)
    assert judged.outcome is Outcome.NOT_ESTIMABLE
    assert judged.minimum_pages == 6
    assert "6 pages" in judged.estimate.reason


def test_posts_that_may_have_been_paid_for_widen_the_bounds() -> None:
    known = judge(REACTIONS, THRESHOLD, material(12, 1.0, paid=False), claims_in_study=2).estimate
    unknown = judge(REACTIONS, THRESHOLD, material(12, 1.0), claims_in_study=2).estimate
    assert unknown.low is not None
    assert known.low is not None
    assert unknown.low <= known.low
    assert unknown.high == known.high


def test_paid_posts_that_are_known_are_left_out() -> None:
    posts = material(6, 1.0, paid=False)
    posts.posts.loc[posts.posts.index[::2], "paid"] = True
    (organic,) = organic_readings(posts)
    assert len(organic.posts) == len(posts.posts) / 2


def test_what_was_not_measured_is_not_estimable() -> None:
    unmeasured = material(12, 1.0)
    unmeasured.posts["followers_at_posting"] = np.nan
    judged = judge(REACTIONS, THRESHOLD, unmeasured, claims_in_study=2)
    assert judged.outcome is Outcome.NOT_ESTIMABLE
    assert judged.estimate.reason.startswith("not measured")


def test_a_verdict_does_not_depend_on_the_order_of_posts() -> None:
    posts = material(12, 1.0)
    shuffled = replace(posts, posts=posts.posts.sample(frac=1, random_state=1))
    first = judge(REACTIONS, THRESHOLD, posts, claims_in_study=2)
    second = judge(REACTIONS, THRESHOLD, shuffled, claims_in_study=2)
    assert first == second
