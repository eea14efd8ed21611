"""CrowdTangle's CSV export of Facebook posts; closed since 14 August 2024, old exports remain.

Two generations are read: 41 columns with ``Post Created`` and ``Followers at Posting``, which is
also the historical report, and 30 or 31 columns (2020) with ``Created`` and page likes only. The
last columns vary with the weights that were set in the dashboard. Codebook:
https://help.crowdtangle.com/en/articles/3213537-crowdtangle-codebook

The export of posts in groups is taken to be the same table with a first column that begins with
``Group``; no such file was seen. In a group people write, so messages and rows are not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import (
    USUAL_TYPES,
    canonical_rows,
    count,
    count_checks,
    kind_of,
    latest_post,
    not_plain,
    with_counts,
)
from analysis.sources.definitions import THREE_SECOND_VIDEO_VIEWS
from analysis.sources.dialect import open_table, read_header
from analysis.sources.lookup import told
from analysis.sources.numbers import EITHER, PLAIN
from analysis.sources.post_ids import plain_page_id, plain_post_id, usual_post_id
from analysis.sources.published import with_zones
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import Remark, not_the_sum
from analysis.sources.seen import Seen
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

SIGNATURE = {
    "Facebook Id",
    "Likes at Posting",
    "Video Share Status",
    "Total Views For All Crossposts",
    "Final Link",
}
COLUMNS_TO_RECOGNISE = 4
NAME = ("Page Name", "Group")
CREATED = ("Post Created", "Created")
REACTIONS = {
    "reactions_like": "Likes",
    "reactions_love": "Love",
    "reactions_wow": "Wow",
    "reactions_haha": "Haha",
    "reactions_sad": "Sad",
    "reactions_angry": "Angry",
    "reactions_care": "Care",
    "reactions_thankful": "Thankful",
}
NOT_ALWAYS_THERE = ("Care", "Thankful")
FOLLOWERS, PAGE_LIKES = "Followers at Posting", "Likes at Posting"
TOTAL = "Total Interactions"
USUAL_ID = "usual:URL"
MARK_OF_THOUSANDS = r"\d([.,])\d{3}"
MEASURED_VIDEO = "native video|live video"


def recognises(path: Path) -> bool:
    """Whether a file's header is one of CrowdTangle's."""
    return len(SIGNATURE.intersection(read_header(path))) >= COLUMNS_TO_RECOGNISE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read a CrowdTangle export.

    ``reactions`` is the sum of the reaction kinds. Followers are page likes where the export gives
    no followers. Views are those of the post's own video; a zero for a post that is no Facebook
    video means that there was nothing to measure.

    Raises
    ------
    InputProblem
        When the file is no readable table, or lacks a column that every such export has.
    """
    table = open_table(path, scratch)
    created = created_column(table)
    kinds = {
        field: column
        for field, column in REACTIONS.items()
        if column in table.columns or column not in NOT_ALWAYS_THERE
    }
    table.require("Facebook Id", created, "Type", "URL", "Comments", "Shares", *kinds.values())

    table = replace(
        table, rows=table.rows.with_columns(usual_post_id(table.cell("URL")).alias(USUAL_ID))
    )
    counts = _count_columns(table, kinds)
    table = with_counts(table, dict.fromkeys(counts, PLAIN))
    table, published = with_zones(table, created, zone, "the study's")
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    table, remarks, marks = compare_total(table, _interactions(table, kinds))
    seen = (*published.seen, *marks)
    rows = canonical_rows(
        table,
        raw_file.path,
        _fields(table, kinds) | {"published_at": published.time},
        counts_taken,
        [*published.checks, *count_checks(table, counts)],
        remarks=remarks,
        seen=seen,
    )
    in_groups = _name_column(table).startswith("Group")
    return Reading(
        rows=_without_text(rows) if in_groups else rows,
        rows_read=table.rows_read,
        decided=table.decided
        | published.decided
        | {
            "observed_at": counts_taken.decided,
            "reactions": " + ".join(kinds.values()),
            "followers": _followers_in_words(table),
            "views": f"Post Views: {THREE_SECOND_VIDEO_VIEWS}",
        }
        | ({"page_id": "groups; who wrote a post is not told"} if in_groups else {}),
        warnings=table.warnings,
        remarks=remarks,
        seen=seen,
    )


