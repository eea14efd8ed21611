"""CSV of comments by minimaxir's Facebook Page scraper, which worked until February 2018.

https://github.com/minimaxir/facebook-page-post-scraper. Times were moved like those of its posts.
The program wrote names and no ids of who commented; its last versions left out the names too.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem, listed
from analysis.sources.canonical import latest_post
from analysis.sources.comments import CommentExport
from analysis.sources.dialect import open_in_memory, read_header
from analysis.sources.minimaxir import HOURS_FROM_UTC, WHY_SHIFTED
from analysis.sources.post_ids import page_of_post_id, plain_post_id
from analysis.sources.published import shifted
from analysis.sources.reading import CommentSource
from analysis.sources.times import observed
from analysis.study import RawFile

SIGNATURE = {"comment_id", "status_id", "comment_message", "comment_published"}
_ATTACHED = r"\s*\[\[[A-Z_]+\]\]$"
"""What the program writes behind a text, or in its place, for a picture or a sticker."""


def recognises(path: Path) -> bool:
    """Whether a file's header is that of the scraper's comments."""
    return set(read_header(path)) >= SIGNATURE


def export(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> CommentExport:
    """Open a file of comments.

    The page's own comments are told by name; without a column of names they are not known.

    Raises
    ------
    InputProblem
        When the file is no readable table, or lacks a column that every such file has.
    """
    table = open_in_memory(path)
    _require_columns(path, table.columns)
    table, written = shifted(table, "comment_published", HOURS_FROM_UTC, WHY_SHIFTED)
    status_id = table.cell("status_id")
    text = table.cell("comment_message").fill_null("")
    return CommentExport(
        table=table,
        fields={
            "platform": pl.lit("facebook"),
            "page_id": page_of_post_id(status_id),
            "post_id": plain_post_id(status_id),
            "comment_id": plain_post_id(table.cell("comment_id")),
            "parent_id": plain_post_id(table.cell("parent_id")),
            "created_at": written.time,
            "text": text.str.replace(_ATTACHED, ""),
            "author_name": table.cell("comment_author"),
        },
        created=table.cell("comment_published"),
        observed=observed(
            raw_file,
            path,
            zone,
            written.day_zone,
            lambda: latest_post(table, written.time),
            what="comment",
        ),
        decided=written.decided,
    )


def _require_columns(path: Path, columns: tuple[str, ...]) -> None:
    """Raise an InputProblem that names no column of the file: it may begin with a comment."""
    missing = sorted(SIGNATURE.difference(columns))
    if missing:
        raise InputProblem(str(path), f"no columns {listed(missing)}", "the scraper's comments")


SOURCE = CommentSource(
    name="minimaxir_comments",
    title="CSV of comments by minimaxir's Facebook Page scraper",
    recognises=recognises,
    open=export,
    gives={
        "platform": "(facebook)",
        "page_id": "status_id",
        "post_id": "status_id",
        "comment_id": "comment_id",
        "parent_id": "parent_id",
        "created_at": "comment_published",
        "by_page": "comment_author",
        "needs_answer": "comment_message",
        "redirects": "comment_message",
    },
)
