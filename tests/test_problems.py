"""One clear message: where, what is there, what should be, what to do."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems import InputProblem, listed, nearest


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = InputProblem("posts.csv, row 3", "'twelve'", "a number", "Correct the row.")
    assert str(problem) == "posts.csv, row 3: 'twelve'. Expected: a number. Correct the row."


def test_a_problem_without_a_remedy_ends_with_what_was_expected() -> None:
    assert str(InputProblem("tier", "'x'", "'a', 'b'")) == "tier: 'x'. Expected: 'a', 'b'."


def test_a_problem_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="here: this"):
        raise InputProblem("here", "this", "that")


@given(st.tuples(st.text(), st.text(), st.text(), st.text()))
def test_a_problem_keeps_its_parts_between_processes(parts: tuple[str, str, str, str]) -> None:
    arrived = pickle.loads(pickle.dumps(InputProblem(*parts)))
    assert (arrived.where, arrived.found, arrived.expected, arrived.remedy) == parts


@pytest.mark.parametrize("word", ["gemeenten", "Gemeente", "gemente", "gemeent"])
def test_a_slip_is_answered_with_the_word_that_was_meant(word: str) -> None:
    assert nearest(word, ["rijksoverheid", "provincie", "gemeente"]) == "Did you mean 'gemeente'?"


def test_nothing_is_suggested_when_nothing_is_near() -> None:
    assert nearest("waterschap", ["rijksoverheid", "gemeente"]) == ""
    assert nearest("gemeente", []) == ""


def test_the_suggestion_is_spelt_as_it_must_be_typed() -> None:
    assert nearest("europe/amsterdm", ["Europe/Amsterdam", "Europe/Andorra"]) == (
        "Did you mean 'Europe/Amsterdam'?"
    )


def test_words_are_listed_in_quotes() -> None:
    assert listed(["a", "b"]) == "'a', 'b'"
