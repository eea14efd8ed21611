"""The opening call of every notebook."""

from __future__ import annotations

import ast
from pathlib import Path

from IPython.core.getipython import get_ipython

from analysis.figures.style import apply_style
from analysis.ingest.passport import Passport
from analysis.ingest.processed import load_tables, passport_that_fits
from analysis.language import speak
from analysis.problems import InputProblem, listed, nearest
from analysis.project import find_root
from analysis.selection import Selection, select
from analysis.study import Study
from analysis.study_file import load_study

PARAMETERS = ("study", "tier", "page", "platform")
INJECTED_CELL_STARTS = "# Parameters\n"


def open_notebook(study: str, tier: str, page: str, platform: str) -> Selection:
    """Check the notebook's parameters and give the tables they ask for.

    From here on the notebook speaks the study's language. Raw files are read first when the
    processed tables are missing or older than what they were made from.

    Parameters
    ----------
    study : str
        A study's name, or the path of its file.
    tier : str
        A tier of the study, or ``all``.
    page : str
        A page id, or empty for all pages of the tier.
    platform : str
        Usually ``facebook``.

    Returns
    -------
    Selection

    Raises
    ------
    InputProblem
        When a parameter is misspelt, is no text, or names something that is not in the study.
    """
    _require_known_parameters(_injected_names())
    study, tier = _as_text("study", study), _as_text("tier", tier)
    page, platform = _as_text("page", page), _as_text("platform", platform)
    apply_style()
    root = find_root()
    chosen = load_study(study, root)
    speak(chosen.language)
    passport = passport_that_fits(chosen, root) or _ingested(chosen, root)
    tables = load_tables(chosen, root)
    return select(chosen, root, tables, passport, tier=tier, page=page, platform=platform)


def _ingested(study: Study, root: Path) -> Passport:
    """Make the tables; what that takes is imported only now, so that other notebooks start fast."""
    from analysis.ingest.making import ensure_ingested

    return ensure_ingested(study, root)


def _injected_names() -> list[str]:
    """Names set by the cell that papermill adds; papermill itself lets a misspelt one pass."""
    shell = get_ipython()
    cells = shell.user_ns.get("In", []) if shell else []
    injected = [cell for cell in cells if cell.startswith(INJECTED_CELL_STARTS)]
    statements = [node for cell in injected for node in ast.parse(cell).body]
    return [
        target.id
        for node in statements
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _require_known_parameters(names: list[str]) -> None:
    for name in names:
        if name not in PARAMETERS:
            raise InputProblem(
                f"parameter '{name}'",
                "this notebook has no such parameter",
                listed(PARAMETERS),
                nearest(name, PARAMETERS),
            )


def _as_text(name: str, value: object) -> str:
    """Take a parameter as text; papermill's command makes a number of an id made of digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InputProblem(
        f"parameter '{name}'", f"{value!r} is no text", f'text, such as {name} = "…"'
    )
