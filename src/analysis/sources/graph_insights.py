"""Insights of posts as Meta's Graph API gives them: which number is which, and what it counts.

Until June 2026 the families ``post_impressions_*`` (times shown) and ``post_impressions_*_unique``
(reach) could be asked for organic and paid apart. Their successors are ``post_media_view``, to be
split by ``is_from_ads``, and ``post_total_media_view_unique``, which cannot be split: of new posts
there are organic views and no organic reach. See
https://developers.facebook.com/documentation/pages-api/platforminsights/page/deprecated-metrics
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import polars as pl

from analysis.sources.canonical import count
from analysis.sources.definitions import IMPRESSIONS, REACH, VIEWS, definition_on
from analysis.sources.json_records import Record, at, list_at
from analysis.sources.remarks import Remark, not_the_sum
from analysis.sources.text_table import TextTable

IN_ALL = "lifetime"
IMPRESSIONS_NAMES = ("post_impressions", "post_impressions_organic", "post_impressions_paid")
REACH_NAMES = tuple(f"{name}_unique" for name in IMPRESSIONS_NAMES)
MEDIA_VIEW = "post_media_view"
MEDIA_VIEW_NAMES = (MEDIA_VIEW, f"{MEDIA_VIEW}_organic", f"{MEDIA_VIEW}_paid")
VIEWERS = "post_total_media_view_unique"
BY_TYPE = "post_reactions_by_type_total"
LINK_CLICKS = "link_clicks"
KINDS = {"love": "love", "wow": "wow", "haha": "haha", "sad": "sorry", "angry": "anger"}
LIKE_TOTAL = "post_reactions_like_total"
KIND_TOTALS = {f"reactions_{kind}": f"post_reactions_{kind}_total" for kind in KINDS}
METRICS = (
    *(*IMPRESSIONS_NAMES, *REACH_NAMES, *MEDIA_VIEW_NAMES, VIEWERS),
    *(BY_TYPE, LIKE_TOTAL, *KIND_TOTALS.values(), LINK_CLICKS),
)
_WITHOUT_DATE = "; the time of publication is not known"


def metrics_of(insights: object) -> dict[str, object]:
    """Give the numbers of a post by the names in :data:`METRICS`.

    Parameters
    ----------
    insights : object
        What stands under ``insights``: the API's list of metrics, or names with their values.

    Returns
    -------
    dict of str to object
        Numbers over the life of the post only; a day's number is not that of the post.
    """
    if isinstance(insights, Mapping) and not isinstance(insights.get("data"), list):
        return _spread(insights)
    entries = insights if isinstance(insights, list) else list_at(insights, "data")
    return merged_metrics(entries)


def merged_metrics(entries: Iterable[object]) -> dict[str, object]:
    """Give the numbers of a post from the API's entries about it, one for each metric."""
    metrics: dict[str, object] = {}
    for entry in entries:
        name, values = at(entry, "name"), list_at(entry, "values")
        if isinstance(name, str) and values and at(entry, "period") in (None, IN_ALL):
            metrics |= _media_views(values) if name == MEDIA_VIEW else {}
            metrics |= _spread({name: at(values[-1], "value")}) if name != MEDIA_VIEW else {}
    return metrics


def _media_views(values: list[object]) -> dict[str, object]:
    """Views by ads or not; a total only where nothing is split, so that it is never a part."""
    parts = {at(value, "is_from_ads"): at(value, "value") for value in values}
    if None not in parts:
        named = {"0": f"{MEDIA_VIEW}_organic", "1": f"{MEDIA_VIEW}_paid"}
        return {named[str(part)]: value for part, value in parts.items() if str(part) in named}
    if any(at(value, "is_from_followers") is not None for value in values):
        return {}
    return {MEDIA_VIEW: parts[None]}


