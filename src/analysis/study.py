"""The study file: which raw files, which tiers, which period, which thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from analysis.problems import InputProblem, listed, nearest

ALL_TIERS = "all"
ClaimName = Literal["few_reactions", "few_comments"]
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
    "reach",
    "reach_organic",
    "reach_paid",
    "link_clicks",
    "paid",
]


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"'{name}' is not a time zone. {nearest(name, available_timezones())}")
    return name


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
TimezoneName = Annotated[str, AfterValidator(_known_timezone)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Strict):
    """First and last day of the study, both included, in the study's time zone."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"the end, {self.end}, comes before the start, {self.start}")
        return self

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


class Tier(_Strict):
    """A group of pages. ``census`` says that the study holds every page there is of it."""

    name: Name
    label: str
    census: bool = False


class DeclaredTable(_Strict):
    """How to read a CSV that no reader knows: which column is which field.

    ``categories`` maps the values of ``tier_column`` to tiers.
    """

    columns: dict[PostField, str]
    separator: Annotated[str, Field(min_length=1, max_length=1)] = ","
    date_format: str = "%Y-%m-%d"
    published_precision: Literal["second", "day", "month"] = "day"
    followers_definition: str | None = None
    views_definition: str | None = None
    reach_definition: str | None = None
    tier_column: str | None = None
    categories: dict[str, Name] = Field(default_factory=dict)


class RawFile(_Strict):
    """One raw file of posts, and what is known about it beforehand."""

    path: str
    simulated: bool
    format: str | None = None
    tier: Name | None = None
    observed_at: datetime | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    citation: str | None = None
    url: str | None = None
    table: DeclaredTable | None = None


class RawFiles(_Strict):
    """The raw files of a study, by kind."""

    posts: Annotated[tuple[RawFile, ...], Field(min_length=1)]


class Threshold(_Strict):
    """The two thresholds of a claim, and why these."""

    below: float
    above: float
    reason: Annotated[str, Field(min_length=20)]

    @model_validator(mode="after")
    def _in_order(self) -> Threshold:
        if self.above < self.below:
            raise ValueError(f"'above' ({self.above}) is smaller than 'below' ({self.below})")
        return self


