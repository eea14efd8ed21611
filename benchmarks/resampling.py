"""Resampling pages and permuting their labels: what it costs, beside what one would write instead.

First a comparison, on 50 pages with 1,000 posts each. Both sides of a line are timed in turn, in
one process and on one core; the table gives the fastest of several rounds and their ratio. A
baseline too slow for all its resamples is timed on fewer and scaled up, and the table says so.

Then growth, up to a million posts and ten thousand pages. Posts are counted per page in one first
pass; after it the cost grows with pages times resamples, and not with posts. Only a median of
posts takes one step more when posts have twice as many different counts.

Seconds are the processor's, so that other work on the machine hardly counts.

Run: ``python benchmarks/resampling.py``
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.inference.bootstrap import PostsByPage, page_weights
from analysis.inference.pages import FloatArray, IntArray
from analysis.inference.permutation import drawn_welch_f, p_of_draws, welch_f

PAGES, POSTS_PER_PAGE = 50, 1_000
RESAMPLES, LABELLINGS = 10_000, 100_000
ROUNDS, GROWTH_ROUNDS = 7, 5

rng = np.random.default_rng(0)
page = np.repeat(np.arange(PAGES), POSTS_PER_PAGE)
followers = np.exp(rng.normal(10, 1, PAGES))
page_rate = 2 * np.exp(rng.normal(0, 0.7, PAGES))
exposure = (followers / 1_000)[page]
interactions = rng.poisson(page_rate[page] * exposure * rng.gamma(0.8, 1 / 0.8, len(page)))
per_1000 = interactions / exposure
posts = pd.DataFrame({"page": page, "interactions": interactions, "exposure": exposure})
posts_of_page = [group for _, group in posts.groupby("page")]
per_1000_of_page = np.split(per_1000, PAGES)
sums = np.array(posts.groupby("page")[["interactions", "exposure"]].sum(), dtype=float)
first, second = rng.normal(0.5, 1, 12), rng.normal(0, 1, 20)


def pooled_rate_of_ours() -> FloatArray:
    total = page_weights(PAGES, RESAMPLES) @ sums
    return total[:, 0] / total[:, 1]


def pooled_rate_of_scipy() -> FloatArray:
    return stats.bootstrap(
        (sums[:, 0], sums[:, 1]),
        lambda count, exposed, axis: count.sum(axis) / exposed.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=rng,
    ).bootstrap_distribution


def pooled_rate_of_pandas(resamples: int = 20) -> FloatArray:
    def one() -> float:
        drawn = pd.concat([posts_of_page[i] for i in rng.integers(PAGES, size=PAGES)])
        return float(drawn["interactions"].sum() / drawn["exposure"].sum())

    return np.array([one() for _ in range(resamples)])


def median_of_ours() -> FloatArray:
    counted = PostsByPage.of(per_1000, page)
    return counted.quantiles(page_weights(PAGES, RESAMPLES).astype(float), 0.5)


def median_of_concatenated(resamples: int = 30) -> FloatArray:
    def one() -> float:
        drawn = np.concatenate([per_1000_of_page[i] for i in rng.integers(PAGES, size=PAGES)])
        return float(np.median(drawn))

    return np.array([one() for _ in range(resamples)])


def permutation_of_ours() -> float:
    pages, sizes = np.concatenate([first, second]), [len(first), len(second)]
    pages = pages - pages.mean()
    observed = welch_f([np.repeat([1.0, 0.0], sizes)[np.newaxis]], pages, sizes)
    return p_of_draws(float(observed[0]), drawn_welch_f(pages, sizes, LABELLINGS, rng))


def permutation_of_scipy() -> float:
    def squared_welch_t(x: FloatArray, y: FloatArray, axis: int) -> FloatArray:
        variances = x.var(axis, ddof=1) / x.shape[axis] + y.var(axis, ddof=1) / y.shape[axis]
        return (x.mean(axis) - y.mean(axis)) ** 2 / variances

    test = stats.permutation_test(
        (first, second),
        squared_welch_t,
        vectorized=True,
        n_resamples=LABELLINGS,
        alternative="greater",
        rng=rng,
    )
    return float(test.pvalue)


@dataclass(frozen=True)
class Line:
    """One comparison: what is made, ours, the other, and how much of the other's work is timed."""

    what: str
    ours: Callable[[], object]
    other_name: str
    other: Callable[[], object]
    target: float
    scaled_up: float = 1.0


