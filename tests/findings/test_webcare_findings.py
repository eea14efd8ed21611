"""What notebook 04 says of pages of which it is known what they answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.coding.error_rates import error_rate
from analysis.findings import webcare, webcare_doubts, webcare_speed
from analysis.findings.asked import Asked, gather
from analysis.ingest.processed import CODING
from analysis.language import Language, speaking
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import Coding, ErrorRate, rules_sha256
from analysis.selection import Selection
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import comments, selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
ASKED = {"provincie": 25, "gemeente": 20}
ANSWERED = {"provincie": 0, "gemeente": 12}
FINDINGS: tuple[Callable[[Asked], Sentence | ShownTable | ShownFigure], ...] = (
    webcare.answer,
    webcare.to_answer,
    webcare.few_questions,
    webcare.reply_rates,
    webcare.rates_figure,
    webcare.never_reply,
    webcare_speed.how_soon,
    webcare_speed.waiting_figure,
    webcare_speed.by_moment,
    webcare_speed.by_hour_figure,
    webcare_doubts.missing_replies,
    webcare_doubts.errors_of_the_rules,
)
COMMENTS_ALONE: dict[str, Any] = {
    "raw": {"comments": [{"path": "comments.json", "simulated": True}]},
    "register_of_pages": "register.csv",
}
UNDER = comments(PAGES, ASKED, ANSWERED)


def asked(under: pd.DataFrame = UNDER, **more: Any) -> Asked:
    return gather(selection(PAGES, RATES, under=under, **more))


def words(shown: Sentence | ShownTable | ShownFigure) -> str:
    """All that a reader gets to see or hear."""
    if isinstance(shown, Sentence):
        return shown.text
    if isinstance(shown, ShownFigure):
        return shown.alt
    return f"{shown.frame.to_csv(index=False)} {shown.note}"


def cells(shown: Sentence | ShownTable | ShownFigure, line: str) -> dict[str, str]:
    """The cells of a table's line, by column."""
    assert isinstance(shown, ShownTable)
    frame = shown.frame.set_index(shown.frame.columns[0])
    return {str(name): str(cell) for name, cell in frame.loc[line].items()}


def numbers(shown: Sentence | ShownTable | ShownFigure, measure: str, tier: str) -> list[Any]:
    """The values that something shown carries for a measure and a tier."""
    assert not isinstance(shown, ShownFigure)
    found = [row for row in shown.rows if (row["measure"], row["tier"]) == (measure, tier)]
    return [row["estimate"] for row in found]


def test_the_answer_states_the_mean_pages_rate_for_every_tier() -> None:
    said = webcare.answer(asked())
    # Twelve and thirteen of twenty in turn, on nine pages.
    assert numbers(said, "reply_rate", "gemeente")[0] == pytest.approx((5 * 12 + 4 * 13) / 180)
    assert "**Gemeenten**: **62%** (about 95% interval" in said.text
    assert "**62%** within 24 hours" in said.text
    assert "9 pages, 180 comments" in said.text
    assert "380 of them (100%) need an answer" in said.text


def test_the_answer_says_whose_rate_it_is() -> None:
    assert webcare.answer(asked()).text.startswith("At the mean page, of the comments that need")
    assert webcare.answer(asked(page="gemeente-1")).text.startswith("Of the comments that need")


def test_without_comments_the_chapter_ends_with_what_it_takes() -> None:
    said = webcare.answer(asked(UNDER.iloc[:0]))
    assert isinstance(said, LastSentence)
    assert "these data hold no comments" in said.text
    assert not isinstance(webcare.answer(asked(UNDER.assign(parent_id=None))), LastSentence)


def test_comments_that_were_not_read_are_not_counted_as_needing_no_answer() -> None:
    is_top, even = UNDER["parent_id"].isna(), np.arange(len(UNDER)) % 2 == 0
    half_read = UNDER.assign(needs_answer=UNDER["needs_answer"].mask(is_top & even))
    n_read = int(half_read["needs_answer"].notna().sum())
    said = webcare.answer(asked(half_read)).text
    assert f"{n_read} of the {n_read} whose text was read (100%) need an answer" in said
    counted = cells(webcare.to_answer(asked(half_read)), "… whose text was read")
    assert counted["All tiers"] == str(n_read)


def test_what_rests_on_rules_is_labelled_approximate() -> None:
    said = webcare.answer(asked())
    assert all(row["method"].endswith("(approximate)") for row in said.rows)
    assert "How often the rules err is not in these intervals." in said.text


