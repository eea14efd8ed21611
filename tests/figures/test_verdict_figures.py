"""Where a number lies between the two thresholds of its claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.rule import CLAIMS, Verdict
from analysis.figures.verdicts import place, verdicts_at_a_glance
from analysis.inference.estimate import Estimate
from analysis.study import ClaimName, Threshold
from gallery import chosen

THRESHOLD = Threshold(below=0.25, above=0.5, reason="a quarter and a half of what there is")


def verdict(name: ClaimName, *, value: float = 0.3, high: float = 0.4) -> Verdict:
    estimate = Estimate(
        value=value, low=0.2, high=high, n_pages=12, n_posts=99, unit="share of posts", method=""
    )
    return Verdict.of(CLAIMS[name], THRESHOLD, estimate)


def marks(shown: Verdict) -> dict[str, float]:
    """The marks drawn in the row of one claim: their shape, and where they lie."""
    drawn = verdicts_at_a_glance(chosen(simulated=False), {"a claim": shown})
    lines = [line for line in drawn.figure.axes[0].lines if line.get_marker() in "<>D"]
    return {str(line.get_marker()): float(line.get_xdata()[0]) for line in lines}


@pytest.mark.parametrize(
    ("value", "at"), [(0, 0), (0.25, 1), (0.375, 1.5), (0.5, 2), (0.75, 2.5), (1.0, 3), (9.0, 3)]
)
def test_the_thresholds_are_the_borders_of_the_zones(value: float, at: float) -> None:
    assert place(value, verdict("webcare_absent")) == pytest.approx(at)


def test_a_number_is_marked_where_it_lies() -> None:
    assert marks(verdict("webcare_absent")) == {"D": pytest.approx(1.2)}


def test_what_lies_beyond_the_scale_is_said_to_go_on() -> None:
    assert marks(verdict("webcare_absent", high=1.2)) == {"D": pytest.approx(1.2), ">": 3}
    assert marks(verdict("webcare_absent", value=1.1, high=1.2)) == {">": 3}
    assert marks(verdict("few_comments", value=1.1, high=1.2)) == {"<": 0}


def test_what_is_supported_from_above_is_turned_around() -> None:
    assert place(0.5, verdict("few_comments")) == 1
    assert place(0.25, verdict("few_comments")) == 2


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_higher_number_never_lies_further_to_the_left(one: float, more: float) -> None:
    assert place(one, verdict("small_loss")) <= place(one + more, verdict("small_loss"))
