"""Posts taken for independent find differences between tiers that chance has made."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.inference.pages import FloatArray, IntArray
from analysis.inference.shuffled_tiers import _welch_p, false_alarms


def posts(page_spread: float, n_pages: int = 30, per_page: int = 60) -> tuple[FloatArray, IntArray]:
    rng = np.random.default_rng(2)
    page = np.repeat(np.arange(n_pages), per_page)
    return rng.normal(0, page_spread, n_pages)[page] + rng.normal(0, 1, len(page)), page


def test_pages_that_differ_make_posts_cry_wolf_and_pages_not() -> None:
    values, page = posts(page_spread=0.7)
    found = false_alarms(values, page, sizes=[10, 20])
    assert found.by_posts.value is not None
    assert found.by_pages.low is not None
    assert found.by_pages.high is not None
    assert found.by_posts.value > 0.5
    assert found.by_pages.low < 0.07
    assert found.by_pages.high > 0.03


def test_posts_that_are_independent_keep_the_promise() -> None:
    values, page = posts(page_spread=0, n_pages=200, per_page=20)
    found = false_alarms(values, page, sizes=[80, 120])
    assert found.by_posts.value == pytest.approx(0.05, abs=0.03)


def test_the_order_of_posts_does_not_matter() -> None:
    values, page = posts(page_spread=0.7)
    order = np.random.default_rng(0).permutation(len(values))
    shuffled = false_alarms(values[order], page[order], sizes=[10, 20])
    assert shuffled == false_alarms(values, page, sizes=[10, 20])


def test_p_is_that_of_welchs_anova() -> None:
    groups = [np.array([1.0, 2.0, 4.0]), np.array([2.0, 5.0, 9.0, 3.0])]
    n, total, squares = (
        np.array([[f(group)] for group in groups], dtype=float)
        for f in (len, np.sum, lambda group: np.sum(group**2))
    )
    welch = stats.ttest_ind(*groups, equal_var=False)
    assert _welch_p(n, total, squares)[0] == pytest.approx(welch.pvalue)


@pytest.mark.parametrize("sizes", [[30], [29, 1]])
def test_too_few_tiers_or_pages_are_not_estimable(sizes: list[int]) -> None:
    values, page = posts(page_spread=0.7)
    found = false_alarms(values, page, sizes=sizes)
    assert found.by_posts.value is None
    assert "two tiers" in found.by_posts.reason
