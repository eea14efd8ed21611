"""Run a study's notebooks for its tiers or its pages, in parallel, into ``reports/``."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from analysis.batch.assignments import Assignments, time_of_making
from analysis.batch.collect import results_of, write_results
from analysis.batch.lanes import work_through
from analysis.batch.manifest import describe_run, read_manifest, write_manifest
from analysis.batch.outcome import BatchOutcome, tell
from analysis.batch.pages import pages_of
from analysis.batch.progress import BatchProgress, progress_on
from analysis.batch.tasks import ReportPdf, Task
from analysis.batch.units import Unit, every_tier_unit, plan_page_units, plan_units
from analysis.ingest.making import ensure_ingested
from analysis.ingest.passport import Passport
from analysis.ingested import ingest_report
from analysis.problems import InputProblem
from analysis.project import reports_folder
from analysis.study import Study

UNIT_SECONDS = 30 * 60.0


def run_study(
    study: Study,
    root: Path,
    *,
    tiers: Sequence[str] = (),
    notebooks: Sequence[str] = (),
    page: str = "",
    jobs: int | None = None,
) -> int:
    """Run notebooks of a study, say on the terminal what became of them, and give the exit code.

    Parameters
    ----------
    tiers, notebooks : sequence of str
        As for ``plan_units``.
    page : str
        A page's id or name, or ``all`` for every page of these tiers; empty for the tiers
        themselves.
    jobs : int, optional
        Notebooks at a time; one per processor when left out.

    Returns
    -------
    int
        0 when all went well, 1 when a unit failed or something could not be written.

    Raises
    ------
    InputProblem
        When the call, the study or its data are wrong; then nothing is written.
    """
    console = Console()
    units = plan_units(study, root, tiers, notebooks)
    started = datetime.now(UTC).replace(microsecond=0)
    passport = ensure_ingested(study, root)
    if page:
        pages = pages_of(study.name, root)
        units = plan_page_units(study, root, page, pages, tiers=tiers, notebooks=notebooks)
    report = ingest_report(study, root, passport)
    console.print(report if passport.made_at >= started else report.worth_a_look())
    jobs = jobs or os.cpu_count() or 1
    try:
        outcome = run_batch(study, root, units, jobs=jobs, timeout=UNIT_SECONDS, console=console)
    except KeyboardInterrupt:
        console.print("Stopped. What was done before is in the reports.")
        raise
    tell(console, outcome, study, root, worth_a_look=len(report.loud))
    return outcome.exit_code


def run_batch(
    study: Study,
    root: Path,
    units: Sequence[Unit],
    *,
    jobs: int,
    timeout: float,
    console: Console,
) -> BatchOutcome:
    """Run units in parallel, make their PDFs, and write the results and the manifest.

    The raw files are read once, before the first kernel starts. A unit that fails takes no other
    with it. When the batch is interrupted its kernels stop, and the results and the manifest hold
    the units that were done.

    Parameters
    ----------
    units : sequence of Unit
        From ``plan_units`` or ``plan_page_units``.
    jobs : int
        How many at a time.
    timeout : float
        Seconds that the cells of one unit may take together.
    console : rich.console.Console
        Where progress is shown.

    Returns
    -------
    BatchOutcome

    Raises
    ------
    InputProblem
        When the study's data, an earlier manifest or ``SOURCE_DATE_EPOCH`` cannot be used; then
        nothing is written.
    """
    started = datetime.now(UTC)
    earlier, made_at = read_manifest(root, study.name), time_of_making(started)
    passport = ensure_ingested(study, root)
    pages = pages_of(study.name, root)
    assignments = Assignments(study, root, earlier, pages, timeout, started, made_at)
    outcome = BatchOutcome()
    folder = reports_folder(root, study.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        outcome.problems.append(f"{folder} cannot be made: {error.strerror}")
        return outcome
    try:
        with progress_on(console, len(units)) as progress:
            _perform(units, assignments, jobs, progress, outcome)
    finally:
        if outcome.records:
            _write_down(study, root, started, passport, outcome)
    return outcome


def _perform(
    units: Sequence[Unit],
    assignments: Assignments,
    jobs: int,
    progress: BatchProgress,
    outcome: BatchOutcome,
) -> None:
    """Run the units; when the last of a tier or a page is done, its one PDF is next."""
    left = Counter((unit.tier, unit.page) for unit in units)
    tasks: deque[Task] = deque(assignments.unit_task(unit) for unit in units)
    with closing(work_through(tasks, jobs, assignments.root, progress.started)) as ended:
        for task, result in ended:
            progress.ended(str(task))
            if isinstance(result, ReportPdf):
                outcome.add_report(result)
                continue
            outcome.records.append(result)
            progress.counted(result)
            report = result.tier, result.page
            left[report] -= 1
            if not left[report]:
                tasks.appendleft(assignments.report_task(*report, outcome.records))


def _write_down(
    study: Study, root: Path, started: datetime, passport: Passport, outcome: BatchOutcome
) -> None:
    """Write results and manifest; where that fails, the earlier ones still stand."""
    run = describe_run(root, passport, started, datetime.now(UTC))
    try:
        manifest = read_manifest(root, study.name)
        manifest = manifest.with_records(outcome.records, every_tier_unit(study, root))
        manifest = manifest.with_run(run)
        done = [record.unit(study.name) for record in manifest.units if not record.failure]
        write_results(results_of(done, root), root, study.name)
        write_manifest(manifest, root)
        outcome.on_other_data = manifest.on_other_data(run)
    except (InputProblem, OSError) as error:
        outcome.problems.append(f"Results and manifest are those of an earlier run: {error}")
