"""Meta Content Library's download of posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.content_library import SOURCE
from analysis.sources.definitions import CONTENT_LIBRARY_VIEWS
from analysis.sources.reading import Reading
from analysis.tables import POSTS

from .conftest import Writer
from .twins import CONTENT_LIBRARY, CONTENT_LIBRARY_INSTAGRAM

Read = Callable[..., tuple[pl.DataFrame, Reading]]


def only(rows: pl.DataFrame) -> dict[str, object]:
    assert rows.height == 1
    return rows.row(0, named=True)


def test_a_post_is_read(write_posts: Writer, read_export: Read) -> None:
    rows, reading = read_export(write_posts(post=CONTENT_LIBRARY))
    post = only(rows)

    assert post["reason"] is None
    assert (post["platform"], post["kind"]) == ("facebook", "photo")
    assert post["published_at"] == datetime(2024, 5, 1, 12, 34, 56, tzinfo=UTC)
    assert (post["reactions"], post["comments"], post["shares"]) == (16, 3, 2)
    assert (post["reactions_like"], post["reactions_angry"]) == (10, 4)
    assert (post["views"], post["views_definition"]) == (2100, CONTENT_LIBRARY_VIEWS)
    assert post["reach"] is None
    assert reading.warnings == ()
    POSTS.validate(rows.select(*POSTS.columns))


def test_ids_stay_text_to_the_last_digit_although_they_are_not_quoted(
    write_posts: Writer, read_export: Read
) -> None:
    path = write_posts(
        {"id": "9007199254740993", "post_owner.id": "1234567890123456789"}, post=CONTENT_LIBRARY
    )

    assert '"9007199254740993"' not in path.read_text(encoding="utf-8-sig")
    post = only(read_export(path)[0])
    assert (post["post_id"], post["page_id"]) == ("9007199254740993", "1234567890123456789")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"id": "1.23457E+17"},
            "the id '1.23457E+17' in column 'post_id' was rounded by a spreadsheet",
        ),
        ({"id": "12345"}, "'12345' in column 'id' is no id of 15 to 19 digits"),
        ({"post_owner.id": "x"}, "'x' in column 'post_owner.id' is no id of 15 to 19 digits"),
        ({"id": ""}, "the post is missing"),
        ({"post_owner.id": ""}, "the page is missing"),
        ({"creation_time": ""}, "the time of publication is missing"),
        (
            {"statistics.like_count": "-1"},
            "'-1' in column 'statistics.like_count' is a negative count",
        ),
    ],
)
def test_a_row_that_cannot_be_used_says_why(
    write_posts: Writer, read_export: Read, change: dict[str, str], reason: str
) -> None:
    rows, _ = read_export(write_posts({}, change, post=CONTENT_LIBRARY))

    assert rows["reason"].to_list() == [None, reason]


@pytest.mark.parametrize(
    ("written", "views"), [("", None), ("0", None), ("99", None), ("100", 100), ("2100", 2100)]
)
def test_views_hidden_below_a_hundred_are_missing_and_not_zero(
    write_posts: Writer, read_export: Read, written: str, views: int | None
) -> None:
    post = only(read_export(write_posts({"statistics.views": written}, post=CONTENT_LIBRARY))[0])

    assert post["views"] == views
    assert (post["views_definition"] is None) == (views is None)


def test_there_is_no_permalink_and_the_librarys_address_is_none(
    write_posts: Writer, read_export: Read
) -> None:
    assert only(read_export(write_posts(post=CONTENT_LIBRARY))[0])["permalink"] is None


def test_the_page_of_a_post_is_its_owner_and_not_the_surface_on_which_it_stands(
    write_posts: Writer, read_export: Read
) -> None:
    change = {"surface.id": "111111111111111111", "surface.name": "Een ander"}
    rows, reading = read_export(write_posts({}, change, post=CONTENT_LIBRARY))

    assert rows["page_id"].unique().to_list() == ["987654321098765432"]
    assert reading.warnings == (
        "A post stands on the surface of another than its owner in 1 of 2 rows (first in row 3); "
        "it counts for its owner.",
    )


@pytest.mark.parametrize("owner", ["user", "profile", "group", ""])
def test_a_post_that_no_page_wrote_is_not_used_and_nobody_is_named(
    write_posts: Writer, read_export: Read, owner: str
) -> None:
    change = {"post_owner.type": owner, "post_owner.name": "Een inwoner"}
    rows, _ = read_export(write_posts({}, change, post=CONTENT_LIBRARY))

    assert rows["reason"].to_list() == [None, "written by no page"]
    assert rows["raw"].is_null().all()


def test_reactions_are_the_librarys_total_and_a_total_that_differs_is_told(
    write_posts: Writer, read_export: Read
) -> None:
    rows, reading = read_export(
        write_posts({}, {"statistics.reaction_count": "18"}, post=CONTENT_LIBRARY)
    )

    assert rows["reactions"].to_list() == [16, 18]
    assert reading.warnings[0].startswith("'statistics.reaction_count' is not the sum of")


def test_reactions_are_the_sum_of_their_kinds_where_the_total_was_not_asked_for(
    write_posts: Writer, read_export: Read
) -> None:
    post = {k: v for k, v in CONTENT_LIBRARY.items() if k != "statistics.reaction_count"}

    assert only(read_export(write_posts(post=post))[0])["reactions"] == 16


def test_posts_on_instagram_have_likes_only(write_posts: Writer, read_export: Read) -> None:
    post = only(read_export(write_posts(post=CONTENT_LIBRARY_INSTAGRAM))[0])

    assert (post["reason"], post["platform"], post["kind"]) == (None, "instagram", "photo")
    assert (post["reactions"], post["reactions_like"], post["shares"]) == (10, 10, None)


@pytest.mark.parametrize(
    "written", ["2024-05-01T12:34:56Z", "2024-05-01 12:34:56", "2024-05-01T12:34:56+0000"]
)
def test_times_are_in_utc_whatever_the_studys_zone(
    write_posts: Writer, read_export: Read, written: str
) -> None:
    post = only(read_export(write_posts({"creation_time": written}, post=CONTENT_LIBRARY))[0])

    assert post["published_at"] == datetime(2024, 5, 1, 12, 34, 56, tzinfo=UTC)


def test_a_download_without_owners_is_not_recognised(
    write_posts: Writer, read_export: Read
) -> None:
    post = {k: v for k, v in CONTENT_LIBRARY.items() if not k.startswith("post_owner")}
    path = write_posts(post=post)

    assert not SOURCE.recognises(path)
    with pytest.raises(InputProblem, match=r"no column 'post_owner\.id'"):
        read_export(path, format="content_library_csv")
