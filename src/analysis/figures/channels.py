"""Figures of the same organisations on several platforms."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import FAINT, INK, SOFT, canvas, log_axis, ticks, tier_looks
from analysis.language import say
from analysis.measures.channels import FOLLOWERS, PER_FOLLOWER, PER_POST
from analysis.selection import Selection
from analysis.sentences import count, joined, number
from analysis.showing import ShownFigure

RESPONSES_PER_POST = (0.1, 1, 10, 100, 1000, 10_000)
ROOM = 1.6
"""Space around the marks, as a factor on both scales."""


def audience_and_response(
    selection: Selection, pages: pd.DataFrame, labels: Mapping[str, str]
) -> ShownFigure:
    """Draw every page by its followers and its response per follower, on log scales.

    Lines join the pages of an organisation; where two pages get the same response per post they
    lie on one of the slanting lines.

    Parameters
    ----------
    pages : pandas.DataFrame
        One row per page: ``platform``, ``organisation``, ``last_followers`` and
        ``response_per_1000_followers``, both above zero.
    labels : mapping of str to str
        Display names of the platforms, in order.
    """
    figure, axes = canvas(
        selection,
        say("Audience and response of the same organisations"),
        say(
            "One mark per page, thin lines join those of one organisation; slanting lines: equal "
            "reactions and comments per post. n = {organisations}",
            organisations=count(pages["organisation"].nunique(), "organisation"),
        ),
        height=4.4,
    )
    _both_on_log_scales(axes, pages)
    _equal_per_post(axes)
    _organisations_joined(axes, pages)
    _platforms_marked(axes, pages, labels)
    figure.legend(loc="outside lower left", ncols=len(labels), fontsize=8)
    return ShownFigure(figure, _alt(pages, labels))


def _both_on_log_scales(axes: Axes, pages: pd.DataFrame) -> None:
    x, y = pages[FOLLOWERS.name], pages[PER_FOLLOWER.name]
    x_ends, y_ends = (x.min() / ROOM, x.max() * ROOM), (y.min() / ROOM, y.max() * ROOM)
    log_axis(axes.xaxis, *x_ends)
    log_axis(axes.yaxis, *y_ends)
    axes.set(xlim=x_ends, ylim=y_ends)
    axes.xaxis.set_major_formatter(ticks(FOLLOWERS.unit))
    axes.yaxis.set_major_formatter(ticks(PER_FOLLOWER.unit))
    axes.set_xlabel(say("followers (log scale)"))
    axes.set_ylabel(say("reactions and comments\nper 1,000 followers per post (log scale)"))


def _organisations_joined(axes: Axes, pages: pd.DataFrame) -> None:
    for _, organisation in pages.groupby("organisation"):
        ordered = organisation.sort_values("platform")
        axes.plot(ordered[FOLLOWERS.name], ordered[PER_FOLLOWER.name], color=SOFT, linewidth=0.7)


def _platforms_marked(axes: Axes, pages: pd.DataFrame, labels: Mapping[str, str]) -> None:
    looks = tier_looks(list(labels))
    for platform, label in labels.items():
        here, look = pages[pages["platform"] == platform], looks[platform]
        axes.scatter(
            here[FOLLOWERS.name],
            here[PER_FOLLOWER.name],
            s=42,
            color=look.colour,
            marker=look.marker,
            edgecolor="white",
            linewidth=0.5,
            label=label,
            zorder=3,
        )


def _equal_per_post(axes: Axes) -> None:
    """Lines on which followers times response per follower is the same."""
    x_low, x_high = axes.get_xlim()
    y_low, y_high = axes.get_ylim()
    for response in RESPONSES_PER_POST:
        at_right = 1000 * response / x_high
        at_top = 1000 * response / y_high
        if at_right > y_high or 1000 * response / x_low < y_low:
            continue
        ends = np.array([x_low, x_high])
        axes.plot(ends, 1000 * response / ends, color=FAINT, linewidth=1, zorder=0)
        on_top = at_top > x_low
        axes.annotate(
            say("{response} per post", response=number(response)),
            xy=(at_top, y_high) if on_top else (x_low, 1000 * response / x_low),
            xytext=(3, -9),
            textcoords="offset points",
            fontsize=7,
            color=INK,
            alpha=0.7,
        )


def _alt(pages: pd.DataFrame, labels: Mapping[str, str]) -> str:
    of_platforms = {label: pages[pages["platform"] == name] for name, label in labels.items()}
    said = [_platform_in_words(label, here) for label, here in of_platforms.items() if len(here)]
    return say(
        "Followers against reactions and comments of the same organisations on several platforms, "
        "lowest, middle and highest page. {platforms} Among the organisations: {names}.",
        platforms=" ".join(said),
        names=joined(sorted(pages["name"].unique())[:8]),
    )


def _platform_in_words(label: str, pages: pd.DataFrame) -> str:
    return say(
        "{platform}, {pages}: followers {followers}, per 1,000 followers {per_follower}, "
        "per post {per_post}.",
        platform=label,
        pages=count(len(pages), "page"),
        followers=_range(pages[FOLLOWERS.name]),
        per_follower=_range(pages[PER_FOLLOWER.name]),
        per_post=_range(pages[PER_POST.name]),
    )


def _range(values: pd.Series) -> str:
    low, middle, high = (number(float(f"{values.quantile(q):.3g}")) for q in (0, 0.5, 1))
    return say("{low}, {middle}, {high}", low=low, middle=middle, high=high)
