"""Findings of notebook 07 on effect and cost: clicks, hours and prices, advertising."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.costs import COSTS, people_per_post_for
from analysis.figures.loss import price_of_reach
from analysis.findings.loss import Known
from analysis.findings.per_tier import estimate_table, groups, rows_named, table_of
from analysis.inference.estimate import Basis, Estimate
from analysis.sentences import NOT_MEASURED, count, day, number
from analysis.showing import Sentence, ShownFigure, ShownTable

EFFECT = ["link_clicks_per_post", "link_clicks_per_1000_reached"]
ONE_REPORT = ["currency", "source_file", "period_start", "period_end"]
NO_COSTS = Sentence(
    "This study gives no hours and prices, so nothing can be said of costs. They go into "
    "[`[costs]` of the study file](../docs/study-file.md)."
)
COST_LABELS = {
    "per_1000_reached": "1,000 people reached by organic posts",
    "per_interaction": "an interaction with an organic post",
    "per_click": "a click on a link in an organic post",
    "per_answer": "a public answer to a comment",
}


def effect(known: Known) -> Sentence | ShownTable:
    """Tabulate clicks on links, the nearest to an effect that an export holds."""
    if known.selection.posts["link_clicks"].isna().all():
        return Sentence(
            f"Clicks on links are **{NOT_MEASURED}** in these data. The page's own insights have "
            "them; sign-ups are on the organisation's own site, counted by a link of its own."
        )
    return estimate_table(known.selection, EFFECT, "Clicks on links at the typical page")


def costs(known: Known) -> Sentence | ShownTable:
    """Tabulate what the posts and the answers cost for what they give."""
    stated = known.selection.study.costs
    if stated is None or known.costs is None:
        return NO_COSTS
    found = {
        f"{stated.currency} for {COST_LABELS[name]}": {
            tier: _cost(known, tier, name, stated.currency) for tier in groups(known.selection)
        }
        for name in COSTS
    }
    rows = [
        row
        for name, estimates in zip(COSTS, found.values(), strict=True)
        for row in rows_named(
            known.selection, f"cost_{name}", "median over pages of hours × price / count", estimates
        )
    ]
    note = f"Hours and prices: {stated.reason.rstrip('.')}.{_break_even_price(known)}"
    return table_of(known.selection, found, "What it costs, at the middle page", rows, note)


def _cost(known: Known, tier: str, name: str, currency: str) -> Estimate:
    table = known.of(tier, known.costs).dropna(subset=[f"{name}_low"])
    found = Basis(
        n_pages=len(table),
        n_posts=int(known.pages.loc[table.index, "n_posts"].sum()),
        unit=f"{currency} per {COST_LABELS[name]}",
        method="median over pages; between the two ends of hours and prices",
    )
    if table.empty:
        return found.nothing(f"{NOT_MEASURED} in these data, or none to divide by")
    low, high = table[f"{name}_low"].median(), table[f"{name}_high"].median()
    return found.bounds_alone(low, high, "hours and prices are known between two ends")


def _break_even_price(known: Known) -> str:
    stated = known.selection.study.costs
    needed = people_per_post_for(stated) if stated else None
    if stated is None or stated.ad_price_per_1000_reached is None or needed is None:
        return ""
    price = stated.ad_price_per_1000_reached
    return (
        f" Advertising reaches 1,000 people for {number(price.low)} to {number(price.high)} "
        f"{stated.currency}: a post that reaches fewer than {number(round(needed.low))} people "
        f"costs more, one that reaches more than {number(round(needed.high))} costs less."
    )


def costs_figure(known: Known) -> Sentence | ShownFigure:
    """Draw the price of reach by organic posts beside that of advertising."""
    stated = known.selection.study.costs
    if stated is None:
        return Sentence("Without hours and prices there is nothing to draw.")
    found = {
        known.selection.heading(tier): estimate
        for tier in known.selection.tiers
        if (estimate := _cost(known, tier, "per_1000_reached", stated.currency)).has_interval
    }
    if not found:
        return Sentence(
            f"What it costs to reach people is {NOT_MEASURED}: no page shared its reach."
        )
    return price_of_reach(known.selection, found, stated.ad_price_per_1000_reached, stated.currency)


def spend(known: Known) -> Sentence:
    """Say what the pages spent on ads, and whom that reaches at the study's price."""
    spent = known.selection.spend
    if spent.empty:
        return Sentence(
            f"What these pages spend on ads is **{NOT_MEASURED}** in these data; the report of "
            "Meta's Ad Library tells it for ads on social issues and politics."
        )
    lines = [
        _spend_line(known, tier, of_report)
        for tier in groups(known.selection)
        for _, of_report in known.of(tier, spent).groupby(ONE_REPORT, dropna=False)
    ]
    if len(spent[ONE_REPORT].drop_duplicates()) > 1:
        lines.append("\nReports may count the same ads, so they are not added up.")
    return Sentence("\n".join(lines))


def _spend_line(known: Known, tier: str, report: pd.DataFrame) -> str:
    heading = f"- **{known.selection.heading(tier)}**{_when(report)}"
    spent = report.dropna(subset=["amount_low", "amount_high"])
    unknown = count(report["page_id"].nunique() - spent["page_id"].nunique(), "page")
    if spent.empty:
        return f"{heading}: what {unknown} spent is {NOT_MEASURED}."
    low, high = spent["amount_low"].sum(), spent["amount_high"].sum()
    currency = spent["currency"].iloc[0]
    ads = "ads" if spent["n_ads"].isna().any() else count(spent["n_ads"].sum(), "ad")
    said = (
        f"{heading}: {count(spent['page_id'].nunique(), 'page')} spent {span_of(low, high)} "
        f"{currency} on {ads}{_buys(known, currency, low, high)}."
    )
    if len(spent) == len(report):
        return said
    return f"{said} Amounts that the report lacks, of {unknown} all of them, are not in it."


def _when(report: pd.DataFrame) -> str:
    """Write the period of one report; nothing where it is not stated."""
    first, last = (report[name].iloc[0] for name in ("period_start", "period_end"))
    if pd.isna(first) or pd.isna(last):
        return ""
    return f", {day(pd.Timestamp(first).date())} to {day(pd.Timestamp(last).date())}"


def _buys(known: Known, currency: Any, low: float, high: float) -> str:
    """Say whom the amount reaches at the study's price, where that is in the same currency."""
    stated = known.selection.study.costs
    price = stated.ad_price_per_1000_reached if stated and stated.currency == currency else None
    if price is None or price.low == 0:
        return ""
    reached = span_of(1000 * low / price.high, 1000 * high / price.low)
    return f"; at the study's price that buys a reach of {reached} people, repeats counted"


def span_of(low: float, high: float) -> str:
    """Write from where to where, in whole numbers; one number where both are the same."""
    lowest, highest = number(round(low)), number(round(high))
    return lowest if lowest == highest else f"{lowest} to {highest}"
