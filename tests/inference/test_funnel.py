"""One page against its tier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.inference.funnel import Funnel, each_against_the_others, log_rate_errors


@pytest.fixture
def gemeente(pages: pd.DataFrame) -> pd.DataFrame:
    ours = pages[pages["tier"] == "gemeente"]
    errors = log_rate_errors(ours["interactions"], ours["squares"], ours["posts"])
    return ours.assign(error=errors).reset_index(drop=True)


def test_errors_are_those_of_the_formula_in_r(
    gemeente: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    assert gemeente["error"].tolist() == pytest.approx(golden("funnel")["errors"])


def test_the_spread_between_pages_is_that_of_metafor(
    gemeente: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    funnel = Funnel.of(gemeente["log_rate"][1:], gemeente["error"][1:])
    assert funnel.spread == pytest.approx(golden("funnel")["spread"])
    assert funnel.centre == pytest.approx(golden("funnel")["centre"])


def test_limits_and_p_of_one_page_are_those_of_the_formula_in_r(
    gemeente: pd.DataFrame, golden: Callable[[str], Any]
) -> None:
    funnel = Funnel.of(gemeente["log_rate"][1:], gemeente["error"][1:])
    page = gemeente.iloc[0]
    low, high = funnel.limits([page["error"]])
    assert [low[0], high[0]] == pytest.approx(golden("funnel")["limits"])
    placed = funnel.place(page["log_rate"], page["error"], n_posts=int(page["posts"]))
    assert placed.p == pytest.approx(golden("funnel")["p"])
    assert placed.n_pages == len(gemeente) - 1


def test_a_page_outside_the_limits_has_an_interval_that_leaves_out_one() -> None:
    funnel = Funnel.of(np.linspace(-1, 1, 9), np.full(9, 0.2))
    low, high = funnel.limits([0.2])
    for limit, inside, outside in ((low[0], 1.01, 0.99), (high[0], 0.99, 1.01)):
        within = funnel.place(np.log(limit * inside), 0.2, n_posts=50)
        beyond = funnel.place(np.log(limit * outside), 0.2, n_posts=50)
        assert (within.low or 0) < 1 < (within.high or 0)
        assert not (beyond.low or 0) < 1 < (beyond.high or 0)
        assert (within.p or 0) > 0.05 > (beyond.p or 1)


def test_limits_widen_with_the_error_and_never_fall_below_the_spread() -> None:
    funnel = Funnel.of(np.linspace(-1, 1, 9), np.full(9, 0.2))
    low, high = funnel.limits([0.01, 0.2, 0.5, 1.0])
    assert (np.diff(low) < 0).all()
    assert (np.diff(high) > 0).all()
    assert np.log(high[0] / low[0]) > 2 * 1.96 * funnel.spread


def test_pages_that_differ_less_than_their_posts_do_have_no_spread_of_their_own() -> None:
    funnel = Funnel.of([1.0, 1.01, 0.99], [0.5, 0.5, 0.5])
    assert funnel.spread == 0
    assert funnel.centre_error == pytest.approx(0.5 / np.sqrt(3))


def test_a_page_among_equally_precise_pages_is_judged_by_students_t() -> None:
    others = np.array([0.2, -0.4, 0.9, 0.1, -0.3])
    placed = Funnel.of(others, np.full(5, 1e-6)).place(2.5, 1e-6, n_posts=1)
    t = (2.5 - others.mean()) / (others.std(ddof=1) * np.sqrt(1 + 1 / 5))
    assert placed.p == pytest.approx(2 * stats.t.sf(t, 4))


def test_one_page_that_stands_out_is_found_among_its_tier() -> None:
    rates = np.append(np.linspace(-0.5, 0.5, 11), 5.0)
    placed = each_against_the_others(rates, np.full(12, 0.1), posts_per_page=np.full(12, 40))
    assert [(page.p_adjusted or 1) < 0.05 for page in placed] == [False] * 11 + [True]
    assert (placed[-1].value or 0) == pytest.approx(np.exp(5))
    assert all((page.p_adjusted or 0) >= (page.p or 1) for page in placed)


def test_luck_alone_seldom_makes_a_page_stand_out() -> None:
    rng = np.random.default_rng(9)
    found = [
        (page.p or 1) < 0.05
        for _ in range(150)
        for page in each_against_the_others(
            rng.normal(0, 0.7, 12) + rng.normal(0, 0.2, 12),
            np.full(12, 0.2),
            posts_per_page=np.full(12, 40),
        )
    ]
    assert 0.03 < np.mean(found) < 0.07


def test_a_page_without_reactions_has_an_error_of_counting() -> None:
    assert log_rate_errors([0], [0], [40])[0] == pytest.approx(np.sqrt(2))


def test_too_few_pages_make_no_funnel() -> None:
    for page in each_against_the_others([1.0, 2.0], [0.1, 0.1], posts_per_page=[9, 9]):
        assert "too few other pages" in page.reason
    assert each_against_the_others([], [], posts_per_page=[]) == ()
    with pytest.raises(ValueError, match="at least 2 pages"):
        Funnel.of([1.0], [0.1])
    with pytest.raises(ValueError, match="without error"):
        Funnel.of([1.0, 2.0], [0.1, 0.0])
    with pytest.raises(ValueError, match="one post"):
        log_rate_errors([3], [9], [1])
