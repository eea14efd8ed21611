"""Findings of notebook 09: do the sentences hold."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims import CLAIMS, Claim, Outcome, Verdict, confidence, judge
from analysis.figures.verdicts import verdict_by_threshold
from analysis.findings.per_tier import groups, heading
from analysis.freeze import fixed_in_words
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material
from analysis.selection import Selection
from analysis.sentences import (
    amount,
    basis,
    count,
    interval_in_words,
    level_in_words,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS, ClaimName

NO_CLAIMS = Sentence(
    "This study declares **no claims**, so there are no verdicts. Thresholds have to be chosen, "
    "with a reason, in the study file before the data are read."
)
NOTHING_TO_JUDGE = Sentence("No claim is declared, so there is nothing to judge.")

_IN_PLAIN_WORDS = {
    Outcome.SUPPORTED: "the data support this sentence",
    Outcome.CONTRADICTED: "the data contradict this sentence",
    Outcome.IN_BETWEEN: "neither: the number lies between the two thresholds",
    Outcome.UNDECIDED: "undecided: the bounds are too wide to say",
    Outcome.NOT_ESTIMABLE: "not estimable",
}


def answer(selection: Selection) -> Sentence:
    """Say the verdict on every claim for this tier, or for all tiers together."""
    if not selection.study.claims:
        return NO_CLAIMS
    lines = []
    for name in selection.study.claims:
        verdict = _verdict(selection, name, selection.tier)
        lines.append(f"- “{verdict.claim.sentence}”: **{verdict.outcome}**. {_why(verdict)}")
    subject = heading(selection, selection.tier)
    opening = f"Put to the test on **{subject}**:"
    return Sentence("\n".join([opening, "", *lines, "", fixed_in_words(selection.study)]))


def _why(verdict: Verdict) -> str:
    """Explain a verdict in one sentence, with its number."""
    estimate = verdict.estimate
    if verdict.outcome is Outcome.NOT_ESTIMABLE:
        return reason_in_words(estimate)
    label = CATALOGUE[verdict.claim.measure].label
    meaning = (
        f" That reads: {verdict.claim.in_between}." if verdict.outcome is Outcome.IN_BETWEEN else ""
    )
    return (
        f"{label}, typical page: {value_in_words(estimate)}, with bounds "
        f"{interval_in_words(estimate)} ({basis(estimate)}); thresholds {_both(verdict)}.{meaning}"
    )


def _both(verdict: Verdict) -> str:
    unit = CATALOGUE[verdict.claim.measure].unit
    threshold = verdict.threshold
    return f"{amount(threshold.below, unit)} and {amount(threshold.above, unit)}"


def verdicts(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the verdict on every claim for every group of pages."""
    if not selection.study.claims:
        return NOTHING_TO_JUDGE
    shown = [
        (tier, _verdict(selection, name, tier))
        for name in selection.study.claims
        for tier in _headline_first(selection)
    ]
    frame = pd.DataFrame(
        [
            {
                "Sentence": f"“{verdict.claim.sentence}”",
                "Pages": heading(selection, tier),
                "Typical page": value_in_words(verdict.estimate),
                "Bounds": interval_in_words(verdict.estimate),
                "Thresholds": _both(verdict),
                "Verdict": str(verdict.outcome),
            }
            for tier, verdict in shown
        ]
    )
    note = " ".join(_notes_below(selection, [verdict for _, verdict in shown]))
    return ShownTable(
        frame, "Verdicts", [_row(selection, tier, verdict) for tier, verdict in shown], note
    )


def _headline_first(selection: Selection) -> list[str]:
    """All pages together come first; tiers second."""
    return sorted(groups(selection), key=lambda tier: tier != ALL_TIERS)


def _notes_below(selection: Selection, shown: list[Verdict]) -> list[str]:
    level = level_in_words(confidence(len(selection.study.claims)))
    said = [
        f"Each bound holds with {level} confidence, so that "
        f"{count(len(selection.study.claims), 'claim')} hold together with 95%."
    ]
    said += sorted({reason_in_words(v.estimate) for v in shown if v.estimate.reason})
    return said


