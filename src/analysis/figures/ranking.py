"""Figure of how the ranking of pages moves with what interactions are counted per."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import FAINT, INK, canvas, tier_looks
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import count, joined
from analysis.showing import ShownFigure

MOST_NAMED = 12
LEAST_MOVE = 1


def places_of(rates: pd.DataFrame) -> pd.DataFrame:
    """Rank pages in every column, 1 for the highest rate; of equals the first comes first."""
    return rates.rank(ascending=False, method="first").astype(int)


def ranking_by_denominator(
    selection: Selection, rates: pd.DataFrame, names: pd.Series
) -> ShownFigure:
    """Draw the place of every page under each denominator, a line per page.

    Parameters
    ----------
    rates : pandas.DataFrame of float, shape (n_pages, n_denominators)
        Indexed by page; columns say what is counted per, ``per follower``; no value missing, and
        at least one page not in the same place in all.
    names : pandas.Series of str
        Name of each page, with the same index.

    Returns
    -------
    ShownFigure
        The pages that move furthest are named, and all of them where they are few.
    """
    places = places_of(rates)
    moves = (places.max(axis="columns") - places.min(axis="columns")).sort_values(ascending=False)
    named = moves.index[:MOST_NAMED]
    figure, axes = canvas(
        selection,
        say("How the ranking of pages moves with the denominator"),
        say("1 = most interactions. n = {pages}", pages=count(len(places), "page")),
        height=1.6 + 0.2 * min(len(places), 30),
    )
    looks = tier_looks(selection.study.tier_names)
    tiers = selection.pages.set_index("page_id")["tier"].reindex(places.index)
    for page, of_page in places.iterrows():
        _line(axes, of_page, looks[tiers[str(page)]].colour if page in named else FAINT)
    _names(axes, places.loc[named], names)
    axes.set_xticks(range(places.shape[1]), list(places.columns))
    axes.set_xlim(-0.15, places.shape[1] - 1 + 0.75)
    axes.set_ylim(len(places) + 0.6, 0.4)
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True))
    axes.set_ylabel(say("place in the ranking"))
    return ShownFigure(figure, _alt(places, moves, names))


def _line(axes: Axes, places: pd.Series, colour: str) -> None:
    named = colour != FAINT
    axes.plot(
        np.arange(len(places)),
        places.to_numpy(),
        color=colour,
        marker="o",
        markersize=4,
        linewidth=1.6 if named else 1.0,
        zorder=2 if named else 1,
    )


def _names(axes: Axes, places: pd.DataFrame, names: pd.Series) -> None:
    """Name lines at their right end, in which no two pages have the same place."""
    last = places.shape[1] - 1
    for page, place in places.iloc[:, last].items():
        axes.annotate(
            str(names[str(page)]),
            xy=(last, place),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
            color=INK,
        )


def _alt(places: pd.DataFrame, moves: pd.Series, names: pd.Series) -> str:
    said = [
        say(
            "Places of {pages} ranked {ways}.",
            pages=count(len(places), "page"),
            ways=joined(list(places.columns)),
        )
    ]
    for page in moves[moves >= LEAST_MOVE].index[:MOST_NAMED]:
        of_page = joined([f"{place} {column}" for column, place in places.loc[page].items()])
        said.append(say("{page}: place {places}.", page=names[page], places=of_page))
    return " ".join(said)
