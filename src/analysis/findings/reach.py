"""Findings of notebook 03: whom does a post reach."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.audience.groups import needed_of_the_middle_group, with_target_group
from analysis.audience.reach import Reach, reach_per_page
from analysis.figures.reach import paid_beside_organic as paid_and_organic
from analysis.figures.reach import reach_by_month, reach_by_size, reach_needed
from analysis.figures.tiers import pages_by_tier
from analysis.findings.per_tier import (
    Estimates,
    estimate_table,
    groups,
    in_cell,
    rows_named,
    rows_of,
    table_of,
    typical_per_tier,
)
from analysis.inference.audiences import FOLLOWER_SHARE, TARGET_GROUP_SHARE
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.inference.reach_model import BESIDE_EVERY_INTERVAL
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.reach import organic_reach, organic_reach_rate
from analysis.selection import Selection
from analysis.sentences import (
    NOT_MEASURED,
    basis,
    count,
    joined,
    level_in_words,
    number,
    percentage,
    value_in_words,
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
SHARES = (0.01, 0.02, 0.05, 0.10)
SHARE_WITHOUT_CLAIM = 0.05
DIFFERENT_SIZES = 1.2
"""The largest page must be so many times the smallest to speak of different sizes."""

FEWEST_PAGES_TO_HALVE = 4
FEWEST_POSTS = 5
"""Fewer posts of a kind do not show what is ordinary for it."""

NOBODY_KNOWN = (
    f"{NOT_MEASURED}: it takes the followers of a page and the size of its target group, and one "
    "of them is not in these data"
)
NOT_MODELLED = (
    f"{NOT_MEASURED}: without the followers of a page and its interactions there is nothing to "
    "estimate its reach from"
)
ALL_MEASURED = "every page shared its reach, so there is nothing to estimate"
NO_REACH = Sentence(
    f"Organic reach is **{NOT_MEASURED}** in these data: only the owner of a page sees it. The "
    "export of the page's own insights is needed; the last section says which column."
)
UNMEASURED_REACH = Sentence(f"Organic reach is **{NOT_MEASURED}** in these data.")
NOT_TOLD_APART = Sentence(
    f"Reach is in these data, but organic reach is **{NOT_MEASURED}**: which posts were paid for "
    "is not known, so the total may be bought. The column with organic reach is needed."
)


def wanted_share(selection: Selection) -> float:
    """Give the share of the target group from which an audience is not small.

    The upper threshold of the study's claim on an ordinary post; 5 % where there is no such claim.
    """
    claim = selection.study.claims.get("small_audience_post")
    return claim.above if claim else SHARE_WITHOUT_CLAIM


def of_group(reach: Reach, tier: str) -> pd.DataFrame:
    """Pages of a tier, or all of them."""
    return reach.pages if tier == ALL_TIERS else reach.of((tier,)).pages


def answer(selection: Selection, reach: Reach) -> Sentence:
    """Say which reach it would take, and what is known of the reach there is."""
    share = wanted_share(selection)
    measured = typical_per_tier(selection, RATE)
    needed = {tier: _needed(reach, tier, share) for tier in measured}
    modelled = _per_group(selection, reach, FOLLOWER_SHARE)
    lines = [
        f"- **{selection.heading(tier)}** ({count(len(of_group(reach, tier)), 'page')}): "
        f"{_in_words(measured[tier], needed[tier], modelled[tier])}."
        for tier in measured
    ]
    opening = (
        f"How much of its followers an ordinary organic post must reach to reach "
        f"{percentage(share)} of the target group, and how much it does reach:"
    )
    rows = [
        *rows_of(selection, RATE, measured),
        *rows_named(selection, "break_even_reach", _break_even_definition(share), needed),
        *rows_named(selection, "modelled_reach_rate", _MODELLED_DEFINITION, modelled),
    ]
    return Sentence("\n".join([opening, "", *lines]), rows)


def _in_words(measured: Estimate, needed: Estimate, modelled: Estimate) -> str:
    known = needed.estimable or needed.has_interval
    said = [f"{'it takes' if known else 'what it takes is'} **{value_in_words(needed)}**"]
    if measured.estimable:
        pages = count(measured.n_pages, "page")
        said.append(f"measured on {pages}: **{value_in_words(measured)}**")
    if modelled.has_interval:
        pages = count(modelled.n_pages, "page")
        said.append(f"not measured on {pages}, where a model says **{value_in_words(modelled)}**")
    if len(said) == 1:
        said.append(f"reach is **{NOT_MEASURED}**")
    return "; ".join(said)


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


def break_even(selection: Selection, reach: Reach) -> Sentence | ShownTable:
    """Tabulate which reach per follower it takes to reach shares of the target group."""
    if not _needed(reach, selection.tier, wanted_share(selection)).n_pages:
        return Sentence(f"What it takes is {NOBODY_KNOWN}.")
    found = {
        share: {tier: _needed(reach, tier, share) for tier in groups(selection)} for share in SHARES
    }
    labels = {share: f"{percentage(share)} of the target group" for share in SHARES}
    rows = [
        row
        for share, estimates in found.items()
        for row in rows_named(
            selection, "break_even_reach", f"table: {_break_even_definition(share)}", estimates
        )
    ]
    return table_of(
        selection,
        {labels[share]: estimates for share, estimates in found.items()},
        "Share of its followers a post must reach, at the middle target group",
        rows,
        " ".join(_how_to_read(found[SHARES[0]])),
    )


def _how_to_read(estimates: Estimates) -> list[str]:
    said = ["Over 100%: more people than all followers."]
    if any(estimate.has_interval for estimate in estimates.values()):
        said.append(
            "Between two numbers where pages share a target group: the first if nobody follows two "
            "of them, the second if all follow the largest."
        )
    return said


def _break_even_definition(share: float) -> str:
    return f"median over target groups of {percentage(share)} · P / F"


def _needed(reach: Reach, tier: str, share: float) -> Estimate:
    return needed_of_the_middle_group(of_group(reach, tier), share)


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


_MEAN_OVER_MEDIAN = "median over pages of: mean / median of organic reach over its posts"


def _mean_over_median(pages: pd.DataFrame) -> Estimate:
    times = pages["mean"] / pages["median"]
    return typical_page(times, n_posts=int(pages["size"].sum()), unit="times")


def _without_reach(selection: Selection) -> bool:
    return bool(organic_reach(selection.posts).isna().all())


def _rate_or_people(selection: Selection) -> Measure:
    """Give reach per follower where followers are known, else people."""
    return RATE if selection.measures[RATE.name].notna().any() else PEOPLE


def by_size(selection: Selection, reach: Reach) -> Sentence | ShownFigure:
    """Draw reach per follower against followers, measured and modelled."""
    pages = _rates(selection, reach)
    if pages.empty:
        return Sentence(f"Reach per follower of pages of different sizes is **{NOT_MEASURED}**.")
    if pages["followers"].max() < DIFFERENT_SIZES * pages["followers"].min():
        return Sentence("One size of page shows no difference: this question takes several pages.")
    return reach_by_size(selection, pages)


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


def not_measured(selection: Selection, reach: Reach) -> Sentence | ShownTable:
    """Tabulate what the model says of pages that did not share their reach."""
    if not reach.any_modelled:
        reason = ALL_MEASURED if reach.pages["measured"].any() else NOT_MODELLED
        return Sentence(f"{reason[0].upper()}{reason[1:]}.")
    alone = reach_per_page(selection, level=reach.level, with_interactions=False)
    found = {
        "Reach per follower": _per_group(selection, reach, FOLLOWER_SHARE),
        "… if interactions say nothing": _per_group(selection, alone, FOLLOWER_SHARE),
        "Share of the target group": _per_group(selection, reach, TARGET_GROUP_SHARE),
    }
    definitions = [
        ("modelled_reach_rate", f"table: {_MODELLED_DEFINITION}"),
        ("modelled_reach_rate", f"{_MODELLED_DEFINITION}, without interactions"),
        ("modelled_reach_target_group", _MODELLED_DEFINITION),
    ]
    rows = [
        row
        for (measure, text), estimates in zip(definitions, found.values(), strict=True)
        for row in rows_named(selection, measure, text, estimates)
    ]
    return table_of(
        selection,
        found,
        "An ordinary organic post of the middle page that did not share its reach",
        rows,
        " ".join([_calibrated(reach), *BESIDE_EVERY_INTERVAL]),
    )


_MODELLED_DEFINITION = "median over pages without measured reach of the model's two bounds"


def _per_group(selection: Selection, reach: Reach, unit: str) -> Estimates:
    return {tier: _modelled(reach, tier, unit) for tier in groups(selection)}


def _modelled(reach: Reach, tier: str, unit: str) -> Estimate:
    """Bounds of the middle page that was not measured; nothing in the middle of them."""
    pages = of_group(reach, tier)
    wanted = pages[~pages["measured"]].dropna(subset=["post_low", "post_high"])
    exposure = "followers" if unit == FOLLOWER_SHARE else "target_group_size"
    wanted = wanted[wanted[exposure] > 0]
    found = Basis(
        n_pages=len(wanted),
        n_posts=int(wanted["n_posts"].sum()),
        unit=unit,
        level=reach.level,
        method=f"model of reach ({reach.definition}), {_calibrated(reach)}",
        approximate=True,
    )
    if wanted.empty:
        everyone = bool(len(pages)) and bool(pages["measured"].all())
        return found.nothing(ALL_MEASURED if everyone else NOT_MODELLED)
    low, high = ((wanted[f"post_{end}"] / wanted[exposure]).median() for end in ("low", "high"))
    return found.bounds_alone(
        low, high, "reach that was not measured has no value between its bounds"
    )


def _calibrated(reach: Reach) -> str:
    """Say from which pages the model learned, and how often it is right about them."""
    model = reach.model
    if model.n_pages == 0:
        return "No page shared its reach: the bounds are those of published benchmarks."
    return (
        f"Learned from {count(model.n_pages, 'page')} with {count(model.n_posts, 'post')}: "
        f"{model.left_out(reach.level)}."
    )


def not_measured_figure(selection: Selection, reach: Reach) -> Sentence | ShownFigure:
    """Draw what is known of every page's reach, beside the reach it would need."""
    pages = _rates(selection, reach)
    if pages.empty:
        return Sentence(
            f"There is nothing to draw: reach is {NOT_MEASURED}, and so is what an "
            "estimate would need."
        )
    share = wanted_share(selection)
    pages = pages.assign(needed=share * pages["target_group_size"] / pages["followers"])
    return reach_needed(selection, pages, share, level_in_words(reach.level))