@pytest.mark.parametrize(("language", "about"), [("en", "about"), ("nl", "ongeveer")])
@pytest.mark.parametrize("figure", [webcare.rates_figure, webcare_speed.waiting_figure])
def test_a_figure_calls_approximate_what_the_text_does(
    figure: Callable[[Asked], Sentence | ShownFigure], language: Language, about: str
) -> None:
    not_read = UNDER.assign(
        needs_answer=None, redirects=pd.array([None] * len(UNDER), dtype="boolean")
    )
    with speaking(language):
        assert f"{about} 95%" in all_words_of(figure(asked()))
        without_rules = all_words_of(figure(asked(not_read)))
    assert "95%" in without_rules
    assert about not in without_rules


def test_a_single_page_stands_beside_its_tier() -> None:
    said = webcare.answer(asked(page="gemeente-1"))
    assert (
        "**Page gemeente-1**: **65%**; **65%** within 24 hours. 1 page, 20 comments." in said.text
    )
    assert "**Gemeenten**: **62%** (about 95% interval" in said.text
    assert {row["page_id"] for row in said.rows} == {"gemeente-1"}
    drawn = webcare.rates_figure(asked(page="gemeente-1"))
    assert isinstance(drawn, ShownFigure)
    assert drawn.alt.endswith("Page gemeente-1: 65%.")


@pytest.mark.parametrize(("language", "mean"), [("en", "mean page"), ("nl", "gemiddelde pagina")])
def test_no_mean_page_is_named_where_there_is_one_page(language: Language, mean: str) -> None:
    with speaking(language):
        for finding in (
            webcare.reply_rates,
            webcare_speed.how_soon,
            webcare_doubts.missing_replies,
        ):
            assert mean not in words(finding(asked(page="gemeente-1"))).lower()
            assert mean in words(finding(asked())).lower()


def test_pages_that_never_reply_are_counted_with_a_bound() -> None:
    silent = comments(PAGES, ASKED, {"provincie": -1, "gemeente": 12})
    said = webcare.never_reply(asked(silent)).text
    assert "**Provincies**: **8** of 8 pages, so of such pages at least 69%" in said
    assert "**Gemeenten**: **0** of 9 pages, so of such pages at most 28%" in said


def test_a_single_page_is_said_to_reply_or_never_to() -> None:
    silent = asked(comments(PAGES, ASKED, ANSWERED), page="provincie-0")
    assert "never replied in public, to any of 25 comments" in webcare.never_reply(silent).text
    assert "replied in public to 12 of 20 comments" in (
        webcare.never_reply(asked(page="gemeente-0")).text
    )


def test_comments_that_need_no_answer_count_in_the_sensitivity_line_alone() -> None:
    praised = UNDER.copy()
    praised.loc[praised["comment_id"] == "question 19", "needs_answer"] = "none"
    table = webcare.reply_rates(asked(praised))
    rates = numbers(table, "reply_rate", "gemeente")
    assert rates[0] == pytest.approx((5 * 12 / 19 + 4 * 13 / 19) / 9)
    (all_kinds,) = numbers(table, "reply_rate_all_comments", "gemeente")
    assert all_kinds == pytest.approx((5 * 12 / 20 + 4 * 13 / 20) / 9)


def test_redirects_are_counted_apart() -> None:
    redirecting = UNDER.assign(redirects=UNDER["redirects"].where(UNDER["redirects"].isna(), True))
    table = webcare.reply_rates(asked(redirecting))
    assert numbers(table, "reply_rate_without_redirects", "gemeente") == [0]
    assert numbers(table, "redirect_rate", "gemeente") == [1]


def test_pages_with_few_questions_are_counted_and_set_apart() -> None:
    few = asked(comments(PAGES, {"provincie": 9, "gemeente": 20}, ANSWERED))
    counted = webcare.to_answer(few)
    line = "Pages with fewer than 10 comments that need an answer, set apart"
    assert cells(counted, line) == {"Provincies": "8", "Gemeenten": "0", "All tiers": "8"}
    assert "**Provincies**: **not estimable**: no page has at least 10" in webcare.answer(few).text
    together = "All pages, also those with fewer such comments"
    assert cells(webcare.reply_rates(few), together)["Provincies"].startswith("5.6%")


