"""The Ad Library report: what pages spend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.ad_library import SOURCE
from analysis.sources.merging import add_up_spend
from analysis.sources.reading import Reading
from analysis.tables import SPEND

from .conftest import Writer
from .twins import AD_LIBRARY, csv_bytes

Read = Callable[..., tuple[pl.DataFrame, Reading]]
REPORT = "FacebookAdLibraryReport_2023-06-01_NL_last_7_days_advertisers.csv"
SMALL = {"Amount spent (EUR)": "≤100"}


@pytest.fixture
def read_report(write_posts: Writer, read_export: Read) -> Read:
    """Write a report and read it."""

    def read(
        *changes: dict[str, str], post: dict[str, str] = AD_LIBRARY, name: str = REPORT
    ) -> tuple[pl.DataFrame, Reading]:
        return read_export(write_posts(*changes, post=post, name=name))

    return read


def test_a_page_with_what_it_spent_is_read(read_report: Read) -> None:
    rows, reading = read_report()
    row = rows.row(0, named=True)

    assert row["reason"] is None
    assert (row["platform"], row["page_id"]) == ("facebook", "100000000000001")
    assert (row["amount_low"], row["amount_high"], row["currency"]) == (1610, 1610, "EUR")
    assert row["n_ads"] == 16
    assert reading.decided["small amounts"] == "every amount is exact"
    assert reading.decided["covers"].startswith("ads about social issues, elections or politics")
    SPEND.validate(rows.select(*SPEND.columns))


@pytest.mark.parametrize("small", ["≤100", "<100", "<=100", "≤ 100", "< 100"])
def test_a_small_amount_is_a_bound_and_no_number(read_report: Read, small: str) -> None:
    rows, reading = read_report({}, {"Amount spent (EUR)": small})

    assert rows.select("amount_low", "amount_high").rows() == [(1610, 1610), (0, 100)]
    assert reading.decided["small amounts"] == "1 of 2 are only known to be at most so much"


def test_the_disclaimers_of_a_page_are_added_up_with_their_bounds(read_report: Read) -> None:
    other_page = {"Page ID": "100000000000002"}
    rows, _ = read_report({}, SMALL | {"Disclaimer": "Een ander"}, other_page)
    spend = add_up_spend(rows.lazy()).collect()

    SPEND.validate(spend)
    assert spend.select("page_id", "amount_low", "amount_high", "n_ads").rows() == [
        ("100000000000001", 1610, 1710, 32),
        ("100000000000002", 1610, 1610, 16),
    ]


def test_an_amount_that_is_missing_is_not_zero(read_report: Read) -> None:
    rows, _ = read_report({}, {"Amount spent (EUR)": ""})
    spend = add_up_spend(rows.lazy()).collect()

    assert rows["reason"].to_list() == [None, None]
    assert spend.select("amount_low", "amount_high", "n_ads").row(0) == (None, None, 32)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        (REPORT, date(2023, 5, 26), date(2023, 6, 1)),
        (REPORT.replace("_advertisers", ""), date(2023, 5, 26), date(2023, 6, 1)),
        (REPORT.replace(".csv", " (1).csv"), date(2023, 5, 26), date(2023, 6, 1)),
        (REPORT.replace("last_7_days", "yesterday"), date(2023, 6, 1), date(2023, 6, 1)),
        (REPORT.replace("last_7_days", "last_90_days"), date(2023, 3, 4), date(2023, 6, 1)),
        (REPORT.replace("last_7_days", "lifelong"), None, date(2023, 6, 1)),
        (REPORT.replace("2023-06-01", "2023-13-01"), None, None),
        ("report.csv", None, None),
    ],
)
def test_the_period_stands_in_the_name_of_the_file(
    read_report: Read, name: str, start: date | None, end: date | None
) -> None:
    rows, reading = read_report(name=name)

    assert rows.select("period_start", "period_end").row(0) == (start, end)
    assert any("Nothing tells the period" in text for text in reading.warnings) == (end is None)


def test_the_report_on_a_region_is_only_a_part(read_report: Read) -> None:
    _, reading = read_report(name=REPORT.replace("advertisers", "Noord-Holland"))

    assert "report on a region ('Noord-Holland')" in reading.warnings[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,610", 1610),
        ("1.610", 1610),
        ("1610.50", 1610.5),
        ("1.610,5", 1610.5),
        ("1,234,567", 1_234_567),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_they_are_marked(read_report: Read, written: str, read: float) -> None:
    rows, _ = read_report({"Amount spent (EUR)": written})

    assert rows.select("amount_high", "reason").row(0) == (read, None)


def test_marks_that_contradict_each_other_are_not_guessed(read_report: Read) -> None:
    rows, reading = read_report(
        {"Amount spent (EUR)": "1,610"}, {"Amount spent (EUR)": "1.610"}, {}
    )

    assert rows["reason"].is_null().to_list() == [False, False, True]
    assert "can be read in two ways" in reading.warnings[0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Page ID": ""}, "the page is missing"),
        ({"Page ID": "0"}, "the page is missing"),
        ({"Page ID": "Wilhelmina"}, "the id of the page is no number"),
        ({"Page ID": "1.03506E+15"}, "the id of the page is no number"),
        ({"Amount spent (EUR)": "Wilhelmina"}, "the amount cannot be read"),
        ({"Amount spent (EUR)": "-5"}, "the amount cannot be read"),
        ({"Number of ads in Library": "veel"}, "the number of ads cannot be read"),
        ({"Number of ads in Library": "-1"}, "the number of ads is negative"),
    ],
)
def test_why_a_row_cannot_be_used_quotes_nothing(
    read_report: Read, change: dict[str, str], reason: str
) -> None:
    rows, _ = read_report({}, change)

    assert rows["reason"].to_list() == [None, reason]
    assert rows["raw"].to_list() == [None, None]


def test_a_byte_order_mark_within_the_file_is_no_part_of_an_id(read_report: Read) -> None:
    rows, _ = read_report({}, {"Page ID": "\ufeff100000000000002"})

    assert rows["page_id"].to_list() == ["100000000000001", "100000000000002"]


@pytest.mark.parametrize(
    "words",
    [
        {"Page ID": "Page id", "Number of ads in Library": "Number of Ads in Library"},
        {"Amount spent (EUR)": "Amount Spent (USD)", "Page name": "Page Name"},
        {"Number of ads in Library": "Number of Ads in Archive"},
    ],
)
def test_variants_of_the_header_are_recognised(read_report: Read, words: dict[str, str]) -> None:
    report = {words.get(column, column): cell for column, cell in AD_LIBRARY.items()}
    rows, _ = read_report(post=report)

    assert rows.select("amount_high", "n_ads", "reason").row(0) == (1610, 16, None)
    assert rows["currency"].item() in ("EUR", "USD")


@pytest.mark.parametrize(
    ("without", "found"),
    [
        ("Page ID", "no column tells the page"),
        ("Amount spent (EUR)", "0 columns tell an amount"),
    ],
)
def test_a_report_that_tells_no_page_or_no_amount_is_refused(
    write_posts: Writer, read_export: Read, without: str, found: str
) -> None:
    report = {column: cell for column, cell in AD_LIBRARY.items() if column != without}
    path = write_posts(post=report)

    assert not SOURCE.recognises(path)
    with pytest.raises(InputProblem, match=found):
        read_export(path, format="ad_library_report")


@pytest.mark.parametrize("first_cell", ["100000000000001", "Page ID"])
def test_a_report_without_its_header_is_refused_without_quoting_who_paid(
    tmp_path: Path, read_export: Read, first_cell: str
) -> None:
    path = tmp_path / REPORT
    row = f"{first_cell},A page,Paid for by Wilhelmina Zandstra-Plant,1610,16\n"
    path.write_text(row * 2, encoding="utf-8")

    with pytest.raises(InputProblem, match="0 columns tell an amount") as problem:
        read_export(path, format="ad_library_report")
    assert "Wilhelmina" not in str(problem.value)


def test_a_report_without_pages_is_refused_without_quoting_its_columns(
    tmp_path: Path, read_export: Read
) -> None:
    path = tmp_path / REPORT
    path.write_text("Wilhelmina Zandstra-Plant,Amount spent (EUR)\nA page,16\n", encoding="utf-8")

    with pytest.raises(InputProblem, match="no column tells the page") as problem:
        read_export(path, format="ad_library_report")
    assert "Wilhelmina" not in str(problem.value)


def test_two_currencies_are_not_one_amount(write_posts: Writer, read_export: Read) -> None:
    path = write_posts(post=AD_LIBRARY | {"Amount spent (USD)": "1700"})

    with pytest.raises(InputProblem, match="2 columns tell an amount"):
        read_export(path)


def test_who_paid_is_left_behind(read_report: Read) -> None:
    rows, reading = read_report({"Disclaimer": "Wilhelmina Zandstra-Plant"})

    assert "Wilhelmina" not in f"{rows.rows()} {reading}"


def test_no_copy_of_who_paid_is_made(tmp_path: Path, read_export: Read) -> None:
    path = tmp_path / REPORT
    path.write_bytes(csv_bytes(AD_LIBRARY, AD_LIBRARY, encoding="utf-16"))
    rows, _ = read_export(path)

    assert rows["amount_high"].to_list() == [1610, 1610]
    assert list(tmp_path.iterdir()) == [path]
