"""Adjusted p-values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.estimate import Basis
from analysis.inference.multiplicity import benjamini_hochberg, holm, with_adjusted_p

ESTIMATE = Basis(n_pages=4, n_posts=9, unit="ratio", method="a test").interval(1, 0.5, 2, p=0.04)
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=9)


def test_adjusted_p_values_are_those_of_r(golden: Callable[[str], Any]) -> None:
    answers = golden("comparison")
    assert holm(answers["p_values"]) == pytest.approx(answers["holm"])
    assert benjamini_hochberg(answers["p_values"]) == pytest.approx(answers["benjamini_hochberg"])


@settings(deadline=None)
@given(p_values)
def test_holm_never_lowers_a_p_and_keeps_the_order(p: list[float]) -> None:
    adjusted = holm(p)
    assert (adjusted >= np.array(p)).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()


def test_a_family_of_one_is_not_adjusted() -> None:
    assert with_adjusted_p([ESTIMATE])[0].p_adjusted == ESTIMATE.p


def test_estimates_without_a_p_are_no_part_of_the_family() -> None:
    untested = replace(ESTIMATE, p=None)
    adjusted = with_adjusted_p([ESTIMATE, untested, replace(ESTIMATE, p=0.5)])
    assert [estimate.p_adjusted for estimate in adjusted] == [0.08, None, 0.5]
    assert with_adjusted_p([untested]) == (untested,)
    assert with_adjusted_p([]) == ()


def test_false_discoveries_are_adjusted_when_asked_for() -> None:
    family = [ESTIMATE, replace(ESTIMATE, p=0.05)]
    adjusted = with_adjusted_p(family, benjamini_hochberg)
    assert [estimate.p_adjusted for estimate in adjusted] == [0.05, 0.05]
