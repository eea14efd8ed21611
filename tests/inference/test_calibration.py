"""Whether the default comparison keeps its promises, on pages with a known truth.

Posts of one page resemble each other. A test that takes posts for independent finds differences
that are not there; the same test over pages does not. Whoever changes the unit from page to post
makes the first test here fail, as the second shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.inference.comparison import compare_two
from analysis.inference.estimate import Estimate
from analysis.inference.pages import BoolArray, FloatArray, log_page_rates
from analysis.inference.several_tiers import compare_tiers
from analysis.inference.size_adjusted import size_adjusted

POSTS_PER_PAGE = 30
FEWER_PER_FOLLOWER = -0.3


@dataclass(frozen=True)
class Posts:
    """Posts of the pages of two tiers: counts, exposures, and whether a page is of the first."""

    counts: FloatArray
    exposures: FloatArray
    in_first: BoolArray


def simulated(
    rng: np.random.Generator,
    *,
    ratio: float = 1.0,
    pages: tuple[int, int] = (12, 20),
    spreads: tuple[float, float] = (0.7, 0.7),
    size_effect: float = 0.0,
    larger: float = 0.0,
) -> Posts:
    """Draw posts: negative binomial around a page's own rate, a tenth of them without reaction.

    Rates fall with followers to the power ``size_effect``; pages of the first tier have
    ``exp(larger)`` times the followers of the second.
    """
    in_first = np.repeat([True, False], pages)
    log_followers = rng.normal(9.5, 0.8, sum(pages)) + larger * in_first
    log_rate = np.log(2) + np.log(ratio) * in_first + size_effect * (log_followers - 9.5)
    log_rate += rng.normal(0, np.where(in_first, *spreads))
    exposure = np.exp(log_followers)[:, np.newaxis] / 1000
    shape = (sum(pages), POSTS_PER_PAGE)
    expected = np.exp(log_rate)[:, np.newaxis] * exposure * rng.gamma(0.8, 1 / 0.8, shape)
    counts = rng.poisson(expected) * (rng.random(shape) > 0.1)
    return Posts(counts.astype(float), np.broadcast_to(exposure, shape), in_first)


def per_page(posts: Posts) -> Estimate:
    """The comparison as it should be: one number per page."""
    rates = log_page_rates(posts.counts.sum(axis=1), posts.exposures.sum(axis=1))
    return compare_two(rates[posts.in_first], rates[~posts.in_first], n_posts=posts.counts.size)


def per_post(posts: Posts) -> Estimate:
    """The same comparison with every post taken for a page of its own."""
    rates = log_page_rates(posts.counts.ravel(), posts.exposures.ravel())
    in_first = np.repeat(posts.in_first, POSTS_PER_PAGE)
    return compare_two(rates[in_first], rates[~in_first], n_posts=posts.counts.size)


def share_rejected(compare: Callable[[Posts], Estimate], replicates: int, **world: object) -> float:
    rng = np.random.default_rng(11)
    p = [compare(simulated(rng, **world)).p for _ in range(replicates)]  # type: ignore[arg-type]
    return float(np.mean([value is not None and value < 0.05 for value in p]))


@pytest.mark.parametrize(
    "world",
    [
        {},
        {"pages": (6, 6)},
        {"pages": (10, 25), "spreads": (1.0, 0.4)},
    ],
    ids=["alike", "six against six", "few unlike pages against many like ones"],
)
def test_over_pages_a_true_null_is_rejected_one_time_in_twenty(world: dict[str, object]) -> None:
    assert 0.015 <= share_rejected(per_page, 250, **world) <= 0.095


def test_over_posts_the_same_test_rejects_a_true_null_far_too_often() -> None:
    assert share_rejected(per_post, 50) > 0.2


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_interval_covers_the_true_ratio(ratio: float) -> None:
    rng = np.random.default_rng(12)
    estimates = [per_page(simulated(rng, ratio=ratio)) for _ in range(250)]
    covered = np.mean([(e.low or 0) <= ratio <= (e.high or 0) for e in estimates])
    assert 0.91 <= covered <= 0.985


def test_a_difference_in_size_is_not_taken_for_one_in_tier() -> None:
    rng = np.random.default_rng(13)
    unadjusted, adjusted = [], []
    for _ in range(120):
        posts = simulated(rng, size_effect=FEWER_PER_FOLLOWER, larger=2.0)
        rates = log_page_rates(posts.counts.sum(axis=1), posts.exposures.sum(axis=1))
        tiers = np.where(posts.in_first, "first", "second")
        log_followers = np.log(1000 * posts.exposures[:, 0])
        posts_per_page = np.full(len(rates), POSTS_PER_PAGE)
        order = ("first", "second")
        unadjusted.append(
            compare_tiers(rates, tiers, order=order, posts_per_page=posts_per_page).omnibus.p
        )
        adjusted.append(
            size_adjusted(
                rates, tiers, log_followers, order=order, posts_per_page=posts_per_page
            ).omnibus.p
        )
    assert np.mean([(p or 1) < 0.05 for p in unadjusted]) > 0.4
    assert np.mean([(p or 1) < 0.05 for p in adjusted]) < 0.12


def test_labels_dealt_out_over_real_pages_mislead_posts_and_not_pages(real_data: Path) -> None:
    """Nine news pages, 2016: every way to call four of them one tier and five the other."""
    counts = ["share_count", "reaction_count", "comment_count"]
    posts = pd.read_csv(real_data / "buzzfeed-2016" / "facebook-fact-check.csv")
    posts = posts.dropna(subset=counts)
    interactions = posts[counts].sum(axis=1)
    log_count = np.log(interactions + 0.5)
    sums = interactions.groupby(posts["Page"]).agg(["sum", "size"])
    rates = pd.Series(log_page_rates(sums["sum"], sums["size"]), sums.index)
    over_pages, over_posts = [], []
    for chosen in combinations(sums.index, 4):
        page_in_first, post_in_first = rates.index.isin(chosen), posts["Page"].isin(chosen)
        over_pages.append(
            compare_two(rates[page_in_first], rates[~page_in_first], n_posts=len(posts)).p
        )
        test = stats.ttest_ind(log_count[post_in_first], log_count[~post_in_first], equal_var=False)
        over_posts.append(test.pvalue)
    assert len(over_pages) == 126
    assert np.mean(np.array(over_posts) < 0.05) > 0.9
    assert np.mean([p is not None and p < 0.05 for p in over_pages]) <= 0.05
