"""CSV of posts by minimaxir's Facebook Page scraper, which worked until February 2018.

https://github.com/minimaxir/facebook-page-post-scraper. The program took the times from Facebook
in UTC and moved them by five hours, in summer and winter alike.
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
from analysis.sources.dialect import open_table, read_header
from analysis.sources.numbers import PLAIN
from analysis.sources.post_ids import page_of_post_id, plain_post_id
from analysis.sources.published import shifted
from analysis.sources.reading import Reading, Source
from analysis.sources.times import observed
from analysis.study import RawFile

SIGNATURE = {"status_id", "status_message", "status_type", "status_published", "num_comments"}
COUNTS = {
    "reactions": "num_reactions",
    "comments": "num_comments",
    "shares": "num_shares",
    "reactions_like": "num_likes",
    "reactions_love": "num_loves",
    "reactions_wow": "num_wows",
    "reactions_haha": "num_hahas",
    "reactions_sad": "num_sads",
    "reactions_angry": "num_angrys",
}
HOURS_FROM_UTC = -5
WHY_SHIFTED = "the scraper took five hours off, without summer"


def recognises(path: Path) -> bool:
    """Whether a file's header is that of the scraper's posts."""
    return set(read_header(path)) >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read the scraper's posts.

    Files from before reactions existed have no ``num_reactions``; their reactions are missing,
    since it is not known whether their likes were counted before February 2016.

    Raises
    ------
    InputProblem
        When the file is no readable table, or lacks a column that every such file has.
    """
    table = open_table(path, scratch)
    table.require("status_id", "status_published", "num_comments", "num_shares")
    counted = [column for column in COUNTS.values() if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    table, published = shifted(table, "status_published", HOURS_FROM_UTC, WHY_SHIFTED)
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    status_id = table.cell("status_id")
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            {
                "platform": pl.lit("facebook"),
                "page_id": page_of_post_id(status_id),
                "post_id": plain_post_id(status_id),
                "published_at": published.time,
                "published_precision": pl.lit("second"),
                "kind": kind_of(table.cell("status_type")),
                "message": table.cell("status_message"),
                **{field: count(table, column) for field, column in COUNTS.items()},
            },
            counts_taken,
            [*published.checks, *count_checks(table, counted)],
        ),
        rows_read=table.rows_read,
        decided=table.decided | published.decided | {"observed_at": counts_taken.decided},
        warnings=table.warnings,
    )


SOURCE = Source(
    name="minimaxir_csv",
    title="CSV of posts by minimaxir's Facebook Page scraper",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(facebook)",
        "page_id": "status_id",
        "post_id": "status_id",
        "published_at": "status_published",
        "kind": "status_type",
        "message": "status_message",
        **COUNTS,
    },
)
