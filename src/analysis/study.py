"""What a study is: which raw files, which tiers, which period, which thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    model_validator,
)

from analysis.language import say
from analysis.problems import InputProblem, listed, nearest
from analysis.vocabulary import PageVariable

ALL_TIERS = "all"
LONGEST_AGE = 36_500
OF_THE_DEMO = "invented for the demo"
"""So the demo's costs say in their reason."""

ClaimName = Literal[
    "few_reactions",
    "few_comments",
    "webcare_absent",
    "small_audience_post",
    "small_audience_month",
    "small_loss",
]
NO_SHARES: tuple[ClaimName, ...] = ("few_reactions",)
PostField = Literal[
    "platform",
    "page_id",
    "page_name",
    "post_id",
    "published_at",
    "kind",
    "message",
    "permalink",
    "followers_at_posting",
    "reactions",
    "comments",
    "shares",
    "views",
    "views_organic",
    "views_paid",
    "reach",
    "reach_organic",
    "reach_paid",
    "link_clicks",
    "paid",
]


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise InputProblem(
            "",
            f"'{name}' is no time zone",
            "a name such as 'Europe/Amsterdam'",
            nearest(name, available_timezones()),
        )
    return name


def _plain_name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise InputProblem(
            "", f"'{name}'", "lower-case letters, digits, '-' and '_' only, such as 'gemeente'"
        )
    return name


def _day_or_moment(value: object) -> date:
    if not isinstance(value, date):
        raise InputProblem(
            "",
            f"'{value}'",
            "a day such as 2024-01-31 or a moment such as 2024-01-31T12:00:00, without quotes",
        )
    return value


def _one_byte(separator: str) -> str:
    if len(separator.encode()) != 1:
        raise InputProblem("", f"'{separator}'", "one plain character, such as ';'")
    return separator


