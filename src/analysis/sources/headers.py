"""Which column of a file means what, by the words that an export uses for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from analysis.sources.canonical import count
from analysis.sources.text_table import TextTable


@dataclass(frozen=True)
class Cells:
    """The cells of a table, asked for by what they mean.

    Attributes
    ----------
    table : TextTable
        The file's cells; with counts, once they are read.
    columns : mapping of str to str
        Meanings to columns, as :func:`columns_by_meaning` finds them.
    """

    table: TextTable
    columns: Mapping[str, str]

    def has(self, *meanings: str) -> bool:
        """Whether the file has all of these columns."""
        return self.columns.keys() >= set(meanings)

    def text(self, meaning: str) -> pl.Expr:
        """Give the trimmed text of a column; null where there is none."""
        return self.table.cell(self.columns.get(meaning, ""))

    def number(self, meaning: str) -> pl.Expr:
        """Give a column of counts; null where nothing was measured."""
        return count(self.table, self.columns.get(meaning, ""))


def plain_word(name: str) -> str:
    """Give a column's name in lower case, with single spaces."""
    return " ".join(name.split()).casefold()


def columns_by_meaning(columns: Iterable[str], words: Mapping[str, str]) -> dict[str, str]:
    """Find the columns whose names are known, whatever their capitals.

    Parameters
    ----------
    columns : iterable of str
        The header of a file.
    words : mapping of str to str
        What a column's name means: names to meanings.

    Returns
    -------
    dict of str to str
        Meanings to columns as the file spells them; of two columns with one meaning, the first.
    """
    meanings = {plain_word(name): meaning for name, meaning in words.items()}
    found: dict[str, str] = {}
    for column in columns:
        meaning = meanings.get(plain_word(column))
        if meaning is not None:
            found.setdefault(meaning, column)
    return found
