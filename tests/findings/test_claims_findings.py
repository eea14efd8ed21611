"""What notebook 09 says of claims whose outcome is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.claims.judging import Case
from analysis.findings import claim_notes, claim_reach, claim_response, claims
from analysis.language import Language, speaking
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable
from analysis.study import Study
from one_page import OF_SEVERAL
from selections import CLAIM, comments, selection, study

PAGES = {"provincie": 12, "gemeente": 15}
POSTS = 20 * sum(PAGES.values())
REASON = "what is usual lies between these two"
ALL_CLAIMS = {
    "few_reactions": CLAIM,
    "few_comments": {"below": 0.25, "above": 0.5, "reason": REASON},
    "webcare_absent": {"below": 0.1, "above": 0.2, "reason": REASON},
    "small_audience_post": {"below": 0.02, "above": 0.05, "reason": REASON},
    "small_audience_month": {"below": 0.1, "above": 0.25, "reason": REASON},
    "small_loss": {"below": 0.05, "above": 0.1, "reason": REASON},
}
SHOWN = (
    claims.answer,
    claims.at_a_glance,
    claims.verdicts,
    claims.thresholds,
    claims.between_thresholds,
    claim_notes.notes,
    claim_response.response_per_person,
    claim_response.webcare_counted_otherwise,
    claim_reach.break_even,
    claim_reach.reached_anyway,
    claim_reach.where_reach_comes_from,
    claim_reach.what_would_change,
)
BESIDE_VERDICTS = SHOWN[6:]
MEASURED = {
    "reach": 400.0,
    "reach_organic": 400.0,
    "reach_definition": "unique people",
    "paid": pd.array([False] * POSTS, dtype="boolean"),
}


def of_claims(names: dict[str, Any], folder: Path, **more: Any) -> Study:
    found = study(claims=names, **more)
    found._path = folder / "two.toml"
    return found


@pytest.fixture
def with_claim(tmp_path: Path) -> Study:
    return of_claims({"few_reactions": CLAIM}, tmp_path)


def case(of: Study | None = None, rate: float = 5.0, **more: Any) -> Case:
    rates = {"provincie": rate, "gemeente": rate}
    return claims.judge(selection(PAGES, rates, of=of, **more))


def said_of(shown: Sentence | ShownTable | ShownFigure) -> str:
    if isinstance(shown, ShownFigure):
        return shown.alt
    bundle = shown._repr_mimebundle_()
    return str(bundle.get("text/html", bundle["text/plain"]))


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (1.0, "**The data support:** “Hardly anyone reacts”"),
        (6.5, "**Neither, the number lies between the two thresholds:** “Hardly anyone reacts”"),
        (40.0, "**The data contradict:** “Hardly anyone reacts”"),
    ],
)
def test_the_verdict_comes_first(with_claim: Study, rate: float, verdict: str) -> None:
    said = claims.answer(case(with_claim, rate, paid=False)).text
    assert verdict in said
    assert "not fixed beforehand" in said
    assert "simulated" in said


def test_number_and_verdict_stand_side_by_side(with_claim: Study) -> None:
    table = claims.at_a_glance(case(with_claim, 40.0))
    assert isinstance(table, ShownTable)
    (row,) = table.frame.to_dict("records")
    assert row["Verdict"] == "contradicted"
    assert "interactions per 1,000 followers" in row["What these data say"]


def test_all_pages_together_come_before_the_tiers(with_claim: Study) -> None:
    chosen = selection(PAGES, {"provincie": 1, "gemeente": 40}, of=with_claim)
    table = claims.verdicts(claims.judge(chosen))
    assert isinstance(table, ShownTable)
    assert list(table.frame["Pages"]) == ["All tiers", "Provincies", "Gemeenten"]
    assert [row["verdict"] for row in table.rows][1:] == ["supported", "contradicted"]


@pytest.mark.parametrize("show", [claims.answer, claims.verdicts, claims.thresholds])
def test_without_claims_there_are_no_verdicts_and_that_is_said(show: Any) -> None:
    assert "no claim" in said_of(show(case())).lower()


def test_without_claims_the_chapter_ends_with_what_to_declare() -> None:
    said = claims.answer(case())
    assert isinstance(said, LastSentence)
    assert "`[claims.few_reactions]`" in said.text
    assert "docs/study-file.md" in said.text


@pytest.mark.parametrize("show", SHOWN)
def test_without_claims_no_number_is_shown(show: Any) -> None:
    assert not any(letter.isdigit() for letter in said_of(show(case())))
    assert "no thresholds" in said_of(claims.by_threshold(case(), "few_reactions"))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("columns", [{}, MEASURED], ids=["no reach", "reach"])
@pytest.mark.parametrize("show", SHOWN)
def test_nothing_that_is_missing_is_shown_as_a_number(
    show: Any, columns: dict[str, Any], language: Language, tmp_path: Path
) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    with speaking(language):
        said = said_of(show(case(of, **columns)))
    assert said
    for word in ("nan", "None", "NaN", "{"):
        assert word not in said


def test_every_claim_without_data_says_what_is_missing(tmp_path: Path) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    nothing = case(of, followers_at_posting=np.nan, comments=np.nan, reactions=np.nan)
    reasons = {
        name: nothing.headline(name).estimate.reason
        for name in of.claims
        if nothing.headline(name).outcome != "not estimable"
    }
    assert not reasons
    assert all(nothing.headline(name).estimate.reason for name in of.claims)


def test_claims_are_answered_in_dutch(tmp_path: Path) -> None:
    with speaking("nl"):
        said = claims.answer(case(of_claims(ALL_CLAIMS, tmp_path))).text
    assert "Getoetst op **Alle" in said
    assert "Bijna niemand reageert" in said


@pytest.mark.parametrize("show", SHOWN)
def test_results_are_the_same_in_every_language(show: Any, tmp_path: Path) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    in_english = getattr(show(case(of, **MEASURED)), "rows", ())
    with speaking("nl"):
        assert getattr(show(case(of, **MEASURED)), "rows", ()) == in_english


def test_one_page_has_its_own_numbers_and_no_verdict(tmp_path: Path) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    chosen = selection(PAGES, {"provincie": 5, "gemeente": 5}, of=of, page="gemeente-3")
    alone = claims.judge(chosen)
    table = claims.at_a_glance(alone)
    assert isinstance(table, ShownTable)
    assert list(table.frame.columns) == ["Sentence", "This page", "Thresholds for many pages"]
    assert not any("verdict" in row for row in table.rows)
    assert "needs several pages" in claims.answer(alone).text
    assert isinstance(claims.verdicts(alone), Sentence)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("columns", [{}, MEASURED], ids=["modelled", "measured"])
def test_what_stands_beside_the_numbers_of_one_page_speaks_of_that_page(
    columns: dict[str, Any], language: Language, tmp_path: Path
) -> None:
    chosen = selection(
        PAGES,
        {"provincie": 5, "gemeente": 5},
        of=of_claims(ALL_CLAIMS, tmp_path),
        page="gemeente-3",
        **columns,
    )
    elsewhere = {"reached_otherwise_low": 0.5, "reached_otherwise_high": 0.8}
    alone = claims.judge(replace(chosen, study_pages=chosen.study_pages.assign(**elsewhere)))
    with speaking(language):
        said = {show.__name__: said_of(show(alone)) for show in BESIDE_VERDICTS}
    assert not {name for name, words in said.items() if OF_SEVERAL[language].search(words)}


def test_the_first_number_to_obtain_is_of_a_sentence_that_is_open(tmp_path: Path) -> None:
    table = claims.at_a_glance(case(of_claims(ALL_CLAIMS, tmp_path)))
    assert isinstance(table, ShownTable)
    assert "survey of residents" in table.note


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ({"followers_at_posting": np.nan}, "the organic reach of these pages"),
        ({"published_at": pd.Series([pd.NaT] * POSTS, dtype="datetime64[ns, UTC]")}, "whole month"),
    ],
)
def test_the_first_number_to_obtain_is_the_one_that_is_missing(
    columns: dict[str, Any], wanted: str, tmp_path: Path
) -> None:
    losses = {name: ALL_CLAIMS[name] for name in ("small_audience_month", "small_loss")}
    table = claims.at_a_glance(case(of_claims(losses, tmp_path), **columns))
    assert isinstance(table, ShownTable)
    assert wanted in table.note
    assert "survey" not in table.note


def test_the_size_of_the_target_group_comes_before_a_survey_of_it(tmp_path: Path) -> None:
    chosen = selection(PAGES, dict.fromkeys(PAGES, 5.0), of=of_claims(ALL_CLAIMS, tmp_path))
    nobody_known = replace(chosen, study_pages=chosen.study_pages.assign(target_group_size=np.nan))
    table = claims.at_a_glance(claims.judge(nobody_known))
    assert isinstance(table, ShownTable)
    assert "how many people the pages want to reach" in table.note


def known_elsewhere(tmp_path: Path, share: float, **columns: Any) -> Case:
    """Pages that reach 400 of 50,000 people with a post; other channels reach this share."""
    chosen = selection(
        PAGES, dict.fromkeys(PAGES, 5.0), of=of_claims(ALL_CLAIMS, tmp_path), **columns
    )
    elsewhere = {"reached_otherwise_low": share, "reached_otherwise_high": share}
    return claims.judge(replace(chosen, study_pages=chosen.study_pages.assign(**elsewhere)))


def test_the_loss_is_what_the_posts_reach_and_nothing_else_does(tmp_path: Path) -> None:
    # A month reaches 0.8 % to 1.6 %; other channels leave a tenth unreached, most by the posts too.
    table = claims.at_a_glance(known_elsewhere(tmp_path, 0.9, **MEASURED))
    assert isinstance(table, ShownTable)
    said = table.frame.set_index("Sentence").loc["1. “Little would be lost”"].iloc[0]
    assert (
        said == "0% to 1.6% of the target group is reached by a month of posts and by nothing else."
    )


def test_that_other_channels_reach_the_audience_like_everyone_is_named_as_an_assumption(
    tmp_path: Path,
) -> None:
    everybody = {**MEASURED, "reach": 20_000.0, "reach_organic": 20_000.0}
    said = claim_reach.reached_anyway(known_elsewhere(tmp_path, 0.9, **everybody)).text
    assert "surely under 5.0% if other channels reach more than 95%" in said
    assert "if they reach the posts’ audience like everyone else, 94% is enough" in said
    assert "is an assumption" in said
    assert "denies it" in said


def test_a_break_even_is_kept_with_the_pages_and_both_ends_that_it_has(tmp_path: Path) -> None:
    shared = [
        {"name": name, "label": name.title(), "audience": "shared"}
        for name in ("provincie", "gemeente")
    ]
    followers = np.where(np.arange(POSTS) < 20, np.nan, 10_000.0)
    of = of_claims(ALL_CLAIMS, tmp_path, tiers=shared)
    table = claim_reach.break_even(case(of, followers_at_posting=followers))
    assert isinstance(table, ShownTable)
    (row,) = [r for r in table.rows if r["tier"] == "all" and r["threshold"] == "0.02"]
    assert row["n_pages"] == 26
    assert (row["low"], row["high"]) == pytest.approx((1000 / 260_000, 1000 / 10_000))
    assert row["estimate"] is None


def test_all_verdicts_hold_together_for_one_group_of_pages(tmp_path: Path) -> None:
    table = claims.verdicts(case(of_claims(ALL_CLAIMS, tmp_path)))
    assert isinstance(table, ShownTable)
    assert "6 claims on one group of pages hold together" in table.note


def test_without_posts_nothing_is_said_of_posts(tmp_path: Path) -> None:
    judged = case(of_claims(ALL_CLAIMS, tmp_path))
    without = replace(judged.selection, study_posts=judged.selection.study_posts.iloc[:0])
    said = claim_notes.notes(claims.judge(without)).text
    assert "Paid posts" not in said
    assert "Public counts of comments" not in said


def test_silence_stands_apart_for_the_pages_whose_own_comments_are_known(tmp_path: Path) -> None:
    # Every post of the gemeenten has one comment that was read: by a person, or by the page.
    of = of_claims(ALL_CLAIMS, tmp_path)
    read = comments({"gemeente": 15}, {"gemeente": 20}, {"gemeente": 0})
    judged = case(of, comments=2.0, under=read)
    shown = claim_notes.notes(judged)
    assert "15 of 27 pages" in shown.text
    assert "On the pages that were read alone: 0% (bounds 0% to " in shown.text
    (row,) = shown.rows
    assert row["measure"] == "at_most_one_comment_where_comments_were_read"
    assert row["n_pages"] == 15


def test_response_is_of_ordinary_organic_posts_per_follower_and_per_person(tmp_path: Path) -> None:
    # Half of the posts were paid for and reached 100 times as many; they count in neither number.
    paid = np.arange(POSTS) % 2 == 0
    shown = claim_response.response_per_person(
        case(
            of_claims(ALL_CLAIMS, tmp_path),
            reactions=10.0,
            comments=0.0,
            reach=np.where(paid, 40_000.0, 400.0),
            paid=pd.array(paid, dtype="boolean"),
            reach_definition="unique people",
        )
    )
    per_follower, per_person = shown.rows
    assert (per_follower["estimate"], per_person["estimate"]) == (1.0, 25.0)
    assert per_follower["n_posts"] == per_person["n_posts"] == POSTS / 2
    assert "%" not in shown.text


def test_response_per_person_stands_beside_response_per_follower(tmp_path: Path) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    assert "is not measured" in claim_response.response_per_person(case(of)).text
    measured = claim_response.response_per_person(case(of, **MEASURED))
    assert "per 1,000 people reached" in measured.text
    assert len(measured.rows) == 2


def test_reach_that_was_measured_without_followers_is_not_called_unshared(tmp_path: Path) -> None:
    without = case(of_claims(ALL_CLAIMS, tmp_path), **MEASURED, followers_at_posting=np.nan)
    beside = claim_response.response_per_person(without)
    assert "no page shared its reach" not in beside.text
    assert "Per follower it is not measured: these data have no followers" in beside.text
    (row,) = beside.rows
    assert row["measure"] == "interactions_per_1000_reached_by_an_ordinary_post"
    where = claim_reach.where_reach_comes_from(without).text
    assert "What counts as reach: unique people." in where
    assert "benchmarks" not in where


def test_wider_bounds_than_in_other_chapters_are_explained(tmp_path: Path) -> None:
    of_six = case(of_claims(ALL_CLAIMS, tmp_path), **MEASURED)
    table = claims.at_a_glance(of_six)
    assert isinstance(table, ShownTable)
    assert "6 verdicts must hold together" in table.note
    alone = claims.at_a_glance(case(of_claims({"few_reactions": CLAIM}, tmp_path), **MEASURED))
    assert isinstance(alone, ShownTable)
    assert "wider" not in alone.note


def test_the_level_below_the_table_is_that_of_the_results(tmp_path: Path) -> None:
    table = claims.verdicts(case(of_claims(ALL_CLAIMS, tmp_path), **MEASURED))
    assert isinstance(table, ShownTable)
    assert "Each bound holds with 99.17% confidence" in table.note
    assert "an interval of 98.33%, the level in results.csv" in table.note
    levels = {round(row["level"], 4) for row in table.rows if row["low"] is not None}
    assert levels == {0.9833}


def test_volunteers_and_simulation_are_named_only_beside_reach_that_was_modelled(
    tmp_path: Path,
) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    assert "volunteers" in claim_reach.where_reach_comes_from(case(of)).text
    assert "volunteers" not in claim_reach.where_reach_comes_from(case(of, **MEASURED)).text


def test_measured_pages_are_each_predicted_from_the_others(tmp_path: Path) -> None:
    of = of_claims(ALL_CLAIMS, tmp_path)
    assert "predicted from the others" not in claim_reach.where_reach_comes_from(case(of)).text
    assert "27 of 27" in claim_reach.where_reach_comes_from(case(of, **MEASURED)).text


def test_paid_posts_that_are_not_known_are_said_to_widen_the_bounds(with_claim: Study) -> None:
    assert "not known" in claim_notes.notes(case(with_claim)).text
    assert "are known and left out" in claim_notes.notes(case(with_claim, paid=False)).text
