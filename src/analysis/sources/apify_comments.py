"""Comments as Apify's Facebook comments scraper writes them.

An ``id`` is ``comment:<post>_<comment>`` in Base64. Of replies only the depth is sure to be there;
the comment they answer stands in the address of the comment, or in the comment that holds them.
"""

from __future__ import annotations

import base64
import binascii
import re
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

UTC = ZoneInfo("UTC")
SIGNATURE = {"profileName", "facebookUrl", "text", "date"}
COLUMNS = (
    *("plain_id", "under", "comment.commentUrl", "comment.threadingDepth", "comment.date"),
    *("comment.facebookId", "comment.inputUrl", "comment.facebookUrl", "comment.text"),
    *("comment.profileId", "comment.profileName", "comment.pageAdLibrary.id"),
)
_POST_AND_COMMENT = re.compile(r"comment:\d+_(\d+)")


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the scraper's comments."""
    return keys_at_start(path) >= SIGNATURE


def export(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> CommentExport:
    """Open a file of comments.

    The ids of people begin with ``pfbid`` and cannot be compared with those of pages, so the page's
    own comments are told by name wherever its id is not given as a number.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table = open_records(path, COLUMNS, ("id", "profileName"), _comments)
    created = table.cell("comment.date")
    time = iso_time(created, UTC)
    address = table.cell("comment.commentUrl")
    top, reply = (
        address.str.extract(rf"[?&]{name}=(\d+)", 1) for name in ("comment_id", "reply_comment_id")
    )
    under = pl.coalesce(table.cell("under"), pl.when(reply.is_not_null()).then(top))
    is_reply = table.cell("comment.threadingDepth").str.contains("[1-9]")
    return CommentExport(
        table=table,
        fields={
            "platform": pl.lit("facebook"),
            "page_id": plain_page_id(table.cell("comment.pageAdLibrary.id")),
            "post_id": pl.coalesce(
                plain_post_id(table.cell(f"comment.{name}"))
                for name in ("facebookId", "inputUrl", "facebookUrl")
            ),
            "comment_id": pl.coalesce(reply, table.cell("plain_id"), top),
            "parent_id": under,
            "created_at": time,
            "text": table.text("comment.text"),
            "author_id": table.cell("comment.profileId"),
            "author_name": table.cell("comment.profileName"),
        },
        created=created,
        observed=observed(
            raw_file, path, zone, UTC, lambda: latest_post(table, time), what="comment"
        ),
        decided={"time zone": "as written behind the times, else UTC"},
        reasons=(
            pl.when(is_reply & under.is_null()).then(
                pl.lit("a reply that does not say to which comment")
            ),
        ),
    )


def _comments(records: Iterator[Record]) -> Iterator[Record]:
    for record in records:
        yield from _with_replies(record, under=None)


def _with_replies(comment: object, under: str | None) -> Iterator[Record]:
    plain_id = _plain_id(at(comment, "id"))
    yield {"comment": comment, "plain_id": plain_id, "under": under}
    if isinstance(comment, Mapping):
        for reply in list_at(comment, "comments"):
            yield from _with_replies(reply, under=plain_id)


def _plain_id(written: object) -> str | None:
    """The id of the comment alone; the id as it is written when it is in no known form."""
    if not isinstance(written, str):
        return None
    try:
        text = base64.b64decode(written, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return written
    found = _POST_AND_COMMENT.fullmatch(text)
    return found[1] if found else written


SOURCE = CommentSource(
    name="apify_comments",
    title="Apify Facebook comments (JSON)",
    recognises=recognises,
    open=export,
    gives=(
        *("platform", "page_id", "post_id", "comment_id", "parent_id", "created_at"),
        *("by_page", "needs_answer", "redirects"),
    ),
)
