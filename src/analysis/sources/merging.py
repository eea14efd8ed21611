"""One row per post, when the same post was exported more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis.sources.scratch import to_scratch
from analysis.tables import COMMENTS, PAGE_DAYS, POSTS, SPEND

KEY = ("platform", "page_id", "post_id")
COMMENT_KEY = ("platform", "page_id", "comment_id")
PAGE_DAY_KEY = ("platform", "page_id", "variable", "definition", "day")
SPEND_KEY = ("platform", "page_id", "currency", "period_start", "period_end", "source_file")

TOGETHER = (
    ("published_at", "published_precision"),
    ("followers_at_posting", "followers_definition"),
    ("views", "views_organic", "views_paid", "views_definition"),
    ("reach", "reach_organic", "reach_paid", "reach_definition"),
)
"""Numbers with what says what they mean; they are taken from the same row."""

COMPARED = ("reactions", "comments", "shares", "views", "reach", "link_clicks")
"""Counts of which changes are counted; reaction kinds are inside ``reactions``."""

CONTENT = ("message", "permalink", "published_at")
"""What two rows about one post have in common."""


ROWS_AT_A_TIME = 250_000
"""About how many rows of posts that were seen more than once are in memory together."""


@dataclass(frozen=True)
class Merged:
    """Posts, one row each, and what was seen in putting them together.

    Attributes
    ----------
    posts : polars.DataFrame
        The posts table.
    seen_again : int
        Posts that were seen more than once.
    changed : int
        Of those, posts of which a count differs between rows.
    fallen : int
        Counts that are lower in a later row than in the one before.
    unlike : int
        Posts with two rows in one file that tell another text, address or time of publication.
    """

    posts: pl.DataFrame
    seen_again: int
    changed: int
    fallen: int
    unlike: int


@dataclass(frozen=True)
class MergedFiles:
    """As :class:`Merged`, of posts that need not fit in memory.

    ``by_address`` is the number of posts that were first given one id by their address.
    """

    posts: pl.LazyFrame
    by_address: int = 0
    seen_again: int = 0
    changed: int = 0
    fallen: int = 0
    unlike: int = 0


def merge_files(rows: pl.LazyFrame, scratch: Path) -> MergedFiles:
    """Put the rows about the same post together, as :func:`merge_posts` does, in little memory.

    Rows of posts that were seen once pass through; the others are merged a share at a time.

    Parameters
    ----------
    rows : polars.LazyFrame
        The columns of ``analysis.tables.POSTS``; read several times.
    scratch : pathlib.Path
        Folder for the merged posts.

    Returns
    -------
    MergedFiles
    """
    is_again = is_repeated(rows, KEY)
    n_again = rows.select(is_again.sum()).collect(engine="streaming").item()
    if not n_again:
        return MergedFiles(rows)
    n_shares, post = 1 + int(n_again) // ROWS_AT_A_TIME, _hash(KEY)
    posts, shares = [rows.filter(~is_again)], []
    for share in range(n_shares):
        sightings = rows.filter(is_again, post % n_shares == share).collect(engine="streaming")
        merged = merge_posts(sightings)
        posts.append(to_scratch(merged.posts.lazy(), scratch / f"merged-{share}"))
        shares.append((merged.seen_again, merged.changed, merged.fallen, merged.unlike))
    return MergedFiles(pl.concat(posts), 0, *map(sum, zip(*shares, strict=True)))


def is_repeated(rows: pl.LazyFrame, key: Sequence[str]) -> pl.Expr:
    """Tell the rows that share their key with another row, and by chance a few that do not.

    Only hashes of the keys are held in memory; two keys may have the same one.
    """
    hashes = rows.select(_hash(key)).collect(engine="streaming").to_series().sort()
    again = hashes.filter(hashes == hashes.shift()).unique()
    if again.is_empty():
        return pl.lit(value=False)
    return _hash(key).is_in(again.implode())


def _hash(key: Sequence[str]) -> pl.Expr:
    return pl.struct(key).hash()


def merge_comments(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Put the rows about the same comment together; the latest observation wins, as with posts."""
    merged = _latest_of(COMMENT_KEY, rows).select(*COMMENTS.columns)
    return merged.sort("platform", "page_id", "created_at", "comment_id")


