"""What stands beside the verdicts of notebook 09: other counts, break-even, what would change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.groups import needed_per_follower
from analysis.audience.reach import reach_per_page
from analysis.claims.audience import (
    AUDIENCE_CLAIMS,
    bounds_of_one_page,
    flipping_shift,
    reached_otherwise_enough,
)
from analysis.claims.judging import Case
from analysis.claims.rule import Verdict
from analysis.claims.webcare import Webcare
from analysis.claims.words import outcome_in_words, quoted
from analysis.findings.claims import NOTHING, group_label, nothing_beside, words_of
from analysis.inference.audiences import FOLLOWER_SHARE
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.inference.reach_model import FlippingShift
from analysis.language import Wording
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.questions import FEWEST_QUESTIONS
from analysis.sentences import (
    amount,
    interval_in_words,
    level_in_words,
    number,
    pages,
    percentage,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownTable, result_row

PER_FOLLOWER = "interactions_per_1000_followers"
PER_PERSON = "interactions_per_1000_reached"
LEVEL = 0.95


def response_per_person(case: Case) -> Sentence:
    """Set response per person reached beside response per follower, on the pages with reach."""
    say = words_of(case)
    if not {"few_reactions", "few_comments"} & set(case.claims):
        return NOTHING
    material = case.selection.material
    measures = {name: CATALOGUE[name].compute(material) for name in (PER_FOLLOWER, PER_PERSON)}
    both = pd.DataFrame(measures).dropna()
    if both.empty:
        return Sentence(
            say(
                "Response per person **reached** is not measured: no page shared its reach. One "
                "reaction per 1,000 followers is 2% of viewers where a post reaches 5% of the "
                "followers."
            )
        )
    n_posts = int(material.posts["page_id"].isin(both.index).sum())
    found = {
        name: typical_page(both[name], n_posts=n_posts, unit=CATALOGUE[name].unit)
        for name in measures
    }
    text = say(
        "Where reach was measured ({basis}), the typical page gets **{per_follower}** interactions "
        "per 1,000 followers on an ordinary post, and **{per_person}** per 1,000 people reached: "
        "{share} of those who saw its posts.",
        basis=pages(len(both), say),
        per_follower=value_in_words(found[PER_FOLLOWER], say),
        per_person=value_in_words(found[PER_PERSON], say),
        share=percentage((found[PER_PERSON].value or 0) / 1000, say),
    )
    rows = [
        result_row(
            case.selection,
            estimate,
            measure=f"{name}_where_reach_was_measured",
            definition=f"median over pages with reach of: {CATALOGUE[name].formula}",
        )
        for name, estimate in found.items()
    ]
    return Sentence(text, rows)


def webcare_counted_otherwise(case: Case) -> Sentence:
    """Say what belongs to the verdict on webcare: other counts, redirects, the rules' errors."""
    say = words_of(case)
    if nothing_beside(case, "webcare_absent"):
        return NOTHING
    webcare = case.webcare(case.tiers[0])
    rate = case.headline("webcare_absent").estimate
    if not rate.estimable:
        return Sentence(reason_in_words(rate, say))
    all_comments = webcare.of_all_comments(level=case.level)
    lines = [
        _about_two_counts(webcare, case.level, say),
        _about_pages(webcare, say),
        _about_replies(webcare, say),
        say(
            "Of **all** comments, most of which need no answer, {share} have a public reply "
            "(bounds {bounds}).",
            share=value_in_words(all_comments, say),
            bounds=interval_in_words(all_comments, say),
        ),
        _about_the_rules(case, webcare, say),
        _about_closed_comments(case, say),
    ]
    rows = [
        result_row(
            case.selection,
            all_comments,
            measure="reply_rate_of_all_comments",
            definition="comments with a public reply / comments at the top of a thread",
        )
    ]
    return Sentence("\n".join(f"- {line}" for line in lines), rows)


