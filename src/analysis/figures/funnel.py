"""The funnel: the pages of a tier, and between which limits like pages lie."""

from __future__ import annotations

from typing import SupportsFloat

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import INK, SOFT, canvas, log_axis, ticks, tier_looks
from analysis.inference.funnel import Funnel
from analysis.inference.pages import FloatArray, from_log
from analysis.language import say
from analysis.measures.measure import Measure
from analysis.selection import Selection
from analysis.sentences import amount, count, joined, level_in_words
from analysis.showing import ShownFigure

LEVELS = {0.95: (0, (5, 3)), 0.998: (0, (1, 2))}
"""Limits drawn, and their lines: Spiegelhalter 2005, doi:10.1002/sim.1970, draws these two."""
MOST_LABELS = 6
ROOM = 3
"""Space beyond the inner limits, as a factor; outer limits further off are not drawn."""


def funnel(
    selection: Selection, title: str, measure: Measure, pages: pd.DataFrame, limits: Funnel
) -> ShownFigure:
    """Draw every page's rate against how uncertain it is, with the funnel's limits.

    Parameters
    ----------
    selection : Selection
        Its page, where it has one, is marked and named.
    title : str
        What the rates are, in a few words.
    measure : Measure
        What the rates are of.
    pages : pandas.DataFrame
        Indexed by ``page_id``: ``name``, ``log_rate``, ``error``.
    limits : Funnel
        Of the other pages where a page is marked, else of all.
    """
    drawn = pages.assign(rate=from_log(pages["log_rate"]), percent=100 * pages["error"])
    drawn["outside"] = _outside(drawn, limits)
    figure, axes = canvas(
        selection,
        f"{title}: {selection.study.tier_label(selection.tier)}",
        say(
            "One mark per page; 95% of like pages lie between the dashed lines, 99.8% between the "
            "dotted ones. n = {n}",
            n=len(drawn),
        ),
        height=3.9,
    )
    low, high = limits.limits(drawn["error"])
    bottom, top = min(low.min(), drawn["rate"].min()), max(high.max(), drawn["rate"].max())
    log_axis(axes.yaxis, bottom, top)
    axes.set_ylim(bottom / ROOM, top * ROOM)
    _limits(axes, limits, float(drawn["percent"].max()))
    _marks(axes, selection, drawn)
    axes.yaxis.set_major_formatter(ticks(measure.unit))
    axes.set_ylabel(f"{say(measure.unit)}\n{say('(log scale)')}")
    axes.set_xlabel(say("how unsure a page's own number is: its standard error, in %"))
    return ShownFigure(figure, _alt(selection, measure, drawn, limits))


def _outside(pages: pd.DataFrame, limits: Funnel) -> pd.Series:
    low, high = limits.limits(pages["error"])
    return (pages["rate"] < low) | (pages["rate"] > high)


def _limits(axes: Axes, limits: Funnel, widest: float) -> None:
    percent: FloatArray = np.linspace(0, 1.15 * widest, 60)
    axes.axhline(float(from_log(limits.centre)), color=SOFT, linewidth=1)
    for level, line in LEVELS.items():
        low, high = limits.limits(percent / 100, level)
        axes.plot(percent, low, color=SOFT, linewidth=1.1, linestyle=line)
        axes.plot(percent, high, color=SOFT, linewidth=1.1, linestyle=line)
        axes.annotate(
            level_in_words(level),
            xy=(percent[-1], high[-1]),
            xytext=(3, 0),
            textcoords="offset points",
            annotation_clip=True,
            fontsize=8,
            color=SOFT,
            va="center",
        )
    axes.set_xlim(0, percent[-1])


def _marks(axes: Axes, selection: Selection, pages: pd.DataFrame) -> None:
    look = tier_looks(selection.study.tier_names)[selection.tier]
    axes.scatter(
        pages["percent"],
        pages["rate"],
        s=32,
        color=look.colour,
        marker=look.marker,
        edgecolor="white",
        linewidth=0.5,
    )
    own = pages[pages.index == selection.page]
    axes.scatter(own["percent"], own["rate"], s=130, facecolor="none", edgecolor=INK, linewidth=1.6)
    named = _named(selection, pages)
    for name, percent, rate in zip(named["name"], named["percent"], named["rate"], strict=True):
        right = percent > pages["percent"].max() / 2
        axes.annotate(
            name,
            xy=(percent, rate),
            xytext=(-5 if right else 5, 8),
            textcoords="offset points",
            ha="right" if right else "left",
            fontsize=8,
            color=INK,
            weight="bold" if selection.page else "normal",
        )


def _named(selection: Selection, pages: pd.DataFrame) -> pd.DataFrame:
    """The page itself, or the pages outside the limits while they are few."""
    if selection.page:
        return pages[pages.index == selection.page]
    return pages[pages["outside"]].head(MOST_LABELS)


def _alt(selection: Selection, measure: Measure, pages: pd.DataFrame, limits: Funnel) -> str:
    def words(rate: SupportsFloat) -> str:
        return amount(float(rate), measure.unit)

    low, high = limits.limits([pages["error"].median()])
    said = [
        say(
            "Funnel of {pages} in {tier}, {unit}, from {lowest} to {highest}.",
            pages=count(len(pages), "page"),
            tier=selection.study.tier_label(selection.tier),
            unit=say(measure.unit),
            lowest=words(pages["rate"].min()),
            highest=words(pages["rate"].max()),
        ),
        say(
            "The middle is {middle}; at the usual uncertainty 95% of like pages lie between {low} "
            "and {high}.",
            middle=words(from_log(limits.centre)),
            low=words(low[0]),
            high=words(high[0]),
        ),
        _outside_in_words(pages),
    ]
    own = pages[pages.index == selection.page]
    for name, rate, outside in zip(own["name"], own["rate"], own["outside"], strict=True):
        said.append(_own_in_words(name, words(rate), outside))
    return " ".join(said)


def _outside_in_words(pages: pd.DataFrame) -> str:
    names = pages.loc[pages["outside"], "name"].to_list()
    return say("Outside: {pages}.", pages=joined(names)) if names else say("No page lies outside.")


def _own_in_words(name: str, rate: str, outside: bool) -> str:
    if outside:
        return say("{page}, marked, has {rate} and lies outside.", page=name, rate=rate)
    return say("{page}, marked, has {rate} and lies inside.", page=name, rate=rate)
