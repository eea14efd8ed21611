"""Simulated pages of two tiers whose truth is known, and how the default methods do on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from scipy import stats

from analysis.inference.comparison import compare_pooled, compare_two
from analysis.inference.effects import cliffs_delta
from analysis.inference.estimate import Estimate
from analysis.inference.funnel import each_against_the_others, log_rate_errors
from analysis.inference.pages import BoolArray, FloatArray, IntArray, log_page_rates
from analysis.inference.size_adjusted import size_adjusted

ORDER = ("first", "second")
WEEKS, WEEK_TO_WEEK = 26, 0.8

REJECTS_POSTS = "posts, Welch t"
REJECTS_PAGES = "pages"
REJECTS_AT_EQUAL_FOLLOWERS = "pages, at equal followers"
REJECTS_ONE_PAGE = "one page against its tier"
COVERS_RATIO = "ratio"
COVERS_AT_EQUAL_FOLLOWERS = "ratio at equal followers"
COVERS_DELTA = "δ"
COVERS_POOLED = "ratio of pooled rates"

SIZES = (REJECTS_POSTS, REJECTS_PAGES, REJECTS_AT_EQUAL_FOLLOWERS, REJECTS_ONE_PAGE)
COVERAGES = (COVERS_RATIO, COVERS_AT_EQUAL_FOLLOWERS, COVERS_DELTA, COVERS_POOLED)


@dataclass(frozen=True)
class World:
    """Two tiers without a difference in level.

    Posts are negative binomial around their page's rate (shape .8), a tenth of them without any
    reaction; the median page has 100 posts.

    Attributes
    ----------
    name : str
    pages : pair of int
        Pages of the first and of the second tier.
    spreads : pair of float
        Standard deviations of log page rates.
    log_followers : pair of pairs of float
        Means and standard deviations of log followers.
    size_effect : float
        Rates follow followers to this power.
    skewed : bool
        Log page rates are exponential instead of normal.
    weekly_spread : float
        Standard deviation of a page's log rate over weeks, within the page. Weeks of one page
        follow an autoregression of order one, with a correlation of .8 between neighbours.
    posts_follow_rates : pair of float
        Correlation between log rate and log number of posts, over the pages of each tier.
    """

    name: str
    pages: tuple[int, int]
    spreads: tuple[float, float] = (0.7, 0.7)
    log_followers: tuple[tuple[float, float], tuple[float, float]] = ((9.4, 0.6), (9.6, 0.9))
    size_effect: float = 0.0
    skewed: bool = False
    weekly_spread: float = 0.0
    posts_follow_rates: tuple[float, float] = (0.0, 0.0)

    @property
    def mean_ratio(self) -> float | None:
        """True ratio of the mean page rates, where it is simple; 1 when spreads are equal.

        It is what pooled rates estimate when rates have nothing to do with the number of posts.
        """
        if self.size_effect:
            return None
        return float(np.exp((self.spreads[0] ** 2 - self.spreads[1] ** 2) / 2))

    def outcomes(self, rng: np.random.Generator) -> Iterator[tuple[str, bool]]:
        """Draw posts; say whether each test rejects and each interval covers, by name."""
        sample = drawn(self, rng)
        yield REJECTS_POSTS, posts_reject(sample)
        yield from of_levels(sample)
        if (truth := self.mean_ratio) is not None:
            yield COVERS_POOLED, covers(pooled_ratio(sample), truth)
        for page in pages_of_the_first_tier(sample):
            yield REJECTS_ONE_PAGE, rejects(page)


WORLDS = (
    World("12 v 12", (12, 12)),
    World("6 v 6", (6, 6)),
    World("12 v 20, unequal spread .4 / 1", (12, 20), spreads=(0.4, 1.0)),
    World("12 v 30, unequal spread 1 / .4", (12, 30), spreads=(1.0, 0.4)),
    World("12 v 20, skewed pages", (12, 20), skewed=True),
    World(
        "15 v 12, rates fall with size",
        (15, 12),
        log_followers=((10.6, 1.0), (9.4, 0.6)),
        size_effect=-0.3,
    ),
    World("12 v 20, weeks resemble the week before", (12, 20), weekly_spread=0.7),
    World("12 v 20, well-liked pages of one tier post more", (12, 20), posts_follow_rates=(0.7, 0)),
)


@dataclass(frozen=True)
class Sample:
    """Posts of a world's pages: the page of each post, its count, each page's followers."""

    in_first: BoolArray
    followers: FloatArray
    page: IntArray
    counts: FloatArray

    @property
    def posts_per_page(self) -> IntArray:
        """Number of posts of each page."""
        return np.bincount(self.page)

    def summed(self, power: int = 1) -> FloatArray:
        """Sum of each page's counts, or of a power of them."""
        return np.bincount(self.page, self.counts**power).astype(float)

    @property
    def exposure(self) -> FloatArray:
        """Thousands of followers at posting, summed over each page's posts."""
        return self.posts_per_page * self.followers / 1000

    @property
    def log_rates(self) -> FloatArray:
        """Log rate of each page."""
        return log_page_rates(self.summed(), self.exposure)