def _row(selection: Selection, tier: str, verdict: Verdict) -> dict[str, Any]:
    measure = CATALOGUE[verdict.claim.measure]
    return result_row(
        selection,
        verdict.estimate,
        measure=measure.name,
        definition=f"median over pages of: {measure.formula}",
        tier=tier,
        claim=verdict.claim.name,
        threshold=f"below {verdict.threshold.below}, above {verdict.threshold.above}",
        verdict=str(verdict.outcome),
    )


def thresholds(selection: Selection) -> Sentence:
    """List the thresholds of the study with their reasons."""
    if not selection.study.claims:
        return NOTHING_TO_JUDGE
    return Sentence(
        "\n\n".join(_threshold_in_words(CLAIMS[name], selection) for name in selection.study.claims)
    )


def _threshold_in_words(claim: Claim, selection: Selection) -> str:
    threshold = selection.study.claims[claim.name]
    measure = CATALOGUE[claim.measure]
    sides = {
        "below": f"under {amount(threshold.below, measure.unit)}",
        "above": f"over {amount(threshold.above, measure.unit)}",
    }
    supported = sides.pop(claim.supported_when)
    (contradicted,) = sides.values()
    return (
        f"**“{claim.sentence}”** goes by: {measure.label[0].lower()}{measure.label[1:]}, at the "
        f"typical page. Supported {supported}, contradicted {contradicted}. "
        f"*Why these:* {threshold.reason}"
    )


def by_threshold(selection: Selection, name: ClaimName) -> Sentence | ShownFigure:
    """Draw the verdict on one claim as a function of the threshold."""
    if name not in selection.study.claims:
        return NOTHING_TO_JUDGE
    of_groups = {
        heading(selection, tier): _verdict(selection, name, tier)
        for tier in _headline_first(selection)
    }
    return verdict_by_threshold(selection, CLAIMS[name], of_groups)


def notes(selection: Selection) -> Sentence:
    """List what a reader has to know beside the verdicts."""
    if not selection.study.claims:
        return NOTHING_TO_JUDGE
    some = next(iter(selection.study.claims))
    verdict = _verdict(selection, some, selection.tier)
    lines = [
        f"- A bound on the typical page needs at least {verdict.minimum_pages} pages.",
        f"- {_about_paid(selection)}",
        "- Public counts of comments include the page's own, so silence is at least this large.",
        "- Response per follower is not response per viewer: one reaction per 1,000 followers is "
        "2% of viewers where a post reaches 5% of the followers.",
        *(f"- {note}" for note in _about_population(selection)),
    ]
    return Sentence("\n".join(lines))


def _about_paid(selection: Selection) -> str:
    if selection.posts["paid"].isna().any():
        return (
            "Which posts were paid for is **not known**. The bounds span two readings: no post "
            "was paid for, or the most reacted tenth of every page was."
        )
    return "Paid posts are known and left out."


def _about_population(selection: Selection) -> list[str]:
    """What the bounds may be said of, tier by tier."""
    said = []
    for tier in selection.study.tiers:
        if tier.name not in selection.tiers:
            continue
        about = (
            "these are all pages there are; the median describes them, and the bounds speak of "
            "like pages or another year"
            if tier.census
            else "a chosen set of pages; nothing is said of pages that were not chosen"
        )
        said.append(f"{tier.label}: {about}.")
    return said


def _verdict(selection: Selection, name: ClaimName, tier: str) -> Verdict:
    posts = selection.posts if tier == ALL_TIERS else _of_tier(selection, tier)
    material = Material(posts, selection.material.weeks, selection.study.timezone)
    return judge(
        CLAIMS[name],
        selection.study.claims[name],
        material,
        claims_in_study=len(selection.study.claims),
    )


def _of_tier(selection: Selection, tier: str) -> pd.DataFrame:
    return selection.posts[selection.posts["tier"] == tier]
