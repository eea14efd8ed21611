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
    typical_per_tier,
)
from analysis.measures.catalogue import CATALOGUE
from analysis.selection import Selection
from analysis.sentences import NOT_MEASURED, count, day, statement
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.vocabulary import KINDS

POSTS_PER_WEEK = CATALOGUE["posts_per_week"]
NO_DATES = Sentence(f"When posts were published is **{NOT_MEASURED}** in these data.")


def answer(selection: Selection) -> Sentence:
    """Say how often the typical page posts, and how many posts that makes."""
    estimates = typical_per_tier(selection, POSTS_PER_WEEK)
    period = selection.study.period
    lines = [
        f"**{selection.label}**: {count(len(selection.pages), 'page')} sent "
        f"{count(len(selection.posts), 'post')} from {day(period.start)} to {day(period.end)}.",
        *(
            f"- {statement(f'{selection.heading(tier)}, posts per week', estimate)}"
            for tier, estimate in estimates.items()
        ),
    ]
    rows = rows_of(selection, POSTS_PER_WEEK, estimates)
    return Sentence("\n".join([lines[0], "", *lines[1:]]), rows)


def posts_per_week(selection: Selection) -> ShownTable:
    """Tabulate posts per week."""
    return estimate_table(selection, ["posts_per_week"], "Posts per week at the typical page")


def posts_per_week_figure(selection: Selection) -> ShownFigure:
    """Draw posts per week of every page."""
    return among_its_tier(selection, POSTS_PER_WEEK)


def months_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw posts per page over the months, or say that there are no dates."""
    return monthly_activity(selection) if has_dates(selection) else NO_DATES


def rhythm_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the rhythm of the week, or say that the days are not known."""
    known = selection.posts["published_precision"].isin(["second", "day"])
    if not known.any():
        return Sentence(f"On which days pages post is **{NOT_MEASURED}** in these data.")
    return weekly_rhythm(selection)


def rhythm(selection: Selection) -> ShownTable:
    """Tabulate working days and office hours."""
    return estimate_table(
        selection,
        ["on_working_days", "in_office_hours"],
        "Posts on working days, and in office hours (9:00 to 17:00)",
    )


def kinds(selection: Selection) -> ShownFigure | Sentence:
    """Draw the kinds of posts, or say that they are not known."""
    columns = {f"share_{kind}": kind for kind in KINDS}
    shares = selection.measures.rename(columns=columns).groupby("tier")[list(KINDS)].mean()
    shares = shares.reindex(selection.tiers).dropna(how="all")
    if shares.empty:
        return Sentence("The kind of a post is **not measured** in these data.")
    present = [kind for kind in KINDS if shares[kind].sum() > 0]
    shares.index = pd.Index([selection.heading(tier) for tier in shares.index])
    return shares_per_tier(selection, "What posts are made of", shares, present)


def bursts(selection: Selection) -> ShownTable:
    """Tabulate how much of the sending comes in bursts."""
    return estimate_table(selection, ["in_bursts", "on_busiest_day"], "Bursts at the typical page")


def longest_silence(selection: Selection) -> ShownTable:
    """Tabulate the longest time between two posts."""
    return estimate_table(selection, ["longest_silence"], "Longest time between two posts, in days")
