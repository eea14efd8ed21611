"""What notebook 02 says of who reacts, and of the same interactions under other denominators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis.findings import engagement
from analysis.language import speaking
from analysis.showing import Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import selection

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
UNCOUNTED = {"reactions": np.nan, "comments": np.nan, "shares": np.nan}
WITHOUT_FOLLOWERS = {"followers_at_posting": np.nan}
Show = Callable[[Any], Sentence | ShownTable | ShownFigure]
SHOWN: list[Show] = [
    engagement.answer,
    engagement.ordinary_post,
    engagement.ordinary_post_figure,
    engagement.bonson,
    engagement.silence,
    engagement.mean_and_median,
    engagement.spread_figure,
    engagement.concentration,
    engagement.concentration_figure,
    engagement.denominators,
    engagement.ranking_moves,
    engagement.ranking_figure,
    engagement.pooled,
]


def test_a_ranking_that_cannot_be_made_says_what_it_lacks() -> None:
    said = engagement.ranking_moves(selection(PAGES, RATES)).text
    assert "17 pages" in said
    assert "person reached: a ranking needs at least two pages with both" in said


def test_places_are_counted_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = selection(PAGES, RATES)
    assert "17 pages, all in the same place" in engagement.ranking_moves(pages).text

    measures, name = pages.measures.copy(), "interactions_per_1000_target_group"
    ends = [measures[name].idxmax(), measures[name].idxmin()]
    measures.loc[ends, name] = measures.loc[ends[::-1], name].to_numpy()
    monkeypatch.setattr(type(pages), "measures", measures)
    said = engagement.ranking_moves(selection(PAGES, RATES)).text
    assert "of 17 pages, 2 in another place; the middle page moves by 0 places, and" in said


def test_rankings_that_are_the_same_are_said_and_not_drawn() -> None:
    said = engagement.ranking_figure(selection(PAGES, RATES))
    assert isinstance(said, Sentence)
    assert said.text == "The rankings are the same, so there is nothing to draw."


def test_the_figure_takes_every_denominator_that_was_measured() -> None:
    reach = np.random.default_rng(1).integers(100, 5_000, 17 * 20).astype(float)
    drawn = engagement.ranking_figure(selection(PAGES, RATES, reach=reach))
    assert isinstance(drawn, ShownFigure)
    assert "per person reached" in drawn.alt
    assert "place" in drawn.alt.split(".")[1]


def test_without_followers_there_is_no_second_ranking() -> None:
    without = selection(PAGES, RATES, followers_at_posting=np.nan)
    assert isinstance(engagement.ranking_figure(without), Sentence)


def test_what_the_ordinary_post_gets_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = engagement.answer(selection(PAGES, RATES)).text
    assert said.startswith("Dit krijgt het gewone bericht bij de doorsneepagina:")
    assert "interacties per 1.000 volgers (95%-interval 0," in said
    assert "**0%** van de berichten heeft geen opmerking" in said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_of_one_page_its_own_number_is_said(language: Any) -> None:
    with speaking(language):
        said = engagement.answer(selection(PAGES, RATES, page="gemeente-3")).text
        caption = engagement.silence(selection(PAGES, RATES, page="gemeente-3")).caption
    both = f"{said} {caption}"
    assert {"en": "At this page, ", "nl": " bij deze pagina:"}[language] in both
    assert "typical" not in both
    assert "doorsnee" not in both


@pytest.mark.parametrize("page", ["", "gemeente-3"])
@pytest.mark.parametrize(
    "columns", [{}, UNCOUNTED, WITHOUT_FOLLOWERS], ids=["all", "no counts", "no followers"]
)
def test_no_english_is_left_in_dutch(columns: dict[str, Any], page: str) -> None:
    chosen = selection(PAGES, RATES, page=page, **columns)
    with speaking("nl"):
        said = [all_words_of(show(chosen)) for show in SHOWN]
    assert all(said)
    assert not english_left("\n".join(said))


def test_the_ranking_is_drawn_in_dutch() -> None:
    reach = np.random.default_rng(1).integers(100, 5_000, 17 * 20).astype(float)
    with speaking("nl"):
        said = all_words_of(engagement.ranking_figure(selection(PAGES, RATES, reach=reach)))
    assert "per bereikte persoon" in said
    assert not english_left(said)


def test_places_in_a_ranking_are_whole_numbers() -> None:
    reach = np.repeat([5_000.0, 100.0, 900.0], 20)
    drawn = engagement.ranking_figure(
        selection({"provincie": 1, "gemeente": 2}, RATES, reach=reach)
    )
    assert isinstance(drawn, ShownFigure)
    assert all(place == round(place) for place in drawn.figure.axes[0].get_yticks())
