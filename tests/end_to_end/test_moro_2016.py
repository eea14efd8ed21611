"""One real page of 2014 with its reach: no dates, no target group, no comments, no claims."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from projects import pages_of, run_real_study


@pytest.fixture(scope="module")
def reports(project: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    return run_real_study(project, real_data, root, "moro-2016", folder="uci-facebook-metrics")


@pytest.fixture(scope="module")
def text(reports: Path) -> str:
    return " ".join(" ".join(pages_of(reports / "all.pdf")).split())


@pytest.fixture(scope="module")
def results(reports: Path) -> pl.DataFrame:
    return pl.read_parquet(reports / "results.parquet")


@pytest.mark.parametrize(
    ("measure", "published"), [("organic_reach_rate", 0.042), ("mean_organic_reach_rate", 0.101)]
)
def test_the_published_reach_of_unpaid_posts_comes_out(
    results: pl.DataFrame, measure: str, published: float
) -> None:
    found = results.filter(pl.col("notebook").str.starts_with("03"), pl.col("measure") == measure)
    assert {round(value, 3) for value in found["estimate"]} == {published}


def test_paid_posts_stand_apart_from_organic_ones(text: str) -> None:
    organic, boosted = "rests on 1 page, 361 posts", "rests on 1 page, 139 posts"
    rests_on = f"Organic: {organic} Boosted: {boosted}"
    assert f"{rests_on} Ordinary organic post: people reached 4,898" in text
    assert "Ordinary boosted post: people reached 7,132" in text


def test_what_the_page_is_for_is_not_known_and_that_is_said(text: str) -> None:
    assert "the size of the target group of 1 page" in text
    assert "Whom these pages want to reach is not measured" in text
    assert "gives no advice" in text


def test_reach_and_views_come_with_what_was_counted_in_2014(text: str) -> None:
    assert "unique people to whose feed the post was delivered (until April 2018)" in text
    assert "impressions: times delivered to a feed (until April 2018)" in text


def test_readers_see_no_word_that_is_for_machines(text: str) -> None:
    assert re.search(r"\bnan\b|\bNaN\b|<NA>|\bNone\b|Warning\b", text) is None
