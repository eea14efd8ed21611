"""Findings of notebook 04 about what may be wrong: missing replies, and errors of the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from analysis.claims.webcare import Webcare, both_kinds_coded, truly_asked
from analysis.coding.error_rates import Coding, ErrorRate, read_coding
from analysis.findings.asked import (
    EACH_SIDE,
    TOGETHER,
    Asked,
    line_of,
    lines_table,
    not_measured,
    of_tier,
    share_of_counts,
)
from analysis.findings.per_tier import groups
from analysis.inference.estimate import Estimate
from analysis.measures.catalogue import CATALOGUE
from analysis.sentences import percentage
from analysis.showing import Sentence, ShownTable

REPLY_RATE = CATALOGUE["reply_rate"]
BOUNDS = {
    "answered": "Mean page, if none that is missing is a reply of the page",
    "at_most": "Mean page, if each that is missing answers a comment that has no answer",
}
CORRECTED = {
    False: "All together, as the rules have it",
    True: "All together, corrected for their errors",
}
SUPPOSED = {
    1.0: "no comment",
    0.95: "one in twenty of the other comments",
    0.9: "one in ten of the other comments",
}
"""Specificities to suppose while none is measured, by what is picked out by mistake."""


def missing_replies(asked: Asked) -> Sentence | ShownTable:
    """Bound the reply rate, whatever the comments are that are not in the data."""
    if asked.everything.empty:
        return not_measured(asked)
    if asked.public_numbers.empty:
        return Sentence(
            "How many replies are missing from these data is **not measured**: it takes posts with "
            "their public number of comments."
        )
    bounds = [
        line_of(
            asked,
            words,
            "reply_rate" if asked.text_was_read else "reply_rate_all_comments",
            f"{words.lower()}: {REPLY_RATE.formula}",
            partial(_bound, asked, column),
        )
        for column, words in BOUNDS.items()
    ]
    table = lines_table(asked, bounds, "Comments that are not in the data, and what they may be")
    return replace(table, frame=pd.concat([_missing(asked), table.frame], ignore_index=True))


def _bound(asked: Asked, column: str, tier: str) -> Estimate:
    return share_of_counts(asked.bounded_counts(tier), column, "asked").mean_page


def _missing(asked: Asked) -> pd.DataFrame:
    """Rows of text on top of the bounds: how many comments there are and how many are missing."""
    columns: dict[str, list[str]] = {"": ["Comments that the posts count", "… not in the data"]}
    for tier in groups(asked.selection):
        numbers = of_tier(asked.public_numbers, tier)
        public, missing = numbers["public"].sum(), numbers["missing"].sum()
        share = f" ({percentage(missing / public)})" if public else ""
        columns[asked.selection.heading(tier)] = [f"{public:,.0f}", f"{missing:,.0f}{share}"]
    return pd.DataFrame(columns)


def errors_of_the_rules(asked: Asked) -> Sentence | ShownTable:
    """Carry the errors of the rules that tell which comments need an answer into the reply rate."""
    if asked.why_nothing:
        return not_measured(asked)
    if not asked.text_was_read:
        return Sentence("The text of the comments was not read, so no rule was used.")
    coding = read_coding(asked.selection.study, asked.selection.root)
    if coding is None:
        return _supposed_errors(asked, "nobody coded a sample of the comments by hand")
    if not coding.fits:
        return _supposed_errors(asked, "the rules were changed since a sample was coded by hand")
    if not both_kinds_coded(coding):
        return _supposed_errors(asked, "the coded sample holds comments of one kind only")
    lines = [
        line_of(
            asked,
            words,
            "reply_rate",
            f"{TOGETHER}, {words.lower()}: {REPLY_RATE.formula}",
            partial(_by_rules, asked, coding if corrected else None),
        )
        for corrected, words in CORRECTED.items()
    ]
    table = lines_table(asked, lines, "The reply rate and the errors of the rules")
    return replace(table, note=f"{table.note} {_errors_in_words(coding)}")


def _by_rules(asked: Asked, coding: Coding | None, tier: str) -> Estimate:
    comments = of_tier(asked.everything, tier)
    return Webcare(comments, coding).reply_rate(level=EACH_SIDE)


def _supposed_errors(asked: Asked, why: str) -> ShownTable:
    """Show what errors would do that nobody has measured."""
    lines = [
        line_of(
            asked,
            f"All together, if {words} was picked out by mistake",
            "reply_rate_if_rules_err",
            f"{TOGETHER}, at a specificity of {specificity}: {REPLY_RATE.formula}",
            partial(_supposing, asked, specificity),
        )
        for specificity, words in SUPPOSED.items()
    ]
    table = lines_table(asked, lines, "What errors of the rules would do to the reply rate")
    draw = f"bereik code draw {asked.selection.study.name} FILE"
    note = f"How often the rules err here is not measured: {why} ({draw} draws one)."
    return replace(table, note=f"{note} {table.note}")


def _supposing(asked: Asked, specificity: float, tier: str) -> Estimate:
    """Correct counts for comments picked out by mistake; those that are missed cancel out."""
    true = truly_asked(of_tier(asked.everything, tier), 1, specificity)
    return share_of_counts(true, "answered", "asked").pooled


def _errors_in_words(coding: Coding) -> str:
    found, spared = coding.sensitivity, coding.specificity
    return (
        f"Of {found.n:,} coded comments that need an answer the rules find {_rate(found)}; of "
        f"{spared.n:,} that need none they leave {_rate(spared)} alone."
    )


def _rate(rate: ErrorRate) -> str:
    if rate.value is None or rate.low is None or rate.high is None:
        return "an unknown share"
    return f"{percentage(rate.value)} ({percentage(rate.low)} to {percentage(rate.high)})"
