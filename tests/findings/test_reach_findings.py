"""What notebook 03 says of reach that is known, partly known and not known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.reach import reach_per_page
from analysis.findings import reach, reach_measured, reach_modelled, reach_needed
from analysis.selection import Selection
from analysis.showing import Sentence, ShownFigure, ShownTable
from selections import selection, study

PAGES = {"provincie": 6, "gemeente": 6}
RATES = {"provincie": 10.0, "gemeente": 40.0}
POSTS = 20 * 12
FIRST_FOUR = np.arange(POSTS) < 20 * 4
PEOPLE = "unique people"


def known(measured: Any = True, **columns: Any) -> Selection:
    """Pages with 10,000 followers and 50,000 residents, of which some reach 400 people a post."""
    shared = {
        "reach_organic": np.where(measured, 400.0, np.nan),
        "reach_definition": pd.Series(np.where(measured, PEOPLE, None), range(POSTS)),
        "paid": False,
    }
    return selection(PAGES, RATES, **(shared | columns))


def text(found: Selection) -> str:
    return reach.answer(found, reach_per_page(found)).text


def test_what_it_takes_comes_before_what_was_measured() -> None:
    said = text(known())
    assert said.index("it takes **25%**") < said.index("measured on 6 pages: **4.0%**")


def test_the_share_wanted_is_the_studys_own_where_it_has_one() -> None:
    claim = {"below": 0.01, "above": 0.02, "reason": "two numbers on either side of little"}
    of = study(claims={"small_audience_post": claim})
    assert "reach 2.0% of the target group" in text(selection(PAGES, RATES, of=of))


def test_reach_that_was_not_measured_is_an_interval_and_never_one_number() -> None:
    found = known(FIRST_FOUR)
    rows = reach.answer(found, reach_per_page(found)).rows
    modelled = [row for row in rows if row["measure"] == "modelled_reach_rate"]
    assert {row["estimate"] for row in modelled} == {None}
    of_gemeenten = next(row for row in modelled if row["tier"] == "gemeente")
    assert of_gemeenten["low"] < of_gemeenten["high"]
    assert "approximate" in of_gemeenten["method"]


def test_beside_the_model_stands_what_is_not_known_of_it() -> None:
    found = known(FIRST_FOUR)
    table = reach_modelled.not_measured(found, reach_per_page(found))
    assert isinstance(table, ShownTable)
    assert "never tested on real pages" in table.note
    assert "volunteers" in table.note
    assert "4 of 4 measured pages inside" in table.note
    assert "… if interactions say nothing" in set(table.frame[""])


def test_without_any_measured_page_the_benchmarks_are_named() -> None:
    found = selection(PAGES, RATES)
    table = reach_modelled.not_measured(found, reach_per_page(found))
    assert isinstance(table, ShownTable)
    assert "published benchmarks" in table.note


def test_a_total_that_may_be_bought_is_no_organic_reach() -> None:
    found = selection(PAGES, RATES, reach=400.0, reach_definition=PEOPLE)
    said = reach_measured.ordinary_post(found)
    assert isinstance(said, Sentence)
    assert "which posts were paid for is not known" in said.text


def test_paid_stands_beside_organic() -> None:
    boosted = np.arange(POSTS) % 5 == 0
    found = known(reach=np.where(boosted, 4000.0, 400.0), paid=pd.array(boosted, dtype="boolean"))
    drawn = reach_measured.paid_figure(found)
    assert isinstance(drawn, ShownFigure)
    assert "10 times as many" in drawn.alt


def test_the_mean_is_held_against_the_ordinary_post_page_by_page() -> None:
    one_in_twenty = np.arange(POSTS) % 20 == 0
    said = reach_measured.mean_and_ordinary(
        known(reach_organic=np.where(one_in_twenty, 8400.0, 400.0))
    )
    assert "**Gemeenten**" in said.text
    assert "reaches **2 (2 to 2)** times as many" in said.text
    assert {row["measure"] for row in said.rows} == {"mean_over_median_organic_reach"}
    assert {row["n_pages"] for row in said.rows} == {6, 12}


def test_large_pages_are_held_beside_small_ones() -> None:
    followers = np.where(np.arange(POSTS) < POSTS // 2, 5_000.0, 20_000.0)
    said = reach_measured.size_in_words(known(followers_at_posting=followers)).text
    assert "the smaller half (at the middle 5,000 followers) reaches 8.0% of them" in said
    assert "the larger half (20,000) 2.0%" in said
    assert (
        "takes 4 pages of different sizes"
        in reach_measured.size_in_words(selection(PAGES, RATES)).text
    )


def test_kinds_and_months_are_shown_where_they_are_known() -> None:
    table = reach_measured.by_kind(known())
    assert isinstance(table, ShownTable)
    assert list(table.frame[""]) == ["Rests on", "Photo"]
    assert isinstance(reach_measured.by_month(known()), ShownFigure)
    undated = known(published_at=pd.Series(pd.NaT, range(POSTS)).dt.tz_localize("UTC"))
    assert "not measured" in reach_measured.by_month(undated).text


def test_the_number_to_ask_for_names_the_column_and_from_where_on_it_matters() -> None:
    found = selection(PAGES, RATES)
    said = reach_needed.what_to_ask(found, reach_per_page(found)).text
    assert "owners of 12 pages" in said
    assert "Bereik via Organische berichten" in said
    assert "2,500 people per ordinary organic post is 5.0% of the target group" in said


def test_nothing_is_asked_for_where_everything_was_shared() -> None:
    found = known()
    assert "nothing is missing" in reach_needed.what_to_ask(found, reach_per_page(found)).text


@pytest.mark.parametrize("name", ["ordinary_post", "ordinary_post_figure", "by_kind", "by_month"])
def test_without_reach_every_part_says_so(name: str) -> None:
    assert "not measured" in getattr(reach_measured, name)(selection(PAGES, RATES)).text


def test_views_come_with_what_was_counted() -> None:
    table = reach_measured.views(
        selection(PAGES, RATES, views=900.0, views_definition="times on screen")
    )
    assert isinstance(table, ShownTable)
    assert "Counted: times on screen" in table.note
    assert "not measured" in reach_measured.views(selection(PAGES, RATES)).text


def test_one_page_speaks_of_itself() -> None:
    found = selection(PAGES, RATES, page="gemeente-0", reach_organic=400.0, paid=False)
    said = reach.answer(found, reach_per_page(found)).text
    assert "Page gemeente-0" in said
    assert "All tiers" not in said
