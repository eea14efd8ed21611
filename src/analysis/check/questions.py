"""Which questions of the notebooks the rows of a file answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

import polars as pl

from analysis.check.report import Answer
from analysis.needs import NEEDS, ORGANIC_REACH, PAGE_REACH, Need
from analysis.study import FileKind
from analysis.tables import COMMENTS, PAGE_DAYS, POSTS, SPEND

SCHEMAS = {"posts": POSTS, "comments": COMMENTS, "spend": SPEND, "page_days": PAGE_DAYS}
INTERACTIONS = ("reactions", "comments", "shares")
TOGETHER = {
    "interactions": INTERACTIONS,
    "spend": ("amount_high",),
    ORGANIC_REACH: ("reach", "reach_organic", "paid"),
    PAGE_REACH: ("variable", "value"),
}
"""Fields that stand for columns."""


def needs_of(kind: FileKind) -> list[Need]:
    """The questions a file may answer; one of posts is held against all of them."""
    if kind == "posts":
        return list(NEEDS)
    return [need for need in NEEDS if any(_columns(field, kind) for field in need.fields)]


def answered_by(rows: pl.LazyFrame, kind: FileKind) -> pl.LazyFrame:
    """Work out what share of rows answers each question, and which fields any row has.

    Returns
    -------
    polars.LazyFrame
        One row, for :func:`answers`.
    """
    needs = needs_of(kind)
    fields = dict.fromkeys(chain.from_iterable(_parts(need) for need in needs))
    return rows.select(
        *(_answers(need, kind).mean().alias(f"answer {n}") for n, need in enumerate(needs)),
        *(_is_known(field, kind).any().alias(f"any {field}") for field in fields),
    )


def answers(
    kind: FileKind, of_file: Mapping[str, Any], with_register: Mapping[str, Any]
) -> tuple[Answer, ...]:
    """Answer each question by what :func:`answered_by` found.

    Parameters
    ----------
    kind : str
        What the file holds.
    of_file, with_register : mapping of str to object
        What was found of the file alone, and with the followers of the register.
    """
    found = []
    for number, need in enumerate(needs_of(kind)):
        alone, together = (rows[f"answer {number}"] for rows in (of_file, with_register))
        missing = tuple(name for name in _parts(need) if not with_register[f"any {name}"])
        found.append(
            Answer(
                need.notebook,
                need.question,
                together,
                missing,
                need.of_study,
                of_register=together > alone,
            )
        )
    return tuple(found)


def _columns(field: str, kind: FileKind) -> tuple[str, ...]:
    """The columns that a field stands for; none when such files do not have it."""
    columns = TOGETHER.get(field, (field,))
    return columns if set(columns) <= SCHEMAS[kind].columns.keys() else ()


def _answers(need: Need, kind: FileKind) -> pl.Expr:
    """Whether a row has all that a question needs."""
    return pl.all_horizontal(_is_known(field, kind) for field in need.fields)


def _is_known(field: str, kind: FileKind) -> pl.Expr:
    """Whether a row has all of a field; what a comment asks is not asked of the page's own."""
    columns = _columns(field, kind)
    if not columns:
        return pl.lit(value=False)
    if field == ORGANIC_REACH:
        return _has_organic_reach()
    if field == PAGE_REACH:
        return (pl.col("variable") == "reach") & pl.col("value").is_not_null()
    value = pl.all_horizontal(pl.col(name).is_not_null() for name in columns)
    return value | pl.col("by_page").fill_null(value=False) if field == "needs_answer" else value


def _has_organic_reach() -> pl.Expr:
    """Whether `measures.reach.organic_reach` finds one."""
    paid = pl.col("paid")
    of_unpaid = pl.col("reach").is_not_null() & ~paid.fill_null(value=True)
    return ~paid.fill_null(value=False) & (pl.col("reach_organic").is_not_null() | of_unpaid)


def _parts(need: Need) -> list[str]:
    """The fields of a need; interactions as the counts that they are made of."""
    parts = (INTERACTIONS if field == "interactions" else (field,) for field in need.fields)
    return list(chain.from_iterable(parts))
