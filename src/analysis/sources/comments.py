"""Comments without people: what is read of who wrote them and what they say is dropped here.

A reader of comments only points at the cells of its export. This module alone turns names, ids of
people and texts into ``by_page``, ``needs_answer`` and ``redirects``, and lets them go. Its reasons
for not using a row quote nothing, for any cell of a damaged file may hold a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis.sources.pseudonyms import pseudonym
from analysis.sources.text_table import TextTable
from analysis.sources.times import Observed
from analysis.sources.wording import needs_answer, redirects
from analysis.tables import COMMENTS, dtypes

COMMENT_COLUMNS = dtypes(COMMENTS)
PRIVATE = ("text", "author_id", "author_name", "author_is_page")
GIVEN = (
    *("platform", "page_id", "page_name", "post_id", "comment_id", "parent_id", "created_at"),
    *PRIVATE,
)
OF_POSTS = dict.fromkeys(("platform", "post_id", "page_id"), pl.String())
NAMES = {"platform": pl.String(), "page_id": pl.String(), "names": pl.List(pl.String)}
IDS = ("page_id", "post_id", "comment_id", "parent_id")
_NUMBER = r"^\d+$"
_ID = r"^[A-Za-z0-9_:=+/.~-]{1,200}$"
_ROUNDED = r"^\d+(?:[.,]\d+)?[eE]\+\d+$"


@dataclass(frozen=True)
class KnownPages:
    """What is known before comments are read.

    Attributes
    ----------
    of_posts : polars.DataFrame
        ``platform, post_id, page_id``: which page published a post, for exports that only name the
        post. Every post once.
    names : polars.DataFrame
        ``platform, page_id, names``: what pages are called (a list, in lower case), for exports
        that give no ids of authors. Every page once.
    pseudonym_key : bytes or None
        Key of the pseudonyms of people; without one there are none.
    """

    of_posts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OF_POSTS))
    names: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NAMES))
    pseudonym_key: bytes | None = None


@dataclass(frozen=True)
class CommentExport:
    """An export of comments, with people in it; never written as it is.

    Attributes
    ----------
    table : TextTable
        The file's cells.
    fields : mapping of str to polars.Expr
        Expressions over the cells: ``platform``, ``page_id``, ``page_name``, ``post_id``,
        ``comment_id``, ``parent_id`` (the comment replied to; the post itself counts as none),
        ``created_at`` and, of the person, ``text`` (empty when there are no words), ``author_id``,
        ``author_name`` and ``author_is_page`` (true or false where the export says so by itself).
        What is not named is missing.
    created : polars.Expr
        The text of the time, to tell a missing one from an unreadable one.
    reasons : tuple of polars.Expr
        Further reasons why a row cannot be used, over the cells; they quote nothing.
    """

    table: TextTable
    fields: Mapping[str, pl.Expr]
    created: pl.Expr
    observed: Observed
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    reasons: tuple[pl.Expr, ...] = ()


def without_people(export: CommentExport, source_file: str, known: KnownPages) -> pl.LazyFrame:
    """Turn an export into rows of comments of which nothing tells who wrote what.

    Parameters
    ----------
    export : CommentExport
        The file's cells.
    source_file : str
        The file's name in the study.
    known : KnownPages
        Pages and posts of the study.

    Returns
    -------
    polars.LazyFrame
        The columns of ``analysis.tables.COMMENTS``, ``row``, ``reason`` (null when the row can be
        used) and ``raw``, which is always null. ``page_id`` is null where neither the export nor
        the study tells the page.
    """
    rows = _with_people(export, source_file, known).with_columns(by_page=_by_page())
    by_others = pl.col("by_page").is_null() | ~pl.col("by_page")
    not_by_others = pl.col("by_page").fill_null(value=True)
    return rows.with_columns(
        needs_answer=pl.when(by_others).then(needs_answer(pl.col("text"))),
        redirects=pl.when(not_by_others).then(redirects(pl.col("text"))),
        person=_person(known.pseudonym_key),
        reason=pl.coalesce(_reasons(export)),
        observed_at=pl.lit(export.observed.at, COMMENT_COLUMNS["observed_at"]),
        source_file=pl.lit(source_file),
        raw=pl.lit(None, pl.String),
    ).select(*COMMENT_COLUMNS, "row", "reason", "raw")


def texts(export: CommentExport, source_file: str) -> pl.LazyFrame:
    """Give what was written, to be coded by hand and then let go.

    Returns
    -------
    polars.LazyFrame
        ``platform, comment_id, text`` of the comments that have words and can be used: where cells
        are shifted, any of them may be a name.
    """
    rows = _with_people(export, source_file, KnownPages())
    is_usable = pl.coalesce(_reasons(export)).is_null()
    with_words = rows.filter(is_usable, pl.col("text").str.contains(r"\w"))
    return with_words.select("platform", "comment_id", "text")


def who_in_words(export: CommentExport, source_file: str, known: KnownPages) -> str:
    """Say by what the page's own comments are told from those of others, and in how many rows."""
    ways = {
        "by what the export says": pl.col("author_is_page").is_not_null(),
        "by id": _by_id().is_not_null(),
        "by name": _by_name().is_not_null(),
        "not known": pl.lit(value=True),
    }
    way = pl.coalesce(pl.when(holds).then(pl.lit(words)) for words, holds in ways.items())
    counts = dict(
        _with_people(export, source_file, known)
        .filter(pl.col("problem").is_null())
        .group_by(way.alias("way"))
        .len()
        .collect()
        .rows()
    )
    return ", ".join(f"{words} in {counts[words]:,}" for words in ways if words in counts)


