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
    resting_on,
    rows_named,
    table_of,
    the_page,
    typical_per_tier,
)
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.one_tier import typical_page
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.reach import organic_reach, organic_reach_rate
from analysis.selection import Selection, of_tier
from analysis.sentences import (
    basis,
    capitalised,
    count,
    joined,
    number,
    pages_and_posts,
    percentage,
)
from analysis.showing import Sentence, ShownFigure, ShownTable
from analysis.vocabulary import KINDS, kind_in_words

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
_MEAN_OVER_MEDIAN = "median over pages of: mean / median of organic reach over its posts"


def definition(selection: Selection) -> Sentence:
    """Say what was counted as reach and as views, and on how many posts and pages."""
    names = {"reach": say("Reach"), "views": say("Views")}
    lines = [f"- **{name}**: {_what_counts(selection, column)}" for column, name in names.items()]
    return Sentence("\n".join(lines))


def _what_counts(selection: Selection, column: str) -> str:
    counted = [column, f"{column}_organic", f"{column}_paid"]
    posts = selection.posts.dropna(subset=counted, how="all")
    if posts.empty:
        return f"{say('not measured')}."
    n_posts, n_pages = count(len(posts), "post"), count(posts["page_id"].nunique(), "page")
    said = posts[f"{column}_definition"].dropna().unique()
    if not len(said):
        return say(
            "what was counted is not stated; on {posts} of {pages}.", posts=n_posts, pages=n_pages
        )
    return say(
        "“{definition}”; on {posts} of {pages}.",
        definition=say.reason(str(said[0])),
        posts=n_posts,
        pages=n_pages,
    )


def ordinary_post(selection: Selection) -> Sentence | ShownTable:
    """Tabulate whom an ordinary organic post reaches, where that was measured."""
    if _without_reach(selection):
        return _why_no_organic_reach(selection)
    caption = (
        say("Organic reach at this page")
        if selection.page
        else say("Organic reach at the typical page that shared it")
    )
    return estimate_table(selection, ORDINARY, caption)


def _why_no_organic_reach(selection: Selection) -> Sentence:
    if selection.posts["reach"].notna().any():
        return Sentence(
            say(
                "Reach is in these data, but organic reach is **not measured**: which posts were "
                "paid for is not known, so the total may be bought. The column with organic reach "
                "is needed."
            )
        )
    return Sentence(
        say(
            "Organic reach is **not measured** in these data: only the owner of a page sees it. "
            "The export of the page's own insights is needed; the last section says which column."
        )
    )


def _unmeasured_reach() -> Sentence:
    return Sentence(say("Organic reach is **not measured** in these data."))


def _said_above() -> Sentence:
    """Say nothing where the finding before it in the same section says that reach is missing."""
    return Sentence("")


