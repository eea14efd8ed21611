"""Where a number lies between the two thresholds of its claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.rule import CLAIMS, Verdict
from analysis.figures.verdicts import place
from analysis.inference.estimate import Estimate
from analysis.study import ClaimName, Threshold

THRESHOLD = Threshold(below=0.25, above=0.5, reason="a quarter and a half of what there is")


def verdict(name: ClaimName) -> Verdict:
    estimate = Estimate(
        value=0.3, low=0.2, high=0.4, n_pages=12, n_posts=99, unit="share of posts", method=""
    )
    return Verdict.of(CLAIMS[name], THRESHOLD, estimate)


@pytest.mark.parametrize(
    ("value", "at"), [(0, 0), (0.25, 1), (0.375, 1.5), (0.5, 2), (0.75, 2.5), (1.0, 3), (9.0, 3)]
)
def test_the_thresholds_are_the_borders_of_the_zones(value: float, at: float) -> None:
    assert place(value, verdict("webcare_absent")) == pytest.approx(at)


def test_what_is_supported_from_above_is_turned_around() -> None:
    assert place(0.5, verdict("few_comments")) == 1
    assert place(0.25, verdict("few_comments")) == 2


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_higher_number_never_lies_further_to_the_left(one: float, more: float) -> None:
    assert place(one, verdict("small_loss")) <= place(one + more, verdict("small_loss"))
