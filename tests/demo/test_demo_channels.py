"""Other platforms and spend: the form of the exports, and the stated truth in them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from analysis.demo import write_demo
from analysis.demo.ad_library import FILE, LAST_DAY
from analysis.demo.channels import PRESENT, SERVER
from analysis.demo.organisations import OF_NAME
from analysis.demo.truth import TRUTH

Records = list[dict[str, str]]

FIRST_DAY = date(2023, 10, 3)


@pytest.fixture(scope="module")
def statuses(demo_folder: Path) -> list[dict[str, Any]]:
    lines = (demo_folder / "mastodon.ndjson").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def instagram(demo_folder: Path) -> Records:
    return records(demo_folder / "instagram.csv")


@pytest.fixture(scope="module")
def spend(demo_folder: Path) -> Records:
    return records(demo_folder / FILE)


def records(path: Path) -> Records:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("platform", PRESENT)
def test_two_organisations_of_every_tier_are_on_each_other_platform(platform: str) -> None:
    tiers = [OF_NAME[name].tier for name in PRESENT[platform]]
    assert sorted(tiers) == sorted(2 * list(TRUTH.tiers))


def test_the_code_of_an_organisation_connects_its_pages(register: Records) -> None:
    code_on_facebook = {
        page["name"]: page["organisation_code"]
        for page in register
        if page["platform"] == "facebook"
    }
    elsewhere = [page for page in register if page["platform"] != "facebook"]
    assert len(elsewhere) == sum(map(len, PRESENT.values()))
    for page in elsewhere:
        assert page["organisation_code"] == code_on_facebook[page["name"]]


def test_every_account_is_in_the_register(
    statuses: list[dict[str, Any]], instagram: Records, register: Records
) -> None:
    on_paper = {(page["platform"], page["page_id"]) for page in register}
    accounts = {("mastodon", f"{status['account']['acct']}@{SERVER}") for status in statuses}
    accounts |= {("instagram", row["User Name"]) for row in instagram}
    assert accounts == {page for page in on_paper if page[0] != "facebook"}


def test_no_account_and_no_post_elsewhere_can_exist(
    statuses: list[dict[str, Any]], instagram: Records
) -> None:
    assert all(status["url"].startswith(f"https://{SERVER}/@demo_") for status in statuses)
    assert SERVER.endswith(".example.org")
    assert all("-" in row["User Name"] for row in instagram), "Instagram allows no hyphen"
    assert len({row["URL"] for row in instagram}) == len(instagram)


def test_responses_elsewhere_are_about_the_stated_ones(
    statuses: list[dict[str, Any]], instagram: Records
) -> None:
    counts = ("favourites_count", "reblogs_count", "replies_count")
    own = [status for status in statuses if status["reblog"] is None]
    on_mastodon = mean(
        1000 * sum(status[count] for count in counts) / status["account"]["followers_count"]
        for status in own
    )
    on_instagram = mean(
        1000 * (int(row["Likes"]) + int(row["Comments"])) / int(row["Followers at Posting"])
        for row in instagram
    )
    assert on_instagram == pytest.approx(TRUTH.channels["instagram"].response, rel=0.4)
    # Followers are those at the end of the year, so a status is held against too many of them.
    growth = 1 + TRUTH.channels["mastodon"].growth / 2
    assert on_mastodon * growth == pytest.approx(TRUTH.channels["mastodon"].response, rel=0.4)


def test_some_statuses_only_pass_on_what_others_said(statuses: list[dict[str, Any]]) -> None:
    boosts = [status for status in statuses if status["reblog"] is not None]
    share = TRUTH.channels["mastodon"].boosts_of_others
    assert len(boosts) / len(statuses) == pytest.approx(share, abs=0.03)


def test_small_amounts_are_not_shown(spend: Records) -> None:
    amounts = [row["Amount spent (EUR)"] for row in spend]
    assert "≤100" in amounts
    assert all(amount == "≤100" or int(amount) > 100 for amount in amounts)


def test_who_boosted_a_post_in_the_last_weeks_is_in_the_report(
    spend: Records, insights: Records
) -> None:
    listed = {row["Page ID"]: int(row["Number of ads in Library"]) for row in spend}
    boosts: dict[str, int] = {}
    for row in insights:
        day = datetime.strptime(row["Publicatietijdstip"], "%m/%d/%Y %H:%M").date()
        if int(row["Bereik via Gepromote berichten"]) and FIRST_DAY < day <= LAST_DAY:
            boosts[row["Pagina-ID"]] = boosts.get(row["Pagina-ID"], 0) + 1
    assert boosts
    assert all(listed[page_id] >= n for page_id, n in boosts.items())


def test_the_same_truth_writes_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    other = write_demo(tmp_path / "other", replace(TRUTH, seed=1))
    again = write_demo(tmp_path / "again", replace(TRUTH, seed=1))
    usual = write_demo(tmp_path / "usual")
    lists = {"register.csv", "audiences.csv"}
    for one, two, third in zip(other, again, usual, strict=True):
        assert one.read_bytes() == two.read_bytes()
        assert (one.read_bytes() == third.read_bytes()) == (one.name in lists)
