"""Small selections with known numbers, for tests of what notebooks show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest import Tables
from analysis.passport import Passport
from analysis.selection import Selection, select
from analysis.study import Study
from analysis.tables import AUDIENCES, POSTS, dtypes

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
                {"page_id": page, "reactions": float(random.poisson(level)), "day": 17 * post}
                for post in range(20)
            ]
    posts = pd.DataFrame(post_rows)
    start = pd.Timestamp(2023, 1, 2, 9, 30, tz=UTC)
    usual: dict[str, Any] = {
        "platform": "facebook",
        "published_at": start + pd.to_timedelta(posts.pop("day"), unit="D"),
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
        rejects=pd.DataFrame(),
    )


def selection(
    pages: Mapping[str, int],
    rates: Mapping[str, float],
    *,
    tier: str = "all",
    of: Study | None = None,
    **columns: Any,
) -> Selection:
    """A selection of such pages."""
    return select(
        of or study(),
        Path(),
        tables(pages, rates, **columns),
        Passport.model_construct(),
        tier=tier,
        page="",
        platform="facebook",
    )
