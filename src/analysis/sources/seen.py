"""What a file turns out to hold, known once all of its rows are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Seen:
    """Something that is written in a file in a few ways.

    Attributes
    ----------
    text : polars.Expr
        How it is written in a row, over the cells of the table; null where it is not.
    decided : callable
        Tells from all the ways, in order, what was decided about the file and may be wrong.
    """

    text: pl.Expr
    decided: Callable[[list[str]], dict[str, str]]


def seen_names(seen: Sequence[Seen]) -> list[str]:
    """Name the columns of :func:`seen_columns`."""
    return [f"seen:{number}" for number in range(len(seen))]


def seen_columns(seen: Sequence[Seen]) -> list[pl.Expr]:
    """Give a column for each, to be read with the rows."""
    return [found.text.alias(name) for name, found in zip(seen_names(seen), seen, strict=True)]


def decided_by(seen: Sequence[Seen], rows: pl.DataFrame) -> dict[str, str]:
    """Tell what was decided, from the different rows of the :func:`seen_columns`."""
    decided: dict[str, str] = {}
    for name, found in zip(seen_names(seen), seen, strict=True):
        decided |= found.decided(rows[name].drop_nulls().unique().sort().to_list())
    return decided
