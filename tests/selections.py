"""Small selections with known numbers, for tests of what notebooks show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.polars as pa
import polars as pl

from analysis.ingest.passport import Passport
from analysis.ingest.processed import Tables
from analysis.selection import Selection, select
from analysis.study import Study
from analysis.tables import AUDIENCES, COMMENTS, PAGE_DAYS, POSTS, REJECTS, SPEND, dtypes

FIRST_POST = pd.Timestamp(2023, 1, 2, 9, 30, tz=UTC)
DAYS_BETWEEN_POSTS = 17
POSTS_PER_PAGE = 20
CLAIM = {"below": 0.5, "above": 1.0, "reason": "what is usual lies between these two"}


def study(*, simulated: bool = True, **more: Any) -> Study:
    """A study of two tiers, provincies being a census."""
    return Study.model_validate(
        {
            "title": "Two tiers",
            "period": {"start": date(2023, 1, 1), "end": date(2023, 12, 31)},
            "tiers": [
                {"name": "provincie", "label": "Provincies", "census": True},
                {"name": "gemeente", "label": "Gemeenten"},
            ],
            "raw": {"posts": [{"path": "posts.csv", "simulated": simulated}]},
            **more,
        }
    )


def tables(pages: Mapping[str, int], rates: Mapping[str, float], **columns: Any) -> Tables:
    """Pages with 10,000 followers and twenty posts each.

    Parameters
    ----------
    pages : mapping of str to int
        Number of pages per tier.
    rates : mapping of str to float
        Interactions per post of each tier's ordinary page; pages and posts vary around it.
    **columns
        Columns of posts that are to be other than usual.
    """
    random = np.random.default_rng(4)
    page_rows, post_rows = [], []
    for tier, number in pages.items():
        for i in range(number):
            page = f"{tier}-{i}"
            page_rows.append({"page_id": page, "name": f"Page {page}", "tier": tier})
            level = rates[tier] * np.exp(random.normal(0, 0.3))
            post_rows += [
                {
                    "page_id": page,
                    "post_id": f"post {post}",
                    "reactions": float(random.poisson(level)),
                    "published_at": _published(post),
                }
                for post in range(POSTS_PER_PAGE)
            ]
    posts = pd.DataFrame(post_rows)
    usual: dict[str, Any] = {
        "platform": "facebook",
        "published_precision": "second",
        "kind": "photo",
        "message": "Text",
        "observed_at": pd.Timestamp(2025, 1, 1, tz=UTC),
        "comments": 1.0,
        "shares": 0.0,
        "followers_at_posting": 10_000.0,
        "followers_definition": "followers",
        "reach": np.nan,
        "paid": pd.array([None] * len(posts), dtype="boolean"),
    }
    return Tables(
        pages=pd.DataFrame(page_rows).assign(platform="facebook", organisation_code=None),
        audiences=pd.DataFrame(page_rows)[["page_id"]]
        .assign(platform="facebook", size=50_000.0)
        .reindex(columns=list(dtypes(AUDIENCES))),
        posts=posts.assign(**(usual | columns)).reindex(columns=list(dtypes(POSTS))),
        comments=no_rows(COMMENTS),
        spend=no_rows(SPEND),
        page_days=no_rows(PAGE_DAYS),
        rejects=no_rows(REJECTS),
    )


def no_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A canonical table without rows."""
    return pl.DataFrame(schema=dtypes(schema)).to_pandas()


def on_mastodon(facebook: Tables, organisations: int) -> Tables:
    """Some of the pages on Mastodon too: a tenth of the followers, a fifth of the reactions.

    Parameters
    ----------
    organisations : int
        How many of the pages.
    """
    here = list(facebook.pages["page_id"][:organisations])
    moved = {"platform": "mastodon"}
    posts = facebook.posts[facebook.posts["page_id"].isin(here)].assign(
        **moved,
        reactions=lambda table: table["reactions"] / 5,
        comments=0.0,
        followers_at_posting=1_000.0,
    )
    audiences = facebook.audiences[facebook.audiences["page_id"].isin(here)]
    pages = facebook.pages[facebook.pages["page_id"].isin(here)]
    return replace(
        facebook,
        pages=pd.concat([facebook.pages, pages.assign(**moved)]),
        audiences=pd.concat([facebook.audiences, audiences.assign(**moved, platform_share=0.02)]),
        posts=pd.concat([facebook.posts, posts]),
    )


def comments(
    pages: Mapping[str, int], asked: Mapping[str, int], answered: Mapping[str, int]
) -> pd.DataFrame:
    """Questions under the posts of such pages, in turn, and the replies of the pages.

    Parameters
    ----------
    pages : mapping of str to int
        Number of pages per tier.
    asked, answered : mapping of str to int
        Questions on every page of a tier, an hour after the post, and how many of them the page
        answers three hours later. Every second page answers one more.
    """
    rows: list[dict[str, Any]] = []
    for tier, number in pages.items():
        for i in range(number):
            for question in range(asked[tier]):
                post = question % POSTS_PER_PAGE
                thread = {"page_id": f"{tier}-{i}", "post_id": f"post {post}"}
                at, name = _published(post) + pd.Timedelta(hours=1), f"question {question}"
                ask = {"comment_id": name, "created_at": at, "by_page": False}
                rows.append(thread | ask | {"needs_answer": "question"})
                if question < answered[tier] + i % 2:
                    later = at + pd.Timedelta(hours=3)
                    reply = {"comment_id": f"reply {question}", "created_at": later}
                    by_page = {"parent_id": name, "by_page": True, "redirects": False}
                    rows.append(thread | reply | by_page)
    frame = pd.DataFrame(rows).reindex(columns=list(dtypes(COMMENTS)))
    taken = pd.Timestamp(2024, 2, 1, tz=UTC)
    return frame.assign(platform="facebook", observed_at=taken, source_file="comments.json").astype(
        dict.fromkeys(["by_page", "redirects"], "boolean")
        | dict.fromkeys(["created_at", "observed_at"], "datetime64[us, UTC]")
    )


def page_days(
    people: Mapping[str, Sequence[float]], *, variable: str = "reach", definition: str = "Viewers"
) -> pd.DataFrame:
    """What was counted of whole pages on the first days of the study, with the tier of each.

    Parameters
    ----------
    people : mapping of str to sequence of float
        By page, the number of each day; NaN where a day was not measured.
    """
    rows = [
        {"page_id": page, "tier": page.rsplit("-", 1)[0], "value": value, "day": day}
        for page, values in people.items()
        for day, value in zip(pd.date_range("2023-01-01", periods=len(values)), values, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["page_id", "tier", "value", "day"])
    return frame.assign(platform="facebook", variable=variable, definition=definition)


def _published(post: int) -> pd.Timestamp:
    return FIRST_POST + pd.Timedelta(days=DAYS_BETWEEN_POSTS * post)


def selection(
    pages: Mapping[str, int],
    rates: Mapping[str, float],
    *,
    tier: str = "all",
    page: str = "",
    of: Study | None = None,
    under: pd.DataFrame | None = None,
    **columns: Any,
) -> Selection:
    """A selection of such pages, with these comments under their posts."""
    made = tables(pages, rates, **columns)
    return select(
        of or study(),
        Path(),
        made if under is None else replace(made, comments=under),
        Passport.model_construct(),
        tier=tier,
        page=page,
        platform="facebook",
    )
