"""What notebook 05 says of posts whose purpose and response are known."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.content.rules import classes
from analysis.findings import content, responses
from analysis.findings.post_purposes import Content
from analysis.language import speaking
from analysis.registers.post_codes import COLUMNS
from analysis.selection import Selection
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.study import Study
from drawn import texts
from dutch import all_words_of, english_left
from selections import POSTS_PER_PAGE, selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 20.0, "gemeente": 40.0}
CRISIS, SERVICE, GREETING = "Grote brand in de haven", "De balie is gesloten", "Gefeliciteerd!"
MESSAGES = [CRISIS] * 5 + [SERVICE] * 8 + [GREETING] * 7
N_PAGES = sum(PAGES.values())
SHOWN: dict[str, Callable[[Content], Any]] = {
    "answer": content.answer,
    "rules": content.rules,
    "agreement": content.agreement,
    "shares": lambda posts: content.shares(posts, "purpose"),
    "strategies": lambda posts: content.shares(posts, "strategy"),
    "shares figure": lambda posts: content.shares_figure(posts, "purpose"),
    "strategies figure": lambda posts: content.shares_figure(posts, "strategy"),
    "ratios": lambda posts: responses.ratios(posts, "purpose"),
    "ratios figure": lambda posts: responses.ratios_figure(posts, "purpose"),
    "kinds": lambda posts: responses.ratios(posts, "kind"),
    "clicks": lambda posts: responses.ratios(posts, "purpose", "link_clicks"),
    "ordinary posts": responses.ordinary_posts,
    "reaction kinds": responses.reaction_kinds,
    "anger": responses.anger,
    "tail in words": responses.tail_in_words,
    "tails figure": responses.tails_figure,
    "crisis tail": responses.crisis_tail,
}


def loud_crises(times: float) -> np.ndarray:
    """Reactions of every post; a crisis post gets ``times`` as many as the others."""
    random = np.random.default_rng(5)
    levels = np.repeat(np.exp(random.normal(3, 0.5, N_PAGES)), POSTS_PER_PAGE)
    is_crisis = np.tile([message == CRISIS for message in MESSAGES], N_PAGES)
    return random.poisson(levels * np.where(is_crisis, times, 1)).astype(float)


def chosen(*, of: Study | None = None, times: float = 5.0, **columns: Any) -> Selection:
    usual: dict[str, Any] = {
        "message": MESSAGES * N_PAGES,
        "reactions": loud_crises(times),
        "comments": 0.0,
    }
    return selection(PAGES, RATES, of=of, **(usual | columns))


def chosen_page(page: str, *, of: Study | None = None) -> Selection:
    messages = MESSAGES * N_PAGES
    return selection(PAGES, RATES, page=page, of=of, message=messages, reactions=loud_crises(5))


def coded_by(folder: Path, *coders: dict[str, str]) -> Study:
    """A study with hand codes of the posts of two pages: per coder, a purpose for every text."""
    rows = [
        ("facebook", page, f"post {number}", f"coder {i}", purposes[message], "push")
        for i, purposes in enumerate(coders)
        for page, (number, message) in itertools.product(
            ("gemeente-0", "provincie-0"), enumerate(MESSAGES)
        )
    ]
    path = folder / "codes.csv"
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(path, index=False)
    return study(hand_codes=str(path))


RIGHT = {CRISIS: "crisis", SERVICE: "service", GREETING: "symbolic"}


@pytest.fixture(scope="module")
def reliable(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Posts of which two coders and the rules agree."""
    of = coded_by(tmp_path_factory.mktemp("codes"), RIGHT, RIGHT)
    return content.classify(chosen(of=of))


