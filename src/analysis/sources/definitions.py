"""What reach and views count, and since when.

A number is described by the text of its definition. Two texts are two definitions: numbers under
different ones are never added up, averaged or compared as if they were one.

The days are those on which Meta changed what is counted or reported:

- April 2018: a post counts when it comes on screen, no longer when it is delivered to a feed, and
  "organic" is everything not paid; until then it left out what friends passed on. Both ways were
  reported side by side from 12 February 2018.
- 14 March 2024, 15 November 2025, 15 June 2026: metrics were withdrawn, impressions gave way to
  views, and unique reach gave way to unique viewers; see
  https://developers.facebook.com/docs/platforminsights/page/deprecated-metrics and
  https://developers.facebook.com/blog/post/2025/08/15/page-insights-api-updates/. Meta does not
  say that numbers from before and after such a day count the same, so they are kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import polars as pl


@dataclass(frozen=True)
class Definition:
    """What a number counts from a day on; without a day, from the beginning."""

    since: date | None
    text: str


History = tuple[Definition, ...]

REACH: History = (
    Definition(
        None,
        "unique people to whose feed the post was delivered; organic without what friends passed "
        "on (until April 2018)",
    ),
    Definition(
        date(2018, 4, 1),
        "unique people on whose screen the post came; organic = not paid (since April 2018)",
    ),
    Definition(
        date(2024, 3, 14),
        "unique people on whose screen the post came; organic = not paid (since March 2024)",
    ),
    Definition(
        date(2026, 6, 15),
        "unique viewers: people on whose screen the post came or played; organic = not paid "
        "(since June 2026)",
    ),
)
"""Reach as Meta reports it to a page about its own posts."""

IMPRESSIONS: History = (
    Definition(None, "impressions: times delivered to a feed (until April 2018)"),
    Definition(date(2018, 4, 1), "impressions: times on screen (since April 2018)"),
    Definition(date(2024, 3, 14), "impressions: times on screen (since March 2024)"),
)
"""Times shown, under the name that Meta used until November 2025."""

VIEWS: History = (
    Definition(
        None,
        "views: times on screen or played, repeats counted (in place of impressions since "
        "November 2025, in some exports earlier)",
    ),
)
"""Times shown, under the name that Meta uses since November 2025."""

THREE_SECOND_VIDEO_VIEWS = "3-second video views"
"""CrowdTangle's views: https://www.crowdtangle.com/resources/glossary."""

INSTAGRAM_VIDEO_VIEWS = "video views on Instagram"
"""CrowdTangle's views of an Instagram video; from which second on is not documented."""

CONTENT_LIBRARY_VIEWS = (
    "times on screen, not the owner's own; videos whether played or not; hidden below 100"
)
"""The Content Library's views:
https://developers.facebook.com/docs/content-library-and-api/appendix/data-dictionary.
"""


@dataclass(frozen=True)
class Change:
    """A day on which variables began to count something else, or to be counted another way."""

    since: str
    variables: tuple[str, ...]
    what: str
    url: str


DEFINED = {
    "followers_definition": ("followers_at_posting",),
    "views_definition": ("views", "views_organic", "views_paid"),
    "reach_definition": ("reach", "reach_organic", "reach_paid"),
}
"""Numbers that mean what their definition says."""

NOT_STATED = "not stated"
"""A definition of its own: nothing tells that such numbers count the same as others."""

_REACH, _VIEWS = DEFINED["reach_definition"], DEFINED["views_definition"]
_DEPRECATED = "https://developers.facebook.com/docs/platforminsights/page/deprecated-metrics"

CHANGES = (
    Change(
        "2018-04",
        (*_REACH, *_VIEWS),
        "A post counts when it comes on screen, no longer when it is delivered to a feed (reported "
        "side by side from 12 February 2018). Organic becomes everything not paid; until 25 April "
        "2018 it left out what friends passed on.",
        "https://www.socialchimp.com/blog/"
        "facebook-updating-page-insights-improve-metrics-reporting/ and https://help.facelift-cloud.com/en/articles/"
        "8624814-breaking-changes-when-using-the-facelift-data-studio-api-25th-of-april-2018",
    ),
    Change(
        "2024-03",
        (*_REACH, *_VIEWS),
        "Meta withdraws many Page Insights metrics on 14 March 2024. It does not say that what "
        "remains counts the same before and after.",
        _DEPRECATED,
    ),
    Change(
        "2025-11",
        (*_VIEWS, "followers_at_posting"),
        "Impressions and page fans are withdrawn on 15 November 2025; views and follows take their "
        "place. Some exports had views earlier.",
        "https://developers.facebook.com/blog/post/2025/08/15/page-insights-api-updates/",
    ),
    Change(
        "2026-06",
        _REACH,
        "Unique impressions (reach), organic ones included, are withdrawn from the API by 15 June "
        "2026; unique viewers take the place of the total. A post's organic reach has no "
        "successor there. (One copy of Meta's list says 2025.)",
        "https://developers.facebook.com/docs/graph-api/reference/v2.7/insights and " + _DEPRECATED,
    ),
)
"""Methodology changes, in order of time, as far as they could be confirmed."""


def definition_on(history: History, published: pl.Expr) -> pl.Expr:
    """Give the definition under which the numbers of a post were counted.

    Parameters
    ----------
    history : tuple of Definition
        In order of time.
    published : polars.Expr
        When the post was published, in UTC: most of what is counted happens within days.

    Returns
    -------
    polars.Expr
        The text of the definition; null where the time of publication is not known.
    """
    known = [pl.when(_is_since(published, item)).then(pl.lit(item.text)) for item in history[::-1]]
    return pl.coalesce(known)


def only_where_measured(definition: str) -> pl.Expr:
    """Keep a definition where one of its numbers is measured; elsewhere there is none."""
    return pl.when(_is_measured(definition)).then(pl.col(definition)).alias(definition)


def stated(definition: str) -> pl.Expr:
    """Give the definition of the numbers that are measured, :data:`NOT_STATED` where it is not."""
    text = pl.col(definition).fill_null(NOT_STATED)
    return pl.when(_is_measured(definition)).then(text).alias(definition)


def leading_definition(n_posts: Mapping[str, int]) -> str:
    """Choose the definition that most posts have; of equally frequent ones, the first by name."""
    return min(n_posts, key=lambda definition: (-n_posts[definition], definition))


def _is_measured(definition: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).is_not_null() for name in DEFINED[definition])


def _is_since(published: pl.Expr, definition: Definition) -> pl.Expr:
    if definition.since is None:
        return published.is_not_null()
    return published >= pl.lit(datetime.combine(definition.since, time.min, tzinfo=UTC))
