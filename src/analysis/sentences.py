"""Numbers and estimates in words, so that prose never disagrees with the number."""

from __future__ import annotations

import math
from datetime import date

from analysis.inference.estimate import Estimate

NOT_MEASURED = "not measured"
NOT_ESTIMABLE = "not estimable"
SMALLEST_P = 0.001


def number(value: float) -> str:
    """Write a number with as many decimals as its size asks for.

    Examples
    --------
    >>> number(0.6237), number(12.34), number(12345.6), number(0.00423), number(-1.5), number(13)
    ('0.62', '12.3', '12,346', '0.0042', '−1.50', '13')
    """
    size = abs(value)
    if value == round(value):
        decimals = 0
    elif size < 0.1:
        decimals = 1 - math.floor(math.log10(size))
    else:
        decimals = 2 if size < 10 else 1 if size < 100 else 0
    return f"{value:,.{decimals}f}".replace("-", "−")


def percentage(share: float) -> str:
    """Write a share as a percentage: one decimal under 10 %, none from there.

    Examples
    --------
    >>> percentage(0.0234), percentage(0.62), percentage(0), percentage(1)
    ('2.3%', '62%', '0%', '100%')
    """
    points = 100 * share
    decimals = 1 if 0 < points < 9.95 else 0
    return f"{points:.{decimals}f}%"


def count(value: float, noun: str) -> str:
    """Write a whole number with its noun, in the plural where it should be.

    Examples
    --------
    >>> count(1, "page"), count(12041, "post"), count(0, "page")
    ('1 page', '12,041 posts', 'no pages')
    """
    if value == 0:
        return f"no {noun}s"
    return f"{value:,.0f} {noun}" if value == 1 else f"{value:,.0f} {noun}s"


def p_value(p: float) -> str:
    """Write a p-value: ``p = 0.034`` or ``p < 0.001``."""
    return f"p < {SMALLEST_P}" if p < SMALLEST_P else f"p = {p:.3f}"


def p_alone(p: float | None) -> str:
    """Write a p-value for a column of them: ``0.034``, ``< 0.001`` or ``none``."""
    return "none" if p is None else p_value(p).removeprefix("p ").removeprefix("= ")


def level_in_words(level: float) -> str:
    """Write a confidence level without rounding it: ``97.5%``."""
    return f"{100 * level:.4g}%"


def day(when: date) -> str:
    """Write a date: ``1 January 2023``."""
    return f"{when.day} {when:%B %Y}"


def joined(words: list[str]) -> str:
    """Join words as a reader would: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def amount(value: float, unit: str) -> str:
    """Write a value as its unit asks: a share as a percentage, the rest as a number."""
    return percentage(value) if unit.startswith("share of") else number(value)


def value_in_words(estimate: Estimate) -> str:
    """Write the value alone, or that there is none."""
    if estimate.value is None:
        return missing_in_words(estimate)
    return amount(estimate.value, estimate.unit)


def interval_in_words(estimate: Estimate) -> str:
    """Write the interval alone, ``0.51 to 0.75``, or that there is none."""
    if estimate.low is None or estimate.high is None:
        return "none" if estimate.estimable else missing_in_words(estimate)
    return f"{amount(estimate.low, estimate.unit)} to {amount(estimate.high, estimate.unit)}"


def missing_in_words(estimate: Estimate) -> str:
    """Say which kind of missing it is: not measured, or measured and not estimable."""
    return NOT_MEASURED if estimate.reason.startswith(NOT_MEASURED) else NOT_ESTIMABLE


def basis(estimate: Estimate) -> str:
    """Write what an estimate rests on: ``12 pages, 3,051 posts``."""
    return f"{count(estimate.n_pages, 'page')}, {count(estimate.n_posts, 'post')}"


def in_brackets(estimate: Estimate) -> str:
    """Write interval and basis: ``95% interval 0.51 to 0.75; 12 pages, 3,051 posts``."""
    if estimate.has_interval:
        about = "about " if estimate.approximate else ""
        interval = f"{about}{level_in_words(estimate.level)} interval {interval_in_words(estimate)}"
    else:
        interval = f"no interval: {estimate.reason}"
    return f"{interval}; {basis(estimate)}"


def statement(subject: str, estimate: Estimate) -> str:
    """State an estimate in one sentence.

    Parameters
    ----------
    subject : str
        What the number is of, as the start of a sentence.
    estimate : Estimate

    Returns
    -------
    str
        ``Posts per week at the typical page: **4.10** (95% interval …; 12 pages, 2,558 posts).``,
        or that it is not measured or not estimable, and why.
    """
    if estimate.value is None:
        return f"{subject}: **{missing_in_words(estimate)}**. {reason_in_words(estimate)}"
    return f"{subject}: **{value_in_words(estimate)}** ({in_brackets(estimate)})."


def reason_in_words(estimate: Estimate) -> str:
    """Give the reason as a sentence of its own."""
    if not estimate.reason:
        return ""
    return f"{estimate.reason[0].upper()}{estimate.reason[1:]}."