@pytest.fixture(scope="module")
def one_reliable_page(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """One page of such posts."""
    of = coded_by(tmp_path_factory.mktemp("codes"), RIGHT, RIGHT)
    return content.classify(chosen_page("gemeente-2", of=of))


def test_the_answer_says_what_posts_are_for_and_which_get_more(reliable: Content) -> None:
    said = content.answer(reliable).text
    assert "**Gemeenten**: most often **service**, 40% of the posts" in said
    assert "then symbolic 35% and crisis 25%" in said
    assert "**crisis** posts get" in said
    assert "times as much" in said


def test_the_ratio_is_the_one_that_was_put_in(reliable: Content) -> None:
    table = responses.ratios(reliable, "purpose")
    assert isinstance(table, ShownTable)
    row = next(row for row in table.rows if "purpose = crisis" in row["definition"])
    assert row["low"] < 5 < row["high"]
    assert row["versus"] == "other posts of the same page"
    said = dict(zip(table.frame["Purpose"], table.frame["What may be said"], strict=True))
    assert said["crisis"] == "more"
    assert said["service"] == "less"


def test_what_posts_are_for_is_said_in_dutch(reliable: Content) -> None:
    with speaking("nl"):
        said = content.answer(reliable).text
    assert "**Gemeenten**: meestal **dienstverlening**, 40% van de berichten" in said
    assert "daarna symbolisch 35% en crisis 25%" in said
    assert "**crisis** krijgt" in said


@pytest.mark.parametrize("name", SHOWN)
def test_every_result_is_dutch_in_a_dutch_study(
    name: str, reliable: Content, one_reliable_page: Content
) -> None:
    uncoded = content.classify(chosen(reactions_angry=1.0, reactions_sad=0.0))
    wordless = content.classify(chosen(message=None, reactions=np.nan, kind=None))
    with speaking("nl"):
        for posts in (reliable, one_reliable_page, uncoded, wordless):
            assert not english_left(all_words_of(SHOWN[name](posts)))


def test_a_rule_has_its_example_in_the_language_of_the_study(reliable: Content) -> None:
    assert "Flood warning for the lower town" in content.rules(reliable).frame["Example"][0]
    with speaking("nl"):
        assert "Grote brand op het haventerrein" in content.rules(reliable).frame["Voorbeeld"][0]


def test_no_difference_shown_is_not_said_to_be_none(tmp_path: Path) -> None:
    alike = content.classify(chosen(of=coded_by(tmp_path, RIGHT, RIGHT), times=1.0))
    assert "which is not the same as no difference" in content.answer(alike).text


def test_without_hand_codes_no_conclusion_is_drawn() -> None:
    posts = content.classify(chosen())
    said = content.answer(posts).text
    assert "**No conclusion rests on these classes**" in said
    assert "times as much" not in said
    table = responses.ratios(posts, "purpose")
    assert isinstance(table, ShownTable)
    assert set(table.frame["What may be said"]) == {"nothing: the class is not reliable"}
    agreement = content.agreement(posts)
    assert isinstance(agreement, Sentence)
    assert "--what posts" in agreement.text


def test_a_class_on_which_coders_disagree_carries_no_conclusion(tmp_path: Path) -> None:
    other = RIGHT | {SERVICE: "symbolic", GREETING: "service"}
    posts = content.classify(chosen(of=coded_by(tmp_path, RIGHT, other)))
    said = content.answer(posts).text
    assert "**crisis** posts get" in said
    assert "**service** posts get" not in said
    assert "No conclusion rests on service and symbolic" in said


def test_hand_codes_come_before_the_rules(tmp_path: Path) -> None:
    by_hand = RIGHT | {GREETING: "campaign"}
    posts = content.classify(chosen(of=coded_by(tmp_path, by_hand, by_hand)))
    table = posts.selection.posts
    greetings = table[table["message"] == GREETING].groupby("page_id")["purpose"].unique()
    assert list(greetings["gemeente-0"]) == ["campaign"]
    assert list(greetings["gemeente-1"]) == ["symbolic"]
    assert posts.n_by_hand == 2 * POSTS_PER_PAGE


def test_coders_who_are_divided_leave_the_post_to_the_rules(tmp_path: Path) -> None:
    other = RIGHT | {GREETING: "campaign"}
    posts = content.classify(chosen(of=coded_by(tmp_path, RIGHT, other)))
    table = posts.selection.posts
    assert set(table.loc[table["message"] == GREETING, "purpose"]) == {"symbolic"}


def test_the_table_of_agreement_carries_both_alphas_of_every_class(reliable: Content) -> None:
    table = content.agreement(reliable)
    assert isinstance(table, ShownTable)
    assert len(table.rows) == 2 * sum(len(of.names) for of in classes().values())
    assert {row["measure"] for row in table.rows} == {"krippendorff_alpha"}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize(
    "missing",
    [
        {},
        {"message": None},
        {"reactions": np.nan},
        {"followers_at_posting": np.nan},
        {"message": None, "reactions": np.nan, "kind": None},
        {"message": "Woorden zonder doel"},
        {"message": CRISIS},
        {"reactions": 0.0, "comments": 0.0},
    ],
    ids=[
        "all there",
        "texts",
        "counts",
        "followers",
        "nearly all",
        "purpose",
        "others",
        "response",
    ],
)
def test_whatever_is_missing_is_said_in_words(name: str, missing: dict[str, Any]) -> None:
    shown = SHOWN[name](content.classify(chosen(**missing)))
    assert isinstance(shown, Sentence | ShownTable | ShownFigure)
    plain = shown._repr_mimebundle_()
    text = (plain[0] if isinstance(plain, tuple) else plain)["text/plain"]
    for word in ("nan", "NaN", "None ", "<NA>"):
        assert word not in text
    assert text


@pytest.mark.parametrize("tier", ["gemeente", "provincie"])
def test_a_tier_speaks_of_its_own_posts(tier: str) -> None:
    columns = {"message": MESSAGES * N_PAGES, "reactions": loud_crises(5)}
    posts = content.classify(selection(PAGES, RATES, tier=tier, **columns))
    table = content.shares(posts, "purpose")
    assert isinstance(table, ShownTable)
    assert {row["tier"] for row in table.rows} == {tier}
    assert {row["n_pages"] for row in table.rows} == {PAGES[tier]}


def test_one_page_gets_numbers_and_no_interval() -> None:
    columns = {"message": MESSAGES * N_PAGES, "reactions": loud_crises(5)}
    posts = content.classify(selection(PAGES, RATES, page="gemeente-2", **columns))
    assert content.answer(posts).text.startswith("What the posts of this page are for")
    table = responses.ratios(posts, "kind")
    assert isinstance(table, ShownTable)
    assert set(table.frame["What may be said"]) == {
        "nothing: no page has 5 such posts and 5 others"
    }


def test_why_nothing_may_be_said_is_dutch_too() -> None:
    posts = content.classify(chosen_page("gemeente-2"))
    with speaking("nl"):
        table = responses.ratios(posts, "kind")
    assert isinstance(table, ShownTable)
    assert set(table.frame["Wat er te zeggen valt"]) == {
        "niets: geen pagina heeft 5 zulke berichten en 5 andere"
    }


def test_a_note_on_the_typical_page_speaks_of_the_one_page_that_is_shown() -> None:
    columns = {"reactions_angry": 1.0, "reactions_sad": 0.0, "message": MESSAGES * N_PAGES}
    table = responses.anger(content.classify(selection(PAGES, RATES, page="gemeente-2", **columns)))
    assert isinstance(table, ShownTable)
    assert table.note.startswith("Share of reactions at this page.")


def test_one_page_stands_beside_the_typical_page_of_its_tier() -> None:
    other_page = [GREETING] * POSTS_PER_PAGE
    messages = other_page + MESSAGES * (N_PAGES - 1)
    posts = content.classify(
        selection(PAGES, RATES, page="provincie-0", message=messages, reactions=loud_crises(5))
    )
    table = content.shares(posts, "purpose")
    assert isinstance(table, ShownTable)
    rows = table.frame.set_index("")
    assert rows.loc["symbolic", "Page provincie-0"] == "100%"
    assert rows.loc["symbolic", "Typical page, Provincies"].startswith("35%")
    assert {row["page_id"] for row in table.rows} == {"provincie-0"}


def test_texts_that_the_study_leaves_out_are_asked_for() -> None:
    of = study(privacy={"leave_out_messages": True})
    said = content.answer(content.classify(chosen(of=of, message=None))).text
    assert "`leave_out_messages = false`" in said


def test_clicks_are_compared_where_they_were_measured(reliable: Content) -> None:
    missing = responses.ratios(reliable, "purpose", "link_clicks")
    assert isinstance(missing, Sentence)
    assert "insights" in missing.text
    clicked = content.classify(chosen(link_clicks=loud_crises(3)))
    table = responses.ratios(clicked, "purpose", "link_clicks")
    assert isinstance(table, ShownTable)
    assert table.rows[0]["measure"] == "mean_link_clicks_per_1000_followers"


def test_anger_is_counted_by_purpose() -> None:
    reactions = loud_crises(5)
    is_crisis = np.tile([message == CRISIS for message in MESSAGES], N_PAGES)
    angry = np.where(is_crisis, np.floor(reactions / 2), 0.0)
    posts = content.classify(chosen(reactions=reactions, reactions_angry=angry, reactions_sad=0.0))
    table = responses.anger(posts)
    assert isinstance(table, ShownTable)
    values = {
        row["measure"]: row["estimate"]
        for row in table.rows
        if row["measure"].startswith("share_angry")
    }
    assert values["share_angry_crisis"] == pytest.approx(0.5, abs=0.02)
    assert values["share_angry_service"] == 0


def test_the_tail_says_what_crisis_posts_weigh(reliable: Content) -> None:
    said = responses.tail_in_words(reliable)
    assert "At the typical page 25% of the posts are crisis posts (95% interval" in said.text
    assert f"; {N_PAGES} pages, " in said.text
    table = responses.crisis_tail(reliable)
    assert isinstance(table, ShownTable)
    shares = {row["measure"]: row["estimate"] for row in table.rows if row["tier"] == "all"}
    assert shares["crisis_in_top_tenth"] == 1
    assert shares["crisis_share_of_interactions"] > 0.5
    assert [row["estimate"] for row in said.rows] == [shares["crisis_share_of_interactions"]]


def test_the_tail_is_that_of_the_typical_page_and_not_of_the_largest(tmp_path: Path) -> None:
    reactions = loud_crises(1.0)
    is_crisis = np.tile([message == CRISIS for message in MESSAGES], N_PAGES)
    reactions[:POSTS_PER_PAGE] = np.where(is_crisis[:POSTS_PER_PAGE], 1e6, 0.0)
    posts = content.classify(chosen(of=coded_by(tmp_path, RIGHT, RIGHT), reactions=reactions))
    (share,) = responses.tail_in_words(posts).rows
    assert share["estimate"] < 0.5
    assert share["n_pages"] == N_PAGES


def test_pages_that_each_have_another_purpose_have_no_usual_one() -> None:
    texts = [CRISIS, SERVICE, GREETING]
    messages = [texts[page % 3] for page in range(N_PAGES) for _ in range(POSTS_PER_PAGE)]
    said = content.answer(content.classify(chosen(message=messages))).text
    assert "no purpose is found on more than half of the pages" in said


def test_the_posts_of_the_whole_study_have_a_purpose_whichever_page_is_chosen() -> None:
    one_page = content.classify(chosen_page("gemeente-2")).selection.study_measures
    everything = content.classify(chosen()).selection.measures
    pd.testing.assert_series_equal(
        one_page["share_purpose_crisis"], everything["share_purpose_crisis"]
    )


BRACKETS = re.compile(r"\(.+ to .+\)")


@pytest.mark.parametrize("n_pages", [3, 9])
@pytest.mark.parametrize("name", SHOWN)
def test_intervals_are_explained_where_there_are_any(name: str, n_pages: int) -> None:
    few = {"message": MESSAGES * n_pages, "comments": 0.0}
    posts = content.classify(selection({"gemeente": n_pages}, RATES, **few))
    shown = SHOWN[name](posts)
    if isinstance(shown, ShownTable):
        has_brackets = bool(BRACKETS.search(shown.frame.to_csv(index=False)))
        assert ("In brackets" in shown.note) == has_brackets
    elif isinstance(shown, ShownFigure):
        said = " ".join(texts(shown))
        assert ("95% interval" in said) == (n_pages == 9 and name != "tails figure")
