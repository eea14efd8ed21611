"""Findings of notebook 05: what are the posts for, and how far can that be trusted.

Each takes the ``Content`` that `classify` makes once; ``responses`` has what the posts get.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.content.rules import Dimension, classes
from analysis.content.words import class_in_words, class_of, example
from analysis.figures.content import shares_per_class
from analysis.findings.per_tier import (
    Estimates,
    groups,
    has_brackets,
    in_cell,
    rows_of,
    table_of,
    the_page,
    typical,
)
from analysis.findings.post_purposes import (
    NAMES,
    Content,
    classify,
    differs,
    no_purposes,
    ratios_to_other_posts,
    typical_of_class,
    with_note,
)
from analysis.findings.responses import tail_in_words
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.content import PURPOSES
from analysis.selection import Selection
from analysis.sentences import (
    basis,
    count,
    in_brackets,
    interval_and_level,
    joined,
    number,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS

__all__ = ["agreement", "answer", "classify", "rules", "shares", "shares_figure"]


def answer(content: Content) -> Sentence:
    """Say what the posts are for, which of them get more response, and what stays open."""
    if not content.measured:
        return Sentence(content.why_not_measured)
    purposes = [_purposes_in_words(content, tier) for tier in groups(content.selection)]
    crises = tail_in_words(content) if content.reliable("purpose", "crisis") else Sentence("")
    said = [
        say("What the posts of {page} are for:", page=the_page(content.selection)),
        "\n".join(purposes),
        _responses_in_words(content),
        crises.text,
        _open_in_words(content),
    ]
    rows = [*_share_rows(content, "purpose"), *crises.rows]
    return Sentence("\n\n".join(filter(None, said)), rows)


def _purposes_in_words(content: Content, tier: str) -> str:
    """Make a line of a list: the purposes of one tier, the most usual first."""
    found = {name: _share(content, "purpose", name, tier) for name in PURPOSES}
    known = [(e.value, name) for name, e in found.items() if e.value is not None]
    present = [name for value, name in sorted(known, reverse=True) if value]
    heading = content.selection.heading(tier)
    if not known:
        return say("- **{pages}**: not measured.", pages=heading)
    if not present:
        return say(
            "- **{pages}**: no purpose is found on more than half of the pages.", pages=heading
        )
    first, *others = present
    said = say(
        "- **{pages}**: most often **{purpose}**, {share} of the posts ({brackets})",
        pages=heading,
        purpose=class_in_words(first),
        share=value_in_words(found[first]),
        brackets=in_brackets(found[first]),
    )
    if not others:
        return f"{said}."
    rest = joined([f"{class_in_words(name)} {value_in_words(found[name])}" for name in others])
    return say("{said}; then {rest}.", said=said, rest=rest)


def _responses_in_words(content: Content) -> str:
    ratios = ratios_to_other_posts(content, "purpose", "interactions")
    told = {name: ratio for name, ratio in ratios.items() if content.reliable("purpose", name)}
    shown = [_times_as_much(name, ratio) for name, ratio in told.items() if differs(ratio)]
    if shown:
        return say("Beside the other posts of the same page, {shown}.", shown=joined(shown))
    if not told:
        return say("Which purpose gets more response is **left open**: no class may be relied on.")
    if not any(ratio.has_interval for ratio in told.values()):
        (reason, *_) = (reason_in_words(ratio) for ratio in told.values())
        return say("Which purpose gets more response is **not estimable**. {reason}", reason=reason)
    return say(
        "No purpose is shown to get more or less response than the other posts of the same page, "
        "which is not the same as no difference."
    )


def _times_as_much(name: str, ratio: Estimate) -> str:
    return say(
        "**{purpose}** posts get {times} times as much ({interval})",
        purpose=class_in_words(name),
        times=value_in_words(ratio),
        interval=interval_and_level(ratio),
    )


def _open_in_words(content: Content) -> str:
    """Say on which classes no conclusion rests, and why."""
    if not content.coded:
        return say(
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
                say("Class"): class_of(dimension, rule.name),
                say("What such a post does"): say(rule.meaning),
                say("Example"): example(rule),
                say("Known errors of the rule"): say(rule.errors),
                say("Posts"): number(int((found[dimension] == rule.name).sum())),
            }
            for dimension, of in classes().items()
            for rule in of.all
        ]
    )
    shown = frame if content.measured else frame.drop(columns=say("Posts"))
    return ShownTable(shown, say("The rules, in the order in which they are tried"))


def agreement(content: Content) -> Sentence | ShownTable:
    """Tabulate how well coders agree with each other and with the rules."""
    if not content.coded:
        return _nobody_coded(content) if content.measured else no_purposes()
    frame = pd.DataFrame(
        [
            {
                say("Class"): class_of(found.dimension, found.name),
                say("Posts given it"): number(found.n_given),
                say("Alpha between coders"): in_cell(found.coders),
                say("Alpha with the rules"): in_cell(found.rules),
                say("Conclusions"): say("may rest on it") if found.enough else say("none"),
            }
            for found in content.agreements
        ]
    )
    caption = say("Agreement on each class")
    return ShownTable(frame, caption, _agreement_rows(content), _below_agreement(content))


def _nobody_coded(content: Content) -> Sentence:
    return Sentence(
        say(
            "How often the rules are wrong is **not measured**: no post of this study was coded "
            "by hand. Needed: two people who code the same posts, drawn with "
            "`bereik code draw {study} FILE --what posts`.",
            study=content.selection.study.name,
        )
    )


def _below_agreement(content: Content) -> str:
    by_hand = say(
        "{posts} of this selection have a hand code, which comes before the rule's.",
        posts=count(content.n_by_hand, "post"),
    )
    reasons = {reason_in_words(e) for found in content.agreements for e in found.both if e.reason}
    brackets = []
    if any(has_brackets(estimate) for found in content.agreements for estimate in found.both):
        brackets = [
            say("In brackets: 95% interval over the pages of the coded posts (approximate).")
        ]
    return " ".join([*brackets, by_hand, *sorted(reasons)])


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
        return no_purposes()
    found = {class_in_words(name): _shares(content, dimension, name) for name in NAMES[dimension]}
    caption = _caption(content.selection, dimension)
    table = table_of(content.selection, found, caption, _share_rows(content, dimension))
    if content.tier_of_page is not None:
        table = _beside_tier(table, content.tier_of_page, dimension)
    return with_note(table, content.no_conclusion(dimension))


def _caption(selection: Selection, dimension: Dimension) -> str:
    if selection.page:
        return {
            "purpose": say("Share of posts by purpose"),
            "strategy": say("Share of posts by strategy"),
        }[dimension]
    return {
        "purpose": say("Share of posts by purpose, at the typical page"),
        "strategy": say("Share of posts by strategy, at the typical page"),
    }[dimension]


def _beside_tier(table: ShownTable, tier: Selection, dimension: Dimension) -> ShownTable:
    """Put the typical page of the tier beside the one page."""
    measures = [CATALOGUE[f"share_{dimension}_{name}"] for name in NAMES[dimension]]
    typical_pages = [typical(tier, measure, tier.tier) for measure in measures]
    n_posts = int(tier.posts[dimension].notna().sum())
    rests_on = typical_pages[0].with_counts(n_pages=typical_pages[0].n_pages, n_posts=n_posts)
    column = [basis(rests_on), *(in_cell(estimate) for estimate in typical_pages)]
    heading = say("Typical page, {tier}", tier=tier.label)
    frame = table.frame.assign(**{heading: column})
    table = replace(table, frame=frame)
    if not any(map(has_brackets, typical_pages)):
        return table
    note = say("In brackets: 95% interval (exact, from the ordered pages of the tier).")
    return with_note(table, note)


def shares_figure(content: Content, dimension: Dimension) -> Sentence | ShownFigure:
    """Draw the share of each class at the typical page of every tier."""
    if not content.measured:
        return no_purposes()
    selection = content.selection
    found = {
        class_in_words(name): {
            tier: _share(content, dimension, name, tier) for tier in selection.tiers
        }
        for name in NAMES[dimension]
    }
    titles = {"purpose": say("What posts are for"), "strategy": say("How posts speak")}
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
