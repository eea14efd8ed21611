"""Reach of pages that did not share it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.estimate import Estimate
from analysis.inference.pages import FloatArray
from analysis.inference.reach_model import (
    BENCHMARK_DEFINITION,
    PRIOR_MEANS,
    PRIOR_SDS,
    SPREADS,
    ReachModel,
    fit,
    shift_that_flips,
    uncalibrated,
)

ORDINARY_INTERACTIONS = 0.003 * 15_000 - 0.5


@dataclass(frozen=True)
class Pages:
    """Pages with a known truth: means per post over the page's posts."""

    followers: FloatArray
    interactions: FloatArray
    reach: FloatArray

    def but(self, left_out: int) -> Pages:
        kept = np.arange(len(self.reach)) != left_out
        return Pages(self.followers[kept], self.interactions[kept], self.reach[kept])

    def fit(self, **options: Any) -> ReachModel:
        n_pages = len(self.reach)
        definitions = ["unique people"] * n_pages
        return fit(
            self.followers,
            self.interactions,
            self.reach,
            definitions=definitions,
            n_posts=100 * n_pages,
            **options,
        )


def simulated(rng: np.random.Generator, n_pages: int, times: float = 1.0) -> Pages:
    """Draw pages whose interactions follow from reach, so that the model is not the generator.

    Reach per follower is 5 % times ``times``, falls with followers and differs between pages; of
    those reached, each page's public reacts in its own measure.
    """
    posts = (n_pages, 100)
    followers = np.exp(rng.normal(np.log(15_000), 0.9, n_pages))
    rate = 0.05 * (followers / 15_000) ** -0.12 * np.exp(rng.normal(0, 0.5, n_pages))
    reach = (rate * followers)[:, np.newaxis] * np.exp(rng.normal(-0.18, 0.6, posts))
    response = 0.03 * np.exp(rng.normal(0, 0.5, n_pages))[:, np.newaxis]
    interactions = rng.poisson(reach * response * rng.gamma(1.2, 1 / 1.2, posts))
    return Pages(followers, interactions.mean(axis=1), times * reach.mean(axis=1))


@pytest.fixture
def measured() -> Pages:
    return simulated(np.random.default_rng(3), 8)


def numbers(estimate: Estimate) -> tuple[float, float, float]:
    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.value, estimate.low, estimate.high


def by_joint_normal(measured: Pages, followers: float, interactions: float) -> list[float]:
    """Median and limits from the joint normal of all pages, conditioned page on page."""

    def features(f: Any, i: Any) -> FloatArray:
        f, i = np.atleast_1d(f), np.atleast_1d(i)
        return np.stack([f**0, np.log(f / 15e3), np.log((i + 0.5) / f) - np.log(0.003)], 1)

    x = features(measured.followers, measured.interactions)
    new = features(followers, interactions)
    y = np.log(measured.reach / measured.followers) - x @ PRIOR_MEANS
    spread_of_coefficients = np.diag(PRIOR_SDS**2)
    parts = []
    for sd in SPREADS:
        covariance = x @ spread_of_coefficients @ x.T + sd**2 * np.eye(len(y))
        gain = np.linalg.solve(covariance, x @ spread_of_coefficients @ new.T).T
        mean = new @ PRIOR_MEANS + gain @ y
        variance = new @ spread_of_coefficients @ new.T + sd**2
        variance = variance - gain @ x @ spread_of_coefficients @ new.T
        evidence = stats.multivariate_normal.logpdf(y, cov=covariance)
        parts.append((evidence, mean.item(), math.sqrt(variance.item())))
    evidences, means, sds = np.transpose(parts)
    weights = np.exp(evidences - evidences.max())
    grid = np.linspace(-9, 3, 40_001)
    cdf = np.array([stats.norm.cdf(grid, m, s) for m, s in zip(means, sds, strict=True)])
    return np.exp(np.interp([0.5, 0.025, 0.975], weights @ cdf / weights.sum(), grid)).tolist()


def test_without_a_measured_page_the_benchmarks_allow_a_factor_of_seven_to_either_side() -> None:
    (page,) = uncalibrated().predict([15_000], [ORDINARY_INTERACTIONS])
    value, low, high = numbers(page)
    assert value == pytest.approx(0.06)
    assert high / value == pytest.approx(value / low)
    assert 6.5 < high / value < 8
    assert (page.n_pages, page.n_posts, page.approximate) == (0, 0, True)
    assert "no page measured" in page.method
    assert BENCHMARK_DEFINITION in page.method


