"""The notebooks as a student or a script runs them: with plain papermill, from any folder."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from projects import copy_project, run


@pytest.fixture(scope="module")
def own_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(project, tmp_path_factory.mktemp("project"))


def papermill(own_project: Path, folder: Path, *parameters: str) -> tuple[int, str, Path]:
    out = folder / "out.ipynb"
    finished = run(
        "papermill",
        str(own_project / "notebooks" / "01_activity.ipynb"),
        str(out),
        "--no-progress-bar",
        *parameters,
        folder=folder,
    )
    return finished.returncode, finished.stderr, out


def shown(notebook: Path) -> str:
    cells = nbformat.read(notebook, as_version=4).cells
    return "\n".join(
        output.data["text/plain"]
        for cell in cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    )


def test_plain_papermill_runs_it_for_a_tier_from_a_folder_below(own_project: Path) -> None:
    folder = own_project / "data" / "raw" / "demo"
    code, error, out = papermill(own_project, folder, "-p", "tier", "provincie")
    assert code == 0, error
    assert "Provincies" in shown(out)
    assert "Gemeenten" not in shown(out)
    out.unlink()


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [("teir", "provincie", "Did you mean 'tier'?"), ("study", "dmeo", "Did you mean 'demo'?")],
)
def test_a_misspelling_stops_with_one_line_that_names_the_nearest_match(
    own_project: Path, tmp_path: Path, parameter: str, value: str, message: str
) -> None:
    code, _, out = papermill(own_project, tmp_path, "-p", parameter, value)
    assert code != 0
    (error,) = [
        output
        for cell in nbformat.read(out, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
    (line,) = error.traceback
    assert message in line
