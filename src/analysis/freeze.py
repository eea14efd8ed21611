"""Fixing the thresholds before the data are read, and saying so with every verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.ingest.passport import FileStamp
from analysis.ingest.processed import passports
from analysis.language import say
from analysis.problems import InputProblem
from analysis.study import Study
from analysis.whole_files import replacing


class Freeze(BaseModel):
    """What a study file was like when its thresholds were fixed.

    Attributes
    ----------
    study_sha256 : str
        Hash of the study file.
    fixed_at : datetime.datetime
        When it was fixed, in UTC.
    data_read_at : datetime.datetime or None
        When the data had already been read by then, by whichever study; None when they had not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    study_sha256: str
    fixed_at: datetime
    data_read_at: datetime | None

    @classmethod
    def of(cls, study: Study, root: Path) -> Self:
        """Record a study file as it is now."""
        return cls(
            study_sha256=_sha256(study.path),
            fixed_at=datetime.now(UTC).replace(microsecond=0),
            data_read_at=_data_read_at(study, root),
        )

    def fits(self, study: Study) -> bool:
        """Whether the study file is still as it was."""
        return _sha256(study.path) == self.study_sha256


def freeze_path(study: Study) -> Path:
    """Say where the record lies: beside the study file."""
    return study.path.with_suffix(".frozen.json")


def freeze(study: Study, root: Path) -> Freeze:
    """Fix a study's thresholds: write down the hash of its file and the time.

    Returns
    -------
    Freeze
        The record, also written to ``freeze_path(study)``. One that is there and still fits
        stands, with its date.

    Raises
    ------
    InputProblem
        When the study declares no claims, or was fixed before and has changed since.
    """
    if not study.claims:
        raise InputProblem(
            str(study.path), "no claims, so no thresholds to fix", "thresholds under [claims]"
        )
    path, earlier = freeze_path(study), read_freeze(study)
    if earlier is not None and earlier.fits(study):
        return earlier
    if earlier is not None:
        raise InputProblem(
            str(study.path),
            f"changed since its thresholds were fixed on {earlier.fixed_at:%Y-%m-%d}",
            "the study file as it was then",
            f"To fix them anew, remove {path.name}; verdicts then carry the new date.",
        )
    record = Freeze.of(study, root)
    with replacing(path) as (beside,):
        beside.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return record


def read_freeze(study: Study) -> Freeze | None:
    """Read a study's record; None when its thresholds were never fixed.

    Raises
    ------
    InputProblem
        When the record cannot be read.
    """
    path = freeze_path(study)
    if not path.is_file():
        return None
    try:
        return Freeze.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise InputProblem(
            str(path), "not readable", "a record made by `bereik freeze`", "Remove it."
        ) from error


def fixed_in_words(study: Study) -> str:
    """Say whether the thresholds were fixed before the data were read.

    Returns
    -------
    str
        One sentence for the reader of a verdict.
    """
    record = read_freeze(study)
    if record is None:
        return say("The thresholds were **not fixed beforehand**.")
    fixed_on = say.day(record.fixed_at)
    if not record.fits(study):
        return say(
            "The thresholds were fixed on {day}, but the study file has changed since, so they "
            "count as **not fixed beforehand**.",
            day=fixed_on,
        )
    if record.data_read_at is not None:
        return say(
            "The thresholds were fixed on {day}, **after** the data were first read on {read}.",
            day=fixed_on,
            read=say.day(record.data_read_at),
        )
    return say("The thresholds were **fixed on {day}**, before the data were read.", day=fixed_on)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _data_read_at(study: Study, root: Path) -> datetime | None:
    """When the data were read, by this study or by another one that has a raw file of it."""
    files = {file.path: root / file.path for kind in study.raw.by_kind.values() for file in kind}
    read_at = [
        passport.made_at
        for passport in passports(root)
        if passport.study == study.name or any(_is_one_of(files, f.file) for f in passport.files)
    ]
    return min(read_at, default=None)


def _is_one_of(files: Mapping[str, Path], stamp: FileStamp) -> bool:
    """Whether a file that was read is one of these, by its name or by what is in it."""
    return stamp.path in files or any(
        path.stat().st_size == stamp.size and _sha256(path) == stamp.sha256
        for path in files.values()
    )
