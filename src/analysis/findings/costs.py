"""Findings of notebook 07 on effect and cost: clicks, hours and prices, advertising."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.costs import COSTS, people_per_post_for
from analysis.figures.loss import price_of_reach
from analysis.findings.loss import Known
from analysis.findings.per_tier import estimate_table, groups, rows_named, table_of, the_page
from analysis.inference.estimate import Basis, Estimate
from analysis.language import say
from analysis.sentences import NOT_MEASURED, count, day, in_three_figures, number, span
from analysis.showing import Sentence, ShownFigure, ShownTable

EFFECT = ["link_clicks_per_post", "link_clicks_per_1000_reached"]
ONE_REPORT = ["currency", "source_file", "period_start", "period_end"]
COST_UNITS = {
    "per_1000_reached": "1,000 people reached by organic posts",
    "per_interaction": "an interaction with an organic post",
    "per_click": "a click on a link in an organic post",
    "per_answer": "a public answer to a comment",
}
"""What is paid for, as the results name it."""


def effect(known: Known) -> Sentence | ShownTable:
    """Tabulate clicks on links, the nearest to an effect that an export holds."""
    if known.selection.posts["link_clicks"].isna().all():
        return Sentence(
            say(
                "Clicks on links are **not measured** in these data. The page's own insights have "
                "them; sign-ups are on the organisation's own site, counted by a link of its own."
            )
        )
    return estimate_table(
        known.selection, EFFECT, say("Clicks on links at {page}", page=the_page(known.selection))
    )


def costs(known: Known) -> Sentence | ShownTable:
    """Tabulate what the posts and the answers cost for what they give."""
    stated = known.selection.study.costs
    if stated is None or known.costs is None:
        return Sentence(
            say(
                "This study gives no hours and prices, so nothing can be said of costs. They go "
                "into [`[costs]` of the study file](../docs/study-file.md)."
            )
        )
    heads = _what_is_paid_for(stated.currency)
    found = {
        heads[name]: {
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
    source = say("Hours and prices: {reason}.", reason=stated.reason.rstrip("."))
    note = f"{source} {_break_even_price(known)}".strip()
    caption = (
        say("What it costs") if known.selection.page else say("What it costs, at the middle page")
    )
    return table_of(known.selection, found, caption, rows, note)


def _what_is_paid_for(currency: str) -> dict[str, str]:
    return {
        "per_1000_reached": say(
            "{currency} for 1,000 people reached by organic posts", currency=currency
        ),
        "per_interaction": say(
            "{currency} for an interaction with an organic post", currency=currency
        ),
        "per_click": say("{currency} for a click on a link in an organic post", currency=currency),
        "per_answer": say("{currency} for a public answer to a comment", currency=currency),
    }


def _cost(known: Known, tier: str, name: str, currency: str) -> Estimate:
    table = known.of(tier, known.costs).dropna(subset=[f"{name}_low"])
    found = Basis(
        n_pages=len(table),
        n_posts=int(known.pages.loc[table.index, "n_posts"].sum()),
        unit=f"{currency} per {COST_UNITS[name]}",
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
    return say(
        "Advertising reaches 1,000 people for {low} to {high} {currency}: a post that reaches "
        "fewer than {fewest} people costs more, one that reaches more than {most} costs less.",
        low=number(price.low),
        high=number(price.high),
        currency=stated.currency,
        fewest=number(round(needed.low)),
        most=number(round(needed.high)),
    )


def costs_figure(known: Known) -> Sentence | ShownFigure:
    """Draw the price of reach by organic posts beside that of advertising."""
    stated = known.selection.study.costs
    if stated is None:
        return Sentence(say("Without hours and prices there is nothing to draw."))
    found = {
        known.selection.heading(tier): estimate
        for tier in known.selection.tiers
        if (estimate := _cost(known, tier, "per_1000_reached", stated.currency)).has_interval
    }
    if not found:
        return Sentence(
            say("What it costs to reach people is not measured: no page shared its reach.")
        )
    return price_of_reach(known.selection, found, stated.ad_price_per_1000_reached, stated.currency)


def spend(known: Known) -> Sentence:
    """Say what the pages spent on ads, and whom that reaches at the study's price."""
    spent = known.selection.spend
    if spent.empty:
        return Sentence(
            say(
                "What these pages spend on ads is **not measured** in these data; the report of "
                "Meta's Ad Library tells it for ads on social issues and politics."
            )
        )
    lines = [
        _spend_line(known, tier, of_report)
        for tier in groups(known.selection)
        for _, of_report in known.of(tier, spent).groupby(ONE_REPORT, dropna=False)
    ]
    if len(spent[ONE_REPORT].drop_duplicates()) > 1:
        lines += ["", say("Reports may count the same ads, so they are not added up.")]
    return Sentence("\n".join(lines))


def _spend_line(known: Known, tier: str, report: pd.DataFrame) -> str:
    heading = f"- **{known.selection.heading(tier)}**{_when(report)}"
    spent = report.dropna(subset=["amount_low", "amount_high"])
    unknown = count(report["page_id"].nunique() - spent["page_id"].nunique(), "page")
    if spent.empty:
        return say("{where}: what {pages} spent is not measured.", where=heading, pages=unknown)
    said = f"{heading}: {_spent_in_words(known, spent)}"
    if len(spent) == len(report):
        return said
    lacking = say(
        "Amounts that the report lacks, of {pages} all of them, are not in it.", pages=unknown
    )
    return f"{said} {lacking}"


def _spent_in_words(known: Known, spent: pd.DataFrame) -> str:
    low, high = spent["amount_low"].sum(), spent["amount_high"].sum()
    currency = spent["currency"].iloc[0]
    values = {
        "pages": count(spent["page_id"].nunique(), "page"),
        "amount": f"{span(round(low), round(high), currency)} {currency}",
        "ads": _ads(spent["n_ads"]),
    }
    reached = _people_for(known, currency, low, high)
    if not reached:
        return say("{pages} spent {amount} on {ads}.", **values)
    return say(
        "{pages} spent {amount} on {ads}; at the study's price that buys a reach of {people} "
        "people, repeats counted.",
        people=reached,
        **values,
    )


def _ads(numbers: pd.Series) -> str:
    """Count the ads; where the report does not say how many, they are ads all the same."""
    return say.plural("ad", "ads", 2) if numbers.isna().any() else count(numbers.sum(), "ad")


def _when(report: pd.DataFrame) -> str:
    """Write the period of one report; nothing where it is not stated."""
    first, last = (report[name].iloc[0] for name in ("period_start", "period_end"))
    if pd.isna(first) or pd.isna(last):
        return ""
    start, end = (day(pd.Timestamp(one).date()) for one in (first, last))
    return f", {say('{start} to {end}', start=start, end=end)}"


def _people_for(known: Known, currency: Any, low: float, high: float) -> str:
    """Say whom the amount reaches at the study's price, where that is in the same currency."""
    stated = known.selection.study.costs
    price = stated.ad_price_per_1000_reached if stated and stated.currency == currency else None
    if price is None or price.low == 0:
        return ""
    fewest, most = (in_three_figures(1000 * n) for n in (low / price.high, high / price.low))
    return span(fewest, most, "people")
