"""Comments as rows of Meta Content Library's API, written as JSON in its clean room.

A pull by posts gives the comments at the top only; their replies take a second pull by ids of
comments. Both files belong to a study, or both in one file. A comment names its post with the
library's own id, so the posts must come from the library too.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import latest_post
from analysis.sources.comments import CommentExport
from analysis.sources.json_records import iso_time, keys_at_start, open_records
from analysis.sources.reading import CommentSource
from analysis.sources.remarks import Remark, warnings_of
from analysis.sources.times import observed
from analysis.study import RawFile

UTC = ZoneInfo("UTC")
AUTHORS = {"owner", "owner.id", "author_id"}
REPLIES = "statistics.top_level_reply_count"
COLUMNS = (
    *("id", "post_id", "parent_id", "text", "creation_time"),
    *("owner.id", "owner.name", "owner.type", "author_id", REPLIES),
)


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the library's comments."""
    return {"creation_time", "parent_id"} <= (keys := keys_at_start(path)) and bool(AUTHORS & keys)


def export(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> CommentExport:
    """Open a file of comments.

    The page's own comments are told by ``owner.id``, or ``author_id``; an owner that is no page is
    not the page. Comments that say they have replies and have none in the file are counted.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table = open_records(path, COLUMNS, ("id", "creation_time"))
    created = table.cell("creation_time")
    time = iso_time(created, UTC)
    is_page = table.cell("owner.type").str.to_lowercase() == "page"
    without_replies = table.cell(REPLIES).str.contains("[1-9]") & ~table.cell("id").is_in(
        table.cell("parent_id").drop_nulls().implode()
    )
    second_pull = Remark(
        without_replies,
        "A comment has replies that are not in this file",
        "a second pull, by the ids of comments, gives them",
    )
    return CommentExport(
        table=table,
        fields={
            "platform": pl.lit("facebook"),
            "post_id": table.cell("post_id"),
            "comment_id": table.cell("id"),
            "parent_id": table.cell("parent_id"),
            "created_at": time,
            "text": table.text("text"),
            "author_id": pl.coalesce(table.cell("owner.id"), table.cell("author_id")),
            "author_name": table.cell("owner.name"),
            "author_is_page": pl.when(~is_page).then(pl.lit(value=False)),
        },
        created=created,
        observed=observed(
            raw_file, path, zone, UTC, lambda: latest_post(table, time), what="comment"
        ),
        decided={
            "time zone": "as written behind the times, else UTC",
            "ids": "the library's own; they meet no other export's",
        },
        warnings=warnings_of(table, [second_pull]),
    )


SOURCE = CommentSource(
    name="content_library_comments",
    title="Meta Content Library API rows of comments (JSON)",
    recognises=recognises,
    open=export,
    gives=(
        *("platform", "page_id", "post_id", "comment_id", "parent_id", "created_at"),
        *("by_page", "needs_answer", "redirects"),
    ),
)
