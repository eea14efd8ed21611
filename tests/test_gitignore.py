"""What git leaves out of the project."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def ignored(project: Path, folder: Path, *files: str) -> list[str]:
    """Give the files that git would leave out, in a new repository with the project's rules."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on this machine")
    shutil.copy(project / ".gitignore", folder)
    subprocess.run([git, "init", "-q", str(folder)], check=True)
    found = subprocess.run(
        [git, "-C", str(folder), "check-ignore", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.split()


def test_raw_data_of_ones_own_are_never_committed_by_accident(
    project: Path, tmp_path: Path
) -> None:
    own = ["data/raw/mine/comments.json", "data/raw/posts.csv", "data/processed/mine/posts.parquet"]

    assert ignored(project, tmp_path, *own) == own


def test_the_projects_own_data_are_kept(project: Path, tmp_path: Path) -> None:
    kept = (
        "data/raw/README.md",
        "data/raw/corrections.toml",
        "data/raw/demo/gemeenten.csv",
        "data/raw/register/gemeenten.csv",
        "studies/mine.toml",
    )

    assert ignored(project, tmp_path, *kept) == []
