"""Projects of their own for tests that write, the commands run in them, and their pages read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2

COMMANDS = Path(sys.executable).parent


def copy_project(project: Path, to: Path) -> Path:
    """Copy what a study needs: notebooks, studies and the raw data that belong to the project."""
    for folder in ("notebooks", "studies", "data/raw/demo"):
        shutil.copytree(project / folder, to / folder)
    return to


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment in a folder."""
    return subprocess.run(
        [str(COMMANDS / command[0]), *command[1:]],
        cwd=folder,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def pages_of(pdf: Path) -> list[str]:
    """The text of every page, as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def run_real_study(
    project: Path, real_data: Path, root: Path, study: str, folder: str | None = None
) -> Path:
    """Run a study of a real export for all its tiers together; give the folder of its reports."""
    copy_project(project, root)
    shutil.copytree(real_data / (folder or study), root / "data" / "raw" / study)
    finished = run("bereik", "run", study, "--tier", "all", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "reports" / study
