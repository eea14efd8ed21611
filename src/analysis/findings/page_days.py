"""What a whole page does on its ordinary day: notebook 03."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.findings.per_tier import (
    OWN_NUMBER,
    UNMEASURED,
    Estimates,
    groups,
    resting_on,
    rows_named,
    table_of,
    the_page,
)
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import typical_page
from analysis.language import say
from analysis.measures.page_days import ordinary_days
from analysis.selection import Selection, of_tier
from analysis.sentences import count
from analysis.showing import Sentence, ShownTable
from analysis.vocabulary import PAGE_VARIABLES

UNITS = {
    "reach": "people per day",
    "views": "views per day",
    "visits": "visits per day",
    "follows": "new followers per day",
    "interactions": "interactions per day",
    "link_clicks": "clicks per day",
}


@dataclass(frozen=True)
class _Number:
    """One number of whole pages: ``pages`` has the ``value`` of each, and its ``n_days``."""

    label: str
    measure: str
    formula: str
    unit: str
    pages: pd.DataFrame


def _labels() -> dict[str, str]:
    """Name what is counted of a page."""
    return {
        "reach": say("People reached"),
        "views": say("Times shown"),
        "visits": say("Visits to the page"),
        "follows": say("New followers"),
        "interactions": say("Interactions"),
        "link_clicks": say("Clicks on links"),
    }


def ordinary_day(selection: Selection) -> Sentence | ShownTable:
    """Tabulate what is counted of a whole page on its ordinary day."""
    numbers = list(_numbers(selection))
    if not numbers:
        return Sentence(
            say(
                "What whole pages do in a day is **not measured** in these data: only the owner of "
                "a page has its numbers per day."
            )
        )
    found = {number.label: _typical_per_tier(selection, number) for number in numbers}
    rows = [
        row
        for number in numbers
        for row in rows_named(selection, number.measure, number.formula, found[number.label])
    ]
    caption = say("The whole page on an ordinary day, at {page}", page=the_page(selection))
    return resting_on(table_of(selection, found, caption, rows), _rests_on(selection, numbers))


def _numbers(selection: Selection) -> Iterator[_Number]:
    """Every number there is, under each of its names; people reached per follower as well."""
    days = ordinary_days(selection.page_days)
    for variable in PAGE_VARIABLES:
        for name, pages in days[days["variable"] == variable].groupby("definition"):
            number = _Number(
                label=f"{_labels()[variable]} (“{name}”)",
                measure=f"page_day_{variable}",
                formula=f"median over pages of: median over days of “{name}”, of the whole page",
                unit=UNITS[variable],
                pages=pages.set_index("page_id"),
            )
            yield number
            if variable == "reach":
                yield from _per_follower(selection, number)


def _per_follower(selection: Selection, number: _Number) -> Iterator[_Number]:
    """Give a number per follower of each page; nothing where no page has followers."""
    followers = selection.measures["followers"].where(lambda people: people > 0)
    rate = number.pages["value"] / followers.reindex(number.pages.index)
    if rate.notna().any():
        yield _Number(
            label=say("{number}, per follower", number=number.label),
            measure="page_day_reach_rate",
            formula=f"{number.formula} / F",
            unit="share of followers",
            pages=number.pages.assign(value=rate).dropna(subset=["value"]),
        )


def _typical_per_tier(selection: Selection, number: _Number) -> Estimates:
    return {
        tier: _typical(selection, of_tier(number.pages, tier), number.unit)
        for tier in groups(selection)
    }


def _typical(selection: Selection, pages: pd.DataFrame, unit: str) -> Estimate:
    """Estimate the typical page; a day is no post, so there are none to count."""
    if pages.empty:
        return not_estimable(
            UNMEASURED, n_pages=0, n_posts=0, unit=unit, method="median over pages"
        )
    found = typical_page(pages["value"], n_posts=0, unit=unit)
    return replace(found, reason=OWN_NUMBER) if selection.page else found


def _rests_on(selection: Selection, numbers: list[_Number]) -> dict[str, list[str]]:
    """Say on how many pages and days each number rests; once where that is the same for all."""
    said = {
        say("{number}: rests on", number=number.label): [
            _pages_and_days(of_tier(number.pages, tier)) for tier in groups(selection)
        ]
        for number in numbers
    }
    different = {tuple(of_number) for of_number in said.values()}
    return said if len(different) > 1 else {say("Rests on"): list(*different)}


def _pages_and_days(pages: pd.DataFrame) -> str:
    if pages.empty:
        return say("not a single page")
    return f"{count(len(pages), 'page')}, {count(pages['n_days'].sum(), 'day')}"
