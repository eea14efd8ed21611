"""Findings about one page within its tier: better or worse than like pages, or luck.

Used by every notebook in which a page has a number of its own.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.funnel import funnel
from analysis.figures.tiers import pages_by_tier
from analysis.findings.pages_in_tier import (
    FEWEST_LIKE_PAGES,
    TierPages,
    What,
    nearest_in_followers,
    pages_of_tier,
)
from analysis.findings.per_tier import typical
from analysis.inference.estimate import Estimate
from analysis.inference.funnel import Funnel
from analysis.inference.multiplicity import SIGNIFICANT
from analysis.language import say
from analysis.measures.measure import Measure
from analysis.selection import Selection
from analysis.sentences import (
    capitalised,
    count,
    interval_and_level,
    joined,
    level_in_words,
    number,
    p_value,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS

MOST_NAMES = 6


def standing(selection: Selection, what: What) -> Sentence:
    """Say where the page stands in its tier; for a tier, which of its pages stand out."""
    if selection.page:
        return _standing_of_page(selection, what)
    tiers = [pages_of_tier(selection, what, tier) for tier in selection.tiers]
    lines = [_standing_out_in_words(selection, pages) for pages in tiers]
    rows = [
        _row(selection, pages, page, estimate)
        for pages in tiers
        for page, estimate in pages.standing_out.items()
    ]
    return Sentence("\n".join([*lines, "", _how_to_get_a_page(selection)]), rows)


def _standing_of_page(selection: Selection, what: What) -> Sentence:
    pages = pages_of_tier(selection, what, selection.tier)
    page, tier = selection.page, selection.study.tier_label(selection.tier)
    if page not in pages.table.index:
        return Sentence(
            say(
                "Where **{page}** stands by {rate} is **not measured**: that needs {needed}.",
                page=selection.label,
                rate=pages.words,
                needed=_needed_for(what),
            )
        )
    place, other = pages.place(page), pages.against_the_others[page]
    like = pages.against_like_sized(page)
    if not place.estimable:
        said = say(
            "**{page}** is alone in {tier}, so it has no place there.",
            page=selection.label,
            tier=tier,
        )
        return Sentence(said)
    beside_others = say(
        "Beside the typical other page of {tier}: {times}", tier=tier, times=_times_in_words(other)
    )
    lines = [
        _place_in_words(selection, pages, place),
        "",
        f"- {beside_others}",
        f"- {_beside_like_sized(pages.like_sized(page), like)}",
    ]
    rows = [
        _row(selection, pages, page, place, definition="place, from the highest rate"),
        _row(selection, pages, page, other),
        _row(selection, pages, page, like, definition="ratio to like-sized pages"),
    ]
    return Sentence("\n".join(lines), rows)


def _needed_for(what: What) -> str:
    return {
        "interactions": say("at least two posts whose interactions were counted"),
        "posts": say("the day of every post, over two weeks or more"),
    }[what]


def _place_in_words(selection: Selection, pages: TierPages, place: Estimate) -> str:
    return say(
        "**{page}** is number **{place} of {all}** in {tier} by {rate}. Its true place lies "
        "between {low} and {high} ({level} interval).",
        page=selection.label,
        place=value_in_words(place),
        all=number(place.n_pages),
        tier=selection.study.tier_label(pages.tier),
        rate=pages.words,
        low=_end_in_words(place.low),
        high=_end_in_words(place.high),
        level=level_in_words(place.level),
    )


def _end_in_words(end: float | None) -> str:
    """Write one end of an interval of places."""
    return say("not known") if end is None else number(end)


def _beside_like_sized(like: pd.DataFrame, ratio: Estimate) -> str:
    times = _times_in_words(ratio)
    if like.empty:
        return say("Beside pages of like size: {times}", times=times)
    return say(
        "Beside the {pages} nearest in followers ({low} to {high}): {times}",
        pages=count(len(like), "page"),
        low=number(round(like["followers"].min())),
        high=number(round(like["followers"].max())),
        times=times,
    )


def _times_in_words(ratio: Estimate) -> str:
    if ratio.p is None:
        return f"**{value_in_words(ratio)}**. {reason_in_words(ratio)}"
    as_much = say(
        "**{times} times** as much ({interval}; {p})",
        times=value_in_words(ratio),
        interval=interval_and_level(ratio),
        p=p_value(ratio.p),
    )
    if ratio.p < SIGNIFICANT:
        luck = say("pages seldom differ so much, so it stands out")
    else:
        luck = say("these pages differ that much anyway, so it does not stand out")
    return f"{as_much}: {luck}."


def _standing_out_in_words(selection: Selection, pages: TierPages) -> str:
    label, n_pages = selection.study.tier_label(pages.tier), len(pages.table)
    if n_pages <= FEWEST_LIKE_PAGES:
        return say(
            "- **{label}**: {pages} with a rate, too few to tell luck from more.",
            label=label,
            pages=count(n_pages, "page"),
        )
    if not pages.standing_out:
        return say(
            "- **{label}**: none of {pages} stands out by {rate}; they differ, but none more than "
            "the others make likely.",
            label=label,
            pages=count(n_pages, "page"),
            rate=pages.words,
        )
    return say(
        "- **{label}**: {n} of {pages} by {rate} further from the others than luck among so many "
        "would bring: {names}.",
        label=label,
        n=number(len(pages.standing_out)),
        pages=count(n_pages, "page"),
        rate=pages.words,
        names=_not_too_many(_named(pages)),
    )


def _named(pages: TierPages) -> list[str]:
    names = pages.table["name"].to_dict()
    return [
        say(
            "{page} ({times} times the typical other page)",
            page=names[page],
            times=value_in_words(ratio),
        )
        for page, ratio in pages.standing_out.items()
    ]


def _not_too_many(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return joined([*names[:MOST_NAMES], *([say("{n} more", n=more)] if more > 0 else [])])


def _how_to_get_a_page(selection: Selection) -> str:
    if selection.pages.empty:
        return ""
    example = shlex.quote(str(selection.pages["page_id"].iloc[0]))
    return say(
        "`bereik run {study} --page {example}` makes the report of one page within its tier; in an "
        "open notebook, `page` takes the same id.",
        example=example,
        study=selection.study.name,
    )


def _row(
    selection: Selection,
    pages: TierPages,
    page: str,
    estimate: Estimate,
    definition: str = "ratio to the tier's other pages",
) -> dict[str, Any]:
    return result_row(
        selection,
        estimate,
        measure=pages.measure.name,
        definition=definition,
        tier=pages.tier,
        page_id=page,
    )


def in_its_tier(selection: Selection, what: What) -> Sentence | ShownFigure:
    """Draw the funnel of the tier, with the page marked where there is one."""
    if selection.tier == ALL_TIERS:
        return Sentence(
            say(
                "A page is held against its own tier: the report of one tier draws its pages, with "
                "the limits between which like pages lie."
            )
        )
    pages = pages_of_tier(selection, what, selection.tier)
    others = pages.table.drop(selection.page, errors="ignore") if selection.page else pages.table
    if len(others) < FEWEST_LIKE_PAGES:
        return Sentence(_no_funnel(selection, pages.words, len(others)))
    limits = Funnel.of(others["log_rate"], others["error"])
    return funnel(selection, capitalised(pages.words), pages.measure, pages.table, limits)


def _no_funnel(selection: Selection, rate: str, n_others: int) -> str:
    numbers = {
        "fewest": FEWEST_LIKE_PAGES,
        "rate": rate,
        "pages": count(n_others, "page"),
    }
    if selection.page:
        return say(
            "There is no funnel to draw: it needs {fewest} other pages of the tier with {rate}, "
            "and the data have {pages}.",
            **numbers,
        )
    return say(
        "There is no funnel to draw: it needs {fewest} pages of the tier with {rate}, and the data "
        "have {pages}.",
        **numbers,
    )


def among_its_tier(selection: Selection, measure: Measure) -> ShownFigure:
    """Draw a measure of every page shown, a single page among all of its tier."""
    whole = replace(selection, page="")
    estimates = {tier: typical(whole, measure, tier) for tier in selection.tiers}
    return pages_by_tier(selection, measure, estimates, pages=whole.measures)


def like_sized(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the pages of the tier nearest in followers beside the page; of several, nothing."""
    if not selection.page:
        return Sentence("")
    tier = selection.study_measures
    tier = tier[tier["tier"] == selection.tier]
    like = nearest_in_followers(tier, selection.page)
    if like.empty:
        return Sentence(_why_none_is_like(selection, tier))
    caption = say("The {pages} nearest in followers", pages=count(len(like), "page"))
    return ShownTable(_beside_each_other(like, tier.loc[[selection.page]]), caption)


