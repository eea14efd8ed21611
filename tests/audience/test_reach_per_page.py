"""Whom the posts of each page reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.reach import Reach, reach_per_page, whole_months
from analysis.study import Period
from selections import selection, study

PAGES = {"provincie": 6, "gemeente": 6}
RATES = {"provincie": 10.0, "gemeente": 40.0}
PEOPLE = "unique people"


def reached(**columns: Any) -> Reach:
    return reach_per_page(selection(PAGES, RATES, **columns))


def some_measured(number: int) -> dict[str, Any]:
    """Reach of the posts of the first pages: 400 people each; none of the others."""
    n = 20 * sum(PAGES.values())
    known = np.arange(n) < 20 * number
    return {
        "reach_organic": np.where(known, 400.0, np.nan),
        "reach_definition": pd.Series(np.where(known, PEOPLE, None)),
        "paid": pd.array([False] * n, dtype="boolean"),
    }


def test_where_reach_was_measured_it_is_a_number_and_not_an_interval() -> None:
    pages = reached(**some_measured(12)).pages
    assert pages["measured"].all()
    assert (pages[["post_low", "post_value", "post_high"]] == 400).all(axis=None)


def test_a_month_lies_between_its_best_post_and_the_sum_of_its_posts() -> None:
    pages = reached(**some_measured(12)).pages
    assert (pages["month_low"] == 400).all()
    assert (pages["month_high"] == 400 * pages["posts_per_month"]).all()


def posts_in(months: list[int], **columns: Any) -> Reach:
    """All posts of every page in these months of 2023, in turn."""
    n = 20 * sum(PAGES.values())
    days = [f"2023-{months[post % len(months)]:02d}-10" for post in range(n)]
    return reached(published_at=pd.to_datetime(days, utc=True), **columns)


def test_whoever_sees_the_posts_of_a_month_its_bounds_hold_them() -> None:
    # Every page has twenty posts in one month; each shows which of 1,000 people saw it.
    random = np.random.default_rng(8)
    seen = random.random((12, 20, 1000)) < random.uniform(0, 0.2, (12, 20, 1))
    per_post = seen.sum(axis=2)
    pages = posts_in([3], reach_organic=per_post.ravel(), reach_definition=PEOPLE, paid=False).pages
    together = seen.any(axis=1).sum(axis=1)
    assert list(pages["month_low"]) == list(per_post.max(axis=1))
    assert (pages["month_low"] <= together).all()
    assert (pages["month_high"] >= together).all()


def test_months_without_posts_count_between_the_first_and_the_last() -> None:
    quiet = posts_in([1, 12], **some_measured(6)).pages
    assert (quiet["posts_per_month"] == 0).all()
    assert (quiet[["month_low", "month_high"]] == 0).all(axis=None)
    assert (quiet["post_high"] > 0).all()


def test_months_before_the_first_post_and_after_the_last_do_not_count() -> None:
    started_late = posts_in([11, 12], **some_measured(12)).pages
    assert (started_late["posts_per_month"] == 10).all()
    assert (started_late["month_high"] == 4000).all()


def test_every_second_month_is_half_a_month_of_posts() -> None:
    alternating = posts_in([3, 5, 7, 9], **some_measured(12)).pages
    assert (alternating["posts_per_month"] == 5).all()
    regular = posts_in([3, 4], **some_measured(12)).pages
    assert (regular["posts_per_month"] == 10).all()


def test_one_post_that_goes_round_does_not_raise_an_ordinary_month() -> None:
    # Pages that were measured: of twelve posts eleven reach 100 people and one 20,000.
    n = 20 * sum(PAGES.values())
    measured = np.arange(n) < 120
    people = np.where(np.arange(n) % 20 == 0, 20_000.0, 100.0)
    pages = reached(
        reach_organic=np.where(measured, people, np.nan),
        reach_definition=pd.Series(np.where(measured, PEOPLE, None)),
        paid=pd.array([False] * n, dtype="boolean"),
    ).pages
    modelled = pages[~pages["measured"]]
    assert (modelled["month_low"] <= modelled["post_low"]).all()
    assert (modelled["month_low"] < 100).all()


def test_pages_that_were_not_measured_have_an_interval_around_the_model() -> None:
    found = reached(**some_measured(4))
    modelled = found.pages[~found.pages["measured"]]
    assert len(modelled) == 8
    assert found.any_modelled
    assert found.model.n_pages == 4
    assert (modelled["post_low"] < modelled["post_value"]).all()
    assert (modelled["post_value"] < modelled["post_high"]).all()


def test_a_page_that_was_not_measured_reaches_the_models_share_of_its_followers() -> None:
    found = reached(**some_measured(4))
    modelled = found.pages[~found.pages["measured"]]
    rates = found.model.predict(modelled["followers"], modelled["interactions"])
    for bound, share in (("post_low", "low"), ("post_value", "value"), ("post_high", "high")):
        people = [10_000 * getattr(rate, share) for rate in rates]
        assert list(modelled[bound]) == pytest.approx(people)


def test_measured_pages_of_the_whole_study_speak_for_one_tier_and_one_page() -> None:
    one_tier = reach_per_page(selection(PAGES, RATES, tier="gemeente", **some_measured(6)))
    assert one_tier.model.n_pages == 6
    assert not one_tier.pages["measured"].any()
    assert one_tier.definition == PEOPLE


def test_without_any_measured_page_benchmarks_alone_speak() -> None:
    found = reached()
    assert found.model.n_pages == 0
    ratio = found.pages["post_high"] / found.pages["post_value"]
    assert ratio.between(5, 12).all()


def test_without_followers_nothing_is_said_of_a_page_that_was_not_measured() -> None:
    pages = reached(followers_at_posting=np.nan).pages
    assert pages[["post_low", "post_high", "month_low", "month_high"]].isna().all(axis=None)


def test_the_whole_reach_counts_only_where_nothing_was_paid() -> None:
    known = reached(reach=300.0, reach_definition=PEOPLE, paid=False).pages
    assert (known["post_value"] == 300).all()
    assert not reached(reach=300.0, reach_definition=PEOPLE).pages["measured"].any()


def test_a_page_of_which_few_posts_have_a_reach_is_not_measured() -> None:
    few = some_measured(12)
    few["reach_organic"] = np.where(np.arange(240) % 20 < 9, 400.0, np.nan)
    assert not reached(**few).pages["measured"].any()


def test_posts_that_may_have_been_paid_for_widen_the_bounds() -> None:
    sure, unsure = reached(paid=False).pages, reached().pages
    assert (unsure["post_low"] < sure["post_low"]).all()
    assert (unsure["post_high"] == sure["post_high"]).all()


def test_the_others_can_be_taken_to_reach_more_than_the_volunteers() -> None:
    found = reached(**some_measured(4))
    more = found.if_others_reach(2.0)
    is_measured = found.pages["measured"]
    assert (more.pages["post_high"][is_measured] == 400).all()
    assert (
        more.pages["post_high"][~is_measured] == 2 * found.pages["post_high"][~is_measured]
    ).all()


def test_only_whole_months_count() -> None:
    assert list(whole_months(Period(start="2023-01-15", end="2023-03-31")).astype(str)) == [
        "2023-02",
        "2023-03",
    ]
    assert len(whole_months(Period(start="2016-09-19", end="2016-09-27"))) == 0


def test_a_period_without_a_whole_month_has_no_monthly_bounds() -> None:
    short = study(period={"start": "2023-01-01", "end": "2023-01-20"})
    pages = reach_per_page(selection(PAGES, RATES, of=short)).pages
    assert pages["month_high"].isna().all()
    assert pages["post_high"].notna().all()


def test_pages_without_posts_have_no_bounds() -> None:
    chosen = selection(PAGES, RATES)
    silent = reach_per_page(replace(chosen, study_posts=chosen.study_posts.iloc[:0])).pages
    assert silent[["post_high", "month_high"]].isna().all(axis=None)
