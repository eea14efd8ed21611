"""From a plan to the tasks of the workers: titles, editions, chapters."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.batch.manifest import Manifest
from analysis.batch.prose import notebook_title
from analysis.batch.records import UnitRecord
from analysis.batch.tasks import ReportTask, UnitTask
from analysis.batch.units import Page, Unit, every_tier_unit, parameters_of, report_folder
from analysis.language import speaking, wording
from analysis.problems import InputProblem
from analysis.report.edition import Chapter, Edition
from analysis.study import Study

FIRST_CHAPTER = "09_claims"


@dataclass(frozen=True)
class Assignments:
    """Makes the tasks of one run.

    Attributes
    ----------
    earlier : Manifest
        What lies in the reports from earlier runs.
    pages : mapping of str to Page
        Every page of the study that can have a report of its own, by page id.
    timeout : float
        Seconds that the cells of one unit may take together.
    started : datetime.datetime
        When the run started.
    made_at : datetime.datetime
        The time printed in the PDFs.
    """

    study: Study
    root: Path
    earlier: Manifest
    pages: Mapping[str, Page]
    timeout: float
    started: datetime
    made_at: datetime

    def unit_task(self, unit: Unit) -> UnitTask:
        """Run a unit's notebook and make its PDF."""
        title = notebook_title(unit.source(self.root), self.study.language)
        return UnitTask(
            unit=unit,
            root=self.root,
            parameters=parameters_of(unit, self.study, self.root),
            title=title,
            edition=self._edition(
                unit.tier,
                unit.page,
                title=title,
                subtitle=self.study.title,
                header=f"{self._label(unit.tier, unit.page)} · {self.study.title}",
            ),
            timeout=self.timeout,
            run_started=self.started,
        )

    def report_task(self, tier: str, page: str, records: Iterable[UnitRecord]) -> ReportTask:
        """Put a tier's or a page's notebooks into one PDF, the claims first; failed ones say so.

        Parameters
        ----------
        records : iterable of UnitRecord
            Of this run so far; earlier runs give the notebooks that are not among them.
        """
        plan = every_tier_unit(self.study, self.root)
        found = self.earlier.with_records(records, plan).of_report(tier, page)
        chapters = sorted(found, key=lambda record: record.notebook != FIRST_CHAPTER)
        folder = report_folder(self.root, self.study.name, tier, page)
        return ReportTask(
            chapters=tuple(self._chapter(record) for record in chapters),
            edition=self._edition(
                tier,
                page,
                title=self.study.title,
                subtitle=self._label(tier, page),
                header=self._label(tier, page),
            ),
            path=folder.with_name(f"{folder.name}.pdf"),
        )

    def _label(self, tier: str, page: str) -> str:
        """Name what a report is about."""
        return self.pages[page].name if page else self._tier_label(tier)

    def _tier_label(self, tier: str) -> str:
        """Name a tier, or all of them in the language of the study."""
        with speaking(self.study.language):
            return self.study.tier_label(tier)

    def _chapter(self, record: UnitRecord) -> Chapter:
        unit = record.unit(self.study.name)
        title = notebook_title(unit.source(self.root), self.study.language)
        if record.failure:
            return Chapter(title, None, record.failure.exception)
        return Chapter(title, unit.executed(self.root))

    def _edition(self, tier: str, page: str, *, title: str, subtitle: str, header: str) -> Edition:
        study = self.study
        say = wording(study.language)
        raw = (*study.raw.posts, *study.raw.comments)
        files = ", ".join(dict.fromkeys(Path(file.path).name for file in raw))
        simulated = say("Simulated data") if study.simulated else ""
        return Edition(
            title=title,
            subtitle=subtitle,
            facts=(
                (say("Study"), study.name),
                *([(say("Page"), self._label(tier, page))] if page else []),
                (say("Tier"), self._tier_label(tier)),
                (say("Period"), _period(study)),
                (say("Data"), f"{simulated} ({files})" if simulated else files),
            ),
            header=header,
            mark=simulated,
            language=study.language,
            made_at=self.made_at,
        )


def time_of_making(started: datetime) -> datetime:
    """Give the time to print in PDFs: the run's start, or what ``SOURCE_DATE_EPOCH`` says.

    Source: https://reproducible-builds.org/specs/source-date-epoch/

    Raises
    ------
    InputProblem
        When that variable holds no time.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return started
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError) as error:
        raise InputProblem(
            "environment variable SOURCE_DATE_EPOCH", f"'{fixed}'", "whole seconds since 1970"
        ) from error


def _period(study: Study) -> str:
    say = wording(study.language)
    return say("{start} to {end}", start=say.day(study.period.start), end=say.day(study.period.end))
