"""The posts and pages that one notebook speaks about: a study, a tier, a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.ingest.passport import Passport
from analysis.ingest.processed import Tables
from analysis.measures.catalogue import page_measures
from analysis.measures.measure import Material
from analysis.problems import InputProblem, listed, nearest
from analysis.registers.followers import FOLLOWERS_OF_REGISTER
from analysis.sources.definitions import DEFINED, NOT_STATED, leading_definition
from analysis.study import ALL_TIERS, Study

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class LeftOut:
    """Posts that are in the data and not in the measures, counted by reason."""

    outside_period: int
    too_young: int

    @property
    def total(self) -> int:
        """All posts left out."""
        return self.outside_period + self.too_young


@dataclass(frozen=True)
class Selection:
    """What a notebook works on.

    Attributes
    ----------
    tier, page, platform : str
        The parameters, checked. ``tier`` may be ``all``; ``page`` is empty or a page id.
    study_pages : pandas.DataFrame
        Every page of the study on this platform, with whom it wants to reach:  ``target_group``,
        ``target_group_size``, ``reference_date``, ``target_group_source``, ``platform_share``,
        ``reached_otherwise_low`` and ``reached_otherwise_high``.
    study_posts : pandas.DataFrame
        Every measured post of the study on this platform, for comparisons.
    study_comments : pandas.DataFrame
        The comments under these posts; in a study without posts, those written in its period, and
        all replies.
    study_spend : pandas.DataFrame
        What the pages of the study spent on ads.
    study_page_days : pandas.DataFrame
        What was counted of whole pages on the days of the study's period.
    tables : Tables
        Everything that was read, for what looks across platforms.
    left_out : LeftOut
        Posts of this selection that are too young or outside the period.
    """

    study: Study
    root: Path
    tier: str
    page: str
    platform: str
    passport: Passport
    rejects: pd.DataFrame
    study_pages: pd.DataFrame
    study_posts: pd.DataFrame
    left_out: LeftOut
    study_comments: pd.DataFrame
    study_spend: pd.DataFrame
    study_page_days: pd.DataFrame
    tables: Tables

    @cached_property
    def pages(self) -> pd.DataFrame:
        """The pages of this tier, or the one page."""
        return self._of_this_selection(self.study_pages)

    @cached_property
    def posts(self) -> pd.DataFrame:
        """The measured posts of these pages."""
        return self._of_this_selection(self.study_posts)

    @cached_property
    def comments(self) -> pd.DataFrame:
        """The comments under these posts."""
        return self._of_this_selection(self.study_comments)

    @cached_property
    def spend(self) -> pd.DataFrame:
        """What these pages spent on ads."""
        return self._of_this_selection(self.study_spend)

    @cached_property
    def page_days(self) -> pd.DataFrame:
        """What was counted of these pages as a whole, day by day."""
        return self._of_this_selection(self.study_page_days)

    @property
    def platforms(self) -> tuple[str, ...]:
        """Every platform on which the study has pages."""
        return tuple(sorted(self.tables.pages["platform"].unique()))

    def on(self, platform: str) -> Selection:
        """The whole tier, or all of them, on another platform.

        Raises
        ------
        InputProblem
            When the study has no page on that platform.
        """
        return select(
            self.study,
            self.root,
            self.tables,
            self.passport,
            tier=self.tier,
            page="",
            platform=platform,
        )

    @property
    def has_followers_of_register(self) -> bool:
        """Whether numbers per follower go by the followers of the register."""
        return bool((self.study_posts["followers_definition"] == FOLLOWERS_OF_REGISTER).any())

    @property
    def simulated(self) -> bool:
        """Whether the data are simulated."""
        return self.study.simulated

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers this selection shows: every tier for ``all``, else the one."""
        return self.study.tier_names if self.tier == ALL_TIERS else (self.tier,)

    @property
    def label(self) -> str:
        """Display name of the page or the tier."""
        if self.page:
            return str(self.pages["name"].iloc[0])
        return self.study.tier_label(self.tier)

    def heading(self, tier: str) -> str:
        """What the numbers of a tier go under; those of a single page under its own name."""
        return self.label if self.page else self.study.tier_label(tier)

    @cached_property
    def material(self) -> Material:
        """The posts of this selection, ready to be measured."""
        return self._material(self.posts, self.comments)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Every measure of every page of this selection; one row per page."""
        return page_measures(self.material, self.pages)

    @cached_property
    def study_measures(self) -> pd.DataFrame:
        """Every measure of every page of the study; one row per page."""
        everything = self._material(self.study_posts, self.study_comments)
        return page_measures(everything, self.study_pages)

    def _material(self, posts: pd.DataFrame, comments: pd.DataFrame) -> Material:
        period = self.study.period
        weeks = ((period.end - period.start).days + 1) / DAYS_PER_WEEK
        return Material(posts, weeks, self.study.timezone, comments)

    def _of_this_selection(self, table: pd.DataFrame) -> pd.DataFrame:
        if self.page:
            return table[table["page_id"] == self.page]
        return of_tier(table, self.tier)


def of_tier(table: pd.DataFrame, tier: str) -> pd.DataFrame:
    """Give the rows of a tier; of ``all``, every row."""
    return table if tier == ALL_TIERS else table[table["tier"] == tier]


def select(
    study: Study,
    root: Path,
    tables: Tables,
    passport: Passport,
    *,
    tier: str,
    page: str,
    platform: str,
) -> Selection:
    """Choose the pages and posts of one notebook.

    Raises
    ------
    InputProblem
        When the platform, the tier or the page is not in the study, or the page is of another tier.
    """
    pages = _with_audience(_pages_on(tables.pages, platform), tables.audiences)
    _require_tier(tier, study)
    if page:
        tier = _tier_of_page(page, tier, pages, study)
    posts = tables.posts[tables.posts["platform"] == platform].merge(
        pages[["page_id", "name", "tier", "target_group_size"]],
        on="page_id",
        validate="many_to_one",
    )
    posts["interactions"] = posts["reactions"] + posts["comments"] + posts["shares"]
    outside, young = _outside_period(posts["published_at"], study), _too_young(posts, study)
    measured = with_one_definition(posts[~outside & ~young])
    here = (posts["page_id"] == page) if page else (posts["tier"] == tier) | (tier == ALL_TIERS)
    return Selection(
        study=study,
        root=root,
        tier=tier,
        page=page,
        platform=platform,
        passport=passport,
        rejects=tables.rejects,
        study_pages=pages,
        study_posts=measured,
        left_out=LeftOut(int((outside & here).sum()), int((young & ~outside & here).sum())),
        study_comments=_under(measured, _of_pages(tables.comments, pages), study),
        study_spend=_of_pages(tables.spend, pages),
        study_page_days=_in_period(_of_pages(tables.page_days, pages), study),
        tables=tables,
    )


def with_one_definition(posts: pd.DataFrame) -> pd.DataFrame:
    """Set aside followers, views and reach that count something else than those of most posts.

    Numbers under two definitions are never put together. The definition that most posts have
    stays; the numbers of the other posts become missing, and the passport says how many those are.
    Followers and page likes differ by some percent only, but by how much is not known of any page.

    Parameters
    ----------
    posts : pandas.DataFrame
        The measured posts of one platform, all of the study, so that every notebook keeps the same
        definition, and posts outside the period have no say in which one.
    """
    posts = posts.copy()
    for column, numbers in DEFINED.items():
        columns = list(numbers)
        stated = posts[column].astype("object").fillna(NOT_STATED)
        defined = stated[posts[columns].notna().any(axis="columns")].value_counts()
        if len(defined) > 1:
            leading = leading_definition({str(name): n for name, n in defined.items()})
            posts.loc[stated != leading, [*columns, column]] = None
    return posts


def _pages_on(pages: pd.DataFrame, platform: str) -> pd.DataFrame:
    platforms = sorted(pages["platform"].unique())
    if platform not in platforms:
        raise InputProblem(
            "parameter 'platform'",
            f"'{platform}' is not in the data",
            listed(platforms),
            nearest(platform, platforms),
        )
    return pages[pages["platform"] == platform]


def _require_tier(tier: str, study: Study) -> None:
    allowed = (*study.tier_names, ALL_TIERS)
    if tier not in allowed:
        raise InputProblem(
            "parameter 'tier'",
            f"'{tier}' is no tier of study '{study.name}'",
            listed(allowed),
            nearest(tier, allowed),
        )


def _tier_of_page(page: str, tier: str, pages: pd.DataFrame, study: Study) -> str:
    """A page implies its tier; a contradiction is an error."""
    tier_of = dict(zip(pages["page_id"], pages["tier"], strict=True))
    if page not in tier_of:
        raise InputProblem(
            "parameter 'page'",
            f"'{page}' is no page of study '{study.name}'",
            f"one of its {len(tier_of)} page ids",
            nearest(page, tier_of),
        )
    if tier not in (ALL_TIERS, tier_of[page]):
        raise InputProblem(
            "parameters 'page' and 'tier'",
            f"page '{page}' belongs to tier '{tier_of[page]}', not to '{tier}'",
            f"tier '{tier_of[page]}' or '{ALL_TIERS}' with this page",
        )
    return tier_of[page]


def _with_audience(pages: pd.DataFrame, audiences: pd.DataFrame) -> pd.DataFrame:
    """Put beside every page whom it wants to reach."""
    names = {"size": "target_group_size", "source": "target_group_source"}
    whom = audiences.drop(columns="source_file").rename(columns=names)
    return pages.merge(whom, on=["platform", "page_id"], how="left", validate="one_to_one")


def _of_pages(table: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """Rows about these pages, with the page's tier."""
    return table.merge(pages[["platform", "page_id", "tier"]], on=["platform", "page_id"])


def _under(posts: pd.DataFrame, comments: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Comments under measured posts; in a study without posts, those of its period, and replies."""
    if study.raw.posts:
        return comments.merge(posts[["page_id", "post_id"]], on=["page_id", "post_id"])
    # A reply may come after the period; without it, its comment would seem unanswered.
    is_top = comments["parent_id"].isna()
    return comments[~is_top | ~_outside_period(comments["created_at"], study)]


def _outside_period(times: pd.Series, study: Study) -> pd.Series:
    """Times known to lie outside the period; a missing time is kept."""
    day = times.dt.tz_convert(study.timezone).dt.tz_localize(None).dt.normalize()
    start, end = pd.Timestamp(study.period.start), pd.Timestamp(study.period.end)
    return (day < start) | (day > end)


def _in_period(days: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Rows about a day of the study's period."""
    start, end = pd.Timestamp(study.period.start), pd.Timestamp(study.period.end)
    return days[pd.to_datetime(days["day"]).between(start, end)]


def _too_young(posts: pd.DataFrame, study: Study) -> pd.Series:
    """Posts observed before they reached the study's minimum age."""
    age = posts["observed_at"] - posts["published_at"]
    return age < pd.Timedelta(days=study.minimum_post_age_days)
