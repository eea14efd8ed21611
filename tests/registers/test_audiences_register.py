"""Whom pages want to reach: the study's own list, and who lives where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.registers.audiences import audiences_of, read_audiences
from analysis.registers.residents import residents
from analysis.study import Study
from analysis.tables import AUDIENCES, PAGES, dtypes

RESIDENTS = (
    "code,name,residents,reference_date,source\n"
    "GM1,Aa,100,2022-01-01,CBS\nGM1,Aa,110,2023-01-01,CBS\nGM2,Bee,300,2024-01-01,CBS\n"
)


def study(**more: object) -> Study:
    return Study.model_validate(
        {
            "title": "Here",
            "period": {"start": date(2022, 1, 1), "end": date(2022, 12, 31)},
            "tiers": [{"name": "gemeente", "label": "Gemeenten"}],
            "raw": {"posts": [{"path": "posts.csv", "simulated": False, "tier": "gemeente"}]},
            **more,
        }
    )


def pages(**codes: str | None) -> pl.DataFrame:
    rows = [
        {"platform": "facebook", "page_id": page, "name": page, "tier": "gemeente"}
        | {"organisation_code": code, "source_file": "register.csv"}
        for page, code in codes.items()
    ]
    return pl.DataFrame(rows, schema=dtypes(PAGES))


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "audiences.csv"
    header = "page_id,target_group,size,platform_share,reached_otherwise_low,reached_otherwise_high"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_list_becomes_the_audiences_table(tmp_path: Path) -> None:
    path = listed(tmp_path, '7,residents,"91,000",0.6,0.2,0.5', "8,parents,,,,")
    table = read_audiences(
        path,
        study(audiences="audiences.csv"),
        pages(p7=None, p8=None).with_columns(page_id=pl.col("page_id").str.strip_prefix("p")),
    )

    AUDIENCES.validate(table)
    assert table["size"].to_list() == [91_000, None]
    assert table["reached_otherwise_high"].to_list() == [0.5, None]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("9,residents,100,,,", "row 2: page '9' is no page of the study"),
        ("7,residents,veel,,,", "'veel' in column 'size' is no whole number"),
        ("7,residents,0,,,", "row 2: a target group of nobody"),
        ("7,residents,100,60,,", "'60' in column 'platform_share' is no share"),
        ("7,residents,100,,nan,", "'nan' in column 'reached_otherwise_low' is no share"),
        ("7,residents,100,,0.5,0.2", "reached_otherwise_low is over reached_otherwise_high"),
        (",residents,100,,,", "row 2: the page_id is missing"),
        ("7,a,1,,,\n7,b,1,,,", "row 3: page '7' is listed again"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: str, found: str) -> None:
    known = pages(p7=None).with_columns(page_id=pl.lit("7"))
    with pytest.raises(InputProblem, match=found):
        read_audiences(listed(tmp_path, row), study(), known)


def test_a_misspelt_column_is_refused_and_one_of_somebodys_own_is_not(tmp_path: Path) -> None:
    path = tmp_path / "audiences.csv"
    known = pages(p7=None).with_columns(page_id=pl.lit("7"))
    path.write_text("page_id,sise\n7,100\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="unknown column 'sise'") as problem:
        read_audiences(path, study(), known)
    assert problem.value.remedy == "Did you mean 'size'?"
    path.write_text("page_id,size,remark\n7,100,checked\n", encoding="utf-8")
    assert read_audiences(path, study(), known)["size"].to_list() == [100]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw" / "register"
    folder.mkdir(parents=True)
    (folder / "gemeenten.csv").write_text(RESIDENTS, encoding="utf-8")
    return tmp_path


def test_residents_are_those_of_the_last_count_before_a_day_or_of_the_first_after(
    root: Path,
) -> None:
    counted = residents(root, date(2022, 12, 31)).sort("code")
    assert counted["residents"].to_list() == [100, 300]
    assert counted["reference_date"].to_list() == [date(2022, 1, 1), date(2024, 1, 1)]


def test_who_is_in_no_list_wants_to_reach_its_residents_where_an_area_is_known(root: Path) -> None:
    table = audiences_of(study(), pages(a="GM1", b=None, c="GM9"), root)

    AUDIENCES.validate(table)
    assert table.select("page_id", "target_group", "size", "source_file").rows() == [
        ("a", "residents", 100, "data/raw/register/gemeenten.csv")
    ]


def test_the_studys_own_list_comes_before_residents(root: Path) -> None:
    listed(root, "a,parents,40,,,")
    table = audiences_of(study(audiences="audiences.csv"), pages(a="GM1", b="GM2"), root)

    assert table.select("page_id", "size").rows() == [("a", 40), ("b", 300)]


def test_audiences_that_were_invented_for_the_demo_are_refused_beside_observed_data(
    tmp_path: Path,
) -> None:
    path = tmp_path / "audiences.csv"
    path.write_text("page_id,size,source\na,100,CBS\nb,200,Invented for the demo\n")
    known = pages(a=None, b=None)
    simulated = {"posts": [{"path": "posts.csv", "simulated": True, "tier": "gemeente"}]}

    with pytest.raises(InputProblem, match="row 3: numbers that are invented for the demo"):
        read_audiences(path, study(), known)
    assert read_audiences(path, study(raw=simulated), known).height == 2
