"""Columns with one number per page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

from analysis.inference.pages import (
    from_log,
    log_page_rates,
    measured,
    page_columns,
    page_values,
    pages_by_tier,
)


def test_measured_leaves_out_a_page_when_one_of_its_columns_is_missing() -> None:
    sums = pd.Series([10, None, 30, 40], dtype="Int64")
    exposures = pl.Series([1.0, 2.0, None, 4.0])
    assert measured(sums, exposures).tolist() == [True, False, False, True]
    assert measured([1, None, np.nan, 0]).tolist() == [True, False, False, True]


def test_a_missing_value_is_refused_and_the_message_says_how_to_leave_it_out() -> None:
    with pytest.raises(ValueError, match=r"sums: 1 of 3 pages were not measured; .*measured\(\)"):
        page_columns(sums=[1, np.nan, 3], exposures=[1, 1, 1])


@pytest.mark.parametrize(
    ("values", "message"),
    [([1, np.inf], "infinite"), ([[1, 2], [3, 4]], "one number per page"), (3, "one number")],
)
def test_what_is_no_column_of_numbers_is_refused(values: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        page_values(values)  # type: ignore[arg-type]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="different numbers of pages"):
        page_columns(sums=[1, 2], exposures=[1, 2, 3])


def test_a_log_rate_adds_half_a_count() -> None:
    assert log_page_rates([0, 7], [2, 0.5]) == pytest.approx(np.log([0.25, 15]))


@pytest.mark.parametrize(
    ("sums", "exposures", "message"),
    [([-1], [1], "negative"), ([1], [0], "without exposure"), ([1], [-2], "without exposure")],
)
def test_rates_that_cannot_be_are_refused(
    sums: list[float], exposures: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        log_page_rates(sums, exposures)


def test_limits_beyond_the_largest_float_are_cut() -> None:
    assert np.isfinite(from_log([-5000, 0, 5000])).all()


def test_tiers_come_in_the_order_given_and_may_be_empty() -> None:
    found = pages_by_tier(["b", "a", "b"], ["a", "b", "c"], 3)
    assert {tier: pages.tolist() for tier, pages in found.items()} == {
        "a": [1],
        "b": [0, 2],
        "c": [],
    }


def test_a_tier_that_was_not_named_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\['provincies'\] not among"):
        pages_by_tier(["provincies"], ["provincie"], 1)
    with pytest.raises(ValueError, match="one name for each of the 2 pages"):
        pages_by_tier(["provincie"], ["provincie"], 2)
