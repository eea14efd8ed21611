"""The result type, and the four ways to answer from a basis."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.inference.estimate import Basis

BASIS = Basis(
    n_pages=12, n_posts=3000, unit="ratio", method="a method", level=0.9, approximate=True
)


def test_an_interval_carries_its_basis() -> None:
    estimate = BASIS.interval(np.float64(2), 1, 4, p=np.float64(0.04))
    assert (estimate.value, estimate.low, estimate.high, estimate.p) == (2, 1, 4, 0.04)
    assert (estimate.n_pages, estimate.n_posts, estimate.level) == (12, 3000, 0.9)
    assert (estimate.unit, estimate.method, estimate.reason) == ("ratio", "a method", "")
    assert estimate.approximate
    assert estimate.has_interval


def test_numbers_are_plain_floats_that_can_be_written_anywhere() -> None:
    estimate = BASIS.interval(np.float64(2), np.float64(1), np.float64(4), p=np.float64(0.04))
    assert {type(number) for number in (estimate.value, estimate.low, estimate.p)} == {float}


def test_a_value_alone_says_why_it_has_no_interval() -> None:
    estimate = BASIS.value_alone(2, "one page")
    assert estimate.estimable
    assert not estimate.has_interval
    assert not estimate.approximate
    assert estimate.reason == "one page"


def test_bounds_alone_have_nothing_between_them() -> None:
    estimate = BASIS.bounds_alone(np.float64(1), 4, "overlap was not measured")
    assert (estimate.value, estimate.low, estimate.high) == (None, 1, 4)
    assert type(estimate.low) is float
    assert estimate.has_interval
    assert not estimate.estimable
    assert estimate.approximate
    assert estimate.reason == "overlap was not measured"


def test_nothing_says_why_there_is_no_value() -> None:
    estimate = BASIS.nothing("not measured: no page")
    assert not estimate.estimable
    assert (estimate.reason, estimate.level) == ("not measured: no page", 0.9)


@pytest.mark.parametrize("level", [0, 1, 95, float("nan")])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="a share between 0 and 1"):
        Basis(n_pages=1, n_posts=1, unit="ratio", method="a method", level=level)
