"""Meta Content Library's CSV download of posts, for Facebook and Instagram.

Columns as in the API; data dictionary:
https://developers.facebook.com/docs/content-library-and-api/appendix/data-dictionary. The ids are
the library's own, of 15 to 19 digits: they meet no other export's, and a program that takes them
for numbers rounds them. There is no permalink. Posts of pages with fewer than 15,000 followers are
not in the download. The library also holds posts by people, so no row is kept as it stood, and on
Facebook only posts of pages are used; on Instagram an account does not say whether it is a person.
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
from analysis.sources.checks import damaged_id, missing, shown
from analysis.sources.definitions import CONTENT_LIBRARY_VIEWS
from analysis.sources.dialect import open_table, read_header
from analysis.sources.numbers import PLAIN
from analysis.sources.published import with_zones
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import Remark, not_the_sum, warnings_of
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

CREATED = "creation_time"
SIGNATURE = {"id", CREATED, "post_owner.id", "statistics.comment_count"}
KINDS = ("like", "love", "wow", "haha", "sad", "angry", "care")
REACTIONS = {f"reactions_{kind}": f"statistics.{kind}_count" for kind in KINDS}
TOTAL = "statistics.reaction_count"
VIEWS = "statistics.views"
COUNTS = (*REACTIONS.values(), TOTAL, "statistics.comment_count", "statistics.share_count", VIEWS)
FEWEST_VIEWS = 100
WHOLE_ID = r"^\d{15,19}$"


def recognises(path: Path) -> bool:
    """Whether a file's header is the Content Library's."""
    return set(read_header(path)) >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read a download of posts.

    The page of a post is its owner, who wrote it; the surface on which it stands may be another's.
    Posts that no page wrote are not used. Views under 100 are hidden, so they are missing. On
    Instagram likes are the only reaction.

    Raises
    ------
    InputProblem
        When the file is no readable table, or lacks a column that every such file has.
    """
    return posts_of(open_table(path, scratch), raw_file, zone)


def posts_of(table: TextTable, raw_file: RawFile, zone: ZoneInfo) -> Reading:
    """Read posts from cells named as in the library's API, whatever file they come from."""
    table.require(*sorted(SIGNATURE))
    is_instagram = TOTAL not in table.columns and REACTIONS["reactions_love"] not in table.columns
    counted = [column for column in COUNTS if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    table, published = with_zones(table, CREATED, ZoneInfo("UTC"), "as the library writes times")
    counts_taken = observed(
        raw_file, table.path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    rows = canonical_rows(
        table,
        raw_file.path,
        _fields(table, is_instagram) | {"published_at": published.time},
        counts_taken,
        [
            *_id_checks(table, "id", "post_owner.id"),
            missing(table.cell("id"), "the post"),
            *([] if is_instagram else [_by_no_page(table)]),
            *published.checks,
            *count_checks(table, counted),
        ],
        seen=published.seen,
    )
    return Reading(
        rows=rows.with_columns(raw=pl.lit(None, pl.String)),
        rows_read=table.rows_read,
        decided=table.decided
        | published.decided
        | {
            "observed_at": counts_taken.decided,
            "ids": "the library's own; they meet no other export's",
            "page_id": "post_owner, who wrote the post",
            "views": f"{VIEWS}: {CONTENT_LIBRARY_VIEWS}",
        },
        warnings=(*table.warnings, *warnings_of(table, _remarks(table))),
        seen=published.seen,
    )


def _fields(table: TextTable, is_instagram: bool) -> dict[str, pl.Expr]:
    kinds = {field: count(table, column) for field, column in REACTIONS.items()}
    likes = kinds["reactions_like"] if is_instagram else pl.lit(None, pl.Int64)
    views = count(table, VIEWS)
    return {
        "platform": pl.lit("instagram" if is_instagram else "facebook"),
        "page_id": table.cell("post_owner.id"),
        "page_name": table.cell("post_owner.name"),
        "post_id": table.cell("id"),
        "published_precision": pl.lit("second"),
        "kind": kind_of(table.cell("content_type")),
        "message": table.cell("text"),
        "reactions": pl.coalesce(count(table, TOTAL), _sum(kinds), likes),
        **kinds,
        "comments": count(table, "statistics.comment_count"),
        "shares": count(table, "statistics.share_count"),
        "views": pl.when(views >= FEWEST_VIEWS).then(views),
        "views_definition": pl.lit(CONTENT_LIBRARY_VIEWS),
    }


def _sum(kinds: dict[str, pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(kinds.values(), ignore_nulls=False)


def _id_checks(table: TextTable, *columns: str) -> list[pl.Expr]:
    """Say that an id is none of the library's, most often because a program rounded it."""
    checks = []
    for column in columns:
        text = table.cell(column)
        wrong = pl.when(~text.str.contains(WHOLE_ID)).then(shown(text))
        sentence = pl.format(
            "'{}' in column '{}' is no id of 15 to 19 digits", wrong, pl.lit(column)
        )
        checks += [damaged_id(text, column), sentence]
    return checks


def _by_no_page(table: TextTable) -> pl.Expr:
    """Say that somebody else than a page wrote the post, or nobody knows who, naming nobody."""
    if "post_owner.type" not in table.columns:
        return pl.lit(None, pl.String)
    owner = table.cell("post_owner.type").fill_null("")
    return pl.when(owner.str.to_lowercase() != "page").then(pl.lit("written by no page"))


def _remarks(table: TextTable) -> list[Remark]:
    remarks = [
        Remark(
            table.cell("surface.id") != table.cell("post_owner.id"),
            "A post stands on the surface of another than its owner",
            "it counts for its owner",
        )
    ]
    if TOTAL in table.columns:
        kinds = {f"'{column}'": count(table, column) for column in REACTIONS.values()}
        remarks.append(not_the_sum(TOTAL, count(table, TOTAL), kinds, "the total is used"))
    return remarks


SOURCE = Source(
    name="content_library_csv",
    title="Meta Content Library CSV download of posts",
    recognises=recognises,
    read=read,
    gives={
        "platform": "(facebook, or instagram where likes are the only reaction)",
        "page_id": "post_owner.id",
        "post_id": "id",
        "published_at": CREATED,
        "kind": "content_type",
        "message": "text",
        "reactions": TOTAL,
        **REACTIONS,
        "comments": "statistics.comment_count",
        "shares": "statistics.share_count",
        "views": VIEWS,
    },
)
