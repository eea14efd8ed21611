"""Cells of an executed notebook, as what a reader of the report sees of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.report import nodes
from analysis.report.draft import Draft
from analysis.report.markdown import markdown_nodes
from analysis.report.nodes import Nodes
from analysis.report.outputs import output_nodes

_HIDDEN_CELL = frozenset({"remove-cell", "remove_cell", "hide-cell", "hide_cell"})
_HIDDEN_CODE = frozenset({"remove-input", "remove_input", "hide-input", "hide_input"})
_HIDDEN_OUTPUT = frozenset({"remove-output", "remove_output", "hide-output", "hide_output"})


def cell_nodes(
    cell: Mapping[str, Any], draft: Draft, *, show_code: bool, language: str = ""
) -> Nodes:
    """Read a cell.

    Parameters
    ----------
    cell : mapping
        As nbformat 4 has it. Tags such as ``remove-cell``, ``hide-input`` and ``remove-output``
        are followed; on paper, hidden is left out.
    draft : Draft
        Gets the images and the notes.
    show_code : bool
        Whether readers see code.
    language : str, optional
        Of the code, for its colours.

    Returns
    -------
    list of dict
        Blocks.
    """
    tags = frozenset(cell["metadata"].get("tags", []))
    if tags & _HIDDEN_CELL:
        return []
    if cell["cell_type"] == "markdown":
        return markdown_nodes(cell["source"], draft)
    if cell["cell_type"] != "code":
        return []
    found: Nodes = []
    if show_code and cell["source"].strip() and not tags & _HIDDEN_CODE:
        found.append(nodes.listing(cell["source"], language))
    if not tags & _HIDDEN_OUTPUT:
        for output in cell["outputs"]:
            found += output_nodes(output, cell["metadata"], draft)
    return found
