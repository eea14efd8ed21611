"""Every notebook is for reading: one question, little code, no outputs."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
DEFAULTS = {"study": "demo", "tier": "all", "page": "", "platform": "facebook"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def lines_of_code(cell: NotebookNode) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 5


def test_it_is_short(notebook: NotebookNode) -> None:
    code = code_cells(notebook)
    assert len(notebook.cells) <= 40
    assert len(code) <= 20
    lengths = [lines_of_code(cell) for cell in code]
    assert max(lengths) <= 15
    assert statistics.median(lengths) <= 4


def test_it_explains(notebook: NotebookNode) -> None:
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert len(" ".join(prose).split()) >= 150
    assert prose[0].startswith("# ")
    assert prose[0].splitlines()[0].endswith("?")


def test_computation_lives_in_the_package(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None)
            if isinstance(node, ast.ImportFrom):
                assert "*" not in [alias.name for alias in node.names]


def test_it_has_one_parameters_cell_with_working_defaults(notebook: NotebookNode) -> None:
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    defaults: dict[str, object] = {}
    exec(tagged[0].source, defaults)
    assert {name: defaults[name] for name in DEFAULTS} == DEFAULTS


def test_it_is_kept_without_outputs_and_with_its_kernel(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None
    assert notebook.metadata.kernelspec.name == "python3"
    identifiers = [cell.id for cell in notebook.cells]
    assert len(set(identifiers)) == len(identifiers)
    assert not any(identifier.isdigit() for identifier in identifiers)
