"""How often the rules for comments are wrong: the JSON that a study names in its study file.

Comments that somebody coded by hand tell it. The file holds numbers alone, so that it may stand
among the data.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from analysis.problems import InputProblem, listed, nearest
from analysis.sources import wording
from analysis.study import Study

LEVEL = 0.95
_REMEDY = "Take a whole copy of the coding.json that `bereik code read` keeps with the tables."

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class ErrorRate(BaseModel):
    """A share of hand-coded comments with its exact two-sided bounds.

    Attributes
    ----------
    value, low, high : float or None
        None when there is no such comment in the sample.
    n : int
        Number of comments of which this is a share.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Share | None
    low: Share | None
    high: Share | None
    n: Count

    @model_validator(mode="after")
    def _value_lies_within_bounds(self) -> Self:
        numbers = [number for number in (self.low, self.value, self.high) if number is not None]
        if len(numbers) != (3 if self.n else 0):
            raise InputProblem(
                "",
                f"{len(numbers)} of 'low', 'value' and 'high', of {self.n} comments",
                "all three, or null for all three when there are no such comments",
            )
        if numbers != sorted(numbers):
            found = " to ".join(f"{number:g}" for number in (numbers[0], numbers[2]))
            raise InputProblem("", f"the bounds {found} around {numbers[1]:g}", "low, value, high")
        return self


class Coding(BaseModel):
    """What hand-coded comments say of the rules.

    Attributes
    ----------
    simulated : bool
        Whether the comments are simulated, and their codes with them.
    sensitivity : ErrorRate
        Of the comments that need an answer by hand, the share that does by the rules.
    specificity : ErrorRate
        Of the comments that need none by hand, the share that needs none by the rules.
    same_class : ErrorRate
        Share of comments with the same class by hand and by the rules.
    level : float
        Level of the bounds.
    n_drawn, n_coded : int
        Comments in the sample, and those with a code.
    n_pages : int
        Pages of the coded comments.
    rules_sha256 : str
        Hash of the rules that were judged; other rules make other errors.
    read_at : datetime.datetime
        In UTC.

    Notes
    -----
    Every page gives as many comments as any other, so the rates are those of an average over
    pages, not over comments.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    study: str
    simulated: bool = False
    sensitivity: ErrorRate
    specificity: ErrorRate
    same_class: ErrorRate
    level: Share
    n_drawn: Count
    n_coded: Count
    n_pages: Count
    rules_sha256: str
    read_at: datetime

    @property
    def fits(self) -> bool:
        """Whether the rules are still those that were judged."""
        return self.rules_sha256 == rules_sha256()


def comment_rule_errors(study: Study, root: Path) -> Coding | None:
    """Read the error rates that a study names; None when it names no file.

    Raises
    ------
    InputProblem
        When the file holds no error rates, or such of the other kind of data.
    """
    if not study.comment_rule_errors:
        return None
    path = root / study.comment_rule_errors
    coding = read_error_rates(path)
    if coding.simulated != study.simulated:
        raise InputProblem(
            str(path),
            f"{_kind(coding.simulated)} comments in a study of {_kind(study.simulated)} data",
            "error rates on comments of the study's own kind",
        )
    _require_counts_that_add_up(path, coding)
    return coding


def require_usable_rule_errors(study: Study, root: Path) -> None:
    """Raise an InputProblem unless the error rates that a study names, if any, can be used."""
    comment_rule_errors(study, root)


def _require_counts_that_add_up(path: Path, coding: Coding) -> None:
    """Refuse rates of fewer comments than were coded, or codes of more than were drawn."""
    where = f"{path}, key 'n_coded'"
    rates_of = {
        "'sensitivity' and 'specificity'": coding.sensitivity.n + coding.specificity.n,
        "'same_class'": coding.same_class.n,
    }
    for rates, n in rates_of.items():
        if n != coding.n_coded:
            raise InputProblem(
                where,
                f"{coding.n_coded} coded comments, and {rates} tell of {n}",
                "rates of all comments that were coded",
                _REMEDY,
            )
    if not 0 < coding.n_coded <= coding.n_drawn:
        raise InputProblem(
            where,
            f"{coding.n_coded} coded comments of {coding.n_drawn} that were drawn",
            "at least one, and no more than were drawn",
            _REMEDY,
        )


def _kind(simulated: bool) -> str:
    return "simulated" if simulated else "observed"


def read_error_rates(path: Path) -> Coding:
    """Read a file of error rates.

    Raises
    ------
    InputProblem
        When it is damaged, has a key too many or too few, or numbers that cannot be.
    """
    try:
        return Coding.model_validate_json(path.read_bytes())
    except ValidationError as error:
        # A misspelt key is both missing and unknown; that it is unknown says more.
        first = min(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
        raise _as_problem(path, first) from None  # the error quotes the file


def _as_problem(path: Path, detail: ErrorDetails) -> InputProblem:
    """Say what is wrong; of the file itself only keys and numbers are quoted."""
    location = [str(part) for part in detail["loc"]]
    found, expected, remedy = "", detail["msg"].removeprefix("Input should be "), _REMEDY
    match detail["type"]:
        case "json_invalid" | "model_type":
            found, expected = "not readable as error rates", "JSON with error rates"
            if detail["type"] == "json_invalid":
                found += f" ({detail['ctx']['error']})"
        case "extra_forbidden":
            allowed = list((ErrorRate if location[1:] else Coding).model_fields)
            found, expected = "unknown key", listed(allowed)
            remedy = nearest(location[-1], allowed) or _REMEDY
        case "missing":
            found, expected = "this key is missing", "a value"
        case "value_error":
            problem: InputProblem = detail["ctx"]["error"]
            location += [problem.where] if problem.where else []
            found, expected = problem.found, problem.expected
        case _:
            given = detail["input"]
            is_number = isinstance(given, int | float)
            found = str(given) if is_number else "something else"
    key = f", key '{'.'.join(location)}'" if location else ""
    return InputProblem(f"{path}{key}", found, expected, remedy)


def rules_sha256() -> str:
    """Hash of the rules for comments."""
    files = (wording.RULES, Path(wording.__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
