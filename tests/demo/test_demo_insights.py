"""The insights and the audiences: what their form and the stated truth ask of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import NormalDist, median
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.demo.business_suite import OWNERS
from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.posts import simulate
from analysis.demo.reach import with_reach
from analysis.demo.truth import TRUTH

Records = list[dict[str, str]]
Exports = dict[str, Records]

PACIFIC, AMSTERDAM = ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/Amsterdam")
REACTIONS = ("Likes", "Love", "Wow", "Haha", "Sad", "Angry", "Care")


@pytest.fixture(scope="module")
def posts() -> pl.DataFrame:
    return with_reach(simulate())


@pytest.fixture(scope="module")
def public(exports: Exports, insights: Records) -> dict[str, dict[str, str]]:
    """Public records of the posts in the insights, by address."""
    addresses = {row["Permalink"] for row in insights}
    return {row["URL"]: row for rows in exports.values() for row in rows if row["URL"] in addresses}


def test_eight_pages_of_every_tier_share_their_insights(insights: Records) -> None:
    assert {row["Paginanaam"] for row in insights} == set(OWNERS)
    assert len(OWNERS) == 8
    tiers = [page.tier for page in ORGANISATIONS if page.name in OWNERS]
    assert {tier: tiers.count(tier) for tier in TRUTH.tiers} == {
        "rijksoverheid": 2,
        "provincie": 3,
        "gemeente": 3,
    }


def test_every_post_of_theirs_is_public_too(
    insights: Records, public: Mapping[str, dict[str, str]]
) -> None:
    assert len(public) == len(insights)
    for row in insights:
        post = public[row["Permalink"]]
        assert row["Pagina-ID"] == post["Facebook Id"]
        assert row["Omschrijving"] == post["Message"]


def test_only_videos_have_an_id_that_their_address_does_not_hold(
    insights: Records, public: Mapping[str, dict[str, str]]
) -> None:
    for row in insights:
        is_video = public[row["Permalink"]]["Type"] == "Native Video"
        assert row["Permalink"].endswith(f"/{row['Bericht-ID']}") != is_video


def test_times_are_pacific_and_do_not_say_so(
    insights: Records, public: Mapping[str, dict[str, str]]
) -> None:
    for row in insights:
        shown = datetime.strptime(row["Publicatietijdstip"], "%m/%d/%Y %H:%M")
        local, _ = public[row["Permalink"]]["Post Created"].rsplit(" ", 1)
        moment = datetime.fromisoformat(local).replace(tzinfo=AMSTERDAM, second=0)
        assert moment.astimezone(PACIFIC).replace(tzinfo=None) == shown


def test_comments_and_shares_are_the_public_ones_and_a_few_reactions_came_later(
    insights: Records, public: Mapping[str, dict[str, str]]
) -> None:
    before = after = 0
    for row in insights:
        post = public[row["Permalink"]]
        assert (row["Opmerkingen"], row["Deelacties"]) == (post["Comments"], post["Shares"])
        before += sum(int(post[kind]) for kind in REACTIONS)
        after += int(row["Reacties"])
    assert after / before - 1 == pytest.approx(TRUTH.reach.late_reactions, rel=0.2)


def test_the_parts_of_the_total_add_up(insights: Records) -> None:
    for row in insights:
        parts = sum(int(row[part]) for part in ("Reacties", "Opmerkingen", "Deelacties"))
        assert int(row["Reacties, opmerkingen en deelacties"]) == parts


def test_organic_and_paid_reach_add_up_to_more_than_the_total_of_a_boosted_post(
    insights: Records,
) -> None:
    boosted = 0
    for row in insights:
        organic, paid = (
            int(row[f"Bereik via {way} berichten"]) for way in ("Organische", "Gepromote")
        )
        total = int(row["Bereik"])
        if paid:
            boosted += 1
            assert max(organic, paid) <= total <= organic + paid
        else:
            assert total == organic
    assert boosted / len(insights) == pytest.approx(TRUTH.boosted_share, abs=0.01)


def test_nobody_interacts_without_being_reached(posts: pl.DataFrame) -> None:
    interactions = pl.sum_horizontal(*TRUTH.interactions)
    assert posts.select((pl.col("reach_organic") >= interactions).all()).item()


def test_all_pages_have_a_true_reach_and_without_luck_it_is_the_stated_one() -> None:
    steady = replace(TRUTH, reach=replace(TRUTH.reach, reach_page_sd=0.0, reach_post_sd=0.0))
    posts = with_reach(simulate(steady), steady)
    assert posts["page_id"].n_unique() == len(ORGANISATIONS)
    for post in posts.sample(500, seed=1).iter_rows(named=True):
        interactions = sum(post[kind] for kind in TRUTH.interactions)
        rate = (
            TRUTH.reach.reach_rate
            * (post["followers"] / TRUTH.reference_followers) ** TRUTH.reach.reach_slope
            * ((interactions + 0.5) / post["followers"] / 0.003) ** TRUTH.reach.reach_link
        )
        expected = max(post["followers"] * rate, interactions)
        assert post["reach_organic"] == pytest.approx(expected, abs=0.5)


def test_a_bend_takes_large_and_small_pages_off_the_straight_line() -> None:
    bent = replace(TRUTH, reach=replace(TRUTH.reach, reach_bend=-0.15))
    straight, curved = with_reach(simulate()), with_reach(simulate(bent), bent)
    change = pl.DataFrame(
        {
            "followers": straight["followers"],
            "ratio": curved["reach_organic"] / straight["reach_organic"],
        }
    )
    ordinary = change.filter(pl.col("followers").is_between(14_000, 16_000))["ratio"].median()
    large = change.filter(pl.col("followers") > 140_000)["ratio"].median()
    assert ordinary == pytest.approx(1, abs=0.02)
    assert large == pytest.approx(math.exp(-0.15 * math.log(10) ** 2), rel=0.1)


def test_the_pages_that_share_are_like_the_others() -> None:
    """Over many seeds their own effects fall as often in the upper as in the lower half."""
    seeds = range(1, 21)
    higher = 0
    for seed in seeds:
        truth = replace(TRUTH, seed=seed)
        per_page = (
            with_reach(simulate(truth), truth)
            .group_by("page_id")
            .agg(
                unexplained=(
                    pl.col("reach_organic").log()
                    - pl.col("followers").log() * (1 + TRUTH.reach.reach_slope)
                    - TRUTH.reach.reach_link
                    * ((pl.sum_horizontal(*TRUTH.interactions) + 0.5) / pl.col("followers")).log()
                ).median()
            )
        )
        effects = dict(per_page.iter_rows())
        middle = median(effects.values())
        ids = [page.page_id for page in ORGANISATIONS if page.name in OWNERS]
        higher += sum(effects[page_id] > middle for page_id in ids)
    n = 8 * len(seeds)
    margin = NormalDist().inv_cdf(0.999) * math.sqrt(n) / 2
    assert abs(higher - n / 2) < margin


def test_every_page_has_an_audience_and_some_are_reached_otherwise(
    audiences: Records, register: Records
) -> None:
    assert [row["page_id"] for row in audiences] == [page["page_id"] for page in register]
    assert {row["source"] for row in audiences} == {"invented for the demo"}
    tier_of = {page["page_id"]: page["tier"] for page in register}
    known = [tier_of[row["page_id"]] for row in audiences if row["reached_otherwise_low"]]
    assert {tier: known.count(tier) for tier in TRUTH.tiers} == {
        "rijksoverheid": 8,
        "provincie": 0,
        "gemeente": 12,
    }
    for row in audiences:
        assert 0 < float(row["platform_share"]) < 1
        if row["reached_otherwise_low"]:
            assert float(row["reached_otherwise_low"]) < float(row["reached_otherwise_high"]) < 1


def test_the_readme_names_who_shares_insights(project: Path) -> None:
    readme = " ".join((project / "data/raw/README.md").read_text(encoding="utf-8").split())
    assert all(re.search(rf"{name}\b", readme) for name in OWNERS)
