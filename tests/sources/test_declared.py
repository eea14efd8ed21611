"""Tables that the study file declares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.declared import SOURCE, read
from analysis.sources.reading import Reading
from analysis.study import RawFile

COLUMNS = {
    "page_id": "account",
    "post_id": "id",
    "published_at": "date",
    "reactions": "reactions",
    "comments": "comments",
    "shares": "shares",
}
HEADER = "account,id,date,reactions,comments,shares,group,paid\n"

Declare = Callable[..., tuple[pl.DataFrame, Reading]]


@pytest.fixture
def read_declared(tmp_path: Path) -> Declare:
    """Read a table as a study would declare it."""

    def read_text(text: str, **table: Any) -> tuple[pl.DataFrame, Reading]:
        path = tmp_path / "posts.csv"
        path.write_text(text, encoding="utf-8")
        declared = {"columns": COLUMNS, **table}
        raw_file = RawFile.model_validate(
            {"path": path.name, "simulated": False, "table": declared}
        )
        reading = read(path, raw_file, ZoneInfo("Europe/Amsterdam"), tmp_path)
        return reading.rows.collect(), reading

    return read_text


def test_a_file_of_one_page_names_it_in_the_study(read_declared: Declare) -> None:
    rows, _ = read_declared(
        "likes\n3\n4\n", columns={"reactions": "likes"}, page="A cosmetics brand"
    )
    assert rows["page_id"].to_list() == ["A cosmetics brand"] * 2
    assert rows["page_name"].to_list() == ["A cosmetics brand"] * 2


def test_a_file_that_says_nothing_of_its_page_is_refused(read_declared: Declare) -> None:
    with pytest.raises(InputProblem, match=r"Name it with 'table\.page'"):
        read_declared("likes\n3\n", columns={"reactions": "likes"})


def test_declared_columns_become_fields(read_declared: Declare) -> None:
    rows, reading = read_declared(HEADER + "7,100_200,2016-09-19,146,15,,left,\n")
    post = rows.row(0, named=True)

    assert post["reason"] is None
    assert (post["platform"], post["page_id"], post["post_id"]) == ("facebook", "7", "200")
    assert (post["reactions"], post["comments"], post["shares"]) == (146, 15, None)
    assert post["followers_at_posting"] is None
    assert post["published_precision"] == "day"
    assert reading.decided["dates"] == "%Y-%m-%d, to the day"
    assert reading.decided["time zone"] == "Europe/Amsterdam, the study's"


def test_a_day_is_a_day_of_the_studys_zone(read_declared: Declare) -> None:
    rows, _ = read_declared(HEADER + "7,1,2016-09-19,1,1,1,left,\n")

    assert rows["published_at"].item() == datetime(2016, 9, 18, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date_format", "precision", "text", "time"),
    [
        ("%d-%m-%Y", "day", "19-09-2016", datetime(2016, 9, 18, 22, tzinfo=UTC)),
        ("%d/%m/%Y %H:%M", "second", "19/09/2016 08:15", datetime(2016, 9, 19, 6, 15, tzinfo=UTC)),
        (
            "%Y-%m-%dT%H:%M:%S%z",
            "second",
            "2025-06-22T10:44:19+0000",
            datetime(2025, 6, 22, 10, 44, 19, tzinfo=UTC),
        ),
        ("%Y-%m", "month", "2016-09", datetime(2016, 8, 31, 22, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_declared(
    read_declared: Declare, date_format: str, precision: str, text: str, time: datetime
) -> None:
    rows, _ = read_declared(
        HEADER + f"7,1,{text},1,1,1,left,\n", date_format=date_format, published_precision=precision
    )

    assert rows.select("published_at", "published_precision").row(0) == (time, precision)


def test_a_post_without_a_date_is_used_without_one(read_declared: Declare) -> None:
    rows, _ = read_declared(HEADER + "7,1,,1,1,1,left,\n7,2,2016-09-19,1,1,1,left,\n")

    assert rows["reason"].to_list() == [None, None]
    assert rows["published_precision"].to_list() == ["none", "day"]


def test_a_date_in_another_format_is_a_reason(read_declared: Declare) -> None:
    rows, _ = read_declared(HEADER + "7,1,19-09-2016,1,1,1,left,\n")

    assert rows["reason"].item() == "'19-09-2016' in column 'date' is no date that can be read"


def test_categories_become_tiers_and_an_unmapped_one_is_a_reason(read_declared: Declare) -> None:
    rows, _ = read_declared(
        HEADER + "7,1,,1,1,1,links,\n8,2,,1,1,1,midden,\n9,3,,1,1,1,,\n",
        tier_column="group",
        categories={"links": "left"},
    )

    assert rows["category"].to_list() == ["left", None, None]
    assert rows["reason"].to_list() == [
        None,
        "the category 'midden' in column 'group' belongs to no tier",
        "the category '' in column 'group' belongs to no tier",
    ]


def test_without_categories_the_tier_column_names_the_tiers(read_declared: Declare) -> None:
    rows, _ = read_declared(HEADER + "7,1,,1,1,1,left,\n", tier_column="group")

    assert rows["category"].item() == "left"


@pytest.mark.parametrize(
    ("word", "paid"), [("1", True), ("Yes", True), ("organic", False), ("", None), ("NA", None)]
)
def test_paid_is_read_from_usual_words(
    read_declared: Declare, word: str, paid: bool | None
) -> None:
    rows, _ = read_declared(
        HEADER + f"7,1,,1,1,1,left,{word}\n", columns=COLUMNS | {"paid": "paid"}
    )

    assert rows.select("paid", "reason").row(0) == (paid, None)


def test_an_unknown_word_for_paid_is_a_reason(read_declared: Declare) -> None:
    rows, _ = read_declared(
        HEADER + "7,1,,1,1,1,left,misschien\n", columns=COLUMNS | {"paid": "paid"}
    )

    assert rows["reason"].item() == "'misschien' in column 'paid' is no yes or no"


def test_numbers_in_the_spreadsheets_notation_are_read(read_declared: Declare) -> None:
    rows, reading = read_declared(HEADER + '7,1,,"1,234",NA,3.0,left,\n7,2,,12,5,4.0,left,\n')

    assert rows.select("reactions", "comments", "shares").rows() == [(1234, None, 3), (12, 5, 4)]
    assert reading.decided["mark of thousands"] == ", in 'reactions'"


def test_numbers_that_contradict_each_other_are_not_guessed(read_declared: Declare) -> None:
    rows, reading = read_declared(
        HEADER + '7,1,,"1,234",1,1,left,\n7,2,,1.234,1,1,left,\n7,3,,12,1,1,left,\n'
    )

    assert rows["reason"].is_null().to_list() == [False, False, True]
    assert "can be read in two ways" in reading.warnings[0]


def test_definitions_stand_only_beside_numbers(read_declared: Declare) -> None:
    rows, _ = read_declared(
        HEADER + "7,1,,1,250,1,left,\n7,2,,1,,1,left,\n",
        columns={"page_id": "account", "post_id": "id", "followers_at_posting": "comments"},
        followers_definition="followers",
    )

    assert rows["followers_definition"].to_list() == ["followers", None]


def test_a_page_known_by_name_only_is_its_own_id(read_declared: Declare) -> None:
    rows, _ = read_declared(
        HEADER + "Gemeente Voorbeeld,1,,1,1,1,left,\n",
        columns={"page_name": "account", "reactions": "reactions"},
    )

    assert rows.select("page_id", "page_name", "post_id").row(0) == (
        "Gemeente Voorbeeld",
        "Gemeente Voorbeeld",
        "posts.csv#2",
    )


def test_a_declared_column_that_is_not_in_the_file_is_named_with_its_key(
    read_declared: Declare,
) -> None:
    with pytest.raises(InputProblem) as problem:
        read_declared(HEADER + "7,1,,1,1,1,left,\n", columns=COLUMNS | {"shares": "share"})
    assert problem.value.where == "posts.csv, key 'table.columns.shares'"
    assert problem.value.found == "the file has no column 'share'"
    assert "'reactions'" in problem.value.expected
    assert problem.value.remedy == "Did you mean 'shares'?"


def test_a_wrong_separator_is_suspected_when_there_is_one_column(read_declared: Declare) -> None:
    text = HEADER.replace(",", ";") + "7;1;;1;1;1;left;\n"

    with pytest.raises(InputProblem, match="separator"):
        read_declared(text)
    assert read_declared(text, separator=";")[0]["reason"].item() is None


def test_a_table_without_pages_is_refused(read_declared: Declare) -> None:
    with pytest.raises(InputProblem, match="no column tells the page"):
        read_declared(HEADER + "7,1,,1,1,1,left,\n", columns={"reactions": "reactions"})


def test_a_declared_table_recognises_nothing_by_itself(tmp_path: Path) -> None:
    assert not SOURCE.recognises(tmp_path / "posts.csv")


def test_a_real_table_of_pages_in_three_categories_is_read(real_data: Path, tmp_path: Path) -> None:
    path = real_data / "buzzfeed-2016" / "facebook-fact-check.csv"
    raw_file = RawFile.model_validate(
        {
            "path": path.name,
            "simulated": False,
            "table": {
                "columns": {
                    "page_id": "account_id",
                    "page_name": "Page",
                    "post_id": "post_id",
                    "published_at": "Date Published",
                    "kind": "Post Type",
                    "permalink": "Post URL",
                    "reactions": "reaction_count",
                    "comments": "comment_count",
                    "shares": "share_count",
                },
                "tier_column": "Category",
                "categories": {"mainstream": "mainstream", "left": "left", "right": "right"},
            },
        }
    )
    reading = read(path, raw_file, ZoneInfo("America/New_York"), tmp_path)
    rows = reading.rows.collect()

    assert rows.height == reading.rows_read == 2282
    assert rows["reason"].null_count() == 2282
    assert dict(rows["category"].value_counts().rows()) == {
        "mainstream": 1145,
        "left": 471,
        "right": 666,
    }
    assert rows["page_id"].n_unique() == 9
    assert rows["shares"].null_count() == 70
    assert rows.filter(pl.col("shares").is_null(), pl.col("reactions").is_not_null()).height == 68
    assert rows["published_precision"].unique().to_list() == ["day"]
    assert rows["followers_at_posting"].null_count() == 2282
    assert set(rows["kind"].unique()) == {"photo", "video", "link", "text"}
    days = rows["published_at"].dt.convert_time_zone("America/New_York").dt.date()
    assert (str(days.min()), str(days.max())) == ("2016-09-19", "2016-09-27")
