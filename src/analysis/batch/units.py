"""Which notebooks run with which parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from analysis.problems import InputProblem, listed, nearest, nearest_word
from analysis.project import reports_folder
from analysis.study import ALL_TIERS, Study

NOTEBOOK_NAMES = "[0-9][0-9]_*.ipynb"
ALL_PAGES = "all"
PLATFORM = "facebook"
"""The pages that get a report of their own are on the platform that notebooks start with."""


@dataclass(frozen=True)
class Page:
    """What a page is called, and the tier it is of."""

    name: str
    tier: str


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
        return report_folder(root, self.study, self.tier, self.page) / f"{self.notebook}.ipynb"

    def pdf(self, root: Path) -> Path:
        """Say where its PDF lies."""
        return self.executed(root).with_suffix(".pdf")


def report_folder(root: Path, study: str, tier: str, page: str = "") -> Path:
    """Say where the notebooks of a tier lie, or of one of its pages; their one PDF is beside it.

    A page id may hold what no folder's name can: a slash, or nothing but dots.
    """
    of_tier = reports_folder(root, study) / tier
    if not page:
        return of_tier
    name = quote(page, safe="@ ")
    return of_tier / name.replace(".", "%2E", 1) if name.startswith(".") else of_tier / name


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
    """List the units of a batch of tiers: in the study's order, ``all`` last.

    Parameters
    ----------
    tiers : sequence of str
        Tiers to run, ``all`` among them. When empty every tier, and ``all`` where there are
        several: a study's only tier would be reported twice.
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
    chosen = _chosen_notebooks(notebooks, root)
    return tuple(
        Unit(study.name, notebook, tier)
        for tier in _chosen_tiers(tiers, study)
        for notebook in chosen
    )


def every_tier_unit(study: Study, root: Path) -> tuple[Unit, ...]:
    """List the units of every tier and of ``all``, whether a batch runs them unasked or not."""
    return plan_units(study, root, (*study.tier_names, ALL_TIERS))


def plan_page_units(
    study: Study,
    root: Path,
    page: str,
    pages: Mapping[str, Page],
    *,
    tiers: Sequence[str] = (),
    notebooks: Sequence[str] = (),
) -> tuple[Unit, ...]:
    """List the units of a batch of single pages: tier by tier, page by page.

    Parameters
    ----------
    page : str
        A page id, a name that one page has, or ``all``.
    pages : mapping of str to Page
        Every page there is by its id, in the order in which the pages are taken.
    tiers : sequence of str
        Only pages of these tiers; of every tier when empty or ``all`` is among them.
    notebooks : sequence of str
        As for `plan_units`.

    Raises
    ------
    InputProblem
        As `plan_units`, when there is no such page, or it is of none of these tiers.
    """
    chosen = _chosen_notebooks(notebooks, root)
    asked = _chosen_tiers(tiers, study)
    within = study.tier_names if ALL_TIERS in asked else asked
    wanted = list(pages) if page == ALL_PAGES else [_page_within(within, page, pages, study)]
    return tuple(
        Unit(study.name, notebook, tier, one)
        for tier in within
        for one in wanted
        if pages[one].tier == tier
        for notebook in chosen
    )


def _page_within(tiers: Sequence[str], page: str, pages: Mapping[str, Page], study: Study) -> str:
    page_id = page if page in pages else _page_called(page, pages, study)
    if pages[page_id].tier not in tiers:
        found = f"page '{page}' belongs to tier '{pages[page_id].tier}'"
        raise InputProblem("page and tier", found, f"a page of {listed(tiers)}")
    return page_id


def _page_called(name: str, pages: Mapping[str, Page], study: Study) -> str:
    """Find the id of the one page of this name, in capitals or not."""
    called = [one for one, page in pages.items() if page.name.casefold() == name.casefold()]
    if len(called) == 1:
        return called[0]
    if called:
        found, expected = f"{len(called)} pages are called '{name}'", f"an id: {listed(called)}"
        raise InputProblem("page", found, expected)
    raise InputProblem(
        "page",
        f"'{name}' is no page of study '{study.name}' on {PLATFORM}",
        f"the id or the name of one of its {len(pages)} pages, or '{ALL_PAGES}'",
        _nearest_page(name, pages),
    )


def _nearest_page(word: str, pages: Mapping[str, Page]) -> str:
    """Name the page whose id or name is most like the one found."""
    words = {page.name: page_id for page_id, page in pages.items()} | {one: one for one in pages}
    found = nearest_word(word, words)
    if not found:
        return ""
    page_id, name = words[found], pages[words[found]].name
    return f"Did you mean '{page_id}'{'' if name == page_id else f' ({name})'}?"


def _chosen_tiers(tiers: Sequence[str], study: Study) -> tuple[str, ...]:
    """Check tiers, and put them in the study's order; those of `plan_units` when none is named."""
    known = (*study.tier_names, ALL_TIERS)
    if not tiers:
        return known if len(study.tier_names) > 1 else study.tier_names
    for tier in tiers:
        if tier not in known:
            found = f"'{tier}' is no tier of study '{study.name}'"
            raise InputProblem("tier", found, listed(known), nearest(tier, known))
    return tuple(tier for tier in known if tier in tiers)


def _chosen_notebooks(notebooks: Sequence[str], root: Path) -> tuple[str, ...]:
    """Check notebooks, and put them in their order; every one when none is named."""
    known = notebook_names(root)
    chosen = {_full_name(asked, known) for asked in notebooks}
    return tuple(name for name in known if name in chosen or not chosen)


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
