"""How long people wait for a first reply."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.estimate import Estimate
from analysis.inference.pages import FloatArray
from analysis.inference.survival import (
    AroundTheClock,
    OfficeHours,
    Waits,
    answered_within,
    incidence,
    median_wait,
)

MONDAY = pd.Timestamp("2023-03-06 10:00", tz="UTC")
AMSTERDAM = OfficeHours("Europe/Amsterdam")


def waits_of(page: Any, replied_after: Any, followed: Any) -> Waits:
    """Comments from their times in hours; a reply missing or after the data were taken is none."""
    after = np.asarray(replied_after, dtype=float)
    until = np.asarray(followed, dtype=float)
    seen = np.where(after <= until, after, np.nan)
    asked = pd.DatetimeIndex([MONDAY] * len(until))
    return Waits.of(
        list(page), asked, asked + pd.to_timedelta(seen, "h"), asked + pd.to_timedelta(until, "h")
    )


@pytest.fixture
def comments(project: Path) -> pd.DataFrame:
    return pd.read_csv(project / "tests/golden/comments.csv")


@pytest.fixture
def waits(comments: pd.DataFrame) -> Waits:
    return waits_of(comments["page"], comments["replied_after"], comments["followed"])


def within(waits: Waits, hours: float) -> Estimate:
    return answered_within(waits, hours, n_posts=90).pooled


def share_by(waits: Waits, hours: float, level: float = 0.95) -> Estimate:
    (estimate,) = incidence(waits, [hours], n_posts=90, level=level)
    return estimate


def limits(estimate: Estimate) -> list[float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return [estimate.low, estimate.high]


def test_shares_incidence_and_limits_are_those_of_survfit_in_r(
    waits: Waits, golden: Callable[[str], Any]
) -> None:
    answers = golden("survival")
    hours = answers["hours"]
    assert [within(waits, h).value for h in hours] == pytest.approx(answers["within"])
    estimates = incidence(waits, hours, n_posts=90)
    assert [estimate.value for estimate in estimates] == pytest.approx(answers["incidence"])
    for estimate, expected in zip(estimates, answers["limits"], strict=True):
        assert limits(estimate) == pytest.approx(expected)
        assert (estimate.n_pages, estimate.n_posts, estimate.approximate) == (12, 90, False)


def test_the_median_and_its_limits_are_those_of_survfit_in_r(
    waits: Waits, golden: Callable[[str], Any]
) -> None:
    median = median_wait(waits, n_posts=90)
    assert median.value == golden("survival")["median"]
    assert limits(median) == golden("survival")["median_limits"]
    assert median.unit == "hours"


def test_the_incidence_is_that_of_scipy(waits: Waits) -> None:
    censored = stats.CensoredData.right_censored(waits.waited, ~waits.answered)
    curve = 1 - stats.ecdf(censored).sf.evaluate(np.arange(1.0, 250))
    ours = [estimate.value for estimate in incidence(waits, np.arange(1.0, 250), n_posts=1)]
    assert ours == pytest.approx(curve.tolist())


def test_when_all_are_followed_the_incidence_is_the_plain_share_with_its_bounds(
    comments: pd.DataFrame,
) -> None:
    followed = waits_of(comments["page"], comments["replied_after"], np.full(len(comments), 400))
    for hours in (1, 24, 168):
        assert share_by(followed, hours).value == pytest.approx(within(followed, hours).value)
        assert limits(share_by(followed, hours)) == pytest.approx(limits(within(followed, hours)))


def test_comments_that_were_not_followed_long_enough_are_left_out_answered_or_not() -> None:
    waits = waits_of("aabbb", [2, np.nan, 30, 1, np.nan], [10, 200, 200, 25, 24])
    bounds = answered_within(waits, 24, n_posts=2)
    assert bounds.pooled.value == pytest.approx(1 / 4)
    assert bounds.mean_page.value == pytest.approx((0 + 1 / 3) / 2)
    assert bounds.pooled.level == pytest.approx(0.95)


def test_a_reply_at_the_moment_of_censoring_counts_as_seen() -> None:
    tied = waits_of("abab", [5, np.nan, 9, np.nan], [5, 5, 20, 20])
    assert share_by(tied, 5).value == pytest.approx(1 / 4)


def test_half_or_fewer_answered_have_no_median_time() -> None:
    half = waits_of("aabb", [1, 2, np.nan, np.nan], [200] * 4)
    median = median_wait(half, n_posts=2)
    assert not median.estimable
    assert "half of the comments or fewer" in median.reason
    assert not median_wait(waits_of("ab", [np.nan] * 2, [9, 9]), n_posts=2).estimable


def test_a_median_whose_upper_end_is_not_in_the_data_stands_alone() -> None:
    replied = [1, 2, 3, 4, 5, np.nan, 6, np.nan, np.nan]
    uneven = waits_of("aaabbbcccdddeeefff", replied * 2, [200] * 18)
    median = median_wait(uneven, n_posts=3)
    assert median.value == 5
    assert not median.has_interval
    assert "never reaches a half" in median.reason


def test_nobody_answered_has_the_upper_bound_of_the_reply_rate() -> None:
    page, followed = np.repeat(np.arange(12), 20), np.tile(np.arange(10, 210, 10), 12)
    silent = waits_of(page, np.full(240, np.nan), followed)
    estimate = share_by(silent, 24)
    assert (estimate.value, estimate.low) == (0, 0)
    assert limits(estimate) == limits(within(silent, 24))
    assert 0 < limits(estimate)[1] < 0.1


def test_everybody_answered_has_the_lower_bound_of_the_reply_rate() -> None:
    page, hours = np.repeat(np.arange(12), 20), np.tile(np.arange(1, 21), 12)
    prompt = waits_of(page, hours, np.full(240, 200))
    estimate = share_by(prompt, 168)
    assert (estimate.value, estimate.high) == (1, 1)
    assert limits(estimate) == limits(within(prompt, 168))
    assert median_wait(prompt, n_posts=9).value == 10


def test_one_page_has_a_share_a_median_and_no_interval() -> None:
    alone = waits_of("aaa", [1, 2, np.nan], [200] * 3)
    for estimate in (share_by(alone, 24), within(alone, 24), median_wait(alone, n_posts=1)):
        assert estimate.estimable
        assert not estimate.has_interval
        assert "one page" in estimate.reason


def test_pages_that_all_answer_alike_have_no_interval() -> None:
    alike = waits_of("aaabbb", [1, 2, np.nan] * 2, [200] * 6)
    assert share_by(alike, 24).value == pytest.approx(2 / 3)
    assert "same value" in share_by(alike, 24).reason
    assert "same value" in median_wait(alike, n_posts=1).reason


def test_a_horizon_beyond_the_data_is_not_estimable() -> None:
    short = waits_of("aabb", [1, np.nan, 2, np.nan], [9, 9, 9, 9])
    assert not share_by(short, 24).estimable
    assert "followed for less than 24 hours" in share_by(short, 24).reason
    assert within(short, 24).reason == "not measured: no comment was followed for 24 hours"


def test_a_horizon_that_one_page_alone_reaches_has_no_interval() -> None:
    lonely = waits_of("abcdefff", [1, *[np.nan] * 5, 2, np.nan], [*[9] * 6, 50, 50])
    assert share_by(lonely, 24).estimable
    assert "only one page" in share_by(lonely, 24).reason


def test_no_comment_is_not_measured() -> None:
    nothing = Waits.of([], [], [], [])
    for estimate in (
        share_by(nothing, 24),
        within(nothing, 24),
        median_wait(nothing, n_posts=0),
    ):
        assert estimate.reason.startswith("not measured")
        assert (estimate.value, estimate.low, estimate.n_pages) == (None, None, 0)


some_comments = st.lists(
    st.tuples(
        st.sampled_from(["city", "province", "ministry", "agency"]),
        st.one_of(st.none(), st.integers(0, 60)),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=30,
)


def columns_of(rows: list[tuple[str, int | None, int]]) -> tuple[list[str], FloatArray, FloatArray]:
    page, replied_after, followed = zip(*rows, strict=True)
    return list(page), np.array(replied_after, dtype=float), np.array(followed, dtype=float)


@settings(deadline=None)
@given(some_comments, st.sampled_from([1, 8, 24, 48]))
def test_whatever_the_comments_shares_lie_in_their_interval_or_have_a_reason(
    rows: list[tuple[str, int | None, int]], hours: int
) -> None:
    waits = waits_of(*columns_of(rows))
    for estimate in (share_by(waits, hours), median_wait(waits, n_posts=1)):
        if estimate.has_interval:
            low, high = limits(estimate)
            assert 0 <= low <= (estimate.value or 0) <= high
            assert high <= 1 or estimate.unit == "hours"
        else:
            assert estimate.reason


@settings(deadline=None)
@given(some_comments, st.randoms(use_true_random=False))
def test_the_order_of_comments_and_the_names_of_pages_change_nothing(
    rows: list[tuple[str, int | None, int]], random: Any
) -> None:
    shuffled = [(name[::-1], after, until) for name, after, until in rows]
    random.shuffle(shuffled)
    one, other = (waits_of(*columns_of(each)) for each in (rows, shuffled))
    for before, after in (
        (share_by(one, 24), share_by(other, 24)),
        (median_wait(one, n_posts=1), median_wait(other, n_posts=1)),
    ):
        assert before.reason == after.reason
        numbers = [[e.value or 0, e.low or 0, e.high or 0] for e in (before, after)]
        assert numbers[0] == pytest.approx(numbers[1])


@settings(deadline=None, max_examples=50)
@given(some_comments)
def test_the_share_answered_never_falls_with_time(rows: list[tuple[str, int | None, int]]) -> None:
    curve = incidence(waits_of(*columns_of(rows)), np.arange(1, 61), n_posts=1)
    shares = [estimate.value for estimate in curve if estimate.value is not None]
    assert shares == sorted(shares)


@settings(deadline=None, max_examples=50)
@given(some_comments)
def test_in_another_unit_of_time_the_shares_are_the_same(
    rows: list[tuple[str, int | None, int]],
) -> None:
    page, replied_after, followed = columns_of(rows)
    one, other = (
        waits_of(page, replied_after, followed),
        waits_of(page, 4 * replied_after, 4 * followed),
    )
    assert (
        share_by(one, 12) == share_by(other, 48) or "followed for less" in share_by(one, 12).reason
    )
    median, later = median_wait(one, n_posts=1), median_wait(other, n_posts=1)
    assert (later.value or 0) == pytest.approx(4 * (median.value or 0))


def test_nights_and_weekends_are_no_office_hours() -> None:
    friday_evening = pd.Timestamp("2023-03-10 16:30", tz="Europe/Amsterdam")
    moments = {
        "the same evening": ("2023-03-10 20:00", 0.5),
        "on Saturday": ("2023-03-11 12:00", 0.5),
        "on Monday morning": ("2023-03-13 09:15", 0.75),
        "on Tuesday": ("2023-03-14 17:00", 16.5),
    }
    for moment, hours in moments.values():
        end = pd.DatetimeIndex([pd.Timestamp(moment, tz="Europe/Amsterdam")]).tz_convert("UTC")
        start = pd.DatetimeIndex([friday_evening]).tz_convert("UTC")
        assert AMSTERDAM.hours(start, end) == pytest.approx(hours)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 60 * 24 * 365), st.integers(0, 60 * 24 * 10))
def test_office_hours_are_those_counted_minute_by_minute(start: int, minutes: int) -> None:
    first = pd.Timestamp("2023-01-01", tz="UTC") + pd.Timedelta(minutes=start)
    every = pd.date_range(first, periods=minutes + 1, freq="min").tz_convert("Europe/Amsterdam")
    open_then = (every.day_of_week < 5) & (every.hour >= 9) & (every.hour < 17)
    counted = AMSTERDAM.hours(every[:1].tz_convert("UTC"), every[-1:].tz_convert("UTC"))
    assert counted[0] == pytest.approx(open_then[:-1].sum() / 60)


def test_the_office_clock_changes_how_long_a_comment_waited_and_was_followed() -> None:
    asked = pd.to_datetime(["2023-03-10 22:00", "2023-03-13 08:00"], utc=True)
    answered = pd.to_datetime(["2023-03-13 09:00", None], utc=True)
    until = pd.to_datetime(["2023-03-14 08:00"] * 2, utc=True)
    waits = Waits.of(["a", "b"], asked, answered, until, clock=AMSTERDAM)
    assert waits.waited.tolist() == [1, 8]
    assert waits.unit == "office hours"
    assert within(waits, 8).value == 0.5
    assert Waits.of(["a", "b"], asked, answered, until).waited.tolist() == [59, 24]


def test_columns_of_polars_and_moments_without_a_zone_are_taken_as_utc() -> None:
    table = pl.DataFrame(
        {
            "page": ["a", "b"],
            "asked_at": ["2023-03-06 10:00", "2023-03-06 10:00"],
            "answered_at": ["2023-03-06 15:00", None],
            "observed_until": ["2023-03-07 10:00", "2023-03-08 10:00"],
        }
    ).with_columns(pl.exclude("page").str.to_datetime("%Y-%m-%d %H:%M"))
    for zone in (None, "UTC"):
        waits = Waits.of(*table.with_columns(pl.exclude("page").dt.replace_time_zone(zone)))
        assert waits.waited.tolist() == [5, 48]


ONE_COMMENT = {
    "page": ["a"],
    "asked_at": [MONDAY],
    "answered_at": [MONDAY],
    "observed_until": [MONDAY],
}
HOUR = pd.Timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"answered_at": [MONDAY - HOUR]}, "a reply before its comment"),
        ({"answered_at": [MONDAY + HOUR]}, "after the data were taken"),
        ({"answered_at": [None], "observed_until": [MONDAY - HOUR]}, "after the data were taken"),
        ({"asked_at": [None]}, "without its moment"),
        ({"observed_until": [None]}, "without its moment"),
        ({"page": [None]}, "without a page"),
        ({"page": ["a", "b"]}, "different numbers of comments"),
    ],
)
def test_moments_in_an_impossible_order_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Waits.of(**{**ONE_COMMENT, **wrong})


def test_a_horizon_is_a_number_of_hours(waits: Waits) -> None:
    for horizon in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="horizon"):
            within(waits, horizon)
        with pytest.raises(ValueError, match="horizon"):
            share_by(waits, horizon)
    with pytest.raises(ValueError, match="level"):
        share_by(waits, 24, level=95)


def simulated(rng: np.random.Generator) -> Waits:
    """Draw the comments of 12 pages: some answer often and fast, some hardly, over 90 days."""
    comments = np.exp(rng.normal(np.log(60), 0.7, 12)).astype(int) + 5
    page = np.repeat(np.arange(12), comments)
    ever = rng.random(len(page)) < rng.beta(4, 4, 12)[page]
    delay = np.exp(rng.normal(np.log(8) + rng.normal(0, 0.5, 12)[page], 1.5))
    followed = rng.uniform(0, 60, len(page))
    seen = ever & (delay <= followed)
    return Waits(page, np.where(seen, delay, np.inf), followed, AroundTheClock().unit)


def test_the_interval_covers_where_one_that_takes_comments_for_independent_does_not() -> None:
    rng = np.random.default_rng(6)
    truth = 0.5 * stats.norm.cdf(np.log(24 / 8) / np.hypot(0.5, 1.5))
    over_pages, over_comments = [], []
    for _ in range(300):
        waits = simulated(rng)
        low, high = limits(share_by(waits, 24))
        over_pages.append(low <= truth <= high)
        censored = stats.CensoredData.right_censored(waits.waited, ~waits.answered)
        greenwood = stats.ecdf(censored).sf.confidence_interval(0.95)
        over_comments.append(
            greenwood.low.evaluate(24.0) <= 1 - truth <= greenwood.high.evaluate(24.0)
        )
    assert 0.9 <= np.mean(over_pages) <= 0.98
    assert np.mean(over_comments) < 0.65
