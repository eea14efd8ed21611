"""Statuses of accounts on Mastodon, as its API gives them: a list in JSON, or one per line.

https://docs.joinmastodon.org/entities/Status/. Favourites are reactions, boosts are shares and
replies are comments. Mastodon counts neither reach nor views. Ids are unique on one server only, so
an account is named by its address, ``name@server``. Statuses hold names of people who are mentioned
or answered, so no row is kept as it stood.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.canonical import canonical_rows, count, count_checks, latest_post, with_counts
from analysis.sources.checks import missing
from analysis.sources.json_records import Record, at, iso_time, keys_at_start, list_at, open_records
from analysis.sources.numbers import PLAIN
from analysis.sources.reading import Reading, Source
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

UTC = ZoneInfo("UTC")
SIGNATURE = {"reblogs_count", "favourites_count", "replies_count"}
FOLLOWERS = "account.followers_count"
COUNTS = {
    "reactions": "favourites_count",
    "comments": "replies_count",
    "shares": "reblogs_count",
    "followers_at_posting": FOLLOWERS,
}
COLUMNS = (
    *("id", "created_at", "url", "visibility", "text", "medium", "reblog.id"),
    *("in_reply_to_id", "in_reply_to_account_id"),
    *("account.id", "account.acct", "account.url", "account.display_name"),
    *COUNTS.values(),
)
KINDS = {"image": "photo", "gifv": "video", "video": "video", "audio": "other", "card": "link"}
FOLLOWERS_DEFINITION = "followers when the statuses were fetched"
_LINE_END = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = r"^https?://([^/]+)/(?:@|users/)([^/@]+)$"


def recognises(path: Path) -> bool:
    """Whether a file has the keys of Mastodon's statuses."""
    return keys_at_start(path) >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read statuses.

    A boost is another account's text, an answer to someone else is no post of its own, and a
    status that is not public is nobody's business: none of these is used.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it.
    """
    table: TextTable = open_records(path, COLUMNS, ("id",), _with_plain_text)
    table.require("id", "created_at", "account.id", *SIGNATURE)
    counted = [column for column in COUNTS.values() if column in table.columns]
    table = with_counts(table, dict.fromkeys(counted, PLAIN))
    created = table.cell("created_at")
    published = iso_time(created, UTC)
    counts_taken = observed(raw_file, path, zone, UTC, lambda: latest_post(table, published))
    unreadable = created.is_not_null() & pl.col("published_at").is_null()
    rows = canonical_rows(
        table,
        raw_file.path,
        _fields(table) | {"published_at": published},
        counts_taken,
        [
            *_no_post_of_its_own(table),
            missing(created, "the time of publication"),
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
            "page_id": "the account's address, name@server",
            "followers": FOLLOWERS_DEFINITION,
        },
        warnings=table.warnings,
    )


def _with_plain_text(records: Iterator[Record]) -> Iterator[Record]:
    """Add the text without its HTML and the kind of the first thing attached."""
    for status in records:
        content = at(status, "content")
        attached = [at(medium, "type") for medium in list_at(status, "media_attachments")[:1]]
        card = ["card"] if at(status, "card") is not None else []
        yield {
            **status,
            "text": _plain_text(content) if isinstance(content, str) else None,
            "medium": next(iter(attached + card), None),
        }


def _plain_text(content: str) -> str:
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", content)))


def _fields(table: TextTable) -> dict[str, pl.Expr]:
    medium = table.cell("medium")
    kinds = [pl.when(medium == word).then(pl.lit(kind)) for word, kind in KINDS.items()]
    return {
        "platform": pl.lit("mastodon"),
        "page_id": _address(table),
        "page_name": pl.coalesce(table.cell("account.display_name"), table.cell("account.acct")),
        "post_id": table.cell("id"),
        "published_precision": pl.lit("second"),
        "kind": pl.coalesce(
            *kinds, pl.when(medium.is_not_null()).then(pl.lit("other")), pl.lit("text")
        ),
        "message": table.cell("text"),
        "permalink": table.cell("url"),
        "followers_definition": pl.lit(FOLLOWERS_DEFINITION),
        **{field: count(table, column) for field, column in COUNTS.items()},
    }


def _address(table: TextTable) -> pl.Expr:
    """The account as ``name@server``; its id where the address of its profile is not known."""
    url, name = table.cell("account.url"), table.cell("account.acct")
    from_url = pl.format("{}@{}", url.str.extract(_ADDRESS, 2), url.str.extract(_ADDRESS, 1))
    is_whole = pl.when(name.str.contains("@")).then(name)
    return pl.coalesce(from_url, is_whole, table.cell("account.id")).str.to_lowercase()


def _no_post_of_its_own(table: TextTable) -> list[pl.Expr]:
    answered, account = table.cell("in_reply_to_account_id"), table.cell("account.id")
    to_itself = (answered == account).fill_null(value=False)
    wrong = {
        "a boost of another account's status": table.cell("reblog.id").is_not_null(),
        "not public": table.cell("visibility").is_in(["private", "direct"]),
        "an answer to someone else": table.cell("in_reply_to_id").is_not_null() & ~to_itself,
    }
    return [pl.when(is_so).then(pl.lit(reason)) for reason, is_so in wrong.items()]


SOURCE = Source(
    name="mastodon",
    title="Mastodon statuses (JSON)",
    recognises=recognises,
    read=read,
    gives=(
        *("platform", "page_id", "post_id", "published_at", "kind", "message", "permalink"),
        *("followers_at_posting", "reactions", "comments", "shares"),
    ),
)