def created_column(table: TextTable) -> str:
    """Name the column with the times of publication."""
    return next((name for name in CREATED if name in table.columns), CREATED[0])


def compare_total(
    table: TextTable, parts: dict[str, pl.Expr]
) -> tuple[TextTable, tuple[Remark, ...], tuple[Seen, ...]]:
    """Compare the export's total with the sum of its parts; the parts are what is used."""
    column = _plain_total(table)
    if column is None:
        return table, (), ()
    table = with_counts(table, {column: EITHER})
    total, text = count(table, column), not_plain(column)
    unread = text.is_not_null() & total.is_null()
    remarks = (
        not_the_sum(column, total, parts, "the sum is used"),
        Remark(unread, f"'{column}' cannot be read", "it is not needed"),
    )
    return table, remarks, (Seen(text.str.extract(MARK_OF_THOUSANDS, 1), _marks_in_words),)


def _marks_in_words(marks: list[str]) -> dict[str, str]:
    return {"mark of thousands": {0: "none", 1: "".join(marks)}.get(len(marks), "both , and .")}


def _fields(table: TextTable, kinds: dict[str, str]) -> dict[str, pl.Expr]:
    followers, page_likes = count(table, FOLLOWERS), count(table, PAGE_LIKES)
    return {
        "platform": pl.lit("facebook"),
        "page_id": plain_page_id(table.cell("Facebook Id")),
        "page_name": table.cell(_name_column(table)),
        "post_id": plain_post_id(table.cell("URL"), pl.col(USUAL_ID)),
        "published_precision": pl.lit("second"),
        "kind": kind_of(table.text("Type")),
        "message": table.cell("Message"),
        "permalink": table.cell("URL"),
        "followers_at_posting": pl.coalesce(followers, page_likes),
        "followers_definition": pl.when(followers.is_not_null())
        .then(pl.lit("followers"))
        .otherwise(pl.lit("page_likes")),
        **_interactions(table, kinds),
        **{field: count(table, column) for field, column in kinds.items()},
        "views": _views(table),
        "views_definition": pl.lit(THREE_SECOND_VIDEO_VIEWS),
    }


def _views(table: TextTable) -> pl.Expr:
    views = count(table, "Post Views")
    is_measured = told(table.text("Type"), USUAL_TYPES, _is_measured, pl.Boolean())
    return pl.when(is_measured | (views != 0)).then(views)


def _is_measured(kind: str) -> bool:
    return re.search(MEASURED_VIDEO, kind.lower()) is not None


def _count_columns(table: TextTable, kinds: dict[str, str]) -> list[str]:
    wanted = (*kinds.values(), "Comments", "Shares", FOLLOWERS, PAGE_LIKES, "Post Views")
    return [column for column in wanted if column in table.columns]


def _followers_in_words(table: TextTable) -> str:
    if FOLLOWERS in table.columns:
        return f"{FOLLOWERS}, and {PAGE_LIKES} where that is empty"
    return f"{PAGE_LIKES}: page likes, not followers"


def _interactions(table: TextTable, kinds: dict[str, str]) -> dict[str, pl.Expr]:
    reactions = [count(table, column) for column in kinds.values()]
    return {
        "reactions": pl.sum_horizontal(reactions, ignore_nulls=False),
        "comments": count(table, "Comments"),
        "shares": count(table, "Shares"),
    }


def _without_text(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.with_columns(pl.lit(None, pl.String).alias(name) for name in ("message", "raw"))


def _name_column(table: TextTable) -> str:
    return next((name for name in table.columns if name.startswith(NAME)), NAME[0])


def _plain_total(table: TextTable) -> str | None:
    """The column with the unweighted total: named so, or with every weight 1."""
    for column in table.columns:
        weights = re.findall(r"(\d+(?:\.\d+)?)x", column)
        if column.startswith(TOTAL) and all(float(weight) == 1 for weight in weights):
            return column
    return None


SOURCE = Source(
    name="crowdtangle_csv",
    title="CrowdTangle CSV export of Facebook posts",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(facebook)",
        "page_id": "Facebook Id",
        "post_id": "URL",
        "published_at": "Post Created",
        "kind": "Type",
        "message": "Message",
        "permalink": "URL",
        "followers_at_posting": FOLLOWERS,
        "reactions": "(sum of the reaction kinds)",
        "comments": "Comments",
        "shares": "Shares",
        **REACTIONS,
        "views": "Post Views",
    },
)
