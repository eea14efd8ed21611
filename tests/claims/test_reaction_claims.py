"""Hardly any reaction, and nobody says anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.claims.reactions import few_comments, few_reactions, pages_read
from analysis.inference.estimate import Estimate
from analysis.measures.measure import Material
from analysis.measures.organic import organic_readings

LEVEL = 0.975


def material(pages: int, rate: float, *, paid: object = None, posts_per_page: int = 40) -> Material:
    """Pages with 10,000 followers whose posts get about ``rate`` interactions per 1,000."""
    random = np.random.default_rng(3)
    n = pages * posts_per_page
    interactions = random.poisson(10 * rate, n).astype(float)
    posts = pd.DataFrame(
        {
            "page_id": np.repeat([f"page {i}" for i in range(pages)], posts_per_page),
            "post_id": [str(number) for number in range(n)],
            "interactions": interactions,
            "comments": np.minimum(interactions, 2.0),
            "followers_at_posting": 10_000.0,
            "paid": pd.array([paid] * n, dtype="boolean"),
        }
    )
    return Material(posts, weeks=52, timezone="UTC")


def own_comment_under_every_post(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[["page_id", "post_id"]].assign(by_page=pd.array([True] * len(posts)))


def bounds(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


@pytest.mark.parametrize("rate", [0.2, 1.0, 3.0])
def test_the_rate_of_the_pages_lies_between_its_bounds(rate: float) -> None:
    low, high = bounds(few_reactions(material(12, rate), level=LEVEL))
    assert low <= rate <= high


def test_too_few_pages_say_how_many_it_takes() -> None:
    found = few_reactions(material(3, 0.2), level=LEVEL)
    assert not found.has_interval
    assert "6 pages" in found.reason


def test_posts_that_may_have_been_paid_for_widen_the_bounds() -> None:
    known_low, known_high = bounds(few_reactions(material(12, 1.0, paid=False), level=LEVEL))
    low, high = bounds(few_reactions(material(12, 1.0), level=LEVEL))
    assert low <= known_low
    assert high == known_high


def test_what_was_not_measured_has_no_bounds() -> None:
    unmeasured = material(12, 1.0)
    unmeasured.posts["followers_at_posting"] = np.nan
    found = few_reactions(unmeasured, level=LEVEL)
    assert not found.estimable
    assert found.reason.startswith("not measured")


def test_only_the_posts_that_a_number_is_made_of_are_counted() -> None:
    half = material(12, 1.0, paid=False)
    half.posts.loc[half.posts.index % 2 == 0, "followers_at_posting"] = np.nan
    assert few_reactions(half, level=LEVEL).n_posts == 12 * 20
    assert few_comments(half, level=LEVEL).n_posts == 12 * 40


@pytest.mark.parametrize("posts_per_page", [1, 9])
def test_a_page_with_few_posts_keeps_them_where_it_is_not_known_which_were_paid(
    posts_per_page: int,
) -> None:
    few = material(12, 1.0, posts_per_page=posts_per_page)
    low, high = bounds(few_reactions(few, level=LEVEL))
    assert low < high
    first, second = organic_readings(few.posts)
    assert first.equals(second)


def test_of_twenty_posts_the_two_most_reacted_may_have_been_paid_for() -> None:
    posts = material(1, 1.0, posts_per_page=20).posts
    everything, without = organic_readings(posts)
    left_out = everything.drop(without.index)
    assert len(left_out) == 2
    assert left_out["interactions"].min() >= without["interactions"].max()


def test_the_bounds_do_not_depend_on_the_order_of_posts() -> None:
    posts = material(12, 1.0)
    shuffled = replace(posts, posts=posts.posts.sample(frac=1, random_state=1))
    assert few_reactions(posts, level=LEVEL) == few_reactions(shuffled, level=LEVEL)


def test_the_pages_own_comments_are_not_somebody_saying_something() -> None:
    public = material(12, 3.0)
    read = replace(public, comments=own_comment_under_every_post(public.posts))
    assert few_comments(public, level=LEVEL).value == 0
    assert few_comments(read, level=LEVEL).value == 1


def test_a_page_that_was_not_read_keeps_its_public_count() -> None:
    public = material(12, 3.0)
    first = public.posts[public.posts["page_id"] == "page 0"]
    read = replace(public, comments=own_comment_under_every_post(first))
    assert pages_read(read) == {"page 0"}
    assert few_comments(read, level=LEVEL).value == 0