def test_predictions_are_those_of_the_joint_normal_of_all_pages(measured: Pages) -> None:
    for n_measured in (1, 3, 8):
        some = Pages(*(c[:n_measured] for c in vars(measured).values()))
        (page,) = some.fit().predict([40_000], [25])
        assert numbers(page) == pytest.approx(by_joint_normal(some, 40_000, 25), rel=2e-3)


def test_many_measured_pages_overrule_the_benchmarks() -> None:
    many = simulated(np.random.default_rng(4), 300, times=4)
    x = np.log(many.followers / 15_000)
    z = np.log((many.interactions + 0.5) / many.followers / 0.003)
    y = np.log(many.reach / many.followers)
    coefficients = np.linalg.lstsq(np.column_stack([x**0, x, z]), y)[0]
    (page,) = many.fit().predict([15_000], [ORDINARY_INTERACTIONS])
    assert numbers(page)[0] == pytest.approx(np.exp(coefficients[0]), rel=0.03)


def test_the_interval_narrows_with_every_few_pages_measured() -> None:
    pages = simulated(np.random.default_rng(5), 40)
    widths = []
    for n_measured in (0, 4, 12, 40):
        some = Pages(*(c[:n_measured] for c in vars(pages).values()))
        _, low, high = numbers(some.fit().predict([15_000], [30])[0])
        widths.append(high / low)
    assert widths == sorted(widths, reverse=True)


def test_without_interactions_they_are_not_looked_at(measured: Pages) -> None:
    blind = Pages(measured.followers, np.full(8, np.nan), measured.reach)
    one = measured.fit(with_interactions=False).predict([9_000, 9_000], [1, 5_000])
    other = blind.fit(with_interactions=False).predict([9_000, 9_000], [np.nan, np.nan])
    assert one == other
    assert numbers(one[0]) == pytest.approx(numbers(one[1]))
    assert "from followers," in one[0].method


def test_a_page_that_gets_more_reactions_is_taken_to_reach_more(measured: Pages) -> None:
    quiet, lively = measured.fit().predict([9_000, 9_000], [1, 200])
    assert numbers(quiet)[0] < numbers(lively)[0]


def test_the_order_of_pages_changes_nothing(measured: Pages) -> None:
    turned = Pages(*(column[::-1] for column in vars(measured).values()))
    there = measured.fit().predict([5_000, 80_000], [10, 20])
    back = turned.fit().predict([80_000, 5_000], [20, 10])[::-1]
    for one, other in zip(there, back, strict=True):
        assert numbers(one) == pytest.approx(numbers(other))
        assert one.method == other.method


def test_every_page_left_out_is_predicted_from_the_others(measured: Pages) -> None:
    inside = 0
    for page in range(8):
        (predicted,) = (
            measured.but(page)
            .fit()
            .predict(measured.followers[[page]], measured.interactions[[page]], level=0.5)
        )
        _, low, high = numbers(predicted)
        inside += low <= measured.reach[page] / measured.followers[page] <= high
    assert 0 < inside < 8
    left_out = measured.fit().left_out(level=0.5)
    assert (left_out.inside, left_out.n_pages) == (inside, 8)
    (page,) = measured.fit().predict([9_000], [20], level=0.5)
    assert f"{inside} of 8 measured pages inside their 50% interval when left out" in page.method


def test_a_page_without_followers_has_a_reason_and_the_others_have_their_number(
    measured: Pages,
) -> None:
    nobody, somebody = measured.fit().predict([0, 9_000], [3, 20])
    assert not nobody.estimable
    assert "without followers" in nobody.reason
    assert somebody == measured.fit().predict([9_000], [20])[0]
    assert measured.fit().predict([], []) == ()


