"""Posts, and insights of posts, as Meta's Graph API gives them to a page about itself.

A file holds posts (``/<page>/posts``), with their insights nested in them or beside them, or the
insights alone (``/<post>/insights``), which have no date of publication. Programs wrap both in
objects of their own; the lists inside are found. Fields:
https://developers.facebook.com/docs/graph-api/reference/post/. People may write on a page too, so
no row is kept as it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
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
from analysis.sources.checks import missing
from analysis.sources.graph_comments import ONLY_OF_A_COMMENT
from analysis.sources.graph_insights import (
    METRICS,
    insight_fields,
    insight_reactions,
    insight_remarks,
    merged_metrics,
    metrics_of,
)
from analysis.sources.json_records import Record, at, iso_time, keys_at_start, open_records
from analysis.sources.numbers import PLAIN
from analysis.sources.post_ids import page_of_post_id, plain_post_id
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import Remark, warnings_of
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

UTC = ZoneInfo("UTC")
REACTIONS = "reactions.summary.total_count"
COMMENTS = "comments.summary.total_count"
SHARES = "shares.count"
COUNTS = (REACTIONS, COMMENTS, SHARES, *METRICS)
COLUMNS = (
    *("id", "created_time", "message", "permalink_url", "status_type", "from.id", "from.name"),
    *("attachments.data.0.media_type", "attachments.data.0.type"),
    *COUNTS,
)
OF_A_POST = {
    *("permalink_url", "status_type", "shares", "attachments", "reactions", "insights"),
    *("post_details", "full_picture"),
}
OF_AN_INSIGHT = {"name", "period", "values"}


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the Graph API's posts or insights."""
    keys = keys_at_start(path)
    is_of_comments = ONLY_OF_A_COMMENT & keys and not {"status_type", "shares", "insights"} & keys
    is_of_posts = "created_time" in keys and bool(OF_A_POST & keys)
    return not is_of_comments and (is_of_posts or keys >= OF_AN_INSIGHT)


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read posts and insights; posts that people wrote on the page are not used.

    ``shares`` is only there when a post has any. Whether it is then zero is not documented, so it
    is missing, and counted in a warning.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table: TextTable = open_records(path, COLUMNS, ("id", "post_details"), _posts)
    counted = [column for column in COUNTS if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    created = table.cell("created_time")
    published = iso_time(created, UTC)
    counts_taken = observed(raw_file, path, zone, UTC, lambda: latest_post(table, published))
    unreadable = created.is_not_null() & pl.col("published_at").is_null()
    rows = canonical_rows(
        table,
        raw_file.path,
        _fields(table, published) | {"published_at": published},
        counts_taken,
        [
            missing(table.cell("id"), "the post"),
            _by_a_visitor(table),
            pl.when(unreadable).then(pl.lit("the time of publication cannot be read")),
            *count_checks(table, counted),
        ],
    )
    return Reading(
        rows=rows.with_columns(raw=pl.lit(None, pl.String)),
        rows_read=table.rows_read,
        decided=table.decided
        | {
            "time zone": "as written behind the times, else UTC",
            "observed_at": counts_taken.decided,
            "reactions": "their total; from insights where the post has none",
            "kinds of reaction": "from insights; likes include care there, so both are missing",
        },
        warnings=(*table.warnings, *warnings_of(table, _remarks(table))),
    )


def _posts(records: Iterator[Record]) -> Iterator[Record]:
    """Posts with their metrics beside their fields; entries about one post become one record."""
    for post_id, group in groupby(records, key=_post_of_an_insight):
        if post_id is None:
            yield from map(_with_metrics, group)
        elif "_" in post_id:
            yield {"id": post_id, **merged_metrics(group)}
        else:
            merged_metrics(group)  # of the page as a whole, and of no post


def _post_of_an_insight(record: Record) -> str | None:
    """The post or page that an entry of insights is about; None for a post."""
    is_insight = record.keys() >= OF_AN_INSIGHT
    return str(at(record, "id")).partition("/")[0] if is_insight else None


def _with_metrics(record: Record) -> Record:
    post = at(record, "post_details")
    fields = post if isinstance(post, dict) else record
    return {**fields, **metrics_of(record.get("insights", fields.get("insights")))}


def _fields(table: TextTable, published: pl.Expr) -> dict[str, pl.Expr]:
    post_id = table.cell("id")
    page_id = pl.coalesce(page_of_post_id(post_id), table.cell("from.id"))
    return {
        "platform": pl.lit("facebook"),
        "page_id": page_id,
        "page_name": pl.when(table.cell("from.id") == page_id).then(table.cell("from.name")),
        "post_id": plain_post_id(post_id),
        "published_precision": pl.lit("second"),
        "kind": kind_of(
            pl.coalesce(
                table.cell("attachments.data.0.media_type"),
                table.cell("attachments.data.0.type"),
                table.cell("status_type"),
            )
        ),
        "message": table.cell("message"),
        "permalink": table.cell("permalink_url"),
        "reactions": pl.coalesce(count(table, REACTIONS), insight_reactions(table)),
        "comments": count(table, COMMENTS),
        "shares": count(table, SHARES),
        **insight_fields(table, published),
    }


def _by_a_visitor(table: TextTable) -> pl.Expr:
    """Say that someone else than the page wrote a post, without saying who."""
    author, page = table.cell("from.id"), page_of_post_id(table.cell("id"))
    return pl.when(author != page).then(pl.lit("written on the page by someone else"))


def _remarks(table: TextTable) -> list[Remark]:
    without_shares = Remark(
        table.cell("created_time").is_not_null() & table.cell(SHARES).is_null(),
        "'shares' is not there",
        "the API leaves it out where nobody shared, it seems, but does not say so: it is missing, "
        "and so are the interactions",
    )
    return [*([without_shares] if SHARES in table.columns else []), *insight_remarks(table)]


SOURCE = Source(
    name="graph_posts",
    title="Graph API posts and insights (JSON)",
    recognises=recognises,
    read=read,
    gives=(
        *("platform", "page_id", "post_id", "published_at", "kind", "message", "permalink"),
        *("reactions", "reactions_love", "reactions_wow", "reactions_haha", "reactions_sad"),
        *("reactions_angry", "comments", "shares", "views", "views_organic", "views_paid"),
        *("reach", "reach_organic", "reach_paid", "link_clicks", "paid"),
    ),
)
