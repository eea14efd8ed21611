"""Whom posts reach where it was measured: notebook 03."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.figures.reach import paid_beside_organic as paid_and_organic
from analysis.figures.reach import reach_by_month
from analysis.figures.tiers import pages_by_tier
from analysis.findings.per_tier import (
    estimate_table,
    groups,
    in_cell,
    rows_named,
    table_of,
    typical_per_tier,
)
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.reach import organic_reach, organic_reach_rate
from analysis.selection import Selection
from analysis.sentences import (
    NOT_MEASURED,
    basis,
    count,
    joined,
    number,
    percentage,
)
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.study import ALL_TIERS
from analysis.vocabulary import KINDS

RATE = CATALOGUE["organic_reach_rate"]
PEOPLE = CATALOGUE["organic_reach_per_post"]
ORDINARY = [
    "organic_reach_per_post",
    "organic_reach_rate",
    "mean_organic_reach_rate",
    "organic_reach_target_group",
]
PAID = ["organic_reach_per_post", "boosted_reach_per_post", "reach_by_payment"]
VIEWS = ["views_per_post", "organic_views_per_post"]
FEWEST_PAGES_TO_HALVE = 4
FEWEST_POSTS = 5
"""Fewer posts of a kind do not show what is ordinary for it."""
NO_REACH = Sentence(
    f"Organic reach is **{NOT_MEASURED}** in these data: only the owner of a page sees it. The "
    "export of the page's own insights is needed; the last section says which column."
)
UNMEASURED_REACH = Sentence(f"Organic reach is **{NOT_MEASURED}** in these data.")
NOT_TOLD_APART = Sentence(
    f"Reach is in these data, but organic reach is **{NOT_MEASURED}**: which posts were paid for "
    "is not known, so the total may be bought. The column with organic reach is needed."
)
_MEAN_OVER_MEDIAN = "median over pages of: mean / median of organic reach over its posts"


def definition(selection: Selection) -> Sentence:
    """Say what was counted as reach and as views, and on how many posts and pages."""
    lines = [
        _definition_line(selection, number_of, name)
        for number_of, name in (("reach", "Reach"), ("views", "Views"))
    ]
    return Sentence("\n".join(lines))


def _definition_line(selection: Selection, column: str, name: str) -> str:
    counted = [column, f"{column}_organic", f"{column}_paid"]
    posts = selection.posts.dropna(subset=counted, how="all")
    if posts.empty:
        return f"- **{name}**: {NOT_MEASURED}."
    said = posts[f"{column}_definition"].dropna().unique()
    what = f"“{said[0]}”" if len(said) else "what was counted is not stated"
    pages = count(posts["page_id"].nunique(), "page")
    return f"- **{name}**: {what}; on {count(len(posts), 'post')} of {pages}."


def ordinary_post(selection: Selection) -> Sentence | ShownTable:
    """Tabulate whom an ordinary organic post reaches, where that was measured."""
    if _without_reach(selection):
        return NOT_TOLD_APART if selection.posts["reach"].notna().any() else NO_REACH
    return estimate_table(selection, ORDINARY, "Organic reach at the typical page that shared it")


def ordinary_post_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw whom an ordinary organic post of every page reaches."""
    measure = _rate_or_people(selection)
    if _without_reach(selection):
        return UNMEASURED_REACH
    estimates = typical_per_tier(selection, measure)
    return pages_by_tier(selection, measure, {tier: estimates[tier] for tier in selection.tiers})


def mean_and_ordinary(selection: Selection) -> Sentence:
    """Say how many times the ordinary post the mean post reaches, at the typical page."""
    reached = organic_reach(selection.posts).dropna()
    per_page = reached.groupby(selection.posts["page_id"]).agg(["mean", "median", "size"])
    per_page = per_page[per_page["median"] > 0]
    if per_page.empty:
        nobody = Sentence("The ordinary post of these pages reaches nobody.")
        return UNMEASURED_REACH if reached.empty else nobody
    tiers = selection.measures["tier"].reindex(per_page.index)
    found = {
        tier: _mean_over_median(of_tier)
        for tier in groups(selection)
        if len(of_tier := per_page[(tiers == tier) | (tier == ALL_TIERS)])
    }
    lines = [
        f"- **{selection.heading(tier)}**: the mean organic post of a page reaches "
        f"**{in_cell(estimate)}** times as many people as its ordinary one, the median; "
        f"{basis(estimate)}."
        for tier, estimate in found.items()
    ]
    rows = rows_named(selection, "mean_over_median_organic_reach", _MEAN_OVER_MEDIAN, found)
    return Sentence("\n".join(lines), rows)


def _mean_over_median(pages: pd.DataFrame) -> Estimate:
    times = pages["mean"] / pages["median"]
    return typical_page(times, n_posts=int(pages["size"].sum()), unit="times")


def _without_reach(selection: Selection) -> bool:
    return bool(organic_reach(selection.posts).isna().all())