def _why_none_is_like(selection: Selection, tier: pd.DataFrame) -> str:
    """Say what is missing: other pages at all, the followers of this page, or theirs."""
    names = {"page": selection.label, "tier": selection.study.tier_label(selection.tier)}
    if tier.drop(selection.page, errors="ignore").empty:
        return say(
            "No page is like **{page}** in size here: these data hold no other page of {tier}.",
            **names,
        )
    followers = tier["followers"].to_dict().get(selection.page, np.nan)
    if not followers > 0:
        return say(
            "Which pages are like **{page}** in size is **not measured**: its own followers are "
            "not known.",
            page=selection.label,
        )
    return say(
        "Which pages are like **{page}** in size is **not measured**: the followers of the other "
        "pages of {tier} are not known.",
        **names,
    )


def _beside_each_other(like: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Write the page among its like, from the fewest followers to the most, and their middle."""
    shown = pd.concat([like, own]).sort_values("followers")
    marked = [
        say("{page} (this page)", page=name) if page in own.index else name
        for page, name in shown["name"].items()
    ]
    columns = _columns_beside()
    cells = {
        label: [_cell(value, name) for value in shown[name]] for name, label in columns.items()
    }
    middle = {label: _cell(like[name].median(), name) for name, label in columns.items()}
    frame = pd.DataFrame({say("Page"): marked, **cells})
    frame.loc[len(frame)] = {say("Page"): say("Middle of the other pages"), **middle}
    return frame


def _columns_beside() -> dict[str, str]:
    """The columns of the table of like-sized pages, and what stands above them."""
    return {
        "followers": say("Followers"),
        "n_posts": say("Posts"),
        "posts_per_week": say("Posts per week"),
        "interactions_per_post": say("Ordinary post: interactions"),
        "interactions_per_1000_followers": say("… per 1,000 followers"),
        "no_comment": say("Posts without a comment"),
    }


def _cell(value: float, column: str) -> str:
    if pd.isna(value):
        return say("not measured")
    if column in ("followers", "n_posts"):
        return number(round(value))
    return f"{value:.0%}" if column == "no_comment" else number(value)
