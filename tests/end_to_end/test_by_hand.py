"""The notebooks as a student or a script runs them: with plain papermill, from any folder."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from projects import run

pytestmark = pytest.mark.xdist_group("demo")


def papermill(demo_project: Path, folder: Path, *parameters: str) -> tuple[int, str, Path]:
    out = folder / "out.ipynb"
    finished = run(
        "papermill",
        str(demo_project / "notebooks" / "01_activity.ipynb"),
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


def test_plain_papermill_runs_it_for_a_tier_from_a_folder_below(demo_project: Path) -> None:
    folder = demo_project / "reports" / "demo" / "provincie"
    code, error, out = papermill(demo_project, folder, "-p", "tier", "provincie")
    assert code == 0, error
    assert "Provincies" in shown(out)
    assert "Gemeenten" not in shown(out)
    out.unlink()


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [("teir", "provincie", "Did you mean 'tier'?"), ("study", "dmeo", "Did you mean 'demo'?")],
)
def test_a_misspelling_stops_with_one_line_that_names_the_nearest_match(
    demo_project: Path, tmp_path: Path, parameter: str, value: str, message: str
) -> None:
    code, _, out = papermill(demo_project, tmp_path, "-p", parameter, value)
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