def _rate_or_people(selection: Selection) -> Measure:
    """Give reach per follower where followers are known, else people."""
    return RATE if selection.measures[RATE.name].notna().any() else PEOPLE


def size_in_words(selection: Selection) -> Sentence:
    """Say what the larger half of the measured pages reaches, beside the smaller half."""
    measured = selection.measures.dropna(subset=[RATE.name, "followers"])
    is_large = measured["followers"] > measured["followers"].median()
    if len(measured) < FEWEST_PAGES_TO_HALVE or not is_large.any():
        return Sentence(
            f"To compare large with small pages takes {FEWEST_PAGES_TO_HALVE} pages of different "
            f"sizes with measured reach; these data have {len(measured)}."
        )
    small, large = measured[~is_large], measured[is_large]
    return Sentence(
        f"Of {count(len(measured), 'page')} with measured reach, the smaller half (at the middle "
        f"{number(round(small['followers'].median()))} followers) reaches "
        f"{percentage(small[RATE.name].median())} of them, and the larger half "
        f"({number(round(large['followers'].median()))}) {percentage(large[RATE.name].median())}."
    )


def by_kind(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the organic reach of the ordinary post of each kind."""
    if _without_reach(selection):
        return UNMEASURED_REACH
    posts = _with_rate(selection).dropna(subset=["kind"])
    kinds = [kind for kind in KINDS if (posts["kind"] == kind).any()]
    if not kinds:
        return Sentence(f"The kind of a post is **{NOT_MEASURED}** in these data.")
    found = {
        kind: {tier: _of_kind(selection, posts, tier, kind) for tier in groups(selection)}
        for kind in kinds
    }
    rows = [
        row
        for kind, estimates in found.items()
        for row in rows_named(
            selection,
            f"{_rate_or_people(selection).name}_of_kind_{kind}",
            f"median over pages of the median over organic posts of the kind '{kind}'",
            estimates,
        )
    ]
    return table_of(
        selection,
        {kind.capitalize(): estimates for kind, estimates in found.items()},
        f"{_rate_or_people(selection).label}, by kind",
        rows,
        f"At the typical page, over pages with at least {FEWEST_POSTS} posts of that kind.",
    )


def _with_rate(selection: Selection) -> pd.DataFrame:
    """Organic posts with ``reached``: per follower where that is known, else people."""
    per_post = organic_reach_rate if _rate_or_people(selection) is RATE else organic_reach
    return selection.posts.assign(reached=per_post(selection.posts)).dropna(subset=["reached"])


def _of_kind(selection: Selection, posts: pd.DataFrame, tier: str, kind: str) -> Estimate:
    here = posts[(posts["kind"] == kind) & ((posts["tier"] == tier) | (tier == ALL_TIERS))]
    by_page = here.groupby("page_id")["reached"].agg(["median", "size"])
    enough = by_page[by_page["size"] >= FEWEST_POSTS]
    unit = _rate_or_people(selection).unit
    if enough.empty:
        method = "median over pages"
        return Basis(n_pages=0, n_posts=0, unit=unit, method=method).nothing(
            f"no page has {FEWEST_POSTS} posts of this kind with a reach"
        )
    return typical_page(enough["median"], n_posts=int(enough["size"].sum()), unit=unit)


def by_month(selection: Selection) -> Sentence | ShownFigure:
    """Draw the organic reach of the ordinary post in every month."""
    if _without_reach(selection):
        return UNMEASURED_REACH
    posts = _with_rate(selection).dropna(subset=["published_at"])
    if posts.empty:
        return Sentence(f"When posts were published is **{NOT_MEASURED}** in these data.")
    return reach_by_month(selection, posts, _rate_or_people(selection))


def paid(selection: Selection) -> Sentence | ShownTable:
    """Tabulate paid reach beside organic reach."""
    if not selection.posts["paid"].fillna(value=False).any():
        return Sentence(
            "No post in these data is known to be boosted. Public data do not tell; the page's own "
            "insights do."
        )
    return estimate_table(
        selection, PAID, "Boosted beside organic posts, at the typical page that shared its reach"
    )


def paid_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the ordinary boosted post beside the ordinary organic one, page by page."""
    both = selection.measures.dropna(subset=["organic_reach_per_post", "boosted_reach_per_post"])
    if both.empty:
        return Sentence("No page has the reach of both organic and boosted posts in these data.")
    return paid_and_organic(selection, both)


def views(selection: Selection) -> Sentence | ShownTable:
    """Tabulate views per post, with what was counted."""
    if selection.posts[["views", "views_organic"]].isna().all(axis=None):
        return Sentence(
            f"Views are **{NOT_MEASURED}** in these data. They are in the page's own insights and "
            "in the Content Library."
        )
    table = estimate_table(selection, VIEWS, "Views per post at the typical page")
    said = selection.posts["views_definition"].dropna().unique()
    counted = f"Counted: {joined([str(text) for text in said])}." if len(said) else ""
    return replace(table, note=f"{table.note} {counted}".strip())
