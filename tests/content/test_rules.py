"""What posts are for, by the words in them."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from analysis.content.rules import Rule, by_rules, classes

RULES = [
    pytest.param(dimension, rule, id=f"{dimension} {rule.name}")
    for dimension, of in classes().items()
    for rule in of.all
]


def found(text: str | None, dimension: str = "purpose") -> object:
    return by_rules(pd.Series([text], dtype="object"))[dimension].iloc[0]


def test_the_classes_are_those_of_the_literature() -> None:
    assert set(classes()["purpose"].names) == {
        "crisis",
        "service",
        "participation",
        "recruitment",
        "campaign",
        "symbolic",
        "none",
    }
    assert set(classes()["strategy"].names) == {"push", "pull", "networking"}


@pytest.mark.parametrize(("dimension", "rule"), RULES)
def test_the_examples_of_a_rule_are_of_its_class(dimension: str, rule: Rule) -> None:
    dutch, english = rule.examples
    assert found(dutch, dimension) == found(english, dimension) == rule.name


@pytest.mark.parametrize(("dimension", "rule"), RULES)
def test_a_rule_says_what_it_means_and_where_it_errs(dimension: str, rule: Rule) -> None:
    assert rule.meaning.endswith(".")
    assert rule.errors.endswith(".")


@pytest.mark.parametrize(("dimension", "rule"), RULES)
def test_phrases_are_written_as_they_are_matched(dimension: str, rule: Rule) -> None:
    for phrase in rule.phrases:
        assert phrase.strip("*").replace(" ", "").isalnum(), phrase
        assert phrase == phrase.lower()


@pytest.mark.parametrize("dimension", classes())
def test_no_phrase_stands_in_two_classes(dimension: str) -> None:
    phrases = [
        phrase
        for name, of in classes().items()
        if name == dimension
        for rule in of.rules
        for phrase in rule.phrases
    ]
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("GEFELICITEERD!", "symbolic"),
        ("Nieuwe vacatures bij de gemeente", "recruitment"),
        ("#vacature", "recruitment"),
        ("De NL-Alert van vandaag", "crisis"),
        ("Wat\nvind   jij?", "participation"),
        ("🎉 Proficiat 🎉", "symbolic"),
        ("Ramen en deurenfabriek", "none"),
        ("Lees het op https://example.org/vacature", "none"),
        ("Lees het op www.example.org/vacature", "none"),
    ],
)
def test_whole_words_count_whatever_stands_around_them(text: str, purpose: str) -> None:
    assert found(text) == purpose


def test_the_first_class_with_words_in_the_text_counts() -> None:
    assert found("Gefeliciteerd met de nieuwe openingstijden van de balie") == "service"
    assert found("Gladheid: de balie is gesloten") == "crisis"


def test_a_waste_calendar_is_push_and_service() -> None:
    text = "De afvalkalender voor volgend jaar staat online."
    assert (found(text), found(text, "strategy")) == ("service", "push")


@pytest.mark.parametrize("text", [None, np.nan, "", "   ", "https://example.org", "👍👍"])
def test_without_words_there_is_no_class(text: str | None) -> None:
    assert found(text) is None
    assert found(text, "strategy") is None


def test_no_posts_have_no_classes() -> None:
    assert by_rules(pd.Series([], dtype="object")).empty


def test_rows_keep_their_index() -> None:
    texts = pd.Series(["Proficiat", None], index=[7, 3])
    assert by_rules(texts)["purpose"].to_dict() == {7: "symbolic", 3: None}


def test_twelve_thousand_long_posts_take_less_than_a_second() -> None:
    texts = pd.Series(["Woord na woord zonder een enkel doel. " * 15] * 12_000)
    start = time.process_time()
    by_rules(texts)
    assert time.process_time() - start < 1
