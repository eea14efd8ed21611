"""How often intervals cover and tests reject, on simulated pages whose truth is known.

Makes the two tables of ``docs/methods.md``. Slow with many replicates, so ``make bench`` leaves it
out; a short version runs with the tests (``tests/inference/test_calibration.py``).

Run: ``python benchmarks/calibration/coverage.py --replicates 2000``
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import stats

from analysis.inference.comparison import compare_pooled, compare_two
from analysis.inference.effects import cliffs_delta
from analysis.inference.estimate import Estimate
from analysis.inference.funnel import each_against_the_others, log_rate_errors
from analysis.inference.pages import BoolArray, FloatArray, IntArray, log_page_rates
from analysis.inference.reply_rate import reply_rate_bounds
from analysis.inference.size_adjusted import size_adjusted

ORDER = ("first", "second")
THREE_CLAIMS = 1 - 0.05 / 3


@dataclass(frozen=True)
class World:
    """Two tiers without a difference in level.

    Posts are negative binomial around their page's rate (shape .8), a tenth of them without any
    reaction; the median page has 100 posts. ``spreads`` are standard deviations of log page rates,
    ``log_followers`` means and standard deviations of log followers.
    """

    name: str
    pages: tuple[int, int]
    spreads: tuple[float, float] = (0.7, 0.7)
    log_followers: tuple[tuple[float, float], tuple[float, float]] = ((9.4, 0.6), (9.6, 0.9))
    size_effect: float = 0.0
    skewed: bool = False

    def mean_ratio(self) -> float | None:
        """True ratio of the mean rates, which is what pooled rates estimate, where it is simple."""
        if self.skewed or self.size_effect:
            return None
        return float(np.exp((self.spreads[0] ** 2 - self.spreads[1] ** 2) / 2))


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
    posts = np.exp(rng.normal(np.log(100), 0.6, n_pages)).clip(20, 1000).astype(int)
    page = np.repeat(np.arange(n_pages), posts)
    expected = np.exp(log_rate)[page] * followers[page] / 1000
    counts = rng.poisson(expected * rng.gamma(0.8, 1 / 0.8, len(page)))
    counts *= rng.random(len(page)) > 0.1
    return Sample(in_first, followers, page, counts.astype(float))


def outcomes(world: World, sample: Sample) -> Iterator[tuple[str, bool]]:
    """Whether each test rejects and each interval covers, by name."""
    first, posts = sample.in_first, sample.posts_per_page
    sums, exposure = sample.summed(), sample.exposure
    rates = log_page_rates(sums, exposure)

    post_rates = np.log((sample.counts + 0.5) / (sample.followers[sample.page] / 1000))
    of_first = first[sample.page]
    over_posts = stats.ttest_ind(post_rates[of_first], post_rates[~of_first], equal_var=False)
    yield "rejects: posts, Welch t", bool(over_posts.pvalue < 0.05)

    ratio = compare_two(rates[first], rates[~first], n_posts=1)
    yield "rejects: pages", rejects(ratio)
    yield "covers: ratio", covers(ratio, 1)
    tiers = np.where(first, *ORDER)
    adjusted = size_adjusted(
        rates, tiers, np.log(sample.followers), order=ORDER, posts_per_page=posts
    )
    at_equal_size = adjusted.ratios[0].estimate
    yield "rejects: pages, at equal followers", rejects(at_equal_size)
    yield "covers: ratio at equal followers", covers(at_equal_size, 1)
    yield "covers: delta", covers(cliffs_delta(rates[first], rates[~first], n_posts=1), 0)
    pooled = compare_pooled(sums[first], exposure[first], sums[~first], exposure[~first], n_posts=1)
    if (truth := world.mean_ratio()) is not None:
        yield "covers: ratio of pooled rates", covers(pooled, truth)

    errors = log_rate_errors(sums, sample.summed(2), posts)
    for page in each_against_the_others(rates[first], errors[first], posts_per_page=posts[first]):
        yield "rejects: one page against its tier", rejects(page)


def rejects(estimate: Estimate) -> bool:
    return estimate.p is not None and estimate.p < 0.05


def covers(estimate: Estimate, truth: float) -> bool:
    return (
        estimate.low is not None
        and estimate.high is not None
        and estimate.low <= truth <= estimate.high
    )


def comparisons(replicates: int) -> None:
    """Print how the comparisons do in every world."""
    print("| |", " | ".join(world.name for world in WORLDS), "|")
    print("| --- |", " | ".join("---" for _ in WORLDS), "|")
    columns = [shares(world, replicates) for world in WORLDS]
    for name in columns[0]:
        print(f"| {name} |", " | ".join(written(column.get(name)) for column in columns), "|")


def shares(world: World, replicates: int) -> dict[str, float]:
    """Share of samples in which each test rejects and each interval covers."""
    rng, found = np.random.default_rng(1), defaultdict(list)
    for _ in range(replicates):
        for name, outcome in outcomes(world, drawn(world, rng)):
            found[name].append(outcome)
    return {name: float(np.mean(yes_or_no)) for name, yes_or_no in found.items()}


def written(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


@dataclass(frozen=True)
class Webcare:
    """Pages that answer comments: how many pages and comments, and how alike pages are."""

    pages: int
    median_comments: int
    correlation: float

    def bounds(self, rate: float, replicates: int) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bounds in samples with this true rate."""
        rng = np.random.default_rng(1)
        estimates = [self._estimate(rate, rng) for _ in range(replicates)]
        low = np.array([0 if e.low is None else e.low for e in estimates])
        high = np.array([1 if e.high is None else e.high for e in estimates])
        return low, high

    def _estimate(self, rate: float, rng: np.random.Generator) -> Estimate:
        spread = 0.5 if self.median_comments < 100 else 1.0
        comments = rng.lognormal(np.log(self.median_comments), spread, self.pages).astype(int) + 10
        strength = (1 - self.correlation) / self.correlation
        rates = rng.beta(rate * strength, (1 - rate) * strength, self.pages) if rate else 0.0
        replied = rng.binomial(comments, rates)
        return reply_rate_bounds(replied, comments, level=THREE_CLAIMS, n_posts=1).both


def reply_rates(replicates: int) -> None:
    """Print how often the rule for webcare decides, at its thresholds and off them."""
    print(
        "| pages | comments | correlation | under 10 % at 10 % | over 20 % at 20 % "
        "| under 10 % at 5 % | at 1 % | at 0 | over 20 % at 40 % |"
    )
    print("| --- " * 9 + "|")
    for pages, comments, correlation in product((6, 12, 20), (20, 300), (0.01, 0.05, 0.15)):
        world = Webcare(pages, comments, correlation)
        under = {rate: world.bounds(rate, replicates)[1] < 0.10 for rate in (0.10, 0.05, 0.01, 0.0)}
        over = {rate: world.bounds(rate, replicates)[0] > 0.20 for rate in (0.20, 0.40)}
        shown = (under[0.10], over[0.20], under[0.05], under[0.01], under[0.0], over[0.40])
        row = " | ".join(written(float(share.mean())) for share in shown)
        print(f"| {pages} | {comments} | {correlation} | {row} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--replicates", type=int, default=200)
    replicates = parser.parse_args().replicates
    comparisons(replicates)
    print()
    reply_rates(replicates)


if __name__ == "__main__":
    main()
