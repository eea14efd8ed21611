"""Posts as CrowdTangle's API gave them in JSON; closed since 14 August 2024, old answers remain.

Times have no zone and are in UTC. ``subscriberCount`` is what the API counted when the post was
made; whether that is page likes or followers is not documented, so it is a definition of its own.
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
from analysis.sources.checks import bad_date, missing
from analysis.sources.json_records import iso_time, keys_at_start, open_records
from analysis.sources.numbers import PLAIN
from analysis.sources.post_ids import page_of_post_id, plain_page_id, plain_post_id
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

UTC = ZoneInfo("UTC")
SIGNATURE = {"platformId", "postUrl", "statistics", "subscriberCount"}
KINDS = ("like", "love", "wow", "haha", "sad", "angry", "thankful", "care")
REACTIONS = {f"reactions_{kind}": f"statistics.actual.{kind}Count" for kind in KINDS}
NOT_ALWAYS_THERE = ("reactions_care", "reactions_thankful")
FAVOURITES = "statistics.actual.favoriteCount"
COMMENTS, SHARES = "statistics.actual.commentCount", "statistics.actual.shareCount"
SUBSCRIBERS = "subscriberCount"
COUNTS = (*REACTIONS.values(), FAVOURITES, COMMENTS, SHARES, SUBSCRIBERS)
COLUMNS = (
    *("platformId", "platform", "date", "type", "title", "message", "postUrl"),
    *("account.platformId", "account.name", "account.accountType"),
    *COUNTS,
)


def recognises(path: Path) -> bool:
    """Whether a file has the keys of CrowdTangle's posts."""
    return keys_at_start(path) >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read posts of pages on Facebook and of accounts on Instagram.

    ``reactions`` is the sum of the reaction kinds; on Instagram the likes, which the API calls
    favourites. In groups people write, so their posts are not used.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table: TextTable = open_records(path, COLUMNS, ("platformId", "postUrl"))
    table.require("platformId", "date", COMMENTS)
    counted = [column for column in COUNTS if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    published = iso_time(table.cell("date"), UTC)
    counts_taken = observed(raw_file, path, zone, UTC, lambda: latest_post(table, published))
    rows = canonical_rows(
        table,
        raw_file.path,
        _fields(table) | {"published_at": published},
        counts_taken,
        [
            _in_a_group(table),
            missing(table.cell("date"), "the time of publication"),
            bad_date(table.cell("date"), pl.col("published_at"), "date"),
            *count_checks(table, counted),
        ],
    )
    return Reading(
        rows=rows.with_columns(raw=pl.lit(None, pl.String)),
        rows_read=table.rows_read,
        decided=table.decided
        | {
            "time zone": "UTC, as the API writes times",
            "observed_at": counts_taken.decided,
            "followers": f"{SUBSCRIBERS}: page likes or followers, which is not documented",
        },
        warnings=table.warnings,
    )


def _fields(table: TextTable) -> dict[str, pl.Expr]:
    kinds = {field: count(table, column) for field, column in REACTIONS.items()}
    summed = [
        kind
        for field, kind in kinds.items()
        if REACTIONS[field] in table.columns or field not in NOT_ALWAYS_THERE
    ]
    post_id = table.cell("platformId")
    return {
        "platform": table.cell("platform").str.to_lowercase().fill_null("facebook"),
        "page_id": pl.coalesce(
            plain_page_id(table.cell("account.platformId")), page_of_post_id(post_id)
        ),
        "page_name": table.cell("account.name"),
        "post_id": pl.coalesce(plain_post_id(post_id), plain_post_id(table.cell("postUrl"))),
        "published_precision": pl.lit("second"),
        "kind": kind_of(table.cell("type")),
        "message": pl.coalesce(table.cell("message"), table.cell("title")),
        "permalink": table.cell("postUrl"),
        "followers_at_posting": count(table, SUBSCRIBERS),
        "followers_definition": pl.lit("subscribers, as CrowdTangle's API counted them"),
        "reactions": pl.coalesce(
            pl.sum_horizontal(summed, ignore_nulls=False), count(table, FAVOURITES)
        ),
        **kinds,
        "comments": count(table, COMMENTS),
        "shares": count(table, SHARES),
    }


def _in_a_group(table: TextTable) -> pl.Expr:
    """Say that a post stands in a group, without saying who wrote it."""
    is_group = table.cell("account.accountType").str.contains("(?i)group")
    return pl.when(is_group).then(pl.lit("written in a group, not by a page"))


SOURCE = Source(
    name="crowdtangle_api",
    title="CrowdTangle API posts (JSON)",
    recognises=recognises,
    read=read,
    gives=(
        *("platform", "page_id", "post_id", "published_at", "kind", "message", "permalink"),
        *("followers_at_posting", "reactions", *REACTIONS, "comments", "shares"),
    ),
)
