"""Posts by minimaxir's scraper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
import pytest

from analysis.sources.minimaxir import SOURCE
from analysis.sources.reading import Reading
from analysis.tables import POSTS

from .conftest import Writer
from .twins import MINIMAXIR

Read = Callable[..., tuple[pl.DataFrame, Reading]]


def test_a_post_is_read(write_posts: Writer, read_export: Read) -> None:
    rows, reading = read_export(write_posts(post=MINIMAXIR))
    post = rows.row(0, named=True)

    assert post["reason"] is None
    assert (post["page_id"], post["post_id"]) == ("100000000000001", "1001")
    assert (post["kind"], post["permalink"]) == ("photo", None)
    assert (post["reactions"], post["comments"], post["shares"]) == (16, 3, 2)
    assert (post["reactions_like"], post["reactions_angry"]) == (10, 4)
    assert (post["followers_at_posting"], post["views"], post["reach"]) == (None, None, None)
    assert reading.rows_read == 1
    POSTS.validate(rows.select(*POSTS.columns))


@pytest.mark.parametrize("month", [1, 7])
def test_times_are_five_hours_off_in_winter_and_in_summer_and_that_is_said(
    write_posts: Writer, read_export: Read, month: int
) -> None:
    rows, reading = read_export(
        write_posts({"status_published": f"2017-0{month}-06 22:00:00"}, post=MINIMAXIR)
    )

    assert rows["published_at"].to_list() == [datetime(2017, month, 7, 3, tzinfo=UTC)]
    assert reading.decided["time zone"] == (
        "UTC-05:00, all year: the scraper took five hours off, without summer"
    )


@pytest.mark.parametrize("year", ["-2017", "0017", "20017"])
def test_a_year_that_damage_made_is_no_date(
    write_posts: Writer, read_export: Read, year: str
) -> None:
    written = f"{year}-07-06 10:00:00"
    rows, reading = read_export(write_posts({}, {"status_published": written}, post=MINIMAXIR))

    assert (
        rows["reason"][1] == f"'{written}' in column 'status_published' is no date that can be read"
    )
    assert reading.decided["observed_at"].startswith("2017-07-06 15:00 UTC")


def test_before_reactions_existed_they_are_missing_and_likes_are_there(
    write_posts: Writer, read_export: Read
) -> None:
    old = ("num_reactions", "num_loves", "num_wows", "num_hahas", "num_sads", "num_angrys")
    post = {name: cell for name, cell in MINIMAXIR.items() if name not in (*old, "num_special")}
    rows, _ = read_export(write_posts(post=post))

    assert rows.select("reactions", "reactions_like", "reactions_love").row(0) == (None, 10, None)


def test_a_post_without_its_page_in_its_id_cannot_be_used(
    write_posts: Writer, read_export: Read
) -> None:
    rows, _ = read_export(write_posts({}, {"status_id": "1001"}, post=MINIMAXIR))

    assert rows["reason"].to_list() == [None, "the page is missing"]


def test_the_scrapers_comments_are_not_its_posts(write_posts: Writer) -> None:
    columns = ("comment_id", "status_id", "parent_id", "comment_message", "comment_published")

    assert not SOURCE.recognises(write_posts(post=dict.fromkeys(columns, "1")))
