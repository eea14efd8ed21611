"""Findings of notebook 02: does anyone react."""

from __future__ import annotations

import numpy as np

from analysis.figures.posts import concentration as lorenz_curves
from analysis.figures.posts import interactions_per_post
from analysis.figures.ranking import places_of, ranking_by_denominator
from analysis.findings.one_page import among_its_tier
from analysis.findings.per_tier import (
    UNMEASURED,
    Estimates,
    estimate_table,
    groups,
    rows_of,
    the_page,
    typical_per_tier,
)
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import pooled_rate
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.sums import page_sums
from analysis.selection import Selection, of_tier
from analysis.sentences import (
    basis,
    capitalised,
    count,
    interval_behind,
    missing_in_words,
    number,
    percentage,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable

ORDINARY_POST = CATALOGUE["interactions_per_1000_followers"]
PER_POST = CATALOGUE["interactions_per_post"]
NO_COMMENT = CATALOGUE["no_comment"]
ORDINARY_AND_MEAN = [
    "interactions_per_post",
    "mean_interactions_per_post",
    "interactions_per_1000_followers",
    "mean_interactions_per_1000_followers",
]
BONSON = [
    *(f"{family}{i}" for family in "PCV" for i in (1, 2)),
    *(f"{family}3{reading}" for family in "PCV" for reading in ("", "_mean_of_ratios")),
    "E",
]
SILENCE = ["no_comment", "at_most_one_comment", "no_interaction", "under_one_per_1000_followers"]
CONCENTRATION = ["top_tenth_share", "gini"]
DENOMINATORS = [
    "mean_interactions_per_1000_followers",
    "interactions_per_1000_followers_30_days",
    "interactions_per_1000_target_group",
    "interactions_per_1000_reached",
]


def answer(selection: Selection) -> Sentence:
    """Say what the ordinary post of the typical page gets, and how many posts get no comment."""
    measure = ORDINARY_POST if _has(selection, ORDINARY_POST) else PER_POST
    reactions = typical_per_tier(selection, measure)
    silence = typical_per_tier(selection, NO_COMMENT)
    whose = say("At {page}, the ordinary post gets this much:", page=the_page(selection))
    lines = [whose, ""]
    lines += [_answer_line(selection, tier, reactions[tier], silence[tier]) for tier in reactions]
    rows = [
        *rows_of(selection, measure, reactions),
        *rows_of(selection, NO_COMMENT, silence),
    ]
    return Sentence("\n".join(lines), rows)


def _answer_line(selection: Selection, tier: str, reactions: Estimate, silence: Estimate) -> str:
    return (
        f"- **{selection.heading(tier)}**: {_reactions_in_words(reactions)}; "
        f"{_silence_in_words(silence)} ({basis(silence)})."
    )


def _reactions_in_words(estimate: Estimate) -> str:
    if not estimate.estimable:
        return say("interactions are {missing}", missing=missing_in_words(estimate))
    value = f"**{value_in_words(estimate)}**"
    if estimate.unit == PER_POST.unit:
        said = say("{value} interactions", value=value)
    else:
        said = say("{value} interactions per 1,000 followers", value=value)
    return f"{said}{interval_behind(estimate)}"


def _silence_in_words(estimate: Estimate) -> str:
    if not estimate.estimable:
        return say("comments are {missing}", missing=missing_in_words(estimate))
    said = say("{share} of the posts have no comment", share=f"**{value_in_words(estimate)}**")
    return f"{said}{interval_behind(estimate)}"


def ordinary_post(selection: Selection) -> ShownTable:
    """Tabulate what the ordinary post gets, beside the mean post."""
    return estimate_table(
        selection, ORDINARY_AND_MEAN, say("Interactions at {page}", page=the_page(selection))
    )


def ordinary_post_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw what the ordinary post of every page gets."""
    measure = ORDINARY_POST if _has(selection, ORDINARY_POST) else PER_POST
    if not _has(selection, measure):
        return _nothing_to_draw()
    return among_its_tier(selection, measure)


def _nothing_to_draw() -> Sentence:
    return Sentence(say("There is nothing to draw: interactions are not measured."))


def _has(selection: Selection, measure: Measure) -> bool:
    """Whether any page of the selection has the measure."""
    return bool(selection.measures[measure.name].notna().any())


def bonson(selection: Selection) -> ShownTable:
    """Tabulate popularity, commitment, virality and engagement."""
    return estimate_table(
        selection, BONSON, say("Popularity (P), commitment (C), virality (V) and engagement (E)")
    )


def silence(selection: Selection) -> ShownTable:
    """Tabulate the posts that get nothing, or next to nothing."""
    return estimate_table(selection, SILENCE, say("Silence at {page}", page=the_page(selection)))


def mean_and_median(selection: Selection) -> Sentence:
    """Say how far the mean post is from the ordinary post."""
    interactions = selection.posts["interactions"].dropna()
    if interactions.empty:
        return Sentence(say("Interactions are **not measured** in these data."))
    mean, median = float(interactions.mean()), float(interactions.median())
    above = float((interactions > mean).mean())
    return Sentence(
        say(
            "Half of the {posts} get {median} interactions or fewer. The mean is {mean}, and only "
            "{above} of the posts get more than that.",
            posts=count(len(interactions), "post"),
            median=number(median),
            mean=number(mean),
            above=percentage(above),
        )
    )


def spread_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw how interactions are spread over posts."""
    interactions = selection.posts["interactions"].dropna()
    if interactions.empty:
        return _nothing_to_draw()
    return interactions_per_post(selection, interactions)


def concentration(selection: Selection) -> ShownTable:
    """Tabulate how few posts carry the interactions."""
    return estimate_table(
        selection, CONCENTRATION, say("Concentration at {page}", page=the_page(selection))
    )


def concentration_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw how few posts carry the interactions."""
    posts = selection.posts.dropna(subset=["interactions"])
    by_tier = {tier: posts.loc[posts["tier"] == tier, "interactions"] for tier in selection.tiers}
    with_interactions = {tier: counts for tier, counts in by_tier.items() if counts.sum() > 0}
    if not with_interactions:
        return _nothing_to_draw()
    return lorenz_curves(selection, with_interactions)


def denominators(selection: Selection) -> ShownTable:
    """Tabulate the same interactions per follower, per resident and per person reached."""
    return estimate_table(
        selection, DENOMINATORS, say("The same interactions under different denominators")
    )


def ranking_moves(selection: Selection) -> Sentence:
    """Say how far pages move in the ranking when the denominator changes."""
    followers, *others = _ranked_by()
    said = [_moves_in_words(selection, followers, other) for other in others]
    return Sentence("\n".join(f"- {line}" for line in said))


def _ranked_by() -> dict[str, str]:
    """What interactions are counted per, and the measure that ranks pages by it."""
    return {
        say("per follower"): "mean_interactions_per_1000_followers",
        say("per person in the target group"): "interactions_per_1000_target_group",
        say("per person reached"): "interactions_per_1000_reached",
    }


def _moves_in_words(selection: Selection, first: str, second: str) -> str:
    measures = [_ranked_by()[way] for way in (first, second)]
    both = selection.measures.dropna(subset=measures)
    if len(both) < 2:
        return say(
            "{first} or {second}: a ranking needs at least two pages with both, and these data "
            "have {n}.",
            first=capitalised(first),
            second=second,
            n=len(both),
        )
    places = [both[measure].rank(ascending=False) for measure in measures]
    moves = (places[0] - places[1]).abs()
    is_moved = moves >= 1
    ways = {"first": capitalised(first), "second": second, "pages": count(len(both), "page")}
    if not is_moved.any():
        return say("{first} or {second}: {pages}, all in the same place.", **ways)
    return say(
        "{first} or {second}: of {pages}, {moving} in another place; the middle page moves by "
        "{middle}, and {furthest} by {most}.",
        **ways,
        moving=number(int(is_moved.sum())),
        middle=_places(float(np.median(moves))),
        furthest=both["name"].iloc[int(moves.argmax())],
        most=_places(float(moves.max())),
    )


def _places(moved: float) -> str:
    return f"{number(moved)} {say.plural('place', 'places', moved)}"


def ranking_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the ranking under each denominator, for the pages that have all that are measured."""
    measured = {
        way: name
        for way, name in _ranked_by().items()
        if selection.measures[name].notna().sum() > 1
    }
    rates = selection.measures[list(measured.values())].set_axis(list(measured), axis="columns")
    rates = rates.dropna()
    if rates.shape[1] < 2 or len(rates) < 2:
        return Sentence(say("There is no second ranking to draw beside the first."))
    if places_of(rates).nunique(axis="columns").eq(1).all():
        return Sentence(say("The rankings are the same, so there is nothing to draw."))
    return ranking_by_denominator(selection, rates, selection.measures.loc[rates.index, "name"])


def pooled(selection: Selection) -> ShownTable:
    """Tabulate the pooled rate: all interactions over all followers of all posts."""
    return estimate_table(
        selection,
        ["mean_interactions_per_1000_followers"],
        say("Interactions per 1,000 followers per post, all posts together (approximate interval)"),
        estimate=_pooled_per_tier,
        statistic="all pages together",
    )


def _pooled_per_tier(selection: Selection, measure: Measure) -> Estimates:
    return {tier: _pooled(selection, tier, measure.unit) for tier in groups(selection)}


def _pooled(selection: Selection, tier: str, unit: str) -> Estimate:
    sums = of_tier(page_sums(selection.posts, per="followers"), tier)
    n_posts = int(sums["n_posts"].sum())
    if sums.empty:
        return not_estimable(UNMEASURED, n_pages=0, n_posts=0, unit=unit, method="pooled rate")
    return pooled_rate(sums["interactions"], sums["exposure"], n_posts=n_posts, unit=unit)
