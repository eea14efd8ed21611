"""Every command of the exercises runs, and gives what the answer says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import copy_project

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "teaching.md"
BLOCK = re.compile(r"^```(bash|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Exercise:
    """What an exercise runs, in order, and what should be printed."""

    title: str
    text: str

    def blocks(self, *kinds: str) -> list[str]:
        """Blocks of these kinds, in order."""
        return [content for kind, content in BLOCK.findall(self.text) if kind in kinds]


def sections() -> list[Exercise]:
    introduction, *parts = re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    exercises = [Exercise(*part.split("\n", 1)) for part in parts]
    return [Exercise("0. Start", introduction), *exercises]


START, *EXERCISES = sections()


@pytest.fixture(scope="module")
def own_copy(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("class") / "project"
    copy_project(project, root)
    shutil.copytree(project / "data" / "raw" / "register", root / "data" / "raw" / "register")
    yield root
    shutil.rmtree(root)


def run(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_are_nine_exercises_each_with_an_answer() -> None:
    assert [exercise.title.split(".")[0] for exercise in EXERCISES] == list("123456789")
    for exercise in EXERCISES:
        assert "<details><summary>Answer</summary>" in exercise.text


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.title)
def test_an_exercise_does_what_its_answer_says(exercise: Exercise, own_copy: Path) -> None:
    for script in exercise.blocks("bash"):
        run(["bash", "-eu", "-c", script], own_copy)
    if python := exercise.blocks("python"):
        program = "\n".join([*START.blocks("python"), *python])
        printed = run([sys.executable, "-W", "error", "-c", program], own_copy)
        assert printed == "".join(exercise.blocks("text"))
