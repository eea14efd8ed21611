"""What notebook 02 says of the same interactions under other denominators."""

from __future__ import annotations

import numpy as np

from analysis.findings import engagement
from analysis.showing import Sentence, ShownFigure
from selections import selection

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}


def test_a_ranking_that_cannot_be_made_says_what_it_lacks() -> None:
    said = engagement.ranking_moves(selection(PAGES, RATES)).text
    assert "17 pages" in said
    assert "person reached: a ranking needs at least two pages with both" in said


def test_pages_that_are_alike_but_for_their_audience_keep_their_place() -> None:
    drawn = engagement.ranking_figure(selection(PAGES, RATES))
    assert isinstance(drawn, ShownFigure)
    assert "No page changes place." in drawn.alt


def test_the_figure_takes_every_denominator_that_was_measured() -> None:
    reach = np.random.default_rng(1).integers(100, 5_000, 17 * 20).astype(float)
    drawn = engagement.ranking_figure(selection(PAGES, RATES, reach=reach))
    assert isinstance(drawn, ShownFigure)
    assert "per person reached" in drawn.alt
    assert "place" in drawn.alt.split(".")[1]


def test_without_followers_there_is_no_second_ranking() -> None:
    without = selection(PAGES, RATES, followers_at_posting=np.nan)
    assert isinstance(engagement.ranking_figure(without), Sentence)
