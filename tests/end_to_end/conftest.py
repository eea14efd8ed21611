"""Projects that several tests look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import copy_project, run


@pytest.fixture(scope="session")
def demo_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo study, run for every tier."""
    root = copy_project(project, tmp_path_factory.mktemp("demo"))
    finished = run("bereik", "run", "demo", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    yield root
    shutil.rmtree(root)
