"""What makes a row unusable, each said in one short sentence.

Every check is an expression that gives the sentence, or null when there is nothing to say. The
text is set to null first where all is well: a sentence made of a null is null, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import polars as pl

MISSING_WORDS = ("NA", "N/A", "NaN", "nan", "NULL", "null", "None", "#N/A")
"""What spreadsheets and statistical programs write where nothing was measured."""

_LONGEST_SHOWN = 40
_CONTROL_CHARACTERS = [chr(code) for code in (*range(32), 127)]
_ROUNDED_NUMBER = r"^\d+(?:[.,]\d+)?[eE]\+\d+$"


def measured(text: pl.Expr) -> pl.Expr:
    """Give the text, or null where it says that nothing was measured."""
    return pl.when(~text.is_in(MISSING_WORDS)).then(text)


def shown(text: pl.Expr) -> pl.Expr:
    """Shorten a cell's text for a sentence, without characters that a terminal would obey."""
    return text.str.slice(0, _LONGEST_SHOWN).str.replace_many(_CONTROL_CHARACTERS, [" "])


def bad_count(texts: Mapping[str, pl.Expr], counts: Mapping[str, pl.Expr]) -> pl.Expr:
    """Say that a count is negative or no whole number; of several columns, the first is named."""
    # One sentence is made for all columns: a sentence for each of them takes much longer.
    negative = {column: (count < 0).fill_null(value=False) for column, count in counts.items()}
    wrong = {
        column: texts[column].is_not_null() & (count.is_null() | negative[column])
        for column, count in counts.items()
    }

    def of_first(values: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.coalesce(pl.when(wrong[column]).then(values[column]) for column in wrong)

    return pl.format(
        "'{}' in column '{}' is {}",
        shown(of_first(texts)),
        of_first({column: pl.lit(column) for column in wrong}),
        pl.when(of_first(negative))
        .then(pl.lit("a negative count"))
        .otherwise(pl.lit("no whole number")),
    )


def bad_date(text: pl.Expr, time: pl.Expr, column: str) -> pl.Expr:
    """Say that a date cannot be read."""
    return _said("'{}' in column '{}' is no date that can be read", text, time.is_null(), column)


def damaged_id(text: pl.Expr, column: str) -> pl.Expr:
    """Say that a spreadsheet turned an id into a rounded number such as ``1.03506E+15``."""
    doubtful = pl.when(text.str.contains("+", literal=True)).then(text)
    damaged = doubtful.str.contains(_ROUNDED_NUMBER)
    return _said("the id '{}' in column '{}' was rounded by a spreadsheet", text, damaged, column)


def missing(text: pl.Expr, what: str) -> pl.Expr:
    """Say that a row lacks what it cannot do without, e.g. the page."""
    return pl.when(text.is_null()).then(pl.lit(f"{what} is missing"))


def after_observed(published: pl.Expr, observed_at: datetime | None, decided: str) -> pl.Expr:
    """Say that a post is dated after its counts were taken."""
    later = pl.when(published > pl.lit(observed_at)).then(published)
    return pl.format(
        "published on {}, after its counts were taken ({})",
        later.dt.strftime("%Y-%m-%d %H:%M UTC"),
        pl.lit(decided),
    )


def _said(sentence: str, text: pl.Expr, wrong: pl.Expr, column: str) -> pl.Expr:
    return pl.format(sentence, shown(pl.when(wrong).then(text)), pl.lit(column))
