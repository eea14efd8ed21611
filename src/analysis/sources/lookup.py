"""What a word stands for, a row at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import polars as pl


def looked_up(
    word: pl.Expr, meanings: Mapping[str, bool | str | timedelta], dtype: pl.DataType
) -> pl.Expr:
    """Give what a word stands for; null for a word that is not in a short list of meanings.

    ``polars.Expr.replace_strict`` says the same, and takes a whole column into memory.
    """
    found = (pl.when(word == name).then(pl.lit(meaning)) for name, meaning in meanings.items())
    return pl.coalesce(*found, pl.lit(None, dtype)).cast(dtype)
