"""What a reader has to know beside the verdicts of notebook 09, and what would settle them."""

from __future__ import annotations

from typing import Any

from analysis.claims.audience import AUDIENCE_CLAIMS, minimum_groups
from analysis.claims.judging import Case
from analysis.claims.reactions import few_comments, of_pages, pages_read
from analysis.claims.rule import CLAIMS, Verdict
from analysis.claims.words import outcome_in_words, quoted, to_obtain
from analysis.findings.claims import NOTHING, is_open, nothing_beside, words_of
from analysis.inference.bounds import minimum_pages
from analysis.language import Wording
from analysis.selection import Selection
from analysis.sentences import interval_in_words, pages, value_in_words
from analysis.showing import Sentence, result_row


def notes(case: Case) -> Sentence:
    """List what would settle what is open, and what a reader has to know beside the verdicts."""
    say = words_of(case)
    if nothing_beside(case):
        return NOTHING
    own_comments, rows = _about_own_comments(case, say)
    lines = [
        _about_minimum(case, say),
        *_about_paid(case.selection, say),
        *own_comments,
        *_about_population(case.selection, say),
    ]
    opening = say("**What else belongs to these verdicts:**")
    text = "\n".join([*_to_settle(case, say), "", opening, "", *(f"- {line}" for line in lines)])
    return Sentence(text, rows)


def _to_settle(case: Case, say: Wording) -> list[str]:
    """Name, for every sentence that is open, the number to obtain."""
    wanted = [
        f"- {quoted(name, say)}: {to_obtain(name, case.headline(name).estimate, say)}."
        for name in case.claims
        if is_open(case.headline(name))
    ]
    if not wanted:
        return [say("No sentence is left open by these data.")]
    return [say("**To settle what is open, obtain:**"), "", *wanted]


def _about_minimum(case: Case, say: Wording) -> str:
    of_pages = say(
        "With {k} claims, a bound on the typical page takes at least {needed} pages.",
        k=len(case.claims),
        needed=minimum_pages(case.level),
    )
    if not set(case.claims) & set(AUDIENCE_CLAIMS):
        return of_pages
    needed = minimum_groups(case.reach(case.tiers[0]), case.level)
    of_groups = (
        say("The target groups that these pages share are all there are; nothing is sampled.")
        if needed == 1
        else say("A bound on the typical target group takes at least {n} of these.", n=needed)
    )
    return f"{of_pages} {of_groups}"


def _about_paid(selection: Selection, say: Wording) -> list[str]:
    if selection.posts.empty:
        return []
    if selection.posts["paid"].isna().any():
        return [
            say(
                "Which posts were paid for is **not known** of all posts. The bounds span two "
                "readings: none of these was paid for, or the most reacted tenth of every page was."
            )
        ]
    return [say("Paid posts are known and left out.")]


def _about_own_comments(case: Case, say: Wording) -> tuple[list[str], list[dict[str, Any]]]:
    """Say whose comments the numbers hold, and what they are on the pages that were read alone."""
    material = case.material(case.tiers[0])
    if "few_comments" not in case.claims or material.posts.empty:
        return [], []
    read = pages_read(material)
    if not read:
        counted = say(
            "Public counts of comments include the page’s own, so silence is at least this large."
        )
        return [counted], []
    subtracted = say(
        "The page’s own comments are subtracted where comments were read: {read} of {all}. On the "
        "others the public count stands, and silence is at least this large.",
        read=len(read),
        all=pages(len(case.selection.pages), say),
    )
    alone = few_comments(of_pages(material, read), level=case.level)
    claim, threshold = CLAIMS["few_comments"], case.selection.study.claims["few_comments"]
    on_these = say(
        "On the pages that were read alone: {share} (bounds {bounds}), **{outcome}**.",
        share=value_in_words(alone, say),
        bounds=interval_in_words(alone, say),
        outcome=outcome_in_words(Verdict.of(claim, threshold, alone).outcome, say),
    )
    row = result_row(
        case.selection,
        alone,
        measure=f"{claim.measure}_where_comments_were_read",
        definition=f"{claim.definition}; the page’s own comments subtracted",
        tier=case.tiers[0],
    )
    return [f"{subtracted} {on_these}"], [row]


def _about_population(selection: Selection, say: Wording) -> list[str]:
    """What the bounds may be said of, tier by tier."""
    said = []
    for tier in selection.study.tiers:
        if tier.name not in selection.tiers:
            continue
        about = (
            say(
                "{tier}: these are all pages there are; the number describes them, and the bounds "
                "speak of like pages or another year.",
                tier=tier.label,
            )
            if tier.census
            else say(
                "{tier}: a chosen set of pages; nothing is said of pages that were not chosen.",
                tier=tier.label,
            )
        )
        said.append(about)
    return said
