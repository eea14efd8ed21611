"""What notebook 00 says of the questions that data can answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.findings import data
from analysis.showing import Sentence
from selections import selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}


def row(question: str, **columns: object) -> dict[str, str]:
    table = data.usable_for(selection(PAGES, RATES, **columns)).frame
    (found,) = table[table["Question"] == question].to_dict("records")
    return found


def test_a_question_that_every_page_can_answer_misses_nothing() -> None:
    assert row("Does anyone react, per follower?")["Answer"] == "yes"
    assert row("Does anyone react, per follower?")["Missing"] == "nothing"


def test_a_question_that_no_page_can_answer_names_what_is_missing() -> None:
    found = row("Does anyone react, per follower?", followers_at_posting=np.nan)
    assert found["Answer"] == "no"
    assert found["Missing"] == "followers at posting"


def test_a_question_that_some_pages_can_answer_says_how_many_and_what_the_others_lack() -> None:
    reach = np.where(np.arange(17 * 20) < 3 * 20, 500.0, np.nan)
    found = row("Do people who are reached react?", reach=reach)
    assert found["Answer"] == "for 3 of 17 pages"
    assert found["Missing"] == "people reached"


@pytest.mark.parametrize(("paid", "answer"), [(False, "yes"), (True, "no"), (None, "no")])
def test_all_reach_of_posts_known_to_be_unpaid_is_reach_without_payment(
    paid: bool | None, answer: str
) -> None:
    known = pd.array([paid] * (17 * 20), dtype="boolean")
    found = row("Whom does a post reach, as measured?", reach=500.0, paid=known)
    assert found["Answer"] == answer


def test_what_stands_beside_posts_is_missing_where_there_is_none() -> None:
    for question in ("Does the page answer questions?", "What do other channels give?"):
        assert row(question)["Answer"] == "no"


def test_the_links_of_the_notebooks_lead_somewhere(project: Path) -> None:
    for notebook in (project / "notebooks").glob("*.ipynb"):
        for name in ("codebook.md", "getting-data.md", "methods.md", "teaching.md"):
            if f"../docs/{name}" in notebook.read_text(encoding="utf-8"):
                assert (project / "docs" / name).is_file()


def test_posts_outside_the_period_are_not_called_unmeasured() -> None:
    of = study(period={"start": date(2031, 1, 1), "end": date(2031, 12, 31)})
    said = data.answer(selection(PAGES, RATES, of=of)).text
    assert "340 posts read and not measured" in said.lower().replace("**", "").replace(":", "")
    assert "Not measured** in any post" not in said
    figure = data.coverage_figure(selection(PAGES, RATES, of=of))
    assert isinstance(figure, Sentence)
    assert "no dates" not in figure.text
