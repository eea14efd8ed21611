"""Findings of notebook 03: whom does a post reach."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.audience.groups import FOLLOWER_SHARE
from analysis.audience.reach import Reach
from analysis.findings.per_tier import (
    rows_named,
    rows_of,
    typical_per_tier,
)
from analysis.findings.reach_measured import PEOPLE, RATE
from analysis.findings.reach_modelled import MODELLED_DEFINITION, modelled_per_group
from analysis.findings.reach_needed import (
    break_even_definition,
    lacking,
    needed_reach,
    wanted_share,
)
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import count, number, percentage, value_in_words
from analysis.showing import Sentence


def answer(selection: Selection, reach: Reach) -> Sentence:
    """Say which reach it would take, and what is known of the reach there is."""
    share = wanted_share(selection)
    measured = typical_per_tier(selection, RATE)
    people = typical_per_tier(selection, PEOPLE)
    needed = {tier: needed_reach(reach, tier, share) for tier in measured}
    modelled = modelled_per_group(selection, reach, FOLLOWER_SHARE)
    known = {
        tier: _Known(
            reach.of(tier).pages, needed[tier], measured[tier], people[tier], modelled[tier]
        )
        for tier in measured
    }
    lines = [
        f"- **{selection.heading(tier)}** ({count(len(reach.of(tier).pages), 'page')}): "
        f"{known[tier].in_words()}."
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


@dataclass(frozen=True)
class _Known:
    """What is known of the reach of a group of pages, and of the reach that it takes."""

    pages: pd.DataFrame
    needed: Estimate
    rate: Estimate
    people: Estimate
    modelled: Estimate

    def in_words(self) -> str:
        """Write it as the rest of a sentence."""
        said = [self._what_it_takes(), self._what_was_measured()]
        if self.modelled.has_interval:
            said.append(
                say(
                    "on {pages} reach was not measured, and a model says **{bounds}**",
                    pages=count(self.modelled.n_pages, "page"),
                    bounds=value_in_words(self.modelled),
                )
            )
        return "; ".join(filter(None, said))

    def _what_it_takes(self) -> str:
        if self.needed.estimable or self.needed.has_interval:
            return say("it takes **{value}**", value=value_in_words(self.needed))
        return say("what it takes is **not known** without {lacking}", lacking=lacking(self.pages))

    def _what_was_measured(self) -> str:
        if self.rate.estimable:
            return say(
                "measured on {pages}: **{value}**",
                pages=count(self.rate.n_pages, "page"),
                value=value_in_words(self.rate),
            )
        if self.people.estimable:
            return say(
                "reach per follower is **not measured**, as the data have no followers; an "
                "ordinary post reaches **{people}**",
                people=say("{n} people", n=number(round(self.people.value or 0))),
            )
        return "" if self.modelled.has_interval else say("reach is **not measured**")
