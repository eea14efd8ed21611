"""Results leave a notebook by being shown."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from analysis.inference.estimate import Estimate
from analysis.registers.followers import FOLLOWERS_OF_REGISTER
from analysis.results import ESTIMATE_MIME, RESULT_COLUMNS, results_frame
from analysis.selection import Selection
from analysis.showing import Sentence, ShownTable, result_row
from selections import selection

CHOSEN = selection({"provincie": 6}, {"provincie": 5}, tier="provincie")
ESTIMATE = Estimate(
    value=0.5,
    low=None,
    high=None,
    n_pages=3,
    n_posts=60,
    unit="share of posts",
    method="median page",
    reason="an interval takes at least 6 pages, and there are 3",
    approximate=True,
)


def test_a_row_has_every_column_but_the_notebook() -> None:
    row = result_row(CHOSEN, ESTIMATE, measure="no_comment", definition="#{C = 0} / N")
    assert set(row) <= set(RESULT_COLUMNS)
    assert row["estimate"] == 0.5
    assert row["low"] is None
    assert row["simulated"] is True
    assert row["tier"] == "provincie"
    assert row["method"].endswith("(approximate)")
    assert results_frame([row]).height == 1


def test_a_row_about_followers_of_the_register_says_so() -> None:
    of_register = selection(
        {"gemeente": 2}, {"gemeente": 5}, followers_definition=FOLLOWERS_OF_REGISTER
    )

    def definition(of: Selection, formula: str, unit: str = "share of posts") -> str:
        estimate = replace(ESTIMATE, unit=unit)
        return str(result_row(of, estimate, measure="m", definition=formula)["definition"])

    per_follower = "1,000 · ΣI / (N · F)"
    assert definition(of_register, per_follower) == f"{per_follower}; F: {FOLLOWERS_OF_REGISTER}"
    assert definition(of_register, "P3 + C3", "per 1,000 followers").endswith(FOLLOWERS_OF_REGISTER)
    assert definition(of_register, "ΣI / N") == "ΣI / N"
    assert definition(CHOSEN, per_follower) == per_follower


def test_a_sentence_carries_its_rows_as_json() -> None:
    row = result_row(CHOSEN, ESTIMATE, measure="no_comment", definition="#{C = 0} / N")
    bundle = Sentence("Half.", [row])._repr_mimebundle_()
    assert bundle["text/markdown"] == "Half."
    assert json.loads(json.dumps(bundle[ESTIMATE_MIME])) == [row]


def test_a_sentence_without_estimates_carries_none() -> None:
    assert ESTIMATE_MIME not in Sentence("Nothing.")._repr_mimebundle_()


def test_what_stands_in_a_table_cannot_become_markup() -> None:
    frame = pd.DataFrame({"Page": ["<b>Bold</b>"], "Posts": ["1 & 2"]})
    shown = ShownTable(frame, "A <i>caption</i>", note="5 < 6")._repr_mimebundle_()["text/html"]
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "5 &lt; 6" in shown


def test_the_first_column_heads_the_rows() -> None:
    frame = pd.DataFrame({"Page": ["One"], "Posts": ["12"]})
    shown = ShownTable(frame, "Posts")._repr_mimebundle_()["text/html"]
    assert "<th>One</th>" in shown
    assert "<td>12</td>" in shown