def _about_two_counts(webcare: Webcare, level: float, say: Wording) -> str:
    """Say what the bounds are when every page counts the same, and when every comment does."""
    counts = webcare.counted(level=level)
    return say(
        "Where every page counts the same: {mean_page} ({of_mean}). Where every comment does: "
        "{pooled} ({of_pooled}). The verdict needs both.",
        mean_page=value_in_words(counts.mean_page, say),
        of_mean=interval_in_words(counts.mean_page, say),
        pooled=value_in_words(counts.pooled, say),
        of_pooled=interval_in_words(counts.pooled, say),
    )


def _about_pages(webcare: Webcare, say: Wording) -> str:
    """Say how many pages answer at all, and what that says of such pages."""
    answering = webcare.answering_pages(level=LEVEL)
    few = len(webcare.needing) - len(webcare.enough)
    n = answering.n_pages
    k = round((answering.value or 0) * n)
    counted = {"k": k, "pages": pages(n, say), "fewest": FEWEST_QUESTIONS}
    text = (
        say(
            "{k} of {pages} with at least {fewest} comments that need an answer ever gave one in "
            "public, so at most {high} of such pages do.",
            high=percentage(answering.high or 0, say),
            **counted,
        )
        if k == 0
        else say(
            "{k} of {pages} with at least {fewest} comments that need an answer ever gave one in "
            "public, so at least {low} of such pages do.",
            low=percentage(answering.low or 0, say),
            **counted,
        )
    )
    if few == 0:
        return text
    left_out = say("Pages with fewer such comments are left out: {n}.", n=few)
    return f"{text} {left_out}"


def _about_replies(webcare: Webcare, say: Wording) -> str:
    counts = webcare.enough[["answered", "redirected", "perhaps_answered"]].sum()
    text = say(
        "Answers that only send people elsewhere (“send us a message”) count as answers: "
        "{redirected} of {answered}.",
        redirected=say.decimal(counts["redirected"], 0),
        answered=say.decimal(counts["answered"], 0),
    )
    if not counts["perhaps_answered"]:
        return text
    perhaps = say(
        "Replies by people who are not known may be the page’s: {n}. The bounds hold either way.",
        n=say.decimal(counts["perhaps_answered"], 0),
    )
    return f"{text} {perhaps}"


def _about_the_rules(case: Case, webcare: Webcare, say: Wording) -> str:
    if webcare.coding is None:
        return say(
            "Which comments need an answer is told by rules, and how often those are wrong is "
            "**not known** here: no sample of comments was coded by hand."
        )
    sensitivity, specificity = webcare.coding.sensitivity, webcare.coding.specificity
    naive = webcare.as_the_rules_have_it(level=case.level)
    return say(
        "Which comments need an answer is told by rules. Of {n} comments coded by hand they found "
        "{sensitivity} of those that do, and left {specificity} of the others alone; the bounds "
        "allow for these errors. As if the rules were never wrong: {naive}.",
        n=webcare.coding.n_coded,
        sensitivity=percentage(sensitivity.value or 0, say),
        specificity=percentage(specificity.value or 0, say),
        naive=interval_in_words(naive, say),
    )


def _about_closed_comments(case: Case, say: Wording) -> str:
    closed = say("Whether comments were closed is in no public export.")
    most = case.selection.posts.groupby("page_id")["comments"].max().dropna()
    if most.empty:
        return closed
    silent = say("Pages without a single comment in the period: {n}.", n=int((most == 0).sum()))
    return f"{closed} {silent}"


def break_even(case: Case) -> Sentence | ShownTable:
    """Tabulate the reach per follower at which posts reach the thresholds: no estimate needed."""
    say = words_of(case)
    if "small_audience_post" not in case.claims:
        return NOTHING
    threshold = case.selection.study.claims["small_audience_post"]
    at = {percentage(t, say): t for t in (threshold.below, threshold.above)}
    needed = {
        (tier, t): needed_per_follower(case.reach(tier).pages, t)
        for tier in case.tiers
        for t in at.values()
    }
    if all(table.empty for table in needed.values()):
        return Sentence(
            say("The break-even is not known: it takes followers and the size of the target group.")
        )
    frame = pd.DataFrame(
        [
            {
                say("Pages"): group_label(case, tier),
                **{
                    say("To reach {share}", share=share): _rates(needed[tier, t], say)
                    for share, t in at.items()
                },
            }
            for tier in case.tiers
        ]
    )
    rows = [
        _break_even_row(case, tier, t, needed[tier, t])
        for tier in case.tiers
        for t in at.values()
        if not needed[tier, t].empty
    ]
    note = say(
        "Share of its followers that an ordinary post has to reach, at the typical target group: "
        "from nobody following two pages to everyone following the largest. Over 100%: not even "
        "all followers are enough. Published benchmarks lie between 1.5% and 25% of followers."
    )
    return ShownTable(frame, say("Break-even"), rows, note)


