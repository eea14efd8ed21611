"""CrowdTangle's CSV export of Facebook posts; closed since 14 August 2024, old exports remain.

Two generations are read: 41 columns with ``Post Created`` and ``Followers at Posting``, and 30 or
31 columns (2020) with ``Created`` and page likes only. The last columns vary with the weights that
were set in the dashboard. Codebook:
https://help.crowdtangle.com/en/articles/3213537-crowdtangle-codebook
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import (
    canonical_rows,
    count,
    count_checks,
    kind_of,
    latest_post,
    with_counts,
)
from analysis.sources.checks import bad_date, missing
from analysis.sources.dialect import TextTable, open_table, read_header
from analysis.sources.numbers import PLAIN, number_marks, whole_number
from analysis.sources.post_ids import plain_page_id, plain_post_id
from analysis.sources.reading import Reading, Source
from analysis.sources.times import observed, offset_of, zone_of, zoned_time
from analysis.study import RawFile

SIGNATURE = {
    "Page Name",
    "Facebook Id",
    "Likes at Posting",
    "Video Share Status",
    "Total Views For All Crossposts",
    "Final Link",
}
COLUMNS_TO_RECOGNISE = 4
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
MEASURED_VIDEO = "native video|live video"
VIEWS_DEFINITION = "3-second video views"


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
    created = next((name for name in CREATED if name in table.columns), CREATED[0])
    kinds = {
        field: column
        for field, column in REACTIONS.items()
        if column in table.columns or column not in NOT_ALWAYS_THERE
    }
    table.require("Facebook Id", created, "Type", "URL", "Comments", "Shares", *kinds.values())

    counts = _count_columns(table, kinds)
    table = with_counts(table, dict.fromkeys(counts, PLAIN))
    zones = _zones(table, created, zone)
    known = {name: offset for name, offset in zones.items() if offset is not None}
    published = zoned_time(table.cell(created), known, zone)
    counts_taken = observed(
        raw_file, path, zone, _day_zone(known, zone), lambda: latest_post(table, published)
    )
    warnings, total = _compare_total(table, list(kinds.values()))
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            _fields(table, kinds) | {"published_at": published},
            counts_taken,
            [
                _unknown_zone(table.cell(created), zones),
                missing(table.cell(created), "the time of publication"),
                bad_date(table.cell(created), pl.col("published_at"), created),
                *count_checks(table, counts),
            ],
        ),
        rows_read=table.rows_read,
        decided=table.decided
        | {
            "time zone": _in_words(zones, zone),
            "observed_at": counts_taken.decided,
            "reactions": " + ".join(kinds.values()),
            "followers": _followers_in_words(table),
            "views": f"Post Views: {VIEWS_DEFINITION}",
        }
        | total,
        warnings=(*table.warnings, *warnings),
    )


def _fields(table: TextTable, kinds: dict[str, str]) -> dict[str, pl.Expr]:
    reactions = {field: count(table, column) for field, column in kinds.items()}
    followers, page_likes = count(table, FOLLOWERS), count(table, PAGE_LIKES)
    return {
        "platform": pl.lit("facebook"),
        "page_id": plain_page_id(table.cell("Facebook Id")),
        "page_name": table.cell("Page Name"),
        "post_id": plain_post_id(table.cell("URL")),
        "published_precision": pl.lit("second"),
        "kind": kind_of(table.cell("Type")),
        "message": table.cell("Message"),
        "permalink": table.cell("URL"),
        "followers_at_posting": pl.coalesce(followers, page_likes),
        "followers_definition": pl.when(followers.is_not_null())
        .then(pl.lit("followers"))
        .otherwise(pl.lit("page_likes")),
        "reactions": pl.sum_horizontal(reactions.values(), ignore_nulls=False),
        "comments": count(table, "Comments"),
        "shares": count(table, "Shares"),
        **reactions,
        "views": _views(table),
        "views_definition": pl.lit(VIEWS_DEFINITION),
    }


def _views(table: TextTable) -> pl.Expr:
    views = count(table, "Post Views")
    is_measured = table.cell("Type").str.to_lowercase().str.contains(MEASURED_VIDEO)
    return pl.when(is_measured | (views != 0)).then(views)


def _count_columns(table: TextTable, kinds: dict[str, str]) -> list[str]:
    wanted = (*kinds.values(), "Comments", "Shares", FOLLOWERS, PAGE_LIKES, "Post Views")
    return [column for column in wanted if column in table.columns]


def _zones(table: TextTable, created: str, zone: ZoneInfo) -> dict[str, timedelta | None]:
    """The zones behind the file's times, and their distance from UTC where it is known."""
    names = table.rows.select(zone_of(table.cell(created)).unique().drop_nulls().sort())
    return {name: offset_of(name, zone) for name in names.collect().to_series()}


