"""The days of the demo's pages: the form of the export, and the stated truth in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.demo.business_suite import OWNERS
from analysis.demo.organisations import OF_NAME
from analysis.demo.page_days import FILES, write_days
from analysis.demo.posts import simulate
from analysis.demo.reach import with_reach
from analysis.demo.truth import TRUTH

Days = dict[str, list[int]]


def days_in(path: Path) -> list[int]:
    lines = path.read_bytes().decode("utf-16").split("\n")
    assert lines[:3] == ["sep=,", '"Viewers"', '"Date","Primary"']
    assert lines[3].startswith('"2023-01-01T00:00:00","')
    assert lines[-2].startswith('"2023-12-31T00:00:00","')
    return [int(line.split(",")[1].strip('"')) for line in lines[3:-1]]


@pytest.fixture(scope="module")
def days(demo_folder: Path) -> Days:
    return {page_id: days_in(demo_folder / name) for name, page_id in FILES.items()}


@pytest.fixture(scope="module")
def posts() -> pl.DataFrame:
    return with_reach(simulate())


def test_every_page_that_shares_its_insights_has_a_year_of_days(days: Days) -> None:
    assert set(days) == {OF_NAME[name].page_id for name in OWNERS}
    assert {len(of_page) for of_page in days.values()} == {365}


def test_a_day_is_no_less_than_what_its_largest_post_reaches_on_it(
    days: Days, posts: pl.DataFrame
) -> None:
    first = TRUTH.page_days.days_of_post[0]
    for page_id, of_page in days.items():
        largest = (
            posts.filter(page_id=page_id)
            .group_by(day=pl.col("published_at").dt.ordinal_day() - 1)
            .agg(pl.col("reach").max())
        )
        for day, reach in largest.rows():
            assert of_page[day] >= int(first * reach)


def test_on_days_without_posts_others_come_as_stated(days: Days, posts: pl.DataFrame) -> None:
    n_later = len(TRUTH.page_days.days_of_post)
    shares = []
    for page_id, of_page in days.items():
        of_posts = posts.filter(page_id=page_id)
        published = of_posts["published_at"].dt.ordinal_day().to_numpy() - 1
        touched = {int(day) + later for day in published for later in range(n_later)}
        followers = of_posts["followers"].to_numpy().mean()
        shares += [of_page[day] / followers for day in set(range(365)) - touched]
    assert len(shares) > 100
    assert np.median(shares) == pytest.approx(TRUTH.page_days.otherwise, rel=0.05)
    assert np.log(shares).std() == pytest.approx(TRUTH.page_days.otherwise_sd, rel=0.15)


def test_whoever_saw_the_largest_post_counts_once(tmp_path: Path, posts: pl.DataFrame) -> None:
    """With nobody coming otherwise, and all who see a smaller post having seen the largest."""
    alone = replace(TRUTH.page_days, seen_before=1.0, otherwise=0.0, days_of_post=(1.0,))
    of_page = posts.filter(page_id=next(iter(FILES.values())))
    write_days(tmp_path / "days.csv", of_page, replace(TRUTH, page_days=alone))
    largest = of_page.group_by(pl.col("published_at").dt.date()).agg(pl.col("reach").max())

    assert sum(days_in(tmp_path / "days.csv")) == largest["reach"].sum()
