"""What a loss depends on, whom pages want to reach and what else reaches them: notebook 07."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.audience.groups import FOLLOWER_SHARE, TARGET_GROUP_SHARE, with_target_group
from analysis.audience.loss import (
    hurts_from,
    others_must_reach,
    others_must_reach_if_alike,
)
from analysis.figures.loss import loss_by_other_channels
from analysis.findings.loss import NO_LOSS, Known, middle_share
from analysis.findings.per_tier import (
    estimate_table,
    groups,
    rows_named,
    table_of,
    the_page,
)
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.language import say
from analysis.sentences import (
    NOT_MEASURED,
    about,
    count,
    number,
    percentage,
)
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.study import Threshold

CARRIERS = ["top_tenth_share", "boosted_in_top_tenth"]


def target_group(known: Known) -> Sentence | ShownTable:
    """Tabulate whom the pages want to reach, and how many of them could be reached at all."""
    pages = with_target_group(known.pages)
    if pages.empty:
        return Sentence(
            say(
                "Whom these pages want to reach is **not measured**. The table of audiences says "
                "it; without it there is no share of anybody."
            )
        )
    size = pages["target_group_size"]
    stated = pages[pages["otherwise_known"]]
    numbers = [
        _Number("target_group_size", "P", say("People in the target group"), size, "people"),
        _Number(
            "platform_share",
            "share of P",
            say("Share of them on the platform"),
            pages["platform_share"],
        ),
        _Number(
            "followers_per_target_group",
            "F / P",
            say("Followers per person in the target group"),
            pages["followers"] / size,
        ),
        _Number(
            "not_otherwise_low",
            "1 - o, o at its highest",
            say("Not reached by other channels, at least"),
            stated["not_otherwise_low"],
        ),
        _Number(
            "not_otherwise_high",
            "1 - o, o at its lowest",
            say("… at most"),
            stated["not_otherwise_high"],
        ),
    ]
    return _table_of_numbers(
        known, numbers, say("Whom {page} wants to reach", page=the_page(known.selection))
    )


@dataclass(frozen=True)
class _Number:
    """A number of every page: its measure and formula in the results, and its row in a table."""

    measure: str
    formula: str
    label: str
    of_pages: pd.Series
    unit: str = TARGET_GROUP_SHARE


def _table_of_numbers(known: Known, numbers: Sequence[_Number], caption: str) -> ShownTable:
    """Tabulate numbers at the typical page of every group."""
    found = {
        one.label: {
            tier: _typical(known, tier, one.of_pages, one.unit) for tier in groups(known.selection)
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
            say(
                "This study fixes no thresholds for a loss that is small, so there is no "
                "break-even to show. They go into the study file, before the data are read."
            )
        )
    numbers = [*_of_other_channels(known, known.threshold), *_of_the_posts(known, known.threshold)]
    if all(one.of_pages.isna().all() for one in numbers):
        return Sentence(say("What would have to be true is not known without that audience."))
    return _table_of_numbers(known, numbers, say("What would have to be true"))


def _of_other_channels(known: Known, threshold: Threshold) -> list[_Number]:
    below = percentage(threshold.below)
    in_formula = f"{100 * threshold.below:g}%"
    return [
        _Number(
            "others_must_reach",
            f"1 - {in_formula}; 0 where a month reaches less than {in_formula}",
            say("Other channels must reach, for a loss under {below}, whomever", below=below),
            others_must_reach(known.pages, threshold),
        ),
        _Number(
            "others_must_reach_if_alike",
            f"1 - {in_formula} / highest share a month reaches",
            say("… if they reach the posts' audience like everyone"),
            others_must_reach_if_alike(known.pages, threshold),
        ),
    ]


def _of_the_posts(known: Known, threshold: Threshold) -> list[_Number]:
    pages, above = known.pages, percentage(threshold.above)
    followers = pages["followers"].where(pages["followers"] > 0)
    return [
        _Number(
            "month_reach_that_hurts",
            f"{100 * threshold.above:g}% · P / F",
            say("A month must reach, per follower, for a loss over {above}", above=above),
            hurts_from(pages, threshold),
            FOLLOWER_SHARE,
        ),
        _Number(
            "month_reach_at_most",
            "highest reach of a month / F",
            say("It reaches, per follower, at most"),
            pages["month_high"] / followers,
            FOLLOWER_SHARE,
        ),
    ]


def others_figure(known: Known) -> Sentence | ShownFigure:
    """Draw the loss for every share that other channels may reach."""
    months = {
        tier: (estimate.low, estimate.high)
        for tier in known.selection.tiers
        if (estimate := middle_share(known, tier, "month", "share")).low is not None
        and estimate.high is not None
    }
    if not months:
        return Sentence(say("There is nothing to draw without the audience of a month."))
    return loss_by_other_channels(known.selection, months, known.threshold)


def hard_to_reach(known: Known) -> Sentence:
    """Say how many people only the posts reach, and how many nothing reaches."""
    pages = with_target_group(known.pages)
    known_others = pages[pages["otherwise_known"]].dropna(subset=["loss_low"])
    if known_others.empty:
        return Sentence(
            say(
                "How many people are hard to reach otherwise is {reason}. An organisation's own "
                "survey asks it: “through which of these did you hear from us last month?”",
                reason=say.reason(NO_LOSS),
            )
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
    values = {"tier": known.selection.heading(tier), "missed": missed, "reached": reached}
    if known.selection.page:
        return say(
            "- **{tier}** (as the study states): other channels miss {missed} people. A month of "
            "organic posts reaches {reached} of them.",
            **values,
        )
    return say(
        "- **{tier}** (as stated by {pages}; numbers of the middle one): other channels miss "
        "{missed} people. A month of organic posts reaches {reached} of them.",
        pages=count(len(pages), "page"),
        **values,
    )


def _people_between(low: float, high: float) -> str:
    return say("between {low} and {high}", low=about(round(low)), high=about(round(high)))


def carriers(known: Known) -> ShownTable:
    """Tabulate how few posts carry the interactions, and whether these were paid for."""
    return estimate_table(
        known.selection,
        CARRIERS,
        say("The tenth of posts that gets most, at {page}", page=the_page(known.selection)),
    )


def who_follows(known: Known) -> Sentence:
    """Say that who follows is not who lives there, with the numbers at hand."""
    pages = with_target_group(known.pages)
    pages = pages[pages["followers"] > 0]
    if pages.empty:
        return Sentence(
            say(
                "Followers and target group are not both known, so nothing can be said of who "
                "follows."
            )
        )
    ratio = pages["followers"] / pages["target_group_size"]
    said = [
        _followers_in_words(known, percentage(float(ratio.median()))),
        _more_than_all(ratio),
        say(
            "Who follows is not who lives there: on one page of which it was published (Morgan "
            "Hill, 2016), {local} of {all} followers were local. So every share here is at most "
            "what it says.",
            local=number(1380),
            all=number(2650),
        ),
    ]
    return Sentence(" ".join(filter(None, said)))


def _followers_in_words(known: Known, share: str) -> str:
    if known.selection.page:
        return say(
            "The followers of this page are **{share}** of its target group, if all of them "
            "belonged to it.",
            share=share,
        )
    return say(
        "The followers of the middle page are **{share}** of its target group, if all of them "
        "belonged to it.",
        share=share,
    )


def _more_than_all(ratio: pd.Series) -> str:
    many = int((ratio > 1).sum())
    if not many:
        return ""
    return say("On {pages} there are more followers than people.", pages=count(many, "page"))
