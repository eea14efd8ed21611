"""A study of comments alone: every notebook runs, and says what it cannot answer."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from projects import copy_project, run

STUDY = """
title = "Comments alone"
register_of_pages = "data/raw/demo/register.csv"
period = { start = 2023-01-01, end = 2023-12-31 }

[[tiers]]
name = "rijksoverheid"
label = "Rijksoverheid"

[[tiers]]
name = "provincie"
label = "Provincies"

[[tiers]]
name = "gemeente"
label = "Gemeenten"

[[raw.comments]]
path = "data/raw/demo/comments.ndjson"
simulated = true
observed_at = 2024-02-15
"""
# Other notebooks say it in the words that the tests of their findings hold.
SAYS = {
    "03": "The export of the page's own insights is needed",
    "07": "fixes **no thresholds** for a loss that counts as small, so it gives **no advice**",
}


@pytest.fixture(scope="module")
def reports(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(project, tmp_path_factory.mktemp("comments_only"))
    (root / "studies" / "alone.toml").write_text(STUDY, encoding="utf-8")
    finished = run("bereik", "run", "alone", "--tier", "all", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "reports" / "alone" / "all"


def shown(notebook: Path) -> str:
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(output.data["text/plain"] for output in outputs if "data" in output)


def test_every_notebook_runs(project: Path, reports: Path) -> None:
    made = {notebook.name for notebook in reports.glob("*.ipynb")}
    assert made == {notebook.name for notebook in (project / "notebooks").glob("*.ipynb")}


@pytest.mark.parametrize("number", SAYS)
def test_it_says_what_it_cannot_answer_and_what_that_takes(reports: Path, number: str) -> None:
    (notebook,) = reports.glob(f"{number}_*.ipynb")
    assert SAYS[number] in shown(notebook)


def test_whether_anyone_answers_is_answered(reports: Path) -> None:
    (notebook,) = reports.glob("04_*.ipynb")
    assert re.search(r"Gemeenten.*%", shown(notebook))


def test_no_word_is_for_machines(reports: Path) -> None:
    for notebook in reports.glob("*.ipynb"):
        found = re.search(r"\bnan\b|\bNaN\b|<NA>|\bNone\b|Traceback", shown(notebook))
        assert found is None, f"{notebook.name}: {found}"
