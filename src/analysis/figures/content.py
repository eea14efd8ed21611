"""Figures of what posts are for: shares, response, and the tail of most reacted posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.figures.style import INK, SOFT, canvas, log_axis, ticks, tier_looks
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import (
    count,
    in_brackets,
    missing_in_words,
    number,
    value_in_words,
)
from analysis.showing import ShownFigure

ROW = 0.34
HOLLOW = "white"
WIDE = 4.0
NEAR_ONE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2, 2.5, 3)


def shares_per_class(
    selection: Selection, title: str, shares: Mapping[str, Mapping[str, Estimate]]
) -> ShownFigure:
    """Draw the share of each class at the typical page, one mark with its interval per tier.

    Parameters
    ----------
    shares : mapping of str to mapping of str to Estimate
        Label of each class, then tier; a tier that is not measured has no mark.
    """
    tiers = list(next(iter(shares.values())))
    figure, axes = canvas(
        selection,
        title,
        _what_marks_are(selection, shares),
        height=1.2 + (0.2 + 0.06 * len(tiers)) * len(shares),
        beside=shares,
    )
    for place, tier in enumerate(tiers):
        offset = 0.66 * ((place + 0.5) / len(tiers) - 0.5)
        _tier_marks(axes, selection, tier, [of[tier] for of in shares.values()], offset)
    _rows(axes, list(shares))
    axes.set_xlim(left=0)
    axes.set_xlabel(say("share of posts"))
    axes.xaxis.set_major_formatter(ticks("share of posts"))
    if len(tiers) > 1:
        figure.legend(loc="outside lower left", ncols=len(tiers), fontsize=8)
    return ShownFigure(figure, _shares_alt(selection, title, shares))


def _what_marks_are(selection: Selection, shares: Mapping[str, Mapping[str, Estimate]]) -> str:
    n = _all_of(shares)
    if selection.page:
        return say("Mark: this page. n = {n}", n=n)
    if not any(estimate.has_interval for of in shares.values() for estimate in of.values()):
        return say("Mark: typical page of a tier. n = {n}", n=n)
    return say("Mark: typical page of a tier; line: its 95% interval. n = {n}", n=n)


def _all_of(shares: Mapping[str, Mapping[str, Estimate]]) -> str:
    """Pages and posts of all tiers; every class rests on the same."""
    of_tiers = next(iter(shares.values())).values()
    n_pages, n_posts = (sum(getattr(e, n) for e in of_tiers) for n in ("n_pages", "n_posts"))
    return f"{count(n_pages, 'page')}, {count(n_posts, 'post')}"


def _tier_marks(
    axes: Axes, selection: Selection, tier: str, estimates: Sequence[Estimate], offset: float
) -> None:
    look = tier_looks(selection.study.tier_names)[tier]
    for row, estimate in enumerate(estimates):
        if estimate.low is not None and estimate.high is not None:
            axes.plot(
                [estimate.low, estimate.high], [row + offset] * 2, color=look.colour, linewidth=1.4
            )
    drawn = [(e.value, row + offset) for row, e in enumerate(estimates) if e.value is not None]
    axes.scatter(
        [value for value, _ in drawn],
        [row for _, row in drawn],
        s=30,
        color=look.colour,
        marker=look.marker,
        edgecolor="white",
        linewidth=0.5,
        zorder=3,
        label=selection.heading(tier),
    )


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)


def _shares_alt(
    selection: Selection, title: str, shares: Mapping[str, Mapping[str, Estimate]]
) -> str:
    said = [
        f"{label}: "
        + ", ".join(
            f"{selection.heading(tier)} {value_in_words(estimate)}" for tier, estimate in of.items()
        )
        for label, of in shares.items()
    ]
    values = {"title": title, "shares": ". ".join(said)}
    if selection.page:
        return say("{title}, as shares of posts. {shares}.", **values)
    return say("{title}, as shares of posts at the typical page. {shares}.", **values)


def ratios_to_other_posts(
    selection: Selection,
    title: str,
    ratios: Mapping[str, Estimate],
    no_conclusion: Sequence[str],
) -> ShownFigure:
    """Draw how much each class gets beside the other posts of the same page.

    Parameters
    ----------
    ratios : mapping of str to Estimate
        By class; one that is not estimable is named and not drawn.
    no_conclusion : sequence of str
        Classes that coders and rules do not agree on enough; drawn hollow.
    """
    figure, axes = canvas(
        selection,
        title,
        _how_to_read(ratios.values(), hollow=bool(no_conclusion)),
        height=1.3 + ROW * len(ratios),
        beside=ratios,
    )
    axes.axvline(1, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    for row, (name, estimate) in enumerate(ratios.items()):
        _ratio(axes, row, estimate, hollow=name in no_conclusion)
    ends = [1.0, *(end for e in ratios.values() for end in (e.low, e.value, e.high) if end)]
    _ratio_axis(axes, 0.95 * min(ends), 1.05 * max(ends))
    _rows(axes, list(ratios))
    axes.set_xlabel(say("times the page's other posts (log scale)"))
    return ShownFigure(figure, _ratios_alt(title, ratios, no_conclusion))


def _how_to_read(ratios: Iterable[Estimate], *, hollow: bool) -> str:
    said = [say("Line: 95% interval.")] if any(ratio.has_interval for ratio in ratios) else []
    said.append(say("Right of 1: more than the page's other posts."))
    if hollow:
        said.append(say("Hollow: no conclusion."))
    return " ".join(said).removesuffix(".")


def _ratio_axis(axes: Axes, low: float, high: float) -> None:
    """A log scale around 1; ratios near 1 ask for numbers between the powers of ten."""
    if high / low > WIDE:
        log_axis(axes.xaxis, low, high)
    else:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(NEAR_ONE))
        axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(low, high)
    axes.xaxis.set_major_formatter(ticks("ratio"))


def _ratio(axes: Axes, row: int, estimate: Estimate, *, hollow: bool) -> None:
    colour = SOFT if hollow else INK
    if estimate.value is None:
        axes.annotate(
            f" {missing_in_words(estimate)}", xy=(1, row), color=SOFT, fontsize=8, va="center"
        )
        return
    if estimate.low is not None and estimate.high is not None:
        line = (0, (2, 1)) if hollow else "-"
        axes.plot([estimate.low, estimate.high], [row] * 2, color=colour, linewidth=1.5, ls=line)
    face = HOLLOW if hollow else colour
    axes.plot(
        [estimate.value], [row], "o", markersize=6, markeredgecolor=colour, markerfacecolor=face
    )
    axes.annotate(
        number(estimate.value),
        xy=(estimate.value, row),
        xytext=(0, 6.5),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2},
    )


def _ratios_alt(title: str, ratios: Mapping[str, Estimate], no_conclusion: Sequence[str]) -> str:
    said = [
        _ratio_in_words(name, estimate, relied_on=name not in no_conclusion)
        for name, estimate in ratios.items()
    ]
    return say(
        "{title}, beside the other posts of the same page. {ratios}",
        title=title,
        ratios=" ".join(said),
    )


def _ratio_in_words(name: str, estimate: Estimate, *, relied_on: bool) -> str:
    if estimate.value is None:
        said = f"{name}: {missing_in_words(estimate)}"
    else:
        said = say(
            "{label}: {value} times ({brackets})",
            label=name,
            value=value_in_words(estimate),
            brackets=in_brackets(estimate),
        )
    return f"{said}." if relied_on else say("{said}, and no conclusion rests on it.", said=said)


def tails(selection: Selection, tail: pd.DataFrame) -> ShownFigure:
    """Draw the spread of posts of each class in ordinary posts of their own page.

    Parameters
    ----------
    tail : pandas.DataFrame
        One row per class (index: its label), with ``middle``, ``top_tenth`` and ``top_hundredth``,
        quantiles .5, .9 and .99 of a post's interactions over its page's median, and ``n`` posts.
    """
    labels = [f"{name} (n = {number(n)})" for name, n in tail["n"].items()]
    figure, axes = canvas(
        selection,
        say("The tail: the ordinary post and the most reacted ones"),
        say("Dot: middle post; bar: one in ten gets more; diamond: one in a hundred gets more"),
        height=1.3 + ROW * len(tail),
        beside=labels,
    )
    colour = tier_looks(["posts"])["posts"].colour
    rows = range(len(tail))
    axes.hlines(rows, tail["middle"], tail["top_hundredth"], color=colour, linewidth=1.4)
    for column, marker, size in (
        ("middle", "o", 6),
        ("top_tenth", "|", 11),
        ("top_hundredth", "D", 5),
    ):
        axes.plot(tail[column], rows, marker, color=colour, markersize=size, markeredgewidth=1.8)
    axes.axvline(1, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    ends = [1.0, *tail[["middle", "top_hundredth"]].to_numpy().ravel()]
    log_axis(axes.xaxis, 0.9 * min(ends), 1.1 * max(ends))
    _rows(axes, labels)
    axes.set_xlabel(say("times an ordinary post of the page (log scale)"))
    axes.xaxis.set_major_formatter(ticks("times"))
    return ShownFigure(figure, _tails_alt(tail))


def _tails_alt(tail: pd.DataFrame) -> str:
    said = [
        say(
            "{label}: the middle post gets {middle} times, one in ten more than {tenth} times and "
            "one in a hundred more than {hundredth} times as much ({posts}).",
            label=name,
            middle=number(row["middle"]),
            tenth=number(row["top_tenth"]),
            hundredth=number(row["top_hundredth"]),
            posts=count(row["n"], "post"),
        )
        for name, row in tail.iterrows()
    ]
    return say(
        "Interactions of posts, in ordinary posts of their own page. {classes}",
        classes=" ".join(said),
    )
