"""What a loss depends on, whom pages want to reach and what else reaches them: notebook 07."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.audience.groups import with_target_group
from analysis.audience.loss import (
    hurts_from,
    others_must_reach,
    others_must_reach_if_alike,
)
from analysis.figures.loss import loss_by_other_channels
from analysis.findings.loss import NO_AUDIENCE, NO_LOSS, Known, middle_share
from analysis.findings.per_tier import (
    estimate_table,
    groups,
    rows_named,
    table_of,
)
from analysis.inference.audiences import FOLLOWER_SHARE, TARGET_GROUP_SHARE
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.sentences import (
    NOT_MEASURED,
    count,
    number,
    percentage,
)
from analysis.showing import Sentence, ShownFigure, ShownTable

CARRIERS = ["top_tenth_share", "boosted_in_top_tenth"]


def target_group(known: Known) -> Sentence | ShownTable:
    """Tabulate whom the pages want to reach, and how many of them could be reached at all."""
    pages = with_target_group(known.pages)
    if pages.empty:
        return Sentence(
            f"Whom these pages want to reach is **{NOT_MEASURED}**. The table of audiences says "
            "it; without it there is no share of anybody."
        )
    size = pages["target_group_size"]
    stated = pages[pages["otherwise_known"]]
    numbers = [
        _Number("target_group_size", "P", "People in the target group", size, "people"),
        _Number(
            "platform_share", "share of P", "Share of them on the platform", pages["platform_share"]
        ),
        _Number(
            "followers_per_target_group",
            "F / P",
            "Followers per person in the target group",
            pages["followers"] / size,
        ),
        _Number(
            "not_otherwise_low",
            "1 - o, o at its highest",
            "Not reached by other channels, at least",
            stated["not_otherwise_low"],
        ),
        _Number(
            "not_otherwise_high",
            "1 - o, o at its lowest",
            "… at most",
            stated["not_otherwise_high"],
        ),
    ]
    return _table_of_numbers(known, numbers, "Whom the typical page wants to reach")


@dataclass(frozen=True)
class _Number:
    """A number of every page: its measure and formula in the results, and its row in a table."""

    measure: str
    formula: str
    label: str
    values: pd.Series
    unit: str = TARGET_GROUP_SHARE


def _table_of_numbers(known: Known, numbers: Sequence[_Number], caption: str) -> ShownTable:
    """Tabulate numbers at the typical page of every group."""
    found = {
        one.label: {
            tier: _typical(known, tier, one.values, one.unit) for tier in groups(known.selection)
        }
        for one in numbers
    }
    rows = [
        row
        for one in numbers
        for row in rows_named(
            known.selection, one.measure, f"median over pages of: {one.formula}", found[one.label]
        )
    ]
    return table_of(known.selection, found, caption, rows)


def _typical(known: Known, tier: str, values: pd.Series, unit: str) -> Estimate:
    pages = known.of(tier)
    measured = values.reindex(pages.index).dropna()
    n_posts = int(pages.loc[measured.index, "n_posts"].sum())
    if measured.empty:
        nothing = Basis(n_pages=0, n_posts=0, unit=unit, method="median over pages")
        return nothing.nothing(f"{NOT_MEASURED} in these data")
    return typical_page(measured, n_posts=n_posts, unit=unit)


def others(known: Known) -> Sentence | ShownTable:
    """Tabulate what other channels must reach, and what posts must reach, for a verdict."""
    if known.threshold is None:
        return Sentence(
            "This study fixes no thresholds for a loss that is small, so there is no break-even to "
            "show. They go into the study file, before the data are read."
        )
    below, above = percentage(known.threshold.below), percentage(known.threshold.above)
    pages = known.pages
    followers = pages["followers"].where(pages["followers"] > 0)
    numbers = [
        _Number(
            "others_must_reach",
            f"1 - {below}; 0 where a month reaches less than {below}",
            f"Other channels must reach, for a loss under {below}, whomever",
            others_must_reach(pages, known.threshold),
        ),
        _Number(
            "others_must_reach_if_alike",
            f"1 - {below} / highest share a month reaches",
            "… if they reach the posts' audience like everyone",
            others_must_reach_if_alike(pages, known.threshold),
        ),
        _Number(
            "month_reach_that_hurts",
            f"{above} · P / F",
            f"A month must reach, per follower, for a loss over {above}",
            hurts_from(pages, known.threshold),
            FOLLOWER_SHARE,
        ),
        _Number(
            "month_reach_at_most",
            "highest reach of a month / F",
            "It reaches, per follower, at most",
            pages["month_high"] / followers,
            FOLLOWER_SHARE,
        ),
    ]
    return _table_of_numbers(known, numbers, "What would have to be true")


def others_figure(known: Known) -> Sentence | ShownFigure:
    """Draw the loss for every share that other channels may reach."""
    months = {
        tier: (estimate.low, estimate.high)
        for tier in known.selection.tiers
        if (estimate := middle_share(known, tier, "month", "share")).low is not None
        and estimate.high is not None
    }
    if not months:
        return Sentence(f"There is nothing to draw. The audience of a month is {NO_AUDIENCE}.")
    return loss_by_other_channels(known.selection, months, known.threshold)


def hard_to_reach(known: Known) -> Sentence:
    """Say how many people only the posts reach, and how many nothing reaches."""
    pages = with_target_group(known.pages)
    known_others = pages[pages["otherwise_known"]].dropna(subset=["loss_low"])
    if known_others.empty:
        return Sentence(
            f"How many people are hard to reach otherwise is {NO_LOSS}. An organisation's own "
            "survey asks it: “through which of these did you hear from us last month?”"
        )
    lines = [
        _hard_to_reach_line(known, tier, here)
        for tier in groups(known.selection)
        if len(here := known.of(tier, known_others))
    ]
    return Sentence("\n".join(lines))


def _hard_to_reach_line(known: Known, tier: str, pages: pd.DataFrame) -> str:
    size = pages["target_group_size"]
    missed = _people_between(
        (pages["not_otherwise_low"] * size).median(), (pages["not_otherwise_high"] * size).median()
    )
    reached = _people_between(
        (pages["loss_low"] * size).median(), (pages["loss_high"] * size).median()
    )
    where = f"as stated by {count(len(pages), 'page')}; numbers of the middle one"
    return (
        f"- **{known.selection.heading(tier)}** ({where}): other channels miss {missed} people. A "
        f"month of organic posts reaches {reached} of them."
    )


def _people_between(low: float, high: float) -> str:
    return f"between {number(round(low))} and {number(round(high))}"


def carriers(known: Known) -> ShownTable:
    """Tabulate how few posts carry the interactions, and whether these were paid for."""
    return estimate_table(
        known.selection, CARRIERS, "The tenth of posts that gets most, at the typical page"
    )


def who_follows(known: Known) -> Sentence:
    """Say that who follows is not who lives there, with the numbers at hand."""
    pages = with_target_group(known.pages)
    pages = pages[pages["followers"] > 0]
    if pages.empty:
        return Sentence(
            "Followers and target group are not both known, so nothing can be said of who follows."
        )
    ratio = pages["followers"] / pages["target_group_size"]
    middle = percentage(float(ratio.median()))
    page = "this page" if known.selection.page else "the middle page"
    return Sentence(
        f"The followers of {page} are **{middle}** of its target group, if all of them belonged to "
        f"it. {_more_than_all(ratio)}Who follows is not who lives there: on one page "
        "of which it was published (Morgan Hill, 2016), 1,380 of 2,650 followers were local. So "
        "every share here is at most what it says."
    )


def _more_than_all(ratio: pd.Series) -> str:
    many = int((ratio > 1).sum())
    return f"On {count(many, 'page')} there are more followers than people. " if many else ""