def _with_people(export: CommentExport, source_file: str, known: KnownPages) -> pl.LazyFrame:
    """The rows with the page of each, and with what is private still in them."""
    given = {name: export.fields.get(name, pl.lit(None)) for name in GIVEN}
    types = {"author_is_page": pl.Boolean(), "created_at": COMMENT_COLUMNS["created_at"]}
    made_id = pl.format("{}#{}", pl.lit(Path(source_file).name), pl.col("row"))
    rows = export.table.rows.select(
        "row",
        "problem",
        export.created.alias("created"),
        pl.coalesce(pl.col("problem"), *export.reasons).alias("unusable"),
        *(value.cast(types.get(name, pl.String())).alias(name) for name, value in given.items()),
    ).with_columns(
        pl.all_horizontal(pl.col("comment_id", "created", "text").is_null()).alias("is_empty"),
        pl.any_horizontal(~_has_shape_of_id(name) for name in IDS).alias("has_other_id"),
        pl.col("comment_id").fill_null(made_id),
        pl.when(pl.col("parent_id") != pl.col("post_id")).then("parent_id").alias("parent_id"),
    )
    of_posts = known.of_posts.lazy().rename({"page_id": "page_of_post"})
    rows = rows.join(of_posts, on=["platform", "post_id"], how="left", maintain_order="left")
    rows = rows.with_columns(page_id=pl.coalesce("page_id", "page_of_post"))
    names = known.names.lazy()
    return rows.join(names, on=["platform", "page_id"], how="left", maintain_order="left")


def _has_shape_of_id(name: str) -> pl.Expr:
    """Whether an id may be one; in a row with shifted cells it may be a name or a text.

    Ids are digits, or letters with digits among them, such as Base64; words have no digits.
    """
    written = pl.col(name)
    return written.str.contains(_ID) & written.str.contains(r"\d")


def _by_page() -> pl.Expr:
    return pl.coalesce("author_is_page", _by_id(), _by_name())


def _by_id() -> pl.Expr:
    """Whether the author is the page, by id; null where the two ids are not of one kind."""
    author, page = pl.col("author_id"), pl.col("page_id")
    alike = author.str.contains(_NUMBER) == page.str.contains(_NUMBER)
    return pl.when(alike).then(author == page)


def _by_name() -> pl.Expr:
    """Whether the author is the page, by name; null where the ids tell, or a name is missing."""
    author, page = (
        pl.col(name).str.strip_chars().str.to_lowercase() for name in ("author_name", "page_name")
    )
    names = pl.concat_list(pl.col("names").fill_null([]), page).list.drop_nulls()
    is_told = _by_id().is_null() & author.is_not_null() & (names.list.len() > 0)
    return pl.when(is_told).then(names.list.contains(author))


def _person(key: bytes | None) -> pl.Expr:
    """The keyed pseudonym of who wrote a comment; null without a key, an id, or for the page."""
    if key is None:
        return pl.lit(None, pl.String)

    def pseudonyms(people: pl.Series) -> pl.Series:
        return people.map_elements(lambda person: pseudonym(person, key), return_dtype=pl.String)

    person = pl.when(~pl.col("by_page")).then(pl.format("{}:{}", "platform", "author_id"))
    return person.map_batches(pseudonyms, return_dtype=pl.String, is_elementwise=True)


def _reasons(export: CommentExport) -> list[pl.Expr]:
    """Why a row cannot be used; what stands in it is never quoted."""
    observed_at = pl.lit(export.observed.at, COMMENT_COLUMNS["observed_at"])
    wrong = {
        "nothing of a comment is in this record": pl.col("is_empty"),
        "the post is missing": pl.col("post_id").is_null(),
        "an id was rounded by a spreadsheet": pl.any_horizontal(
            pl.col(name).str.contains(_ROUNDED) for name in IDS
        ),
        "an id has not the shape of one": pl.col("has_other_id"),
        "the time of the comment cannot be read": pl.col("created").is_not_null()
        & pl.col("created_at").is_null(),
        "written after the comments were taken": pl.col("created_at") > observed_at,
    }
    reasons = (pl.when(is_so).then(pl.lit(reason)) for reason, is_so in wrong.items())
    return [pl.col("unusable"), *reasons]
