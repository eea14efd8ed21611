"""CrowdTangle's export of Instagram posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
import pytest

from analysis.sources.definitions import INSTAGRAM_VIDEO_VIEWS
from analysis.sources.reading import Reading
from analysis.tables import POSTS

from .conftest import Writer
from .twins import CROWDTANGLE_INSTAGRAM

Read = Callable[..., tuple[pl.DataFrame, Reading]]


def test_a_post_is_read(write_posts: Writer, read_export: Read) -> None:
    rows, reading = read_export(write_posts(post=CROWDTANGLE_INSTAGRAM))
    post = rows.row(0, named=True)

    assert post["reason"] is None
    assert (post["platform"], post["page_id"]) == ("instagram", "gemeentevoorbeeld")
    assert (post["page_name"], post["post_id"]) == ("Gemeente Voorbeeld", "CwXyZ_12-ab")
    assert post["published_at"] == datetime(2021, 7, 6, 8, tzinfo=UTC)
    assert (post["reactions"], post["comments"], post["shares"]) == (1610, 11, None)
    assert (post["followers_at_posting"], post["followers_definition"]) == (900, "followers")
    assert (post["kind"], post["views"]) == ("video", 4000)
    assert post["views_definition"] == INSTAGRAM_VIDEO_VIEWS
    assert reading.warnings == ()
    POSTS.validate(rows.select(*POSTS.columns))


@pytest.mark.parametrize(("kind", "views"), [("Photo", None), ("Album", None), ("IGTV", 0)])
def test_a_zero_is_a_number_of_views_only_for_a_video(
    write_posts: Writer, read_export: Read, kind: str, views: int | None
) -> None:
    change = {"Type": kind, "Views": "0"}
    rows, _ = read_export(write_posts(change, post=CROWDTANGLE_INSTAGRAM))

    assert rows["views"].to_list() == [views]


def test_the_older_form_names_the_time_created(write_posts: Writer, read_export: Read) -> None:
    post = {
        "Created" if name == "Post Created" else name: cell
        for name, cell in CROWDTANGLE_INSTAGRAM.items()
    }

    assert read_export(write_posts(post=post))[0]["reason"].to_list() == [None]


def test_a_total_that_is_not_the_sum_is_told(write_posts: Writer, read_export: Read) -> None:
    change = {"Total Interactions": "1,700"}
    _, reading = read_export(write_posts(change, post=CROWDTANGLE_INSTAGRAM))

    assert reading.warnings == (
        "'Total Interactions' is not the sum of likes and comments in 1 of 1 rows (first in row "
        "2); the sum is used.",
    )
