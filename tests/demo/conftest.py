"""The committed demo files, read with nothing but the csv module, and a copy of the demo."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import copy_project

FILES = {
    "rijksoverheid": "rijksoverheid.csv",
    "provincie": "provincies.csv",
    "gemeente": "gemeenten.csv",
}


@pytest.fixture(scope="session")
def demo_folder(project: Path) -> Path:
    return project / "data" / "raw" / "demo"


@pytest.fixture(scope="session")
def demo_copy(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the demo whose tables may be made."""
    root = copy_project(project, tmp_path_factory.mktemp("demo") / "project")
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def exports(demo_folder: Path) -> dict[str, list[dict[str, str]]]:
    """Records of the three public exports, by tier."""
    return {tier: _records(demo_folder / name) for tier, name in FILES.items()}


@pytest.fixture(scope="session")
def register(demo_folder: Path) -> list[dict[str, str]]:
    return _records(demo_folder / "register.csv")


@pytest.fixture(scope="session")
def audiences(demo_folder: Path) -> list[dict[str, str]]:
    return _records(demo_folder / "audiences.csv")


@pytest.fixture(scope="session")
def insights(demo_folder: Path) -> list[dict[str, str]]:
    return _records(demo_folder / "business-suite.csv")


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
