"""A study of comments alone: every notebook runs, and says what it cannot answer."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import polars as pl
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
TRUTH = {"rijksoverheid": 0.030, "provincie": 0.127, "gemeente": 0.425}
"""What the mean page of a tier answers in the demo, in the mean over many seeds."""

SAYS = {
    "03": "The export of the page's own insights is needed",
    "04": "it takes posts",
    "07": "fixes **no thresholds** for a loss that counts as small, so it gives **no advice**",
}
"""Other notebooks say it in the words that the tests of their findings hold."""


@pytest.fixture(scope="module")
def reports(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(project, tmp_path_factory.mktemp("comments_alone"))
    (root / "studies" / "alone.toml").write_text(STUDY, encoding="utf-8")
    finished = run("bereik", "run", "alone", "--tier", "all", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "reports" / "alone"


def shown(reports: Path, number: str) -> str:
    (notebook,) = (reports / "all").glob(f"{number}_*.ipynb")
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(output.data["text/plain"] for output in outputs if "data" in output)


def test_every_notebook_runs(project: Path, reports: Path) -> None:
    made = {notebook.name for notebook in (reports / "all").glob("*.ipynb")}
    assert made == {notebook.name for notebook in (project / "notebooks").glob("*.ipynb")}


@pytest.mark.parametrize("number", SAYS)
def test_it_says_what_it_cannot_answer_and_what_that_takes(reports: Path, number: str) -> None:
    assert SAYS[number] in shown(reports, number)


def test_the_known_reply_rates_lie_inside_their_intervals(reports: Path) -> None:
    rates = pl.read_parquet(reports / "results.parquet").filter(
        pl.col("measure") == "reply_rate",
        pl.col("definition").str.starts_with("mean over pages with"),
    )
    for tier, truth in TRUTH.items():
        ((low, high),) = rates.filter(pl.col("tier") == tier).select("low", "high").rows()
        assert low < truth < high


def test_no_word_is_for_machines(reports: Path) -> None:
    for notebook in (reports / "all").glob("*.ipynb"):
        found = re.search(
            r"\bnan\b|\bNaN\b|<NA>|\bNone\b|Traceback", shown(reports, notebook.stem[:2])
        )
        assert found is None, f"{notebook.name}: {found}"
