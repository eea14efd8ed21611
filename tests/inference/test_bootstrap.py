"""Resampling pages, against posts laid out one by one."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference import bootstrap as resampling
from analysis.inference.bootstrap import (
    PostsByPage,
    bootstrap_gini,
    bootstrap_post_quantile,
    bootstrap_sums,
    page_weights,
)
from analysis.inference.estimate import Estimate
from analysis.inference.pages import FloatArray


def ratio(total: FloatArray) -> FloatArray:
    return total[:, 0] / total[:, 1]


def drawn_posts(values: FloatArray, pages: FloatArray, weights: FloatArray) -> FloatArray:
    """The posts of a resample, laid out."""
    return np.repeat(values, weights.astype(int)[pages.astype(int)])


def test_statistics_of_given_resamples_are_those_of_r(
    pages: pd.DataFrame, posts: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    answers = golden("bootstrap")
    weights = np.array(answers["weights"], dtype=float)
    counted = PostsByPage.of(posts["interactions"], posts["page"])
    assert counted.quantiles(weights, 0.5).tolist() == answers["median"]
    assert counted.quantiles(weights, 0.9).tolist() == answers["ninth_decile"]
    assert counted.gini_of(weights) == pytest.approx(answers["gini"])
    sums = np.array(pages[["interactions", "exposure"]])
    assert ratio(weights @ sums) == pytest.approx(answers["rate"])


def test_a_resample_draws_as_many_pages_as_there_are() -> None:
    weights = page_weights(7, 500)
    assert weights.shape == (500, 7)
    assert set(weights.sum(axis=1)) == {7}
    assert weights.mean(axis=0) == pytest.approx(np.ones(7), abs=0.15)


def test_the_interval_of_a_rate_is_that_of_scipy(pages: pd.DataFrame) -> None:
    sums = np.array(pages[["interactions", "exposure"]])
    estimate = bootstrap_sums(sums, ratio, n_posts=1, unit="reactions")
    interval = stats.bootstrap(
        (sums[:, 0], sums[:, 1]),
        lambda count, exposure, axis: count.sum(axis) / exposure.sum(axis),
        paired=True,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    assert [estimate.low, estimate.high] == pytest.approx([interval.low, interval.high], rel=0.03)
    assert estimate.value == pytest.approx(sums[:, 0].sum() / sums[:, 1].sum())
    assert estimate.approximate


def test_the_median_of_posts_has_its_value_and_an_interval(posts: pd.DataFrame) -> None:
    estimate = bootstrap_post_quantile(posts["interactions"], posts["page"], unit="reactions")
    assert estimate.value == np.quantile(posts["interactions"], 0.5, method="inverted_cdf")
    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low <= (estimate.value or 0) <= estimate.high
    assert (estimate.n_pages, estimate.n_posts) == (posts["page"].nunique(), len(posts))
    assert estimate.approximate


def test_resampling_pages_is_much_wider_than_resampling_posts() -> None:
    rng = np.random.default_rng(8)
    level_of_page = rng.normal(0, 1, 20)
    pages = np.repeat(np.arange(20), 100)
    values = level_of_page[pages] + rng.normal(0, 0.5, 2000)
    over_pages = bootstrap_post_quantile(values, pages, unit="reactions")
    over_posts = bootstrap_post_quantile(values, np.arange(2000), unit="reactions")

    def width(estimate: Estimate) -> float:
        return (estimate.high or 0) - (estimate.low or 0)

    assert width(over_pages) > 4 * width(over_posts)


def test_gini_is_nothing_for_equal_posts_and_nearly_one_when_one_post_has_all() -> None:
    pages = np.repeat(np.arange(8), 5)
    equal = bootstrap_gini(np.full(40, 3), pages)
    assert equal.value == 0
    assert "do not differ" in equal.reason
    all_in_one = np.zeros(40)
    all_in_one[7] = 900
    concentrated = bootstrap_gini(all_in_one, pages)
    assert concentrated.value == pytest.approx(39 / 40)
    assert "does not exist" in concentrated.reason


def test_gini_over_pages_takes_each_pages_sum(pages: pd.DataFrame) -> None:
    estimate = bootstrap_gini(pages["interactions"], np.arange(len(pages)))
    sums = np.array(pages["interactions"], dtype=float)
    differences = np.abs(sums[:, np.newaxis] - sums).sum()
    assert estimate.value == pytest.approx(differences / (2 * len(sums) * sums.sum()))
    assert estimate.has_interval


def test_five_pages_are_too_few_to_resample() -> None:
    values, pages = np.arange(50.0), np.repeat(np.arange(5), 10)
    for estimate in (
        bootstrap_post_quantile(values, pages, unit="reactions"),
        bootstrap_gini(values, pages),
        bootstrap_sums(np.ones((5, 2)), ratio, n_posts=50, unit="reactions"),
    ):
        assert estimate.estimable
        assert "at least 6 pages" in estimate.reason


def test_no_page_is_not_measured_and_no_reaction_has_no_gini() -> None:
    for estimate in (
        bootstrap_post_quantile([], [], unit="reactions"),
        bootstrap_gini([], []),
        bootstrap_sums(np.empty((0, 2)), ratio, n_posts=0, unit="reactions"),
    ):
        assert estimate.reason.startswith("not measured")
    assert not bootstrap_gini([0, 0, 0], [1, 2, 3]).estimable
    assert not bootstrap_sums([[0, 0]] * 8, ratio, n_posts=1, unit="reactions").estimable


def test_what_cannot_be_resampled_is_refused() -> None:
    with pytest.raises(ValueError, match="one for each of the 3 posts"):
        bootstrap_gini([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="not negative"):
        bootstrap_gini([-1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="between 0 and 1"):
        bootstrap_post_quantile([1, 2], [1, 2], quantile=50, unit="reactions")
    with pytest.raises(ValueError, match="not measured"):
        bootstrap_post_quantile([1, np.nan], [1, 2], unit="reactions")
    with pytest.raises(ValueError, match="one row per page"):
        bootstrap_sums([1, 2, 3], ratio, n_posts=1, unit="reactions")


tables = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 30)), min_size=1, max_size=60).filter(
    lambda table: any(count for _, count in table)
)


@settings(deadline=None)
@given(tables, st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_resample_counted_is_a_resample_laid_out(
    table: list[tuple[int, int]], seed: int, quantile: float
) -> None:
    names, values = (np.array(column, dtype=float) for column in zip(*table, strict=True))
    pages = np.unique(names, return_inverse=True)[1].astype(float)
    counted = PostsByPage.of(values, names)
    weights = page_weights(counted.n_pages, 20, seed=seed).astype(float)
    laid_out = [drawn_posts(values, pages, row) for row in weights]
    assert counted.quantiles(weights, quantile).tolist() == [
        np.quantile(posts, quantile, method="inverted_cdf") for posts in laid_out
    ]
    for row, posts in zip(weights, laid_out, strict=True):
        if posts.any():
            differences = np.abs(posts[:, np.newaxis] - posts).sum()
            expected = differences / (2 * len(posts) * posts.sum())
            assert counted.gini_of(row[np.newaxis])[0] == pytest.approx(expected)


def test_drawing_some_rows_at_a_time_draws_the_same_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = page_weights(12, 1_000)
    monkeypatch.setattr(resampling, "_WEIGHTS_AT_ONCE", 100)
    assert (page_weights(12, 1_000) == at_once).all()


def test_ten_thousand_pages_fit_into_little_memory() -> None:
    sums = np.ones((10_000, 2)) * [3, 2] + np.random.default_rng(0).random((10_000, 2))
    tracemalloc.start()
    bootstrap_sums(sums, lambda total: total[:, 0] / total[:, 1], n_posts=1, unit="rate")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300e6
