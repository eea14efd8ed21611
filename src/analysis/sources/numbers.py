"""Whole numbers as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

_SPACES = " \u00a0\u202f'’"
"""Between digits these can only mark thousands."""

_MARKS = re.compile(r"[.,]")
_ONE_GROUP_OF_THREE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True)
class NumberMarks:
    """The marks that stand between the digits of a column's numbers.

    Attributes
    ----------
    thousands, decimal : str
        A comma or a full stop; empty when the column shows none.
    unclear : str
        A number that can be read in two ways, such as ``1.234``; empty when there is none.
    """

    thousands: str = ""
    decimal: str = ""
    unclear: str = ""


PLAIN = NumberMarks()
EITHER = NumberMarks(thousands=".,")
"""Of a whole number a mark before three digits marks thousands, whichever mark it is."""


def number_marks(texts: Iterable[str], *, whole: bool) -> NumberMarks:
    """Decide from all numbers of a column what the comma and the full stop in them mean.

    A mark that occurs twice, or before another one, marks thousands; a mark that is not followed
    by exactly three digits is the decimal mark. ``1.234`` alone says nothing, unless the numbers
    are known to be whole.

    Parameters
    ----------
    texts : iterable of str
        The numbers as they are written.
    whole : bool
        Whether the column can only hold whole numbers.

    Returns
    -------
    NumberMarks
        With ``unclear`` set, and no marks, when the numbers contradict each other or do not say.
    """
    thousands: set[str] = set()
    decimal: set[str] = set()
    undecided: dict[str, str] = {}
    for text in sorted(set(texts)):
        marks = _MARKS.findall(text)
        if len(set(marks)) == 2:
            thousands.update(marks[:-1])
            decimal.add(marks[-1])
        elif len(marks) > 1:
            thousands.add(marks[0])
        elif _ONE_GROUP_OF_THREE.fullmatch(text.strip()):
            undecided[marks[0]] = text
        elif marks:
            decimal.add(marks[0])
    for mark, text in undecided.items():
        if mark in thousands | decimal:
            continue
        if whole or decimal:
            thousands.add(mark)
        elif thousands:
            decimal.add(mark)
        else:
            return NumberMarks(unclear=text)
    if len(thousands) > 1 or len(decimal) > 1 or thousands & decimal:
        return NumberMarks(unclear=next(iter(undecided.values()), f"1{min(thousands | decimal)}5"))
    return NumberMarks("".join(thousands), "".join(decimal))


def whole_number(text: pl.Expr, marks: NumberMarks = PLAIN) -> pl.Expr:
    """Read whole numbers: ``146``, ``-3``, ``31 098``, ``146.0``, and ``31,098`` with its mark.

    Parameters
    ----------
    text : polars.Expr
        Trimmed text, or null.
    marks : NumberMarks
        What the marks in this column mean.

    Returns
    -------
    polars.Expr
        Int64; null where the text is missing or no whole number.
    """
    plain = text.cast(pl.Int64, strict=False)
    with_marks = pl.when(plain.is_null()).then(text)
    pattern = rf"^([+-]?{_digits(marks)})(?:{_decimal(marks)}0{{1,2}})?$"
    digits = with_marks.str.extract(pattern, 1).str.replace_many([*_thousands(marks)], [""])
    return pl.coalesce(plain, digits.cast(pl.Int64, strict=False))


def amount(text: pl.Expr, marks: NumberMarks = PLAIN) -> pl.Expr:
    """Read amounts of money, in whole units or with one or two decimals.

    Parameters
    ----------
    text : polars.Expr
        Trimmed text, or null.
    marks : NumberMarks
        What the marks in this column mean.

    Returns
    -------
    polars.Expr
        Float64; null where the text is missing, negative or no amount.
    """
    digits, mark = _digits(marks), _decimal(marks)
    whole = text.str.extract(rf"^({digits})(?:{mark}\d{{1,2}})?$", 1).str.replace_all(r"\D", "")
    cents = text.str.extract(rf"{mark}(\d{{1,2}})$", 1).fill_null("0")
    return pl.concat_str(whole, cents, separator=".").cast(pl.Float64, strict=False)


def _digits(marks: NumberMarks) -> str:
    """A pattern for digits, with or without marks of thousands."""
    return rf"(?:\d+|\d{{1,3}}(?:[{re.escape(_thousands(marks))}]\d{{3}})+)"


def _thousands(marks: NumberMarks) -> str:
    """All characters that may mark thousands."""
    return _SPACES + marks.thousands


def _decimal(marks: NumberMarks) -> str:
    """A pattern for the decimal mark."""
    if marks == EITHER:
        return "[.,]"
    return re.escape(marks.decimal or ("," if marks.thousands == "." else "."))