def _rates(selection: Selection, reach: Reach) -> pd.DataFrame:
    """Pages with bounds, per follower: ``low`` and ``high``; measured ones have them in one."""
    known = reach.pages.dropna(subset=["post_low", "post_high"])
    known = known[known["followers"] > 0]
    rate = selection.measures[RATE.name].reindex(known.index).where(known["measured"])
    bounds = {
        end: rate.fillna(known[f"post_{end}"] / known["followers"]) for end in ("low", "high")
    }
    return known.assign(**bounds)


def what_to_ask(selection: Selection, reach: Reach) -> Sentence:
    """Say which number of which export settles it, and from where on."""
    missing = reach.pages[~reach.pages["measured"]]
    said = [
        *_column_to_ask(selection, missing),
        *_size_to_ask(reach.pages),
        *_what_it_settles(selection, missing),
    ]
    return Sentence("\n\n".join(said) or "Every page here shared its reach: nothing is missing.")


def _column_to_ask(selection: Selection, missing: pd.DataFrame) -> list[str]:
    if missing.empty:
        return []
    owners = "owner of this page" if selection.page else f"owners of {count(len(missing), 'page')}"
    return [
        f"**Ask the {owners} for one column of one export**: Meta Business Suite, Insights, "
        "Content, export of all posts of the study's period, “lifetime” numbers; the column "
        "**“Reach from Organic posts”** (*Bereik via Organische berichten*), or “Reach” and “Reach "
        "from Boosted posts”. [How to get it](../docs/getting-data.md)."
    ]


def _size_to_ask(pages: pd.DataFrame) -> list[str]:
    unknown = len(pages) - len(with_target_group(pages))
    if not unknown:
        return []
    return [
        f"**Find the size of the target group of {count(unknown, 'page')}**, for the table of "
        "audiences: without it reach can be held against followers only."
    ]


def _what_it_settles(selection: Selection, missing: pd.DataFrame) -> list[str]:
    people = wanted_share(selection) * with_target_group(missing)["target_group_size"]
    if people.empty:
        return []
    return [
        f"**What it settles.** {_from_where_on(people)} people per ordinary organic post is "
        f"{percentage(wanted_share(selection))} of the target group. Compare the median over all "
        "organic posts with that: a lower one means a small audience, a higher one does not."
    ]


def _from_where_on(people: pd.Series) -> str:
    lowest, highest = float(people.min()), float(people.max())
    if lowest == highest:
        return f"{round(lowest):,}"
    return f"{round(lowest):,} (the smallest target group) to {round(highest):,} (the largest)"


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
