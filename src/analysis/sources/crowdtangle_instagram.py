"""CrowdTangle's CSV export of Instagram posts; closed since 14 August 2024, old exports remain.

Columns as https://github.com/digitalmethodsinitiative/4cat reads them. The export has no id of the
account, so its user name stands for it; Instagram shows no shares, so interactions are missing.
"""

from __future__ import annotations

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
from analysis.sources.crowdtangle import compare_total, created_column
from analysis.sources.definitions import INSTAGRAM_VIDEO_VIEWS
from analysis.sources.dialect import open_table, read_header
from analysis.sources.numbers import PLAIN
from analysis.sources.published import with_zones
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

SIGNATURE = {"Account", "User Name", "Followers at Posting", "Photo", "Description", "URL"}
COUNTS = ("Likes", "Comments", "Views", "Followers at Posting")
POST_IN_ADDRESS = r"/(?:p|reels?|tv)/([\w-]+)"


def recognises(path: Path) -> bool:
    """Whether a file's header is that of CrowdTangle's Instagram posts."""
    return set(read_header(path)) >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read an export of Instagram posts. Likes are the only reaction; views are of videos.

    Raises
    ------
    InputProblem
        When the file is no readable table, or lacks a column that every such export has.
    """
    table = open_table(path, scratch)
    created = created_column(table)
    table.require("User Name", created, "Type", "URL", "Likes", "Comments")
    counted = [column for column in COUNTS if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    table, published = with_zones(table, created, zone, "the study's")
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    parts = {"likes": count(table, "Likes"), "comments": count(table, "Comments")}
    table, remarks, marks = compare_total(table, parts)
    seen = (*published.seen, *marks)
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            _fields(table) | {"published_at": published.time},
            counts_taken,
            [*published.checks, *count_checks(table, counted)],
            remarks=remarks,
            seen=seen,
        ),
        rows_read=table.rows_read,
        decided=table.decided
        | published.decided
        | {
            "observed_at": counts_taken.decided,
            "page_id": "User Name; the export has no id of the account",
            "views": f"Views: {INSTAGRAM_VIDEO_VIEWS}",
        },
        warnings=table.warnings,
        remarks=remarks,
        seen=seen,
    )


def _fields(table: TextTable) -> dict[str, pl.Expr]:
    kind, views = kind_of(table.cell("Type")), count(table, "Views")
    return {
        "platform": pl.lit("instagram"),
        "page_id": table.cell("User Name").str.to_lowercase(),
        "page_name": table.cell("Account"),
        "post_id": table.cell("URL").str.extract(POST_IN_ADDRESS, 1),
        "published_precision": pl.lit("second"),
        "kind": kind,
        "message": table.cell("Description"),
        "permalink": table.cell("URL"),
        "followers_at_posting": count(table, "Followers at Posting"),
        "followers_definition": pl.lit("followers"),
        "reactions": count(table, "Likes"),
        "reactions_like": count(table, "Likes"),
        "comments": count(table, "Comments"),
        "views": pl.when((kind == "video") | (views != 0)).then(views),
        "views_definition": pl.lit(INSTAGRAM_VIDEO_VIEWS),
    }


SOURCE = Source(
    name="crowdtangle_instagram_csv",
    title="CrowdTangle CSV export of Instagram posts",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(instagram)",
        "page_id": "User Name",
        "post_id": "URL",
        "published_at": "Post Created",
        "kind": "Type",
        "message": "Description",
        "permalink": "URL",
        "followers_at_posting": "Followers at Posting",
        "reactions": "Likes",
        "reactions_like": "Likes",
        "comments": "Comments",
        "views": "Views",
    },
)
