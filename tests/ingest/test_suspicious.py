"""What looks odd about posts is named, and what is ordinary is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from analysis.ingest.suspicious import odd_repeats, page_facts, what_looks_odd
from analysis.registers.followers import FOLLOWERS_OF_REGISTER
from analysis.tables import PAGES as PAGES_TABLE
from analysis.tables import POSTS, dtypes

WEEK = timedelta(days=7)
PUBLISHED = datetime(2023, 1, 1, tzinfo=UTC)
PAGES = pl.DataFrame(
    {"platform": "facebook", "page_id": ["7", "8"], "name": ["Gemeente Zeven", "Gemeente Acht"]}
    | dict.fromkeys(PAGES_TABLE.columns.keys() - {"platform", "page_id", "name"}),
    schema=dtypes(PAGES_TABLE),
)


def posts(n: int = 30, page: str = "7", **columns: Any) -> pl.LazyFrame:
    """Posts of one page with ordinary counts; a column is one value, or one per post."""
    rng = np.random.default_rng(1)
    given = {
        "platform": "facebook",
        "page_id": page,
        "post_id": [f"{page}-{number}" for number in range(n)],
        "published_at": PUBLISHED,
        "observed_at": PUBLISHED + timedelta(days=90),
        "published_precision": "second",
        "source_file": "a.csv",
        "reactions": rng.poisson(3, n),
        "comments": rng.poisson(0.7, n),
        "shares": rng.poisson(1, n),
    } | columns
    frame = pl.DataFrame(given)
    missing = [pl.lit(None, t).alias(c) for c, t in dtypes(POSTS).items() if c not in frame.columns]
    return frame.with_columns(missing).select(list(POSTS.columns)).cast(dtypes(POSTS)).lazy()


def odd(*tables: pl.LazyFrame) -> list[str]:
    return what_looks_odd(pl.concat(tables), PAGES, WEEK)


def test_ordinary_counts_are_not_odd() -> None:
    assert odd(posts(200), posts(200, page="8")) == []


def test_the_same_small_count_on_most_posts_of_a_page_is_named() -> None:
    (said,) = odd(posts(reactions=[3] * 20 + list(range(10, 20))), posts(page="8"))

    assert "Reactions are 3 in 20 of 30 posts of Gemeente Zeven" in said


def test_likes_that_are_always_three_are_named_too() -> None:
    (said,) = odd(posts(reactions_like=3))

    assert "Likes are 3 in 30 of 30 posts" in said


def test_zero_a_large_count_and_few_posts_are_not_taken_for_a_hidden_count() -> None:
    assert odd(posts(shares=0)) == []
    assert odd(posts(reactions=500)) == []
    assert odd(posts(n=19, reactions=3)) == []


def test_counts_that_were_not_measured_are_not_odd() -> None:
    assert odd(posts(comments=None, reactions=[3] * 19 + [None] * 11)) == []


def test_a_page_whose_every_comment_count_is_zero_is_named() -> None:
    (said,) = odd(posts(comments=0), posts(page="8"))

    assert said.startswith("Every comment count is zero on Gemeente Zeven:")


def test_posts_too_young_to_judge_are_counted() -> None:
    observed = [PUBLISHED + timedelta(days=day) for day in (6, 7, 8)] * 10
    (said,) = odd(posts(observed_at=observed))

    assert "younger than 7 days when they were counted: 10." in said


def test_of_two_definitions_it_is_said_which_one_is_left_out() -> None:
    (said,) = odd(
        posts(reach=5, reach_definition=["people"] * 25 + ["viewers"] * 5),
        posts(page="8", reach_definition="viewers"),
    )

    assert said.startswith("On facebook, reach")
    assert "Used: 'people' (posts: 25). " in said
    assert "Left out of every measure: 'viewers' (posts: 5, in a.csv). " in said


def test_it_is_said_in_which_files_a_definition_that_is_left_out_stands() -> None:
    (said,) = odd(
        posts(reach=5, reach_definition="people"),
        posts(1, page="8", reach=5, reach_definition="viewers", source_file="c.csv"),
        posts(2, page="8", reach=5, reach_definition="viewers", source_file="b.csv"),
    )

    assert "'viewers' (posts: 3, in b.csv, c.csv)" in said


def test_posts_that_are_not_measured_have_no_second_definition() -> None:
    before = posts(reach=5, reach_definition="people", published_at=PUBLISHED - WEEK)
    young = posts(reach=5, reach_definition="people", observed_at=PUBLISHED + WEEK / 2)
    measured = posts(5, reach=5, reach_definition="viewers")
    outside = pl.col("published_at") < PUBLISHED

    assert what_looks_odd(pl.concat([before, measured]), PAGES, WEEK, outside) == []
    assert all("definition" not in said for said in odd(young, measured))


def test_two_definitions_on_two_platforms_do_not_meet() -> None:
    here = posts(views=5, views_definition="times on screen")
    there = posts(views=5, views_definition="video views", platform="instagram")

    assert odd(here, there) == []


def test_page_likes_are_another_definition_of_followers() -> None:
    (said,) = odd(
        posts(followers_at_posting=900, followers_definition="followers"),
        posts(5, page="8", followers_at_posting=700, followers_definition="page_likes"),
    )

    assert said.startswith("On facebook, followers at posting are counted under two definitions")
    assert "Left out of every measure: 'page_likes' (posts: 5, in a.csv). " in said


def in_register(**followers: tuple[int, date] | None) -> pl.DataFrame:
    """The pages with followers of the register, by the page's id after an underscore."""
    known = [followers.get(f"_{page}") or (None, None) for page in PAGES["page_id"]]
    people, days = zip(*known, strict=True)
    return PAGES.with_columns(
        followers=pl.Series(people, dtype=pl.Int64), followers_date=pl.Series(days, dtype=pl.Date)
    )


