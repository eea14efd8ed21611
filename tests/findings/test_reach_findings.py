"""What notebook 03 says of reach that is known, partly known and not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.reach import reach_per_page
from analysis.findings import page_days, reach, reach_measured, reach_modelled, reach_needed
from analysis.ingest.passport import Passport
from analysis.language import Language, say, speaking
from analysis.selection import Selection, select
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.sources.definitions import (
    CONTENT_LIBRARY_VIEWS,
    IMPRESSIONS,
    INSTAGRAM_VIDEO_VIEWS,
    REACH,
    THREE_SECOND_VIDEO_VIEWS,
    VIEWS,
)
from dutch import all_words_of, english_left
from one_page import OF_SEVERAL
from selections import selection, study, tables

PAGES = {"provincie": 6, "gemeente": 6}
RATES = {"provincie": 10.0, "gemeente": 40.0}
POSTS = 20 * 12
FIRST_FOUR = np.arange(POSTS) < 20 * 4
PEOPLE = "unique people"
OF_THE_SELECTION = (
    reach_measured.definition,
    reach_measured.ordinary_post,
    reach_measured.ordinary_post_figure,
    reach_measured.mean_and_ordinary,
    reach_measured.size_in_words,
    reach_measured.by_kind,
    reach_measured.by_month,
    reach_measured.paid,
    reach_measured.paid_figure,
    reach_measured.views,
    page_days.ordinary_day,
)
OF_ITS_REACH = (
    reach.answer,
    reach_needed.break_even,
    reach_needed.what_to_ask,
    reach_modelled.by_size,
    reach_modelled.not_measured,
    reach_modelled.not_measured_figure,
)
"""Every finding of the notebook, by what it takes."""


def known(measured: Any = True, **columns: Any) -> Selection:
    """Pages with 10,000 followers and 50,000 residents, of which some reach 400 people a post."""
    shared = {
        "reach_organic": np.where(measured, 400.0, np.nan),
        "reach_definition": pd.Series(np.where(measured, PEOPLE, None), range(POSTS)),
        "paid": False,
    }
    return selection(PAGES, RATES, **(shared | columns))


def boosted(**columns: Any) -> Selection:
    """Every fifth post boosted, with ten times the reach."""
    paid = np.arange(POSTS) % 5 == 0
    reached = np.where(paid, 4000.0, 400.0)
    return known(reach=reached, paid=pd.array(paid, dtype="boolean"), **columns)


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


def test_reach_without_followers_is_measured_and_is_a_number_of_people() -> None:
    found = known(followers_at_posting=np.nan)
    said = text(found)
    assert "what it takes is **not known** without the number of followers" in said
    assert "reach per follower is **not measured**, as the data have no followers" in said
    assert "an ordinary post reaches **400 people**" in said
    assert "reach is **not measured**" not in said
    drawn = reach_modelled.not_measured_figure(found, reach_per_page(found))
    assert isinstance(drawn, Sentence)
    assert "reach is measured, and these data have no followers" in drawn.text


def test_what_is_lacking_is_named_and_nothing_else() -> None:
    found = without_target_groups()
    assert "**not known** without the size of the target group;" in text(found)
    said = reach_needed.break_even(found, reach_per_page(found))
    assert isinstance(said, Sentence)
    assert "followers" not in said.text
    no_followers = without_target_groups(followers_at_posting=np.nan)
    asked = reach_needed.what_to_ask(no_followers, reach_per_page(no_followers)).text
    assert "reach is a number of people, and no share of anybody" in asked


def without_target_groups(**columns: Any) -> Selection:
    made = tables(PAGES, RATES, **columns)
    made = replace(made, audiences=made.audiences.assign(size=np.nan))
    where = {"tier": "all", "page": "", "platform": "facebook"}
    return select(study(), Path(), made, Passport.model_construct(), **where)


def test_a_share_of_a_target_group_of_unknown_size_lacks_that_size_and_no_followers() -> None:
    found = without_target_groups()
    table = reach_modelled.not_measured(found, reach_per_page(found))
    assert isinstance(table, ShownTable)
    assert "how many people the pages want to reach is not known" in table.note.lower()
    assert "without the followers" not in table.note


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
    drawn = reach_measured.paid_figure(boosted())
    assert isinstance(drawn, ShownFigure)
    assert "10 times as many" in drawn.alt


def test_a_page_that_reaches_nobody_is_not_drawn_where_nobody_has_no_place() -> None:
    """A logarithmic scale has no zero."""
    found = boosted(reach_organic=np.where(np.arange(POSTS) < POSTS // 2, 0.0, 400.0))
    drawn = reach_measured.paid_figure(found)
    assert isinstance(drawn, ShownFigure)
    assert "of 6 pages" in drawn.alt
    bounds = reach_modelled.not_measured_figure(found, reach_per_page(found))
    assert isinstance(bounds, ShownFigure)
    assert "6 pages measured" in bounds.alt


def test_reach_of_nobody_is_not_called_unmeasured() -> None:
    found = known(reach_organic=0.0)
    for finding in (reach_modelled.by_size, reach_modelled.not_measured_figure):
        said = finding(found, reach_per_page(found))
        assert isinstance(said, Sentence)
        assert "reaches nobody" in said.text


def test_boosted_posts_are_counted_beside_the_organic_ones() -> None:
    table = reach_measured.paid(boosted())
    assert isinstance(table, ShownTable)
    assert list(table.frame[""][:2]) == ["Organic: rests on", "Boosted: rests on"]
    assert list(table.frame["Gemeenten"][:2]) == ["6 pages, 96 posts", "6 pages, 24 posts"]
    assert list(table.frame["All tiers"][:2]) == ["12 pages, 192 posts", "12 pages, 48 posts"]


def test_a_tier_without_boosted_posts_has_none() -> None:
    of_provincies = np.arange(POSTS) < POSTS // 2
    paid = pd.array(of_provincies & (np.arange(POSTS) % 5 == 0), dtype="boolean")
    table = reach_measured.paid(known(paid=paid))
    assert isinstance(table, ShownTable)
    assert list(table.frame["Gemeenten"][:2]) == ["6 pages, 120 posts", "not a single page"]


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


def test_a_table_of_kinds_rests_on_the_posts_of_all_of_them() -> None:
    kinds = ["photo"] * 12 + ["video"] * 6 + ["link"] * 2
    table = reach_measured.by_kind(known(kind=kinds * 12))
    assert isinstance(table, ShownTable)
    assert list(table.frame[""]) == ["Rests on", "Photo", "Video", "Link"]
    assert table.frame["Gemeenten"][0] == "6 pages, 108 posts"
    assert table.frame["Gemeenten"][3] == "not estimable"
    assert "Link: no page has 5 posts of this kind" in table.note


def test_the_number_to_ask_for_names_the_column_and_from_where_on_it_matters() -> None:
    found = selection(PAGES, RATES)
    said = reach_needed.what_to_ask(found, reach_per_page(found)).text
    assert "owners of 12 pages" in said
    assert "Bereik via Organische berichten" in said
    assert "2,500 people per ordinary organic post is 5.0% of the target group" in said


def test_nothing_is_asked_for_where_everything_was_shared() -> None:
    found = known()
    assert "nothing is missing" in reach_needed.what_to_ask(found, reach_per_page(found)).text


@pytest.mark.parametrize("name", ["ordinary_post", "by_kind"])
def test_without_reach_every_section_says_so(name: str) -> None:
    assert "not measured" in getattr(reach_measured, name)(selection(PAGES, RATES)).text


@pytest.mark.parametrize("name", ["ordinary_post_figure", "mean_and_ordinary", "by_month"])
def test_without_reach_a_section_says_so_once(name: str) -> None:
    assert getattr(reach_measured, name)(selection(PAGES, RATES)).text == ""


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


def shown_of(found: Selection) -> Iterator[Sentence | ShownTable | ShownFigure]:
    """Everything that the notebook shows."""
    reached = reach_per_page(found)
    for finding in OF_THE_SELECTION:
        yield finding(found)
    for finding in OF_ITS_REACH:
        yield finding(found, reached)


def of_sizes(**columns: Any) -> Selection:
    """Pages of two sizes, of which some shared their reach."""
    followers = np.where(np.arange(POSTS) % 40 < 20, 5_000.0, 20_000.0)
    return known(FIRST_FOUR, followers_at_posting=followers, **columns)


def of_shared_group(**columns: Any) -> Selection:
    """Provincies that all want to reach the same people."""
    tiers = [
        {"name": "provincie", "label": "Provincies", "census": True, "audience": "shared"},
        {"name": "gemeente", "label": "Gemeenten"},
    ]
    return selection(PAGES, RATES, of=study(tiers=tiers), **columns)


OFFICIAL = {"reach_definition": REACH[1].text}
SEEN: dict[str, Callable[[], Selection]] = {
    "all measured": lambda: known(**OFFICIAL),
    "some measured": lambda: of_sizes(**OFFICIAL),
    "none measured": lambda: selection(PAGES, RATES),
    "boosted": lambda: boosted(**OFFICIAL),
    "total that may be bought": lambda: selection(PAGES, RATES, reach=400.0, **OFFICIAL),
    "reach of nobody": lambda: selection(PAGES, RATES, reach_organic=[0.0] * 239 + [5.0]),
    "definition not stated": lambda: known(reach_definition=None),
    "few of a kind": lambda: known(kind=(["photo"] * 17 + ["text"] * 3) * 12, **OFFICIAL),
    "no kinds": lambda: known(kind=None, **OFFICIAL),
    "no dates": lambda: known(
        published_at=pd.Series(pd.NaT, range(POSTS)).dt.tz_localize("UTC"), **OFFICIAL
    ),
    "no followers": lambda: known(followers_at_posting=np.nan, **OFFICIAL),
    "no target groups": without_target_groups,
    "neither followers nor target groups": lambda: without_target_groups(
        followers_at_posting=np.nan, reach_organic=400.0, paid=False, **OFFICIAL
    ),
    "shared target group": of_shared_group,
    "views": lambda: selection(PAGES, RATES, views=900.0, views_definition=VIEWS[0].text),
    "one tier": lambda: selection(PAGES, RATES, tier="gemeente"),
    "one page": lambda: selection(
        PAGES, RATES, page="gemeente-0", reach_organic=400.0, paid=False, **OFFICIAL
    ),
    "one page that boosts": lambda: boosted(page="gemeente-0", **OFFICIAL),
    "one page not measured": lambda: selection(PAGES, RATES, page="gemeente-0"),
}


def test_whom_a_post_reaches_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = text(known(FIRST_FOUR))
    assert said.startswith("Welk deel van de volgers een gewoon organisch bericht moet bereiken om")
    assert "nodig is **25%**; gemeten bij 4 pagina’s: **4,0%**; bij 2 pagina’s" in said
    assert "bij 2 pagina’s is het bereik niet gemeten, en volgens een model is het **tussen" in said


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", [name for name in SEEN if name.startswith("one page")])
def test_one_page_has_no_middle_page_and_no_middle_target_group(
    name: str, language: Language
) -> None:
    with speaking(language):
        said = [all_words_of(shown) for shown in shown_of(SEEN[name]())]
    assert not [words for words in said if OF_SEVERAL[language].search(words)]


@pytest.mark.parametrize("name", SEEN)
def test_no_english_is_left_in_dutch(name: str) -> None:
    with speaking("nl"):
        for shown in shown_of(SEEN[name]()):
            assert english_left(all_words_of(shown)) == []


@pytest.mark.parametrize("name", ["some measured", "boosted", "shared target group", "one page"])
def test_results_are_the_same_in_every_language(name: str) -> None:
    """Only what a reader sees is translated: results of several studies are put together."""
    found = SEEN[name]()
    in_english = [getattr(shown, "rows", ()) for shown in shown_of(found)]
    with speaking("nl"):
        assert [getattr(shown, "rows", ()) for shown in shown_of(found)] == in_english


@pytest.mark.parametrize(
    "definition",
    [
        *(definition.text for definition in (*REACH, *IMPRESSIONS, *VIEWS)),
        THREE_SECOND_VIDEO_VIEWS,
        INSTAGRAM_VIDEO_VIEWS,
        CONTENT_LIBRARY_VIEWS,
    ],
)
def test_what_was_counted_is_said_in_dutch(definition: str) -> None:
    with speaking("nl"):
        said = say.reason(definition)
    assert said != definition
    assert english_left(said) == []


def test_months_are_named_in_dutch() -> None:
    with speaking("nl"):
        drawn = reach_measured.by_month(known(**OFFICIAL))
    assert isinstance(drawn, ShownFigure)
    named = [label.get_text() for label in drawn.figure.axes[0].get_xticklabels()]
    assert named[:5] == ["jan", "feb", "mrt", "apr", "mei"]
    assert "van 4,0% in januari 2023" in drawn.alt
