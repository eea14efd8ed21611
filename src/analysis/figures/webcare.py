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

from analysis.figures.style import INK, SEQUENTIAL, TierLook, canvas, ticks, tier_looks
from analysis.figures.time import WEEKDAYS
from analysis.inference.estimate import Estimate
from analysis.selection import Selection
from analysis.sentences import count, interval_in_words, percentage, value_in_words
from analysis.showing import ShownFigure

HOURS_PER_BLOCK = 3
FEWEST_IN_BLOCK = 5
TIMES = {
    1: "1 hour",
    3: "3 hours",
    8: "8 hours",
    24: "1 day",
    72: "3 days",
    168: "1 week",
    672: "4 weeks",
}
TOLD = (24, 168)
"""Hours at which the text beside the figure reads the curves."""


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
    n = sum(curve.n_comments for curve in curves.values())
    figure, axes = canvas(
        selection,
        "How soon people get an answer",
        f"{words.capitalize()}, n = {n:,}{_band(curves)}",
        height=3.4,
    )
    looks = tier_looks(selection.study.tier_names)
    for tier, curve in curves.items():
        _curve(axes, curve.numbers(), looks[tier], selection.heading(tier))
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(list(TIMES)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(list(TIMES.values()))
    axes.set_xlabel("time since the comment (log scale)")
    axes.set_ylim(bottom=0)
    axes.set_ylabel("share with a reply")
    axes.yaxis.set_major_formatter(ticks("share of comments"))
    figure.legend(loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _curves_alt(selection, curves, words))


def _band(curves: Mapping[str, Curve]) -> str:
    has_band = any(e.has_interval for curve in curves.values() for e in curve.estimates)
    return "; band: 95% interval" if has_band else ""


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
    return f"Share of {words} that has a reply, by time since the comment. {'. '.join(said)}."


def _at_in_words(curve: Curve, hours: int) -> str:
    estimate = curve.at(hours)
    between = f" ({interval_in_words(estimate)})" if estimate.has_interval else ""
    return f"after {TIMES[hours]} {value_in_words(estimate)}{between}"


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
        "Answered within a day, by when people wrote",
        f"In each block the number of comments; white: fewer than {FEWEST_IN_BLOCK}. "
        f"{selection.study.timezone}",
        height=3.1,
    )
    shown = 100 * shares.where(numbers >= FEWEST_IN_BLOCK).to_numpy(dtype=float)
    image = axes.pcolormesh(shown, cmap=SEQUENTIAL, edgecolors="white", linewidth=0.6, vmin=0)
    _write_numbers(axes, numbers.to_numpy(dtype=int), shown)
    n_blocks = 24 // HOURS_PER_BLOCK
    axes.set_xticks(range(n_blocks + 1), [f"{HOURS_PER_BLOCK * b}:00" for b in range(n_blocks + 1)])
    axes.set_yticks(np.arange(7) + 0.5, WEEKDAYS)
    axes.invert_yaxis()
    axes.set_xlabel("hour of the comment")
    key = figure.colorbar(image, shrink=0.8, aspect=25, pad=0.02)
    key.set_label("% answered within 24 hours", fontsize=8)
    key.outline.set_visible(False)
    return ShownFigure(figure, _by_hour_alt(comments, words))


def _grid(comments: pd.DataFrame, statistic: Literal["mean", "size"]) -> pd.DataFrame:
    """Weekdays (rows) by parts of the day (columns)."""
    local = comments["local_time"].dt
    grid = comments.pivot_table(
        "in_time", local.day_of_week, local.hour // HOURS_PER_BLOCK, aggfunc=statistic
    )
    return grid.reindex(index=range(7), columns=range(24 // HOURS_PER_BLOCK))


def _write_numbers(axes: Axes, numbers: NDArray[np.int64], shown: NDArray[np.float64]) -> None:
    """Write how many comments a block holds, light on dark and dark on light."""
    middle = np.nanmax(shown, initial=0) / 2
    for (row, column), number in np.ndenumerate(numbers):
        if number:
            colour = "white" if shown[row, column] > middle else INK
            axes.text(
                column + 0.5,
                row + 0.5,
                f"{number:,}",
                color=colour,
                size=7,
                ha="center",
                va="center",
            )


def _by_hour_alt(comments: pd.DataFrame, words: str) -> str:
    local = comments["local_time"].dt
    on_day = {day: comments["in_time"][local.day_of_week == i] for i, day in enumerate(WEEKDAYS)}
    office = local.hour.between(9, 16) & (local.day_of_week < 5)
    parts = {
        "Written in office hours": comments["in_time"][office],
        "At other times": comments["in_time"][~office],
    }
    return (
        f"Share of {words} answered within 24 hours, per weekday of the comment. "
        f"{_shares_in_words(on_day)}. {_shares_in_words(parts)}."
    )


def _shares_in_words(parts: Mapping[str, pd.Series]) -> str:
    said = [
        f"{part}: {percentage(float(in_time.mean()))} of {len(in_time):,}"
        for part, in_time in parts.items()
        if len(in_time)
    ]
    return "; ".join(said)