def _spread(metrics: Record) -> dict[str, object]:
    """Spread the metrics that hold several numbers."""
    spread = dict(metrics)
    by_type = metrics.get(BY_TYPE)
    if isinstance(by_type, Mapping):
        spread[BY_TYPE] = _sum_of(by_type)
        for kind, word in KINDS.items():
            spread[f"post_reactions_{kind}_total"] = by_type.get(word, by_type.get(kind))
    clicks = metrics.get("post_clicks_by_type")
    if isinstance(clicks, Mapping):
        spread[LINK_CLICKS] = clicks.get("link clicks")
    return spread


def _sum_of(by_type: Record) -> object:
    """The sum of whole numbers; else what stands there, to be refused as no number."""
    numbers = list(by_type.values())
    if all(isinstance(number, str) and number.isdecimal() for number in numbers):
        return str(sum(int(cast("str", number)) for number in numbers))
    return by_type


def insight_fields(table: TextTable, published: pl.Expr) -> dict[str, pl.Expr]:
    """Give the canonical columns that insights fill.

    New and old metrics are definitions of their own: views are media views where there are any,
    else impressions; reach is that of the old family where there is any, for it can be split.
    ``reactions_like`` is left missing, since these likes include care.

    Parameters
    ----------
    table : TextTable
        Cells with counts in columns named as in :data:`METRICS`.
    published : polars.Expr
        When the post was published, in UTC.
    """
    views, organic, paid = (count(table, name) for name in MEDIA_VIEW_NAMES)
    new_views = [pl.coalesce(views, organic + paid), organic, paid]
    old_views = [count(table, name) for name in IMPRESSIONS_NAMES]
    old_reach = [count(table, name) for name in REACH_NAMES]
    is_new, is_old = _is_any_given(new_views), _is_any_given(old_reach)
    viewers = count(table, VIEWERS)
    views, views_organic, views_paid = (
        pl.when(is_new).then(new).otherwise(old)
        for new, old in zip(new_views, old_views, strict=True)
    )
    return {
        "views": views,
        "views_organic": views_organic,
        "views_paid": views_paid,
        "views_definition": pl.when(is_new)
        .then(pl.lit(VIEWS[-1].text))
        .otherwise(definition_on(IMPRESSIONS, published).fill_null("impressions" + _WITHOUT_DATE)),
        "reach": pl.when(is_old).then(old_reach[0]).otherwise(viewers),
        "reach_organic": old_reach[1],
        "reach_paid": old_reach[2],
        "reach_definition": pl.when(is_old)
        .then(definition_on(REACH[:-1], published).fill_null("unique people" + _WITHOUT_DATE))
        .otherwise(pl.lit(REACH[-1].text)),
        "paid": pl.coalesce(views_paid, old_reach[2]) > 0,
        "link_clicks": count(table, LINK_CLICKS),
        **{field: count(table, name) for field, name in KIND_TOTALS.items()},
    }


def insight_reactions(table: TextTable) -> pl.Expr:
    """Reactions of every kind as insights count them."""
    totals = [count(table, name) for name in (LIKE_TOTAL, *KIND_TOTALS.values())]
    return pl.coalesce(count(table, BY_TYPE), pl.sum_horizontal(totals, ignore_nulls=False))


def insight_remarks(table: TextTable) -> list[Remark]:
    """Compare totals of times shown with their parts.

    People who were reached both ways are in both parts of reach, so that is not compared.
    """
    then = "the total is used for all, the parts for themselves"
    families = (IMPRESSIONS_NAMES, MEDIA_VIEW_NAMES)
    return [
        not_the_sum(names[0], count(table, names[0]), _parts(table, names), then)
        for names in families
        if set(names) <= set(table.columns)
    ]


def _parts(table: TextTable, names: tuple[str, ...]) -> dict[str, pl.Expr]:
    return {f"'{name}'": count(table, name) for name in names[1:]}


def _is_any_given(numbers: list[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(number.is_not_null() for number in numbers)
