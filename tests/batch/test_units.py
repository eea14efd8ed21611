from __future__ import annotations

from pathlib import Path

import pytest

from analysis.batch.units import (
    Page,
    Unit,
    every_tier_unit,
    parameters_of,
    plan_page_units,
    plan_units,
    report_folder,
)
from analysis.problems import InputProblem
from analysis.study import Study
from analysis.study_file import load_study


def test_a_batch_goes_tier_by_tier_and_takes_all_tiers_together_last(
    small_study: Study, small_project: Path
) -> None:
    units = plan_units(small_study, small_project)

    assert [unit.tier for unit in units[::3]] == ["north", "south", "all"]
    assert [unit.notebook for unit in units[:3]] == ["00_data", "02_posts", "09_claims"]
    assert len(units) == 9


def test_the_only_tier_of_a_study_is_not_reported_twice_unless_that_is_asked(
    small_study: Study, small_project: Path
) -> None:
    alone = small_study.model_copy(update={"tiers": small_study.tiers[:1]})

    assert {unit.tier for unit in plan_units(alone, small_project)} == {"north"}
    assert {unit.tier for unit in plan_units(alone, small_project, ["all"])} == {"all"}
    assert {unit.tier for unit in every_tier_unit(alone, small_project)} == {"north", "all"}


@pytest.mark.parametrize("asked", ["02", "02_posts", "02_posts.ipynb"])
def test_a_notebook_may_be_named_by_its_number_or_its_name(
    small_study: Study, small_project: Path, asked: str
) -> None:
    assert plan_units(small_study, small_project, ["south"], [asked]) == (
        Unit("small", "02_posts", "south"),
    )


def test_asking_twice_or_in_another_order_gives_the_same_units(
    small_study: Study, small_project: Path
) -> None:
    once = plan_units(small_study, small_project, ["north", "all"], ["00", "09"])
    again = plan_units(small_study, small_project, ["all", "north", "all"], ["09", "00_data", "00"])

    assert once == again
    assert len(once) == 4


def test_a_misspelt_tier_is_answered_with_the_nearest_one(
    small_study: Study, small_project: Path
) -> None:
    with pytest.raises(InputProblem, match="Did you mean 'north'"):
        plan_units(small_study, small_project, ["nroth"])


def test_a_misspelt_notebook_is_answered_with_the_nearest_one(
    small_study: Study, small_project: Path
) -> None:
    with pytest.raises(InputProblem, match="Did you mean '09_claims'"):
        plan_units(small_study, small_project, notebooks=["09_claim"])


def test_a_project_without_notebooks_says_so(small_study: Study, small_project: Path) -> None:
    with pytest.raises(InputProblem, match="no notebooks"):
        plan_units(small_study, small_project / "data")


PAGES = {
    "1": Page("Gemeente Vaartsluis", "north"),
    "2": Page("Gemeente Elzenbrink", "south"),
    "3": Page("Provincie Noorderwold", "north"),
}


def test_one_page_has_units_of_its_own_and_brings_its_tier(
    small_study: Study, small_project: Path
) -> None:
    units = plan_page_units(small_study, small_project, "2", PAGES, notebooks=["02", "09"])

    assert units == (
        Unit("small", "02_posts", "south", "2"),
        Unit("small", "09_claims", "south", "2"),
    )


def test_all_pages_go_tier_by_tier_and_page_by_page(
    small_study: Study, small_project: Path
) -> None:
    units = plan_page_units(small_study, small_project, "all", PAGES)
    assert [(unit.tier, unit.page) for unit in units[::3]] == [
        ("north", "1"),
        ("north", "3"),
        ("south", "2"),
    ]

    of_tier = plan_page_units(
        small_study, small_project, "all", PAGES, tiers=["south"], notebooks=["02"]
    )
    assert of_tier == (Unit("small", "02_posts", "south", "2"),)


@pytest.mark.parametrize("name", ["Gemeente Elzenbrink", "gemeente elzenbrink"])
def test_a_page_may_be_called_by_its_name(
    small_study: Study, small_project: Path, name: str
) -> None:
    units = plan_page_units(small_study, small_project, name, PAGES, notebooks=["02"])

    assert units == (Unit("small", "02_posts", "south", "2"),)


@pytest.mark.parametrize(
    ("page", "near"),
    [("4721", "'4711' (Gemeente Elst)"), ("Gemeente Elzt", "'4711' (Gemeente Elst)")],
)
def test_a_misspelt_page_is_answered_with_the_nearest_one(
    small_study: Study, small_project: Path, page: str, near: str
) -> None:
    pages = {"4711": Page("Gemeente Elst", "north"), "88": Page("Provincie Oost", "south")}

    with pytest.raises(InputProblem, match="one of its 2 pages") as problem:
        plan_page_units(small_study, small_project, page, pages)
    assert problem.value.remedy == f"Did you mean {near}?"


def test_a_name_that_two_pages_have_is_answered_with_their_ids(
    small_study: Study, small_project: Path
) -> None:
    pages = {"1": Page("Bergen", "north"), "2": Page("Bergen", "south")}

    with pytest.raises(InputProblem, match=r"2 pages are called 'Bergen'.*an id: '1', '2'"):
        plan_page_units(small_study, small_project, "Bergen", pages)


def test_a_page_of_another_tier_is_refused(small_study: Study, small_project: Path) -> None:
    with pytest.raises(InputProblem, match="page '2' belongs to tier 'south'"):
        plan_page_units(small_study, small_project, "2", PAGES, tiers=["north"])


@pytest.mark.parametrize("page", ["..", ".", "a/b", "../../x", "https://x.example/@y", "ü"])
def test_whatever_a_page_is_called_its_folder_lies_in_its_tiers(tmp_path: Path, page: str) -> None:
    folder = report_folder(tmp_path, "small", "north", page)

    assert folder.resolve().parent == (tmp_path / "reports" / "small" / "north").resolve()


def test_parameters_name_a_study_of_the_project_without_any_folder(
    small_study: Study, small_project: Path
) -> None:
    unit = Unit("small", "00_data", "north")

    parameters = parameters_of(unit, small_study, small_project)

    assert parameters == {"study": "small", "tier": "north", "page": ""}


def test_parameters_name_a_study_elsewhere_in_the_project_by_its_path(small_project: Path) -> None:
    moved = small_project / "elsewhere" / "small.toml"
    moved.parent.mkdir()
    (small_project / "studies" / "small.toml").rename(moved)
    study = load_study(moved, small_project)

    parameters = parameters_of(Unit("small", "00_data", "north"), study, small_project)

    assert parameters["study"] == "elsewhere/small.toml"


def test_every_unit_has_a_place_of_its_own_in_the_reports(tmp_path: Path) -> None:
    tier, page = Unit("small", "00_data", "north"), Unit("small", "00_data", "north", "1")

    assert tier.executed(tmp_path) == tmp_path / "reports/small/north/00_data.ipynb"
    assert tier.pdf(tmp_path) == tmp_path / "reports/small/north/00_data.pdf"
    assert page.executed(tmp_path) == tmp_path / "reports/small/north/1/00_data.ipynb"