def drawn(world: World, rng: np.random.Generator) -> Sample:
    """Draw the posts of a world."""
    n_pages = sum(world.pages)
    in_first = np.repeat([True, False], world.pages)
    centre, spread = (np.where(in_first, *pair) for pair in zip(*world.log_followers, strict=True))
    log_followers = rng.normal(centre, spread)
    effect = rng.exponential(size=n_pages) - 1 if world.skewed else rng.standard_normal(n_pages)
    log_rate = np.log(2) + world.size_effect * (log_followers - np.log(15_000))
    log_rate += effect * np.where(in_first, *world.spreads)
    followers = np.maximum(np.exp(log_followers), 500)

    page = np.repeat(np.arange(n_pages), numbers_of_posts(effect, in_first, world, rng))
    log_post_rate = log_rate[page]
    if world.weekly_spread:
        log_post_rate += world.weekly_spread * weekly_effects(page, rng)
    expected = np.exp(log_post_rate) * followers[page] / 1000
    counts = rng.poisson(expected * rng.gamma(0.8, 1 / 0.8, len(page)))
    counts *= rng.random(len(page)) > 0.1
    return Sample(in_first, followers, page, counts.astype(float))


def numbers_of_posts(
    effect: FloatArray, in_first: BoolArray, world: World, rng: np.random.Generator
) -> IntArray:
    """Posts of each page, 20 to 1,000: by chance, and by its rate as far as the world says."""
    tied = np.where(in_first, *world.posts_follow_rates)
    standard = tied * effect + np.sqrt(1 - tied**2) * rng.standard_normal(len(effect))
    return np.exp(np.log(100) + 0.6 * standard).clip(20, 1000).astype(int)


def weekly_effects(page: IntArray, rng: np.random.Generator) -> FloatArray:
    """Standard normal effect of the week in which each post falls, its page's own series."""
    shocks = rng.standard_normal((WEEKS, page.max() + 1))

    def next_week(effect: FloatArray, shock: FloatArray) -> FloatArray:
        return WEEK_TO_WEEK * effect + np.sqrt(1 - WEEK_TO_WEEK**2) * shock

    effects = np.array(list(accumulate(shocks, next_week)))
    return effects[rng.integers(WEEKS, size=len(page)), page]


def posts_reject(sample: Sample) -> bool:
    """Whether Welch's t rejects that takes every post for independent."""
    rates = np.log((sample.counts + 0.5) / (sample.followers[sample.page] / 1000))
    of_first = sample.in_first[sample.page]
    return bool(stats.ttest_ind(rates[of_first], rates[~of_first], equal_var=False).pvalue < 0.05)


def of_levels(sample: Sample) -> Iterator[tuple[str, bool]]:
    """Outcomes of the comparisons of log page rates."""
    first, rates = sample.in_first, sample.log_rates
    ratio = compare_two(rates[first], rates[~first], n_posts=len(sample.page))
    yield REJECTS_PAGES, rejects(ratio)
    yield COVERS_RATIO, covers(ratio, 1)
    adjusted = size_adjusted(
        rates,
        np.where(first, *ORDER),
        np.log(sample.followers),
        order=ORDER,
        posts_per_page=sample.posts_per_page,
    )
    at_equal_followers = adjusted.ratios[0].estimate
    yield REJECTS_AT_EQUAL_FOLLOWERS, rejects(at_equal_followers)
    yield COVERS_AT_EQUAL_FOLLOWERS, covers(at_equal_followers, 1)
    delta = cliffs_delta(rates[first], rates[~first], n_posts=len(sample.page))
    yield COVERS_DELTA, covers(delta, 0)


def pooled_ratio(sample: Sample) -> Estimate:
    first, sums, exposure = sample.in_first, sample.summed(), sample.exposure
    return compare_pooled(
        sums[first], exposure[first], sums[~first], exposure[~first], n_posts=len(sample.page)
    )


def pages_of_the_first_tier(sample: Sample) -> list[Estimate]:
    """Each page of the first tier against the others."""
    first, posts = sample.in_first, sample.posts_per_page
    errors = log_rate_errors(sample.summed(), sample.summed(2), posts)
    return list(
        each_against_the_others(sample.log_rates[first], errors[first], posts_per_page=posts[first])
    )


def rejects(estimate: Estimate) -> bool:
    return estimate.p is not None and estimate.p < 0.05


def covers(estimate: Estimate, truth: float) -> bool:
    return (
        estimate.low is not None
        and estimate.high is not None
        and estimate.low <= truth <= estimate.high
    )
