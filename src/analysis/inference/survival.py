"""How long people wait for a first reply, when many never get one.

A comment without a reply may get one after the data were taken: its waiting time is censored. A
mean over the answered comments alone would count only those who were lucky.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import expit, logit

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.jackknife import effective_pages, jackknife_error
from analysis.inference.pages import (
    HALF,
    BoolArray,
    FloatArray,
    IntArray,
    why_no_interval,
    why_no_spread,
)
from analysis.inference.reply_rate import ReplyRateBounds, reply_rate_bounds

COMMENT_SHARE = "share of comments"
NO_COMMENT = "not measured: there is no comment to answer"

_FIRST_MONDAY = np.datetime64("1970-01-05")


class Clock(Protocol):
    """What counts as time that somebody waits."""

    @property
    def unit(self) -> str:
        """Its hours in words."""

    def hours(self, start: pd.DatetimeIndex, end: pd.DatetimeIndex) -> FloatArray:
        """Count the hours between moments in UTC."""


@dataclass(frozen=True)
class AroundTheClock:
    """Every hour counts."""

    unit: str = "hours"

    def hours(self, start: pd.DatetimeIndex, end: pd.DatetimeIndex) -> FloatArray:
        """Count the hours between moments."""
        return np.asarray((end - start) / pd.Timedelta(hours=1), dtype=float)


@dataclass(frozen=True)
class OfficeHours:
    """Only Monday to Friday from 9 to 17 counts, so that a night is no slow reply.

    Public holidays count as working days.

    Attributes
    ----------
    timezone : str
        Where the office is: ``Europe/Amsterdam``.
    """

    timezone: str
    unit: str = "office hours"

    OPENS = 9
    CLOSES = 17

    def hours(self, start: pd.DatetimeIndex, end: pd.DatetimeIndex) -> FloatArray:
        """Count the office hours between moments."""
        return self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, moments: pd.DatetimeIndex) -> FloatArray:
        """Office hours since a fixed Monday long ago."""
        local = moments.tz_convert(self.timezone).tz_localize(None)
        day = local.to_numpy().astype("datetime64[D]")
        into_day = np.asarray((local - local.normalize()) / pd.Timedelta(hours=1), dtype=float)
        length = self.CLOSES - self.OPENS
        today = np.is_busday(day) * np.clip(into_day - self.OPENS, 0, length)
        return np.busday_count(_FIRST_MONDAY, day) * length + today


@dataclass(frozen=True)
class Waits:
    """Comments, how long each was followed and when it got its first reply.

    Attributes
    ----------
    page : array of int, shape (n_comments,)
        Number of the page, from 0 without gaps.
    replied_after : array of float, shape (n_comments,)
        Time until the first reply; infinite where none was seen.
    followed : array of float, shape (n_comments,)
        Time until the data were taken.
    unit : str
        Of both times: ``hours`` or ``office hours``.
    """

    page: IntArray
    replied_after: FloatArray
    followed: FloatArray
    unit: str

    @classmethod
    def of(
        cls,
        page: ArrayLike,
        asked_at: ArrayLike,
        answered_at: ArrayLike,
        observed_until: ArrayLike,
        *,
        clock: Clock | None = None,
    ) -> Self:
        """Measure how long comments waited.

        Parameters
        ----------
        page : array_like, shape (n_comments,)
            The page under whose post the comment stands.
        asked_at, observed_until : array_like of datetime, shape (n_comments,)
            When the comment was made, and until when a reply to it would have been seen. Moments
            without time zone are taken as UTC.
        answered_at : array_like of datetime, shape (n_comments,)
            When the page first replied; missing where it did not.
        clock : Clock, optional
            Which hours count; by default all.

        Raises
        ------
        ValueError
            When the columns are not equally long, when page, ``asked_at`` or ``observed_until`` is
            missing, when a reply comes before its comment or after the data were taken, and when
            a comment does.
        """
        clock = AroundTheClock() if clock is None else clock
        numbers = pd.factorize(np.asarray(page), sort=True)[0]
        asked, answered, until = (_moments(c) for c in (asked_at, answered_at, observed_until))
        _require_order(numbers, asked, answered, until)
        replied_after = np.full(len(asked), np.inf)
        has_reply = np.asarray(answered.notna())
        replied_after[has_reply] = clock.hours(asked[has_reply], answered[has_reply])
        return cls(numbers.astype(np.int64), replied_after, clock.hours(asked, until), clock.unit)

    def __len__(self) -> int:
        return len(self.page)

    @property
    def n_pages(self) -> int:
        """Pages with at least one comment."""
        return len(self.comments_per_page)

    @property
    def comments_per_page(self) -> IntArray:
        """Comments of each page, shape (n_pages,)."""
        return np.bincount(self.page)

    def by_page(self) -> list[IntArray]:
        """Positions of each page's comments."""
        return np.split(np.argsort(self.page), np.cumsum(self.comments_per_page)[:-1])

    @property
    def answered(self) -> BoolArray:
        """Whether a reply was seen."""
        return np.isfinite(self.replied_after)

    @cached_property
    def waited(self) -> FloatArray:
        """Time until the first reply, or until the data were taken if that came first."""
        return np.minimum(self.replied_after, self.followed)


