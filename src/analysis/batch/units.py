"""Which notebooks run with which parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import InputProblem, listed, nearest
from analysis.project import reports_folder
from analysis.study import ALL_TIERS, Study

NOTEBOOK_NAMES = "[0-9][0-9]_*.ipynb"


@dataclass(frozen=True)
class Unit:
    """One notebook with one set of parameters.

    Attributes
    ----------
    study : str
        The study's name.
    notebook : str
        The notebook's name without its ending, e.g. ``02_engagement``.
    tier : str
        A tier of the study, or ``all``.
    page : str
        A page id; empty for all pages of the tier.
    """

    study: str
    notebook: str
    tier: str
    page: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.notebook, self.tier, self.page) if part)

    def source(self, root: Path) -> Path:
        """Find the notebook that is run."""
        return root / "notebooks" / f"{self.notebook}.ipynb"

    def executed(self, root: Path) -> Path:
        """Say where the executed notebook lies."""
        folder = reports_folder(root, self.study) / self.tier / self.page
        return folder / f"{self.notebook}.ipynb"

    def pdf(self, root: Path) -> Path:
        """Say where its PDF lies."""
        return self.executed(root).with_suffix(".pdf")


def notebook_names(root: Path) -> tuple[str, ...]:
    """Name the project's notebooks, in the order of their numbers.

    Raises
    ------
    InputProblem
        When there are none.
    """
    folder = root / "notebooks"
    names = tuple(sorted(path.stem for path in folder.glob(NOTEBOOK_NAMES)))
    if not names:
        raise InputProblem(str(folder), "no notebooks", "notebooks named like 02_engagement.ipynb")
    return names


def plan_units(
    study: Study, root: Path, tiers: Sequence[str] = (), notebooks: Sequence[str] = ()
) -> tuple[Unit, ...]:
    """List the units of a batch: tier by tier in the study's order, ``all`` last.

    Parameters
    ----------
    tiers : sequence of str
        Tiers to run, ``all`` among them; every tier and ``all`` when empty.
    notebooks : sequence of str
        Notebooks to run, by number (``02``) or name (``02_engagement``); every one when empty.

    Returns
    -------
    tuple of Unit
        Each once, in the same order however they were asked for.

    Raises
    ------
    InputProblem
        When a tier or notebook does not exist.
    """
    known_tiers = (*study.tier_names, ALL_TIERS)
    known_notebooks = notebook_names(root)
    for tier in tiers:
        if tier not in known_tiers:
            found = f"'{tier}' is no tier of study '{study.name}'"
            raise InputProblem("tier", found, listed(known_tiers), nearest(tier, known_tiers))
    chosen = {_full_name(asked, known_notebooks) for asked in notebooks}
    return tuple(
        Unit(study.name, notebook, tier)
        for tier in known_tiers
        if tier in tiers or not tiers
        for notebook in known_notebooks
        if notebook in chosen or not chosen
    )


def parameters_of(unit: Unit, study: Study, root: Path) -> dict[str, str]:
    """Give the parameters that papermill sets in the notebook, all of them plain text."""
    return {"study": _study_parameter(study, root), "tier": unit.tier, "page": unit.page}


def _full_name(asked: str, known: Sequence[str]) -> str:
    for name in known:
        if asked in (name, f"{name}.ipynb", name.partition("_")[0]):
            return name
    raise InputProblem("notebook", f"'{asked}' is not there", listed(known), nearest(asked, known))


def _study_parameter(study: Study, root: Path) -> str:
    """Name the study so that a notebook finds it, without this machine's folders where it can."""
    if study.path == (root / "studies" / f"{study.name}.toml").resolve():
        return study.name
    if study.path.is_relative_to(root):
        return study.path.relative_to(root).as_posix()
    return str(study.path)
