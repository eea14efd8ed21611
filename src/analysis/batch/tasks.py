"""What is asked of a worker process: a unit, or the one PDF of a tier or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.batch.records import Failure, UnitRecord
from analysis.batch.units import Unit
from analysis.report.edition import Chapter, Edition
from analysis.whole_files import remove_leftovers

DEAD_WORKER = "the worker process died, perhaps for want of memory"


@dataclass(frozen=True)
class UnitTask:
    """Run one notebook and make its PDF.

    Attributes
    ----------
    parameters : dict of str to str
        What papermill sets in the notebook.
    title : str
        The notebook's heading.
    timeout : float
        Seconds that its cells may take together.
    run_started : datetime.datetime
        Names the run in the record.
    """

    unit: Unit
    root: Path
    parameters: dict[str, str]
    title: str
    edition: Edition
    timeout: float
    run_started: datetime

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def source(self) -> Path:
        """The notebook."""
        return self.unit.source(self.root)

    @property
    def executed(self) -> Path:
        """Where the executed notebook goes."""
        return self.unit.executed(self.root)

    @property
    def pdf(self) -> Path:
        """Where its PDF goes."""
        return self.unit.pdf(self.root)

    def record(
        self, failure: Failure | None, seconds: float, warnings: tuple[str, ...] = ()
    ) -> UnitRecord:
        """Write down what became of it."""
        return UnitRecord(
            notebook=self.unit.notebook,
            tier=self.unit.tier,
            page=self.unit.page,
            parameters=self.parameters,
            status="failed" if failure else "ok",
            seconds=round(seconds, 2),
            warnings=warnings,
            failure=failure,
            run=self.run_started,
        )

    def lost(self, seconds: float) -> UnitRecord:
        """Say that the worker died over it; what lay there before is no outcome of this run."""
        for path in (self.executed, self.pdf):
            path.unlink(missing_ok=True)
            remove_leftovers(path)
        return self.record(Failure(exception=DEAD_WORKER), seconds)


@dataclass(frozen=True)
class ReportTask:
    """Put the notebooks of a tier, or of a page, into one PDF."""

    chapters: tuple[Chapter, ...]
    edition: Edition
    path: Path

    def __str__(self) -> str:
        return self.path.name

    def without(self, reason: str) -> ReportPdf:
        """Say why it is not made."""
        return ReportPdf(self.path, f"{self.path} is not made: {reason}")

    def lost(self, seconds: float) -> ReportPdf:
        """Say that the worker died over it."""
        remove_leftovers(self.path)
        return self.without(f"{DEAD_WORKER}, after {seconds:.0f} seconds")


@dataclass(frozen=True)
class ReportPdf:
    """What became of such a PDF; ``problem`` is empty when all went well."""

    path: Path
    problem: str = ""


Task = UnitTask | ReportTask
Outcome = UnitRecord | ReportPdf