DayOrMoment = Annotated[date | datetime, PlainValidator(_day_or_moment)]
Name = Annotated[str, AfterValidator(_plain_name)]
TimezoneName = Annotated[str, AfterValidator(_known_timezone)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Period(_Strict):
    """First and last day of the study, both included, in the study's time zone."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise InputProblem("end", str(self.end), f"a day on or after the start, {self.start}")
        return self

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


class Tier(_Strict):
    """A group of pages.

    ``census`` says that the study holds every page there is of it. ``audience`` says whether its
    pages want to reach people of their own, as gemeenten do, or the same people, as ministries do.
    """

    name: Name
    label: str
    census: bool = False
    audience: Literal["apart", "shared"] = "apart"


_GOES_WITH = {"%H": "%M", "%I": "%p", "%p": "%I", "%S": "%M"}
_WRITTEN_TO = {
    "second": re.compile(r"%[-_0]?[HIklTRrXcs+]"),
    "day": re.compile(r"%[-_0]?[dejDFxvcs+]"),
}
"""The parts of a date format that tell the hour, and those that tell the day."""


class DeclaredTable(_Strict):
    """How to read a CSV that no reader knows: which column is which field.

    ``page`` names the page of a file that is all of one; ``categories`` maps the values of
    ``tier_column`` to tiers.
    """

    columns: dict[PostField, str]
    page: Annotated[str, Field(min_length=1)] | None = None
    separator: Annotated[str, AfterValidator(_one_byte)] = ","
    date_format: str = "%Y-%m-%d"
    published_precision: Literal["second", "day", "month"] = "day"
    followers_definition: str | None = None
    views_definition: str | None = None
    reach_definition: str | None = None
    tier_column: str | None = None
    categories: dict[str, Name] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tells_whole_times(self) -> DeclaredTable:
        for part, needed in _GOES_WITH.items():
            if part in self.date_format and needed not in self.date_format:
                raise InputProblem(
                    "date_format", f"'{part}' without '{needed}'", f"'{needed}' as well"
                )
        return self

    @model_validator(mode="after")
    def _as_exact_as_written(self) -> DeclaredTable:
        needed = _WRITTEN_TO.get(self.published_precision)
        if "published_at" in self.columns and needed and not needed.search(self.date_format):
            raise InputProblem(
                "published_precision",
                f"'{self.published_precision}', but '{self.date_format}' does not tell it",
                "'date_format' as exact as 'published_precision', or the latter less exact",
            )
        return self


DateOrder = Literal["day first", "month first"]


class RawFile(_Strict):
    """One raw file, and what is known about it beforehand.

    ``observed_at`` is when the counts were taken: a day stands for its end, and a moment without an
    offset from UTC is in the study's time zone. ``date_order`` is for exports with dates such as
    04/03/2025, where no date tells what comes first. ``page`` and ``variable`` are for numbers of a
    whole page per day: no such file says of which page it is, and not every one what it counts.
    """

    path: str
    simulated: bool
    format: str | None = None
    tier: Name | None = None
    observed_at: DayOrMoment | None = None
    date_order: DateOrder | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    citation: str | None = None
    url: str | None = None
    table: DeclaredTable | None = None
    page: Annotated[str, Field(min_length=1)] | None = None
    variable: PageVariable | None = None


FileKind = Literal["posts", "comments", "spend", "page_days"]
FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)
KEYS_OF_KIND: dict[str, FileKind] = {
    "tier": "posts",
    "table": "posts",
    "page": "page_days",
    "variable": "page_days",
}
"""Keys that only files of one kind have."""


class RawFiles(_Strict):
    """The raw files of a study, by kind."""

    posts: tuple[RawFile, ...] = ()
    comments: tuple[RawFile, ...] = ()
    spend: tuple[RawFile, ...] = ()
    page_days: tuple[RawFile, ...] = ()

    @property
    def by_kind(self) -> dict[FileKind, tuple[RawFile, ...]]:
        """The files by the word for their kind."""
        return {kind: getattr(self, kind) for kind in FILE_KINDS}

    @model_validator(mode="after")
    def _something_to_measure(self) -> RawFiles:
        if not self.posts and not self.comments:
            raise InputProblem("", "no files", "files under 'raw.posts' or 'raw.comments'")
        return self

    @model_validator(mode="after")
    def _keys_of_their_kind(self) -> RawFiles:
        for kind, files in self.by_kind.items():
            for number, file in enumerate(files, start=1):
                for key, kind_of_key in KEYS_OF_KIND.items():
                    if kind != kind_of_key and getattr(file, key) is not None:
                        raise InputProblem(
                            f"{kind}[{number}].{key}",
                            f"a key for files of {kind_of_key}",
                            f"no such key beside a file of {kind}",
                        )
        return self

    @model_validator(mode="after")
    def _days_of_a_page(self) -> RawFiles:
        for number, file in enumerate(self.page_days, start=1):
            if file.page is None:
                raise InputProblem(
                    f"page_days[{number}].page",
                    "no page",
                    "the id of the page, as in the register: nothing in the file tells it",
                )
        return self


class Privacy(_Strict):
    """What a study keeps of people and of messages.

    ``pseudonyms`` gives every person who comments a keyed pseudonym, for a study that counts how
    many different people there are; ``leave_out_messages`` keeps the pages' own texts out of the
    processed data.
    """

    pseudonyms: bool = False
    leave_out_messages: bool = False


class Threshold(_Strict):
    """The two thresholds of a claim, and why these."""

    below: Annotated[float, Field(ge=0)]
    above: Annotated[float, Field(ge=0)]
    reason: Annotated[str, Field(min_length=20)]

    @model_validator(mode="after")
    def _in_order(self) -> Threshold:
        if self.above < self.below:
            raise InputProblem("above", f"{self.above}", f"'below', {self.below}, or more")
        return self


class Range(_Strict):
    """A number that is known between two ends."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.high < self.low:
            raise InputProblem("high", f"{self.high}", f"'low', {self.low}, or more")
        return self


class Costs(_Strict):
    """What a page costs its organisation, and what the same reach costs as advertising.

    Attributes
    ----------
    hours_per_post : Range
        Working hours for one post, from idea to publication.
    webcare_hours_per_week : Range
        Working hours for reading and answering, per page.
    price_per_hour : float
    ad_price_per_1000_reached : Range or None
        Price of reaching 1,000 people of the target group once with an advertisement.
    currency : str
    reason : str
        Where these numbers come from.
    """

    hours_per_post: Range
    webcare_hours_per_week: Range
    price_per_hour: Annotated[float, Field(gt=0)]
    ad_price_per_1000_reached: Range | None = None
    currency: str = "EUR"
    reason: Annotated[str, Field(min_length=20)]


class Study(_Strict):
    """A study, as its file declares it.

    Attributes
    ----------
    tiers : tuple of Tier
        In the order in which they are shown.
    register_of_pages : str or None
        CSV with ``page_id, name, tier`` and, where known, ``platform, organisation_code``. Without
        one, the files of posts say which pages there are.
    audiences : str or None
        CSV that says whom each page wants to reach; gemeenten and provincies that are not in it
        have their residents.
    hand_codes : str or None
        CSV of posts that somebody coded by hand; their codes come before those of the rules.
    comment_rule_errors : str or None
        JSON with how often the rules for comments err, as a sample coded by hand told.
    minimum_post_age_days : int
        Younger posts are still collecting reactions; they are counted apart and not measured.
    claims : dict of ClaimName to Threshold
        No claims, no verdicts.
    """

    title: str
    language: Literal["en", "nl"] = "en"
    period: Period
    timezone: TimezoneName = "Europe/Amsterdam"
    minimum_post_age_days: Annotated[int, Field(ge=0, le=LONGEST_AGE)] = 7
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    register_of_pages: str | None = None
    audiences: str | None = None
    hand_codes: str | None = None
    comment_rule_errors: str | None = None
    raw: RawFiles
    privacy: Privacy = Privacy()
    costs: Costs | None = None
    claims: dict[ClaimName, Threshold] = Field(default_factory=dict)

    _path: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Study:
        self._has_every_tier_once()
        self._mentions_known_tiers()
        self._has_thresholds_in_their_unit()
        self._says_which_pages_there_are()
        self._keeps_simulated_files_apart()
        self._has_costs_of_its_own()
        return self

    def _has_every_tier_once(self) -> None:
        names = self.tier_names
        if ALL_TIERS in names:
            raise InputProblem(
                "tiers", f"a tier named '{ALL_TIERS}'", "another name: it means every tier together"
            )
        if len(set(names)) < len(names):
            raise InputProblem("tiers", listed(names), "every tier once")

    def _mentions_known_tiers(self) -> None:
        names = self.tier_names
        for key, name in self._tiers_mentioned():
            if name not in names:
                raise InputProblem(
                    key, f"unknown tier '{name}'", listed(names), nearest(name, names)
                )

    def _has_thresholds_in_their_unit(self) -> None:
        for claim, threshold in self.claims.items():
            if claim not in NO_SHARES and threshold.above > 1:
                raise InputProblem(
                    f"claims.{claim}.above", f"{threshold.above}", "a share, from 0 to 1"
                )

    def _says_which_pages_there_are(self) -> None:
        if not self.raw.posts and self.register_of_pages is None:
            raise InputProblem(
                "register_of_pages",
                "no files of posts and no register",
                "a register: without posts, only it can say which pages there are",
            )

    def _keeps_simulated_files_apart(self) -> None:
        for kind, files in self.raw.by_kind.items():
            if any(file.simulated != self.simulated for file in files):
                raise InputProblem(
                    f"raw.{kind}",
                    "simulated and observed files together",
                    "'simulated' the same for every file",
                    "Make two studies of them.",
                )

    def _has_costs_of_its_own(self) -> None:
        if self.costs and not self.simulated and OF_THE_DEMO in self.costs.reason.casefold():
            raise InputProblem(
                "costs",
                f"numbers that are {OF_THE_DEMO}, in a study of observed data",
                "numbers of your own, and in 'reason' where they come from",
                "Leave [costs] out where you have none.",
            )

    def _tiers_mentioned(self) -> Iterator[tuple[str, str]]:
        for number, file in enumerate(self.raw.posts, start=1):
            if file.tier:
                yield f"raw.posts[{number}].tier", file.tier
            if file.table:
                for category, tier in file.table.categories.items():
                    yield f"raw.posts[{number}].table.categories.{category}", tier

    @property
    def name(self) -> str:
        """The study's name: its file's name without the ending."""
        return self._path.stem

    def at(self, path: Path) -> Self:
        """Give the same study, read from this file."""
        study = self.model_copy()
        study._path = path
        return study

    @property
    def path(self) -> Path:
        """The file this study was read from."""
        return self._path

    @property
    def tier_names(self) -> tuple[str, ...]:
        """Names of the tiers, in order."""
        return tuple(tier.name for tier in self.tiers)

    @property
    def simulated(self) -> bool:
        """Whether the data are simulated."""
        return (*self.raw.posts, *self.raw.comments)[0].simulated

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days and hours are shown."""
        return ZoneInfo(self.timezone)

    def tier_label(self, name: str) -> str:
        """Display name of a tier, or of all tiers together."""
        labels = {tier.name: tier.label for tier in self.tiers} | {ALL_TIERS: say("All tiers")}
        return labels[name]
