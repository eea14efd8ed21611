"""What posts are for, how they speak, and which of them get which response.

What a post is for stands in the posts' columns ``purpose`` and ``strategy``. Only the notebook
about content makes them: nothing else needs every text read. Without them nothing here is measured
but the kinds of reactions.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from analysis.content.rules import classes
from analysis.measures.measure import Material, Measure, posts_with
from analysis.vocabulary import REACTION_KINDS

DEPAULA = "Adapted from DePaula, Dincelli & Harrison 2018, doi:10.1016/j.giq.2017.10.003"
MERGEL = "Adapted from Mergel 2013, doi:10.1016/j.giq.2013.05.015"
ANGER = "Kinds of reactions: much reaction may be much anger"
TAIL = "Concentration ratio, with what the posts are for"

PURPOSES = classes()["purpose"].names
STRATEGIES = classes()["strategy"].names
CRISIS = "crisis"
UNPLEASANT = ("angry", "sad")

_SOURCE = {"purpose": DEPAULA, "strategy": MERGEL}
NOTHING = pd.Series(dtype=float)


def class_label(name: str) -> str:
    """What a reader calls a class: the name, or that there is none."""
    return "no purpose found" if name == "none" else name


def _coded(material: Material, dimension: str, *needed: str) -> pd.DataFrame:
    """Posts that have a class and these counts; none where posts have no classes."""
    if dimension not in material.posts:
        return material.posts.iloc[:0].assign(**{dimension: None})
    return material.posts.dropna(subset=[dimension, *needed])


def _share_of_class(dimension: str, name: str) -> Callable[[Material], pd.Series]:
    def compute(material: Material) -> pd.Series:
        posts = _coded(material, dimension)
        return (posts[dimension] == name).groupby(posts["page_id"]).mean()

    return compute


def _ordinary_post(purpose: str) -> Callable[[Material], pd.Series]:
    def compute(material: Material) -> pd.Series:
        posts = _coded(material, "purpose", "interactions", "followers_at_posting")
        posts = posts[(posts["purpose"] == purpose) & (posts["followers_at_posting"] > 0)]
        rate = 1000 * posts["interactions"] / posts["followers_at_posting"]
        return rate.groupby(posts["page_id"]).median()

    return compute


def _share_of_reactions(kind: str, purpose: str | None = None) -> Callable[[Material], pd.Series]:
    column = f"reactions_{kind}"

    def compute(material: Material) -> pd.Series:
        if purpose is None:
            posts = material.posts.dropna(subset=[column, "reactions"])
        else:
            posts = _coded(material, "purpose", column, "reactions")
            posts = posts[posts["purpose"] == purpose]
        sums = posts.groupby("page_id")[[column, "reactions"]].sum()
        return sums[column] / sums["reactions"].where(sums["reactions"] > 0)

    return compute


def _crisis_share_of_interactions(material: Material) -> pd.Series:
    posts = _coded(material, "purpose", "interactions")
    of_crisis = posts["interactions"].where(posts["purpose"] == CRISIS, 0.0)
    total = posts.groupby("page_id")["interactions"].sum()
    return of_crisis.groupby(posts["page_id"]).sum() / total.where(total > 0)


def _crisis_in_top_tenth(material: Material) -> pd.Series:
    posts = _coded(material, "purpose", "interactions")
    top = posts[_in_top_tenth(posts)]
    return (top["purpose"] == CRISIS).groupby(top["page_id"]).mean()


def _top_tenth_over_ordinary(material: Material) -> pd.Series:
    posts = material.posts.dropna(subset=["interactions"])
    top = posts[_in_top_tenth(posts)].groupby("page_id")["interactions"].mean()
    ordinary = posts.groupby("page_id")["interactions"].median()
    return top / ordinary.where(ordinary > 0)


def _in_top_tenth(posts: pd.DataFrame) -> pd.Series:
    """The tenth of each page's posts with the most interactions, rounded up."""
    by_page = posts.groupby("page_id")["interactions"]
    place = by_page.rank(method="first", ascending=False)
    return place <= (by_page.transform("size") / 10).map(math.ceil)


def _of_purpose(purpose: str) -> tuple[Measure, ...]:
    label = class_label(purpose)
    return (
        Measure(
            f"interactions_per_1000_followers_{purpose}",
            f"Ordinary post, {label}: interactions per 1,000 followers",
            "interactions per 1,000 followers per post",
            f"median over posts with purpose = {purpose} of 1,000 · I / F",
            DEPAULA,
            _ordinary_post(purpose),
        ),
        *(
            Measure(
                f"share_{kind}_{purpose}",
                f"Posts with {label}: reactions of the kind '{kind}'",
                "share of reactions",
                f"Σ{kind} / ΣL over posts with purpose = {purpose}",
                ANGER,
                _share_of_reactions(kind, purpose),
            )
            for kind in UNPLEASANT
        ),
    )


MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"share_{dimension}_{name}",
            f"Posts with {dimension}: {class_label(name)}"
            if name != "none"
            else "No purpose found",
            "share of posts",
            f"#{{{dimension} = {name}}} / N over posts with a text or a hand code",
            _SOURCE[dimension],
            _share_of_class(dimension, name),
        )
        for dimension, of in classes().items()
        for name in of.names
    ),
    *(measure for purpose in PURPOSES for measure in _of_purpose(purpose)),
    *(
        Measure(
            f"share_reactions_{kind}",
            f"Reactions of the kind '{kind}'",
            "share of reactions",
            f"Σ{kind} / ΣL",
            ANGER,
            _share_of_reactions(kind),
        )
        for kind in REACTION_KINDS
    ),
    Measure(
        "crisis_share_of_interactions",
        "Share of interactions that crisis posts get",
        "share of interactions",
        "ΣI over posts with purpose = crisis / ΣI",
        TAIL,
        _crisis_share_of_interactions,
    ),
    Measure(
        "crisis_in_top_tenth",
        "Share of crisis posts in the top tenth of posts",
        "share of posts",
        "#{purpose = crisis} / ⌈N/10⌉ over the ⌈N/10⌉ most reacted posts",
        TAIL,
        _crisis_in_top_tenth,
    ),
    Measure(
        "top_tenth_over_ordinary",
        "Mean post of the top tenth, in ordinary posts",
        "times the ordinary post",
        "mean I of the ⌈N/10⌉ most reacted posts / median I",
        TAIL,
        _top_tenth_over_ordinary,
        posts_with("interactions"),
    ),
)
