"""What a reader has to know beside the verdicts of notebook 09, and what would settle them."""

from __future__ import annotations

from typing import Any

from analysis.claims.audience import AUDIENCE_CLAIMS, minimum_groups
from analysis.claims.judging import Case
from analysis.claims.reactions import few_comments, of_pages, pages_read
from analysis.claims.rule import CLAIMS, Verdict
from analysis.claims.words import outcome_in_words, quoted, to_obtain
from analysis.findings.claims import NOTHING, is_open, nothing_beside
from analysis.inference.bounds import minimum_pages
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import count, interval_in_words, value_in_words
from analysis.showing import Sentence, result_row

FEW_COMMENTS = CLAIMS["few_comments"]


def notes(case: Case) -> Sentence:
    """List what would settle what is open, and what a reader has to know beside the verdicts."""
    if nothing_beside(case):
        return NOTHING
    alone = _where_comments_were_read(case)
    lines = [
        _about_minimum(case),
        *_about_paid(case.selection),
        *_about_own_comments(case, alone),
        *_about_population(case.selection),
    ]
    opening = say("**What else belongs to these verdicts:**")
    text = "\n".join([*_to_settle(case), "", opening, "", *(f"- {line}" for line in lines)])
    return Sentence(text, _rows(case, alone))


def _to_settle(case: Case) -> list[str]:
    """Name, for every sentence that is open, the number to obtain."""
    wanted = [
        f"- {quoted(name)}: {to_obtain(name, case.headline(name).estimate)}."
        for name in case.claims
        if is_open(case.headline(name))
    ]
    if not wanted:
        return [say("No sentence is left open by these data.")]
    return [say("**To settle what is open, obtain:**"), "", *wanted]


def _about_minimum(case: Case) -> str:
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


def _about_paid(selection: Selection) -> list[str]:
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


def _about_own_comments(case: Case, alone: Estimate | None) -> list[str]:
    """Say whose comments the numbers hold, and what they are on the pages that were read alone."""
    if "few_comments" not in case.claims or case.selection.posts.empty:
        return []
    if alone is None:
        return [
            say(
                "Public counts of comments include the page’s own, so silence is at least this "
                "large."
            )
        ]
    threshold = case.selection.study.claims["few_comments"]
    subtracted = say(
        "The page’s own comments are subtracted where comments were read: {read} of {all}. On the "
        "others the public count stands, and silence is at least this large.",
        read=len(pages_read(case.material(case.tiers[0]))),
        all=count(len(case.selection.pages), "page"),
    )
    on_these = say(
        "On the pages that were read alone: {share} (bounds {bounds}), **{outcome}**.",
        share=value_in_words(alone),
        bounds=interval_in_words(alone),
        outcome=outcome_in_words(Verdict.of(FEW_COMMENTS, threshold, alone).outcome),
    )
    return [f"{subtracted} {on_these}"]


def _where_comments_were_read(case: Case) -> Estimate | None:
    """Bound silence on the pages whose own comments are known; None when there are none."""
    material = case.material(case.tiers[0])
    read = pages_read(material)
    if "few_comments" not in case.claims or not read:
        return None
    return few_comments(of_pages(material, read), level=case.level)


def _rows(case: Case, alone: Estimate | None) -> list[dict[str, Any]]:
    if alone is None:
        return []
    return [
        result_row(
            case.selection,
            alone,
            measure=f"{FEW_COMMENTS.measure}_where_comments_were_read",
            definition=f"{FEW_COMMENTS.definition}; the page’s own comments subtracted",
            tier=case.tiers[0],
        )
    ]


def _about_population(selection: Selection) -> list[str]:
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
