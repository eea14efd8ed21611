"""One number of a whole page per day: recognised, and refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.check.files import check_file
from analysis.problems import InputProblem
from analysis.sources.page_daily import SOURCE
from analysis.study import RawFile

from .twins import BUSINESS_SUITE, MINIMAXIR_COMMENT, PAGE_DAILY, csv_bytes

Write = Callable[[bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_bytes(content: bytes) -> Path:
        path = tmp_path / "Follows.csv"
        path.write_bytes(content)
        return path

    return write_bytes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_daily_series_is_recognised_however_it_is_encoded(
    write: Write, encoding: str, line_end: str
) -> None:
    assert SOURCE.recognises(write(PAGE_DAILY.replace("\n", line_end).encode(encoding)))


def test_tables_of_posts_are_not_daily_series(write: Write) -> None:
    assert not SOURCE.recognises(write(csv_bytes(BUSINESS_SUITE)))
    assert not SOURCE.recognises(write(b"sep=,\nDate,Reach\n2025-01-01,3\n"))


def test_a_daily_series_is_refused_with_what_it_is_and_what_to_export_instead(
    write: Write,
) -> None:
    report = check_file(write(PAGE_DAILY.encode("utf-16")))

    assert report.format == "Meta Business Suite CSV of a whole page per day"
    assert "'Facebook follows' of a whole page, per day" in report.problem
    assert "For posts choose Insights, Content, Export data" in report.problem
    assert "Keep this file" in report.problem


def test_a_daily_series_without_the_name_of_its_number_is_refused_too(write: Write) -> None:
    report = check_file(write(b'sep=,\n"Date","Primary"\n"2025-08-01T00:00:00","20"\n'))

    assert "'a number without a name' of a whole page" in report.problem


def test_another_file_that_is_said_to_be_a_daily_series_is_not_quoted(write: Write) -> None:
    path = write(csv_bytes(MINIMAXIR_COMMENT))
    said = RawFile(path=path.name, simulated=False, format="business_suite_page_daily")
    report = check_file(path, said)

    assert "no columns 'Date' and 'Primary'" in report.problem
    assert "Kornelisbrug" not in report.problem


def test_an_empty_file_is_a_problem_and_no_daily_series(write: Write) -> None:
    with pytest.raises(InputProblem, match="empty"):
        SOURCE.recognises(write(b""))
