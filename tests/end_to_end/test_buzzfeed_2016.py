"""Nine real pages: no followers, days without hours, shares missing in 70 rows, no claims."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from projects import pages_of, run_real_study


@pytest.fixture(scope="module")
def reports(project: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_real_study(project, real_data, tmp_path_factory.mktemp("root"), "buzzfeed-2016")


@pytest.fixture(scope="module")
def results(reports: Path) -> pl.DataFrame:
    return pl.read_parquet(reports / "results.parquet")


@pytest.fixture(scope="module")
def text(reports: Path) -> str:
    return "\n".join(pages_of(reports / "all.pdf"))


def test_what_is_per_follower_is_not_measured(results: pl.DataFrame) -> None:
    per_follower = results.filter(pl.col("unit").str.contains("per 1,000 followers"))
    assert len(per_follower) > 0
    assert per_follower["estimate"].null_count() == len(per_follower)
    assert per_follower["reason"].str.starts_with("not measured").all()


def test_posts_without_shares_have_no_interactions(results: pl.DataFrame) -> None:
    compared = results.filter(pl.col("definition") == "omnibus test over tiers")
    assert compared["n_posts"].to_list() == [2282 - 70]


def test_tiers_are_compared_per_post(text: str) -> None:
    assert "interactions per post" in text


def test_there_are_no_verdicts(results: pl.DataFrame, text: str) -> None:
    assert results["verdict"].null_count() == len(results)
    assert "declares no claims" in text


def test_no_hour_is_shown(text: str) -> None:
    assert "Posts in office hours not measured" in text


def test_nothing_is_marked_as_simulated(results: pl.DataFrame, text: str) -> None:
    assert "Simulated data" not in text
    assert not results["simulated"].any()