def _day_zone(known: dict[str, timedelta], zone: ZoneInfo) -> tzinfo:
    """The zone in which the export's day ends: the westernmost one in the file."""
    return timezone(min(known.values())) if known else zone


def _unknown_zone(text: pl.Expr, zones: dict[str, timedelta | None]) -> pl.Expr:
    unknown = [name for name, offset in zones.items() if offset is None]
    sentence = pl.format("the time zone '{}' is not known", zone_of(text))
    return pl.when(zone_of(text).is_in(unknown)).then(sentence)


def _in_words(zones: dict[str, timedelta | None], zone: ZoneInfo) -> str:
    if not zones:
        return f"{zone.key}, the study's; the times in the file name none"
    named = (
        f"{name} ({timezone(offset)})" if offset is not None else f"{name} (not known)"
        for name, offset in zones.items()
    )
    return ", ".join(named) + ", as written behind the times"


def _followers_in_words(table: TextTable) -> str:
    if FOLLOWERS in table.columns:
        return f"{FOLLOWERS}, and {PAGE_LIKES} where that is empty"
    return f"{PAGE_LIKES}: page likes, not followers"


def _compare_total(table: TextTable, kinds: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Compare the export's total with the sum of its parts; the parts are what is used."""
    column = next((name for name in table.columns if _is_plain_total(name)), None)
    if column is None:
        return (), {}
    text = table.cell(column)
    written = table.rows.select(text.filter(text.str.contains(r"\D")).unique()).collect()
    marks = number_marks(written.to_series().drop_nulls(), whole=True)
    parts = [count(table, name) for name in (*kinds, "Comments", "Shares")]
    total, parts_sum = whole_number(text, marks), pl.sum_horizontal(parts, ignore_nulls=False)
    different = pl.col("row").filter(total != parts_sum)
    unread = pl.col("row").filter(text.is_not_null() & total.is_null())
    found = table.rows.select(
        different=different.len(), first=different.min(), unread=unread.len()
    ).collect()
    warnings = []
    n_different, first, n_unread = found.row(0)
    if n_different:
        warnings.append(
            f"'{column}' is not the sum of reactions, comments and shares in {n_different} of "
            f"{table.rows_read} rows (first in row {first}); the sum is used."
        )
    if n_unread:
        warnings.append(
            f"'{column}' cannot be read in {n_unread} of {table.rows_read} rows; it is not needed."
        )
    return tuple(warnings), {"mark of thousands": marks.thousands or "none"}


def _is_plain_total(column: str) -> bool:
    """Whether a column is the unweighted total: named so, or with every weight 1."""
    weights = re.findall(r"([\d.]+)x", column)
    return column.startswith(TOTAL) and all(float(weight) == 1 for weight in weights)


SOURCE = Source(
    name="crowdtangle_csv",
    title="CrowdTangle CSV export of Facebook posts",
    recognises=recognises,
    read=read,
    gives=(
        "platform",
        "page_id",
        "post_id",
        "published_at",
        "kind",
        "message",
        "permalink",
        "followers_at_posting",
        "reactions",
        "comments",
        "shares",
        *REACTIONS,
        "views",
    ),
)
