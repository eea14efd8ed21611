"""One look for all figures: readable in greyscale, by the colour-blind, and on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator, ScalarFormatter
from numpy.typing import NDArray

from analysis.language import say
from analysis.selection import Selection

WIDTH = 6.4
LONGEST_TITLE, LONGEST_SUBTITLE = 62, 90
"""Letters on a line, beside the longest names of tiers."""
TITLE_ACROSS, SUBTITLE_ACROSS, LABEL_ACROSS = 72, 102, 88
"""Letters that fit side by side from edge to edge of a figure."""

INK, SOFT, FAINT = "#222222", "#666666", "#d9d9d9"
# Okabe & Ito's colours, ordered so that neighbours differ in lightness too.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--", "-.", ":", (0, (8, 2)), (0, (3, 1, 1, 1)))
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++")
SEQUENTIAL = "cividis_r"
RASTERISE_FROM = 5_000
NUMBERS_PER_DECADE = (
    (10, (1, 1.5, 2, 3, 4, 5, 6, 8)),
    (300, (1, 2, 5)),
    (float("inf"), (1,)),
)

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.grid": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "figure.dpi": 100,
    "svg.hashsalt": "bereik",
    "text.parse_math": False,
}


@dataclass(frozen=True)
class TierLook:
    """How a tier is drawn, the same in every figure."""

    colour: str
    marker: str
    hatch: str
    line: str | tuple[int, tuple[int, ...]]


def apply_style() -> None:
    """Set matplotlib up: no window, one look, and the same bytes for the same figure."""
    mpl.use("agg")
    mpl.rcParams.update(_STYLE)


def tier_looks(tiers: Sequence[str]) -> dict[str, TierLook]:
    """Give every tier of a study its colour, marker and hatch, in the study's order."""
    return {
        tier: TierLook(
            COLOURS[i % len(COLOURS)],
            MARKERS[i % len(MARKERS)],
            HATCHES[i % len(HATCHES)],
            LINES[i % len(LINES)],
        )
        for i, tier in enumerate(tiers)
    }


def ticks(unit: str) -> FuncFormatter:
    """Write an axis's numbers as its unit asks, without decimals that say nothing."""
    marks = _marks()
    if unit.startswith("share of"):
        return FuncFormatter(lambda value, _: f"{round(100 * value, 6):,.10g}%".translate(marks))
    return FuncFormatter(lambda value, _: f"{value:,.10g}".translate(marks))


class EvenNumbers(ScalarFormatter):
    """An axis's numbers, all with as many decimals, with the marks of the language spoken."""

    def __call__(self, value: float, position: int | None = None) -> str:
        """Write one number."""
        return super().__call__(value, position).translate(_marks())


def _marks() -> dict[int, str]:
    """Turn the marks in a number that Python wrote into those of the language spoken."""
    return str.maketrans({",": say.decimal(1000, 0)[1], ".": say.decimal(0.5, 1)[1]})


def log_axis(axis: XAxis | YAxis, low: float, high: float) -> None:
    """Put readable numbers on a log scale: the more decades it spans, the fewer in each."""
    subs = next(subs for span, subs in NUMBERS_PER_DECADE if high / low <= span)
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_major_locator(LogLocator(subs=subs))
    axis.set_minor_locator(NullLocator())


def canvas(
    selection: Selection, title: str, subtitle: str, height: float, beside: Iterable[str] = ()
) -> tuple[Figure, Axes]:
    """Start a figure: title on top, what it rests on below it, the mark of simulated data.

    Parameters
    ----------
    selection : Selection
        Says whether the data are simulated.
    title : str
        What the figure shows.
    subtitle : str
        Unit, scale and n.
    height : float
        In inches; the width is the same for all figures.
    beside : iterable of str
        Names beside the axes; the longer they are, the shorter the lines above.
    """
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    room = 1 - max(map(len, beside), default=0) / LABEL_ACROSS
    above = textwrap.fill(title, min(LONGEST_TITLE, int(room * TITLE_ACROSS)))
    below = textwrap.fill(subtitle, min(LONGEST_SUBTITLE, int(room * SUBTITLE_ACROSS)))
    axes.set_title(above + "\n" * (1 + below.count("\n")), pad=4)
    axes.annotate(
        below,
        xy=(0, 1),
        xytext=(0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=8,
        color=SOFT,
    )
    if selection.simulated:
        figure.supxlabel(say("Simulated data"), x=0.995, ha="right", fontsize=8, color=SOFT)
    return figure, axes


def write_numbers(axes: Axes, numbers: NDArray[np.int64], shown: NDArray[np.float64]) -> None:
    """Write in each block of colour how many it holds, light on dark and dark on light."""
    middle = np.nanmax(shown, initial=0) / 2
    for (row, column), number in np.ndenumerate(numbers):
        if number:
            axes.text(
                column + 0.5,
                row + 0.5,
                say.decimal(float(number), 0),
                color="white" if shown[row, column] > middle else INK,
                size=7,
                ha="center",
                va="center",
            )


def colour_key(figure: Figure, blocks: QuadMesh, label: str) -> None:
    """Say beside blocks of colour which number each colour stands for."""
    key = figure.colorbar(blocks, shrink=0.8, aspect=25, pad=0.02, format=EvenNumbers())
    key.set_label(label, fontsize=8)
    key.outline.set_visible(False)
