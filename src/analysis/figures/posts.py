"""Figures of how interactions are spread over posts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from analysis.figures.style import INK, RASTERISE_FROM, SOFT, canvas, ticks, tier_looks
from analysis.language import say
from analysis.measures.concentration import gini, lorenz_curve, top_share
from analysis.selection import Selection
from analysis.sentences import count, number, percentage
from analysis.showing import ShownFigure

COUNT_TICKS = (0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000)


def interactions_per_post(selection: Selection, interactions: pd.Series) -> ShownFigure:
    """Draw how many posts get at most so many interactions, with median and mean marked.

    Parameters
    ----------
    interactions : pandas.Series of float
        Interactions of every post, none missing, at least one post.
    """
    values = np.sort(interactions.to_numpy(dtype=float))
    figure, axes = canvas(
        selection,
        say("Interactions per post: the mean is not the ordinary post"),
        say(
            "Share of posts with at most so many interactions. n = {posts}",
            posts=count(len(values), "post"),
        ),
        height=2.8,
    )
    axes.step(
        values + 1,
        np.arange(1, len(values) + 1) / len(values),
        where="post",
        color=tier_looks(["posts"])["posts"].colour,
        linewidth=1.8,
        rasterized=len(values) > RASTERISE_FROM,
    )
    _count_axis(axes, float(values.max()))
    _median_and_mean(axes, values)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(say("share of posts"))
    axes.yaxis.set_major_formatter(ticks("share of posts"))
    return ShownFigure(figure, _spread_alt(values))


def _median_and_mean(axes: Axes, values: NDArray[np.float64]) -> None:
    median, mean = float(np.median(values)), float(values.mean())
    axes.axvline(median + 1, color=INK, linestyle=(0, (4, 2)), linewidth=1.2)
    axes.text(
        median + 1, 0.9, f"{say('median {value}', value=number(median))} ", ha="right", fontsize=8
    )
    axes.axvline(mean + 1, color=SOFT, linestyle=(0, (4, 2)), linewidth=1.2)
    axes.text(mean + 1, 0.1, f" {say('mean {value}', value=number(mean))}", fontsize=8, color=SOFT)


def _spread_alt(values: NDArray[np.float64]) -> str:
    mean = float(values.mean())
    return say(
        "Interactions of {posts}. Half of the posts get {median} or fewer; the mean is {mean}, and "
        "{above} of the posts get more than the mean. The most reacted post gets {most}.",
        posts=count(len(values), "post"),
        median=number(float(np.median(values))),
        mean=number(mean),
        above=percentage(float((values > mean).mean())),
        most=number(float(values.max())),
    )


def _count_axis(axes: Axes, largest: float) -> None:
    """A log scale that starts at zero: positions are one more than the count they stand for."""
    shown = [tick for tick in COUNT_TICKS if tick <= largest]
    axes.set_xscale("log")
    axes.set_xticks([tick + 1 for tick in shown], [number(tick) for tick in shown])
    axes.minorticks_off()
    axes.set_xlabel(say("interactions of a post (log scale)"))


def concentration(selection: Selection, by_tier: Mapping[str, pd.Series]) -> ShownFigure:
    """Draw the Lorenz curve of interactions over posts, one line per tier.

    Parameters
    ----------
    by_tier : mapping of str to pandas.Series of float
        Interactions of every post of each tier, with a sum above zero.
    """
    figure, axes = canvas(
        selection,
        say("How few posts carry the interactions"),
        say("Share of interactions held by the least reacted posts; the diagonal: all posts alike"),
        height=3.2,
    )
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=(0, (1, 2)))
    for tier, counts in by_tier.items():
        _lorenz_line(axes, selection, tier, counts)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set(xlabel=say("share of posts"), ylabel=say("share of interactions"))
    axes.xaxis.set_major_formatter(ticks("share of posts"))
    axes.yaxis.set_major_formatter(ticks("share of interactions"))
    axes.legend(loc="upper left", fontsize=8, handlelength=3)
    said = [_spread_in_words(selection.heading(tier), counts) for tier, counts in by_tier.items()]
    return ShownFigure(figure, " ".join([say("How interactions are spread over posts."), *said]))


def _spread_in_words(label: str, counts: pd.Series) -> str:
    return say(
        "{label}: the top tenth of posts has {share} of the interactions, Gini {gini}.",
        label=label,
        share=percentage(top_share(counts)),
        gini=number(gini(counts)),
    )


def _lorenz_line(axes: Axes, selection: Selection, tier: str, counts: pd.Series) -> None:
    look = tier_looks(selection.study.tier_names)[tier]
    axes.plot(
        *_thinned(*lorenz_curve(counts)),
        color=look.colour,
        linestyle=look.line,
        linewidth=1.8,
        label=f"{selection.heading(tier)} (n = {count(len(counts), 'post')})",
    )


def _thinned(
    x: NDArray[np.float64], y: NDArray[np.float64], points: int = 400
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep enough points for the eye, so that the file stays small."""
    kept = np.unique(np.linspace(0, len(x) - 1, min(points, len(x))).astype(int))
    return x[kept], y[kept]
