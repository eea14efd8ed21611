"""Numbers and estimates in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inference.estimate import Estimate, not_estimable
from analysis.sentences import (
    amount,
    basis,
    capitalised,
    count,
    day,
    interval_behind,
    interval_in_words,
    joined,
    number,
    p_value,
    pages_and_posts,
    percentage,
    span,
    statement,
    value_in_words,
)

ESTIMATE = Estimate(
    value=0.62,
    low=0.51,
    high=0.7537,
    n_pages=12,
    n_posts=3051,
    unit="interactions per 1,000 followers per post",
    method="median page",
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.6237, "0.62"),
        (12.34, "12.3"),
        (12345.6, "12,346"),
        (0.00423, "0.0042"),
        (-1.5, "−1.50"),
        (0, "0"),
    ],
)
def test_a_number_has_as_many_decimals_as_its_size_asks_for(value: float, written: str) -> None:
    assert number(value) == written


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_a_number_stays_within_one_part_in_ten_of_itself(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=0.1)


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0234, "2.3%"), (0.62, "62%"), (0.0, "0%"), (1.0, "100%"), (0.0995, "10%")],
)
def test_a_share_is_written_as_a_percentage(share: float, written: str) -> None:
    assert percentage(share) == written


def test_counts_agree_with_their_noun() -> None:
    assert count(0, "page") == "no pages"
    assert count(1, "page") == "1 page"
    assert count(12041, "post") == "12,041 posts"


def test_words_are_joined_as_a_reader_would() -> None:
    assert joined(["a"]) == "a"
    assert joined(["a", "b"]) == "a and b"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_dates_and_p_values_are_written_in_full() -> None:
    assert day(date(2023, 1, 1)) == "1 January 2023"
    assert p_value(0.0341) == "p = 0.034"
    assert p_value(0.0002) == "p < 0.001"


def test_the_unit_decides_how_a_value_is_written() -> None:
    assert amount(0.5, "share of posts") == "50%"
    assert amount(0.5, "ratio") == "0.50"


def test_a_statement_gives_value_interval_and_basis() -> None:
    assert statement("Ordinary post", ESTIMATE) == (
        "Ordinary post: **0.62** (95% interval 0.51 to 0.75; 12 pages, 3,051 posts)."
    )


def test_a_statement_says_when_an_interval_is_approximate() -> None:
    assert "about 95% interval" in statement("Pooled", replace(ESTIMATE, approximate=True))


def test_a_statement_without_interval_says_why() -> None:
    alone = replace(ESTIMATE, low=None, high=None, n_pages=3, reason="it takes 6 pages")
    assert statement("Ordinary post", alone) == (
        "Ordinary post: **0.62** (no interval: it takes 6 pages; 3 pages, 3,051 posts)."
    )
    assert interval_in_words(alone) == "none"


def test_not_measured_and_not_estimable_are_two_things() -> None:
    basis = {"n_pages": 0, "n_posts": 0, "unit": "ratio", "method": "none"}
    unmeasured = not_estimable("not measured in these data", **basis)
    impossible = not_estimable("one page in this tier", **basis)
    assert value_in_words(unmeasured) == "not measured"
    assert value_in_words(impossible) == "not estimable"
    assert statement("Reach", unmeasured) == (
        "Reach: **not measured**. Not measured in these data."
    )


@pytest.mark.parametrize(
    ("text", "written"), [("posts on Facebook", "Posts on Facebook"), ("", ""), ("3 a", "3 a")]
)
def test_a_capital_begins_a_text_and_changes_nothing_else(text: str, written: str) -> None:
    assert capitalised(text) == written


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (4.0, 12.0, "EUR", "4 to 12"),
        (0.51, 0.51, "EUR", "0.51"),
        (0.1, 0.2, "share of comments", "10% to 20%"),
    ],
)
def test_from_where_to_where_is_one_number_where_both_are_the_same(
    low: float, high: float, unit: str, written: str
) -> None:
    assert span(low, high, unit) == written


def test_an_interval_behind_a_value_says_how_sure_it_is() -> None:
    assert interval_behind(ESTIMATE) == " (95% interval 0.51 to 0.75)"
    assert interval_behind(replace(ESTIMATE, approximate=True)).startswith(" (about 95% interval")
    assert interval_behind(replace(ESTIMATE, low=None, high=None, reason="why")) == ""


def test_what_numbers_rest_on_is_said_in_one_way() -> None:
    assert basis(ESTIMATE) == pages_and_posts(12, 3051) == "12 pages, 3,051 posts"
