from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analysis.batch.manifest import (
    Manifest,
    describe_run,
    manifest_path,
    read_manifest,
    write_manifest,
)
from analysis.batch.records import Failure, UnitRecord
from analysis.batch.units import Unit, plan_units
from analysis.ingest.making import ensure_ingested
from analysis.problems import InputProblem
from analysis.study import Study

FIRST_RUN = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
SECOND_RUN = FIRST_RUN + timedelta(hours=1)


def record(
    notebook: str, tier: str, run: datetime = FIRST_RUN, *, failed: bool = False
) -> UnitRecord:
    return UnitRecord(
        notebook=notebook,
        tier=tier,
        page="",
        parameters={"tier": tier},
        status="failed" if failed else "ok",
        seconds=1.5,
        failure=Failure(cell=3, exception="ValueError: no") if failed else None,
        run=run,
    )


@pytest.fixture
def plan(small_study: Study, small_project: Path) -> tuple[Unit, ...]:
    return plan_units(small_study, small_project)


def test_a_partial_run_replaces_its_own_units_only(plan: tuple[Unit, ...]) -> None:
    before = Manifest(study="small").with_records(
        [record("02_posts", "south"), record("00_data", "north"), record("02_posts", "north")], plan
    )

    after = before.with_records([record("02_posts", "north", SECOND_RUN, failed=True)], plan)

    assert [(unit.tier, unit.notebook, unit.status) for unit in after.units] == [
        ("north", "00_data", "ok"),
        ("north", "02_posts", "failed"),
        ("south", "02_posts", "ok"),
    ]


def test_units_of_a_removed_notebook_or_tier_are_dropped(plan: tuple[Unit, ...]) -> None:
    gone = [record("07_renamed", "north"), record("00_data", "west")]

    assert Manifest(study="small").with_records(gone, plan).units == ()


def test_a_run_stays_as_long_as_a_unit_is_from_it(
    small_study: Study, small_project: Path, plan: tuple[Unit, ...]
) -> None:
    passport = ensure_ingested(small_study, small_project)
    first = describe_run(small_project, passport, FIRST_RUN, FIRST_RUN)
    second = describe_run(small_project, passport, SECOND_RUN, SECOND_RUN)
    north, south = record("00_data", "north"), record("00_data", "south", SECOND_RUN)
    empty = Manifest(study="small", runs=(first,))

    both = empty.with_records([north, south], plan).with_run(second)
    only_second = empty.with_records([south], plan).with_run(second)

    assert [run.started for run in both.runs] == [FIRST_RUN, SECOND_RUN]
    assert [run.started for run in only_second.runs] == [SECOND_RUN]


def test_units_from_before_the_data_changed_are_counted(
    small_study: Study, small_project: Path, plan: tuple[Unit, ...]
) -> None:
    passport = ensure_ingested(small_study, small_project)
    before = describe_run(small_project, passport, FIRST_RUN, FIRST_RUN)
    same = before.model_copy(update={"started": SECOND_RUN})
    other = same.model_copy(update={"inputs": {"data/raw/posts.csv": "0" * 64}})
    records = [record("00_data", "north"), record("00_data", "south", SECOND_RUN)]
    manifest = Manifest(study="small", runs=(before,)).with_records(records, plan)

    assert manifest.with_run(same).on_other_data(same) == 0
    assert manifest.with_run(other).on_other_data(other) == 1


def test_a_manifest_reads_back_as_it_was_written(
    small_project: Path, plan: tuple[Unit, ...]
) -> None:
    manifest = Manifest(study="small").with_records([record("00_data", "north", failed=True)], plan)
    manifest_path(small_project, "small").parent.mkdir(parents=True)

    write_manifest(manifest, small_project)

    assert read_manifest(small_project, "small") == manifest


def test_a_unit_whose_notebook_was_removed_is_left_out(
    small_project: Path, plan: tuple[Unit, ...]
) -> None:
    manifest = Manifest(study="small").with_records([record("00_data", "north")], plan)
    manifest_path(small_project, "small").parent.mkdir(parents=True)

    write_manifest(manifest, small_project)

    assert read_manifest(small_project, "small").units == ()


def test_a_manifest_that_is_none_says_what_to_do(small_project: Path) -> None:
    path = manifest_path(small_project, "small")
    path.parent.mkdir(parents=True)
    path.write_text('{"study": "small", "units": 3}')

    with pytest.raises(InputProblem, match="Remove the file"):
        read_manifest(small_project, "small")


def test_a_run_names_its_inputs_its_versions_and_no_commit_where_there_is_none(
    small_study: Study, small_project: Path
) -> None:
    passport = ensure_ingested(small_study, small_project)

    run = describe_run(small_project, passport, FIRST_RUN, SECOND_RUN)

    assert set(run.inputs) == {"studies/small.toml", "data/raw/posts.csv"}
    assert all(len(digest) == 64 for digest in run.inputs.values())
    assert {"python", "papermill", "polars"} <= set(run.versions)
    assert run.commit is None
    assert run.clean is None


def test_a_run_names_the_commit_and_whether_files_differ_from_it(
    small_study: Study, small_project: Path
) -> None:
    passport = ensure_ingested(small_study, small_project)
    git = ["git", "-C", str(small_project), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *arguments], check=True)

    clean = describe_run(small_project, passport, FIRST_RUN, SECOND_RUN)
    (small_project / "notes.txt").write_text("changed")
    changed = describe_run(small_project, passport, FIRST_RUN, SECOND_RUN)

    assert clean.commit is not None
    assert len(clean.commit) == 40
    assert (clean.clean, changed.clean) == (True, False)
    assert changed.commit == clean.commit
