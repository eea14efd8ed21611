"""Findings of notebook 07: what goes if organic posts stop, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.audience.costs import page_costs
from analysis.audience.groups import TARGET_GROUP_SHARE, Audience, reached_groups, with_target_group
from analysis.audience.loss import (
    losses,
)
from analysis.audience.reach import Reach, reach_per_page
from analysis.figures.loss import audiences
from analysis.findings.per_tier import (
    Estimates,
    groups,
    rows_named,
    table_of,
)
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.reach_model import BESIDE_EVERY_INTERVAL
from analysis.language import say
from analysis.selection import Selection, of_tier
from analysis.sentences import (
    NOT_MEASURED,
    count,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.study import Threshold

NO_AUDIENCE = (
    f"{NOT_MEASURED}: it takes the size of the target group, and reach or what reach could be "
    "estimated from"
)
NO_LOSS = f"{NOT_MEASURED}: what other channels reach is not known"
_POST = "median over target groups of the two bounds of: R / P of an ordinary organic post"
_MONTH = "median over target groups of the two bounds of: people reached in a month / P"
_LOSS = "median over target groups of the two bounds of: share reached in a month by posts alone"
_ALIKE = f"{_LOSS}, if other channels reach their audience like everyone"
ENDS = ("low", "high")


@dataclass(frozen=True)
class Known:
    """What is known of the pages of a selection.

    Attributes
    ----------
    pages : pandas.DataFrame
        One row per page: as `analysis.audience.loss.losses` gives it.
    costs : pandas.DataFrame or None
        One row per page: as `analysis.audience.costs.page_costs`; None in a study without costs.
    """

    selection: Selection
    reach: Reach
    pages: pd.DataFrame
    costs: pd.DataFrame | None

    @property
    def threshold(self) -> Threshold | None:
        """The study's two thresholds of a loss that counts as small."""
        return self.selection.study.claims.get("small_loss")

    def of(self, tier: str, table: pd.DataFrame | None = None) -> pd.DataFrame:
        """Rows of a tier, or of all of them."""
        return of_tier(self.pages if table is None else table, tier)


def what_is_known(selection: Selection) -> Known:
    """Put together what the selection holds about reach, target groups and costs."""
    reach = reach_per_page(selection)
    costs = selection.study.costs
    return Known(
        selection,
        reach,
        losses(reach),
        None if costs is None else page_costs(selection, costs),
    )


def answer(known: Known) -> Sentence:
    """Say which share of the target group a month reaches, and which share only the posts reach."""
    month, loss = _shares(known, "month", "share"), _shares(known, "month", "loss")
    rows = [
        *rows_named(known.selection, "month_audience", _MONTH, month),
        *rows_named(known.selection, "loss", _LOSS, loss),
    ]
    if not any(map(_found, month.values())):
        said = say(
            "What a month of organic posts reaches of the target group is {reason}.",
            reason=say.reason(NO_AUDIENCE),
        )
        return Sentence(said, rows)
    lines = [
        f"- **{known.selection.heading(tier)}**: {_in_words(known, month[tier], loss[tier])}"
        for tier in month
    ]
    return Sentence("\n".join([_opening(known), "", *lines]), rows)


def _opening(known: Known) -> str:
    if known.selection.page:
        return _opening_of_one_page(known)
    if known.reach.any_modelled:
        return say(
            "What goes if the organic posts stop, between bounds, at the middle target group; "
            "reach by a model where it was not measured:"
        )
    return say("What goes if the organic posts stop, between bounds, at the middle target group:")


def _opening_of_one_page(known: Known) -> str:
    if known.reach.any_modelled:
        return say(
            "What goes if the organic posts stop, between bounds; reach by a model, as it was not "
            "measured:"
        )
    return say("What goes if the organic posts stop, between bounds:")


def _in_words(known: Known, month: Estimate, loss: Estimate) -> str:
    if not _found(month):
        return say("what a month of organic posts reaches of the target group is **not measured**.")
    if known.selection.page:
        return _of_one_page_in_words(month, loss)
    reached = {"month": value_in_words(month), "pages": count(month.n_pages, "page")}
    if not _found(loss):
        return say(
            "a month of organic posts reaches **{month}** of the target group ({pages}); what of "
            "it other channels reach anyway is **not measured**.",
            **reached,
        )
    return say(
        "a month of organic posts reaches **{month}** of the target group ({pages}); **{loss}** is "
        "reached by nothing else (known for the target groups of {known}).",
        loss=value_in_words(loss),
        known=count(loss.n_pages, "page"),
        **reached,
    )


