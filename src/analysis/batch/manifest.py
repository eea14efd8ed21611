"""``manifest.json``: what lies in a study's reports, and what it was made with."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from analysis.batch.records import Entry, UnitRecord
from analysis.batch.units import Unit
from analysis.ingest.passport import Passport
from analysis.problems import InputProblem
from analysis.project import reports_folder
from analysis.whole_files import replacing

LIBRARIES = (
    "bereik",
    "ipykernel",
    "matplotlib",
    "nbclient",
    "numpy",
    "pandas",
    "papermill",
    "polars",
    "scipy",
    "typst",
)


class Run(Entry):
    """One call of the batch.

    Attributes
    ----------
    commit : str or None
        The project's commit; None when it is under no version control.
    clean : bool or None
        Whether the project's files were those of the commit.
    versions : dict of str to str
        Of Python and the main libraries.
    inputs : dict of str to str
        SHA-256 of the study file, the register and every raw file, by path.
    """

    started: datetime
    finished: datetime
    commit: str | None
    clean: bool | None
    versions: dict[str, str]
    inputs: dict[str, str]


class Manifest(Entry):
    """All units whose outcome lies in the reports, and the runs they are from."""

    study: str
    runs: tuple[Run, ...] = ()
    units: tuple[UnitRecord, ...] = ()

    def of_report(self, tier: str, page: str = "") -> tuple[UnitRecord, ...]:
        """Give the records of a tier's own notebooks, or of those of one of its pages."""
        return tuple(unit for unit in self.units if (unit.tier, unit.page) == (tier, page))

    def with_records(self, records: Iterable[UnitRecord], plan: Sequence[Unit]) -> Manifest:
        """Put in new records, and keep those of other units.

        Parameters
        ----------
        records : iterable of UnitRecord
        plan : sequence of Unit
            The units of a full batch. It gives the order; records of a notebook or tier that is
            not in it any more are dropped.
        """
        by_unit = {record.unit(self.study): record for record in (*self.units, *records)}
        place = {(unit.tier, unit.notebook): number for number, unit in enumerate(plan)}
        kept = [record for record in by_unit.values() if (record.tier, record.notebook) in place]
        kept.sort(key=lambda record: (place[record.tier, record.notebook], record.page))
        return self.model_copy(update={"units": tuple(kept)})

    def with_run(self, run: Run) -> Manifest:
        """Put in a run, and drop the runs of which no unit is left."""
        named = {record.run for record in self.units}
        runs = tuple(entry for entry in (*self.runs, run) if entry.started in named)
        return self.model_copy(update={"runs": runs})

    def on_other_data(self, run: Run) -> int:
        """Count the units that are from runs with other input files than this run's."""
        others = {entry.started for entry in self.runs if entry.inputs != run.inputs}
        return sum(record.run in others for record in self.units)


def manifest_path(root: Path, study: str) -> Path:
    """Say where a study's manifest is."""
    return reports_folder(root, study) / "manifest.json"


def read_manifest(root: Path, study: str) -> Manifest:
    """Read a study's manifest; one without units when there is none yet.

    A unit whose executed notebook was removed since is left out.

    Raises
    ------
    InputProblem
        When the file is not a manifest.
    """
    path = manifest_path(root, study)
    if not path.is_file():
        return Manifest(study=study)
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise InputProblem(
            str(path),
            f"not readable as a manifest ({error.errors()[0]['msg']})",
            "the manifest that an earlier run wrote",
            "Remove the file and run the whole study again.",
        ) from error
    there = (
        record
        for record in manifest.units
        if record.failure or record.unit(study).executed(root).is_file()
    )
    return manifest.model_copy(update={"units": tuple(there)})


def write_manifest(manifest: Manifest, root: Path) -> Path:
    """Write a study's manifest, whole or not at all."""
    path = manifest_path(root, manifest.study)
    with replacing(path) as (beside,):
        beside.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def describe_run(root: Path, passport: Passport, started: datetime, finished: datetime) -> Run:
    """Say with what a run was made."""
    stamps = [passport.study_file, *(file.file for file in passport.files), *passport.beside]
    commit = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain")
    return Run(
        started=started,
        finished=finished,
        commit=commit,
        clean=None if commit is None else changes == "",
        versions={"python": platform.python_version()} | {of: version(of) for of in LIBRARIES},
        inputs={stamp.path: stamp.sha256 for stamp in stamps},
    )


def _git(root: Path, *arguments: str) -> str | None:
    """What git says about the project; None where git or its repository is missing."""
    git = shutil.which("git")
    if git is None:
        return None
    answer = subprocess.run(  # noqa: S603 - the arguments are this module's own
        [git, "-C", str(root), *arguments], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() if answer.returncode == 0 else None
