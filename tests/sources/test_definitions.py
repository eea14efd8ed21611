"""What reach and views count, and since when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from analysis.sources.definitions import (
    IMPRESSIONS,
    NOT_STATED,
    REACH,
    VIEWS,
    History,
    definition_on,
    leading_definition,
    only_where_measured,
    stated,
)


def text_on(history: History, published: datetime | None) -> str | None:
    column = pl.DataFrame({"at": [published]}, schema={"at": pl.Datetime("us", "UTC")})
    text: str | None = column.select(definition_on(history, pl.col("at"))).item()
    return text


@pytest.mark.parametrize(
    ("history", "breaks"),
    [
        (REACH, [(2018, 4, 1), (2024, 3, 14), (2026, 6, 15)]),
        (IMPRESSIONS, [(2018, 4, 1), (2024, 3, 14)]),
    ],
)
def test_a_definition_holds_from_its_day_on(
    history: History, breaks: list[tuple[int, int, int]]
) -> None:
    for number, day in enumerate(breaks, start=1):
        start = datetime(*day, tzinfo=UTC)
        assert text_on(history, start - timedelta(microseconds=1)) == history[number - 1].text
        assert text_on(history, start) == history[number].text


def test_no_two_definitions_have_the_same_text() -> None:
    texts = [definition.text for history in (REACH, IMPRESSIONS, VIEWS) for definition in history]

    assert len(set(texts)) == len(texts)


def test_the_numbers_of_a_post_of_an_unknown_day_have_no_definition() -> None:
    assert text_on(REACH, None) is None


def test_a_definition_stands_beside_measured_numbers_only() -> None:
    posts = pl.DataFrame(
        {
            "reach": [5, None, None, 5],
            "reach_organic": [None, 3, None, None],
            "reach_paid": pl.Series([None] * 4, dtype=pl.Int64),
            "reach_definition": ["people", "people", "people", None],
        }
    )
    kept = posts.select(only_where_measured("reach_definition")).to_series().to_list()
    assert kept == ["people", "people", None, None]
    said = posts.select(stated("reach_definition")).to_series().to_list()
    assert said == ["people", "people", None, NOT_STATED]


def test_of_equally_frequent_definitions_the_first_by_name_stays() -> None:
    assert leading_definition({"b": 3, "a": 3, "c": 2}) == "a"
