"""What a word stands for, a row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

import polars as pl

Meaning = bool | str | timedelta


def looked_up(word: pl.Expr, meanings: Mapping[str, Meaning], dtype: pl.DataType) -> pl.Expr:
    """Give what a word stands for; null for a word that is not in a short list of meanings.

    ``polars.Expr.replace_strict`` says the same, and takes a whole column into memory.
    """
    found = (pl.when(word == name).then(pl.lit(meaning)) for name, meaning in meanings.items())
    return pl.coalesce(*found, pl.lit(None, dtype)).cast(dtype)


def told(
    word: pl.Expr,
    usual: Iterable[str],
    meaning: Callable[[str], Meaning | None],
    dtype: pl.DataType,
) -> pl.Expr:
    """Give what a function tells of a word.

    With the usual words a column is compared, which takes little time. Of the others the function
    is asked once for the same words of some rows.
    """
    meanings = {name: told for name in usual if (told := meaning(name)) is not None}
    found = looked_up(word, meanings, dtype)
    return pl.coalesce(found, _told_once(pl.when(found.is_null()).then(word), meaning, dtype))


def _told_once(
    word: pl.Expr, meaning: Callable[[str], Meaning | None], dtype: pl.DataType
) -> pl.Expr:
    def of_rows(words: pl.Series) -> pl.Series:
        different = words.drop_nulls().unique()
        if different.is_empty():
            return words.cast(dtype)
        meanings = [meaning(word) for word in different]
        return words.replace_strict(different, meanings, default=None, return_dtype=dtype)

    return word.map_batches(of_rows, return_dtype=dtype, is_elementwise=True)