def test_a_report_of_one_page_does_not_speak_of_all_pages() -> None:
    table = webcare.reply_rates(asked(page="gemeente-1"))
    assert isinstance(table, ShownTable)
    lines = list(table.frame.iloc[:, 0])
    assert "This page, also with fewer such comments" in lines
    assert not [line for line in lines if line.startswith("All pages")]


def test_few_posts_with_anything_to_answer_are_a_finding() -> None:
    few = comments(PAGES, {"provincie": 1, "gemeente": 12}, ANSWERED)
    table = webcare.few_questions(asked(few))
    assert numbers(table, "posts_with_a_question", "provincie") == [1 / 20]
    assert numbers(table, "posts_with_a_question", "gemeente") == [12 / 20]


def test_time_counts_in_office_hours_too() -> None:
    table = webcare_speed.how_soon(asked())
    assert isinstance(table, ShownTable)
    day = cells(table, "Mean page, within 24 hours")
    assert day["Gemeenten"].startswith("62%")
    # The questions of the weekend wait no office hour at all before their answer.
    working_day = cells(table, "Mean page, within a working day (8 office hours)")
    assert working_day["Gemeenten"].startswith("62%")
    assert cells(table, "Half have an answer after so many hours")["Gemeenten"] == "3 (3 to 3)"
    assert "there is no median time" in table.note


def test_comments_of_the_last_day_are_not_held_against_a_page() -> None:
    newest = UNDER["created_at"].max()
    soon_taken = UNDER.assign(observed_at=newest + pd.Timedelta(hours=1))
    unanswered = soon_taken["comment_id"] == "question 19"
    waiting = soon_taken["created_at"] > newest - pd.Timedelta(hours=20)
    assert (unanswered & waiting).any()
    table = webcare_speed.how_soon(asked(soon_taken))
    (in_a_day,) = numbers(table, "answered_within_24_hours", "gemeente")
    assert in_a_day == pytest.approx((5 * 12 + 4 * 13) / 9 / 19)


def test_the_moment_of_a_question_is_read_off_the_studys_clock() -> None:
    # 16:30 UTC is half past five in Amsterdam in winter, past office hours.
    late = UNDER.assign(created_at=UNDER["created_at"] + pd.Timedelta(hours=6))
    table = webcare_speed.by_moment(asked(late))
    (office,) = numbers(table, "answered_within_24_hours_in_office_hours", "all")
    assert office is None
    (evening,) = numbers(table, "answered_within_24_hours_outside_office_hours", "all")
    assert evening is not None


def test_missing_comments_bound_the_rate_from_above() -> None:
    # Every post counts one comment more than was read, and every second post holds one question.
    read = UNDER.groupby(["page_id", "post_id"]).size()
    chosen = selection(PAGES, RATES, under=UNDER)
    keys = pd.MultiIndex.from_frame(chosen.posts[["page_id", "post_id"]])
    public = read.reindex(keys, fill_value=0).to_numpy(dtype=float) + 1
    table = webcare_doubts.missing_replies(asked(comments=public))
    at_least, at_most = numbers(table, "reply_rate", "gemeente")
    assert at_least == pytest.approx((5 * 12 + 4 * 13) / 180)
    assert at_most == 1
    assert cells(table, "… not in the data")["Gemeenten"].startswith("180 (")


def test_replies_of_somebody_not_known_may_all_be_the_pages() -> None:
    is_reply = UNDER["parent_id"].notna()
    nameless = UNDER.assign(by_page=UNDER["by_page"].mask(is_reply))
    table = webcare_doubts.missing_replies(asked(nameless, comments=0.0))
    assert numbers(table, "reply_rate", "gemeente") == [
        0,
        pytest.approx((5 * 12 + 4 * 13) / 180),
    ]


def test_an_export_of_top_comments_alone_measures_nothing_but_is_bounded() -> None:
    top = UNDER[UNDER["parent_id"].isna()]
    assert (
        "**not measured**: no comment in these data is a reply" in webcare.answer(asked(top)).text
    )
    table = webcare_doubts.missing_replies(asked(top, comments=3.0))
    assert numbers(table, "reply_rate", "gemeente") == [0, 1]


def test_without_known_authors_answers_are_not_measured() -> None:
    nameless = UNDER.assign(by_page=pd.array([None] * len(UNDER), dtype="boolean"))
    assert "do not tell which comments are the page's own" in webcare.answer(asked(nameless)).text


