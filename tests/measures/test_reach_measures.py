"""Reach per page: posts whose reach is known, and the 500 of Moro, Rita & Vala (2016)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material
from analysis.measures.reach import organic_reach, organic_views

COLUMNS = ("reach", "reach_organic", "reach_paid", "views", "views_organic", "link_clicks")


def posts(paid: list[bool | None], **columns: Any) -> pd.DataFrame:
    frame = pd.DataFrame({name: columns.get(name, np.nan) for name in COLUMNS}, range(len(paid)))
    return frame.assign(
        page_id=columns.get("page_id", "1"),
        paid=pd.array(paid, dtype="boolean"),
        followers_at_posting=columns.get("followers", 1000.0),
        target_group_size=columns.get("target_group", 50_000.0),
    )


def page_value(measure: str, of: pd.DataFrame) -> float:
    material = Material(of, weeks=52, timezone="UTC")
    return float(CATALOGUE[measure].compute(material)["1"])


def test_organic_reach_is_what_the_export_calls_organic() -> None:
    shared = posts([None, False], reach=[90.0, 80.0], reach_organic=[70.0, 75.0])
    assert organic_reach(shared).tolist() == [70, 75]


def test_all_reach_of_a_post_known_to_be_unpaid_is_organic() -> None:
    found = organic_reach(posts([False, None], reach=[90.0, 80.0]))
    assert found[0] == 90
    assert np.isnan(found[1]), "whether this total was paid for is not known"


def test_a_boosted_post_is_no_organic_post() -> None:
    shared = posts([True, None], reach=[900.0, 80.0], reach_organic=[90.0, 75.0])
    assert organic_reach(shared).isna().tolist() == [True, False]


def test_views_go_by_the_same_rule() -> None:
    shown = posts([True, False, None], views=[9.0, 8.0, 7.0])
    assert organic_views(shown).isna().tolist() == [True, False, True]


def test_what_no_post_has_is_not_measured() -> None:
    nothing = posts([None, None])
    for name in ("organic_reach_rate", "organic_views_per_post", "link_clicks_per_post"):
        assert np.isnan(page_value(name, nothing))


def test_one_post_that_reaches_many_moves_the_mean_and_not_the_median() -> None:
    spread = posts([False] * 3, reach=[10.0, 40.0, 1000.0])
    assert page_value("organic_reach_rate", spread) == 0.04
    assert page_value("mean_organic_reach_rate", spread) == pytest.approx(0.35)


def test_reach_is_also_per_person_in_the_target_group() -> None:
    spread = posts([False] * 3, reach=[10.0, 40.0, 1000.0])
    assert page_value("organic_reach_target_group", spread) == 40 / 50_000


def test_the_share_by_payment_counts_boosted_posts_too() -> None:
    both = posts([None, True], reach_organic=[60.0, 40.0], reach_paid=[0.0, 300.0])
    assert page_value("reach_by_payment", both) == 0.75


def test_a_page_that_nobody_follows_has_no_reach_per_follower() -> None:
    assert np.isnan(page_value("organic_reach_rate", posts([False], reach=[5.0], followers=0.0)))


def test_clicks_are_per_thousand_reached_in_posts_with_both() -> None:
    clicked = posts([None] * 3, reach=[1000.0, 500.0, np.nan], link_clicks=[3.0, 3.0, 99.0])
    assert page_value("link_clicks_per_1000_reached", clicked) == 4


@pytest.fixture(scope="module")
def moro(real_data: Path) -> pd.DataFrame:
    raw = pd.read_csv(real_data / "uci-facebook-metrics" / "dataset_Facebook.csv")
    return posts(
        [bool(paid) for paid in raw["Paid"]],
        reach=raw["Lifetime Post Total Reach"].astype(float),
        views=raw["Lifetime Post Total Impressions"].astype(float),
        followers=raw["Page total likes"].astype(float),
    )


@pytest.mark.parametrize(
    ("measure", "printed"), [("organic_reach_rate", 0.042), ("mean_organic_reach_rate", 0.101)]
)
def test_the_published_reach_of_unpaid_posts_comes_out(
    moro: pd.DataFrame, measure: str, printed: float
) -> None:
    assert round(page_value(measure, moro), 3) == printed
