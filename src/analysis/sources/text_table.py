"""A table of text cells, as a file holds it; what they mean is for its reader to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.first_lines import columns_in_words, nearest_column

CELL, TEXT = "cell:", "text:"
"""In ``TextTable.rows`` the names of columns are behind these: a cell as it stands, and trimmed."""


@dataclass(frozen=True)
class TextTable:
    """A table of text cells, as a file holds it.

    Attributes
    ----------
    path : pathlib.Path
        The file as the user brought it.
    columns : tuple of str
        The header; a name that occurs again is numbered, ``Name (2)``.
    rows : polars.LazyFrame
        One row per record: the cells as text, ``row`` (Int64; the header is row 1), ``problem``
        (String; null when the record is whole) and ``rest`` (String; what there is of a record
        that the file's end cuts off, else null).
    rows_read : int
        Number of records after the header, counted without reading their cells; blank lines are
        no records.
    """

    path: Path
    columns: tuple[str, ...]
    separator: str
    rows: pl.LazyFrame
    rows_read: int
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def cell(self, column: str) -> pl.Expr:
        """The trimmed text in a column; null where it is empty or the file has no such column.

        A column without a name is no column that can be asked for.
        """
        if not column or column not in self.columns:
            return pl.lit(None, pl.String)
        return pl.col(TEXT + column)

    def text(self, column: str) -> pl.Expr:
        """The cell as it stands; null where it is empty or the file has no such column."""
        return pl.col(CELL + column) if column in self.columns else pl.lit(None, pl.String)

    def raw(self) -> pl.Expr:
        """The record as CSV: a cell with a separator, a quotation mark or a line end is quoted."""
        written = [_as_csv(pl.col(CELL + column), self.separator) for column in self.columns]
        return pl.coalesce("rest", pl.concat_str(written, separator=self.separator))

    def require(self, *columns: str) -> None:
        """Raise an InputProblem when the file lacks one of these columns."""
        for column in columns:
            if column not in self.columns:
                raise InputProblem(
                    str(self.path),
                    f"no column '{column}'",
                    f"that column among the file's columns {columns_in_words(self.columns)}",
                    nearest_column(column, self.columns),
                )


def with_trimmed_text(rows: pl.LazyFrame, columns: tuple[str, ...]) -> pl.LazyFrame:
    """Trim every cell once; an expression would trim it again wherever it is used."""
    trimmed = rows.with_columns(
        pl.col(CELL + column).str.strip_chars().alias(TEXT + column) for column in columns
    )
    text = [pl.col(TEXT + column) for column in columns]
    return trimmed.with_columns(pl.when(cell != "").then(cell) for cell in text)


def _as_csv(cell: pl.Expr, separator: str) -> pl.Expr:
    quoted = pl.format('"{}"', cell.str.replace_all('"', '""', literal=True))
    needs_quotes = cell.str.contains_any([separator, '"', "\n"])
    return pl.when(needs_quotes).then(quoted).otherwise(cell.fill_null(""))
