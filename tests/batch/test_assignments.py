from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.batch.assignments import Assignments, notebook_title, time_of_making
from analysis.batch.manifest import Manifest
from analysis.batch.records import Failure, UnitRecord
from analysis.batch.units import Page, Unit
from analysis.problems import InputProblem
from analysis.study import Study

STARTED = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


def record(notebook: str, failure: Failure | None = None, page: str = "") -> UnitRecord:
    return UnitRecord(
        notebook=notebook,
        tier="north",
        page=page,
        parameters={},
        status="failed" if failure else "ok",
        seconds=1,
        failure=failure,
        run=STARTED,
    )


def assignments(study: Study, root: Path, *earlier: UnitRecord) -> Assignments:
    manifest = Manifest(study="small", units=earlier)
    pages = {"1": Page("Town on the dike", "north")}
    return Assignments(study, root, manifest, pages, 60, STARTED, STARTED)


def test_a_notebooks_title_is_its_first_heading(small_project: Path) -> None:
    assert notebook_title(small_project / "notebooks" / "02_posts.ipynb", "en") == "About posts"


@pytest.mark.parametrize("text", ["no notebook", '{"cells": []}', '{"cells": 3}'])
def test_a_notebook_without_a_heading_goes_by_its_file_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "02_posts.ipynb"
    path.write_text(text)

    assert notebook_title(path, "en") == "02_posts"


def test_a_tiers_report_starts_with_the_claims_and_says_what_failed(
    small_study: Study, small_project: Path
) -> None:
    failure = Failure(cell=4, exception="ValueError: no")
    records = [record("00_data"), record("02_posts", failure), record("09_claims")]

    task = assignments(small_study, small_project).report_task("north", "", records)

    assert [chapter.title for chapter in task.chapters] == [
        "About claims",
        "About data",
        "About posts",
    ]
    assert task.chapters[2].failure == "ValueError: no"
    assert task.chapters[2].notebook is None
    assert task.path == small_project / "reports" / "small" / "north.pdf"


def test_a_tiers_report_takes_from_earlier_runs_what_this_run_did_not_make(
    small_study: Study, small_project: Path
) -> None:
    earlier = [record("00_data"), record("02_posts", Failure(exception="ValueError: no"))]

    task = assignments(small_study, small_project, *earlier).report_task(
        "north", "", [record("02_posts")]
    )

    assert [(chapter.title, chapter.failure) for chapter in task.chapters] == [
        ("About data", ""),
        ("About posts", ""),
    ]


def test_a_pages_report_holds_its_own_notebooks_and_bears_its_name(
    small_study: Study, small_project: Path
) -> None:
    records = [record("00_data"), record("02_posts", page="1"), record("09_claims", page="1")]

    task = assignments(small_study, small_project).report_task("north", "1", records)

    assert [chapter.title for chapter in task.chapters] == ["About claims", "About posts"]
    assert task.path == small_project / "reports" / "small" / "north" / "1.pdf"
    assert task.edition.subtitle == "Town on the dike"
    assert dict(task.edition.facts)["Page"] == "Town on the dike"
    assert dict(task.edition.facts)["Tier"] == "The north"


def test_a_report_says_what_it_is_about_and_that_data_are_simulated(
    small_study: Study, small_project: Path
) -> None:
    task = assignments(small_study, small_project).unit_task(Unit("small", "02_posts", "south"))

    assert task.edition.title == "About posts"
    assert task.edition.subtitle == "A small study"
    assert task.edition.header == "The south · A small study"
    assert task.edition.mark == "Simulated data"
    assert dict(task.edition.facts)["Period"] == "1 January 2024 to 31 December 2024"
    assert "Simulated data" in dict(task.edition.facts)["Data"]


def test_a_report_on_all_tiers_says_so_in_the_language_of_the_study(
    small_study: Study, small_project: Path
) -> None:
    dutch = small_study.model_copy(update={"language": "nl"})
    edition = assignments(dutch, small_project).report_task("all", "", []).edition

    assert edition.header == "Alle bestuurslagen"
    assert dict(edition.facts)["Bestuurslaag"] == "Alle bestuurslagen"


def test_reports_are_dated_by_the_run_or_by_source_date_epoch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert time_of_making(STARTED) == STARTED

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert time_of_making(STARTED) == datetime(1970, 1, 2, tzinfo=UTC)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(InputProblem, match="whole seconds since 1970"):
        time_of_making(STARTED)


def test_a_unit_whose_worker_died_leaves_nothing_of_itself_and_nothing_half_written(
    small_study: Study, small_project: Path
) -> None:
    task = assignments(small_study, small_project).unit_task(Unit("small", "02_posts", "south"))
    folder = small_project / "reports" / "small" / "south"
    folder.mkdir(parents=True)
    for name in ("02_posts.ipynb", "02_posts.pdf", ".02_posts.ipynb.4711", "09_claims.pdf"):
        (folder / name).touch()

    record = task.lost(seconds=3.21)

    assert record.status == "failed"
    assert record.seconds == 3.21
    assert "worker process died" in record.failure.exception
    assert [path.name for path in folder.iterdir()] == ["09_claims.pdf"]