def _rates(needed: pd.DataFrame, say: Wording) -> str:
    if needed.empty:
        return say("not known")
    low, high = (percentage(float(needed[side].median()), say) for side in ("apart", "nested"))
    return low if low == high else say("{low} to {high}", low=low, high=high)


def _break_even_row(
    case: Case, tier: str, threshold: float, needed: pd.DataFrame
) -> dict[str, Any]:
    of_tier = case.reach(tier).pages
    estimate = Basis(
        n_pages=len(of_tier), n_posts=0, unit=FOLLOWER_SHARE, method="arithmetic"
    ).value_alone(needed["apart"].median(), "nothing is estimated")
    return result_row(
        case.selection,
        estimate,
        measure="reach_per_follower_at_break_even",
        definition=f"median over target groups of: {threshold} · target group / followers",
        tier=tier,
        threshold=str(threshold),
    )


def where_reach_comes_from(case: Case) -> Sentence:
    """Say which pages were measured, how well the model does, and what nobody knows about it."""
    say = words_of(case)
    if not set(AUDIENCE_CLAIMS) & set(case.claims):
        return NOTHING
    reach = case.reach(case.tiers[0])
    known = reach.pages["post_high"].notna()
    if not known.any():
        return Sentence(
            say(
                "Reach was not measured, and there is nothing to estimate it from: that takes "
                "followers and interactions."
            )
        )
    measured = int(reach.pages["measured"].sum())
    lines = [
        say(
            "Reach was measured on {measured} of {all}, and estimated from followers and "
            "interactions on {modelled}.",
            measured=measured,
            all=pages(len(reach.pages), say),
            modelled=int(known.sum()) - measured,
        ),
        say("What counts as reach: {definition}.", definition=say.reason(reach.definition)),
        say(
            "Everyone reached is taken to belong to the target group, so every share is at most "
            "what stands here: who follows a page is not always whom it is for."
        ),
    ]
    if reach.model.n_pages:
        left_out = reach.model.left_out(LEVEL)
        lines.append(
            say(
                "Each measured page of the study predicted from the others: {inside} of {n} lie "
                "inside their {level} interval.",
                inside=left_out.inside,
                n=left_out.n_pages,
                level=level_in_words(LEVEL, say),
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
    opening = say("**Where these numbers on reach come from:**")
    return Sentence("\n".join([opening, "", *(f"- {line}" for line in lines)]))


def what_would_change(case: Case) -> Sentence | ShownTable:
    """Tabulate what other reach, or reach estimated without reactions, would make of verdicts."""
    say = words_of(case)
    if nothing_beside(case, *AUDIENCE_CLAIMS):
        return NOTHING
    named = [name for name in AUDIENCE_CLAIMS if name in case.claims]
    verdicts = {name: case.headline(name) for name in named}
    if not any(verdict.estimate.has_interval for verdict in verdicts.values()):
        return Sentence(say("There is no verdict on reach that could change."))
    without = {name: case.judged(name, case.tiers[0], with_interactions=False) for name in named}
    shifts = {name: _shifts(case, verdict) for name, verdict in verdicts.items()}
    frame = pd.DataFrame(
        [
            {
                say("Sentence"): quoted(name, say),
                say("Verdict"): outcome_in_words(verdict.outcome, say),
                say("Without reactions"): _verdict_without(without[name], say),
                say("Supported if the others reach"): _times(shifts[name], "upper", say),
                say("Contradicted if they reach"): _times(shifts[name], "lower", say),
            }
            for name, verdict in verdicts.items()
        ]
    )
    rows = [
        result_row(
            case.selection,
            without[name].estimate,
            measure=f"{without[name].claim.measure}_without_interactions",
            definition=f"{without[name].claim.definition}; reach modelled from followers alone",
            tier=case.tiers[0],
        )
        for name in named
    ]
    note = say(
        "“Hardly anyone reacts” and a reach that is estimated from reactions rest on the same "
        "counts; “without reactions” leaves them out. “The others” are the pages that did not "
        "share their reach: the table says how many times the estimated number of people they "
        "would have to reach."
    )
    return ShownTable(frame, say("What would change these verdicts"), rows, note)


def _verdict_without(verdict: Verdict, say: Wording) -> str:
    outcome = outcome_in_words(verdict.outcome, say)
    if not verdict.estimate.has_interval:
        return outcome
    bounds = interval_in_words(verdict.estimate, say)
    return say("{outcome} ({bounds})", outcome=outcome, bounds=bounds)


def _shifts(case: Case, verdict: Verdict) -> dict[str, FlippingShift]:
    reach = case.reach(case.tiers[0])
    if not verdict.estimate.has_interval or not reach.any_modelled:
        return {}
    return flipping_shift(verdict, reach, level=case.level)


def _times(shifts: dict[str, FlippingShift], bound: str, say: Wording) -> str:
    if not shifts:
        return say("does not apply")
    factor = shifts[bound].factor
    if factor is None:
        return say("no number does it")
    if bound == "upper":
        return say("under {factor} times as many", factor=number(float(f"{factor:.2g}"), say))
    return say("over {factor} times as many", factor=number(float(f"{factor:.2g}"), say))


def reached_anyway(case: Case) -> Sentence:
    """Say what other channels must reach for the loss to be small: the other side of 1b."""
    say = words_of(case)
    if "small_loss" not in case.claims:
        return NOTHING
    threshold = case.selection.study.claims["small_loss"].below
    lines = [
        _enough_elsewhere(group_label(case, tier), monthly, threshold, say)
        for tier in case.tiers
        for monthly in [_month(case, tier)]
    ]
    lines.append(_known_elsewhere(case, say))
    lines.append(
        say(
            "Government’s own counter-sentence, that Facebook reaches people who are hard to reach "
            "otherwise, is the same number seen from the other side."
        )
    )
    opening = say("**What other channels would have to reach:**")
    return Sentence("\n".join([opening, "", *(f"- {line}" for line in lines)]))


def _month(case: Case, tier: str) -> Estimate:
    """Bounds on what a month of posts reaches, of a group of pages or of the one page."""
    if case.selection.page:
        return bounds_of_one_page("small_audience_month", reach_per_page(case.selection))
    return case.estimate("small_audience_month", tier)


def _enough_elsewhere(label: str, monthly: Estimate, threshold: float, say: Wording) -> str:
    enough = reached_otherwise_enough(monthly, threshold)
    if enough is None:
        return say("{label}: {reason}", label=label, reason=reason_in_words(monthly, say))
    if enough == 0:
        return say(
            "{label}: a month of posts reaches at most {high}, so the loss is under {threshold} "
            "whatever other channels do.",
            label=label,
            high=amount(monthly.high or 0, monthly.unit, say),
            threshold=percentage(threshold, say),
        )
    return say(
        "{label}: a month of posts reaches at most {high}. If other channels reach {enough} or "
        "more of the target group anyway, the loss is under {threshold}.",
        label=label,
        high=amount(monthly.high or 0, monthly.unit, say),
        enough=percentage(enough, say),
        threshold=percentage(threshold, say),
    )


def _known_elsewhere(case: Case, say: Wording) -> str:
    of_pages = case.selection.pages["reached_otherwise_high"]
    if of_pages.isna().all():
        return say(
            "What other channels reach anyway is **not measured** for any page; the list of "
            "audiences can hold it (reached_otherwise_low and reached_otherwise_high)."
        )
    return say(
        "What other channels reach anyway is stated for {n} of {all}; the numbers go by these.",
        n=int(of_pages.notna().sum()),
        all=pages(len(of_pages), say),
    )
