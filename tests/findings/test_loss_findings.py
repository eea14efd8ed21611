"""What notebook 07 says of losses, costs and advice whose numbers are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.advice import Action, Why
from analysis.findings import advice, costs, loss, loss_conditions
from analysis.findings.loss import Known
from analysis.language import Language, say, speaking
from analysis.selection import Selection
from analysis.showing import Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from one_page import OF_SEVERAL
from selections import selection, study

PAGES = {"provincie": 6, "gemeente": 6}
RATES = {"provincie": 10.0, "gemeente": 40.0}
SMALL_LOSS = {"below": 0.05, "above": 0.1, "reason": "under one in twenty, over one in ten"}
COSTS = {
    "hours_per_post": {"low": 1, "high": 3},
    "webcare_hours_per_week": {"low": 1, "high": 2},
    "price_per_hour": 60,
    "ad_price_per_1000_reached": {"low": 4, "high": 12},
    "reason": "invented for a test of the sentences",
}
FINDINGS = (
    loss.answer,
    advice.in_short,
    loss_conditions.target_group,
    loss_conditions.who_follows,
    loss.audience,
    loss.audience_figure,
    loss_conditions.others,
    loss_conditions.others_figure,
    loss_conditions.hard_to_reach,
    loss_conditions.carriers,
    costs.effect,
    costs.costs,
    costs.costs_figure,
    costs.spend,
    advice.channel_advice,
    advice.numbers_to_get,
)
NOTHING = ("nan", "None", "NaT", "<NA>")


def known(
    *,
    reached: float = np.nan,
    otherwise: tuple[float, float] = (np.nan, np.nan),
    claims: Any = None,
    page: str = "",
    **more: Any,
) -> Known:
    """Pages for 50,000 people each; a post reaches so many, other channels such shares."""
    of = study(claims=claims or {}, **more)
    chosen = selection(PAGES, RATES, of=of, page=page, reach_organic=reached, paid=False)
    low, high = otherwise
    return loss.what_is_known(
        _with_pages(chosen, reached_otherwise_low=low, reached_otherwise_high=high)
    )


def _with_pages(chosen: Selection, **columns: Any) -> Selection:
    return replace(chosen, study_pages=chosen.study_pages.assign(**columns))


def test_the_loss_is_said_as_bounds_with_the_audience_first() -> None:
    said = loss.answer(known(reached=500.0, otherwise=(0.5, 0.8))).text
    line = next(line for line in said.splitlines() if "Gemeenten" in line)
    assert "reaches **between 1.0% and 2.0%** of the target group (6 pages)" in line
    assert "**between 0% and 2.0%** is reached by nothing else" in line


def test_not_knowing_other_channels_is_said_and_not_filled_in() -> None:
    found = known(reached=500.0)
    assert "other channels reach anyway is **not measured**" in loss.answer(found).text
    assert "survey" in loss_conditions.hard_to_reach(found).text


def test_the_same_number_is_shown_from_the_other_side() -> None:
    said = loss_conditions.hard_to_reach(known(reached=500.0, otherwise=(0.5, 0.75))).text
    assert "other channels miss between 12,500 and 25,000 people" in said
    assert "between 0 and 1,000 of them" in said


def test_people_that_are_estimated_are_written_in_three_figures() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.75))
    of_odd_size = loss.what_is_known(_with_pages(found.selection, target_group_size=33_251.0))
    said = loss_conditions.hard_to_reach(of_odd_size).text
    assert "other channels miss between 8,310 and 16,600 people" in said


def test_an_audience_that_nobody_knows_is_said_once() -> None:
    chosen = known().selection
    found = loss.what_is_known(_with_pages(chosen, target_group_size=np.nan))
    said = loss.answer(found).text
    assert said.count("not measured") == 1
    assert said.startswith("What a month of organic posts reaches of the target group is not")
    drawn = loss.audience_figure(found)
    assert isinstance(drawn, Sentence)
    assert drawn.text == "There is nothing to draw without that audience."


def test_what_would_have_to_be_true_is_no_table_of_what_nobody_knows() -> None:
    chosen = selection(
        PAGES, RATES, of=study(claims={"small_loss": SMALL_LOSS}), followers_at_posting=np.nan
    )
    found = loss.what_is_known(_with_pages(chosen, target_group_size=np.nan))
    said = loss_conditions.others(found)
    assert isinstance(said, Sentence)
    assert "is not known without that audience" in said.text


def test_what_would_have_to_be_true_needs_thresholds() -> None:
    assert isinstance(loss_conditions.others(known(reached=500.0)), Sentence)
    table = loss_conditions.others(known(reached=5000.0, claims={"small_loss": SMALL_LOSS}))
    assert isinstance(table, ShownTable)
    assert "95%" in table.frame.iloc[1]["Gemeenten"]
    assert "75%" in table.frame.iloc[2]["Gemeenten"]


def test_costs_stand_beside_the_price_of_advertising() -> None:
    table = costs.costs(known(reached=500.0, costs=COSTS))
    assert isinstance(table, ShownTable)
    assert table.frame.iloc[1]["Gemeenten"] == "between 120 and 360"
    assert "fewer than 5,000 people costs more" in table.note
    assert "invented for a test" in table.note
    assert isinstance(costs.costs_figure(known(reached=500.0, costs=COSTS)), ShownFigure)


def test_a_study_without_prices_says_where_they_go() -> None:
    assert "[costs]" in costs.costs(known(reached=500.0)).text


def test_without_thresholds_there_is_no_advice() -> None:
    found = known(reached=500.0)
    for said in (advice.in_short(found), advice.channel_advice(found)):
        assert "no advice" in said.text


def test_pages_without_reach_are_told_to_measure_first_and_what() -> None:
    found = known(claims={"small_loss": SMALL_LOSS})
    table = advice.channel_advice(found)
    assert isinstance(table, ShownTable)
    assert list(table.frame["Advice"]) == ["measure first"]
    assert "12 pages" in set(table.frame["Page"])
    numbers = advice.numbers_to_get(found)
    assert isinstance(numbers, ShownTable)
    assert len(numbers.frame) == 12
    assert set(numbers.frame.iloc[:, 2]) == {"50% of its followers"}


def test_one_page_gets_one_advice_with_its_reason_and_the_number_to_get() -> None:
    found = known(
        reached=500.0,
        otherwise=(0.9, 0.95),
        claims={"small_loss": SMALL_LOSS},
        page="gemeente-0",
    )
    shown = advice.channel_advice(found)
    assert isinstance(shown, Sentence)
    said = shown.text
    (row,) = shown.rows
    assert (row["verdict"], row["low"], row["high"]) == (
        "stop",
        0,
        pytest.approx(0.02),
    )
    assert said.startswith("**Page gemeente-0: stop.**")
    assert "between 1.0% and 2.0% of the target group" in said
    assert "the advice stands under 2,500" in said
    assert "under one in twenty" in said
    assert "The advice: stop" in advice.in_short(found).text


def test_what_other_channels_reach_is_asked_for_when_it_could_decide() -> None:
    found = known(reached=5000.0, claims={"small_loss": SMALL_LOSS}, page="gemeente-0")
    said = advice.channel_advice(found).text
    assert "measure first" in said
    assert "over 95% of the target group little is lost, whomever they reach" in said
    assert "over 75% if they reach the posts' audience like everyone" in said


@pytest.mark.parametrize(
    ("reached", "otherwise", "stands"),
    [
        (20_000.0, (0.0, 0.2), "the advice stands over 15,000"),
        (2_500.0, (0.0, 0.0), "the advice stands from 2,500 to 5,000"),
        (500.0, (1.0, 1.0), "no number of people changes this advice"),
        (2_500.0, (0.0, 0.3), "under 2,500 little is lost, over 20,000 much"),
    ],
)
def test_every_advice_names_the_numbers_of_people_it_stands_between(
    reached: float, otherwise: tuple[float, float], stands: str
) -> None:
    found = known(
        reached=reached,
        otherwise=otherwise,
        claims={"small_loss": SMALL_LOSS},
        costs=COSTS,
        page="gemeente-0",
    )
    assert stands in advice.channel_advice(found).text


def test_results_name_every_number_apart() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.8), claims={"small_loss": SMALL_LOSS})
    for table, numbers in (
        (loss_conditions.target_group(found), 5),
        (loss_conditions.others(found), 4),
    ):
        assert len({row["measure"] for row in table.rows}) == numbers
        assert len({row["definition"] for row in table.rows}) == numbers


def test_advertising_is_advised_with_both_prices() -> None:
    found = known(
        reached=500.0,
        otherwise=(0.3, 0.5),
        claims={"small_loss": SMALL_LOSS},
        costs=COSTS,
        page="gemeente-0",
    )
    said = advice.channel_advice(found).text
    assert "advertise" in said
    assert "costs 120 to 360 EUR by posts, and 4 to 12 by advertising" in said


FIRST_DAY, LAST_DAY = pd.Timestamp(2023, 10, 2), pd.Timestamp(2023, 12, 31)


def spent_on_ads(**columns: Any) -> pd.DataFrame:
    spent = pd.DataFrame(
        {
            "page_id": ["gemeente-0", "gemeente-1"],
            "tier": "gemeente",
            "amount_low": [100.0, 0.0],
            "amount_high": [100.0, 99.0],
            "currency": "EUR",
            "n_ads": [2, 1],
            "period_start": pd.NaT,
            "period_end": pd.NaT,
            "source_file": "report.csv",
        }
    )
    return spent.assign(**columns)


def spend_in_words(spent: pd.DataFrame) -> str:
    chosen = selection(PAGES, RATES)
    return costs.spend(loss.what_is_known(replace(chosen, study_spend=spent))).text


def test_what_is_spent_on_ads_is_added_up_per_tier() -> None:
    said = spend_in_words(spent_on_ads())
    assert "**Gemeenten**: 2 pages spent 100 to 199 EUR on 3 ads." in said
    assert "Provincies" not in said


def test_an_amount_that_is_missing_is_not_zero() -> None:
    said = spend_in_words(spent_on_ads(amount_low=np.nan, amount_high=np.nan, n_ads=np.nan))
    assert "what 2 pages spent is not measured" in said
    assert " 0 EUR" not in said


def test_two_reports_are_not_added_up() -> None:
    twice = pd.concat([spent_on_ads(), spent_on_ads(source_file="again.csv")], ignore_index=True)
    said = spend_in_words(twice)
    assert said.count("**Gemeenten**: 2 pages spent 100 to 199 EUR on 3 ads.") == 2
    assert "not added up" in said


def test_clicks_are_the_nearest_to_an_effect() -> None:
    assert "sign-ups" in costs.effect(known()).text


@pytest.mark.parametrize("reached", [np.nan, 500.0])
@pytest.mark.parametrize("page", ["", "gemeente-0"])
def test_no_word_is_for_machines(reached: float, page: str) -> None:
    found = known(reached=reached, page=page, claims={"small_loss": SMALL_LOSS}, costs=COSTS)
    shown = [
        loss.answer(found),
        loss_conditions.target_group(found),
        loss_conditions.who_follows(found),
        loss.audience(found),
        loss_conditions.others(found),
        loss_conditions.hard_to_reach(found),
        costs.effect(found),
        costs.costs(found),
        costs.spend(found),
        advice.channel_advice(found),
        advice.numbers_to_get(found),
    ]
    for part in shown:
        said = part.text if isinstance(part, Sentence) else part.frame.to_string() + part.note
        assert not any(word in said for word in NOTHING), said


def test_pages_of_groups_and_pages_that_state_it_are_told_apart() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.8))
    assert "(known for the target groups of 6 pages)" in loss.answer(found).text
    assert "(as stated by 6 pages;" in loss_conditions.hard_to_reach(found).text


def test_what_would_be_lost_is_said_in_dutch() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.8))
    with speaking("nl"):
        said = loss.answer(found).text
    line = next(line for line in said.splitlines() if "Gemeenten" in line)
    assert "bereikt **tussen 1,0% en 2,0%** van de doelgroep (6 pagina’s)" in line
    assert "**tussen 0% en 2,0%** wordt door niets anders bereikt" in line


def test_an_advice_is_given_in_dutch_and_kept_in_the_results_as_it_is() -> None:
    found = known(
        reached=500.0, otherwise=(0.9, 0.95), claims={"small_loss": SMALL_LOSS}, page="gemeente-0"
    )
    with speaking("nl"):
        shown = advice.channel_advice(found)
    assert isinstance(shown, Sentence)
    assert shown.text.startswith("**Page gemeente-0: stoppen.**")
    assert "het advies geldt onder 2.500" in shown.text
    assert shown.rows[0]["verdict"] == Action.STOP
    assert shown.rows[0]["reason"] == Why.LITTLE_IS_LOST


@pytest.mark.parametrize("why", Why)
def test_every_reason_of_an_advice_has_a_dutch_one(why: Why) -> None:
    with speaking("nl"):
        assert say.reason(why) != why


IN_DUTCH = {
    "small_loss": SMALL_LOSS | {"reason": "minder dan een op de twintig"},
    "small_audience_month": SMALL_LOSS | {"reason": "een deel van een deel"},
}
WITH_PRICES = {
    "claims": IN_DUTCH,
    "costs": COSTS | {"reason": "verzonnen voor een toets van de zinnen"},
}


@pytest.mark.parametrize("page", ["", "gemeente-0"], ids=["all", "one page"])
@pytest.mark.parametrize(
    "made",
    [
        {},
        {"reached": 500.0},
        {"reached": 500.0, "otherwise": (0.5, 0.8), **WITH_PRICES},
        {"reached": 5000.0, **WITH_PRICES},
        {"reached": 20_000.0, "otherwise": (0.0, 0.2), **WITH_PRICES},
        {"reached": 2_500.0, "otherwise": (0.0, 0.0), **WITH_PRICES},
        {"reached": 2_500.0, "otherwise": (0.0, 0.3), **WITH_PRICES},
        {"reached": 500.0, "otherwise": (0.3, 0.5), **WITH_PRICES},
        {"reached": 500.0, "otherwise": (1.0, 1.0), **WITH_PRICES},
        {"claims": IN_DUTCH},
    ],
)
def test_every_result_is_dutch_in_a_dutch_study(made: dict[str, Any], page: str) -> None:
    found = known(page=page, **made)
    with speaking("nl"):
        english = {show.__name__: english_left(all_words_of(show(found))) for show in FINDINGS}
    assert not any(english.values()), english


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("reached", [500.0, np.nan], ids=["measured", "modelled"])
def test_one_page_has_no_middle_page_and_no_middle_target_group(
    reached: float, language: Language
) -> None:
    found = known(reached=reached, otherwise=(0.5, 0.8), page="gemeente-0", **WITH_PRICES)
    with speaking(language):
        said = {show.__name__: all_words_of(show(found)) for show in FINDINGS}
    assert not {name for name, words in said.items() if OF_SEVERAL[language].search(words)}


def test_several_pages_have_a_middle_one() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.8), **WITH_PRICES)
    said = {show.__name__: all_words_of(show(found)) for show in FINDINGS}
    assert {name for name, words in said.items() if OF_SEVERAL["en"].search(words)} >= {
        "answer",
        "audience",
        "costs",
        "hard_to_reach",
        "who_follows",
    }


def test_spending_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = spend_in_words(spent_on_ads(period_start=FIRST_DAY, period_end=LAST_DAY))
        missing = spend_in_words(spent_on_ads(amount_low=[100.0, np.nan], n_ads=np.nan))
    assert "**Gemeenten**, 2 oktober 2023 tot en met 31 december 2023: 100 tot 199 EUR" in said
    assert "aan 3 advertenties, door 2 pagina’s" in said
    assert "aan advertenties, door 1 pagina." in missing
    assert not english_left(said + missing)


def test_results_are_named_alike_in_every_language() -> None:
    found = known(reached=500.0, otherwise=(0.5, 0.8), **WITH_PRICES)
    shows = (loss.audience, loss_conditions.others, loss_conditions.target_group, costs.costs)
    english = [row for show in shows for row in show(found).rows]
    with speaking("nl"):
        assert [row for show in shows for row in show(found).rows] == english
