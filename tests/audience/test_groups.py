"""Which share of their target groups posts reach, and the reach per follower that it takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audience.groups import (
    needed_of_the_middle_group,
    needed_per_follower,
    reached_groups,
    with_loss,
)


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


def pages_that_share(size: float, **columns: Any) -> pd.DataFrame:
    """Pages that want to reach the same people; each column has one number per page."""
    n_pages = len(next(iter(columns.values())))
    page = pages_of_groups()[:1]
    return pd.concat([page] * n_pages, ignore_index=True).assign(target_group_size=size, **columns)


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
    crowds = {"post_low": [1200.0, 50.0, 10.0], "post_high": [5000.0, 80.0, 200.0]}
    groups = reached_groups(pages_of_groups(**crowds), "post")
    assert list(groups["share_low"]) == [1.0, 0.1]
    assert list(groups["share_high"]) == [1.0, 1.0]


def test_the_month_has_bounds_of_its_own() -> None:
    months = {"month_low": [150.0, 60.0, 30.0], "month_high": [500.0, 100.0, 70.0]}
    groups = reached_groups(pages_of_groups(**months), "month")
    assert list(groups["share_low"]) == [0.15, 0.3]
    assert list(groups["share_high"]) == [0.6, 0.7]


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 29), min_size=1), min_size=1, max_size=6))
def test_the_union_of_real_audiences_lies_between_the_bounds(audiences: list[set[int]]) -> None:
    people = [float(len(audience)) for audience in audiences]
    group = reached_groups(pages_that_share(30.0, post_low=people, post_high=people), "post").loc[0]
    assert group["share_low"] <= len(set.union(*audiences)) / 30 <= group["share_high"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=6),
    st.integers(2, 50),
    st.booleans(),
)
def test_order_and_unit_of_people_change_nothing(
    people: list[tuple[int, int]], times: int, shared: bool
) -> None:
    low, high = np.sort(np.array(people, dtype=float), axis=1).T
    there = pages_that_share(900.0, post_low=low, post_high=high).assign(shared=shared)
    back = there[::-1].assign(post_low=times * low[::-1], post_high=times * high[::-1])
    one = reached_groups(there, "post")
    other = reached_groups(back.assign(target_group_size=times * 900.0), "post")[::-1]
    for bound in ("share_low", "share_high"):
        assert list(one[bound]) == pytest.approx(list(other[bound]))


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


def test_twelve_pages_must_reach_60_to_716_percent_of_their_followers() -> None:
    needed = needed_per_follower(pages_that_share(17_900_000.0, followers=[25_000.0] * 12), 0.01)
    assert list(needed["apart"]) == pytest.approx([0.5967], abs=1e-4)
    assert list(needed["nested"]) == pytest.approx([7.16])


def test_at_break_even_the_pages_reach_the_threshold() -> None:
    followers = np.array([8_000.0, 30_000.0, 2_000.0])
    pages = pages_that_share(100_000.0, followers=followers)
    needed = needed_per_follower(pages, 0.05).loc[0]

    def reached(rate: float) -> pd.Series:
        people = {"post_low": rate * followers, "post_high": rate * followers}
        return reached_groups(pages.assign(**people), "post").loc[0]

    assert reached(needed["apart"])["share_high"] == pytest.approx(0.05)
    assert reached(needed["nested"])["share_low"] == pytest.approx(0.05)


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
