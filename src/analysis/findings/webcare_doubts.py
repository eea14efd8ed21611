"""Findings of notebook 04 about what may be wrong: missing replies, and errors of the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from analysis.claims.webcare import Webcare, both_kinds_coded, truly_asked
from analysis.coding.error_rates import read_coding
from analysis.findings.asked import (
    COMMENTS,
    EACH_SIDE,
    TOGETHER,
    Asked,
    line_of,
    lines_table,
    not_measured,
    share_of_counts,
)
from analysis.findings.per_tier import groups
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.registers.comment_rule_errors import Coding, ErrorRate
from analysis.selection import of_tier
from analysis.sentences import percentage, span
from analysis.showing import Sentence, ShownTable

REPLY_RATE = CATALOGUE["reply_rate"]
BOUNDS = {
    "answered": "mean page, if none that is missing is a reply of the page",
    "at_most": "mean page, if each that is missing answers a comment that has no answer",
}
"""What results call the two bounds on the reply rate, by the count that is answered."""
CORRECTED = {
    False: "all together, as the rules have it",
    True: "all together, corrected for their errors",
}
"""What results call the reply rate without and with a correction."""


def missing_replies(asked: Asked) -> Sentence | ShownTable:
    """Bound the reply rate, whatever the comments are that are not in the data."""
    if asked.everything.empty:
        return not_measured(asked)
    if asked.public_numbers.empty:
        return Sentence(
            say(
                "How many replies are missing from these data is **not measured**: it takes posts "
                "with their public number of comments."
            )
        )
    labels = {
        "answered": say(
            "{page}, if none that is missing is a reply of the page", page=asked.mean_page
        ),
        "at_most": say(
            "{page}, if each that is missing answers a comment that has no answer",
            page=asked.mean_page,
        ),
    }
    bounds = [
        line_of(
            asked,
            labels[column],
            "reply_rate" if asked.text_was_read else "reply_rate_all_comments",
            f"{english}: {REPLY_RATE.formula}",
            partial(_bound, asked, column),
        )
        for column, english in BOUNDS.items()
    ]
    caption = say("Comments that are not in the data, and what they may be")
    table = lines_table(asked, bounds, caption)
    return replace(table, frame=pd.concat([_missing(asked), table.frame], ignore_index=True))


def _bound(asked: Asked, column: str, tier: str) -> Estimate:
    shares = share_of_counts(asked.bounded_counts(tier), column, "asked")
    return asked.as_approximate(shares.mean_page)


def _missing(asked: Asked) -> pd.DataFrame:
    """Rows of text on top of the bounds: how many comments there are and how many are missing."""
    named = [say("Comments that the posts count"), say("… not in the data")]
    columns: dict[str, list[str]] = {"": named}
    for tier in groups(asked.selection):
        numbers = of_tier(asked.public_numbers, tier)
        public, missing = numbers["public"].sum(), numbers["missing"].sum()
        share = f" ({percentage(missing / public)})" if public else ""
        counts = [say.decimal(public, 0), f"{say.decimal(missing, 0)}{share}"]
        columns[asked.selection.heading(tier)] = counts
    return pd.DataFrame(columns)


def errors_of_the_rules(asked: Asked) -> Sentence | ShownTable:
    """Carry the errors of the rules that tell which comments need an answer into the reply rate."""
    if asked.why_nothing:
        return not_measured(asked)
    if not asked.text_was_read:
        return Sentence(say("The text of the comments was not read, so no rule was used."))
    coding = read_coding(asked.selection.study, asked.selection.root)
    if coding is None:
        return _supposed_errors(asked, say("nobody coded a sample of the comments by hand"))
    if not coding.fits:
        why = say("the rules were changed since a sample was coded by hand")
        return _supposed_errors(asked, why)
    if not both_kinds_coded(coding):
        return _supposed_errors(asked, say("the coded sample holds comments of one kind only"))
    return _corrected_for_errors(asked, coding)


def _corrected_for_errors(asked: Asked, coding: Coding) -> ShownTable:
    """Show what the errors do that a sample coded by hand shows."""
    labels = {
        False: say("All together, as the rules have it"),
        True: say("All together, corrected for their errors"),
    }
    lines = [
        line_of(
            asked,
            labels[corrected],
            "reply_rate",
            f"{TOGETHER}, {english}: {REPLY_RATE.formula}",
            partial(_by_rules, asked, coding if corrected else None),
        )
        for corrected, english in CORRECTED.items()
    ]
    table = lines_table(asked, lines, say("The reply rate and the errors of the rules"))
    return replace(table, note=f"{table.note} {_errors_in_words(coding)}")


def _by_rules(asked: Asked, coding: Coding | None, tier: str) -> Estimate:
    comments = of_tier(asked.everything, tier)
    return Webcare(comments, coding).reply_rate(level=EACH_SIDE)


def _supposed_errors(asked: Asked, why: str) -> ShownTable:
    """Show what errors would do that nobody has measured."""
    by_specificity = {
        1.0: say("All together, if no comment was picked out by mistake"),
        0.95: say("All together, if one in twenty of the other comments was picked out by mistake"),
        0.9: say("All together, if one in ten of the other comments was picked out by mistake"),
    }
    lines = [
        line_of(
            asked,
            label,
            "reply_rate_if_rules_err",
            f"{TOGETHER}, at a specificity of {specificity}: {REPLY_RATE.formula}",
            partial(_supposing, asked, specificity),
        )
        for specificity, label in by_specificity.items()
    ]
    table = lines_table(asked, lines, say("What errors of the rules would do to the reply rate"))
    note = say(
        "How often the rules err here is not measured: {why} (bereik code draw {study} FILE draws "
        "one).",
        why=why,
        study=asked.selection.study.name,
    )
    return replace(table, note=f"{note} {table.note}")


def _supposing(asked: Asked, specificity: float, tier: str) -> Estimate:
    """Correct counts for comments picked out by mistake; those that are missed cancel out."""
    true = truly_asked(of_tier(asked.everything, tier), 1, specificity)
    return share_of_counts(true, "answered", "asked").pooled


def _errors_in_words(coding: Coding) -> str:
    found, spared = coding.sensitivity, coding.specificity
    said = say(
        "Of the comments coded by hand the rules find {found} of the {needing} that need an "
        "answer, and leave alone {spared} of the {others} that need none.",
        needing=say.decimal(found.n, 0),
        found=_rate(found),
        others=say.decimal(spared.n, 0),
        spared=_rate(spared),
    )
    if not coding.simulated:
        return said
    return f"{said} {say('These comments are simulated, and so is the hand that coded them.')}"


def _rate(rate: ErrorRate) -> str:
    if rate.value is None or rate.low is None or rate.high is None:
        return say("an unknown share")
    return f"{percentage(rate.value)} ({span(rate.low, rate.high, COMMENTS)})"
