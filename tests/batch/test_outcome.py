from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from analysis.batch.outcome import BatchOutcome, tell
from analysis.batch.progress import progress_on
from analysis.batch.records import Failure, UnitRecord
from analysis.batch.tasks import ReportPdf
from analysis.study import Study

NORTH_REPORT = Path("reports/small/north.pdf")


def record(notebook: str, failure: Failure | None = None) -> UnitRecord:
    return UnitRecord(
        notebook=notebook,
        tier="north",
        page="",
        parameters={},
        status="failed" if failure else "ok",
        seconds=2.34,
        failure=failure,
        run=datetime(2025, 3, 1, tzinfo=UTC),
    )


DONE = record("00_data")
FAILED = record("02_posts", Failure(cell=7, exception="ValueError: [no] such column"))


def told(outcome: BatchOutcome, study: Study, root: Path, *, worth_a_look: int = 0) -> str:
    text = io.StringIO()
    tell(Console(file=text, width=80), outcome, study, root, worth_a_look=worth_a_look)
    return text.getvalue()


def test_all_well_is_exit_code_0_and_anything_else_1() -> None:
    assert BatchOutcome(records=[DONE]).exit_code == 0
    assert BatchOutcome(records=[DONE, FAILED]).exit_code == 1
    assert BatchOutcome(records=[DONE], problems=["disk full"]).exit_code == 1


def test_a_tiers_pdf_that_is_not_made_is_a_problem() -> None:
    outcome = BatchOutcome()
    outcome.add_report(ReportPdf(NORTH_REPORT))
    outcome.add_report(ReportPdf(NORTH_REPORT, "north.pdf is not made"))

    assert outcome.reports == [NORTH_REPORT]
    assert outcome.problems == ["north.pdf is not made"]


def test_the_summary_says_what_failed_where_to_look_and_where_the_reports_are(
    small_study: Study, small_project: Path
) -> None:
    partial = small_project / "reports" / "small" / "north" / "02_posts.ipynb"
    partial.parent.mkdir(parents=True)
    partial.touch()
    outcome = BatchOutcome([DONE, FAILED], [small_project / NORTH_REPORT], ["disk full"], 3)

    text = told(outcome, small_study, small_project)

    assert "1 of 2 done." in text
    assert "02_posts north failed in cell 7: ValueError: [no] such column" in text
    assert "reports/small/north/02_posts.ipynb" in text
    assert "disk full" in text
    assert "3 units in the reports are from before the data changed." in text
    assert "Report: reports/small/north.pdf" in text


def test_the_summary_reminds_of_what_was_said_of_the_raw_files(
    small_study: Study, small_project: Path
) -> None:
    outcome = BatchOutcome([DONE])

    assert "Worth a look" not in told(outcome, small_study, small_project)
    reminded = told(outcome, small_study, small_project, worth_a_look=2)
    assert "Worth a look before you use them: 2 remarks on the raw files" in reminded


def test_a_path_in_a_problem_is_not_broken_off(small_study: Study, small_project: Path) -> None:
    problem = f"{small_project / ('long' * 30)} cannot be made"

    said = told(BatchOutcome(problems=[problem]), small_study, small_project)

    assert problem in said


def test_reports_of_many_pages_are_counted_and_not_listed(
    small_study: Study, small_project: Path
) -> None:
    folder = small_project / "reports" / "small" / "north"
    outcome = BatchOutcome([DONE], [folder / f"{page}.pdf" for page in range(342)])

    text = told(outcome, small_study, small_project)

    assert "Report: 342 in reports/small/north" in text
    assert len(text.splitlines()) < 5


def test_without_a_terminal_progress_is_one_plain_line_per_unit() -> None:
    text = io.StringIO()
    with progress_on(Console(file=text, width=40), units=12) as progress:
        progress.started("00_data north")
        progress.ended("00_data north")
        progress.counted(DONE)
        progress.counted(FAILED)

    assert text.getvalue().splitlines() == [
        "[ 1/12] 00_data north done in 2.3 s",
        "[ 2/12] 02_posts north failed in cell 7: ValueError: [no] such column",
    ]


def test_on_a_terminal_progress_shows_what_runs_what_is_done_and_what_failed() -> None:
    text = io.StringIO()
    console = Console(file=text, width=100, force_terminal=True)
    with progress_on(console, units=3) as progress:
        progress.started("00_data north")
        progress.counted(FAILED)
        progress.ended("00_data north")
        progress.counted(DONE)

    shown = text.getvalue()
    assert "00_data north" in shown
    assert "02_posts north failed in cell 7" in shown
    assert "Notebooks (1 failed)" in shown
    assert "2/3" in shown