def answered_within(
    waits: Waits, horizon: float, *, n_posts: int, level: float = 0.95
) -> ReplyRateBounds:
    """Share of comments answered within some hours, among those followed that long.

    The number to state first: a plain proportion, which needs no model. Comments that were made too
    shortly before the data were taken are left out, answered or not.

    Parameters
    ----------
    waits : Waits
    horizon : float
        Hours of the clock of ``waits``: 24, or 168 for 7 days; 8 office hours are a working day.
    n_posts : int
        Posts under which the comments stand.
    level : float, default 0.95
        Of the two-sided interval.

    Returns
    -------
    ReplyRateBounds
        As `reply_rate.reply_rate_bounds` with each bound at (1 + level)/2. Not measured when no
        comment was followed for that long.

    Raises
    ------
    ValueError
        When the horizon is not above zero, and for a level not between 0 and 1.
    """
    _require_horizon(horizon)
    followed = waits.followed >= horizon
    asked = np.bincount(waits.page[followed])
    in_time = np.bincount(
        waits.page[followed & (waits.replied_after <= horizon)], minlength=len(asked)
    )
    present = asked > 0
    bounds = reply_rate_bounds(
        in_time[present],
        asked[present],
        level=(1 + level) / 2,
        n_posts=n_posts,
        unit=COMMENT_SHARE,
    )
    if followed.any():
        return bounds
    reason = f"not measured: no comment was followed for {horizon:g} {waits.unit}"
    return ReplyRateBounds(
        *(replace(e, reason=reason) for e in (bounds.mean_page, bounds.pooled, bounds.both))
    )


def incidence(
    waits: Waits, horizons: ArrayLike, *, n_posts: int, level: float = 0.95
) -> tuple[Estimate, ...]:
    r"""Share of comments answered by some hours, using also those not followed that long.

    Parameters
    ----------
    waits : Waits
    horizons : array_like of float, shape (n_horizons,)
        Hours of the clock of ``waits``; many of them make a curve.
    n_posts : int
        Posts under which the comments stand.
    level : float, default 0.95

    Returns
    -------
    tuple of Estimate
        One per horizon. No value at a horizon for which no comment was followed; no interval when
        fewer than two pages have comments followed that long, or when leaving a page out changes
        nothing.

    Raises
    ------
    ValueError
        When a horizon is not above zero, and for a level not between 0 and 1.

    Notes
    -----
    Kaplan & Meier 1958, doi:10.2307/2281868: :math:`F(h) = 1 - \prod_{t \le h} (1 - d_t / r_t)`
    over the waiting times :math:`t` that ended in a reply, with :math:`d_t` replies among
    :math:`r_t` comments still waiting; a reply at the moment of censoring counts as seen.

    Interval: :math:`\operatorname{logit} F \pm t_\nu s` transformed back, with :math:`s` the
    jackknife error over pages and :math:`\nu = \max(m_\text{eff} - 1, 1)` from the effective number
    of pages; :math:`F` becomes :math:`(nF + \frac12) / (n + 1)` for :math:`n` comments first. When
    every comment was followed to the horizon this is the pooled rate of `answered_within`, and
    where nobody or everybody is answered its bounds are taken. In simulation with 4 to 20 unlike
    pages it covers .94 to .96 at a nominal .95; Greenwood's interval, which takes comments of one
    page for independent, covers about a third.

    Replies must not depend on when the comment was made: pages that answered faster last month
    than last year break this.
    """
    hours = np.atleast_1d(np.asarray(horizons, dtype=float))
    for horizon in hours:
        _require_horizon(horizon)
    basis = Basis(
        n_pages=waits.n_pages,
        n_posts=n_posts,
        unit=COMMENT_SHARE,
        level=level,
        method="Kaplan–Meier incidence, jackknife over pages on the logit",
    )
    if len(waits) == 0:
        return tuple(basis.nothing(NO_COMMENT) for _ in hours)
    curves = _Curves.of(waits, hours)
    return tuple(
        _incidence_at(waits, horizon, curves.at(number), basis)
        for number, horizon in enumerate(hours)
    )


