"""Comments by minimaxir's scraper."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.minimaxir_comments import SOURCE
from analysis.sources.reading import Reading

from .json_files import read_path
from .planted import PAGE, PERSON
from .twins import MINIMAXIR, MINIMAXIR_COMMENT, MINIMAXIR_REPLY, Row, csv_bytes


def read(
    folder: Path, *comments: Row, content: bytes | None = None
) -> tuple[pl.DataFrame, Reading]:
    path = folder / "comments.csv"
    path.write_bytes(csv_bytes(*comments) if content is None else content)
    return read_path(path, "minimaxir_comments", folder)


def test_comments_and_replies_are_read(tmp_path: Path) -> None:
    rows, reading = read(tmp_path, MINIMAXIR_COMMENT, MINIMAXIR_REPLY)

    thread = rows.select("page_id", "post_id", "comment_id", "parent_id", "by_page")
    assert thread.rows() == [
        (PAGE, "1001", "9001", None, False),
        (PAGE, "1001", "9002", "9001", True),
    ]
    assert rows["needs_answer"].to_list() == ["question", None]
    assert rows["redirects"].to_list() == [None, True]
    assert rows["reason"].null_count() == reading.rows_read == 2
    assert reading.decided["by_page"] == "by name in 2"


@pytest.mark.parametrize("month", [1, 7])
def test_times_are_five_hours_off_in_winter_and_in_summer(tmp_path: Path, month: int) -> None:
    rows, reading = read(
        tmp_path, MINIMAXIR_COMMENT | {"comment_published": f"2017-0{month}-06 22:00:00"}
    )

    assert rows["created_at"].to_list() == [datetime(2017, month, 7, 3, tzinfo=UTC)]
    assert reading.decided["time zone"].startswith("UTC-05:00, all year")


@pytest.mark.parametrize("text", ["[[STICKER]]", "", "Mooi! [[PHOTO]]"])
def test_what_is_attached_is_not_what_is_said(tmp_path: Path, text: str) -> None:
    rows, _ = read(tmp_path, MINIMAXIR_COMMENT | {"comment_message": text})

    assert rows["needs_answer"].to_list() == ["none"]


def test_without_names_it_is_not_known_who_wrote(tmp_path: Path) -> None:
    nameless = {k: v for k, v in MINIMAXIR_COMMENT.items() if k != "comment_author"}
    rows, reading = read(tmp_path, nameless)

    assert rows["by_page"].to_list() == [None]
    assert reading.decided["by_page"] == "not known in 1"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"comment_published": PERSON}, "the time of the comment cannot be read"),
        ({"status_id": ""}, "the post is missing"),
        ({"comment_id": "1.03506E+15"}, "an id was rounded by a spreadsheet"),
    ],
)
def test_why_a_comment_cannot_be_used_quotes_nothing(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    rows, _ = read(tmp_path, MINIMAXIR_COMMENT, MINIMAXIR_COMMENT | changes)

    assert rows["reason"].to_list() == [None, reason]
    assert rows["raw"].null_count() == 2


@pytest.mark.parametrize(
    "content",
    [
        csv_bytes(MINIMAXIR_COMMENT, encoding="utf-16"),
        csv_bytes(MINIMAXIR_COMMENT | {"comment_message": "café"}, encoding="cp1252"),
        csv_bytes(MINIMAXIR_COMMENT, separator=";"),
        csv_bytes(MINIMAXIR_COMMENT | {"comment_message": 'he said "no"\nand left'}),
        csv_bytes(MINIMAXIR_COMMENT).replace(b"Wanneer", b'Wan"neer'),
        csv_bytes(MINIMAXIR_COMMENT) + b"\r\n\r\n",
        csv_bytes(MINIMAXIR_COMMENT, MINIMAXIR_REPLY)[:-40],
    ],
    ids=["utf-16", "cp1252", "semicolons", "line ends", "quotes", "blank lines", "cut off"],
)
def test_no_copy_of_what_people_wrote_is_made(tmp_path: Path, content: bytes) -> None:
    rows, _ = read(tmp_path, content=content)

    assert rows["comment_id"][0] == "9001"
    assert rows["reason"][0] is None
    assert [file.name for file in tmp_path.iterdir()] == ["comments.csv"]


def test_a_last_comment_that_is_cut_off_is_told_and_not_used(tmp_path: Path) -> None:
    rows, reading = read(tmp_path, content=csv_bytes(MINIMAXIR_COMMENT, MINIMAXIR_REPLY)[:-40])

    assert rows["reason"].to_list() == [None, "the file ends in the middle of this row"]
    assert "ends in the middle of a row" in reading.warnings[0]


def test_a_table_without_its_columns_is_refused_without_naming_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no columns 'comment_id'") as problem:
        read(tmp_path, content=csv_bytes({PERSON: "x", "status_id": "1"}))
    assert PERSON not in str(problem.value)


def test_the_scrapers_posts_are_not_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(csv_bytes(MINIMAXIR))

    assert not SOURCE.recognises(path)
