"""Numbers and estimates in words, so that prose never disagrees with the number.

They are written in the language that is spoken, see `analysis.language`.
"""

from __future__ import annotations

import math
from datetime import date

from analysis.inference.estimate import Estimate
from analysis.language import say

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
    return say.decimal(value, decimals)


def about(value: float) -> str:
    """Write an estimated number, of people for example, in three figures: no more is known of it.

    Examples
    --------
    >>> about(16_625), about(35_050.4), about(231)
    ('16,600', '35,100', '231')
    """
    return number(in_three_figures(value))


def in_three_figures(value: float) -> float:
    """Round a number to its three first figures."""
    return float(f"{value:.3g}")


def percentage(share: float) -> str:
    """Write a share as a percentage: one decimal under 10 %, none from there, more under 0.1 %.

    Examples
    --------
    >>> percentage(0.0234), percentage(0.62), percentage(0), percentage(1), percentage(0.000163)
    ('2.3%', '62%', '0%', '100%', '0.016%')
    """
    points = 100 * share
    decimals = 1 if 0 < points < 9.95 else 0
    if 0 < points < 0.1:
        decimals = 1 - math.floor(math.log10(points))
    return f"{say.decimal(points, decimals)}%"


def count(value: float, noun: str) -> str:
    """Write a whole number with its noun, in the plural where it should be.

    Examples
    --------
    >>> count(1, "page"), count(12041, "post"), count(0, "page")
    ('1 page', '12,041 posts', 'no pages')
    """
    things = say.plural(noun, f"{noun}s", value)
    return f"{say.decimal(value, 0)} {things}" if value else say("no {things}", things=things)


def p_value(p: float) -> str:
    """Write a p-value: ``p = 0.034`` or ``p < 0.001``."""
    return f"p {p_alone(p)}" if p < SMALLEST_P else f"p = {p_alone(p)}"


def p_alone(p: float | None) -> str:
    """Write a p-value for a column of them: ``0.034``, ``< 0.001`` or ``none``."""
    if p is None:
        return say("none")
    return f"< {say.decimal(SMALLEST_P, 3)}" if p < SMALLEST_P else say.decimal(p, 3)


def level_in_words(level: float) -> str:
    """Write a confidence level without rounding it: ``97.5%``."""
    return f"{100 * level:.4g}%".replace(".", say.decimal(0.5, 1)[1])


def day(when: date) -> str:
    """Write a date: ``1 January 2023``."""
    return say.day(when)


def joined(words: list[str]) -> str:
    """Join words as a reader would: ``a, b and c``."""
    but_last, last, between = ", ".join(words[:-1]), words[-1:], say("and")
    return f" {between} ".join(filter(None, [but_last, *last]))


def capitalised(text: str) -> str:
    """Begin a text with a capital, and leave the rest of it as it is.

    Examples
    --------
    >>> capitalised("posts on Facebook")
    'Posts on Facebook'
    """
    return f"{text[:1].upper()}{text[1:]}"


def amount(value: float, unit: str) -> str:
    """Write a value as its unit asks: a share as a percentage, the rest as a number."""
    return percentage(value) if unit.startswith("share of") else number(value)


def span(low: float, high: float, unit: str) -> str:
    """Write from where to where, ``4 to 12``; one number where both are the same."""
    lowest, highest = amount(low, unit), amount(high, unit)
    return lowest if lowest == highest else say("{low} to {high}", low=lowest, high=highest)


def value_in_words(estimate: Estimate) -> str:
    """Write the value alone, or that there is none."""
    if estimate.value is None:
        return between_in_words(estimate) or missing_in_words(estimate)
    return amount(estimate.value, estimate.unit)


def between_in_words(estimate: Estimate) -> str:
    """Write two bounds that have no value between them; empty when there are none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return say(
        "between {low} and {high}",
        low=amount(estimate.low, estimate.unit),
        high=amount(estimate.high, estimate.unit),
    )


def interval_in_words(estimate: Estimate) -> str:
    """Write the interval alone, ``0.51 to 0.75``, or that there is none."""
    if estimate.low is None or estimate.high is None:
        return say("none") if estimate.estimable else missing_in_words(estimate)
    return say(
        "{low} to {high}",
        low=amount(estimate.low, estimate.unit),
        high=amount(estimate.high, estimate.unit),
    )


def missing_in_words(estimate: Estimate) -> str:
    """Say which kind of missing it is: not measured, or measured and not estimable."""
    if estimate.reason.startswith(NOT_MEASURED):
        return say("not measured")
    return say("not estimable")


def basis(estimate: Estimate) -> str:
    """Write what an estimate rests on: ``12 pages, 3,051 posts``."""
    return pages_and_posts(estimate.n_pages, estimate.n_posts)


def pages_and_posts(n_pages: int, n_posts: int) -> str:
    """Write of how many pages and posts something is: ``12 pages, 3,051 posts``."""
    if not n_pages:
        return say("not a single page")
    return f"{count(n_pages, 'page')}, {count(n_posts, 'post')}"


def in_brackets(estimate: Estimate) -> str:
    """Write interval and basis: ``95% interval 0.51 to 0.75; 12 pages, 3,051 posts``."""
    return f"{_interval_or_why_none(estimate)}; {basis(estimate)}"


def interval_behind(estimate: Estimate) -> str:
    """Write the interval to stand behind a value, in brackets; nothing where there is none."""
    return f" ({interval_and_level(estimate)})" if estimate.has_interval else ""


def _interval_or_why_none(estimate: Estimate) -> str:
    if not estimate.has_interval:
        return say("no interval: {reason}", reason=say.reason(estimate.reason))
    return interval_and_level(estimate)


def interval_and_level(estimate: Estimate) -> str:
    """Write the interval with how sure it is: ``about 95% interval 0.51 to 0.75``."""
    level, interval = level_in_words(estimate.level), interval_in_words(estimate)
    if estimate.approximate:
        return say("about {level} interval {interval}", level=level, interval=interval)
    return say("{level} interval {interval}", level=level, interval=interval)


def statement(subject: str, estimate: Estimate) -> str:
    """State an estimate in one sentence.

    Parameters
    ----------
    subject : str
        What the number is of, as the start of a sentence, in the language of ``say``.
    estimate : Estimate

    Returns
    -------
    str
        ``Posts per week at the typical page: **4.10** (95% interval …; 12 pages, 2,558 posts).``,
        or the bounds alone, or that it is not measured or not estimable, and why.
    """
    if estimate.value is None:
        said = f"{subject}: **{value_in_words(estimate)}**"
        rests_on = f" ({basis(estimate)})" if estimate.has_interval else ""
        return f"{said}{rests_on}. {reason_in_words(estimate)}"
    return f"{subject}: **{value_in_words(estimate)}** ({in_brackets(estimate)})."


def reason_in_words(estimate: Estimate) -> str:
    """Give the reason as a sentence of its own."""
    if not estimate.reason:
        return ""
    return f"{capitalised(say.reason(estimate.reason))}."