def _of_one_page_in_words(month: Estimate, loss: Estimate) -> str:
    if not _found(loss):
        return say(
            "a month of organic posts reaches **{month}** of the target group; what of it other "
            "channels reach anyway is **not measured**.",
            month=value_in_words(month),
        )
    return say(
        "a month of organic posts reaches **{month}** of the target group; **{loss}** is reached "
        "by nothing else.",
        month=value_in_words(month),
        loss=value_in_words(loss),
    )


def _found(estimate: Estimate) -> bool:
    """Whether there is a value, or bounds."""
    return estimate.estimable or estimate.has_interval


def _shares(known: Known, of: Audience, what: str) -> Estimates:
    return {tier: middle_share(known, tier, of, what) for tier in groups(known.selection)}


def middle_share(known: Known, tier: str, of: Audience, what: str) -> Estimate:
    """Bounds of the middle target group of a tier."""
    reached = reached_groups(known.reach.of(tier).pages, of)
    table = reached.dropna(subset=[f"{what}_low", f"{what}_high"])
    method = "median over target groups of each bound"
    if known.reach.any_modelled:
        method += f"; reach that was not measured by a model of {known.reach.definition}"
    found = Basis(
        n_pages=int(table["n_pages"].sum()),
        n_posts=int(table["n_posts"].sum()),
        unit=TARGET_GROUP_SHARE,
        level=known.reach.level,
        method=method,
        approximate=known.reach.any_modelled,
    )
    if table.empty:
        return found.nothing(NO_LOSS if what.startswith("loss") else NO_AUDIENCE)
    low, high = table[f"{what}_low"].median(), table[f"{what}_high"].median()
    if low == high:
        return found.value_alone(low, "it was measured, on these pages and these posts")
    return found.bounds_alone(
        low,
        high,
        "what lies between the bounds depends on reach and overlap that were not measured",
    )


def audience(known: Known) -> Sentence | ShownTable:
    """Tabulate the audience of an ordinary post and of a month, and what only they reach."""
    if not _found(middle_share(known, known.selection.tier, "post", "share")):
        return Sentence(say("The audience is {reason}.", reason=say.reason(NO_AUDIENCE)))
    found = {
        say("An ordinary organic post reaches"): _shares(known, "post", "share"),
        say("A month of organic posts reaches"): _shares(known, "month", "share"),
        say("… and other channels do not"): _shares(known, "month", "loss"),
        say("… the same, if they reach alike"): _shares(known, "month", "loss_if_alike"),
    }
    names = (
        ("post_audience", _POST),
        ("month_audience", _MONTH),
        ("loss", _LOSS),
        ("loss_if_alike", _ALIKE),
    )
    rows = [
        row
        for (name, definition), estimates in zip(names, found.values(), strict=True)
        for row in rows_named(known.selection, name, f"table: {definition}", estimates)
    ]
    note = (
        say("The bounds describe this page and these posts.")
        if known.selection.page
        else say("Bounds of the middle target group: they describe these pages.")
    )
    if known.reach.any_modelled:
        note = " ".join([note, *map(say, BESIDE_EVERY_INTERVAL)])
    return table_of(known.selection, found, say("Share of the target group"), rows, note)


def audience_figure(known: Known) -> Sentence | ShownFigure:
    """Draw the audience of an ordinary post and of a month, page by page."""
    pages = with_target_group(known.pages).dropna(subset=["post_low", "post_high"])
    pages = pages[pages["post_low"] > 0]
    if pages.empty:
        return Sentence(say("There is nothing to draw without that audience."))
    post = {f"post_share_{end}": pages[f"post_{end}"] / pages["target_group_size"] for end in ENDS}
    drawn = pages.assign(**post)
    return audiences(
        known.selection, drawn, known.selection.study.claims.get("small_audience_month")
    )
