"""Figures of how soon pages answer, and when they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from numpy.typing import NDArray

from analysis.figures.style import (
    INK,
    SEQUENTIAL,
    TierLook,
    canvas,
    colour_key,
    ticks,
    tier_looks,
    write_numbers,
)
from analysis.figures.time import weekdays
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import capitalised, count, interval_in_words, percentage, value_in_words
from analysis.showing import ShownFigure

HOURS_PER_BLOCK = 3
FEWEST_IN_BLOCK = 5
TOLD = (24, 168)
"""Hours at which the text beside the figure reads the curves."""


def _times() -> dict[int, str]:
    """The hours named on the axis."""
    return {
        1: say("1 hour"),
        3: say("3 hours"),
        8: say("8 hours"),
        24: say("1 day"),
        72: say("3 days"),
        168: say("1 week"),
        672: say("4 weeks"),
    }


@dataclass(frozen=True)
class Curve:
    """The share of comments that has an answer after some hours.

    Attributes
    ----------
    hours : array of float, shape (n_times,)
    estimates : sequence of Estimate, length n_times
    n_comments : int
    """

    hours: NDArray[np.float64]
    estimates: Sequence[Estimate]
    n_comments: int

    def numbers(self) -> pd.DataFrame:
        """Give ``hours``, ``share``, ``low`` and ``high``; NaN where there is none."""
        columns = {
            "share": [e.value for e in self.estimates],
            "low": [e.low for e in self.estimates],
            "high": [e.high for e in self.estimates],
        }
        return pd.DataFrame({"hours": self.hours, **columns}, dtype=float)

    def at(self, hours: float) -> Estimate:
        """Give the estimate at the last time drawn that is not later."""
        return self.estimates[int(np.searchsorted(self.hours, hours, side="right")) - 1]


def point_out(drawn: ShownFigure, name: str, rate: float) -> ShownFigure:
    """Name one page in a figure of the pages of its tier."""
    axes = drawn.figure.axes[0]
    axes.axvline(rate, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    is_left = rate < sum(axes.get_xlim()) / 2
    axes.annotate(
        name,
        xy=(rate, 0),
        xycoords=("data", "axes fraction"),
        xytext=(4 if is_left else -4, 4),
        textcoords="offset points",
        ha="left" if is_left else "right",
        fontsize=8,
    )
    return replace(drawn, alt=f"{drawn.alt} {name}: {percentage(rate)}.")


def answered_over_time(
    selection: Selection, curves: Mapping[str, Curve], words: str
) -> ShownFigure:
    """Draw the share answered against the time since the comment, a line with a band per tier.

    Parameters
    ----------
    selection : Selection
    curves : mapping of str to Curve
        The tiers drawn, in order.
    words : str
        What the comments are.
    """
    figure, axes = canvas(
        selection, say("How soon people get an answer"), _below(curves, words), height=3.4
    )
    looks = tier_looks(selection.study.tier_names)
    for tier, curve in curves.items():
        _curve(axes, curve.numbers(), looks[tier], selection.heading(tier))
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(list(_times())))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(list(_times().values()))
    axes.set_xlabel(say("time since the comment (log scale)"))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(say("share with a reply"))
    axes.yaxis.set_major_formatter(ticks("share of comments"))
    figure.legend(loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _curves_alt(selection, curves, words))


def _below(curves: Mapping[str, Curve], words: str) -> str:
    """Say below the title what the curves are of, and what the band around them is."""
    n = say.decimal(sum(curve.n_comments for curve in curves.values()), 0)
    comments = capitalised(words)
    with_interval = [e for curve in curves.values() for e in curve.estimates if e.has_interval]
    if any(e.approximate for e in with_interval):
        return say("{comments}, n = {n}; band: about 95% interval", comments=comments, n=n)
    if with_interval:
        return say("{comments}, n = {n}; band: 95% interval", comments=comments, n=n)
    return say("{comments}, n = {n}", comments=comments, n=n)


def _curve(axes: Axes, numbers: pd.DataFrame, look: TierLook, label: str) -> None:
    hours, low, high = numbers["hours"], numbers["low"], numbers["high"]
    axes.fill_between(hours, low, high, step="post", color=look.colour, alpha=0.18, linewidth=0)
    axes.step(
        hours, numbers["share"], where="post", color=look.colour, linestyle=look.line, label=label
    )


def _curves_alt(selection: Selection, curves: Mapping[str, Curve], words: str) -> str:
    said = [
        f"{selection.heading(tier)} ({count(curve.n_comments, 'comment')}): "
        + "; ".join(_at_in_words(curve, hours) for hours in TOLD)
        for tier, curve in curves.items()
    ]
    what = say("Share of {comments} that has a reply, by time since the comment.", comments=words)
    return f"{what} {'. '.join(said)}."


def _at_in_words(curve: Curve, hours: int) -> str:
    estimate = curve.at(hours)
    between = f" ({interval_in_words(estimate)})" if estimate.has_interval else ""
    share = f"{value_in_words(estimate)}{between}"
    return say("after {time} {share}", time=_times()[hours], share=share)


def answered_by_hour(selection: Selection, comments: pd.DataFrame, words: str) -> ShownFigure:
    """Draw the share answered within a day per weekday and part of the day of the comment.

    Parameters
    ----------
    selection : Selection
    comments : pandas.DataFrame
        ``local_time``, on the study's clock, and ``in_time`` (bool).
    words : str
        What the comments are.
    """
    shares, numbers = _grid(comments, "mean"), _grid(comments, "size").fillna(0)
    figure, axes = canvas(
        selection,
        say("Answered within a day, by when people wrote"),
        say(
            "In each block the number of comments; white: fewer than {fewest}. {timezone}",
            fewest=FEWEST_IN_BLOCK,
            timezone=selection.study.timezone,
        ),
        height=3.1,
    )
    shown = 100 * shares.where(numbers >= FEWEST_IN_BLOCK).to_numpy(dtype=float)
    image = axes.pcolormesh(shown, cmap=SEQUENTIAL, edgecolors="white", linewidth=0.6, vmin=0)
    write_numbers(axes, numbers.to_numpy(dtype=int), shown)
    n_blocks = 24 // HOURS_PER_BLOCK
    axes.set_xticks(range(n_blocks + 1), [f"{HOURS_PER_BLOCK * b}:00" for b in range(n_blocks + 1)])
    axes.set_yticks(np.arange(7) + 0.5, weekdays())
    axes.invert_yaxis()
    axes.set_xlabel(say("hour of the comment"))
    colour_key(figure, image, say("% answered within 24 hours"))
    return ShownFigure(figure, _by_hour_alt(comments, words))


def _grid(comments: pd.DataFrame, statistic: Literal["mean", "size"]) -> pd.DataFrame:
    """Weekdays (rows) by parts of the day (columns)."""
    local = comments["local_time"].dt
    grid = comments.pivot_table(
        "in_time", local.day_of_week, local.hour // HOURS_PER_BLOCK, aggfunc=statistic
    )
    return grid.reindex(index=range(7), columns=range(24 // HOURS_PER_BLOCK))


def _by_hour_alt(comments: pd.DataFrame, words: str) -> str:
    local = comments["local_time"].dt
    on_day = {day: comments["in_time"][local.day_of_week == i] for i, day in enumerate(weekdays())}
    office = local.hour.between(9, 16) & (local.day_of_week < 5)
    parts = {
        say("Written in office hours"): comments["in_time"][office],
        say("At other times"): comments["in_time"][~office],
    }
    what = say(
        "Share of {comments} answered within 24 hours, per weekday of the comment.", comments=words
    )
    return f"{what} {_shares_in_words(on_day)}. {_shares_in_words(parts)}."


def _shares_in_words(parts: Mapping[str, pd.Series]) -> str:
    said = [
        say(
            "{part}: {share} of {n}",
            part=part,
            share=percentage(float(in_time.mean())),
            n=say.decimal(len(in_time), 0),
        )
        for part, in_time in parts.items()
        if len(in_time)
    ]
    return capitalised("; ".join(said))
