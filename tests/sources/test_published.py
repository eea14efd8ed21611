"""Columns of times without a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.problems import InputProblem
from analysis.sources.dialect import open_table
from analysis.sources.published import PACIFIC, Published, on_the_clock_of, shifted
from analysis.study import DateOrder

WINTER = datetime(2025, 1, 16, 2, 12, tzinfo=UTC)


def read(
    folder: Path, *times: str, told: DateOrder | None = None
) -> tuple[list[datetime | None], Published]:
    path = folder / "posts.csv"
    path.write_text("\n".join(["time,page", *(f'"{time}",x' for time in times)]), encoding="utf-8")
    table, published = on_the_clock_of(open_table(path, folder), "time", PACIFIC, told)
    return table.rows.select(published.time).collect().to_series().to_list(), published


@pytest.mark.parametrize(
    "written",
    [
        *("01/15/2025 18:12", "1/15/2025 18:12:00", "01-15-2025 18:12", "01/15/2025, 18:12"),
        *("01/15/2025 06:12 PM", "1/15/2025 6:12:00 pm", "2025-01-15 18:12", "2025-01-15T18:12:00"),
        "15.01.2025 18:12",
    ],
)
def test_a_time_is_read_in_any_of_the_usual_notations(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, written)[0] == [WINTER]


@pytest.mark.parametrize(
    "written", ["15/15/2025 18:12", "01/15/2025", "01/15/2025 25:00", "15 January 2025 18:12", "NA"]
)
def test_what_is_no_time_is_missing(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, written)[0] == [None]


def test_the_order_that_more_dates_allow_holds_for_all_and_the_others_are_missing(
    tmp_path: Path,
) -> None:
    times, published = read(
        tmp_path, "15/01/2025 18:12", "16/01/2025 18:12", "01/17/2025 18:12", "02/01/2025 18:12"
    )

    assert [time and (time.month, time.day) for time in times] == [
        (1, 16),
        (1, 17),
        None,
        (1, 3),
    ]
    assert published.decided["dates"] == "day/month/year, as the days after the 12th tell"


def test_dates_that_nothing_tells_apart_are_read_as_meta_writes_them_and_that_is_said(
    tmp_path: Path,
) -> None:
    times, published = read(tmp_path, "04/03/2025 18:12", "04/05/2025 18:12")

    assert [(time.month, time.day) for time in times if time] == [(4, 4), (4, 6)]
    assert published.decided["dates"].startswith("month/day/year, as Meta writes them")
    (warning,) = published.warnings
    assert "In column 'time' no day lies after the 12th" in warning


def test_dates_that_a_spreadsheet_rewrote_are_asked_about_and_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="nothing tells days from months") as asked:
        read(tmp_path, "4-3-2025 18:12", "5-3-2025 18:12 and more")
    assert "'4-3-2025'" in asked.value.found
    assert 'date_order = "day first"' in asked.value.remedy


@pytest.mark.parametrize(("told", "month"), [("day first", 3), ("month first", 4)])
def test_the_study_may_say_what_comes_first(tmp_path: Path, told: DateOrder, month: int) -> None:
    times, published = read(tmp_path, "4-3-2025 18:12", told=told)

    assert [time.month for time in times if time] == [month]
    assert published.decided["dates"] == f"{told}, as the study file says"
    assert not published.warnings


def test_years_in_front_leave_nothing_to_decide(tmp_path: Path) -> None:
    assert read(tmp_path, "2025-01-15 18:12")[1].decided["dates"] == "year-month-day"


def test_a_fixed_number_of_hours_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("time,page\n2025-07-15 18:12:00,x\n", encoding="utf-8")
    table, published = shifted(open_table(path, tmp_path), "time", -5, "a test")

    assert table.rows.select(published.time).collect().item() == datetime(
        2025, 7, 15, 23, 12, tzinfo=UTC
    )
    assert published.decided == {"time zone": "UTC-05:00, all year: a test"}
