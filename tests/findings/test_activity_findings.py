"""What notebook 01 says of how much is sent, and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis.findings import activity
from analysis.language import Language, speaking
from analysis.showing import Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import selection

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
POSTS = 20 * sum(PAGES.values())
UNDATED = {
    "published_at": pd.Series([pd.NaT] * POSTS, dtype="datetime64[ns, UTC]"),
    "published_precision": "none",
    "kind": None,
}
WITH_DAYS_ONLY = {"published_precision": "day"}
Show = Callable[[Any], Sentence | ShownTable | ShownFigure]
SHOWN: list[Show] = [
    activity.answer,
    activity.posts_per_week,
    activity.posts_per_week_figure,
    activity.months_figure,
    activity.rhythm_figure,
    activity.rhythm,
    activity.bursts,
    activity.kinds,
    activity.longest_silence,
]


def test_how_much_was_sent_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = activity.answer(selection(PAGES, RATES)).text
    assert "van 17 pagina’s kwamen 340 berichten, van 1 januari 2023 tot en met 31 dec" in said
    assert "- Provincies, berichten per week: **0,38** (95%-interval 0,38 tot 0,38;" in said


@pytest.mark.parametrize("page", ["", "gemeente-3"])
@pytest.mark.parametrize("columns", [{}, UNDATED, WITH_DAYS_ONLY], ids=["all", "no dates", "days"])
def test_no_english_is_left_in_dutch(columns: dict[str, Any], page: str) -> None:
    chosen = selection(PAGES, RATES, page=page, **columns)
    with speaking("nl"):
        said = [all_words_of(show(chosen)) for show in SHOWN]
    assert all(said)
    assert not english_left("\n".join(said))


def test_days_and_months_are_named_in_the_language_spoken() -> None:
    with speaking("nl"):
        dutch = activity.rhythm_figure(selection(PAGES, RATES))
        assert "maandag" in all_words_of(dutch)
        months = all_words_of(activity.months_figure(selection(PAGES, RATES)))
    assert "mrt" in months
    assert "2023" in months
    assert "Monday" in all_words_of(activity.rhythm_figure(selection(PAGES, RATES)))


def test_what_is_drawn_of_one_page_is_no_mean_over_pages() -> None:
    alone = selection(PAGES, RATES, page="gemeente-3")
    for show in (activity.months_figure, activity.kinds):
        assert "Mean" not in all_words_of(show(alone))
        assert "Mean" in all_words_of(show(selection(PAGES, RATES)))


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("nl", ",")])
def test_numbers_on_an_axis_have_the_marks_of_the_language(language: Language, mark: str) -> None:
    with speaking(language):
        drawn = activity.months_figure(selection(PAGES, RATES))
        assert isinstance(drawn, ShownFigure)
        drawn.figure.draw_without_rendering()
        labels = [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()]
    assert f"1{mark}5" in labels