def add_up_spend(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add up the rows about the same page in the same report, which has one for each disclaimer.

    A sum is missing when one of its parts is. Reports are not added up: their periods may overlap.
    """

    def whole(name: str) -> pl.Expr:
        return pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum())

    return (
        rows.group_by(SPEND_KEY)
        .agg(whole(name).alias(name) for name in ("amount_low", "amount_high", "n_ads"))
        .select(*SPEND.columns)
        .sort(SPEND_KEY)
    )


def merge_page_days(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Put the rows about the same day of a page together; the latest observation wins."""
    return _latest_of(PAGE_DAY_KEY, rows).select(*PAGE_DAYS.columns).sort(PAGE_DAY_KEY)


def _latest_of(key: Sequence[str], rows: pl.LazyFrame) -> pl.LazyFrame:
    """Take the last value of every column, of the rows that share a key."""
    return (
        rows.sort("observed_at", nulls_last=False, maintain_order=True)
        .group_by(key, maintain_order=True)
        .agg(pl.exclude(key).last(ignore_nulls=True))
    )


def days_unlike(rows: pl.LazyFrame) -> int:
    """Count the days of a page that two rows count differently."""
    days = rows.group_by(PAGE_DAY_KEY).agg(numbers=pl.col("value").drop_nulls().n_unique())
    return int(days.select((pl.col("numbers") > 1).sum()).collect().item())


def merge_posts(rows: pl.DataFrame) -> Merged:
    """Put the rows about the same post together.

    The latest observation wins, field by field where it has a value; of equally late ones the last
    row. Columns that belong together come from one row. Counts may fall: people take reactions
    back and comments are removed, so the later count stands.

    Parameters
    ----------
    rows : polars.DataFrame
        The columns of ``analysis.tables.POSTS``; a post may have several rows.

    Returns
    -------
    Merged
    """
    again = pl.struct(KEY).is_duplicated()
    sightings = (
        rows.filter(again)
        .sort(*KEY, "observed_at", nulls_last=False, maintain_order=True)
        .with_columns(post=pl.struct(KEY).rle_id())
    )
    changed, fallen = _changes(sightings)
    return Merged(
        posts=pl.concat([rows.filter(~again), _latest_values(sightings)]),
        seen_again=sightings["post"].n_unique(),
        changed=changed,
        fallen=fallen,
        unlike=_unlike(sightings),
    )


def _changes(sightings: pl.DataFrame) -> tuple[int, int]:
    """Count the posts of which a count changed, and the counts that fell."""
    differences = [pl.col(name) - _value_before(name) for name in COMPARED]
    changes = sightings.select(
        "post",
        changed=pl.any_horizontal(difference != 0 for difference in differences),
        fallen=pl.sum_horizontal(difference < 0 for difference in differences),
    )
    return changes.filter("changed")["post"].n_unique(), int(changes["fallen"].sum())


def _unlike(sightings: pl.DataFrame) -> int:
    """Count the posts of which one file tells two things that do not change by themselves."""
    contents = [pl.col(name).drop_nulls().n_unique() for name in CONTENT]
    in_one_file = sightings.group_by("post", "source_file").agg(
        contents=pl.max_horizontal(contents)
    )
    return in_one_file.filter(pl.col("contents") > 1)["post"].n_unique()


def _value_before(name: str) -> pl.Expr:
    """The last measured value of the same post; null when there was none before."""
    measured = pl.when(pl.col(name).is_not_null()).then(pl.struct("post", value=name))
    before = measured.forward_fill().shift()
    is_same_post = before.struct.field("post") == pl.col("post")
    return pl.when(is_same_post).then(before.struct.field("value"))


def _latest_values(sightings: pl.DataFrame) -> pl.DataFrame:
    """Take the last value of every column, and the last row of columns that go together."""
    in_groups = {column for columns in TOGETHER for column in columns}
    alone = [name for name in POSTS.columns if name not in in_groups and name not in KEY]
    groups = {columns[0]: _last_together(columns) for columns in TOGETHER}
    return (
        sightings.group_by(KEY, maintain_order=True)
        .agg(pl.col(alone).last(ignore_nulls=True), **groups)
        .unnest(*groups)
        .with_columns(pl.col("published_precision").fill_null("none"))
        .select(*POSTS.columns)
    )


def _last_together(columns: tuple[str, ...]) -> pl.Expr:
    *numbers, _ = columns
    is_measured = pl.any_horizontal(pl.col(name).is_not_null() for name in numbers)
    return pl.when(is_measured).then(pl.struct(columns)).last(ignore_nulls=True)
