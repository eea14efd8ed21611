"""The register of pages, and the largest gemeenten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.problems import InputProblem
from analysis.registers.pages import read_register
from analysis.registers.residents import largest
from analysis.study import Study
from analysis.tables import PAGES

STUDY = Study.model_validate(
    {
        "title": "Here",
        "period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
        "tiers": [
            {"name": "provincie", "label": "Provinces"},
            {"name": "gemeente", "label": "Municipalities"},
        ],
        "register_of_pages": "data/raw/register.csv",
        "raw": {"posts": [{"path": "data/raw/posts.csv", "simulated": False}]},
    }
)


def register(folder: Path, text: str) -> Path:
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_register_becomes_the_pages_table(tmp_path: Path) -> None:
    path = register(
        tmp_path,
        "name,page_id,tier,organisation_code\n"
        "Gemeente Súdwest-Fryslân,8,gemeente,GM1900\n"
        "Provincie Fryslân,7,provincie,\n",
    )
    pages = read_register(path, STUDY)

    PAGES.validate(pages)
    assert pages.rows() == [
        (
            "facebook",
            "8",
            "Gemeente Súdwest-Fryslân",
            "gemeente",
            "GM1900",
            None,
            None,
            "data/raw/register.csv",
        ),
        ("facebook", "7", "Provincie Fryslân", "provincie", *[None] * 3, "data/raw/register.csv"),
    ]


def test_a_register_holds_followers_with_the_day_on_which_they_were_counted(
    tmp_path: Path,
) -> None:
    path = register(
        tmp_path,
        "page_id,name,tier,followers,followers_date\n"
        "8,A,gemeente,12.345,2024-01-31\n7,B,gemeente,,\n",
    )
    pages = read_register(path, STUDY)

    PAGES.validate(pages)
    assert pages.select("followers", "followers_date").rows() == [
        (12_345, date(2024, 1, 31)),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("veel,2024-01-31", "row 2: 'veel' in column 'followers'. Expected: a whole number"),
        ("-1,2024-01-31", "row 2: '-1' in column 'followers'. Expected: a whole number"),
        ("900,31-01-2024", "row 2: '31-01-2024' in column 'followers_date' is no date"),
        ("900,", "row 2: followers without a followers_date"),
    ],
)
def test_followers_that_cannot_be_used_are_named(tmp_path: Path, cells: str, found: str) -> None:
    header = "page_id,name,tier,followers,followers_date\n"

    with pytest.raises(InputProblem, match=found):
        read_register(register(tmp_path, f"{header}8,A,gemeente,{cells}\n"), STUDY)


def test_the_same_id_on_two_platforms_is_two_pages(tmp_path: Path) -> None:
    path = register(
        tmp_path, "platform,page_id,name,tier\nFacebook,7,A,gemeente\nmastodon,7,A,gemeente\n"
    )

    assert read_register(path, STUDY)["platform"].to_list() == ["facebook", "mastodon"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("8,B,gemeenten,", "row 3: unknown tier 'gemeenten'"),
        ("8,,gemeente,", "row 3: the name is missing"),
        (",B,gemeente,", "row 3: the page_id is missing"),
        ("7,B,gemeente,", "row 3: page '7' is listed again"),
        ("1.8E+14,B,gemeente,", "row 3: the id '1.8E.14' in column 'page_id' was rounded"),
        ("8,B", "row 3: the row has 2 cells where the header has 4"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: str, found: str) -> None:
    header = "page_id,name,tier,organisation_code\n7,A,gemeente,\n"

    with pytest.raises(InputProblem, match=found):
        read_register(register(tmp_path, header + row + "\n"), STUDY)


def test_an_unknown_tier_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(InputProblem) as problem:
        read_register(register(tmp_path, "page_id,name,tier\n7,A,provincies\n"), STUDY)
    assert problem.value.remedy == "Did you mean 'provincie'?"


def test_a_register_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no column 'tier'"):
        read_register(register(tmp_path, "page_id,name\n7,A\n"), STUDY)


GEMEENTEN = (
    "code,name,residents,reference_date\n"
    "GM1,Aa,100,2022-01-01\nGM2,Bee,300,2022-01-01\nGM3,Cee,250,2022-01-01\n"
    "GM1,Aa,400,2023-01-01\nGM2,Bee,300,2023-01-01\nGM3,Cee,300,2023-01-01\nGM4,Dee,299,2023-01-01\n"
)


def test_the_largest_gemeenten_are_those_of_the_reference_date(tmp_path: Path) -> None:
    path = register(tmp_path, GEMEENTEN)

    assert largest(path, 2, date(2022, 1, 1))["name"].tolist() == ["Bee", "Cee"]
    assert largest(path, 2, date(2023, 1, 1))["name"].tolist() == ["Aa", "Bee"]


def test_ties_share_a_rank_and_near_ties_at_the_cut_show(tmp_path: Path) -> None:
    table = largest(register(tmp_path, GEMEENTEN), 3, date(2023, 1, 1))

    assert table["rank"].tolist() == [1, 2, 2]
    assert table["more_than_next"].tolist() == [100, 0, 1]


def test_a_date_or_a_number_that_the_file_cannot_give_is_refused(tmp_path: Path) -> None:
    path = register(tmp_path, GEMEENTEN)

    with pytest.raises(InputProblem, match="'2022-01-01', '2023-01-01'"):
        largest(path, 2, date(2021, 1, 1))
    with pytest.raises(InputProblem, match="4 gemeenten on 2023-01-01"):
        largest(path, 5, date(2023, 1, 1))


def test_the_twenty_largest_gemeenten_of_the_projects_own_file(project: Path) -> None:
    table = largest(project / "data" / "raw" / "register" / "gemeenten.csv", 20, date(2022, 1, 1))

    assert table["name"].tolist()[:4] == ["Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht"]
    assert table["residents"].is_monotonic_decreasing
    assert (table["more_than_next"] >= 0).all()