LINES = (
    Line(
        "pooled rate, 10,000 resamples",
        pooled_rate_of_ours,
        "scipy.stats.bootstrap on page sums",
        pooled_rate_of_scipy,
        1.5,
    ),
    Line(
        "pooled rate, 10,000 resamples",
        pooled_rate_of_ours,
        "pandas, posts of drawn pages",
        pooled_rate_of_pandas,
        200,
        RESAMPLES / 20,
    ),
    Line(
        "median of posts, 10,000 resamples",
        median_of_ours,
        "np.concatenate and np.median",
        median_of_concatenated,
        100,
        RESAMPLES / 30,
    ),
    Line(
        "Welch test, 100,000 labellings",
        permutation_of_ours,
        "scipy.stats.permutation_test",
        permutation_of_scipy,
        8,
    ),
)


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one run."""
    started = time.process_time()
    run()
    return time.process_time() - started


def measured(line: Line) -> tuple[float, float]:
    """Fewest seconds of both sides, timed in turn; each has run once before."""
    line.ours()
    line.other()
    both = [(seconds(line.ours), seconds(line.other)) for _ in range(ROUNDS)]
    ours, other = (min(side) for side in zip(*both, strict=True))
    return ours, other * line.scaled_up


@dataclass(frozen=True)
class Size:
    """How much is resampled."""

    posts: int
    pages: int
    resamples: int


GROWTH = {
    "posts": [Size(posts, 1_000, 1_000) for posts in (10_000, 100_000, 1_000_000)],
    "pages": [Size(1_000_000, pages, 1_000) for pages in (100, 1_000, 10_000)],
    "resamples": [Size(1_000_000, 1_000, resamples) for resamples in (100, 1_000, 10_000)],
}


def cost(size: Size) -> tuple[float, ...]:
    """Fewest seconds of the first pass, and of two statistics of resamples drawn after it."""
    page = rng.integers(size.pages, size=size.posts)
    counts = rng.negative_binomial(0.8, 0.02, size.posts).astype(float)
    posts = PostsByPage.of(counts, page)
    sums = sums_of_pages(counts, page, size.pages)

    def first_pass() -> None:
        sums_of_pages(counts, page, size.pages)
        PostsByPage.of(counts, page)

    def pooled_rate() -> FloatArray:
        total = page_weights(size.pages, size.resamples) @ sums
        return total[:, 0] / total[:, 1]

    def median() -> FloatArray:
        return posts.quantiles(page_weights(posts.n_pages, size.resamples).astype(float), 0.5)

    return tuple(fewest_seconds(run) for run in (first_pass, pooled_rate, median))


def sums_of_pages(counts: FloatArray, page: IntArray, n_pages: int) -> FloatArray:
    """Sum of the counts and number of posts of each page, shape (n_pages, 2)."""
    return np.column_stack(
        [np.bincount(page, counts, n_pages), np.bincount(page, minlength=n_pages).astype(float)]
    )


def fewest_seconds(run: Callable[[], object]) -> float:
    return min(seconds(run) for _ in range(GROWTH_ROUNDS))


def print_comparison() -> int:
    """Print ours beside the others; the number of ratios under their targets."""
    print(f"{PAGES} pages x {POSTS_PER_PAGE:,} posts; 12 against 20 pages; best of {ROUNDS}\n")
    missed = 0
    for line in LINES:
        ours, other = measured(line)
        ratio = other / ours
        missed += ratio < line.target
        scaled = f" (1/{line.scaled_up:.0f} timed, scaled)" if line.scaled_up > 1 else ""
        print(f"{line.what}: {ours * 1000:,.1f} ms")
        print(f"    {line.other_name}: {other * 1000:,.1f} ms{scaled}")
        print(f"    {ratio:,.1f} times as long (target {line.target:g})")
    return missed


def print_growth() -> None:
    """Print the cost of every size, and its ratio to that of the row before."""
    for what, sizes in GROWTH.items():
        print(f"\nTen times the {what} (seconds, best of {GROWTH_ROUNDS}; x the row before)")
        print(f"{'posts':>10}{'pages':>8}{'resamples':>11}", end="")
        print(f"{'first pass':>18}{'pooled rate':>18}{'median of posts':>18}")
        costs = [cost(size) for size in sizes]
        rows_before = [(None,) * len(costs[0]), *costs[:-1]]
        for size, row, row_before in zip(sizes, costs, rows_before, strict=True):
            cells = map(with_ratio, row, row_before)
            print(f"{size.posts:10,}{size.pages:8,}{size.resamples:11,}", *cells, sep="")


def with_ratio(now: float, before: float | None) -> str:
    ratio = f"x{now / before:5.1f}" if before else ""
    return f"{now:10.4f}{ratio:>8}"


def main() -> int:
    """Print both; 1 when a ratio of the comparison stays under its target."""
    missed = print_comparison()
    print_growth()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
