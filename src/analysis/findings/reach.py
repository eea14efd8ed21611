"""Findings of notebook 03: whom does a post reach."""

from __future__ import annotations

from analysis.audience.groups import FOLLOWER_SHARE
from analysis.audience.reach import Reach
from analysis.findings.per_tier import (
    rows_named,
    rows_of,
    typical_per_tier,
)
from analysis.findings.reach_measured import RATE
from analysis.findings.reach_modelled import MODELLED_DEFINITION, modelled_per_group
from analysis.findings.reach_needed import break_even_definition, needed_reach, wanted_share
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import count, percentage, value_in_words
from analysis.showing import Sentence


def answer(selection: Selection, reach: Reach) -> Sentence:
    """Say which reach it would take, and what is known of the reach there is."""
    share = wanted_share(selection)
    measured = typical_per_tier(selection, RATE)
    needed = {tier: needed_reach(reach, tier, share) for tier in measured}
    modelled = modelled_per_group(selection, reach, FOLLOWER_SHARE)
    lines = [
        f"- **{selection.heading(tier)}** ({count(len(reach.of(tier).pages), 'page')}): "
        f"{_in_words(measured[tier], needed[tier], modelled[tier])}."
        for tier in measured
    ]
    opening = say(
        "How much of its followers an ordinary organic post must reach to reach {share} of the "
        "target group, and how much it does reach:",
        share=percentage(share),
    )
    rows = [
        *rows_of(selection, RATE, measured),
        *rows_named(selection, "break_even_reach", break_even_definition(share), needed),
        *rows_named(selection, "modelled_reach_rate", MODELLED_DEFINITION, modelled),
    ]
    return Sentence("\n".join([opening, "", *lines]), rows)


def _in_words(measured: Estimate, needed: Estimate, modelled: Estimate) -> str:
    said = [_what_it_takes(needed)]
    if measured.estimable:
        said.append(
            say(
                "measured on {pages}: **{value}**",
                pages=count(measured.n_pages, "page"),
                value=value_in_words(measured),
            )
        )
    if modelled.has_interval:
        said.append(
            say(
                "not measured on {pages}, where a model says **{bounds}**",
                pages=count(modelled.n_pages, "page"),
                bounds=value_in_words(modelled),
            )
        )
    if len(said) == 1:
        said.append(say("reach is **not measured**"))
    return "; ".join(said)


def _what_it_takes(needed: Estimate) -> str:
    value = value_in_words(needed)
    if needed.estimable or needed.has_interval:
        return say("it takes **{value}**", value=value)
    return say("what it takes is **{value}**", value=value)