def median_wait(waits: Waits, *, n_posts: int, level: float = 0.95) -> Estimate:
    r"""Time by which half of all comments have a reply, when more than half ever get one.

    It is not the median over answered comments, which says nothing about the others.

    Parameters
    ----------
    waits : Waits
    n_posts : int
        Posts under which the comments stand.
    level : float, default 0.95

    Returns
    -------
    Estimate
        In hours of the clock of ``waits``; the interval is approximate. Not estimable when half of
        the comments or fewer are answered; without interval when its upper end lies beyond the
        data.

    Notes
    -----
    The first :math:`t` with :math:`F(t) \ge \frac12` (`incidence`). The interval holds the times at
    which the interval of :math:`F` holds a half: Brookmeyer & Crowley 1982, doi:10.2307/2530286.
    """
    basis = Basis(
        n_pages=waits.n_pages,
        n_posts=n_posts,
        unit=waits.unit,
        level=level,
        method="Kaplan–Meier median, where the page-jackknife limits of the incidence pass a half",
        approximate=True,
    )
    if len(waits) == 0:
        return basis.nothing(NO_COMMENT)
    times = np.unique(waits.replied_after[waits.answered])
    curves = _Curves.of(waits, times)
    if len(times) == 0 or curves.share[-1] <= 0.5:
        return basis.nothing(
            "half of the comments or fewer get a reply, so there is no median time to one"
        )
    median = _first_at_half(times, curves.share)
    if reason := why_no_interval(curves.left_out[:, np.argmax(curves.share >= 0.5)]):
        return basis.value_alone(median, reason)
    lows, highs = curves.limits(level)
    if lows.max() < 0.5:
        return basis.value_alone(
            median, "the lower limit of the share answered never reaches a half"
        )
    return basis.interval(median, _first_at_half(times, highs), _first_at_half(times, lows))