def test_a_tier_without_comments_does_not_hide_the_other() -> None:
    only_gemeenten = UNDER[UNDER["page_id"].str.startswith("gemeente")]
    said = webcare.answer(asked(only_gemeenten)).text
    assert "**Provincies**: **not estimable**: there are no comments" in said
    assert "**Gemeenten**: **62%**" in said
    assert "Of 8 other pages no comment is in the data" in said


def test_without_texts_all_comments_are_spoken_of() -> None:
    unread = UNDER.assign(needs_answer=None)
    said = webcare.answer(asked(unread))
    assert said.text.startswith("At the mean page, of the comments of any kind this share")
    assert "nothing tells which of them need an answer" in said.text
    assert numbers(said, "reply_rate", "gemeente") == []
    assert numbers(said, "reply_rate_all_comments", "gemeente")[0] > 0.6


def test_errors_that_nobody_measured_are_supposed_and_said_to_be() -> None:
    praised = UNDER.assign(needs_answer=UNDER["needs_answer"].where(UNDER.index % 3 > 0, "none"))
    praised.loc[praised["by_page"], "needs_answer"] = None
    table = webcare_doubts.errors_of_the_rules(asked(praised))
    assert isinstance(table, ShownTable)
    assert "nobody coded a sample" in table.note
    assert len(numbers(table, "reply_rate_if_rules_err", "gemeente")) == 3


def coded(
    sensitivity: ErrorRate, specificity: ErrorRate, rules: str = "", *, simulated: bool = False
) -> Coding:
    return Coding(
        study="study",
        simulated=simulated,
        sensitivity=sensitivity,
        specificity=specificity,
        same_class=error_rate(170, 200),
        level=0.95,
        n_drawn=200,
        n_coded=200,
        n_pages=17,
        rules_sha256=rules or rules_sha256(),
        read_at=datetime(2024, 3, 1, tzinfo=UTC),
    )


def with_coding(chosen: Selection, root: Path, coding: Coding) -> Selection:
    """The selection in a project in which a sample of its comments was coded."""
    folder = processed_folder(root, chosen.study.name)
    folder.mkdir(parents=True)
    (folder / CODING).write_text(coding.model_dump_json(), encoding="utf-8")
    return replace(chosen, root=root)


@pytest.mark.parametrize(
    ("coding", "why"),
    [
        (coded(error_rate(85, 100), error_rate(0, 0)), "comments of one kind only"),
        (coded(error_rate(85, 100), error_rate(92, 100), "other"), "rules were changed"),
    ],
)
def test_a_sample_that_cannot_correct_says_why(coding: Coding, why: str, tmp_path: Path) -> None:
    chosen = with_coding(selection(PAGES, RATES, under=UNDER), tmp_path, coding)
    table = webcare_doubts.errors_of_the_rules(gather(chosen))
    assert isinstance(table, ShownTable)
    assert why in table.note


def test_errors_of_hand_coded_rules_enter_the_interval(tmp_path: Path) -> None:
    praised = UNDER.copy()
    on_odd_posts = praised["post_id"].str[-1].isin(list("13579")) & praised["parent_id"].isna()
    praised.loc[on_odd_posts, "needs_answer"] = "none"
    chosen = selection(PAGES, RATES, under=praised)
    coding = coded(error_rate(85, 100), error_rate(92, 100))
    table = webcare_doubts.errors_of_the_rules(gather(with_coding(chosen, tmp_path, coding)))
    assert isinstance(table, ShownTable)
    plain, corrected = [row for row in table.rows if row["tier"] == "gemeente"]
    assert corrected["high"] - corrected["low"] > plain["high"] - plain["low"]
    assert "the rules find 85% (76% to 91%) of the 100 that need an answer" in table.note
    assert "and leave alone 92% (85% to 96%) of the 100 that need none" in table.note
    assert "simulated" not in table.note


def test_a_hand_that_is_simulated_is_said_to_be(tmp_path: Path) -> None:
    coding = coded(error_rate(85, 100), error_rate(92, 100), simulated=True)
    chosen = with_coding(selection(PAGES, RATES, under=UNDER), tmp_path, coding)
    table = webcare_doubts.errors_of_the_rules(gather(chosen))
    assert isinstance(table, ShownTable)
    assert "so is the hand that coded them" in table.note


def test_comments_alone_are_enough() -> None:
    alone = study(**COMMENTS_ALONE)
    shown = gather(selection(PAGES, RATES, under=UNDER, of=alone))
    assert "**Gemeenten**: **62%**" in webcare.answer(shown).text


