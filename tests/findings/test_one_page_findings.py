"""What a page's own report says of its place in the tier."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from analysis.findings import one_page
from analysis.language import speaking
from analysis.measures.catalogue import CATALOGUE
from analysis.showing import Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import selection

PAGES = {"provincie": 2, "gemeente": 15}
RATES = {"provincie": 10, "gemeente": 10}
WHATS = pytest.mark.parametrize("what", ["interactions", "posts"])


def of_page(page: str = "gemeente-3", **columns: Any):
    return selection(PAGES, RATES, page=page, **columns)


def with_one_far_ahead() -> np.ndarray:
    """Reactions of 17 pages, of which the last has fifty times those of the others."""
    random = np.random.default_rng(2)
    levels = np.append(np.full(16, 10.0), 500.0)
    return np.concatenate([random.poisson(level, 20).astype(float) for level in levels])


@WHATS
def test_a_page_is_told_its_place_and_the_places_it_may_truly_have(what: Any) -> None:
    said = one_page.standing(of_page(), what)
    found = re.search(r"number \*\*(\d+) of 15\*\* .* between (\d+) and (\d+) \(95%", said.text)
    assert found is not None
    place, low, high = map(int, found.groups())
    assert 1 <= low <= place <= high <= 15
    assert [row["page_id"] for row in said.rows] == ["gemeente-3"] * 3
    assert said.rows[0]["estimate"] == place


def test_a_page_far_ahead_stands_out_and_the_others_do_not() -> None:
    reactions = with_one_far_ahead()
    ahead = one_page.standing(of_page("gemeente-14", reactions=reactions), "interactions").text
    amid = one_page.standing(of_page("gemeente-3", reactions=reactions), "interactions").text
    assert "number **1 of 15**" in ahead
    assert "so it stands out" in ahead
    assert "so it stands out" not in amid


def test_a_tier_names_the_pages_that_stand_out_and_says_how_to_see_one() -> None:
    tier = selection(PAGES, RATES, tier="gemeente", reactions=with_one_far_ahead())
    said = one_page.standing(tier, "interactions")
    assert "1 of 15 pages" in said.text
    assert "Page gemeente-14" in said.text
    assert "--page gemeente-0" in said.text
    assert [row["page_id"] for row in said.rows] == ["gemeente-14"]


def test_the_command_for_a_page_without_an_id_can_be_copied() -> None:
    chosen = selection(PAGES, RATES, tier="gemeente")
    chosen.pages["page_id"] = "Gemeente Vaartsluis"

    said = one_page._how_to_get_a_page(chosen)

    assert "--page 'Gemeente Vaartsluis'" in said


def test_what_a_report_says_makes_sense_outside_an_open_notebook() -> None:
    everything, tier = selection(PAGES, RATES), selection(PAGES, RATES, tier="gemeente")
    for several in (everything, tier):
        said = one_page.standing(several, "posts").text
        assert "above" not in said
        like = one_page.like_sized(several)
        assert isinstance(like, Sentence)
        assert not like.text
    drawn = one_page.in_its_tier(everything, "posts")
    assert isinstance(drawn, Sentence)
    assert "above" not in drawn.text


def test_a_page_alone_in_its_tier_is_told_so_and_not_that_followers_are_missing() -> None:
    alone = selection({"provincie": 1, "gemeente": 15}, RATES, page="provincie-0")
    said = one_page.like_sized(alone)
    assert isinstance(said, Sentence)
    assert "no other page of Provincies" in said.text
    assert "not measured" not in said.text


def test_whose_followers_are_missing_is_said() -> None:
    own = selection(PAGES, RATES).study_posts["page_id"] == "gemeente-3"
    followers = {
        "its own followers are not known": np.where(own, np.nan, 10_000.0),
        "the other pages of Gemeenten are not known": np.where(own, 10_000.0, np.nan),
    }
    for reason, known in followers.items():
        said = one_page.like_sized(of_page(followers_at_posting=known))
        assert isinstance(said, Sentence)
        assert reason in said.text


def test_a_page_of_unknown_size_is_held_against_no_pages_of_its_size() -> None:
    own = selection(PAGES, RATES).study_posts["page_id"] == "gemeente-3"
    known = np.where(own, np.nan, 5_000.0)
    said = one_page.standing(of_page(followers_at_posting=known), "posts").text
    assert "like size: **not estimable**. The page's own followers are not known." in said


def test_a_tier_too_small_to_tell_luck_says_so() -> None:
    said = one_page.standing(selection(PAGES, RATES), "interactions").text
    assert "**Provincies**: 2 pages with a rate, too few" in said


def test_the_page_and_its_tier_state_the_same_estimate() -> None:
    reactions = with_one_far_ahead()
    page = one_page.standing(of_page("gemeente-14", reactions=reactions), "interactions")
    tier = selection(PAGES, RATES, tier="gemeente", reactions=reactions)
    assert one_page.standing(tier, "interactions").rows[0] == page.rows[1]


@WHATS
def test_the_funnel_marks_the_page_and_says_where_it_lies(what: Any) -> None:
    drawn = one_page.in_its_tier(of_page(), what)
    assert isinstance(drawn, ShownFigure)
    assert "Page gemeente-3, marked, has" in drawn.alt
    assert "of 15 pages in Gemeenten" in drawn.alt


def test_the_funnel_of_a_tier_marks_none_and_all_tiers_have_no_funnel() -> None:
    tier = one_page.in_its_tier(selection(PAGES, RATES, tier="gemeente"), "interactions")
    assert isinstance(tier, ShownFigure)
    assert "marked" not in tier.alt
    together = one_page.in_its_tier(selection(PAGES, RATES), "interactions")
    assert isinstance(together, Sentence)
    assert "its own tier" in together.text


def test_the_table_puts_the_page_among_pages_of_its_size() -> None:
    followers = np.repeat(np.geomspace(1_000, 100_000, 17), 20)
    shown = one_page.like_sized(of_page("gemeente-3", followers_at_posting=followers))
    assert isinstance(shown, ShownTable)
    assert len(shown.frame) == 12
    assert list(shown.frame["Page"]).count("Page gemeente-3 (this page)") == 1
    sizes = [float(size.replace(",", "")) for size in shown.frame["Followers"][:-1]]
    assert sizes == sorted(sizes)


def test_what_was_not_measured_is_said_and_nothing_else_breaks() -> None:
    silent = of_page(reactions=np.nan)
    assert "not measured" in one_page.standing(silent, "interactions").text
    assert isinstance(one_page.in_its_tier(silent, "interactions"), Sentence)
    undated = of_page(published_precision="none")
    assert "not measured" in one_page.standing(undated, "posts").text
    without_followers = of_page(followers_at_posting=np.nan)
    assert "interactions per post" in one_page.standing(without_followers, "interactions").text
    assert isinstance(one_page.like_sized(without_followers), Sentence)


def test_a_page_alone_in_its_tier_has_no_place() -> None:
    alone = selection({"provincie": 1, "gemeente": 3}, RATES, page="provincie-0")
    assert "is alone in Provincies" in one_page.standing(alone, "interactions").text
    assert isinstance(one_page.in_its_tier(alone, "interactions"), Sentence)


def test_a_measure_of_the_page_is_ringed_among_its_tier() -> None:
    drawn = one_page.among_its_tier(of_page(), CATALOGUE["posts_per_week"])
    assert "Posts per week of 15 pages" in drawn.alt
    assert "Page gemeente-3, ringed: 0.38." in drawn.alt


def test_few_like_pages_give_a_place_and_no_word_on_luck() -> None:
    few = selection({"provincie": 2, "gemeente": 4}, RATES, page="gemeente-1")
    said = one_page.standing(few, "interactions")
    assert "of 4**" in said.text
    assert "Luck is told from more by 5 like pages or more" in said.text
    assert said.rows[1]["estimate"] is None


def test_a_page_is_told_its_place_in_dutch() -> None:
    with speaking("nl"):
        said = one_page.standing(of_page(), "interactions").text
    assert re.search(
        r"staat op plaats \*\*\d+ van 15\*\* in Gemeenten, gerekend naar interacties per ", said
    )
    assert "(95%-interval " in said


@WHATS
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"tier": "gemeente"},
        {"page": "gemeente-14"},
        {"page": "provincie-0"},
        {"page": "gemeente-3", "followers_at_posting": np.nan},
        {"page": "gemeente-3", "reactions": np.nan, "published_precision": "none"},
    ],
    ids=["all", "tier", "far ahead", "few like pages", "no followers", "nothing counted"],
)
def test_no_english_is_left_in_dutch(what: Any, chosen: dict[str, Any]) -> None:
    pages = selection(PAGES, RATES, **{"reactions": with_one_far_ahead()} | chosen)
    with speaking("nl"):
        shown = [
            one_page.standing(pages, what),
            one_page.in_its_tier(pages, what),
            one_page.like_sized(pages),
            one_page.among_its_tier(pages, CATALOGUE["posts_per_week"]),
        ]
        said = "\n".join(map(all_words_of, shown))
    assert not english_left(said)
