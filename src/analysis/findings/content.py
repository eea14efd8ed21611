"""Findings of notebook 05: what are the posts for, and how far can that be trusted.

Each takes the ``Content`` that `classify` makes once; ``responses`` has what the posts get.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.content.rules import Dimension, classes
from analysis.figures.content import shares_per_class
from analysis.findings.per_tier import (
    Estimates,
    groups,
    in_cell,
    rows_of,
    table_of,
    typical,
)
from analysis.findings.post_purposes import (
    NAMES,
    NO_PURPOSES,
    Content,
    classify,
    differs,
    ratios_to_other_posts,
    typical_of_class,
    with_note,
)
from analysis.findings.responses import tail_in_words
from analysis.inference.estimate import Estimate
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.content import PURPOSES, class_label
from analysis.selection import Selection
from analysis.sentences import (
    NOT_ESTIMABLE,
    NOT_MEASURED,
    basis,
    count,
    in_brackets,
    interval_in_words,
    joined,
    percentage,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS

NO_USUAL_PURPOSE = "no purpose is found on more than half of the pages"

__all__ = ["agreement", "answer", "classify", "rules", "shares", "shares_figure"]


def answer(content: Content) -> Sentence:
    """Say what the posts are for, which of them get more response, and what stays open."""
    if not content.measured:
        return Sentence(content.why_not_measured)
    whose = "this page" if content.selection.page else "the typical page"
    purposes = [_purposes_in_words(content, tier) for tier in groups(content.selection)]
    crises = tail_in_words(content) if content.reliable("purpose", "crisis") else Sentence("")
    said = [
        f"What the posts of {whose} are for:",
        "\n".join(purposes),
        _responses_in_words(content),
        crises.text,
        _open_in_words(content),
    ]
    rows = [*_share_rows(content, "purpose"), *crises.rows]
    return Sentence("\n\n".join(filter(None, said)), rows)


def _purposes_in_words(content: Content, tier: str) -> str:
    shares = {name: _share(content, "purpose", name, tier) for name in PURPOSES}
    known = [(e.value, name) for name, e in shares.items() if e.value is not None]
    name = content.selection.heading(tier)
    if not known:
        return f"- **{name}**: {NOT_MEASURED}."
    present = sorted((pair for pair in known if pair[0]), reverse=True)
    if not present:
        return f"- **{name}**: {NO_USUAL_PURPOSE}."
    (_, first), *others = present
    most = shares[first]
    rest = joined([f"{class_label(other)} {percentage(value)}" for value, other in others])
    return (
        f"- **{name}**: most often **{class_label(first)}**, {value_in_words(most)} of the posts "
        f"({in_brackets(most)}){f'; then {rest}' if rest else ''}."
    )


def _responses_in_words(content: Content) -> str:
    ratios = ratios_to_other_posts(content, "purpose", "interactions")
    told = {name: ratio for name, ratio in ratios.items() if content.reliable("purpose", name)}
    shown = [
        f"**{name}** posts get {value_in_words(ratio)} times as much "
        f"(95% interval {interval_in_words(ratio)})"
        for name, ratio in told.items()
        if differs(ratio)
    ]
    if shown:
        return f"Beside the other posts of the same page, {joined(shown)}."
    if not told:
        return "Which purpose gets more response is **left open**: no class may be relied on."
    if not any(ratio.has_interval for ratio in told.values()):
        (reason, *_) = (reason_in_words(ratio) for ratio in told.values())
        return f"Which purpose gets more response is **{NOT_ESTIMABLE}**. {reason}"
    return (
        "No purpose is shown to get more or less response than the other posts of the same page, "
        "which is not the same as no difference."
    )


def _open_in_words(content: Content) -> str:
    """Say on which classes no conclusion rests, and why."""
    if not content.coded:
        return (
            "**No conclusion rests on these classes**: no post of this study was coded by hand, so "
            "how often the rules are wrong is not measured. The numbers say what the rules find."
        )
    return " ".join(filter(None, (content.no_conclusion(name) for name in classes())))


def rules(content: Content) -> ShownTable:
    """Show every class with an example, the known errors of its rule, and how many posts it has."""
    found = content.selection.posts
    frame = pd.DataFrame(
        [
            {
                "Class": f"{dimension}: {class_label(rule.name)}",
                "What such a post does": rule.meaning,
                "Example": rule.examples[-1],
                "Known errors of the rule": rule.errors,
                "Posts": f"{int((found[dimension] == rule.name).sum()):,}",
            }
            for dimension, of in classes().items()
            for rule in of.all
        ]
    )
    shown = frame if content.measured else frame.drop(columns="Posts")
    return ShownTable(shown, "The rules, in the order in which they are tried")


def agreement(content: Content) -> Sentence | ShownTable:
    """Tabulate how well coders agree with each other and with the rules."""
    if not content.coded and not content.measured:
        return NO_PURPOSES
    if not content.coded:
        return Sentence(
            f"How often the rules are wrong is **{NOT_MEASURED}**: no post of this study was coded "
            "by hand. Needed: two people who code the same posts, drawn with "
            f"`bereik code draw {content.selection.study.name} FILE --what posts`."
        )
    frame = pd.DataFrame(
        [
            {
                "Class": f"{found.dimension}: {class_label(found.name)}",
                "Posts given it": f"{found.n_given:,}",
                "Alpha between coders": in_cell(found.coders),
                "Alpha with the rules": in_cell(found.rules),
                "Conclusions": "may rest on it" if found.enough else "none",
            }
            for found in content.agreements
        ]
    )
    reasons = sorted(
        {reason_in_words(e) for found in content.agreements for e in found.both if e.reason}
    )
    note = [
        "In brackets: 95% interval over the pages of the coded posts (approximate).",
        f"{count(content.n_by_hand, 'post')} of this selection have a hand code, which comes "
        "before the rule's.",
        *reasons,
    ]
    return ShownTable(frame, "Agreement on each class", _agreement_rows(content), " ".join(note))


def _agreement_rows(content: Content) -> list[dict[str, Any]]:
    return [
        result_row(
            content.selection,
            estimate,
            measure="krippendorff_alpha",
            definition=f"1 − Do/De of {found.dimension} = {found.name}, {between}",
            tier=ALL_TIERS,
            page_id=None,
        )
        for found in content.agreements
        for between, estimate in (
            ("between coders", found.coders),
            ("between rules and coders", found.rules),
        )
    ]


def shares(content: Content, dimension: Dimension) -> Sentence | ShownTable:
    """Tabulate the share of each class at the typical page."""
    if not content.measured:
        return NO_PURPOSES
    found = {class_label(name): _shares(content, dimension, name) for name in NAMES[dimension]}
    whose = "" if content.selection.page else ", at the typical page"
    caption = f"Share of posts by {dimension}{whose}"
    table = table_of(content.selection, found, caption, _share_rows(content, dimension))
    if content.tier_of_page is not None:
        table = _beside_tier(table, content.tier_of_page, dimension)
    return with_note(table, content.no_conclusion(dimension))


def _beside_tier(table: ShownTable, tier: Selection, dimension: Dimension) -> ShownTable:
    """Put the typical page of the tier beside the one page."""
    measures = [CATALOGUE[f"share_{dimension}_{name}"] for name in NAMES[dimension]]
    typical_pages = [typical(tier, measure, tier.tier) for measure in measures]
    n_posts = int(tier.posts[dimension].notna().sum())
    rests_on = typical_pages[0].with_counts(n_pages=typical_pages[0].n_pages, n_posts=n_posts)
    column = [basis(rests_on), *(in_cell(estimate) for estimate in typical_pages)]
    frame = table.frame.assign(**{f"Typical page, {tier.label}": column})
    note = "In brackets: 95% interval (exact, from the ordered pages of the tier)."
    return with_note(replace(table, frame=frame), note)


def shares_figure(content: Content, dimension: Dimension) -> Sentence | ShownFigure:
    """Draw the share of each class at the typical page of every tier."""
    if not content.measured:
        return NO_PURPOSES
    selection = content.selection
    found = {
        class_label(name): {
            tier: _share(content, dimension, name, tier) for tier in selection.tiers
        }
        for name in NAMES[dimension]
    }
    titles = {"purpose": "What posts are for", "strategy": "How posts speak"}
    return shares_per_class(selection, titles[dimension], found)


def _shares(content: Content, dimension: Dimension, name: str) -> Estimates:
    return {tier: _share(content, dimension, name, tier) for tier in groups(content.selection)}


def _share(content: Content, dimension: Dimension, name: str, tier: str) -> Estimate:
    posts = content.posts_of(tier)
    n_posts = int(posts[dimension].notna().sum())
    return typical_of_class(content, CATALOGUE[f"share_{dimension}_{name}"], tier, n_posts)


def _share_rows(content: Content, dimension: Dimension) -> list[dict[str, Any]]:
    return [
        row
        for name in NAMES[dimension]
        for row in rows_of(
            content.selection,
            CATALOGUE[f"share_{dimension}_{name}"],
            _shares(content, dimension, name),
        )
    ]
