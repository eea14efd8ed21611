"""The registers in data/raw/register add up, and say where each number comes from."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

NATIONAL_TOTAL = {"2022-01-01": 17_590_672, "2023-01-01": 17_811_291}
"""Residents of the Netherlands: CBS, StatLine table 70072ned."""

NINETEEN_LARGEST = {
    "Amsterdam",
    "Rotterdam",
    "'s-Gravenhage",
    "Utrecht",
    "Eindhoven",
    "Groningen",
    "Tilburg",
    "Almere",
    "Breda",
    "Nijmegen",
    "Apeldoorn",
    "Arnhem",
    "Haarlem",
    "Enschede",
    "Haarlemmermeer",
    "Amersfoort",
    "Zaanstad",
    "'s-Hertogenbosch",
    "Zwolle",
}
DATES = sorted(NATIONAL_TOTAL)


@pytest.fixture(scope="session")
def gemeenten(project: Path) -> pl.DataFrame:
    return pl.read_csv(project / "data/raw/register/gemeenten.csv")


@pytest.fixture(scope="session")
def provincies(project: Path) -> pl.DataFrame:
    return pl.read_csv(project / "data/raw/register/provincies.csv")


@pytest.fixture(scope="session")
def rijksoverheid(project: Path) -> pl.DataFrame:
    return pl.read_csv(project / "data/raw/register/rijksoverheid.csv")


@pytest.mark.parametrize("date", DATES)
def test_there_are_342_gemeenten_that_add_up_to_the_country(
    date: str, gemeenten: pl.DataFrame
) -> None:
    then = gemeenten.filter(reference_date=date)
    assert then["code"].n_unique() == then["name"].n_unique() == then.height == 342
    assert then["residents"].sum() == NATIONAL_TOTAL[date]


def test_both_dates_have_the_same_gemeenten_in_the_same_provincies(
    gemeenten: pl.DataFrame,
) -> None:
    unchanging = ["code", "name", "province_code", "province"]
    then, later = (gemeenten.filter(reference_date=date)[unchanging] for date in DATES)
    assert then.equals(later)


def test_codes_have_the_form_cbs_gives_them(
    gemeenten: pl.DataFrame, provincies: pl.DataFrame
) -> None:
    assert gemeenten["code"].str.contains(r"^GM\d{4}$").all()
    assert set(provincies["code"]) == {f"PV{number}" for number in range(20, 32)}


@pytest.mark.parametrize("date", DATES)
def test_each_of_the_12_provincies_is_the_sum_of_its_gemeenten(
    date: str, gemeenten: pl.DataFrame, provincies: pl.DataFrame
) -> None:
    summed = (
        gemeenten.filter(reference_date=date)
        .group_by(code="province_code", name="province")
        .agg(pl.sum("residents"), gemeenten=pl.len().cast(pl.Int64))
        .sort("code")
    )
    stated = provincies.filter(reference_date=date).select(summed.columns)
    assert stated.height == 12
    assert stated.equals(summed)


def test_two_published_regional_totals_are_met(provincies: pl.DataFrame) -> None:
    in_2023 = provincies.filter(reference_date="2023-01-01")
    residents = dict(in_2023.select("name", "residents").iter_rows())
    assert residents["Overijssel"] == 1_184_333
    assert residents["Noord-Brabant"] + residents["Limburg"] == 3_754_577


@pytest.mark.parametrize(
    ("date", "order"),
    [
        ("2022-01-01", ["Zoetermeer", "Leeuwarden", "Leiden"]),
        ("2023-01-01", ["Leiden", "Leeuwarden", "Zoetermeer"]),
    ],
)
def test_place_20_is_a_near_tie_that_changes_with_the_date(
    date: str, order: list[str], gemeenten: pl.DataFrame
) -> None:
    by_size = gemeenten.filter(reference_date=date).sort("residents", descending=True)
    assert set(by_size["name"][:19]) == NINETEEN_LARGEST
    assert by_size["name"][19:22].to_list() == order
    assert by_size["residents"][19] - by_size["residents"][21] < 700


def test_every_row_names_its_source_or_says_there_is_none(gemeenten: pl.DataFrame) -> None:
    assert gemeenten["source"].null_count() == 0
    not_confirmed = gemeenten.filter(source="not confirmed at a source")
    assert set(not_confirmed["name"]) == {
        "Dijk en Waard",
        "Land van Cuijk",
        "Maashorst",
        "Voorne aan Zee",
    }
    assert set(not_confirmed["reference_date"]) == {"2023-01-01"}


def test_the_rijk_is_15_ministeries_and_15_executive_organisations(
    rijksoverheid: pl.DataFrame,
) -> None:
    kinds = dict(rijksoverheid["kind"].value_counts().iter_rows())
    assert kinds == {"ministerie": 15, "uitvoeringsorganisatie": 15}
    assert rijksoverheid["name"].is_unique().all()
