"""Figures of how interactions are spread over posts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import INK, RASTERISE_FROM, SOFT, canvas, ticks, tier_looks
from analysis.measures.concentration import gini, lorenz_curve, top_share
from analysis.selection import Selection
from analysis.sentences import count, number, percentage
from analysis.showing import ShownFigure


def interactions_per_post(selection: Selection) -> ShownFigure:
    """Draw how many posts get at most so many interactions, with median and mean marked."""
    values = np.sort(selection.posts["interactions"].dropna().to_numpy(dtype=float))
    figure, axes = canvas(
        selection,
        "Interactions per post: the mean is not the ordinary post",
        f"Share of posts with at most so many interactions (log scale). "
        f"n = {count(len(values), 'post')}",
        height=3.0,
    )
    share = np.arange(1, len(values) + 1) / len(values)
    colour = tier_looks(["posts"])["posts"].colour
    axes.step(
        values + 1,
        share,
        where="post",
        color=colour,
        linewidth=1.8,
        rasterized=len(values) > RASTERISE_FROM,
    )
    median, mean = float(np.median(values)), float(values.mean())
    _marked(axes, median, f"median {number(median)} ", INK, "right")
    _marked(axes, mean, f" mean {number(mean)}", SOFT, "left")
    axes.set_xscale("log")
    ticks = [0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000]
    ticks = [tick for tick in ticks if tick <= values.max()]
    axes.set_xticks([tick + 1 for tick in ticks], [f"{tick:,}" for tick in ticks])
    axes.minorticks_off()
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(ticks("share of posts"))
    axes.set_xlabel("interactions of a post (log scale)")
    axes.set_ylabel("share of posts")
    above = float((values > mean).mean())
    return ShownFigure(
        figure,
        f"Interactions of {count(len(values), 'post')}. Half of the posts get {number(median)} or "
        f"fewer; the mean is {number(mean)}, and {percentage(above)} of the posts get more than "
        f"the mean. The most reacted post gets {number(values[-1])}.",
    )


def _marked(axes: Axes, value: float, label: str, colour: str, side: str) -> None:
    axes.axvline(value + 1, color=colour, linestyle=(0, (4, 2)), linewidth=1.2)
    axes.text(value + 1, 0.9 if side == "right" else 0.1, label, ha=side, fontsize=8, color=colour)


def concentration(selection: Selection) -> ShownFigure:
    """Draw the Lorenz curve of interactions over posts, one line per tier."""
    figure, axes = canvas(
        selection,
        "How few posts carry the interactions",
        "Share of interactions held by the least reacted posts; the diagonal: all posts alike",
        height=3.4,
    )
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    looks = tier_looks(selection.study.tier_names)
    said = []
    for tier, counts in _interactions_by_tier(selection).items():
        of_posts, of_interactions = lorenz_curve(counts)
        label = selection.study.tier_label(tier)
        axes.plot(
            *_thinned(of_posts, of_interactions),
            color=looks[tier].colour,
            linestyle=looks[tier].line,
            linewidth=1.8,
            label=f"{label} (n = {count(len(counts), 'post')})",
        )
        said.append(
            f"{label}: the top tenth of posts has {percentage(top_share(counts))} of the "
            f"interactions, Gini {number(gini(counts))}."
        )
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="share of posts", ylabel="share of interactions")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticks("share of posts"))
    axes.legend(loc="upper left", fontsize=8)
    return ShownFigure(figure, f"How interactions are spread over posts. {' '.join(said)}")


def _interactions_by_tier(selection: Selection) -> dict[str, pd.Series]:
    posts = selection.posts.dropna(subset=["interactions"])
    by_tier = {tier: posts.loc[posts["tier"] == tier, "interactions"] for tier in selection.tiers}
    return {tier: counts for tier, counts in by_tier.items() if counts.sum() > 0}


def _thinned(x: np.ndarray, y: np.ndarray, points: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Keep enough points for the eye, so that the file stays small."""
    kept = np.unique(np.linspace(0, len(x) - 1, min(points, len(x))).astype(int))
    return x[kept], y[kept]
