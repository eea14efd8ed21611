"""Findings of notebook 09: do the sentences hold."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.judging import Case, numbers_of_one_page
from analysis.claims.rule import CLAIMS, Outcome, Verdict, two_sided
from analysis.claims.words import (
    goes_by,
    in_between,
    in_plain_words,
    outcome_in_full,
    outcome_in_words,
    quoted,
    thresholds_in_words,
    to_obtain,
)
from analysis.figures.verdicts import verdict_by_threshold, verdicts_at_a_glance
from analysis.freeze import fixed_in_words
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import (
    amount,
    count,
    interval_in_words,
    joined,
    level_in_words,
    number,
    reason_in_words,
    value_in_words,
)
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ClaimName

Shown = Sentence | ShownTable
FEWEST_TO_WIDEN = 2
"""One verdict alone asks for no more certainty than other chapters do."""
NOTHING = Sentence("")
"""What is shown beside a verdict that there is not; why there is none is said once."""

OUTCOMES_IN_ORDER = (
    Outcome.CONTRADICTED,
    Outcome.SUPPORTED,
    Outcome.IN_BETWEEN,
    Outcome.UNDECIDED,
    Outcome.NOT_ESTIMABLE,
)


def judge(selection: Selection) -> Case:
    """Put the sentences to the test; everything else in this notebook shows what comes of it."""
    return Case(selection)


def why_no_verdict(case: Case) -> Sentence | None:
    """Say why nothing is judged: no claims, or one page; None when something is."""
    if not case.claims:
        return Sentence(say("No claim is declared, so there is nothing to judge."))
    if case.selection.page:
        return Sentence(say("A verdict needs several pages; this report is about one."))
    return None


def nothing_beside(case: Case, *names: ClaimName) -> bool:
    """Whether none of these claims is judged, so that nothing stands beside its verdict."""
    return bool(case.selection.page) or not set(names or case.claims) & set(case.claims)


def answer(case: Case) -> Sentence:
    """Say which sentences hold, for this tier or for all tiers together."""
    if not case.claims:
        return LastSentence(
            say(
                "This study declares **no claims**, so there are no verdicts. A claim takes two "
                "thresholds, `below` and `above`, and a `reason`. They go into the study file, "
                "under `[claims.few_reactions]` for instance, before the data are read. "
                "docs/study-file.md lists the claims, and studies/demo.toml has them all."
            )
        )
    if case.selection.page:
        return Sentence(
            say(
                "These are the numbers of **{page}** alone. A verdict on the sentences needs "
                "several pages, so there is none here; the report on all its like has them.",
                page=case.selection.label,
            )
        )
    by_outcome = {outcome: _quoted_with(outcome, case) for outcome in OUTCOMES_IN_ORDER}
    lines = [
        f"- **{outcome_in_full(outcome)}:** {joined(sentences)}."
        for outcome, sentences in by_outcome.items()
        if sentences
    ]
    return Sentence("\n".join([_tested_on(case), "", *lines, "", _standing(case)]))


def _tested_on(case: Case) -> str:
    selection = case.selection
    return say(
        "Put to the test on **{label}**: {pages} and {posts} from {start} to {end}.",
        label=case.selection.heading(case.tiers[0]),
        pages=count(len(selection.pages), "page"),
        posts=count(len(selection.posts), "post"),
        start=say.day(selection.study.period.start),
        end=say.day(selection.study.period.end),
    )


def _standing(case: Case) -> str:
    """Say what stands beside every verdict: when the thresholds were fixed, and of what data."""
    fixed = fixed_in_words(case.selection.study)
    if not case.selection.simulated:
        return fixed
    simulated = say("The data are **simulated**: they show how the test works, no more.")
    return f"{fixed} {simulated}"


def _quoted_with(outcome: Outcome, case: Case) -> list[str]:
    return [quoted(name) for name in case.claims if case.headline(name).outcome is outcome]


def at_a_glance(case: Case) -> Shown:
    """Tabulate every sentence with its number and its verdict; for one page, its own numbers."""
    if not case.claims:
        return NOTHING
    if case.selection.page:
        return _one_page(case)
    frame = pd.DataFrame(
        [
            {
                say("Sentence"): _numbered(name),
                say("What these data say"): _what_data_say(verdict),
                say("Verdict"): outcome_in_words(verdict.outcome),
            }
            for name, verdict in ((name, case.headline(name)) for name in case.claims)
        ]
    )
    caption = say("The sentences, the numbers and the verdicts")
    note = f"{_why_wider(case)} {_to_obtain_first(case)}".strip()
    return ShownTable(frame, caption, note=note)


def _why_wider(case: Case) -> str:
    """Say why bounds here are wider than those of the same number in another chapter."""
    bounded = any(case.headline(name).estimate.has_interval for name in case.claims)
    if not bounded or len(case.claims) < FEWEST_TO_WIDEN:
        return ""
    return say(
        "The bounds are wider than in the other chapters: {n} verdicts must hold together, and "
        "they speak of like pages too, not of these alone.",
        n=number(len(case.claims)),
    )


def _what_data_say(verdict: Verdict) -> str:
    """State the number, and why it has no bounds where it has none."""
    said = in_plain_words(verdict.claim.name, verdict.estimate)
    if verdict.estimate.has_interval or not verdict.estimate.estimable:
        return said
    return f"{said} {reason_in_words(verdict.estimate)}"


def _to_obtain_first(case: Case) -> str:
    """Name the number that settles the first open sentence; its last claim says most."""
    still_open = [name for name in case.claims if is_open(case.headline(name))]
    if not still_open:
        return ""
    first = CLAIMS[still_open[0]].of_sentence
    *_, last = (name for name in still_open if CLAIMS[name].of_sentence == first)
    wanted = to_obtain(last, case.headline(last).estimate)
    return say("The number to obtain first: {wanted}.", wanted=wanted)


def _numbered(name: ClaimName) -> str:
    """Write a claim with the number of the sentence that it belongs to."""
    return f"{CLAIMS[name].of_sentence}. {quoted(name)}"


def is_open(verdict: Verdict) -> bool:
    """Whether more data could still decide about a claim."""
    return verdict.outcome in (Outcome.UNDECIDED, Outcome.NOT_ESTIMABLE)


def between_thresholds(case: Case) -> Sentence | ShownFigure:
    """Draw where the number of every sentence lies between its two thresholds."""
    if nothing_beside(case):
        return NOTHING
    labelled = {_numbered(name): case.headline(name) for name in case.claims}
    return verdicts_at_a_glance(case.selection, labelled)


def _one_page(case: Case) -> ShownTable:
    numbers = numbers_of_one_page(case)
    frame = pd.DataFrame(
        [
            {
                say("Sentence"): _numbered(name),
                say("This page"): in_plain_words(name, estimate),
                say("Thresholds for many pages"): _thresholds(case, name),
            }
            for name, estimate in numbers.items()
        ]
    )
    rows = [
        result_row(
            case.selection,
            estimate,
            measure=f"{CLAIMS[name].measure}_of_the_page",
            definition=CLAIMS[name].definition,
        )
        for name, estimate in numbers.items()
    ]
    return ShownTable(frame, say("The page’s own numbers"), rows)


def verdicts(case: Case) -> Shown:
    """Tabulate the verdict on every claim for every group of pages."""
    if nothing := why_no_verdict(case):
        return nothing
    shown = [
        (tier, verdict) for name in case.claims for tier, verdict in case.verdicts[name].items()
    ]
    frame = pd.DataFrame(
        [
            {
                say("Sentence"): quoted(verdict.claim.name),
                say("Pages"): case.selection.heading(tier),
                say("Number"): _number_alone(verdict.estimate),
                say("Bounds"): interval_in_words(verdict.estimate),
                say("Thresholds"): _thresholds(case, verdict.claim.name),
                say("Verdict"): outcome_in_words(verdict.outcome),
            }
            for tier, verdict in shown
        ]
    )
    rows = [_row(case.selection, tier, verdict) for tier, verdict in shown]
    note = " ".join(_below_the_table(case, [verdict for _, verdict in shown]))
    return ShownTable(frame, say("Verdicts"), rows, note)


def _number_alone(estimate: Estimate) -> str:
    """Write the value; two bounds without one stand in the next column."""
    if estimate.value is None and estimate.has_interval:
        return say("only bounds")
    return value_in_words(estimate)


def _below_the_table(case: Case, shown: list[Verdict]) -> list[str]:
    said = [
        say.plural(
            "Each bound holds with {level} confidence, for {n} claim in the study.",
            "Each bound holds with {level} confidence, so that {n} claims on one group of pages "
            "hold together with 95%.",
            len(case.claims),
            level=level_in_words(round(case.level, 4)),
        ),
        say(
            "From the one to the other is then an interval of {level}, the level in results.csv.",
            level=level_in_words(round(two_sided(case.level), 4)),
        ),
    ]
    readings = {
        outcome_in_words(Outcome.IN_BETWEEN): verdict.claim.name
        for verdict in shown
        if verdict.outcome is Outcome.IN_BETWEEN
    }
    said += [
        say(
            "In between on {sentence} reads: {reading}.",
            sentence=quoted(name),
            reading=in_between(name),
        )
        for name in readings.values()
    ]
    reasons = [reason_in_words(v.estimate) for v in shown if v.estimate.reason]
    return said + list(dict.fromkeys(reasons))


def _row(selection: Selection, tier: str, verdict: Verdict) -> dict[str, Any]:
    return result_row(
        selection,
        verdict.estimate,
        measure=verdict.claim.measure,
        definition=verdict.claim.definition,
        tier=tier,
        claim=verdict.claim.name,
        threshold=f"below {verdict.threshold.below}, above {verdict.threshold.above}",
        verdict=str(verdict.outcome),
    )


def thresholds(case: Case) -> Sentence:
    """List the thresholds of the study with their reasons."""
    if not case.claims:
        return Sentence(say("No claim is declared, so there is nothing to judge."))
    return Sentence("\n\n".join(_threshold_in_words(case, name) for name in case.claims))


def _threshold_in_words(case: Case, name: ClaimName) -> str:
    threshold, claim = case.selection.study.claims[name], CLAIMS[name]
    sides = {
        "below": say("under {value}", value=amount(threshold.below, claim.unit)),
        "above": say("over {value}", value=amount(threshold.above, claim.unit)),
    }
    supported = sides.pop(claim.supported_when)
    (contradicted,) = sides.values()
    return say(
        "**{sentence}** goes by {number}. Supported {supported}, contradicted {contradicted}. "
        "*Why these:* {reason}",
        sentence=quoted(name),
        number=goes_by(name),
        supported=supported,
        contradicted=contradicted,
        reason=threshold.reason,
    )


def by_threshold(case: Case, name: ClaimName) -> Sentence | ShownFigure:
    """Draw the verdict on one claim as a function of the threshold."""
    if name not in case.claims:
        return Sentence(
            say("{sentence}: this study has no thresholds for it.", sentence=quoted(name))
        )
    if case.selection.page:
        return Sentence(say("{sentence}: a verdict needs several pages.", sentence=quoted(name)))
    of_groups = {case.selection.heading(tier): v for tier, v in case.verdicts[name].items()}
    return verdict_by_threshold(case.selection, name, of_groups)


def _thresholds(case: Case, name: ClaimName) -> str:
    threshold = case.selection.study.claims[name]
    return thresholds_in_words(name, threshold.below, threshold.above)
