"""What notebook 09 says of claims whose outcome is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.findings import claims
from analysis.showing import Sentence, ShownTable
from analysis.study import Study
from selections import CLAIM, selection, study

PAGES = {"provincie": 12, "gemeente": 15}


@pytest.fixture
def with_claim(tmp_path: Path) -> Study:
    found = study(claims={"few_reactions": CLAIM})
    found._path = tmp_path / "two.toml"
    return found


@pytest.mark.parametrize(
    ("rate", "verdict"), [(1.0, "supported"), (6.5, "in between"), (40.0, "contradicted")]
)
def test_the_verdict_comes_first_with_its_number_and_thresholds(
    with_claim: Study, rate: float, verdict: str
) -> None:
    rates = {"provincie": rate, "gemeente": rate}
    said = claims.answer(selection(PAGES, rates, of=with_claim, paid=False)).text
    assert f"“Hardly anyone reacts”: **{verdict}**" in said
    assert "thresholds 0.50 and 1" in said
    assert "not fixed beforehand" in said


def test_all_pages_together_come_before_the_tiers(with_claim: Study) -> None:
    table = claims.verdicts(selection(PAGES, {"provincie": 1, "gemeente": 40}, of=with_claim))
    assert isinstance(table, ShownTable)
    assert list(table.frame["Pages"]) == ["All tiers", "Provincies", "Gemeenten"]
    assert [row["verdict"] for row in table.rows][1:] == ["supported", "contradicted"]


def test_without_claims_there_are_no_verdicts() -> None:
    chosen = selection(PAGES, {"provincie": 1, "gemeente": 1})
    assert "no claims" in claims.answer(chosen).text
    assert isinstance(claims.verdicts(chosen), Sentence)
    assert isinstance(claims.by_threshold(chosen, "few_reactions"), Sentence)


def test_paid_posts_that_are_not_known_are_said_to_widen_the_bounds(with_claim: Study) -> None:
    rates = {"provincie": 5.0, "gemeente": 5.0}
    assert "not known" in claims.notes(selection(PAGES, rates, of=with_claim)).text
    known = selection(PAGES, rates, of=with_claim, paid=False)
    assert "are known and left out" in claims.notes(known).text
