"""Thresholds that are fixed before the data are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.freeze import fixed_in_words, freeze, freeze_path
from analysis.ingest.making import ingest
from analysis.problems import InputProblem
from analysis.study import Study
from analysis.study_file import load_study
from projects import copy_project

OWN = """\
title = "Other data"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
claims.few_reactions = {below = 0.5, above = 1.0, reason = "what is usual lies between these two"}
[[raw.posts]]
path = "data/raw/own.csv"
simulated = false
tier = "gemeente"
table = {columns = {page_id = "page", reactions = "reactions"}}
"""


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    return copy_project(project, tmp_path / "project")


@pytest.fixture
def study(root: Path) -> Study:
    return load_study("demo", root)


def test_a_study_that_was_never_fixed_says_so(study: Study) -> None:
    assert "not fixed beforehand" in fixed_in_words(study)


def test_fixed_before_reading_is_said_with_its_date(study: Study, root: Path) -> None:
    record = freeze(study, root)
    assert record.data_read_at is None
    assert f"fixed on {record.fixed_at.day} " in fixed_in_words(study)
    assert "before the data were read" in fixed_in_words(study)


def test_fixed_after_reading_is_said_too(study: Study, root: Path) -> None:
    ingest(study, root)
    assert freeze(study, root).data_read_at is not None
    assert "**after** the data were first read" in fixed_in_words(study)


@pytest.mark.parametrize("moved", [False, True], ids=["the same file", "a copy of it"])
def test_data_that_another_study_has_read_were_read(root: Path, study: Study, moved: bool) -> None:
    ingest(study, root)
    text = study.path.read_text(encoding="utf-8")
    if moved:
        shutil.copytree(root / "data/raw/demo", root / "data/raw/copy")
        text = text.replace("data/raw/demo/", "data/raw/copy/")
    (root / "studies/anew.toml").write_text(text, encoding="utf-8")
    anew = load_study("anew", root)

    assert freeze(anew, root).data_read_at is not None
    assert "**after** the data were first read" in fixed_in_words(anew)


def test_other_data_that_were_read_do_not_count(root: Path, study: Study) -> None:
    ingest(study, root)
    (root / "data/raw/own.csv").write_text("page,reactions\n7,4\n")
    (root / "studies/own.toml").write_text(OWN, encoding="utf-8")

    assert freeze(load_study("own", root), root).data_read_at is None


def test_fixing_twice_keeps_the_first_date(study: Study, root: Path) -> None:
    assert freeze(study, root) == freeze(study, root)


def test_a_changed_study_does_not_count_as_fixed(study: Study, root: Path) -> None:
    freeze(study, root)
    changed = study.path.read_text(encoding="utf-8").replace("below = 0.5", "below = 0.6")
    study.path.write_text(changed, encoding="utf-8")
    again = load_study("demo", root)
    assert "has changed since" in fixed_in_words(again)
    with pytest.raises(InputProblem, match=r"To fix them anew, remove demo\.frozen\.json"):
        freeze(again, root)


def test_a_study_without_claims_has_nothing_to_fix(study: Study, root: Path) -> None:
    without = study.model_copy(update={"claims": {}})
    without._path = study.path
    with pytest.raises(InputProblem, match="no thresholds to fix"):
        freeze(without, root)


def test_a_record_that_cannot_be_read_is_named(study: Study) -> None:
    freeze_path(study).write_text("{", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"demo\.frozen\.json: not readable"):
        fixed_in_words(study)
