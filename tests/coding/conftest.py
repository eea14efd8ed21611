"""Fixtures of what is drawn and coded, be it comments or posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.study import Study
from analysis.study_file import load_study
from coding.projects_to_code import KINDS, Kind


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    """What is coded; a module that is about one kind has its own."""
    found: Kind = request.param
    return found


@pytest.fixture
def root(kind: Kind, tmp_path: Path) -> Path:
    """A project with something to code."""
    kind.project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def study(root: Path) -> Study:
    """The study of that project."""
    return load_study("here", root)
