"""Bounds and thresholds decide, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.rule import CLAIMS, Outcome, Side, confidence, decide, spanning
from analysis.inference.estimate import Estimate
from analysis.study import Threshold

THRESHOLD = Threshold(below=0.5, above=1.0, reason="the industry's medians lie between these")
CLEAR = {Outcome.SUPPORTED, Outcome.CONTRADICTED}
values = st.floats(0, 5)
sides = st.sampled_from(["below", "above"])


def bounded(low: float | None, high: float | None, reason: str = "") -> Estimate:
    return Estimate(
        value=0.7,
        low=low,
        high=high,
        n_pages=12,
        n_posts=99,
        unit="per 1,000",
        method="median",
        reason=reason,
    )


def threshold(below: float, above: float) -> Threshold:
    return Threshold(below=below, above=above, reason="drawn at random for this test")


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
    assert decide("below", THRESHOLD, bounded(low, high)) is verdict


def test_silence_supports_its_sentence_from_above() -> None:
    silence = threshold(0.25, 0.5)
    assert decide("above", silence, bounded(0.6, 0.9)) is Outcome.SUPPORTED
    assert decide("above", silence, bounded(0.1, 0.2)) is Outcome.CONTRADICTED


@given(values, values, values, values, sides)
def test_every_pair_of_bounds_has_one_outcome_of_the_five(
    low: float, width: float, below: float, gap: float, side: Side
) -> None:
    found = decide(side, threshold(below, below + gap), bounded(low, low + width))
    assert found in Outcome
    assert found is not Outcome.NOT_ESTIMABLE


@given(values, values)
def test_a_wider_interval_never_turns_a_verdict_around(low: float, width: float) -> None:
    narrow = decide("below", THRESHOLD, bounded(low, low + width))
    wide = decide("below", THRESHOLD, bounded(low / 2, 2 * (low + width)))
    assert {narrow, wide} != CLEAR


@given(values, values, values, values, values)
def test_a_higher_threshold_never_takes_support_away(
    low: float, width: float, below: float, gap: float, rise: float
) -> None:
    of_pages = bounded(low, low + width)
    first = decide("below", threshold(below, below + gap), of_pages)
    higher = decide("below", threshold(below + rise, below + gap + rise), of_pages)
    if first is Outcome.SUPPORTED:
        assert higher is Outcome.SUPPORTED
    if higher is Outcome.CONTRADICTED:
        assert first is Outcome.CONTRADICTED


def test_more_claims_in_a_study_ask_for_more_confidence() -> None:
    assert confidence(1) == 0.95
    assert confidence(2) == 0.975
    assert confidence(6) == pytest.approx(1 - 0.05 / 6)


def test_what_holds_under_every_reading_has_the_widest_bounds() -> None:
    together = spanning([bounded(0.2, 0.8), bounded(0.1, 0.7)])
    assert (together.low, together.high) == (0.1, 0.8)


def test_one_reading_without_bounds_leaves_none() -> None:
    missing = bounded(None, None, reason="too few pages")
    assert spanning([missing, bounded(0.1, 0.7)]).reason == "too few pages"
    assert not spanning([bounded(0.1, 0.7), missing]).has_interval


def test_every_claim_has_the_side_on_which_it_is_supported() -> None:
    supported = {name: claim.supported_when for name, claim in CLAIMS.items()}
    assert supported.pop("few_comments") == "above"
    assert set(supported.values()) == {"below"}
