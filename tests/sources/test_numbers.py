"""Number marks and whole numbers."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.numbers import PLAIN, NumberMarks, number_marks, whole_number


def read(texts: list[str | None], marks: NumberMarks = PLAIN) -> list[int | None]:
    column = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return column.select(whole_number(pl.col("text"), marks)).to_series().to_list()


@pytest.mark.parametrize(
    ("texts", "thousands", "decimal"),
    [
        (["31,098", "12"], ",", ""),
        (["407.137", "12"], ".", ""),
        (["1.234.567"], ".", ""),
        (["1,234.5"], ",", "."),
        (["1.234,5"], ".", ","),
        (["12", "7"], "", ""),
        (["146.0", "1.0"], "", "."),
        (["1.234", "12,5"], ".", ","),
    ],
)
def test_marks_are_decided_from_all_whole_numbers_of_a_column(
    texts: list[str], thousands: str, decimal: str
) -> None:
    assert number_marks(texts, whole=True) == NumberMarks(thousands, decimal)


@pytest.mark.parametrize(
    ("texts", "thousands", "decimal"),
    [
        (["-1.18", "2.5"], "", "."),
        (["1,4", "12"], "", ","),
        (["1.234", "2,5"], ".", ","),
        (["1.234", "1,234,567"], ",", "."),
    ],
)
def test_the_marks_of_a_score_are_found(texts: list[str], thousands: str, decimal: str) -> None:
    assert number_marks(texts, whole=False) == NumberMarks(thousands, decimal)


def test_a_number_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    assert number_marks(["1.234", "5"], whole=False) == NumberMarks(unclear="1.234")


@pytest.mark.parametrize("texts", [["1,234", "1.234"], ["1,234,567", "2,5"]])
def test_numbers_that_contradict_each_other_leave_the_marks_open(texts: list[str]) -> None:
    marks = number_marks(texts, whole=True)

    assert marks.unclear
    assert (marks.thousands, marks.decimal) == ("", "")


@pytest.mark.parametrize("mark", [",", "."])
@settings(deadline=None)
@given(numbers=st.lists(st.integers(0, 10**12), min_size=1))
def test_whole_numbers_written_with_a_mark_of_thousands_are_read_back(
    mark: str, numbers: list[int]
) -> None:
    texts = [f"{number:,}".replace(",", mark) for number in numbers]

    assert read(texts, number_marks(texts, whole=True)) == numbers


def test_numbers_as_programs_write_them_are_read() -> None:
    assert read(["146", "-3", "+7", "146.0", "31 098", "31\u202f098", None]) == [
        *(146, -3, 7, 146, 31098, 31098, None)
    ]


@pytest.mark.parametrize("text", ["1.234", "12.5", "1,5", "1e5", "zes", "12 34", "-", "99" * 12])
def test_what_is_no_plain_whole_number_is_not_read_as_one(text: str) -> None:
    assert read([text]) == [None]
