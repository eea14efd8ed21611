"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout under test."""
    return PROJECT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real exports, where this machine has them; they are not part of the project."""
    folder = Path(os.environ.get("BEREIK_REAL_DATA", PROJECT.parent / "shared" / "data" / "real"))
    if not folder.is_dir():
        pytest.skip("the real exports are not on this machine (set BEREIK_REAL_DATA)")
    return folder
