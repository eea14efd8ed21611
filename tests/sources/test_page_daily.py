"""One number of a whole page per day: read for the page that the study names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.check.files import check_file
from analysis.problems import InputProblem
from analysis.sources.page_daily import SOURCE
from analysis.sources.reading import Reading
from analysis.study import RawFile
from analysis.tables import PAGE_DAYS

from .planted import PAGE
from .twins import BUSINESS_SUITE, MINIMAXIR_COMMENT, PAGE_DAILY, csv_bytes

Write = Callable[[bytes], Path]
NO_NAME = b'sep=,\n"Date","Primary"\n"2025-08-01T00:00:00","20"\n'
IN_DUTCH = PAGE_DAILY.replace("Facebook follows", "Kijkers").replace(
    '"Date","Primary"', '"Datum","Primair"'
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_bytes(content: bytes) -> Path:
        path = tmp_path / "Follows.csv"
        path.write_bytes(content)
        return path

    return write_bytes


def read(path: Path, **known: object) -> Reading:
    told = {"path": path.name, "simulated": False, "page": PAGE, **known}
    raw_file = RawFile.model_validate(told)
    return SOURCE.read(path, raw_file, ZoneInfo("Europe/Amsterdam"), path.parent)


def rows_of(path: Path, **known: object) -> pl.DataFrame:
    return read(path, **known).rows.collect()


def lines(*days: str, name: str = "Viewers") -> bytes:
    return f'sep=,\n"{name}"\n"Date","Primary"\n{chr(10).join(days)}\n'.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_days_are_read_however_they_are_encoded(write: Write, encoding: str, line_end: str) -> None:
    path = write(PAGE_DAILY.replace("\n", line_end).encode(encoding))

    assert SOURCE.recognises(path)
    rows = rows_of(path)
    PAGE_DAYS.validate(rows.select(*PAGE_DAYS.columns))
    assert rows.select("row", "day", "value").rows() == [
        (2, date(2025, 8, 1), 20),
        (3, date(2025, 8, 2), 0),
        (4, date(2025, 8, 4), 1207),
    ]
    assert rows.select("platform", "page_id", "variable", "definition").unique().rows() == [
        ("facebook", PAGE, "follows", "Facebook follows")
    ]


def test_a_spreadsheet_takes_the_first_line_away_and_the_days_are_still_known(write: Write) -> None:
    saved = PAGE_DAILY.removeprefix("sep=,\n").replace('"', "").replace("1,207", "1.207")
    path = write(saved.replace(",", ";").replace("Facebook follows", "Facebook follows;").encode())

    assert SOURCE.recognises(path)
    assert rows_of(path)["value"].to_list() == [20, 0, 1207]


def test_tables_of_posts_are_no_days_of_a_page(write: Write) -> None:
    assert not SOURCE.recognises(write(csv_bytes(BUSINESS_SUITE)))
    assert not SOURCE.recognises(write(b"sep=,\nDate,Reach\n2025-01-01,3\n"))


@pytest.mark.parametrize(
    ("name", "variable", "platform"),
    [
        ("Viewers", "reach", None),
        ("Facebook reach", "reach", "facebook"),
        ("Views", "views", None),
        ("Facebook visits", "visits", "facebook"),
        ("Instagram profile visits", "visits", "instagram"),
        ("Instagram follows", "follows", "instagram"),
        ("Content interactions", "interactions", None),
        ("Facebook link clicks", "link_clicks", "facebook"),
    ],
)
def test_the_name_of_a_number_tells_what_it_counts_and_maybe_where(
    write: Write, name: str, variable: str, platform: str | None
) -> None:
    rows = rows_of(write(lines('"2025-08-01T00:00:00","20"', name=name)))

    assert rows.select("variable", "definition", "platform").rows() == [(variable, name, platform)]


@pytest.mark.parametrize("name", ["Unfollows", "Net follows", "Earnings", "Paid reach"])
def test_a_number_that_is_not_known_is_asked_about(write: Write, name: str) -> None:
    path = write(lines('"2025-08-01T00:00:00","20"', name=name))

    assert SOURCE.recognises(path)
    with pytest.raises(InputProblem, match=f"'{name}' of a whole page per day.*under 'variable'"):
        read(path)


def test_the_study_says_what_a_name_in_another_language_counts(write: Write) -> None:
    path = write(IN_DUTCH.encode("utf-16"))

    assert SOURCE.recognises(path)
    rows = rows_of(path, variable="reach")
    assert rows["variable"].to_list() == ["reach"] * 3
    assert rows["definition"].to_list() == ["Kijkers"] * 3


def test_the_study_may_not_call_a_known_number_something_else(write: Write) -> None:
    path = write(lines('"2025-08-01T00:00:00","20"'))

    assert rows_of(path, variable="reach")["variable"].to_list() == ["reach"]
    with pytest.raises(InputProblem, match=r"'views', and the file calls its number 'Viewers'"):
        read(path, variable="views")


def test_a_day_after_the_counts_were_taken_is_rejected(write: Write) -> None:
    path = write(PAGE_DAILY.encode("utf-16"))
    rows = rows_of(path, observed_at=date(2025, 8, 2))

    assert rows["reason"].to_list() == [
        None,
        None,
        "the day lies after its counts were taken (2025-08-02 21:59 UTC, from the study file)",
    ]


def test_a_number_without_a_name_is_asked_about_and_has_no_stated_definition(write: Write) -> None:
    with pytest.raises(InputProblem, match=r"a number without a name.*under 'variable'"):
        read(write(NO_NAME))
    assert rows_of(write(NO_NAME), variable="views")["definition"].to_list() == ["not stated"]


def test_a_second_number_in_the_file_is_not_taken_for_the_first(write: Write) -> None:
    twice = PAGE_DAILY + PAGE_DAILY.removeprefix("sep=,\n").replace("follows", "visits")

    with pytest.raises(InputProblem, match="row 6: the header 'Date' again"):
        read(write(twice.encode("utf-16")))


def test_days_that_are_left_out_are_named_and_are_not_zero(write: Write) -> None:
    path = write(PAGE_DAILY.encode("utf-16"))

    assert rows_of(path).height == 3
    assert read(path).warnings == (
        "Days between the first and the last that are not in the file: 1. They are not measured; "
        "some exports leave out the days on which nothing was counted.",
    )


def test_an_empty_cell_is_a_day_that_was_not_measured(write: Write) -> None:
    rows = rows_of(write(lines('"2025-08-01T00:00:00",""', '"2025-08-02T00:00:00","3"')))

    assert rows.select("value", "reason").rows() == [(None, None), (3, None)]


def test_what_is_no_day_or_no_number_is_rejected_with_its_row(write: Write) -> None:
    path = write(
        lines(
            '"2025-08-01T00:00:00","20"',
            '"1 augustus","20"',
            '"","20"',
            '"0025-08-02T00:00:00","20"',
            '"2025-08-03T00:00:00","-4"',
            '"2025-08-04T00:00:00","veel"',
            '"2025-08-05T00:00:00"',
        )
    )

    assert rows_of(path).filter(pl.col("reason").is_not_null()).select("row", "reason").rows() == [
        (3, "'1 augustus' in column 'Date' is no date that can be read"),
        (4, "the day is missing"),
        (5, "'0025-08-02T00:00:00' in column 'Date' is no date that can be read"),
        (6, "'-4' in column 'Primary' is a negative count"),
        (7, "'veel' in column 'Primary' is no whole number"),
        (8, "the file ends in the middle of this row"),
    ]


def test_a_day_that_comes_twice_is_named(write: Write) -> None:
    days = ('"2025-08-01T00:00:00","20"', '"2025-08-01T00:00:00","21"')

    assert read(write(lines(*days))).warnings == (
        "Rows about a day that has a row already: 1; the last one counts.",
    )


def test_the_same_number_on_every_day_is_named(write: Write) -> None:
    month = [f'"2025-08-{day:02}T00:00:00","3"' for day in range(1, 32)]

    assert read(write(lines(*month))).warnings == (
        "Every day has the same number, 3: is it measured?",
    )
    assert read(write(lines(*month[:19]))).warnings == ()


def test_further_columns_are_named_and_not_read(write: Write) -> None:
    content = b'sep=,\n"Views"\n"Date","Primary","stars"\n"2025-08-01T00:00:00","20","3"\n'
    reading = read(write(content))

    assert reading.decided["not read"] == "'stars'"
    assert reading.rows.collect()["value"].to_list() == [20]


def test_counts_are_taken_when_the_study_says_or_on_the_last_day(write: Write) -> None:
    path = write(PAGE_DAILY.encode("utf-16"))

    last_midnight = datetime(2025, 8, 4, 21, 59, 59, 999999, tzinfo=UTC)
    assert rows_of(path)["observed_at"].unique().to_list() == [last_midnight]
    assert read(path).decided["observed_at"].endswith("from the latest day in the file")
    told = rows_of(path, observed_at=datetime(2025, 9, 1, tzinfo=UTC))["observed_at"]
    assert told.unique().to_list() == [datetime(2025, 9, 1, tzinfo=UTC)]


def test_without_a_study_the_page_is_asked_for(write: Write) -> None:
    report = check_file(write(PAGE_DAILY.encode("utf-16")))

    assert (report.kind, report.rows_usable, report.exit_code) == ("page_days", 3, 1)
    assert (f"{report.earliest:%Y-%m-%d}", f"{report.latest:%Y-%m-%d}") == (
        "2025-08-01",
        "2025-08-04",
    )
    assert "say 'page' in the study file" in report.warnings[0]


def test_another_file_that_is_said_to_be_days_of_a_page_is_not_quoted(write: Write) -> None:
    path = write(csv_bytes(MINIMAXIR_COMMENT))
    said = RawFile(path=path.name, simulated=False, format="business_suite_page_daily")
    report = check_file(path, said)

    assert "no columns 'Date' and 'Primary'" in report.problem
    assert "Kornelisbrug" not in report.problem


def test_what_people_wrote_above_the_header_is_no_name_of_a_number(write: Write) -> None:
    path = write(lines('"2025-08-01T00:00:00","20"', name="https://example.org/people?id=1"))

    assert not SOURCE.recognises(path)


def test_an_empty_file_is_a_problem_and_no_days_of_a_page(write: Write) -> None:
    with pytest.raises(InputProblem, match="empty"):
        SOURCE.recognises(write(b""))
