"""How often the interval of posts of one purpose, held against the other posts, covers the truth.

Simulated pages, on which the purpose makes no difference. Prints the table of docs/methods.md.
"""

from __future__ import annotations

import argparse
from itertools import product

import numpy as np
from scipy import stats

from analysis.inference.pages import FloatArray, IntArray
from analysis.inference.paired import paired_rate_ratio

PAGES, SHARES = (12, 20, 47), (0.05, 0.10, 0.30)
POSTS_PER_YEAR, LEVEL = 250, 20.0


def posts(rng: np.random.Generator, n_pages: int) -> tuple[FloatArray, IntArray]:
    """Draw interactions and page of posts: a heavy tail, some boosted, some that nobody saw."""
    per_page = np.rint(POSTS_PER_YEAR * np.exp(0.25 * rng.standard_normal(n_pages))).astype(int)
    page = np.repeat(np.arange(n_pages), per_page)
    luck = rng.standard_gamma(0.8, len(page)) / 0.8
    luck[rng.random(len(page)) < 0.04] *= 4
    luck[rng.random(len(page)) < 0.03] = 0
    level = LEVEL * np.exp(0.5 * rng.standard_normal(n_pages))
    return rng.poisson(level[page] * luck).astype(float), page


def plain(counts: FloatArray, page: IntArray, chosen: FloatArray) -> tuple[float, bool]:
    """The ratio without the jackknife, and whether its interval holds 1."""

    def log_rate(side: FloatArray) -> FloatArray:
        return np.log((np.bincount(page, counts * side) + 0.5) / np.bincount(page, side))

    with np.errstate(divide="ignore", invalid="ignore"):
        all_differences = log_rate(chosen) - log_rate(1 - chosen)
    enough = np.minimum(np.bincount(page, chosen), np.bincount(page, 1 - chosen)) >= 5
    differences = all_differences[enough]
    return float(differences.mean()), bool(stats.ttest_1samp(differences, 0).pvalue >= 0.05)


def world(rng: np.random.Generator, n_pages: int, share: float, replicates: int) -> str:
    """One row: mean ratio and coverage, without and with the jackknife."""
    found = []
    for _ in range(replicates):
        counts, page = posts(rng, n_pages)
        chosen = rng.random(len(page)) < share
        ratio = paired_rate_ratio(counts, np.ones(len(page)), page, chosen)
        if ratio.value is None or ratio.low is None or ratio.high is None:
            continue
        without, holds = plain(counts, page, chosen.astype(float))
        found.append((without, holds, np.log(ratio.value), ratio.low <= 1 <= ratio.high))
    low, holds, middle, covers = np.mean(found, axis=0)
    cells = (np.exp(low), holds, np.exp(middle), covers)
    return f"| {n_pages} | {share:.0%} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=1000)
    arguments = parser.parse_args()
    print("| pages | share | ratio, plain | covers, plain | ratio, jackknife | covers, jackknife |")
    print("| --- | --- | --- | --- | --- | --- |")
    for place, (n_pages, share) in enumerate(product(PAGES, SHARES)):
        rng = np.random.default_rng([2023, place])
        print(world(rng, n_pages, share, arguments.replicates), flush=True)


if __name__ == "__main__":
    main()