@dataclass(frozen=True)
class _Curves:
    """Kaplan–Meier incidence at some times: of all comments, and with each page left out.

    Attributes
    ----------
    share : array of float, shape (n_times,)
    left_out : array of float, shape (n_pages, n_times)
    comments_per_page : array of int, shape (n_pages,)
    """

    share: FloatArray
    left_out: FloatArray
    comments_per_page: IntArray

    @classmethod
    def of(cls, waits: Waits, times: FloatArray) -> Self:
        replies = np.unique(waits.replied_after[waits.answered])
        passed = np.searchsorted(replies, times, side="right")
        total = _Risk.of(waits.waited, waits.replied_after, replies)
        left_out = np.empty((waits.n_pages, len(times)))
        for page, comments in enumerate(waits.by_page()):
            own = _Risk.of(waits.waited[comments], waits.replied_after[comments], replies)
            left_out[page] = total.without(own).incidence()[passed]
        return cls(total.incidence()[passed], left_out, waits.comments_per_page)

    def at(self, number: int) -> Self:
        """Give the curves at one of the times."""
        return replace(self, share=self.share[[number]], left_out=self.left_out[:, [number]])

    def limits(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Limits of the share at each time, from the jackknife over pages on the logit."""
        errors = np.array([jackknife_error(at_time) for at_time in self.replicates.T])
        freedom = max(effective_pages(self.comments_per_page.astype(float)) - 1, 1)
        margin = stats.t.ppf((1 + level) / 2, freedom) * errors
        centre = logit(_kept_inside(self.share, self.comments_per_page.sum()))
        low, high = expit(centre - margin), expit(centre + margin)
        return np.minimum(low, self.share), np.maximum(high, self.share)

    @cached_property
    def replicates(self) -> FloatArray:
        """Logit with each page left out, shape (n_pages, n_times)."""
        others = self.comments_per_page.sum() - self.comments_per_page
        return logit(_kept_inside(self.left_out, others[:, np.newaxis]))


@dataclass(frozen=True)
class _Risk:
    """Replies at each time of a reply, and comments that waited until then, shape (n_times,)."""

    replies: IntArray
    waiting: IntArray

    @classmethod
    def of(cls, waited: FloatArray, replied_after: FloatArray, times: FloatArray) -> Self:
        replied = np.sort(replied_after)
        until, before = (np.searchsorted(replied, times, side) for side in ("right", "left"))
        return cls(until - before, len(waited) - np.searchsorted(np.sort(waited), times))

    def without(self, page: Self) -> Self:
        """Leave the comments of a page out."""
        return replace(
            self, replies=self.replies - page.replies, waiting=self.waiting - page.waiting
        )

    def incidence(self) -> FloatArray:
        """Share answered before the first time, and after each, shape (n_times + 1,)."""
        still_waiting = np.cumprod(1 - self.replies / np.maximum(self.waiting, 1))
        return np.concatenate([[0.0], 1 - still_waiting])


def _kept_inside(share: FloatArray, comments: IntArray) -> FloatArray:
    """Keep a share of some comments half a comment from nothing and from everything."""
    return (comments * share + HALF) / (comments + 1)


def _incidence_at(waits: Waits, horizon: float, curve: _Curves, basis: Basis) -> Estimate:
    share = float(curve.share[0])
    pages_still_waiting = np.unique(waits.page[waits.waited >= horizon])
    if len(pages_still_waiting) == 0 and share < 1:
        return basis.nothing(
            f"every comment was answered, or followed for less than {horizon:g} {waits.unit}"
        )
    if waits.n_pages > 1 and share in (0, 1):
        return _with_bounds_of_those_followed(waits, horizon, share, basis)
    if reason := why_no_spread(curve.left_out[:, 0]) or why_no_interval(curve.replicates[:, 0]):
        return basis.value_alone(share, reason)
    if len(pages_still_waiting) == 1:
        return basis.value_alone(share, "only one page has comments followed that long")
    return basis.interval(share, *np.ravel(curve.limits(basis.level)))


def _with_bounds_of_those_followed(
    waits: Waits, horizon: float, share: float, basis: Basis
) -> Estimate:
    """Where none or all are answered: bound the share by the comments followed to the horizon."""
    followed = answered_within(waits, horizon, n_posts=basis.n_posts, level=basis.level).pooled
    if followed.low is None or followed.high is None:
        return basis.value_alone(share, followed.reason)
    return basis.interval(share, followed.low, followed.high)


def _first_at_half(times: FloatArray, shares: FloatArray) -> float:
    """First time at which a share is at least a half."""
    return float(times[np.argmax(shares >= 0.5)])


def _moments(column: ArrayLike) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(pd.to_datetime(pd.Series(column), utc=True))


def _require_order(
    page: IntArray, asked: pd.DatetimeIndex, answered: pd.DatetimeIndex, until: pd.DatetimeIndex
) -> None:
    """Refuse comments whose moments cannot be in that order."""
    lengths = {len(page), len(asked), len(answered), len(until)}
    if len(lengths) > 1:
        raise ValueError(f"the columns have different numbers of comments: {sorted(lengths)}")
    if (page < 0).any():
        raise ValueError("page: a comment without a page; leave it out")
    if asked.isna().any() or until.isna().any():
        raise ValueError("asked_at, observed_until: a comment without its moment; leave it out")
    if (answered < asked).any():
        raise ValueError("answered_at: a reply before its comment")
    if (answered > until).any() or (asked > until).any():
        raise ValueError("observed_until: a comment or reply after the data were taken")


def _require_horizon(horizon: float) -> None:
    if not 0 < horizon < np.inf:
        raise ValueError(f"horizon: a number of hours above zero is needed, not {horizon}")
