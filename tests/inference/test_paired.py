"""Some posts of a page against its others."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.inference.estimate import Estimate
from analysis.inference.paired import paired_rate_ratio, paired_value_ratio


def jackknifed(counts: list[float]) -> float:
    """Quenouille's jackknife of the log rate, post by post."""
    n, total = len(counts), sum(counts)
    with_all = np.log((total + 0.5) / n)
    without = [np.log((total - count + 0.5) / (n - 1)) for count in counts]
    return float(n * with_all - (n - 1) * np.mean(without))


def test_it_is_the_geometric_mean_of_the_pages_own_ratios() -> None:
    pages = {
        "a": ([4, 9, 2, 7, 30], [5, 5, 3, 8, 1, 2]),
        "b": ([40, 10, 20, 8, 12], [9, 15, 30, 8, 11]),
        "c": ([1, 0, 2, 0, 3], [0, 1, 0, 0, 2]),
        "d": ([5, 3, 2, 4, 1], [6, 2, 2, 3, 9]),
        "e": ([7, 1, 2, 8, 2], [3, 3, 4, 1, 2]),
        "f": ([2, 2, 9, 1, 0], [8, 5, 6, 7, 3]),
    }
    differences = [jackknifed(chosen) - jackknifed(others) for chosen, others in pages.values()]
    counts = [count for sides in pages.values() for side in sides for count in side]
    of_page = [page for page, sides in pages.items() for side in sides for _ in side]
    chosen = [i == 0 for sides in pages.values() for i, side in enumerate(sides) for _ in side]
    ratio = paired_rate_ratio(counts, np.ones(len(counts)), of_page, chosen)

    test = stats.ttest_1samp(differences, 0)
    low, high = test.confidence_interval(0.95)
    assert ratio.value == pytest.approx(np.exp(np.mean(differences)))
    assert (ratio.low, ratio.high) == pytest.approx((np.exp(low), np.exp(high)))
    assert ratio.p == pytest.approx(test.pvalue)
    assert (ratio.n_pages, ratio.n_posts) == (6, 30)


def test_levels_of_pages_drop_out() -> None:
    random = np.random.default_rng(3)
    levels = np.exp(random.normal(3, 1.5, 30))
    ratio = simulated(random, levels, posts=60, share=0.3, truly=2.0)
    assert ratio.low is not None
    assert ratio.high is not None
    assert 1.7 < ratio.low < 2 < ratio.high < 2.4


def simulated(
    random: np.random.Generator,
    levels: np.ndarray,
    *,
    posts: int,
    share: float,
    truly: float,
    tail: float = 1.0,
) -> Estimate:
    """Pages with these levels; chosen posts get ``truly`` times as much."""
    pages = np.repeat(np.arange(len(levels)), posts)
    chosen = random.random(len(pages)) < share
    luck = random.standard_gamma(tail, len(pages)) / tail
    counts = random.poisson(levels[pages] * luck * np.where(chosen, truly, 1))
    return paired_rate_ratio(counts, np.ones(len(pages)), pages, chosen)


def test_a_rare_class_does_not_seem_to_get_less() -> None:
    random = np.random.default_rng(11)
    ratios = [
        simulated(random, np.full(40, 20.0), posts=200, share=0.04, truly=1.0, tail=0.6)
        for _ in range(60)
    ]
    values = [ratio.value for ratio in ratios if ratio.value is not None]
    covered = [ratio.low <= 1 <= ratio.high for ratio in ratios if ratio.low and ratio.high]
    assert np.mean(np.log(values)) == pytest.approx(0, abs=0.03)
    assert np.mean(covered) >= 0.88


def test_pages_with_few_such_posts_are_left_out() -> None:
    counts = [1.0] * 10 + [2.0, 3, 4, 5] + [1.0] * 6
    pages = ["many"] * 10 + ["few"] * 10
    chosen = [True] * 5 + [False] * 5 + [True] * 4 + [False] * 6
    ratio = paired_rate_ratio(counts, np.ones(20), pages, chosen)
    assert (ratio.n_pages, ratio.n_posts) == (1, 5)
    assert ratio.value == pytest.approx(1)
    assert not ratio.has_interval
    assert "one page" in ratio.reason


def test_what_posts_are_counted_per_matters() -> None:
    pages, chosen = np.repeat(["a", "b"], 20), np.tile([True, False], 20)
    counts = np.where(chosen, 20.0, 10.0) + np.repeat([0.0, 3.0], 20)
    equal = paired_rate_ratio(counts, np.ones(40), pages, chosen)
    doubled = paired_rate_ratio(counts, np.where(chosen, 2.0, 1.0), pages, chosen)
    assert equal.value is not None
    assert doubled.value == pytest.approx(equal.value / 2)


def test_no_page_with_both_is_said() -> None:
    ratio = paired_rate_ratio([1, 2], [1, 1], ["a", "b"], [True, False])
    assert "no page has 5 such posts and 5 others" in ratio.reason
    assert paired_rate_ratio([], [], [], []).reason.startswith("not measured")


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one of each for every post"):
        paired_rate_ratio([1, 2], [1, 1], ["a"], [True, False])


def test_a_ratio_of_values_is_the_geometric_mean_of_the_pairs() -> None:
    times = [2.0, 8.0, 4.0, 4.0, 2.0, 8.0]
    found = paired_value_ratio(times, [1.0] * 6, n_posts=12)
    interval = stats.ttest_1samp(np.log(times), 0).confidence_interval(0.95)
    assert found.value == pytest.approx(4)
    assert (found.low, found.high) == pytest.approx((np.exp(interval.low), np.exp(interval.high)))
    assert found.p == pytest.approx(stats.ttest_1samp(np.log(times), 0).pvalue)


def test_two_organisations_that_happen_to_be_alike_settle_nothing() -> None:
    found = paired_value_ratio([0.42, 0.421], [1.0, 1.0], n_posts=300, of="organisations")
    assert found.value == pytest.approx(0.4205, abs=1e-3)
    assert (found.low, found.high, found.p) == (None, None, None)
    assert found.reason == "an interval takes at least 6 organisations, and there are 2"


def test_one_pair_of_values_has_no_interval_and_zero_has_no_ratio() -> None:
    assert not paired_value_ratio([2.0], [1.0], n_posts=3).has_interval
    assert not paired_value_ratio([], [], n_posts=0).estimable
    with pytest.raises(ValueError, match="not above zero"):
        paired_value_ratio([2.0], [0.0], n_posts=3)
