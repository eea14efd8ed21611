"""One-sided bounds on the median page and on a share of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.bounds import minimum_pages, page_share_bounds, typical_page_bounds
from analysis.inference.one_tier import typical_page

THREE_CLAIMS = 1 - 0.05 / 3


@pytest.mark.parametrize("tier", ["rijksoverheid", "provincie", "gemeente"])
def test_bounds_on_the_median_page_are_those_of_r(
    tier: str, log_rates: dict[str, Any], golden: Callable[[str], Any]
) -> None:
    estimate = typical_page_bounds(
        np.exp(log_rates[tier]), level=THREE_CLAIMS, n_posts=1, unit="reactions"
    )
    assert [estimate.low, estimate.high] == pytest.approx(golden("bounds")["typical"][tier])


@pytest.mark.parametrize(
    ("level", "pages"), [(0.95, 5), (0.975, 6), (THREE_CLAIMS, 6), (0.99, 7), (1 - 0.05 / 5, 7)]
)
def test_the_fewest_pages_for_a_bound(level: float, pages: int) -> None:
    def bounds(n: int) -> Any:
        return typical_page_bounds(np.arange(n), level=level, n_posts=1, unit="reactions")

    assert minimum_pages(level) == pages
    assert bounds(pages).has_interval
    assert not bounds(pages - 1).has_interval
    assert f"at least {pages} pages" in bounds(pages - 1).reason


@settings(deadline=None)
@given(st.integers(501, 999))
def test_the_fewest_pages_are_those_for_which_scipy_has_a_bound(thousandths: int) -> None:
    level = thousandths / 1000
    pages = minimum_pages(level)

    def upper(n: int) -> float:
        test = stats.quantile_test(np.arange(n), p=0.5, alternative="less")
        return test.confidence_interval(level).high

    assert np.isfinite(upper(pages))
    assert np.isnan(upper(pages - 1))


@pytest.mark.parametrize(("below", "of"), [(10, 12), (12, 15), (15, 20)])
def test_a_claim_about_the_median_page_takes_so_many_pages_below_the_threshold(
    below: int, of: int
) -> None:
    def upper(pages_below: int) -> float | None:
        values = [0.1] * pages_below + [9.0] * (of - pages_below)
        return typical_page_bounds(values, level=0.95, n_posts=1, unit="reactions").high

    assert upper(below) == 0.1
    assert upper(below - 1) == 9.0


def test_two_bounds_at_97_5_percent_are_the_interval_at_95_percent() -> None:
    values = np.arange(11.0)
    bounds = typical_page_bounds(values, level=0.975, n_posts=1, unit="reactions")
    interval = typical_page(values, n_posts=1, unit="reactions")
    assert (bounds.low, bounds.high) == (interval.low, interval.high)
    assert bounds.level == pytest.approx(0.95)


@pytest.mark.parametrize("level", [0.5, 0, 1, 95])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match=r"between \.5 and 1"):
        typical_page_bounds([1, 2, 3], level=level, n_posts=1, unit="reactions")
    with pytest.raises(ValueError, match=r"between \.5 and 1"):
        minimum_pages(level)


@pytest.mark.parametrize(
    ("name", "yes", "pages", "level"),
    [
        ("none_of_12", 0, 12, 0.95),
        ("none_of_20", 0, 20, 0.95),
        ("three_of_12", 3, 12, THREE_CLAIMS),
        ("all_of_12", 12, 12, THREE_CLAIMS),
    ],
)
def test_bounds_on_a_share_of_pages_are_those_of_r(
    name: str, yes: int, pages: int, level: float, golden: Callable[[str], Any]
) -> None:
    holds = [True] * yes + [False] * (pages - yes)
    estimate = page_share_bounds(holds, level=level, n_posts=1)
    assert estimate.value == yes / pages
    assert [estimate.low, estimate.high] == pytest.approx(golden("bounds")[name])


def test_none_of_twelve_pages_means_at_most_22_percent_of_such_pages() -> None:
    estimate = page_share_bounds([False] * 12, level=0.95, n_posts=1)
    assert estimate.low == 0
    assert estimate.high == pytest.approx(0.22, abs=0.005)
    assert estimate.high == pytest.approx(1 - 0.05 ** (1 / 12))


def test_a_share_of_no_pages_is_not_measured() -> None:
    assert page_share_bounds([], level=0.95, n_posts=0).reason.startswith("not measured")
    empty = typical_page_bounds([], level=0.95, n_posts=0, unit="reactions")
    assert empty.reason.startswith("not measured")


def test_a_share_is_of_pages_for_which_something_holds_or_does_not() -> None:
    with pytest.raises(ValueError, match="true or false"):
        page_share_bounds([0.3, 1], level=0.95, n_posts=1)
