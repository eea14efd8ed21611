"""Comments and replies as Meta's Graph API gives them to a page about its own posts.

A file holds comments (``/<post>/comments``), with their replies nested in them or beside them, or
posts with their comments nested in them. Fields:
https://developers.facebook.com/docs/graph-api/reference/comment/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import latest_post
from analysis.sources.comments import CommentExport
from analysis.sources.json_records import (
    Record,
    at,
    iso_time,
    keys_at_start,
    list_at,
    open_records,
)
from analysis.sources.post_ids import plain_post_id
from analysis.sources.reading import CommentSource
from analysis.sources.remarks import Remark, warnings_of
from analysis.sources.times import observed
from analysis.study import RawFile

UTC = ZoneInfo("UTC")
ONLY_OF_A_COMMENT = {"parent", "like_count", "comment_count", "can_reply_privately"}
OF_A_POST = {"status_type", "shares", "attachments", "insights", "full_picture"}
COLUMNS = (
    *("comment.id", "comment.created_time", "comment.message", "comment.parent.id"),
    *("comment.from.id", "comment.from.name", "comment.object.id", "under", "post", "goes_on"),
)
_PAGE_IN_ID = r"^(\d+)_\d+$"


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the Graph API's comments.

    Posts with comments of which nothing but the text was asked for are not told from posts alone;
    for those the study names the format.
    """
    keys = keys_at_start(path)
    if not {"id", "created_time", "message"} <= keys:
        return False
    return bool(ONLY_OF_A_COMMENT & keys) or ("from" in keys and not OF_A_POST & keys)


def export(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> CommentExport:
    """Open a file of comments.

    The page of a comment is that of its post, from the post's id or from the study's posts. The
    page's own comments are told by ``from.id``, which the API gives for the page itself and, to
    some callers only, for people.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table = open_records(path, COLUMNS, ("id",), _comments)
    created = table.cell("comment.created_time")
    time = iso_time(created, UTC)
    post = pl.coalesce(table.cell("post"), table.cell("comment.object.id"))
    goes_on = Remark(
        table.cell("goes_on") == "true",
        "The list of comments goes on after what is in the file",
        "the rest is not there",
    )
    return CommentExport(
        table=table,
        fields={
            "platform": pl.lit("facebook"),
            "page_id": post.str.extract(_PAGE_IN_ID, 1),
            "post_id": pl.coalesce(
                plain_post_id(post), table.cell("comment.id").str.extract(_PAGE_IN_ID, 1)
            ),
            "comment_id": plain_post_id(table.cell("comment.id")),
            "parent_id": plain_post_id(
                pl.coalesce(table.cell("under"), table.cell("comment.parent.id"))
            ),
            "created_at": time,
            "text": table.text("comment.message"),
            "author_id": table.cell("comment.from.id"),
            "author_name": table.cell("comment.from.name"),
        },
        created=created,
        observed=observed(
            raw_file, path, zone, UTC, lambda: latest_post(table, time), what="comment"
        ),
        decided={"time zone": "as written behind the times, else UTC"},
        warnings=warnings_of(table, [goes_on]),
    )


def _comments(records: Iterator[Record]) -> Iterator[Record]:
    found = list(records)
    pages = {_id_parts(record)[0] for record in found if _holds_its_comments(record)}
    for record in found:
        if _id_parts(record)[0] in pages or OF_A_POST & record.keys() or record.keys() == {"id"}:
            yield from _nested(record, post=at(record, "id"), under=None)
        else:
            yield from _with_replies(record, post=None, under=None, goes_on=False)


def _holds_its_comments(record: Record) -> bool:
    """Whether a record is a post: ids of comments begin with the second part of the post's id."""
    comments = list_at(record, "comments.data")
    return any(_id_parts(comment)[0] == _id_parts(record)[-1] for comment in comments)


def _id_parts(record: object) -> list[str]:
    return str(at(record, "id")).split("_")


def _nested(record: Record, post: object, under: object) -> Iterator[Record]:
    goes_on = at(record, "comments.paging.next") is not None
    for comment in list_at(record, "comments.data"):
        yield from _with_replies(comment, post, under, goes_on)


def _with_replies(comment: object, post: object, under: object, goes_on: bool) -> Iterator[Record]:
    yield {"comment": comment, "post": post, "under": under, "goes_on": goes_on}
    if isinstance(comment, Mapping):
        yield from _nested(comment, post, under=at(comment, "id"))


SOURCE = CommentSource(
    name="graph_comments",
    title="Graph API comments (JSON)",
    recognises=recognises,
    open=export,
    gives=(
        *("platform", "page_id", "post_id", "comment_id", "parent_id", "created_at"),
        *("by_page", "needs_answer", "redirects"),
    ),
)
