"""Small projects to run batches in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.study import Study
from analysis.study_file import load_study

STUDY = """
title = "A small study"
timezone = "Europe/Amsterdam"

[period]
start = 2024-01-01
end = 2024-12-31

[[tiers]]
name = "north"
label = "The north"

[[tiers]]
name = "south"
label = "The south"

[[raw.posts]]
path = "data/raw/posts.csv"
simulated = true
observed_at = 2025-02-01

[raw.posts.table]
tier_column = "Tier"

[raw.posts.table.columns]
page_id = "Page"
published_at = "Day"
reactions = "Reactions"

[raw.posts.table.categories]
n = "north"
s = "south"
"""
POSTS = "Page,Tier,Day,Reactions\n1,n,2024-03-01,5\n2,s,2024-04-01,7\n"
PARAMETERS = 'study = "nothing"\ntier = "nothing"\npage = ""'

MakeProject = Callable[[Path, dict[str, list[str]]], Path]


def write_notebook(path: Path, cells: list[str]) -> None:
    """Write a notebook with a title, a parameters cell and code cells."""
    title = path.stem.partition("_")[2]
    parameters = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    notebook = new_notebook(
        cells=[
            new_markdown_cell(f"# About {title}\n\nA sentence."),
            parameters,
            *(new_code_cell(cell) for cell in cells),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)


def make_project(root: Path, notebooks: dict[str, list[str]]) -> Path:
    """Write a project with one study, two posts and these notebooks."""
    for folder in ("studies", "notebooks", "data/raw"):
        (root / folder).mkdir(parents=True)
    (root / "studies" / "small.toml").write_text(STUDY)
    (root / "data" / "raw" / "posts.csv").write_text(POSTS)
    for name, cells in notebooks.items():
        write_notebook(root / "notebooks" / f"{name}.ipynb", cells)
    return root.resolve()


@pytest.fixture(scope="session")
def project_with() -> MakeProject:
    """Make a small project: ``project_with(folder, {"01_name": ["code cell", …]})``."""
    return make_project


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with three notebooks, none of them run."""
    return make_project(tmp_path, {name: [] for name in ("00_data", "02_posts", "09_claims")})


@pytest.fixture
def small_study(small_project: Path) -> Study:
    """The study of the small project."""
    return load_study("small", small_project)
