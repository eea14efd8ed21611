"""Comments as the Python program facebook-scraper writes them, with or without their posts.

https://github.com/kevinzg/facebook-scraper. A post holds its comments in ``comments_full`` and a
comment its ``replies``. Times are on the clock of the machine that ran the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import latest_post
from analysis.sources.comments import CommentExport
from analysis.sources.json_records import Record, at, iso_time, keys_at_start, list_at, open_records
from analysis.sources.post_ids import plain_page_id, plain_post_id
from analysis.sources.reading import CommentSource
from analysis.sources.times import observed
from analysis.study import RawFile

SIGNATURE = {"comment_id", "comment_text", "commenter_name"}
COLUMNS = (
    *("post.post_id", "post.page_id", "post.user_id", "post.username", "under"),
    *("comment.comment_id", "comment.comment_time", "comment.comment_text"),
    *("comment.commenter_id", "comment.commenter_name", "comment.commenter_meta"),
)
_POST_IN_ID = r"^(\d+)_\d+$"


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the program's comments."""
    return keys_at_start(path) >= SIGNATURE


def export(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> CommentExport:
    """Open a file of comments.

    The page's own comments are told by the badge of an author, then by ``commenter_id``, and by
    name where there is no id.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table = open_records(path, COLUMNS, ("post_id", "comment_id"), _comments)
    created = table.cell("comment.comment_time")
    time = iso_time(created, zone)
    comment_id = table.cell("comment.comment_id")
    is_author = table.cell("comment.commenter_meta").str.contains(r"(?i)\bauthor\b")
    return CommentExport(
        table=table,
        fields={
            "platform": pl.lit("facebook"),
            "page_id": plain_page_id(
                pl.coalesce(table.cell("post.page_id"), table.cell("post.user_id"))
            ),
            "page_name": table.cell("post.username"),
            "post_id": pl.coalesce(
                plain_post_id(table.cell("post.post_id")),
                comment_id.str.extract(_POST_IN_ID, 1),
                table.cell("under").str.extract(_POST_IN_ID, 1),
            ),
            "comment_id": plain_post_id(comment_id),
            "parent_id": plain_post_id(table.cell("under")),
            "created_at": time,
            "text": table.text("comment.comment_text"),
            "author_id": table.cell("comment.commenter_id"),
            "author_name": table.cell("comment.commenter_name"),
            "author_is_page": pl.when(is_author).then(pl.lit(value=True)),
        },
        created=created,
        observed=observed(
            raw_file, path, zone, zone, lambda: latest_post(table, time), what="comment"
        ),
        decided={"time zone": f"{zone.key}, the study's, where the times name none"},
    )


def _comments(records: Iterator[Record]) -> Iterator[Record]:
    for record in records:
        if "comment_id" in record or "comments_full" not in record:
            yield from _with_replies(record, {}, under=None)
        else:
            for comment in list_at(record, "comments_full"):
                yield from _with_replies(comment, record, under=None)


def _with_replies(comment: object, post: Record, under: object) -> Iterator[Record]:
    yield {"comment": comment, "post": post, "under": under}
    if isinstance(comment, Mapping):
        for reply in list_at(comment, "replies"):
            yield from _with_replies(reply, post, under=at(comment, "comment_id"))


SOURCE = CommentSource(
    name="facebook_scraper_comments",
    title="facebook-scraper comments (JSON)",
    recognises=recognises,
    open=export,
    gives=(
        *("platform", "page_id", "post_id", "comment_id", "parent_id", "created_at"),
        *("by_page", "needs_answer", "redirects"),
    ),
)
