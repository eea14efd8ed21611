"""The canonical tables: every export becomes these.

A missing value means *not measured* and is never zero. Ids are text. Times are UTC.
"""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from analysis.vocabulary import (
    KINDS,
    NEEDS,
    NO_NEED,
    PAGE_VARIABLES,
    PRECISIONS,
    REACTION_KINDS,
)

UTC = pl.Datetime("us", "UTC")


def _text(description: str, *, missing: bool = False, checks: pa.Check | None = None) -> pa.Column:
    return pa.Column(pl.String, nullable=missing, description=description, checks=checks)


def _count(description: str, unit: str) -> pa.Column:
    return pa.Column(
        pl.Int64,
        nullable=True,
        checks=pa.Check.ge(0),
        description=description,
        metadata={"unit": unit},
    )


def _share(description: str) -> pa.Column:
    return pa.Column(
        pl.Float64,
        nullable=True,
        checks=pa.Check.in_range(0, 1),
        description=description,
        metadata={"unit": "share of the target group"},
    )


def _amount(description: str) -> pa.Column:
    return pa.Column(
        pl.Float64,
        nullable=True,
        checks=pa.Check.ge(0),
        description=description,
        metadata={"unit": "currency"},
    )


PAGES = pa.DataFrameSchema(
    {
        "platform": _text("Where the page is: facebook unless said otherwise"),
        "page_id": _text("The platform's id of the page"),
        "name": _text("Display name of the page"),
        "tier": _text("The group the page belongs to"),
        "organisation_code": _text("CBS code of the organisation (GM0363, PV27)", missing=True),
        "followers": _count("Followers of the page, as the register says", "people"),
        "followers_date": pa.Column(
            pl.Date, nullable=True, description="Day on which the register's followers were counted"
        ),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
    unique=["platform", "page_id"],
)

AUDIENCES = pa.DataFrameSchema(
    {
        "platform": _text("Where the page is"),
        "page_id": _text("The page"),
        "target_group": _text("Whom the organisation wants to reach", missing=True),
        "size": _count("Size of the target group", "people"),
        "reference_date": pa.Column(
            pl.Date, nullable=True, description="Date of the target group's size"
        ),
        "source": _text("Where the numbers come from", missing=True),
        "platform_share": _share("Share of the target group that is on the platform"),
        "reached_otherwise_low": _share(
            "Share of the target group that other channels reach anyway, at least"
        ),
        "reached_otherwise_high": _share(
            "Share of the target group that other channels reach anyway, at most"
        ),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
    unique=["platform", "page_id"],
)

SPEND = pa.DataFrameSchema(
    {
        "platform": _text("Where the page is"),
        "page_id": _text("The page that paid"),
        "amount_low": _amount("Spent on ads, at least; the same as at most where it is exact"),
        "amount_high": _amount("Spent on ads, at most"),
        "currency": _text("Currency of the amount, as EUR"),
        "n_ads": _count("Ads in the library", "ads"),
        "period_start": pa.Column(pl.Date, nullable=True, description="First day of the report"),
        "period_end": pa.Column(pl.Date, nullable=True, description="Last day of the report"),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
)

POSTS = pa.DataFrameSchema(
    {
        "platform": _text("Where the post is"),
        "page_id": _text("The page that published it"),
        "post_id": _text("Id of the post on its page; made from file and row when there is none"),
        "published_at": pa.Column(UTC, nullable=True, description="When it was published"),
        "published_precision": _text("How exactly that is known", checks=pa.Check.isin(PRECISIONS)),
        "kind": _text("What it is made of", missing=True, checks=pa.Check.isin(KINDS)),
        "message": _text("The page's text", missing=True),
        "permalink": _text("Address of the post", missing=True),
        "followers_at_posting": _count("Followers when the post was made", "people"),
        "followers_definition": _text("followers, or page_likes in old exports", missing=True),
        "reactions": _count("Reactions of every kind", "reactions"),
        "comments": _count("Comments and replies, the page's own included", "comments"),
        "shares": _count("Times shared", "shares"),
        **{
            f"reactions_{kind}": _count(f"Reactions of the kind '{kind}'", "reactions")
            for kind in REACTION_KINDS
        },
        "views": _count("Times shown, as views_definition says", "views"),
        "views_organic": _count("Times shown without payment", "views"),
        "views_paid": _count("Times shown with payment", "views"),
        "views_definition": _text("What counts as a view in this export", missing=True),
        "reach": _count("Unique people reached", "people"),
        "reach_organic": _count("Unique people reached without payment", "people"),
        "reach_paid": _count("Unique people reached with payment", "people"),
        "reach_definition": _text("What counts as reached in this export", missing=True),
        "link_clicks": _count("Clicks on the post's link", "clicks"),
        "paid": pa.Column(pl.Boolean, nullable=True, description="Boosted with payment"),
        "observed_at": pa.Column(UTC, nullable=True, description="When these counts were taken"),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
    unique=["platform", "page_id", "post_id"],
)

COMMENTS = pa.DataFrameSchema(
    {
        "platform": _text("Where the comment is"),
        "page_id": _text("The page under whose post it stands"),
        "post_id": _text("The post under which it stands"),
        "comment_id": _text("Id of the comment; made from file and row when there is none"),
        "parent_id": _text("The comment to which it replies; missing at the top", missing=True),
        "created_at": pa.Column(UTC, nullable=True, description="When it was written"),
        "by_page": pa.Column(
            pl.Boolean, nullable=True, description="Written by the page; missing when not known"
        ),
        "needs_answer": _text(
            "question, complaint or report; none when it was read and is none of these; missing "
            "when there is no text to read, and for the page's own comments",
            missing=True,
            checks=pa.Check.isin((*NEEDS, NO_NEED)),
        ),
        "redirects": pa.Column(
            pl.Boolean,
            nullable=True,
            description="Sends people elsewhere; missing when there is no text to read, and for "
            "comments that are not the page's own",
        ),
        "person": _text(
            "Keyed pseudonym of who wrote it; only where the study asks for it", missing=True
        ),
        "observed_at": pa.Column(UTC, nullable=True, description="When the comments were taken"),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
    unique=["platform", "page_id", "comment_id"],
)

PAGE_DAYS = pa.DataFrameSchema(
    {
        "platform": _text("Where the page is"),
        "page_id": _text("The page of which everything is counted together"),
        "variable": _text(
            "What is counted: people reached, times shown, visits to the page, new followers, "
            "interactions, clicks on links",
            checks=pa.Check.isin(PAGE_VARIABLES),
        ),
        "definition": _text("What the export calls it; two names are two definitions"),
        "day": pa.Column(pl.Date, description="The day, as it is written"),
        "value": _count("The number of that day", "as the variable says"),
        "observed_at": pa.Column(UTC, nullable=True, description="When these counts were taken"),
        "source_file": _text("The file this row came from"),
    },
    strict=True,
    ordered=True,
    unique=["platform", "page_id", "variable", "definition", "day"],
)

REJECTS = pa.DataFrameSchema(
    {
        "source_file": _text("The file the row came from"),
        "row": pa.Column(
            pl.Int64,
            description="Number of the row: a header is row 1; in JSON the first record is",
        ),
        "reason": _text("Why the row cannot be used"),
        "raw": _text("The row as it stood; empty for sources with people's data", missing=True),
    },
    strict=True,
    ordered=True,
)


def dtypes(schema: pa.DataFrameSchema) -> dict[str, pl.DataType]:
    """Column names and polars types of a canonical table."""
    return {name: column.dtype.type for name, column in schema.columns.items()}
