"""Findings of notebook 01: how much do they send."""

from __future__ import annotations

import pandas as pd

from analysis.figures.tiers import shares_per_tier
from analysis.figures.time import has_dates, monthly_activity
from analysis.figures.time import rhythm as weekly_rhythm
from analysis.findings.one_page import among_its_tier
from analysis.findings.per_tier import (
    estimate_table,
    rows_of,
    the_page,
    typical_per_tier,
)
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.selection import Selection
from analysis.sentences import count, day, statement
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.vocabulary import KINDS, kind_in_words

POSTS_PER_WEEK = CATALOGUE["posts_per_week"]


def answer(selection: Selection) -> Sentence:
    """Say how often the typical page posts, and how many posts that makes."""
    estimates = typical_per_tier(selection, POSTS_PER_WEEK)
    lines = [
        f"- {statement(_posts_per_week_of(selection.heading(tier)), estimate)}"
        for tier, estimate in estimates.items()
    ]
    rows = rows_of(selection, POSTS_PER_WEEK, estimates)
    return Sentence("\n".join([_how_much_was_sent(selection), "", *lines]), rows)


def _how_much_was_sent(selection: Selection) -> str:
    period = selection.study.period
    return say(
        "**{label}**: {pages} sent {posts} from {start} to {end}.",
        label=selection.label,
        pages=count(len(selection.pages), "page"),
        posts=count(len(selection.posts), "post"),
        start=day(period.start),
        end=day(period.end),
    )


def _posts_per_week_of(label: str) -> str:
    return say("{label}, posts per week", label=label)


def posts_per_week(selection: Selection) -> ShownTable:
    """Tabulate posts per week."""
    return estimate_table(
        selection, ["posts_per_week"], say("Posts per week at {page}", page=the_page(selection))
    )


def posts_per_week_figure(selection: Selection) -> ShownFigure:
    """Draw posts per week of every page."""
    return among_its_tier(selection, POSTS_PER_WEEK)


def months_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw posts per page over the months, or say that there are no dates."""
    if not has_dates(selection):
        return Sentence(say("When posts were published is **not measured** in these data."))
    return monthly_activity(selection)


def rhythm_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the rhythm of the week, or say that the days are not known."""
    known = selection.posts["published_precision"].isin(["second", "day"])
    if not known.any():
        return Sentence(say("On which days pages post is **not measured** in these data."))
    return weekly_rhythm(selection)


def rhythm(selection: Selection) -> ShownTable:
    """Tabulate working days and office hours."""
    return estimate_table(
        selection,
        ["on_working_days", "in_office_hours"],
        say("Posts on working days, and in office hours (9:00 to 17:00)"),
    )


def kinds(selection: Selection) -> ShownFigure | Sentence:
    """Draw the kinds of posts, or say that they are not known."""
    columns = {f"share_{kind}": kind_in_words(kind) for kind in KINDS}
    kinds = list(columns.values())
    shares = selection.measures.rename(columns=columns).groupby("tier")[kinds].mean()
    shares = shares.reindex(selection.tiers).dropna(how="all")
    if shares.empty:
        return Sentence(say("The kind of a post is **not measured** in these data."))
    present = [kind for kind in kinds if shares[kind].sum() > 0]
    shares.index = pd.Index([selection.heading(tier) for tier in shares.index])
    return shares_per_tier(selection, say("What posts are made of"), shares, present)


def bursts(selection: Selection) -> ShownTable:
    """Tabulate how much of the sending comes in bursts."""
    return estimate_table(
        selection,
        ["in_bursts", "on_busiest_day"],
        say("Bursts at {page}", page=the_page(selection)),
    )


def longest_silence(selection: Selection) -> ShownTable:
    """Tabulate the longest time between two posts."""
    return estimate_table(
        selection, ["longest_silence"], say("Longest time between two posts, in days")
    )
