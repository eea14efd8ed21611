"""Whom the posts of each page reach, and the share of its target group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.groups import (
    needed_of_the_middle_group,
    needed_per_follower,
    reached_groups,
    with_loss,
)
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


def pages_of_groups(**columns: Any) -> pd.DataFrame:
    """Three pages that reach 100 to 200, 50 to 80 and 10 to 20 people."""
    usual: dict[str, Any] = {
        "name": ["A", "B", "C"],
        "tier": "rijk",
        "shared": True,
        "measured": True,
        "followers": [1000.0, 500.0, 500.0],
        "n_posts": 10,
        "target_group": ["everyone", "everyone", "students"],
        "target_group_size": [1000.0, 1000.0, 100.0],
        "reached_otherwise_low": 0.5,
        "reached_otherwise_high": 0.75,
        "post_low": [100.0, 50.0, 10.0],
        "post_high": [200.0, 80.0, 20.0],
    }
    return pd.DataFrame(usual | columns, index=["1", "2", "3"])


def test_a_shared_target_group_counts_once_from_the_largest_to_the_sum() -> None:
    groups = reached_groups(pages_of_groups(), "post")
    assert list(groups["name"]) == ["everyone", "students"]
    assert list(groups["n_pages"]) == [2, 1]
    assert list(groups["share_low"]) == [0.1, 0.1]
    assert list(groups["share_high"]) == [0.28, 0.2]


def test_areas_that_are_apart_count_each() -> None:
    groups = reached_groups(pages_of_groups(shared=False, target_group="residents"), "post")
    assert list(groups["name"]) == ["A", "B", "C"]
    assert list(groups["share_high"]) == [0.2, 0.08, 0.2]


def test_no_share_is_over_all_of_the_group() -> None:
    groups = reached_groups(pages_of_groups(post_high=[5000.0, 80.0, 200.0]), "post")
    assert list(groups["share_high"]) == [1.0, 1.0]


def shares(reached: tuple[float, float], otherwise: tuple[float, float]) -> pd.Series:
    """The loss of one target group, from shares at least and at most."""
    names = ("share_low", "share_high", "otherwise_low", "otherwise_high")
    return with_loss(pd.DataFrame([dict(zip(names, (*reached, *otherwise), strict=True))])).loc[0]


@pytest.mark.parametrize(
    ("reached", "otherwise", "loss"),
    [
        # 35 % see a post and other channels reach 86 %: the posts may reach all the other 14 %.
        ((0.35, 0.35), (0.86, 0.86), (0.0, 0.14)),
        # 90 % see a post and other channels reach 30 %: at least 60 % see nothing else.
        ((0.9, 0.9), (0.3, 0.3), (0.6, 0.7)),
        ((0.1, 0.4), (0.2, 0.8), (0.0, 0.4)),
        ((0.6, 0.9), (0.2, 0.3), (0.3, 0.8)),
    ],
)
def test_the_loss_is_bounded_whoever_other_channels_reach(
    reached: tuple[float, float], otherwise: tuple[float, float], loss: tuple[float, float]
) -> None:
    found = shares(reached, otherwise)
    assert (found["loss_low"], found["loss_high"]) == pytest.approx(loss)
    assert found["loss_low"] <= found["loss_if_alike_low"] <= found["loss_if_alike_high"]
    assert found["loss_if_alike_high"] <= found["loss_high"]


def test_if_other_channels_reach_the_audience_like_everyone_the_loss_is_a_product() -> None:
    found = shares((0.1, 0.4), (0.5, 0.75))
    assert found["loss_if_alike_low"] == pytest.approx(0.1 * 0.25)
    assert found["loss_if_alike_high"] == pytest.approx(0.4 * 0.5)


def test_without_knowing_what_other_channels_reach_there_is_no_loss() -> None:
    unknown = shares((0.1, 0.4), (np.nan, np.nan))
    assert unknown[["loss_low", "loss_high", "loss_if_alike_high"]].isna().all()
    assert shares((np.nan, np.nan), (0.5, 0.75))[["loss_low", "loss_high"]].isna().all()


def test_a_page_that_was_not_measured_may_reach_everyone_of_the_group_it_shares() -> None:
    one_unknown = pages_of_groups(post_low=[100.0, np.nan, 10.0], post_high=[200.0, np.nan, 20.0])
    groups = reached_groups(one_unknown, "post").set_index("name")
    assert list(groups["share_low"]) == [0.1, 0.1]
    assert list(groups["share_high"]) == [1.0, 0.2]
    assert list(groups["n_pages"]) == [1, 1]
    assert list(groups["measured"]) == [False, True]


def test_pages_that_were_not_measured_never_lower_a_bound() -> None:
    measured = reached_groups(pages_of_groups(), "post")
    one_less = pages_of_groups(post_low=[100.0, np.nan, 10.0], post_high=[200.0, np.nan, 20.0])
    assert (reached_groups(one_less, "post")["share_high"] >= measured["share_high"]).all()
    assert (reached_groups(one_less, "post")["loss_high"] >= measured["loss_high"]).all()


def test_a_group_of_which_nothing_was_measured_has_no_row() -> None:
    unknown = pages_of_groups(post_low=[np.nan, np.nan, 10.0], post_high=[np.nan, np.nan, 20.0])
    assert list(reached_groups(unknown, "post")["name"]) == ["students"]


def test_a_page_with_an_unknown_target_group_is_left_out() -> None:
    groups = reached_groups(pages_of_groups(target_group_size=[1000.0, 1000.0, np.nan]), "post")
    assert list(groups["name"]) == ["everyone"]


def test_break_even_needs_no_reach() -> None:
    needed = needed_per_follower(pages_of_groups(), 0.1)
    assert list(needed["apart"]) == pytest.approx([100 / 1500, 10 / 500])
    assert list(needed["nested"]) == pytest.approx([100 / 1000, 10 / 500])


def test_the_break_even_of_the_middle_group_counts_the_pages_that_tell() -> None:
    followers = [1000.0, 500.0, np.nan]
    found = needed_of_the_middle_group(pages_of_groups(followers=followers), 0.1)
    assert (found.low, found.high) == pytest.approx((100 / 1500, 100 / 1000))
    assert found.n_pages == 2
    alone = needed_of_the_middle_group(pages_of_groups(shared=False), 0.1)
    assert alone.value == pytest.approx(0.1)
    assert "it takes followers" in needed_of_the_middle_group(pages_of_groups()[:0], 0.1).reason


def test_without_pages_there_are_no_groups() -> None:
    assert reached_groups(pages_of_groups().iloc[:0], "post").empty
    assert needed_per_follower(pages_of_groups().iloc[:0], 0.1).empty