def ordinary_post_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw whom an ordinary organic post of every page reaches."""
    measure = _rate_or_people(selection)
    if _without_reach(selection):
        return _said_above()
    estimates = typical_per_tier(selection, measure)
    return pages_by_tier(selection, measure, {tier: estimates[tier] for tier in selection.tiers})


def mean_and_ordinary(selection: Selection) -> Sentence:
    """Say how many times the ordinary post the mean post reaches, at the typical page."""
    reached = organic_reach(selection.posts).dropna()
    per_page = reached.groupby(selection.posts["page_id"]).agg(["mean", "median", "size"])
    per_page = per_page[per_page["median"] > 0]
    if reached.empty:
        return _said_above()
    if per_page.empty:
        return reaching_nobody()
    per_page = per_page.assign(tier=selection.measures["tier"])
    found = {
        tier: _mean_over_median(pages)
        for tier in groups(selection)
        if len(pages := of_tier(per_page, tier))
    }
    lines = [
        f"- **{selection.heading(tier)}**: {_times_in_words(estimate)}"
        for tier, estimate in found.items()
    ]
    rows = rows_named(selection, "mean_over_median_organic_reach", _MEAN_OVER_MEDIAN, found)
    return Sentence("\n".join(lines), rows)


def _mean_over_median(pages: pd.DataFrame) -> Estimate:
    times = pages["mean"] / pages["median"]
    return typical_page(times, n_posts=int(pages["size"].sum()), unit="times")


def reaching_nobody() -> Sentence:
    """Say that reach was measured, and is zero on every page."""
    return Sentence(say("The ordinary post of these pages reaches nobody."))


def _times_in_words(estimate: Estimate) -> str:
    return say(
        "the mean organic post of a page reaches **{times}** times as many people as its ordinary "
        "one, the median; {basis}.",
        times=in_cell(estimate),
        basis=basis(estimate),
    )


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
            say(
                "To compare large with small pages takes {needed} pages of different sizes with "
                "measured reach and known followers; these data have {n}.",
                needed=FEWEST_PAGES_TO_HALVE,
                n=len(measured),
            )
        )
    small, large = measured[~is_large], measured[is_large]
    return Sentence(
        say(
            "Of {pages} with measured reach, the smaller half (at the middle {few} followers) "
            "reaches {of_few} of them, and the larger half ({many}) {of_many}.",
            pages=count(len(measured), "page"),
            few=number(round(small["followers"].median())),
            of_few=percentage(small[RATE.name].median()),
            many=number(round(large["followers"].median())),
            of_many=percentage(large[RATE.name].median()),
        )
    )


def by_kind(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the organic reach of the ordinary post of each kind."""
    if _without_reach(selection):
        return _unmeasured_reach()
    posts = _with_rate(selection).dropna(subset=["kind"])
    kinds = [kind for kind in KINDS if (posts["kind"] == kind).any()]
    if not kinds:
        return Sentence(say("The kind of a post is **not measured** in these data."))
    enough = posts[_posts_of_the_kind(posts) >= FEWEST_POSTS]
    of_group = {tier: of_tier(enough, tier) for tier in groups(selection)}
    found = {
        kind: {tier: _of_kind(selection, of_it, kind) for tier, of_it in of_group.items()}
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
    table = table_of(
        selection,
        {capitalised(kind_in_words(kind)): estimates for kind, estimates in found.items()},
        say("{measure}, by kind", measure=say(_rate_or_people(selection).label)),
        rows,
        _which_kinds(selection),
    )
    return resting_on(table, {say("Rests on"): [_all_in_words(it) for it in of_group.values()]})


def _which_kinds(selection: Selection) -> str:
    if selection.page:
        return say("Kinds of which the page has at least {n} posts.", n=FEWEST_POSTS)
    return say(
        "At the typical page, over pages with at least {n} posts of that kind.", n=FEWEST_POSTS
    )


def _posts_of_the_kind(posts: pd.DataFrame) -> pd.Series:
    """Count for every post how many of its kind its page has."""
    return posts.groupby(["page_id", "kind"])["reached"].transform("size")


def _with_rate(selection: Selection) -> pd.DataFrame:
    """Organic posts with ``reached``: per follower where that is known, else people."""
    per_post = organic_reach_rate if _rate_or_people(selection) is RATE else organic_reach
    return selection.posts.assign(reached=per_post(selection.posts)).dropna(subset=["reached"])


def _of_kind(selection: Selection, posts: pd.DataFrame, kind: str) -> Estimate:
    of_kind = posts[posts["kind"] == kind]
    unit = _rate_or_people(selection).unit
    if of_kind.empty:
        method = "median over pages"
        return Basis(n_pages=0, n_posts=0, unit=unit, method=method).nothing(
            f"no page has {FEWEST_POSTS} posts of this kind with a reach"
        )
    by_page = of_kind.groupby("page_id")["reached"].median()
    return typical_page(by_page, n_posts=len(of_kind), unit=unit)


def _all_in_words(posts: pd.DataFrame) -> str:
    return pages_and_posts(posts["page_id"].nunique(), len(posts))


def by_month(selection: Selection) -> Sentence | ShownFigure:
    """Draw the organic reach of the ordinary post in every month."""
    if _without_reach(selection):
        return _said_above()
    posts = _with_rate(selection).dropna(subset=["published_at"])
    if posts.empty:
        return Sentence(say("When posts were published is **not measured** in these data."))
    return reach_by_month(selection, posts, _rate_or_people(selection))


def paid(selection: Selection) -> Sentence | ShownTable:
    """Tabulate paid reach beside organic reach."""
    if not selection.posts["paid"].fillna(value=False).any():
        return Sentence(
            say(
                "No post in these data is known to be boosted. Public data do not tell; the page's "
                "own insights do."
            )
        )
    caption = (
        say("Boosted beside organic posts, at this page")
        if selection.page
        else say("Boosted beside organic posts, at the typical page that shared its reach")
    )
    organic, boosted = (typical_per_tier(selection, CATALOGUE[name]) for name in PAID[:2])
    rests_on = {
        say("Organic: rests on"): [basis(estimate) for estimate in organic.values()],
        say("Boosted: rests on"): [basis(estimate) for estimate in boosted.values()],
    }
    return resting_on(estimate_table(selection, PAID, caption), rests_on)


def paid_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the ordinary boosted post beside the ordinary organic one, page by page."""
    people = selection.measures[["organic_reach_per_post", "boosted_reach_per_post"]]
    both = selection.measures[(people > 0).all(axis="columns")]  # on a logarithmic scale
    if both.empty:
        return Sentence(
            say("No page has the reach of both organic and boosted posts in these data.")
        )
    return paid_and_organic(selection, both)


def views(selection: Selection) -> Sentence | ShownTable:
    """Tabulate views per post, with what was counted."""
    if selection.posts[["views", "views_organic"]].isna().all(axis=None):
        return Sentence(
            say(
                "Views are **not measured** in these data. They are in the page's own insights and "
                "in the Content Library."
            )
        )
    table = estimate_table(
        selection, VIEWS, say("Views per post at {page}", page=the_page(selection))
    )
    definitions = selection.posts["views_definition"].dropna().unique()
    if not len(definitions):
        return table
    counted = joined([say.reason(str(definition)) for definition in definitions])
    note = say("Counted: {definitions}.", definitions=counted)
    return replace(table, note=f"{table.note} {note}".strip())
