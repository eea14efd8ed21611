"""What stands beside the verdicts on reach in notebook 09: break-even, and what would change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.groups import needed_of_the_middle_group
from analysis.audience.reach import Reach, reach_per_page
from analysis.claims.audience import (
    AUDIENCE_CLAIMS,
    AudienceClaim,
    bounds_of_one_page,
    flipping_shift,
    reached_otherwise_enough,
)
from analysis.claims.judging import Case
from analysis.claims.rule import Verdict
from analysis.claims.words import outcome_in_words, quoted
from analysis.findings.claims import NOTHING, nothing_beside
from analysis.findings.reach_needed import break_even_definition
from analysis.inference.estimate import Estimate
from analysis.inference.reach_model import FlippingShift
from analysis.language import say
from analysis.sentences import (
    amount,
    count,
    interval_in_words,
    level_in_words,
    number,
    percentage,
    reason_in_words,
)
from analysis.showing import Sentence, ShownTable, result_row

LEVEL = 0.95


def break_even(case: Case) -> Sentence | ShownTable:
    """Tabulate the reach per follower at which posts reach the thresholds: no estimate needed."""
    if "small_audience_post" not in case.claims:
        return NOTHING
    threshold = case.selection.study.claims["small_audience_post"]
    needed = {
        share: {
            tier: needed_of_the_middle_group(case.reach(tier).pages, share) for tier in case.tiers
        }
        for share in (threshold.below, threshold.above)
    }
    if not any(estimate.n_pages for of_share in needed.values() for estimate in of_share.values()):
        return Sentence(
            say("The break-even is not known: it takes followers and the size of the target group.")
        )
    columns = {
        say("To reach {share}", share=percentage(share)): [
            _needed_in_words(estimate) for estimate in of_share.values()
        ]
        for share, of_share in needed.items()
    }
    frame = pd.DataFrame(
        {say("Pages"): [case.selection.heading(tier) for tier in case.tiers], **columns}
    )
    return ShownTable(frame, say("Break-even"), _break_even_rows(case, needed), _how_to_read(case))


def _how_to_read(case: Case) -> str:
    what = (
        say("Share of its followers that an ordinary post has to reach.")
        if case.selection.page
        else say(
            "Share of its followers that an ordinary post has to reach, at the typical target "
            "group: from nobody following two pages to everyone following the largest."
        )
    )
    scale = say(
        "Over 100%: not even all followers are enough. Published benchmarks lie between 1.5% and "
        "25% of followers."
    )
    return f"{what} {scale}"


def _needed_in_words(estimate: Estimate) -> str:
    if estimate.value is not None:
        return percentage(estimate.value)
    return interval_in_words(estimate) if estimate.has_interval else say("not known")


def _break_even_rows(case: Case, needed: dict[float, dict[str, Estimate]]) -> list[dict[str, Any]]:
    return [
        result_row(
            case.selection,
            estimate,
            measure="break_even_reach",
            definition=break_even_definition(share),
            tier=tier,
            threshold=str(share),
        )
        for share, of_share in needed.items()
        for tier, estimate in of_share.items()
        if estimate.n_pages
    ]


def where_reach_comes_from(case: Case) -> Sentence:
    """Say which pages were measured, how well the model does, and what nobody knows about it."""
    if not set(AUDIENCE_CLAIMS) & set(case.claims):
        return NOTHING
    reach = case.reach(case.tiers[0])
    if reach.pages["post_high"].isna().all():
        return Sentence(
            say(
                "Reach was not measured, and there is nothing to estimate it from: that takes "
                "followers and interactions."
            )
        )
    lines = [
        _about_measured_pages(reach),
        say("What counts as reach: {definition}.", definition=say.reason(reach.counted)),
        say(
            "Everyone reached is taken to belong to the target group, so every share is at most "
            "what stands here: who follows a page is not always whom it is for."
        ),
        *_about_the_model(reach),
    ]
    opening = say("**Where these numbers on reach come from:**")
    return Sentence("\n".join([opening, "", *(f"- {line}" for line in lines)]))


def _about_measured_pages(reach: Reach) -> str:
    if len(reach.pages) == 1:
        return _about_the_one_page(reach)
    measured = int(reach.pages["measured"].sum())
    return say(
        "Reach was measured on {measured} of {all}, and estimated from followers and interactions "
        "on {modelled}.",
        measured=number(measured),
        all=count(len(reach.pages), "page"),
        modelled=number(int(reach.pages["post_high"].notna().sum()) - measured),
    )


def _about_the_one_page(reach: Reach) -> str:
    if reach.any_modelled:
        return say("The reach of the page is estimated from its followers and interactions.")
    return say("The reach of the page was measured.")


def _about_the_model(reach: Reach) -> list[str]:
    """Say how the model does on pages that were measured, and what is not known of the others."""
    lines = []
    if reach.model.n_pages:
        left_out = reach.model.left_out(LEVEL)
        lines.append(
            say(
                "Each measured page of the study predicted from the others: {inside} of {n} lie "
                "inside their {level} interval.",
                inside=number(left_out.inside),
                n=number(left_out.n_pages),
                level=level_in_words(LEVEL),
            )
        )
    if reach.any_modelled:
        lines += [
            say(
                "That such intervals cover the truth is known from simulation only; whether pages "
                "that share their reach predict pages that do not was never tested on real pages."
            ),
            say("Pages that share their reach are volunteers, and may differ from the others."),
        ]
    return lines


def what_would_change(case: Case) -> Sentence | ShownTable:
    """Tabulate what other reach, or reach estimated without reactions, would make of verdicts."""
    if nothing_beside(case, *AUDIENCE_CLAIMS):
        return NOTHING
    verdicts = {name: case.headline(name) for name in AUDIENCE_CLAIMS if name in case.claims}
    if not any(verdict.estimate.has_interval for verdict in verdicts.values()):
        return Sentence(say("There is no verdict on reach that could change."))
    without = {name: case.judged(name, case.tiers[0], with_interactions=False) for name in verdicts}
    frame = pd.DataFrame(
        [_changed(case, verdict, without[name]) for name, verdict in verdicts.items()]
    )
    note = say(
        "“Hardly anyone reacts” and a reach that is estimated from reactions rest on the same "
        "counts; “without reactions” leaves them out. “The others” are the pages that did not "
        "share their reach: the table says how many times the estimated number of people they "
        "would have to reach."
    )
    return ShownTable(
        frame, say("What would change these verdicts"), _rows_without(case, without), note
    )


def _changed(case: Case, verdict: Verdict, without: Verdict) -> dict[str, str]:
    shifts = _shifts(case, verdict)
    return {
        say("Sentence"): quoted(verdict.claim.name),
        say("Verdict"): outcome_in_words(verdict.outcome),
        say("Without reactions"): _verdict_without(without),
        say("Supported if the others reach"): _times(shifts, "upper"),
        say("Contradicted if they reach"): _times(shifts, "lower"),
    }


def _rows_without(case: Case, without: dict[AudienceClaim, Verdict]) -> list[dict[str, Any]]:
    return [
        result_row(
            case.selection,
            verdict.estimate,
            measure=f"{verdict.claim.measure}_without_interactions",
            definition=f"{verdict.claim.definition}; reach modelled from followers alone",
            tier=case.tiers[0],
        )
        for verdict in without.values()
    ]


def _verdict_without(verdict: Verdict) -> str:
    outcome = outcome_in_words(verdict.outcome)
    if not verdict.estimate.has_interval:
        return outcome
    bounds = interval_in_words(verdict.estimate)
    return say("{outcome} ({bounds})", outcome=outcome, bounds=bounds)


def _shifts(case: Case, verdict: Verdict) -> dict[str, FlippingShift]:
    reach = case.reach(case.tiers[0])
    if not verdict.estimate.has_interval or not reach.any_modelled:
        return {}
    return flipping_shift(verdict, reach, level=case.level)


def _times(shifts: dict[str, FlippingShift], bound: str) -> str:
    if not shifts:
        return say("does not apply")
    factor = shifts[bound].factor
    if factor is None:
        return say("no number does it")
    if bound == "upper":
        return say("under {factor} times as many", factor=number(float(f"{factor:.2g}")))
    return say("over {factor} times as many", factor=number(float(f"{factor:.2g}")))


def reached_anyway(case: Case) -> Sentence:
    """Say what other channels must reach for the loss to be small: the other side of 1b."""
    if "small_loss" not in case.claims:
        return NOTHING
    threshold = case.selection.study.claims["small_loss"].below
    lines = [
        _enough_elsewhere(case.selection.heading(tier), monthly, threshold)
        for tier in case.tiers
        for monthly in [_month(case, tier)]
    ]
    lines.append(_known_elsewhere(case))
    lines.append(
        say(
            "That other channels reach the posts’ audience like everyone else is an assumption. "
            "Government’s own counter-sentence, that Facebook reaches people who are hard to reach "
            "otherwise, denies it: if it is right, the loss lies near the most that it can be."
        )
    )
    opening = say("**What other channels would have to reach:**")
    return Sentence("\n".join([opening, "", *(f"- {line}" for line in lines)]))


def _month(case: Case, tier: str) -> Estimate:
    """Bounds on what a month of posts reaches, of a group of pages or of the one page."""
    if case.selection.page:
        return bounds_of_one_page("small_audience_month", reach_per_page(case.selection))
    return case.estimate("small_audience_month", tier)


def _enough_elsewhere(label: str, monthly: Estimate, threshold: float) -> str:
    enough = reached_otherwise_enough(monthly, threshold)
    if enough is None:
        return say("{label}: {reason}", label=label, reason=reason_in_words(monthly))
    known = {
        "label": label,
        "high": amount(monthly.high or 0, monthly.unit),
        "threshold": percentage(threshold),
    }
    if enough == 0:
        return say(
            "{label}: a month of posts reaches at most {high}, so the loss is under {threshold} "
            "whatever other channels do.",
            **known,
        )
    return say(
        "{label}: a month of posts reaches at most {high}. The loss is surely under {threshold} if "
        "other channels reach more than {surely} of the target group; if they reach the posts’ "
        "audience like everyone else, {enough} is enough.",
        surely=percentage(1 - threshold),
        enough=percentage(enough),
        **known,
    )


def _known_elsewhere(case: Case) -> str:
    of_pages = case.selection.pages["reached_otherwise_high"]
    if of_pages.isna().all():
        return say(
            "What other channels reach anyway is **not measured**; the list of audiences can hold "
            "it (reached_otherwise_low and reached_otherwise_high)."
        )
    if len(of_pages) == 1:
        return say("What other channels reach anyway is stated; the numbers go by that.")
    return say(
        "What other channels reach anyway is stated for {n} of {all}; the numbers go by these.",
        n=number(int(of_pages.notna().sum())),
        all=count(len(of_pages), "page"),
    )
