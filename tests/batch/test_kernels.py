from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from analysis.batch import kernels
from analysis.batch.kernels import execute

CELLS = {"00_data": ["print(tier)"]}
PARAMETERS = {"study": "small", "tier": "north", "page": ""}


def python_kernel(folder: Path, script: str) -> None:
    """Put a kernel before the real one that runs a shell script with the real one's arguments."""
    specification = folder / "kernels" / "python3"
    specification.mkdir(parents=True)
    real = f'exec "{sys.executable}" -m ipykernel_launcher "$@"'
    argv = ["sh", "-c", f"{script}\n{real}", "sh", "-f", "{connection_file}"]
    declared = {"argv": argv, "display_name": "Python", "language": "python"}
    (specification / "kernel.json").write_text(json.dumps(declared))


def test_a_kernel_that_does_not_start_is_tried_again_and_that_is_noted(
    tmp_path: Path, project_with, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with(tmp_path / "project", CELLS)
    tried = tmp_path / "tried"
    python_kernel(tmp_path, f'[ -e "{tried}" ] || {{ touch "{tried}"; echo busy >&2; exit 1; }}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    execution = execute(root / "notebooks" / "00_data.ipynb", PARAMETERS, timeout=20)

    assert execution.failure is None
    assert execution.repeats == ["kernel start 1 was repeated: busy"]
    assert execution.notebook.cells[-1].outputs[0].text == "north\n"


def test_a_kernel_that_never_starts_fails_with_its_own_words(
    tmp_path: Path, project_with, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with(tmp_path / "project", CELLS)
    monkeypatch.setattr(kernels, "START_ATTEMPTS", 1)
    python_kernel(tmp_path, "echo Trace >&2; echo 'ImportError: no zmq' >&2; exit 1")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    execution = execute(root / "notebooks" / "00_data.ipynb", PARAMETERS, timeout=20)

    assert execution.notebook is None
    assert execution.failure.exception == "the kernel did not start: ImportError: no zmq"
    assert execution.failure.cell is None


def test_a_file_that_is_no_notebook_fails_without_a_kernel(tmp_path: Path) -> None:
    path = tmp_path / "00_data.ipynb"
    path.write_text("no notebook")

    execution = execute(path, PARAMETERS, timeout=20)

    assert execution.failure.exception.startswith("NotJSONError")
    assert execution.repeats == []
