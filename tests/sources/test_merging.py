"""The same post seen more than once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources import merging
from analysis.sources.merging import merge_files, merge_posts
from analysis.tables import POSTS, dtypes

FIRST, LATER = datetime(2020, 10, 22, tzinfo=UTC), datetime(2020, 10, 29, tzinfo=UTC)


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    common = {
        "platform": "facebook",
        "page_id": "7",
        "post_id": "1",
        "published_precision": "none",
        "source_file": "posts.csv",
        "observed_at": FIRST,
    }
    return pl.DataFrame([common | row for row in rows], schema=dtypes(POSTS))


def only(rows: pl.DataFrame) -> dict[str, Any]:
    assert rows.height == 1
    return rows.row(0, named=True)


def test_the_later_observation_wins_also_when_a_count_fell() -> None:
    merged = merge_posts(
        table(
            {"reactions": 9, "comments": 5, "observed_at": LATER, "source_file": "later.csv"},
            {"reactions": 10, "comments": 3},
        )
    )
    post = only(merged.posts)

    assert (post["reactions"], post["comments"]) == (9, 5)
    assert (post["observed_at"], post["source_file"]) == (LATER, "later.csv")
    assert (merged.seen_again, merged.changed, merged.fallen) == (1, 1, 1)


def test_a_value_stays_where_the_later_row_has_none() -> None:
    merged = merge_posts(table({"shares": 4}, {"shares": None, "observed_at": LATER}))

    assert only(merged.posts)["shares"] == 4
    assert (merged.changed, merged.fallen) == (0, 0)


def test_a_missing_value_between_two_others_does_not_hide_a_fall() -> None:
    merged = merge_posts(table({"shares": 4}, {"shares": None}, {"shares": 3}))

    assert (only(merged.posts)["shares"], merged.fallen) == (3, 1)


def test_of_equally_late_rows_the_last_one_wins() -> None:
    assert only(merge_posts(table({"shares": 4}, {"shares": 5})).posts)["shares"] == 5


def test_a_row_that_was_observed_nobody_knows_when_never_wins() -> None:
    merged = merge_posts(table({"shares": 5}, {"shares": 4, "observed_at": None}))

    assert only(merged.posts)["shares"] == 5


def test_a_number_keeps_its_own_definition() -> None:
    merged = merge_posts(
        table(
            {"followers_at_posting": 100, "followers_definition": "page_likes"},
            {"views": 7, "views_definition": "times on screen", "observed_at": LATER},
        )
    )
    post = only(merged.posts)

    assert (post["followers_at_posting"], post["followers_definition"]) == (100, "page_likes")
    assert (post["views"], post["views_definition"]) == (7, "times on screen")


def test_a_date_keeps_its_own_precision() -> None:
    merged = merge_posts(
        table(
            {"published_at": FIRST, "published_precision": "second"},
            {"published_precision": "none", "observed_at": LATER},
        )
    )
    post = only(merged.posts)

    assert (post["published_at"], post["published_precision"]) == (FIRST, "second")


def test_the_same_id_on_another_page_is_another_post() -> None:
    assert merge_posts(table({}, {"page_id": "8"}, {"platform": "mastodon"})).posts.height == 3


some_rows = st.lists(
    st.fixed_dictionaries(
        {
            "post_id": st.sampled_from("123"),
            "page_id": st.sampled_from("78"),
            "reactions": st.none() | st.integers(0, 9),
            "observed_at": st.sampled_from([None, FIRST, LATER]),
        }
    ),
    min_size=1,
)


@settings(deadline=None)
@given(some_rows)
def test_every_post_is_there_once_with_a_count_that_was_seen(rows: list[dict[str, Any]]) -> None:
    posts = merge_posts(table(*rows)).posts
    seen: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        counts = seen.setdefault((row["page_id"], row["post_id"]), set())
        counts |= {row["reactions"]} - {None}

    POSTS.validate(posts)
    assert set(posts.select("page_id", "post_id").rows()) == set(seen)
    for page, post, reactions in posts.select("page_id", "post_id", "reactions").rows():
        assert reactions in (seen[page, post] or {None})


@settings(deadline=None, max_examples=30)
@given(rows=some_rows, rows_at_a_time=st.integers(1, 5))
def test_merged_a_share_at_a_time_the_posts_are_the_same(
    rows: list[dict[str, Any]], rows_at_a_time: int
) -> None:
    at_once = merge_posts(table(*rows))
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "ROWS_AT_A_TIME", rows_at_a_time)
        shared = merge_files(table(*rows).lazy(), Path(scratch))
        posts = shared.posts.collect()

    assert posts.sort(merging.KEY).equals(at_once.posts.sort(merging.KEY))
    assert (shared.seen_again, shared.changed, shared.fallen) == (
        at_once.seen_again,
        at_once.changed,
        at_once.fallen,
    )
