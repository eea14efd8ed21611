"""What a measure is, and the posts that measures are computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.measures.questions import questions

if TYPE_CHECKING:
    from pandas.core.groupby import SeriesGroupBy


@dataclass(frozen=True)
class Material:
    """What the measures of a set of pages are computed from.

    Attributes
    ----------
    posts : pandas.DataFrame
        One row per post: the columns of the canonical posts table, with ``interactions`` and the
        ``target_group_size`` of its page. A missing count is NaN, never zero.
    weeks : float
        Length of the study's period, in weeks.
    timezone : str
        Where days and hours are read off the clock.
    comments : pandas.DataFrame
        One row per comment under these posts: the columns of the canonical comments table.
        Without files of comments it has no rows and no columns.
    """

    posts: pd.DataFrame
    weeks: float
    timezone: str
    comments: pd.DataFrame = field(default_factory=pd.DataFrame)

    def per_page(self, column: str) -> SeriesGroupBy[Any, Any]:
        """Group one column of the posts by page."""
        return self.posts.groupby("page_id", sort=True)[column]

    @cached_property
    def questions(self) -> pd.DataFrame:
        """What people asked under these posts, and whether the page answered."""
        return questions(self.comments)

    def local_time(self) -> pd.Series:
        """Time of each post on the study's clock."""
        return self.posts["published_at"].dt.tz_convert(self.timezone)


def all_posts(material: Material) -> pd.Series:
    """Count every post of each page."""
    return material.posts.groupby("page_id").size()


def posts_with(*columns: str) -> Callable[[Material], pd.Series]:
    """Count the posts of each page in which all these columns were measured."""
    return lambda material: material.posts.dropna(subset=list(columns)).groupby("page_id").size()


@dataclass(frozen=True)
class Measure:
    """A number per page.

    Attributes
    ----------
    name : str
        Its column, and its name in the results.
    label : str
        What a reader calls it.
    unit : str
        What the number counts.
    formula : str
        How it is made, in the symbols N, F, L, C, S, I of the methods.
    reference : str
        Where it comes from.
    compute : callable
        ``compute(material) -> pandas.Series``, one value per page, NaN where not measured.
    rests_on : callable
        ``rests_on(material) -> pandas.Series``, per page the posts that the measure is made from.
    """

    name: str
    label: str
    unit: str
    formula: str
    reference: str
    compute: Callable[[Material], pd.Series]
    rests_on: Callable[[Material], pd.Series] = all_posts


def share_where(column: str, holds: Callable[[pd.Series], pd.Series]) -> Callable[..., pd.Series]:
    """Make the measure "share of a page's posts for which something holds".

    Posts whose ``column`` was not measured count neither for nor against.
    """

    def compute(material: Material) -> pd.Series:
        measured = material.posts.loc[material.posts[column].notna(), ["page_id", column]]
        return holds(measured[column]).groupby(measured["page_id"]).mean()

    return compute


def mean_per_post(column: str) -> Callable[[Material], pd.Series]:
    """Make the measure "mean of a column over a page's posts"."""
    return lambda material: material.per_page(column).mean()


def median_per_post(column: str) -> Callable[[Material], pd.Series]:
    """Make the measure "median of a column over a page's posts"."""
    return lambda material: material.per_page(column).median()


def per_thousand(count: str, exposure: str) -> Callable[[Material], pd.Series]:
    """Make the measure "sum of a count per 1,000 of an exposure", the ratio of means.

    Only posts with both count together, so that numerator and denominator speak of the same posts.
    """

    def compute(material: Material) -> pd.Series:
        both = material.posts.dropna(subset=[count, exposure]).groupby("page_id")
        return 1000 * both[count].sum() / both[exposure].sum().where(lambda total: total > 0)

    return compute


def mean_of_ratios(count: str, exposure: str) -> Callable[[Material], pd.Series]:
    """Make the measure "mean over posts of a count per 1,000 of an exposure"."""

    def compute(material: Material) -> pd.Series:
        ratio = _post_ratio(material.posts, count, exposure)
        return ratio.groupby(material.posts["page_id"]).mean()

    return compute


def median_of_ratios(count: str, exposure: str) -> Callable[[Material], pd.Series]:
    """Make the measure "median over posts of a count per 1,000 of an exposure"."""

    def compute(material: Material) -> pd.Series:
        ratio = _post_ratio(material.posts, count, exposure)
        return ratio.groupby(material.posts["page_id"]).median()

    return compute


def _post_ratio(posts: pd.DataFrame, count: str, exposure: str) -> pd.Series:
    return 1000 * posts[count] / posts[exposure].where(posts[exposure] > 0)
