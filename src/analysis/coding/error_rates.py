"""How often the rules for comments are wrong, as comments coded by hand tell.

Kept apart from drawing and reading samples, so that a notebook starts without what reads raw files.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError
from scipy import stats

from analysis.problems import InputProblem
from analysis.processed import CODING
from analysis.project import processed_folder
from analysis.sources import wording
from analysis.study import Study

LEVEL = 0.95


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

    value: float | None
    low: float | None
    high: float | None
    n: int

    @classmethod
    def of(cls, hits: int, n: int) -> Self:
        """Make the share of ``hits`` in ``n`` with the bounds of Clopper & Pearson (1934).

        doi:10.1093/biomet/26.4.404.
        """
        if n == 0:
            return cls(value=None, low=None, high=None, n=0)
        bounds = stats.binomtest(hits, n).proportion_ci(LEVEL, method="exact")
        return cls(value=hits / n, low=float(bounds.low), high=float(bounds.high), n=n)


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
    level: float
    n_drawn: int
    n_coded: int
    n_pages: int
    rules_sha256: str
    read_at: datetime

    @property
    def fits(self) -> bool:
        """Whether the rules are still those that were judged."""
        return self.rules_sha256 == rules_sha256()


def read_coding(study: Study, root: Path) -> Coding | None:
    """Give the error rates of the rules; None when no sample was coded.

    Those of a sample that was read here come before those of the file that the study names.

    Raises
    ------
    InputProblem
        When the named file holds no error rates, or such of the other kind of data.
    """
    path = processed_folder(root, study.name) / CODING
    if path.is_file():
        return Coding.model_validate_json(path.read_bytes())
    return _named(study, root / study.comment_rule_errors) if study.comment_rule_errors else None


def _named(study: Study, path: Path) -> Coding:
    try:
        coding = Coding.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise InputProblem(
            str(path),
            "not readable as error rates",
            f"a copy of the {CODING} that `bereik code read` keeps with the tables",
        ) from error
    if coding.simulated != study.simulated:
        raise InputProblem(
            str(path),
            f"{_kind(coding.simulated)} comments in a study of {_kind(study.simulated)} data",
            "error rates on comments of the study's own kind",
        )
    return coding


def _kind(simulated: bool) -> str:
    return "simulated" if simulated else "observed"


def rules_sha256() -> str:
    """Hash of the rules for comments."""
    files = (wording.RULES, Path(wording.__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