def test_a_reply_after_the_period_still_answers() -> None:
    alone = study(**COMMENTS_ALONE, period={"start": "2023-01-01", "end": "2023-01-02"})
    late = UNDER.assign(
        created_at=UNDER["created_at"] + UNDER["by_page"].astype(int) * pd.Timedelta(days=2)
    )
    shown = gather(selection(PAGES, RATES, under=late, of=alone))
    assert shown.everything.loc[shown.everything["tier"] == "gemeente", "answered"].all()


NOTHING: dict[str, pd.DataFrame | None] = {
    "no comments": None,
    "top comments alone": UNDER[UNDER["parent_id"].isna()],
    "one comment": UNDER.head(1),
    "comments of one page": UNDER[UNDER["page_id"] == "gemeente-0"],
    "no time is known": UNDER.assign(created_at=UNDER["created_at"].where(UNDER["by_page"].isna())),
    "no text was read": UNDER.assign(
        needs_answer=None, redirects=pd.array([None] * len(UNDER), "boolean")
    ),
    "all is answered": comments(
        PAGES, {"provincie": 12, "gemeente": 12}, {"provincie": 12, "gemeente": 12}
    ),
    "nothing is answered": UNDER.assign(by_page=False).astype({"by_page": "boolean"}),
}


@pytest.mark.parametrize("page", ["", "gemeente-0"])
@pytest.mark.parametrize("under", NOTHING)
def test_every_finding_speaks_whatever_the_data_lack(under: str, page: str) -> None:
    gathered = gather(selection(PAGES, RATES, under=NOTHING[under], page=page))
    for finding in FINDINGS:
        shown = finding(gathered)
        said = words(shown)
        assert len(said) > 20
        assert re.search(r"\b(nan|NaN|None|inf)\b|<NA>|NaT", said) is None
        data = shown._repr_mimebundle_()
        json.dumps(data[0] if isinstance(data, tuple) else data, allow_nan=False)


def test_numbers_are_the_same_in_whatever_order_comments_come() -> None:
    shuffled = UNDER.sample(frac=1, random_state=np.random.default_rng(1))
    for finding in (webcare.reply_rates, webcare_speed.how_soon, webcare_doubts.missing_replies):
        assert words(finding(asked(shuffled))) == words(finding(asked()))


def test_one_tier_is_spoken_of_alone() -> None:
    said = webcare.answer(asked(tier="gemeente")).text
    assert "**Gemeenten**" in said
    assert "Provincies" not in said
    assert "Under the posts of 9 pages people wrote 180 comments at the top of a thread" in said


def test_whether_anyone_answers_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = webcare.answer(asked()).text
    assert said.startswith("Een openbaar antwoord van de pagina krijgt, bij de gemiddelde pagina,")
    assert "- **Gemeenten**: **62%** (ongeveer 95%-interval " in said
    assert "Daarvan vragen er 380 (100%) een antwoord, zoals de regels ze lezen." in said


@pytest.mark.parametrize("page", ["", "gemeente-0"])
@pytest.mark.parametrize("under", ["everything", *NOTHING])
def test_no_english_is_left_in_dutch(under: str, page: str) -> None:
    gathered = gather(selection(PAGES, RATES, under=NOTHING.get(under, UNDER), page=page))
    with speaking("nl"):
        for finding in FINDINGS:
            assert english_left(all_words_of(finding(gathered))) == []


def test_errors_of_the_rules_are_told_in_dutch(tmp_path: Path) -> None:
    coding = coded(error_rate(85, 100), error_rate(92, 100), simulated=True)
    chosen = with_coding(selection(PAGES, RATES, under=UNDER), tmp_path, coding)
    with speaking("nl"):
        table = webcare_doubts.errors_of_the_rules(gather(chosen))
    assert isinstance(table, ShownTable)
    assert "vinden de regels 85% (76% tot 91%) van de 100 die een antwoord vragen" in table.note
    assert english_left(all_words_of(table)) == []


def test_results_are_the_same_in_every_language() -> None:
    """Only what a reader sees is translated: results of several studies are put together."""
    for finding in FINDINGS:
        shown = finding(asked())
        with speaking("nl"):
            in_dutch = finding(asked())
        if not isinstance(shown, ShownFigure) and not isinstance(in_dutch, ShownFigure):
            assert in_dutch.rows == shown.rows
