"""Whom the simulated pages reach in a day, as their owners export it from Meta Business Suite."""

from __future__ import annotations

import codecs
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.demo.business_suite import OWNERS
from analysis.demo.organisations import OF_NAME
from analysis.demo.truth import TRUTH, Truth

STREAM = 7
NUMBER = "Viewers"
FILES = {f"viewers-{OF_NAME[name].page_id}.csv": OF_NAME[name].page_id for name in OWNERS}
"""A file for the page of each owner: nothing in it tells of which page it is."""


def write_days(path: Path, posts: pl.DataFrame, truth: Truth = TRUTH) -> None:
    """Write whom one page reaches on every day of the year.

    As in real exports: UTF-16, with ``sep=,`` and the number's name above the header.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        The posts of the page, with reach, as ``analysis.demo.reach.with_reach`` gives them.
    truth : Truth, optional
    """
    n_days = (date(truth.year + 1, 1, 1) - date(truth.year, 1, 1)).days
    people = _people_per_day(posts, n_days, truth)
    rows = [
        f'"{date(truth.year, 1, 1) + timedelta(days=day)}T00:00:00","{n}"'
        for day, n in enumerate(people)
    ]
    lines = ["sep=,", f'"{NUMBER}"', '"Date","Primary"', *rows, ""]
    path.write_bytes(codecs.BOM_UTF16_LE + "\n".join(lines).encode("utf-16-le"))


def _people_per_day(posts: pl.DataFrame, n_days: int, truth: Truth) -> NDArray[np.int64]:
    """People whom the posts of a day and of the days before reach, and who come otherwise."""
    first_day = posts["published_at"].dt.ordinal_day().to_numpy() - 1
    reach, followers = (posts[name].to_numpy() for name in ("reach", "followers"))
    largest, together = np.zeros(n_days), np.zeros(n_days)
    for age, share in enumerate(truth.page_days.days_of_post):
        day = first_day + age
        in_year = day < n_days
        np.maximum.at(largest, day[in_year], share * reach[in_year])
        np.add.at(together, day[in_year], share * reach[in_year])
    rng = np.random.default_rng([truth.seed, int(posts["page_id"][0]), STREAM])
    luck = np.exp(truth.page_days.otherwise_sd * rng.standard_normal(n_days))
    others = truth.page_days.otherwise * followers.mean() * luck
    not_seen_before = (1 - truth.page_days.seen_before) * (together - largest)
    return np.rint(largest + not_seen_before + others).astype(np.int64)
