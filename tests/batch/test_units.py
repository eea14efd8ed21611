from __future__ import annotations

from pathlib import Path

import pytest

from analysis.batch.units import Unit, parameters_of, plan_units
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
