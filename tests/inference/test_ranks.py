"""The place of one page among others, and the places it may truly have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import dunnett, norm

from analysis.inference.ranks import place_of, simultaneous_quantile

columns = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(-5, 5), min_size=n, max_size=n),
        st.lists(st.floats(0.01, 2), min_size=n, max_size=n),
        st.integers(0, n - 1),
    )
)


@given(columns)
@settings(deadline=None, max_examples=50)
def test_the_place_lies_in_its_interval_and_both_among_the_places_there_are(
    pages: tuple[list[float], list[float], int],
) -> None:
    rates, errors, page = pages
    place = place_of(rates, errors, page, n_posts=9)
    assert 1 <= (place.low or 0) <= (place.value or 0) <= (place.high or 0) <= len(rates)


@given(columns)
@settings(deadline=None, max_examples=25)
def test_turning_the_order_turns_the_places(pages: tuple[list[float], list[float], int]) -> None:
    rates, errors, page = pages
    place = place_of(rates, errors, page, n_posts=9)
    turned = place_of(-np.array(rates), errors, page, n_posts=9)
    n = len(rates)
    assert (turned.low, turned.high) == (n + 1 - (place.high or 0), n + 1 - (place.low or 0))


def test_pages_far_apart_have_a_place_of_their_own_and_pages_alike_have_any() -> None:
    apart = [place_of([3.0, 2.0, 1.0], [0.01] * 3, page, n_posts=9) for page in range(3)]
    assert [(p.low, p.value, p.high) for p in apart] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]
    alike = place_of([1.0, 1.1, 1.2], [1.0] * 3, 0, n_posts=9)
    assert (alike.low, alike.value, alike.high) == (1, 3, 3)


def test_a_higher_level_never_narrows_the_places() -> None:
    rates, errors = np.linspace(0, 2, 9), np.full(9, 0.3)
    widths = [
        (found.high or 0) - (found.low or 0)
        for level in (0.5, 0.8, 0.95, 0.999)
        for found in [place_of(rates, errors, 4, n_posts=9, level=level)]
    ]
    assert widths == sorted(widths)


def test_one_other_page_takes_the_quantile_of_one_comparison() -> None:
    assert simultaneous_quantile(np.array([0.3]), 0.7, 0.95) == pytest.approx(1.96, abs=0.005)


def test_equal_errors_take_dunnetts_quantile() -> None:
    rng = np.random.default_rng(1)
    control, *groups = rng.normal(size=(6, 4000))
    interval = dunnett(*groups, control=control, random_state=rng).confidence_interval(0.95)
    in_errors = (interval.high - interval.low) / 2 / np.sqrt(2 / 4000)
    found = simultaneous_quantile(np.full(5, 0.2), 0.2, 0.95)
    assert found == pytest.approx(in_errors.mean(), rel=0.02)
    assert found < norm.isf(0.025 / 5)


@pytest.mark.parametrize("spread", [0.0, 0.2, 1.0])
def test_the_true_place_lies_in_the_interval_at_least_as_often_as_promised(spread: float) -> None:
    rng = np.random.default_rng(3)
    errors = rng.uniform(0.05, 0.5, 12)
    held = []
    for _ in range(200):
        true = spread * rng.normal(size=12)
        place = place_of(rng.normal(true, errors), errors, 5, n_posts=9)
        first, last = 1 + (true > true[5]).sum(), 12 - (true < true[5]).sum()
        held.append((place.low or 0) <= first and last <= (place.high or 0))
    assert np.mean(held) >= 0.93


def test_a_page_that_is_alone_has_no_place() -> None:
    assert "no place" in place_of([1.0], [0.2], 0, n_posts=9).reason
    with pytest.raises(ValueError, match="without error"):
        place_of([1.0, 2.0], [0.1, 0.0], 0, n_posts=9)
