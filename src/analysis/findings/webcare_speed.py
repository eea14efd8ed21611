"""Findings of notebook 04 about time: how soon people get an answer, and when they do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from analysis.figures.webcare import Curve, answered_by_hour, answered_over_time
from analysis.findings.asked import (
    OVER_PAGES,
    TOGETHER,
    Asked,
    Line,
    line_of,
    lines_table,
    n_posts,
    not_measured,
    nothing_to_draw,
    waits,
)
from analysis.inference.estimate import Estimate
from analysis.inference.survival import OfficeHours, answered_within, incidence, median_wait
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.webcare import with_known_times
from analysis.showing import Sentence, ShownFigure, ShownTable


@dataclass(frozen=True)
class Horizon:
    """A time within which a page may answer.

    Attributes
    ----------
    hours : float
    name : str
        The end of a measure's name.
    english : str
        What results call it.
    of_an_office : bool
        Whether only office hours count.
    """

    hours: float
    name: str
    english: str
    of_an_office: bool = False

    @property
    def words(self) -> str:
        """The time for a reader."""
        return {
            DAY: say("24 hours"),
            WEEK: say("7 days"),
            WORKING_DAY: say("a working day (8 office hours)"),
            WORKING_WEEK: say("a working week (40 office hours)"),
        }[self]


DAY, WEEK = Horizon(24, "24_hours", "24 hours"), Horizon(168, "7_days", "7 days")
WORKING_DAY = Horizon(8, "a_working_day", "a working day (8 office hours)", of_an_office=True)
WORKING_WEEK = Horizon(40, "a_working_week", "a working week (40 office hours)", of_an_office=True)
DRAWN_HOURS = np.union1d(np.geomspace(0.5, 28 * 24, 100), [DAY.hours, WEEK.hours])

Choose = Callable[[pd.Series, pd.Series], pd.Series]
SATURDAY = 5


@dataclass(frozen=True)
class Moment:
    """A part of the week in which comments are made.

    Attributes
    ----------
    english : str
        What results call it.
    holds : callable
        Tells from weekdays, Monday being 0, and hours which comments were made then.
    """

    english: str
    holds: Choose


MOMENTS = {
    "in_office_hours": Moment(
        "on working days from 9 to 17",
        lambda day, hour: (day < SATURDAY) & hour.between(9, 16),
    ),
    "outside_office_hours": Moment(
        "on working days before 9 or after 17",
        lambda day, hour: (day < SATURDAY) & ~hour.between(9, 16),
    ),
    "at_weekends": Moment("at weekends", lambda day, _: day >= SATURDAY),
}


def how_soon(asked: Asked) -> Sentence | ShownTable:
    """Tabulate how soon people get an answer, those who never do included."""
    if asked.why_nothing:
        return not_measured(asked)
    lines = [
        within(asked, DAY),
        within(asked, WEEK),
        _by_then(asked, DAY),
        _by_then(asked, WEEK),
        within(asked, WORKING_DAY),
        within(asked, WORKING_WEEK),
        line_of(
            asked,
            say("Half have an answer after so many hours"),
            "median_hours_to_reply",
            f"{TOGETHER}: first hour at which the incidence reaches a half",
            lambda tier: _median(asked, tier),
        ),
    ]
    return lines_table(asked, lines, say("Answered in time: shares of the comments, and hours"))


def within(asked: Asked, horizon: Horizon) -> Line:
    """Estimate the share that the mean page answers within a time."""
    clock = OfficeHours(asked.selection.study.timezone) if horizon.of_an_office else None

    def estimate(tier: str) -> Estimate:
        comments = asked.of_enough(tier)
        found = answered_within(waits(comments, clock), horizon.hours, n_posts=n_posts(comments))
        return asked.as_approximate(found.mean_page)

    return line_of(
        asked,
        say("{page}, within {time}", page=asked.mean_page, time=horizon.words),
        f"answered_within_{horizon.name}",
        f"{OVER_PAGES}: #{{reply within {horizon.english}}} / #{{followed that long}}",
        estimate,
    )


def _by_then(asked: Asked, horizon: Horizon) -> Line:
    def estimate(tier: str) -> Estimate:
        comments = asked.of_enough(tier)
        (found,) = incidence(waits(comments), horizon.hours, n_posts=n_posts(comments))
        return asked.as_approximate(found)

    return line_of(
        asked,
        say("All together, within {time} (Kaplan–Meier)", time=horizon.words),
        f"incidence_{horizon.name}",
        f"{TOGETHER}: Kaplan–Meier incidence at {horizon.english}",
        estimate,
    )


def _median(asked: Asked, tier: str) -> Estimate:
    comments = asked.of_enough(tier)
    return asked.as_approximate(median_wait(waits(comments), n_posts=n_posts(comments)))


def waiting_figure(asked: Asked) -> Sentence | ShownFigure:
    """Draw the share that has an answer against the time since the comment."""
    curves = {tier: _curve(asked, tier) for tier in asked.selection.tiers}
    drawn = {tier: curve for tier, curve in curves.items() if curve is not None}
    if not drawn:
        return nothing_to_draw(asked)
    return answered_over_time(asked.selection, drawn, asked.words)


def _curve(asked: Asked, tier: str) -> Curve | None:
    """The share answered over time; None where nothing is known of it."""
    comments = asked.of_enough(tier)
    waited = waits(comments)
    if len(waited) == 0:
        return None
    estimates = incidence(waited, DRAWN_HOURS, n_posts=n_posts(comments))
    labelled = [asked.as_approximate(estimate) for estimate in estimates]
    return Curve(DRAWN_HOURS, labelled, n_comments=len(waited))


def by_hour_figure(asked: Asked) -> Sentence | ShownFigure:
    """Draw the share answered within a day by the hour and the weekday of the comment."""
    comments = _followed_for_a_day(asked)
    if comments.empty:
        return nothing_to_draw(asked)
    return answered_by_hour(asked.selection, comments, asked.words)


def _followed_for_a_day(asked: Asked) -> pd.DataFrame:
    """Comments with their time on the study's clock and whether they were answered in a day."""
    tiers = asked.selection.tiers
    timed = with_known_times(pd.concat([asked.of_enough(tier) for tier in tiers]))
    day = pd.Timedelta(hours=DAY.hours)
    followed = timed[timed["observed_until"] - timed["created_at"] >= day]
    return pd.DataFrame(
        {
            "local_time": followed["created_at"].dt.tz_convert(asked.selection.study.timezone),
            "in_time": followed["answered_at"] - followed["created_at"] <= day,
        }
    )


def by_moment(asked: Asked) -> Sentence | ShownTable:
    """Tabulate the share answered within a day by when the comment was made."""
    if asked.why_nothing:
        return not_measured(asked)
    formula = CATALOGUE["answered_within_24_hours"].formula
    labels = {
        "in_office_hours": say("On working days from 9 to 17"),
        "outside_office_hours": say("On working days before 9 or after 17"),
        "at_weekends": say("At weekends"),
    }
    lines = [
        line_of(
            asked,
            labels[name],
            f"answered_within_24_hours_{name}",
            f"{TOGETHER}, made {moment.english}: {formula}",
            partial(_answered_at, asked, moment),
        )
        for name, moment in MOMENTS.items()
    ]
    return lines_table(asked, lines, say("Answered within 24 hours, by when people wrote"))


def _answered_at(asked: Asked, moment: Moment, tier: str) -> Estimate:
    comments = asked.of_enough(tier).dropna(subset=["created_at"])
    local = comments["created_at"].dt.tz_convert(asked.selection.study.timezone).dt
    chosen = comments[moment.holds(local.day_of_week, local.hour)]
    found = answered_within(waits(chosen), DAY.hours, n_posts=n_posts(chosen))
    return asked.as_approximate(found.pooled)
