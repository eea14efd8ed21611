"""Followers of the register, where posts have none."""

from __future__ import annotations

import polars as pl

from analysis.registers.followers import FOLLOWERS_OF_REGISTER, with_followers_of_register

POSTS = pl.LazyFrame(
    {
        "platform": ["facebook", "facebook", "facebook", "instagram", "facebook"],
        "page_id": ["7", "8", "8", "7", "7"],
        "followers_at_posting": [None, 900, None, None, None],
        "followers_definition": [None, "followers", None, None, None],
    }
)
PAGES = pl.DataFrame(
    {"platform": "facebook", "page_id": ["7", "8"], "followers": [1200, 500]},
    schema_overrides={"followers": pl.Int64},
)


def test_a_page_without_followers_gets_those_of_the_register_and_another_keeps_its_own() -> None:
    posts = with_followers_of_register(POSTS, PAGES).collect()

    assert posts["page_id"].to_list() == ["7", "8", "8", "7", "7"]
    assert posts["followers_at_posting"].to_list() == [1200, 900, None, None, 1200]
    of_register = FOLLOWERS_OF_REGISTER
    assert posts["followers_definition"].to_list() == [
        *(of_register, "followers", None, None, of_register)
    ]


def test_a_register_without_followers_changes_nothing() -> None:
    pages = PAGES.with_columns(followers=pl.lit(None, pl.Int64))

    assert with_followers_of_register(POSTS, pages).collect().equals(POSTS.collect())
