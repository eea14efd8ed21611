"""Raw files and lists of a study, checked as the study declares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from analysis.check.files import NO_PAGES, check_file, require_file
from analysis.check.lists import LISTS, facts_of
from analysis.check.questions import needs_of
from analysis.check.report import CheckReport
from analysis.needs import FEWEST
from analysis.problems import InputProblem, listed, nearest
from analysis.registers.followers import KEY
from analysis.registers.pages import read_register
from analysis.study import FILE_KINDS, Study


def check_files_of(study: Study, root: Path, files: Sequence[Path] = ()) -> list[CheckReport]:
    """Find out what raw files of a study are, read as the study declares them.

    Parameters
    ----------
    study : Study
        Declares tables, formats, and when counts were taken.
    root : pathlib.Path
        The project's root.
    files : sequence of pathlib.Path, optional
        Only these files; all of the study's, and the lists that it names, when left out.

    Raises
    ------
    InputProblem
        When the study lists no such file.
    """
    declared = {
        (root / raw_file.path).resolve(): (raw_file, kind)
        for kind in FILE_KINDS
        for raw_file in study.raw.by_kind[kind]
    }
    lists = {(root / getattr(study, key)).resolve(): key for key in LISTS if getattr(study, key)}
    for file in files:
        require_file(file)
        if file.resolve() not in declared | lists:
            names = [raw_file.path for raw_file, _ in declared.values()]
            names += [getattr(study, key) for key in lists.values()]
            raise InputProblem(
                str(file),
                f"no raw file of study '{study.name}'",
                listed(names),
                nearest(str(file), names),
            )
    places = [file.resolve() for file in files] or [*declared, *lists]
    register = _register(study, root)
    reports = {
        place: check_file(place, *declared[place], zone=study.zone, register=register)
        for place in places
        if place in declared
    }
    n_tiers = _tiers_to_compare(study, root, reports, register)
    return [
        *(_in_study(report, study, n_tiers) for report in reports.values()),
        *(_check_list(lists[place], study, root) for place in places if place in lists),
    ]


def _check_list(key: str, study: Study, root: Path) -> CheckReport:
    found = CheckReport(path=getattr(study, key), format=LISTS[key])
    try:
        decided, warnings = facts_of(key, study, root)
    except (InputProblem, OSError) as error:
        return replace(found, problem=str(error))
    return replace(found, decided=decided, warnings=warnings)


def _tiers_to_compare(
    study: Study, root: Path, reports: Mapping[Path, CheckReport], register: pl.DataFrame | None
) -> int | None:
    """Count the tiers with enough pages that have posts; None when not all posts were read."""
    posts = [reports.get((root / raw_file.path).resolve()) for raw_file in study.raw.posts]
    if register is None or any(report is None or report.problem for report in posts):
        return None
    tier_of = {(platform, page): tier for platform, page, tier in register[*KEY, "tier"].rows()}
    seen = set[tuple[str, str, str | None]]().union(*(found.pages_seen for found in posts if found))
    pages = {(platform, page, tier_of.get((platform, page), tier)) for platform, page, tier in seen}
    per_tier = Counter((platform, tier) for platform, _, tier in pages)
    enough = Counter(platform for (platform, tier), n in per_tier.items() if tier and n >= FEWEST)
    return max(enough.values(), default=0)


def _register(study: Study, root: Path) -> pl.DataFrame | None:
    """The pages of the register; none where there is no register, None when it cannot be read."""
    if not study.register_of_pages:
        return NO_PAGES
    try:
        return read_register(root / study.register_of_pages, study)
    except (InputProblem, OSError):  # the report on the register says why
        return None


def _in_study(report: CheckReport, study: Study, tiers_to_compare: int | None) -> CheckReport:
    """Say of each answer whether the study has what it takes beside the data."""
    needs = needs_of(report.kind) if report.answers else []
    answers = tuple(
        replace(found, in_study=need.is_met_by(study, tiers_to_compare))
        for found, need in zip(report.answers, needs, strict=True)
    )
    return replace(report, answers=answers)
