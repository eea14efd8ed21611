"""Rows that cannot be used, gathered by reason."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.ingest.rejections import Rejected, by_reason, turned_dates
from analysis.study import RawFile


def rejects(*reasons: str) -> pl.LazyFrame:
    return pl.LazyFrame({"row": range(2, len(reasons) + 2), "reason": reasons})


def dated(date_format: str) -> RawFile:
    table = {
        "published_precision": "month",
        "date_format": date_format,
        "columns": {"page_id": "P", "published_at": "Datum"},
    }
    return RawFile.model_validate({"path": "posts.csv", "simulated": False, "table": table})


def no_date(text: str) -> str:
    return f"'{text}' in column 'Datum' is no date that can be read"


def test_reasons_that_differ_in_what_stands_in_the_row_are_one() -> None:
    found = by_reason(rejects(no_date("31-01-2023"), "the page is missing", no_date("'s ochtends")))

    assert found == (
        Rejected(no_date("31-01-2023"), 2, (2, 4), n_alike=1),
        Rejected("the page is missing", 1, (3,)),
    )
    assert [str(one) for one in found] == [
        f"{no_date('31-01-2023')} (and 1 like it)",
        "the page is missing",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("page '7' is not in the register of pages", "page '8' is not in the register of pages"),
        (
            "the row has 2 cells where the header has 4",
            "the row has 3 cells where the header has 4",
        ),
        ("published on 2024-01-01 10:00 UTC, after", "published on 2025-11-30 23:59 UTC, after"),
    ],
)
def test_ids_numbers_and_times_do_not_make_another_reason(first: str, second: str) -> None:
    assert [one.n_rows for one in by_reason(rejects(first, second))] == [2]


def test_another_column_makes_another_reason() -> None:
    found = by_reason(
        rejects(
            "'a' in column 'Likes' is no whole number", "'a' in column 'C 2' is no whole number"
        )
    )

    assert len(found) == 2


def test_the_most_frequent_reason_comes_first_and_names_its_first_rows() -> None:
    (most, least) = by_reason(rejects("one of a kind", *["the page is missing"] * 7))

    assert (most.n_rows, most.first_rows) == (7, (3, 4, 5, 6, 7))
    assert least.n_rows == 1


def test_what_stands_in_a_row_cannot_speak_to_the_terminal() -> None:
    (found,) = by_reason(rejects("page '\x1b[31m' is not in the register of pages"))

    assert "\x1b" not in found.reason


def test_dates_that_can_be_read_the_other_way_round_raise_the_question() -> None:
    asked = turned_dates(dated("%m-%d-%Y"), rejects(no_date("14-03-2023"), no_date("31-12-2023")))

    assert "are day and month the wrong way round?" in asked
    assert '"%d-%m-%Y" reads 2' in asked


@pytest.mark.parametrize(
    ("date_format", "reasons"),
    [
        ("%m-%d-%Y", ()),
        ("%m-%d-%Y", (no_date("gisteren"),)),
        ("%m-%d-%Y", (no_date("14-03-2023"), no_date("gisteren"))),
        ("%m-%d-%Y", ("'14-03-2023' in column 'Likes' is no whole number",)),
        ("%Y-%m", (no_date("2023-14"),)),
    ],
)
def test_other_dates_that_cannot_be_read_raise_no_question(
    date_format: str, reasons: tuple[str, ...]
) -> None:
    rows = rejects(*reasons).cast({"reason": pl.String})

    assert turned_dates(dated(date_format), rows) == ""


def test_a_file_that_is_no_declared_table_raises_no_question() -> None:
    file = RawFile(path="posts.csv", simulated=False)

    assert turned_dates(file, rejects(no_date("14-03-2023"))) == ""