def test_old_reach_and_new_views_cannot_calibrate_one_model() -> None:
    arguments = ([9_000, 8_000], [10, 20], [400, 900])
    with pytest.raises(ValueError, match="unique people and views are different numbers"):
        fit(*arguments, definitions=["unique people", "views"], n_posts=9)
    for unknown in ("", None):
        with pytest.raises(ValueError, match="must be known of every page"):
            fit(*arguments, definitions=["views", unknown], n_posts=9)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="one for each of the 2 pages"):
        fit(*arguments, definitions=["views"], n_posts=9)
    (page,) = fit(*arguments, definitions=["views"] * 2, n_posts=9).predict([9_000], [10])
    assert "(views)" in page.method


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ((0, 5, 100), "without followers"),
        ((900, 5, 0), "reached nobody"),
        ((900, -1, 100), "interactions: a count is negative"),
        ((900, np.nan, 100), "were not measured"),
        ((900, 5, np.nan), "were not measured"),
    ],
)
def test_pages_that_cannot_calibrate_are_refused(
    page: tuple[float, float, float], message: str
) -> None:
    followers, interactions, reach = ([number] for number in page)
    with pytest.raises(ValueError, match=message):
        fit(followers, interactions, reach, definitions=["views"], n_posts=9)


def test_a_level_is_a_share() -> None:
    with pytest.raises(ValueError, match="level"):
        uncalibrated().predict([9_000], [10], level=95)


people = st.floats(1, 1e9)
counts = st.floats(0, 1e8)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(people, counts, people), max_size=5), people, counts)
def test_whatever_is_measured_the_interval_is_a_number(
    pages: list[tuple[float, float, float]], followers: float, interactions: float
) -> None:
    columns = np.array(pages).reshape(-1, 3).T
    (page,) = Pages(*columns).fit().predict([followers], [interactions])
    value, low, high = numbers(page)
    assert 0 < low < value < high < math.inf


def test_a_verdict_flips_at_the_shift_and_not_before_it() -> None:
    measured_reach, modelled = 30_000.0, np.array([20_000.0, 10_000.0])

    def upper(factor: float) -> float:
        return min(1.0, (measured_reach + factor * modelled.sum()) / 1_000_000)

    shift = shift_that_flips(upper, 0.12)
    assert shift.factor == pytest.approx(3)
    assert upper(2.99) < 0.12 < upper(3.01)


def test_a_verdict_that_rests_on_measured_pages_alone_cannot_flip() -> None:
    shift = shift_that_flips(lambda factor: max(0.3, factor * 1e-9), 0.2)
    assert shift.factor is None
    assert "1,000" in shift.reason


def coverage(n_measured: int, times: float, replicates: int = 250) -> tuple[float, float]:
    """How often the model, and a fixed 5 % within a factor 2, hold a page that was not measured."""
    rng = np.random.default_rng(n_measured)
    model, fixed = [], []
    for _ in range(replicates):
        world = simulated(rng, n_measured + 1, times)
        new = world.followers[-1:], world.interactions[-1:]
        truth = world.reach[-1] / world.followers[-1]
        _, low, high = numbers(world.but(n_measured).fit().predict(*new)[0])
        model.append(low <= truth <= high)
        fixed.append(0.025 <= truth <= 0.1)
    return float(np.mean(model)), float(np.mean(fixed))


@pytest.mark.parametrize("n_measured", [0, 4, 8])
@pytest.mark.parametrize("times", [1, 2])
def test_intervals_hold_pages_that_a_fixed_factor_of_two_misses(
    n_measured: int, times: float
) -> None:
    model, fixed = coverage(n_measured, times)
    assert model >= 0.9
    assert fixed < model - 0.05
    assert n_measured > 0 or model > 0.97


@pytest.fixture(scope="session")
def benchmarks(project: Path) -> pd.DataFrame:
    return pd.read_csv(project / "data/raw/register/reach_benchmarks.csv")


def test_the_model_holds_every_published_benchmark_possible(benchmarks: pd.DataFrame) -> None:
    sizes = benchmarks[["page_likes_from", "page_likes_to"]].mean(axis=1).fillna(15_000)
    model = uncalibrated(with_interactions=False)
    for reach, page in zip(
        benchmarks["reach_percent"] / 100, model.predict(sizes, sizes), strict=True
    ):
        _, low, high = numbers(page)
        assert low < reach < high


def test_every_benchmark_says_where_it_was_read_and_how_far_to_trust_it(
    benchmarks: pd.DataFrame,
) -> None:
    assert benchmarks["url"].str.match(r"https?://").all()
    assert set(benchmarks["status"]) == {"confirmed", "inferred", "secondary", "weak"}
    assert not benchmarks.duplicated(["source", "period", "pages_described"]).any()
    assert benchmarks["reach_percent"].between(0, 100).all()
