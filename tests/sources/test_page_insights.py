"""The old Page Insights export of posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.definitions import IMPRESSIONS, REACH
from analysis.sources.page_insights import SOURCE
from analysis.sources.reading import Reading
from analysis.tables import POSTS

from .conftest import Writer
from .twins import PAGE_INSIGHTS, csv_bytes, page_insights_bytes

Read = Callable[..., tuple[pl.DataFrame, Reading]]
Write = Callable[..., Path]


@pytest.fixture
def write_insights(tmp_path: Path) -> Write:
    """Write posts below the two header rows; every post is given as its changes."""

    def write(*changes: dict[str, str]) -> Path:
        path = tmp_path / "posts.csv"
        path.write_bytes(page_insights_bytes(*(PAGE_INSIGHTS | change for change in changes)))
        return path

    return write


def test_a_post_is_read_and_the_row_of_descriptions_is_none(
    write_insights: Write, read_export: Read
) -> None:
    rows, reading = read_export(write_insights({}))

    assert rows.height == reading.rows_read == 1
    post = rows.row(0, named=True)
    assert (post["reason"], post["row"]) == (None, 3)
    assert (post["page_id"], post["post_id"]) == ("100000000000001", "1001")
    assert post["kind"] == "photo"
    assert post["message"] == "De brug is open."
    assert (post["reach"], post["reach_organic"], post["reach_paid"]) == (1234, 900, 400)
    assert (post["views"], post["views_organic"], post["views_paid"]) == (2100, 1500, 600)
    assert (post["comments"], post["shares"], post["reactions_like"]) == (3, 2, 16)
    assert post["reactions"] is None
    assert (post["link_clicks"], post["paid"]) == (7, True)
    assert reading.warnings == ()
    POSTS.validate(rows.select(*POSTS.columns))


def test_a_name_that_stands_in_the_header_twice_does_no_harm(
    write_insights: Write, read_export: Read
) -> None:
    path = write_insights({})

    assert path.read_text(encoding="utf-8-sig").count("Lifetime Organic Video Views") == 2
    assert read_export(path)[0]["reason"].is_null().all()


def test_what_a_number_counts_is_told_in_the_exports_own_words(
    write_insights: Write, read_export: Read
) -> None:
    _, reading = read_export(write_insights({}))

    assert reading.decided["reach"] == (
        "Lifetime Post Total Reach (Lifetime: People who had the post on their screen. (Unique))"
    )
    assert reading.decided["reach_paid"] == "Lifetime Post Paid Reach"


def test_a_file_without_the_row_of_descriptions_is_read_whole(
    read_export: Read, tmp_path: Path
) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(csv_bytes(PAGE_INSIGHTS, PAGE_INSIGHTS))
    rows, reading = read_export(path)

    assert rows["row"].to_list() == [2, 3]
    assert reading.rows_read == 2


def test_two_header_rows_without_posts_are_a_problem(
    write_insights: Write, read_export: Read
) -> None:
    with pytest.raises(InputProblem, match="two header rows and no posts"):
        read_export(write_insights())


@pytest.mark.parametrize(
    ("posted", "utc", "since"),
    [
        ("10/21/2017 09:22:41 PM", datetime(2017, 10, 22, 4, 22, 41, tzinfo=UTC), 0),
        ("10/21/2019 9:22", datetime(2019, 10, 21, 16, 22, tzinfo=UTC), 1),
    ],
)
def test_times_are_pacific_and_decide_the_definitions(
    write_insights: Write, read_export: Read, posted: str, utc: datetime, since: int
) -> None:
    rows, reading = read_export(write_insights({"Posted": posted}))

    assert rows["published_at"].to_list() == [utc]
    assert rows["reach_definition"].to_list() == [REACH[since].text]
    assert rows["views_definition"].to_list() == [IMPRESSIONS[since].text]
    assert reading.decided["time zone"].startswith("America/Los_Angeles")


def test_impressions_that_do_not_add_up_are_told_and_reach_may(
    write_insights: Write, read_export: Read
) -> None:
    _, reading = read_export(write_insights({"Lifetime Post Total Impressions": "2000"}))

    assert reading.warnings == (
        "'Lifetime Post Total Impressions' is not the sum of 'Lifetime Post Organic Impressions' "
        "and 'Lifetime Post Paid Impressions' in 1 of 1 rows (first in row 3); the total is used "
        "as it stands.",
    )


def test_only_what_was_chosen_for_the_export_is_measured(read_export: Read, tmp_path: Path) -> None:
    chosen = {name: cell for name, cell in PAGE_INSIGHTS.items() if "Paid" not in name}
    path = tmp_path / "posts.csv"
    path.write_bytes(csv_bytes(chosen))
    post = read_export(path)[0].row(0, named=True)

    assert (post["reach"], post["reach_paid"], post["paid"]) == (1234, None, None)


def test_a_post_whose_id_names_no_page_cannot_be_used(
    write_insights: Write, read_export: Read
) -> None:
    assert read_export(write_insights({"Post ID": "1001"}))[0]["reason"].to_list() == [
        "the page is missing"
    ]


def test_only_tables_with_lifetime_numbers_are_recognised(write_posts: Writer) -> None:
    plain = {"Post ID": "1_2", "Type": "Photo", "Posted": "10/21/2019 9:22", "Reach": "5"}

    assert not SOURCE.recognises(write_posts(post=plain))
