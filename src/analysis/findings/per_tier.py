"""Estimates per tier, and the tables in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import typical_page
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.selection import Selection, of_tier
from analysis.sentences import (
    NOT_MEASURED,
    basis,
    capitalised,
    interval_in_words,
    value_in_words,
)
from analysis.showing import ShownTable, result_row
from analysis.study import ALL_TIERS

Estimates = dict[str, Estimate]
TYPICAL = "median over pages"
OWN_NUMBER = "it is the page's own number"
UNMEASURED = f"{NOT_MEASURED} in these data"


def groups(selection: Selection) -> tuple[str, ...]:
    """The tiers to show, with all tiers together behind them where there are several."""
    several = len(selection.tiers) > 1
    return (*selection.tiers, ALL_TIERS) if several else selection.tiers


def the_page(selection: Selection) -> str:
    """Name the page that numbers are of, to stand within a sentence: the one, or the typical."""
    return say("this page") if selection.page else say("the typical page")


def pages_of(selection: Selection, tier: str) -> pd.DataFrame:
    """Measures of the pages of one group; one row per page."""
    return of_tier(selection.measures, tier)


def typical(selection: Selection, measure: Measure, tier: str) -> Estimate:
    """Estimate the typical page of a group; what no page has is not measured."""
    table = pages_of(selection, tier)
    measured = table[measure.name].dropna()
    rests_on = measure.rests_on(selection.material).reindex(measured.index)
    if measured.empty:
        return not_estimable(
            _why_missing(table),
            n_pages=0,
            n_posts=0,
            unit=measure.unit,
            method="median over pages",
        )
    found = typical_page(measured.to_numpy(), n_posts=int(rests_on.sum()), unit=measure.unit)
    return replace(found, reason=OWN_NUMBER) if selection.page else found


def _why_missing(table: pd.DataFrame) -> str:
    if table["n_posts"].sum() == 0:
        return "there are no posts"
    return UNMEASURED


def typical_per_tier(selection: Selection, measure: Measure) -> Estimates:
    """Estimate the typical page of every group shown."""
    return {tier: typical(selection, measure, tier) for tier in groups(selection)}


def rows_of(
    selection: Selection,
    measure: Measure,
    estimates: Mapping[str, Estimate],
    *,
    statistic: str = TYPICAL,
) -> list[dict[str, Any]]:
    """Make the tidy rows of a measure; ``statistic`` says how its pages are put together."""
    return rows_named(selection, measure.name, f"{statistic} of: {measure.formula}", estimates)


def rows_named(
    selection: Selection, name: str, definition: str, estimates: Mapping[str, Estimate]
) -> list[dict[str, Any]]:
    """Make the tidy rows of what is no measure of a page, one per group."""
    return [
        result_row(selection, estimate, measure=name, definition=definition, tier=tier)
        for tier, estimate in estimates.items()
    ]


def estimate_table(
    selection: Selection,
    names: Sequence[str],
    caption: str,
    *,
    estimate: Callable[[Selection, Measure], Estimates] = typical_per_tier,
    statistic: str = TYPICAL,
) -> ShownTable:
    """Show measures (rows) for every group (columns): value, interval, and what they rest on."""
    measures = [CATALOGUE[name] for name in names]
    estimates = [estimate(selection, measure) for measure in measures]
    found = {say(measure.label): of_it for measure, of_it in zip(measures, estimates, strict=True)}
    rows = [
        row
        for measure, of_it in zip(measures, estimates, strict=True)
        for row in rows_of(selection, measure, of_it, statistic=statistic)
    ]
    return table_of(selection, found, caption, rows)


def table_of(
    selection: Selection,
    found: Mapping[str, Estimates],
    caption: str,
    rows: Sequence[dict[str, Any]],
    note: str = "",
) -> ShownTable:
    """Show estimates under their labels, for every group: value, interval, what they rest on."""
    frame = pd.DataFrame(
        {
            "": [say("Rests on"), *found],
            **{
                selection.heading(tier): [
                    _most_in_words([estimates[tier] for estimates in found.values()]),
                    *(in_cell(estimates[tier]) for estimates in found.values()),
                ]
                for tier in groups(selection)
            },
        }
    )
    return ShownTable(frame, caption, rows, note=f"{note} {_note(found)}".strip())


def resting_on(table: ShownTable, rests_on: Mapping[str, Sequence[str]]) -> ShownTable:
    """Say in a table's first rows what it rests on, where no number in it rests on all of that."""
    first = pd.DataFrame(
        [[label, *said] for label, said in rests_on.items()], columns=table.frame.columns
    )
    frame = pd.concat([first, table.frame.iloc[1:]], ignore_index=True)
    return replace(table, frame=frame)


def _most_in_words(estimates: Sequence[Estimate]) -> str:
    """What a column rests on; a count that is missing in some posts rests on fewer."""
    return basis(max(estimates, key=lambda estimate: (estimate.n_posts, estimate.n_pages)))


def in_cell(estimate: Estimate) -> str:
    """Write an estimate for a table's cell: ``0.62 (0.51 to 0.75)``, or its bounds alone."""
    if not has_brackets(estimate):
        return value_in_words(estimate)
    return f"{value_in_words(estimate)} ({interval_in_words(estimate)})"


def has_brackets(estimate: Estimate) -> bool:
    """Whether a table's cell has an interval in brackets behind the value."""
    return estimate.estimable and estimate.has_interval


def _note(found: Mapping[str, Estimates]) -> str:
    """Say below a table what the brackets mean, and why some numbers stand alone or are missing."""
    estimates = [estimate for row in found.values() for estimate in row.values()]
    methods = "; ".join(sorted({say.reason(one.method) for one in filter(has_brackets, estimates)}))
    said = [say("In brackets: 95% interval ({method}).", method=methods)] if methods else []
    return " ".join([*said, *_reasons(found)])


def _reasons(found: Mapping[str, Estimates]) -> list[str]:
    """Give every reason once, with the row it is of where it is of one row alone."""
    rows: dict[str, list[str]] = {}
    for label, of_row in found.items():
        for reason in {estimate.reason for estimate in of_row.values()} - {"", UNMEASURED}:
            rows.setdefault(reason, []).append(label)
    of_one = {
        reason: f"{labels[0]}: " if len(labels) == 1 < len(found) else ""
        for reason, labels in rows.items()
    }
    return sorted(f"{capitalised(row + say.reason(reason))}." for reason, row in of_one.items())
