"""Where the project's folders are, from whatever folder a notebook runs in."""

from __future__ import annotations

from pathlib import Path

from analysis.problems import InputProblem

CORRECTIONS = "data/raw/corrections.toml"
"""Reviewed corrections of raw values, from the project's root."""


def find_root(start: Path | None = None) -> Path:
    """Find the project's root.

    The current folder and its parents come first, so that a copy of the project works on its own
    data; else the folder the package is installed from.

    Parameters
    ----------
    start : pathlib.Path, optional
        Where to start looking; the current folder when left out.

    Returns
    -------
    pathlib.Path
        The folder that holds ``studies`` and ``notebooks``.

    Raises
    ------
    InputProblem
        When neither the start nor the installed package lies in a project.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "studies").is_dir() and (folder / "notebooks").is_dir():
            return folder
    raise InputProblem(
        str(here),
        "no Bereik project here or above",
        "a folder with 'studies' and 'notebooks' in it",
        "Go to the project's folder and try again.",
    )


def processed_folder(root: Path, study: str) -> Path:
    """Folder of a study's canonical tables and passport."""
    return root / "data" / "processed" / study


def reports_folder(root: Path, study: str) -> Path:
    """Folder of a study's reports, results and manifest."""
    return root / "reports" / study