def test_followers_of_the_register_are_said_to_be_of_one_day() -> None:
    january, march = (900, date(2023, 1, 31)), (700, date(2023, 3, 1))
    both = pl.concat([posts(), posts(page="8")])
    (said,) = what_looks_odd(both, in_register(_7=january, _8=january), WEEK)
    (on_two_days,) = what_looks_odd(both, in_register(_7=january, _8=march), WEEK)

    assert said.startswith("Pages whose followers are those of the register: 2. ")
    assert "counted on 2023-01-31, not when the posts were made" in said
    assert "counted on 2023-01-31 – 2023-03-01, not" in on_two_days


def test_followers_of_the_register_that_are_not_used_are_not_spoken_of() -> None:
    own = posts(followers_at_posting=900, followers_definition="followers")

    assert what_looks_odd(own, in_register(_7=(5, date(2023, 1, 31))), WEEK) == []


def test_followers_of_the_register_are_another_definition_than_those_of_posts() -> None:
    own = posts(followers_at_posting=900, followers_definition="followers")
    without = posts(5, page="8", source_file="suite.csv")
    register = in_register(_8=(700, date(2023, 1, 31)))
    *_, said = what_looks_odd(pl.concat([own, without]), register, WEEK)

    assert "Used: 'followers' (posts: 30). " in said
    assert f"measure: '{FOLLOWERS_OF_REGISTER}' (posts: 5, in suite.csv). " in said


def test_numbers_without_a_definition_are_not_taken_for_those_of_another() -> None:
    (said,) = odd(
        posts(views=5, views_definition="times on screen"),
        posts(5, page="8", views=5, source_file="table.csv"),
    )

    assert "Left out of every measure: 'not stated' (posts: 5, in table.csv). " in said
    assert odd(posts(views=5), posts(page="8")) == []


def test_counts_that_fell_and_ids_used_twice_are_named() -> None:
    assert odd_repeats(0, 0) == []
    fell, unlike = odd_repeats(7, 2)
    assert fell.startswith("Counts that fell between two pulls: 7.")
    assert "one file twice" in unlike
    assert ": 2." in unlike


def test_pages_are_summarised_by_their_median_and_how_many_posts_have_it() -> None:
    counts = {"reactions": [1, 9, 9, 4, None], "comments": [0, 3, 3, 3, 8]}
    facts = page_facts(posts(n=5, **counts)).row(0, named=True)

    assert (facts["posts"], facts["reactions measured"], facts["comments measured"]) == (5, 4, 5)
    assert (facts["reactions median"], facts["comments median"]) == (6.5, 3)
    assert (facts["reactions so often"], facts["comments so often"]) == (0, 3)