class Study(_Strict):
    """A study, as its file declares it.

    Attributes
    ----------
    tiers : tuple of Tier
        In the order in which they are shown.
    register_of_pages : str or None
        CSV with ``page_id, name, tier`` and, where known, ``organisation_code, target_group,
        target_group_size, reference_date``. Without one, the raw files say which pages there are.
    minimum_post_age_days : int
        Younger posts are still collecting reactions; they are counted apart and not measured.
    claims : dict of ClaimName to Threshold
        No claims, no verdicts.
    """

    title: str
    language: Literal["en"] = "en"
    period: Period
    timezone: TimezoneName = "Europe/Amsterdam"
    minimum_post_age_days: Annotated[int, Field(ge=0)] = 7
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    register_of_pages: str | None = None
    raw: RawFiles
    claims: dict[ClaimName, Threshold] = Field(default_factory=dict)

    _path: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _names_agree(self) -> Study:
        names = self.tier_names
        if ALL_TIERS in names:
            raise ValueError(f"the tier name '{ALL_TIERS}' is reserved for every tier together")
        if len(set(names)) < len(names):
            raise ValueError(f"a tier is named twice: {listed(names)}")
        for name in self._tiers_mentioned():
            if name not in names:
                raise ValueError(
                    f"a raw file belongs to the unknown tier '{name}'; the tiers are "
                    f"{listed(names)}. {nearest(name, names)}".rstrip()
                )
        if len({file.simulated for file in self.raw.posts}) > 1:
            raise ValueError("simulated and observed files do not go together in one study")
        return self

    def _tiers_mentioned(self) -> Iterator[str]:
        for file in self.raw.posts:
            if file.tier:
                yield file.tier
            if file.table:
                yield from file.table.categories.values()

    @property
    def name(self) -> str:
        """The study's name: its file's name without the ending."""
        return self._path.stem

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
        return self.raw.posts[0].simulated

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days and hours are shown."""
        return ZoneInfo(self.timezone)

    def tier_label(self, name: str) -> str:
        """Display name of a tier, or of all tiers together."""
        labels = {tier.name: tier.label for tier in self.tiers} | {ALL_TIERS: "All tiers"}
        return labels[name]


def load_study(name_or_path: str | Path, root: Path) -> Study:
    """Read a study file.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        A name (``demo`` is ``studies/demo.toml``) or the path of a TOML file.
    root : pathlib.Path
        The project's root; the paths in the file are relative to it.

    Returns
    -------
    Study

    Raises
    ------
    InputProblem
        When the study is not there, is no TOML, or holds a key or value that does not fit.
    """
    path = _study_path(name_or_path, root)
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputProblem(
            str(path), f"not readable as TOML ({error})", "a TOML file in UTF-8"
        ) from error
    try:
        study = Study.model_validate(declared)
    except ValidationError as error:
        raise _as_problem(error, path) from error
    study._path = path
    _require_raw_files(study, root)
    return study


def _study_path(name_or_path: str | Path, root: Path) -> Path:
    text = str(name_or_path)
    if text.endswith(".toml"):
        path = Path(text) if Path(text).is_absolute() or Path(text).exists() else root / text
    else:
        path = root / "studies" / f"{text}.toml"
    if path.is_file():
        return path.resolve()
    names = sorted(file.stem for file in (root / "studies").glob("*.toml"))
    raise InputProblem(
        f"study '{text}'",
        f"no file {path}",
        f"one of {listed(names)}, or the path of a TOML file",
        nearest(Path(text).stem, names),
    )


def _require_raw_files(study: Study, root: Path) -> None:
    wanted = [(f"raw.posts[{i}].path", f.path) for i, f in enumerate(study.raw.posts, start=1)]
    if study.register_of_pages:
        wanted.append(("register_of_pages", study.register_of_pages))
    for key, path in wanted:
        if not (root / path).is_file():
            folder = (root / path).parent
            names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
            raise InputProblem(
                f"{study.path}, key '{key}'",
                f"no file '{path}'",
                "the path of a file, from the project's root",
                nearest(Path(path).name, names),
            )


def _as_problem(error: ValidationError, path: Path) -> InputProblem:
    """Turn the first of pydantic's errors into the one message a user needs."""
    first = error.errors()[0]
    keys = [str(part + 1) if isinstance(part, int) else part for part in first["loc"]]
    where = f"{path}, key '{'.'.join(keys)}'" if keys else str(path)
    if first["type"] == "extra_forbidden":
        allowed = _allowed_keys(first["loc"][:-1])
        return InputProblem(where, "unknown key", listed(allowed), nearest(keys[-1], allowed))
    if first["type"] == "missing":
        return InputProblem(where, "this key is missing", "a value for it")
    if first["type"] == "literal_error":
        allowed = _quoted(first["ctx"]["expected"])
        word = str(first["input"])
        return InputProblem(where, f"'{word}'", listed(allowed), nearest(word, allowed))
    message = first["msg"].removeprefix("Value error, ")
    return InputProblem(where, message, "a study file as docs/study-file.md describes it")


def _quoted(expected: str) -> list[str]:
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _allowed_keys(location: tuple[int | str, ...]) -> list[str]:
    """Names of the keys allowed at a place in the study file."""
    model: Any = Study
    for part in location:
        if isinstance(part, int) or part == "[key]":
            continue
        model = _model_inside(model.model_fields[part].annotation) if part in getattr(
            model, "model_fields", {}
        ) else model
    return sorted(model.model_fields)


def _model_inside(annotation: Any) -> Any:
    """The pydantic model in an annotation such as ``tuple[Tier, ...]`` or ``Period | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _model_inside(argument)
        if found is not None:
            return found
    return None
