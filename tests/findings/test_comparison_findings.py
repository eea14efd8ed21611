"""What notebook 06 says of tiers whose difference is known."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from analysis.findings import comparison
from analysis.findings.tier_rates import compare, inverted, negated
from analysis.inference.estimate import Estimate
from analysis.language import speaking
from dutch import all_words_of, english_left
from selections import selection

DIFFERENT = ({"provincie": 12, "gemeente": 15}, {"provincie": 5, "gemeente": 20})
FINDINGS = (
    comparison.answer,
    comparison.levels,
    comparison.levels_figure,
    comparison.pairs,
    comparison.pairs_figure,
    comparison.robustness,
    comparison.detectable,
    comparison.shuffled_tiers,
)
ALIKE = ({"provincie": 12, "gemeente": 15}, {"provincie": 10, "gemeente": 10})


def test_tiers_that_differ_are_said_to_and_the_higher_comes_first() -> None:
    said = comparison.answer(compare(selection(*DIFFERENT))).text
    assert "The tiers differ by more than luck would give" in said
    times = re.search(r"Gemeenten get \*\*([\d.]+) times\*\* .* Provincies get", said)
    assert times is not None
    assert 2.5 < float(times[1]) < 5


def test_tiers_that_are_alike_are_not_said_to_be_the_same() -> None:
    said = comparison.answer(compare(selection(*ALIKE))).text
    assert "No difference between the tiers is shown" in said
    assert "not the same as no difference" in said


def test_a_tiers_own_notebook_puts_that_tier_first() -> None:
    compared = compare(selection(*DIFFERENT, tier="gemeente"))
    (pair,) = compared.shown(compared.tiers.ratios)
    assert (pair.first, pair.second) == ("gemeente", "provincie")
    assert pair.estimate.value is not None
    assert pair.estimate.value > 1
    (delta,) = compared.shown(compared.tiers.deltas)
    assert delta.estimate.value is not None
    assert delta.estimate.value > 0


def test_without_followers_tiers_are_compared_per_post() -> None:
    compared = compare(selection(*DIFFERENT, followers_at_posting=np.nan))
    assert "interactions per post" in comparison.answer(compared).text
    assert "At equal followers" not in comparison.robustness(compared).frame.columns


def test_one_page_per_tier_gives_a_ratio_and_says_that_luck_cannot_be_told() -> None:
    said = comparison.answer(compare(selection({"provincie": 1, "gemeente": 1}, DIFFERENT[1]))).text
    assert "Whether that is luck cannot be said" in said


def test_a_census_and_a_choice_are_told_apart() -> None:
    table = comparison.levels(compare(selection(*DIFFERENT))).frame
    speaks = dict(zip(table["Tier"], table["The interval speaks of"], strict=True))
    assert speaks["Provincies"].startswith("all pages there are")
    assert speaks["Gemeenten"] == "pages like the chosen ones"


def test_an_inverse_and_a_negation_turn_their_intervals() -> None:
    ratio = Estimate(
        value=2.0, low=1.0, high=4.0, n_pages=9, n_posts=9, unit="ratio", method="Welch"
    )
    assert (inverted(ratio).low, inverted(ratio).value, inverted(ratio).high) == (0.25, 0.5, 1.0)
    assert (negated(ratio).low, negated(ratio).high) == (-4.0, -1.0)
    assert inverted(inverted(ratio)) == ratio


@pytest.mark.parametrize("shown", [comparison.pairs, comparison.robustness, comparison.detectable])
def test_every_table_names_every_pair(shown: object) -> None:
    assert callable(shown)
    frame = shown(compare(selection(*DIFFERENT))).frame
    assert "Provincies / Gemeenten" in set(frame.iloc[:, 0])


def test_whether_tiers_differ_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = comparison.answer(compare(selection(*DIFFERENT))).text
    assert "De bestuurslagen verschillen meer dan het toeval zou geven" in said
    assert re.search(
        r"Gemeenten: \*\*\d,\d\d keer\*\* zoveel interacties per volger als Provin", said
    )


def test_results_are_named_alike_in_every_language() -> None:
    english = comparison.robustness(compare(selection(*DIFFERENT))).rows
    with speaking("nl"):
        dutch = comparison.robustness(compare(selection(*DIFFERENT))).rows
    assert {row["definition"] for row in dutch} == {row["definition"] for row in english}
    assert "ratio of geometric means, at equal followers" in {row["definition"] for row in dutch}


@pytest.mark.parametrize(
    "made",
    [
        {"pages": DIFFERENT[0]},
        {"pages": DIFFERENT[0], "page": "gemeente-3"},
        {"pages": ALIKE[0], "followers_at_posting": np.nan},
        {"pages": {"provincie": 1, "gemeente": 1}},
        {"pages": {"provincie": 2}},
        {"pages": DIFFERENT[0], "reactions": np.nan},
    ],
    ids=["all", "one page", "no followers", "two pages", "one tier", "nothing measured"],
)
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.__name__)
def test_every_result_is_dutch_in_a_dutch_study(finding: Any, made: dict[str, Any]) -> None:
    with speaking("nl"):
        shown = finding(compare(selection(rates=DIFFERENT[1], **made)))
        assert not english_left(all_words_of(shown))
