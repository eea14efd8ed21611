"""Which reach it would take, and which number to ask for: notebook 03."""

from __future__ import annotations

import pandas as pd

from analysis.audience.groups import needed_of_the_middle_group, with_target_group
from analysis.audience.reach import Reach
from analysis.findings.per_tier import (
    Estimates,
    groups,
    rows_named,
    table_of,
)
from analysis.inference.estimate import Estimate
from analysis.language import say, speaking
from analysis.selection import Selection
from analysis.sentences import about, count, percentage
from analysis.showing import Sentence, ShownTable

SHARES = (0.01, 0.02, 0.05, 0.10)
SHARE_WITHOUT_CLAIM = 0.05


def wanted_share(selection: Selection) -> float:
    """Give the share of the target group from which an audience is not small.

    The upper threshold of the study's claim on an ordinary post; 5 % where there is no such claim.
    """
    claim = selection.study.claims.get("small_audience_post")
    return claim.above if claim else SHARE_WITHOUT_CLAIM


def break_even(selection: Selection, reach: Reach) -> Sentence | ShownTable:
    """Tabulate which reach per follower it takes to reach shares of the target group."""
    if not needed_reach(reach, selection.tier, wanted_share(selection)).n_pages:
        return Sentence(
            say(
                "What it takes is **not known** without {lacking}: these data do not have it.",
                lacking=lacking(reach.of(selection.tier).pages),
            )
        )
    found = {
        share: {tier: needed_reach(reach, tier, share) for tier in groups(selection)}
        for share in SHARES
    }
    labels = {
        share: say("{share} of the target group", share=percentage(share)) for share in SHARES
    }
    rows = [
        row
        for share, estimates in found.items()
        for row in rows_named(
            selection, "break_even_reach", f"table: {break_even_definition(share)}", estimates
        )
    ]
    return table_of(
        selection,
        {labels[share]: estimates for share, estimates in found.items()},
        _caption(selection),
        rows,
        " ".join(_how_to_read(found[SHARES[0]])),
    )


def lacking(pages: pd.DataFrame) -> str:
    """Name what these pages lack of followers and the size of the target group."""
    has_followers = bool((pages["followers"] > 0).any())
    has_size = not with_target_group(pages).empty
    if has_size and not has_followers:
        return say("the number of followers")
    if has_followers and not has_size:
        return say("the size of the target group")
    if has_followers:
        return say("the number of followers and the size of the target group of the same page")
    return say("the number of followers and the size of the target group")


def _caption(selection: Selection) -> str:
    if selection.page:
        return say("Share of its followers a post must reach")
    return say("Share of its followers a post must reach, at the middle target group")


def _how_to_read(estimates: Estimates) -> list[str]:
    said = [say("Over 100%: more people than all followers.")]
    if any(estimate.has_interval for estimate in estimates.values()):
        said.append(
            say(
                "Between two numbers where pages share a target group: the first if nobody follows "
                "two of them, the second if all follow the largest."
            )
        )
    return said


def break_even_definition(share: float) -> str:
    """Write the formula of the reach that a share of the target group takes, in English always."""
    with speaking("en"):
        return f"median over target groups of {percentage(share)} · P / F"


def needed_reach(reach: Reach, tier: str, share: float) -> Estimate:
    """Reach per follower that a share of the middle target group takes."""
    return needed_of_the_middle_group(reach.of(tier).pages, share)


def what_to_ask(selection: Selection, reach: Reach) -> Sentence:
    """Say which number of which export settles it, and from where on."""
    missing = reach.pages[~reach.pages["measured"]]
    said = [
        *_column_to_ask(selection, missing),
        *_size_to_ask(reach.pages),
        *_what_it_settles(selection, missing),
    ]
    nothing = say("Every page here shared its reach: nothing is missing.")
    return Sentence("\n\n".join(said) or nothing)


def _column_to_ask(selection: Selection, missing: pd.DataFrame) -> list[str]:
    if missing.empty:
        return []
    ask = (
        say("**Ask the owner of this page for one column of one export**")
        if selection.page
        else say(
            "**Ask the owners of {pages} for one column of one export**",
            pages=count(len(missing), "page"),
        )
    )
    where = say(
        "Meta Business Suite, Insights, Content, export of all posts of the study's period, "
        "“lifetime” numbers; the column **“Reach from Organic posts”** (*Bereik via Organische "
        "berichten*), or “Reach” and “Reach from Boosted posts”. [How to get "
        "it](../docs/getting-data.md)."
    )
    return [f"{ask}: {where}"]


def _size_to_ask(pages: pd.DataFrame) -> list[str]:
    unknown = len(pages) - len(with_target_group(pages))
    if not unknown:
        return []
    if not (pages["followers"] > 0).any():
        return [
            say(
                "**Find the size of the target group of {pages}**, for the table of audiences: "
                "followers are not in these data, so without it reach is a number of people, and "
                "no share of anybody.",
                pages=count(unknown, "page"),
            )
        ]
    return [
        say(
            "**Find the size of the target group of {pages}**, for the table of audiences: without "
            "it reach can be held against followers only.",
            pages=count(unknown, "page"),
        )
    ]


def _what_it_settles(selection: Selection, missing: pd.DataFrame) -> list[str]:
    people = wanted_share(selection) * with_target_group(missing)["target_group_size"]
    if people.empty:
        return []
    return [
        say(
            "**What it settles.** {number} people per ordinary organic post is {share} of the "
            "target group. Compare the median over all organic posts with that: a lower one means "
            "a small audience, a higher one does not.",
            number=_from_where_on(people),
            share=percentage(wanted_share(selection)),
        )
    ]


def _from_where_on(people: pd.Series) -> str:
    lowest, highest = about(round(people.min())), about(round(people.max()))
    if lowest == highest:
        return lowest
    return say(
        "{low} (the smallest target group) to {high} (the largest)", low=lowest, high=highest
    )
