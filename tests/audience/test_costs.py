"""What posts and answers cost for what they give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.costs import page_costs, people_per_post_for, price_of_webcare
from analysis.study import Costs, Period, Range
from selections import comments, selection

PAGES = {"provincie": 1, "gemeente": 1}
RATES = {"provincie": 10.0, "gemeente": 10.0}
COSTS = Costs(
    hours_per_post=Range(low=1, high=3),
    webcare_hours_per_week=Range(low=1, high=2),
    price_per_hour=60,
    ad_price_per_1000_reached=Range(low=4, high=12),
    reason="invented for a test of the arithmetic",
)


def costs(**columns: Any) -> pd.Series:
    return page_costs(selection(PAGES, RATES, **columns), COSTS).T["gemeente-0"]


def test_a_post_that_reaches_a_thousand_costs_its_hours() -> None:
    page = costs(reach_organic=1000.0)
    assert (page["per_1000_reached_low"], page["per_1000_reached_high"]) == (60, 180)


def test_boosted_posts_are_no_part_of_it() -> None:
    boosted = np.arange(40) % 2 == 0
    page = costs(reach_organic=np.where(boosted, 9e6, 500.0), paid=pd.array(boosted, "boolean"))
    assert page["per_1000_reached_low"] == 120


def test_clicks_and_interactions_are_counted_over_the_posts_that_have_them() -> None:
    page = costs(link_clicks=np.where(np.arange(40) % 2 == 0, 6.0, np.nan), reactions=11.0)
    assert page["per_click_low"] == 10
    assert page["per_interaction_low"] == 5


@pytest.mark.parametrize("name", ["per_1000_reached", "per_click", "per_answer"])
def test_what_was_not_measured_has_no_cost(name: str) -> None:
    assert np.isnan(costs()[f"{name}_low"])


def test_nothing_cannot_be_bought() -> None:
    assert np.isnan(costs(link_clicks=0.0)["per_click_low"])


def test_answers_share_the_webcare_of_the_whole_period() -> None:
    asked = comments(PAGES, {"provincie": 0, "gemeente": 5}, {"provincie": 0, "gemeente": 4})
    page = costs(under=asked)
    year = price_of_webcare(COSTS, Period(start="2023-01-01", end="2023-12-31"))
    assert year.low == pytest.approx(365 / 7 * 60)
    assert page["per_answer_low"] == pytest.approx(year.low / 4)
    assert page["per_answer_high"] == pytest.approx(year.high / 4)


def test_the_break_even_with_advertising_is_where_both_cost_the_same() -> None:
    people = people_per_post_for(COSTS)
    assert people is not None
    assert (people.low, people.high) == (5000, 45_000)
    assert 60 / people.low * 1000 == 12
    assert 180 / people.high * 1000 == 4


def test_without_a_price_of_advertising_there_is_no_break_even() -> None:
    assert people_per_post_for(COSTS.model_copy(update={"ad_price_per_1000_reached": None})) is None
