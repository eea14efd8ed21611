"""Figures of what would be lost: audiences, what other channels take away from them, and costs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.audience.groups import TARGET_GROUP_SHARE
from analysis.figures.reach import (
    FULL_PAGE,
    MOST_NAMED,
    NAMED_ROW,
    ROW,
    rows_by_tier,
    tier_names_on_rows,
)
from analysis.figures.style import INK, SOFT, canvas, log_axis, ticks, tier_looks
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import count, percentage, span
from analysis.showing import ShownFigure
from analysis.study import Range, Threshold

DASHED = (0, (4, 2))
APART = 0.16
"""How far the lines of a post and of a month lie from the middle of their row."""


def audiences(
    selection: Selection, pages: pd.DataFrame, threshold: Threshold | None
) -> ShownFigure:
    """Draw which share of its target group an ordinary post of every page reaches, and a month.

    Parameters
    ----------
    pages : pandas.DataFrame
        One row per page: ``name``, ``tier``, ``followers``, ``measured``; ``post_share_low``,
        ``post_share_high``, ``share_low`` and ``share_high`` (a month), all above zero.
    threshold : Threshold or None
        Of a month's audience, where the study has one.
    """
    ordered = rows_by_tier(selection, pages)
    named = len(ordered) <= MOST_NAMED
    figure, axes = canvas(
        selection,
        say("How much of its target group a page reaches"),
        say("Lines: between bounds; dot: measured. n = {pages}", pages=count(len(ordered), "page")),
        height=min(2.0 + (NAMED_ROW if named else ROW) * len(ordered), FULL_PAGE),
        beside=ordered["name"] if named else (),
    )
    rows = np.arange(len(ordered))
    looks = tier_looks(selection.study.tier_names)
    colours = [looks[tier].colour for tier in ordered["tier"]]
    axes.hlines(rows + APART, ordered["share_low"], ordered["share_high"], colours, linewidth=2)
    post = ordered["post_share_low"], ordered["post_share_high"]
    axes.hlines(rows - APART, *post, INK, linewidth=2.5)
    shared = ordered["measured"]
    axes.plot(post[1][shared], rows[shared] - APART, "o", color=INK, markersize=4.5)
    ends = pd.concat([*post, ordered["share_high"]])
    if threshold:
        _threshold_lines(axes, threshold)
        ends = pd.concat([ends, pd.Series([threshold.above])])
    log_axis(axes.xaxis, ends.min(), ends.max())
    axes.xaxis.set_major_formatter(ticks(TARGET_GROUP_SHARE))
    axes.set_xlabel(say("share of the target group (log scale)"))
    if named:
        axes.set_yticks(rows, ordered["name"], fontsize=7)
    else:
        tier_names_on_rows(axes, selection, ordered)
    axes.set_ylim(len(ordered) - 0.4, -1.1)
    figure.legend(
        handles=_audience_key(selection, ordered), loc="outside lower left", ncols=3, fontsize=8
    )
    return ShownFigure(figure, _audiences_alt(selection, ordered, threshold))


def _threshold_lines(axes: Axes, threshold: Threshold) -> None:
    for value, side in ((threshold.below, "right"), (threshold.above, "left")):
        axes.axvline(value, color=SOFT, linewidth=1, linestyle=DASHED)
        axes.annotate(f" {percentage(value)} ", xy=(value, -0.6), fontsize=7, color=SOFT, ha=side)


def _audience_key(selection: Selection, pages: pd.DataFrame) -> list[Line2D]:
    looks = tier_looks(selection.study.tier_names)
    months = [
        Line2D(
            [],
            [],
            color=looks[tier].colour,
            lw=2,
            label=say("a month, {tier}", tier=selection.heading(tier)),
        )
        for tier in selection.tiers
        if (pages["tier"] == tier).any()
    ]
    return [*months, Line2D([], [], color=INK, lw=2.5, label=say("an ordinary post"))]


def _audiences_alt(selection: Selection, pages: pd.DataFrame, threshold: Threshold | None) -> str:
    drawn = count(len(pages), "page")
    said = [say("How much of its target group a page reaches: {pages}.", pages=drawn)]
    for tier in selection.tiers:
        here = pages[pages["tier"] == tier]
        if here.empty:
            continue
        post = span(here["post_share_low"].min(), here["post_share_high"].max(), TARGET_GROUP_SHARE)
        month = say("not measured")
        if here["share_high"].notna().any():
            month = span(here["share_low"].min(), here["share_high"].max(), TARGET_GROUP_SHARE)
        said.append(
            say(
                "{tier}: an ordinary post {post}, a month {month}.",
                tier=selection.heading(tier),
                post=post,
                month=month,
            )
        )
    if threshold:
        small, large = pages["share_high"] < threshold.below, pages["share_low"] > threshold.above
        said.append(
            say(
                "By these bounds a month stays under {below} on {small} and passes {above} on "
                "{large}.",
                below=percentage(threshold.below),
                small=count(small.sum(), "page"),
                above=percentage(threshold.above),
                large=count(large.sum(), "page"),
            )
        )
    return " ".join(said)


def loss_by_other_channels(
    selection: Selection, months: Mapping[str, tuple[float, float]], threshold: Threshold | None
) -> ShownFigure:
    """Draw the loss for every share that other channels may reach.

    Parameters
    ----------
    months : mapping of str to (float, float)
        Bounds of the month's audience of each tier, as shares of the target group.
    threshold : Threshold or None
        Of the loss, where the study has one.
    """
    figure, axes = canvas(
        selection,
        say("What is lost depends on what other channels reach"),
        say(
            "Band: the least to the most. Dotted: the most if they reach the audience like everyone"
        ),
        height=3.2,
    )
    others = np.linspace(0, 1, 101)
    looks = tier_looks(selection.study.tier_names)
    for tier, (low, high) in months.items():
        look = looks[tier]
        most = np.minimum(high, 1 - others)
        least = np.maximum(low - others, 0)
        axes.fill_between(others, least, most, color=look.colour, alpha=0.18, lw=0)
        axes.plot(others, high * (1 - others), color=look.colour, linestyle=":", linewidth=1.2)
        axes.plot(
            others,
            most,
            color=look.colour,
            linestyle=look.line,
            linewidth=1.6,
            label=selection.heading(tier),
        )
    if threshold:
        below, above = percentage(threshold.below), percentage(threshold.above)
        _verdict_line(axes, threshold.below, say("under {share}: little is lost", share=below))
        _verdict_line(axes, threshold.above, say("over {share}: much is lost", share=above))
    axes.set(xlim=(0, 1), xlabel=say("share of the target group that other channels reach"))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(say("lost, share of the target group"))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticks(TARGET_GROUP_SHARE))
    figure.legend(loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _loss_alt(selection, months, threshold))


def _verdict_line(axes: Axes, value: float, words: str) -> None:
    axes.axhline(value, color=SOFT, linewidth=1, linestyle=DASHED)
    axes.annotate(
        words,
        xy=(0.02, value),
        fontsize=7,
        color=SOFT,
        va="bottom",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8},
    )


def _loss_alt(
    selection: Selection, months: Mapping[str, tuple[float, float]], threshold: Threshold | None
) -> str:
    said = [say("What is lost, for every share of the target group that other channels may reach.")]
    for tier, (low, high) in months.items():
        line = say(
            "{tier}: {lost} if other channels reach nobody",
            tier=selection.heading(tier),
            lost=span(low, high, TARGET_GROUP_SHARE),
        )
        if threshold:
            line += f"; {_under(threshold.below, high)}"
        said.append(f"{line}.")
    return " ".join(said)


def _under(threshold: float, audience: float) -> str:
    """Say from which share of other channels on the most that is lost is under a threshold."""
    if audience < threshold:
        return say("under {share} whatever they reach", share=percentage(threshold))
    return say(
        "under {share} if they reach more than {whomever}, whomever, or more than {alike} and the "
        "posts' audience like everyone",
        share=percentage(threshold),
        whomever=percentage(1 - threshold),
        alike=percentage(1 - threshold / audience),
    )


def price_of_reach(
    selection: Selection, costs: Mapping[str, Estimate], ads: Range | None, currency: str
) -> ShownFigure:
    """Draw what 1,000 people reached cost, by organic posts and by advertising.

    Parameters
    ----------
    costs : mapping of str to Estimate
        Bounds of each group that has them, by its label.
    ads : Range or None
        Price of the same in advertising.
    """
    bars = {
        label: (estimate.low, estimate.high)
        for label, estimate in costs.items()
        if estimate.low is not None and estimate.high is not None
    }
    advertising = say("Advertising")
    if ads:
        bars[advertising] = (ads.low, ads.high)
    figure, axes = canvas(
        selection,
        say("What it costs to reach 1,000 people"),
        say("Line: between the two ends of hours and prices in the study"),
        height=1.5 + 0.34 * len(bars),
    )
    for row, (label, (low, high)) in enumerate(bars.items()):
        axes.plot(
            [low, high],
            [row, row],
            color=SOFT if label == advertising else INK,
            linestyle=":" if label == advertising else "-",
            marker="|",
            markersize=9,
            linewidth=2.4,
        )
    ends = [end for both in bars.values() for end in both if end > 0]
    log_axis(axes.xaxis, min(ends), max(ends))
    axes.xaxis.set_major_formatter(ticks(currency))
    axes.set_yticks(range(len(bars)), list(bars))
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlabel(say("{currency} per 1,000 people reached (log scale)", currency=currency))
    return ShownFigure(figure, _price_alt(bars, currency))


def _price_alt(bars: Mapping[str, tuple[float, float]], currency: str) -> str:
    said = [say("Price of reaching 1,000 people, in {currency}.", currency=currency)]
    for label, (low, high) in bars.items():
        said.append(f"{label}: {span(low, high, currency)}.")
    return " ".join(said)
