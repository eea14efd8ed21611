"""The pages and posts that a notebook speaks about."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.passport import Passport
from analysis.ingest.processed import Tables
from analysis.ingest.suspicious import DEFINED
from analysis.measures.sums import page_sums
from analysis.opening import open_notebook
from analysis.problems import InputProblem
from analysis.selection import Selection, of_tier, select
from analysis.study import Study
from analysis.tables import AUDIENCES, COMMENTS, PAGE_DAYS, REJECTS, SPEND
from selections import no_rows


@pytest.fixture
def study() -> Study:
    return Study.model_validate(
        {
            "title": "Two tiers",
            "period": {"start": date(2023, 1, 1), "end": date(2023, 1, 31)},
            "minimum_post_age_days": 7,
            "tiers": [
                {"name": "provincie", "label": "Provincies"},
                {"name": "gemeente", "label": "Gemeenten"},
            ],
            "raw": {"posts": [{"path": "posts.csv", "simulated": True}]},
        }
    )


NUMBERS = [name for names in DEFINED.values() for name in names]


def post(page: str, day: int, **counts: Any) -> dict[str, Any]:
    return {
        "platform": "facebook",
        "page_id": page,
        "published_at": pd.Timestamp(2023, 1, day, 12, tz=UTC),
        "observed_at": pd.Timestamp(2023, 2, 3, tz=UTC),
        "reactions": 3.0,
        "comments": 1.0,
        "shares": 1.0,
        "post_id": "1",
        **dict.fromkeys(NUMBERS, math.nan),
        **dict.fromkeys(DEFINED, None),
    } | counts


@pytest.fixture
def tables() -> Tables:
    pages = pd.DataFrame(
        {
            "platform": "facebook",
            "page_id": ["p1", "p2", "g1"],
            "name": ["Provincie Een", "Provincie Twee", "Gemeente Een"],
            "tier": ["provincie", "provincie", "gemeente"],
        }
    )
    posts = pd.DataFrame(
        [
            post("p1", 5),
            post("p1", 30),
            post("p2", 6, shares=float("nan")),
            post("g1", 7),
            post("g1", 7, published_at=pd.Timestamp(2022, 12, 24, tz=UTC)),
        ]
    )
    return Tables(
        pages=pages,
        audiences=no_rows(AUDIENCES),
        posts=posts,
        comments=no_rows(COMMENTS),
        spend=no_rows(SPEND),
        page_days=no_rows(PAGE_DAYS),
        rejects=no_rows(REJECTS),
    )


def chosen(
    study: Study, tables: Tables, tier: str = "all", page: str = "", platform: str = "facebook"
) -> Selection:
    return select(
        study, Path(), tables, Passport.model_construct(), tier=tier, page=page, platform=platform
    )


def test_all_is_every_tier_together(study: Study, tables: Tables) -> None:
    selection = chosen(study, tables)
    assert len(selection.pages) == 3
    assert selection.tiers == ("provincie", "gemeente")


def test_a_tier_has_its_own_pages_and_the_study_keeps_all(study: Study, tables: Tables) -> None:
    selection = chosen(study, tables, tier="gemeente")
    assert list(selection.pages["page_id"]) == ["g1"]
    assert len(selection.study_pages) == 3


def test_rows_of_all_are_the_rows_of_every_tier(study: Study, tables: Tables) -> None:
    pages = chosen(study, tables).pages
    assert of_tier(pages, "all").equals(pages)
    assert list(of_tier(pages, "gemeente")["page_id"]) == ["g1"]


def test_a_page_implies_its_tier(study: Study, tables: Tables) -> None:
    selection = chosen(study, tables, page="p2")
    assert selection.tier == "provincie"
    assert selection.label == "Provincie Twee"


def test_a_page_of_another_tier_is_refused(study: Study, tables: Tables) -> None:
    with pytest.raises(InputProblem, match="belongs to tier 'provincie', not to 'gemeente'"):
        chosen(study, tables, tier="gemeente", page="p2")


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("tier", "provincies", "Did you mean 'provincie'"),
        ("platform", "facebok", "Did you mean 'facebook'"),
        ("page", "p11", "Did you mean 'p1'"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(
    study: Study, tables: Tables, parameter: str, value: str, message: str
) -> None:
    with pytest.raises(InputProblem, match=message):
        chosen(study, tables, **{parameter: value})


def test_young_posts_and_posts_outside_the_period_are_counted_apart(
    study: Study, tables: Tables
) -> None:
    selection = chosen(study, tables)
    assert selection.left_out.too_young == 1
    assert selection.left_out.outside_period == 1
    assert len(selection.posts) == 3
    assert chosen(study, tables, tier="provincie").left_out.total == 1


def test_interactions_are_missing_when_one_of_their_parts_is(study: Study, tables: Tables) -> None:
    posts = chosen(study, tables).posts.set_index("page_id")
    assert posts.loc["p1", "interactions"] == 5
    assert pd.isna(posts.loc["p2", "interactions"])


def test_a_post_without_a_date_is_kept(study: Study, tables: Tables) -> None:
    tables.posts["published_at"] = pd.Series(
        [pd.NaT] * len(tables.posts), dtype="datetime64[us, UTC]"
    )
    assert len(chosen(study, tables).posts) == 5


def test_the_period_ends_at_midnight_on_the_studys_clock(study: Study, tables: Tables) -> None:
    just_in_february = datetime(2023, 1, 31, 23, 30, tzinfo=UTC)
    tables.posts.loc[0, ["published_at", "observed_at"]] = [
        pd.Timestamp(just_in_february),
        pd.Timestamp(2023, 6, 1, tz=UTC),
    ]
    assert chosen(study, tables).left_out.outside_period == 2


def test_a_parameter_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputProblem, match="parameter 'tier': True is no text"):
        open_notebook("demo", True, "", "facebook")  # type: ignore[arg-type]


def test_of_two_definitions_the_one_of_fewer_posts_is_set_aside(
    study: Study, tables: Tables
) -> None:
    posts = pd.DataFrame(
        [
            post("p1", 5, reach=100.0, reach_organic=90.0, reach_definition="people", views=7.0),
            post("p1", 6, reach=200.0, reach_definition="people"),
            post("g1", 7, reach=900.0, reach_organic=9.0, reach_definition="viewers", reactions=8),
        ]
    )
    measured = chosen(study, replace(tables, posts=posts)).posts

    assert measured["reach"].dropna().tolist() == [100, 200]
    assert measured["reach_organic"].dropna().tolist() == [90]
    assert measured["reach_definition"].dropna().unique().tolist() == ["people"]
    assert measured["views"].dropna().tolist() == [7]
    assert measured["reactions"].tolist() == [3, 3, 8]
    assert posts["reach"].notna().all()


def test_a_rate_per_follower_is_never_made_of_followers_and_of_page_likes(
    study: Study, tables: Tables
) -> None:
    posts = pd.DataFrame(
        [
            post("p1", 5, followers_at_posting=1000.0, followers_definition="page_likes"),
            post("p1", 6, followers_at_posting=1100.0, followers_definition="followers"),
            post("p2", 7, followers_at_posting=1200.0, followers_definition="followers"),
            post("g1", 8, followers_at_posting=900.0, followers_definition="page_likes"),
            post("g1", 9, followers_at_posting=900.0, followers_definition="page_likes"),
        ]
    )
    measured = chosen(study, replace(tables, posts=posts)).posts

    assert measured["followers_definition"].dropna().unique().tolist() == ["page_likes"]
    sums = page_sums(measured, "followers")
    assert sums["followers"].to_dict() == {"g1": 900, "p1": 1000}
    assert sums["n_posts"].to_dict() == {"g1": 2, "p1": 1}
    assert len(page_sums(measured, "posts")) == 3


def test_numbers_whose_definition_nobody_states_are_kept_apart_from_others(
    study: Study, tables: Tables
) -> None:
    alone = [post("p1", day, views=7.0) for day in (5, 6)]
    beside = [post("g1", 7, views=90.0, views_definition="times on screen")]
    together = chosen(study, replace(tables, posts=pd.DataFrame([*alone, *beside]))).posts

    assert together["views"].dropna().tolist() == [7, 7]
    assert chosen(study, replace(tables, posts=pd.DataFrame(alone))).posts["views"].sum() == 14


def test_posts_outside_the_period_have_no_say_in_which_definition_is_used(
    study: Study, tables: Tables
) -> None:
    before = pd.Timestamp(study.period.start, tz=UTC) - pd.Timedelta(days=30)
    older = {"published_at": before, "observed_at": before + pd.Timedelta(days=60)}
    posts = pd.DataFrame(
        [
            post("p1", 5, reach=100.0, reach_definition="viewers"),
            post("p1", 6, reach=200.0, reach_definition="people") | older,
            post("g1", 7, reach=900.0, reach_definition="people") | older,
        ]
    )
    measured = chosen(study, replace(tables, posts=posts)).posts

    assert measured["reach"].tolist() == [100]
    assert measured["reach_definition"].tolist() == ["viewers"]
