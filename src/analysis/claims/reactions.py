"""Hardly any reaction, and nobody says anything: the typical page's ordinary organic posts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.claims.rule import spanning
from analysis.inference.bounds import typical_page_bounds
from analysis.inference.estimate import Estimate
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material, Measure
from analysis.measures.organic import organic_readings

NO_POSTS = "not measured: there are no posts"
NOT_COUNTED = "not measured: a count that it takes is missing from every post"


def few_reactions(material: Material, *, level: float) -> Estimate:
    """Bound the typical page's interactions per 1,000 followers on an ordinary organic post.

    Parameters
    ----------
    material : Material
        Posts of the pages to judge.
    level : float
        Level of each one-sided bound.

    Returns
    -------
    Estimate
        The median over pages of each page's median, with order-statistic bounds. Where it is not
        known which posts were paid for, the bounds span both readings of ``organic_readings``.
    """
    return _typical_page(CATALOGUE["interactions_per_1000_followers"], material, level)


def few_comments(material: Material, *, level: float) -> Estimate:
    """Bound the typical page's share of posts with at most one comment by somebody else.

    Parameters
    ----------
    material : Material
        Posts of the pages to judge, and the comments that were read.
    level : float
        As in `few_reactions`.
    """
    by_others = replace(material, posts=without_own_comments(material))
    return _typical_page(CATALOGUE["at_most_one_comment"], by_others, level)


def without_own_comments(material: Material) -> pd.DataFrame:
    """Subtract the page's own comments from the public counts.

    Returns
    -------
    pandas.DataFrame
        The posts. ``comments`` of a page that was not read keeps the public count.
    """
    posts, comments = material.posts, material.comments
    if comments.empty:
        return posts
    own = comments[comments["by_page"].fillna(False).astype(bool)]
    subtracted = posts[["page_id", "post_id"]].merge(
        own.groupby(["page_id", "post_id"]).size().rename("own").reset_index(), how="left"
    )
    left = posts["comments"] - subtracted["own"].fillna(0).to_numpy()
    return posts.assign(comments=left.clip(lower=0))


def pages_read(material: Material) -> set[str]:
    """Pages of which comments were read, with who wrote them."""
    if material.comments.empty:
        return set()
    known = material.comments["by_page"].notna()
    return set(material.comments.loc[known, "page_id"]) & set(material.posts["page_id"])


def of_pages(material: Material, page_ids: set[str]) -> Material:
    """Keep the posts and comments of some pages."""
    posts, comments = material.posts, material.comments
    return replace(
        material,
        posts=posts[posts["page_id"].isin(page_ids)],
        comments=comments if comments.empty else comments[comments["page_id"].isin(page_ids)],
    )


def _typical_page(measure: Measure, material: Material, level: float) -> Estimate:
    readings = [replace(material, posts=posts) for posts in organic_readings(material.posts)]
    found = spanning([_bounds(measure, reading, level) for reading in readings])
    if found.estimable:
        return found
    return replace(found, reason=NO_POSTS if material.posts.empty else NOT_COUNTED)


def _bounds(measure: Measure, material: Material, level: float) -> Estimate:
    numbers = measure.compute(material).dropna()
    return typical_page_bounds(
        numbers.to_numpy(),
        level=level,
        n_posts=int(measure.rests_on(material).reindex(numbers.index).sum()),
        unit=measure.unit,
    )
