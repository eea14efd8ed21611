"""What notebook 06 says of tiers whose difference is known."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analysis.findings import comparison
from analysis.findings.tier_rates import compare, inverted, negated
from analysis.inference.estimate import Estimate
from selections import selection

DIFFERENT = ({"provincie": 12, "gemeente": 15}, {"provincie": 5, "gemeente": 20})
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
