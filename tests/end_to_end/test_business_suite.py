"""What a study can say of an export of Business Suite, which has no followers."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.findings.data import measured_fields
from analysis.ingest.making import ingest
from analysis.ingest.processed import load_tables
from analysis.registers.followers import FOLLOWERS_OF_REGISTER
from analysis.selection import Selection, select
from analysis.study_file import load_study

from ..sources.twins import BUSINESS_SUITE, CROWDTANGLE, csv_bytes

STUDY = """\
title = "An owner's export"
period = {start = 2021-01-01, end = 2025-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
register_of_pages = "data/raw/register.csv"

[[raw.posts]]
path = "data/raw/suite.csv"
simulated = false
observed_at = 2025-06-30
"""
CROWDTANGLE_TOO = """
[[raw.posts]]
path = "data/raw/crowdtangle.csv"
simulated = false
observed_at = 2025-06-30
"""
PAGE, OTHER_PAGE = "100000000000001", "100000000000002"
REGISTER = "page_id,name,tier,followers,followers_date\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with an owner's export of two posts of 21 interactions."""
    for folder in ("studies", "notebooks", "data/raw"):
        (tmp_path / folder).mkdir(parents=True)
    posts = [BUSINESS_SUITE, BUSINESS_SUITE | {"Post ID": "1002", "Permalink": ""}]
    (tmp_path / "data/raw/suite.csv").write_bytes(csv_bytes(*posts))
    return tmp_path


def selected(root: Path, study: str, register: str) -> Selection:
    (root / "studies/owner.toml").write_text(study)
    (root / "data/raw/register.csv").write_text(register)
    chosen = load_study("owner", root)
    passport = ingest(chosen, root)
    tables = load_tables(chosen, root)
    return select(chosen, root, tables, passport, tier="all", page="", platform="facebook")


def test_response_per_follower_is_measured_with_the_followers_of_the_register(root: Path) -> None:
    selection = selected(root, STUDY, f"{REGISTER}{PAGE},Voorbeeld,gemeente,4200,2025-05-01\n")

    (rate,) = selection.measures["interactions_per_1000_followers"]
    assert rate == pytest.approx(1000 * 21 / 4200)
    (warning,) = selection.passport.study_warnings
    assert "counted on 2025-05-01, not when the posts were made" in warning
    definitions = measured_fields(selection).frame.set_index("Field")["Definition"]
    assert definitions["followers at posting"] == FOLLOWERS_OF_REGISTER


def test_the_tables_on_disk_stay_what_the_export_said(root: Path) -> None:
    selected(root, STUDY, f"{REGISTER}{PAGE},Voorbeeld,gemeente,4200,2025-05-01\n")
    posts = pl.read_parquet(root / "data/processed/owner/posts.parquet")

    assert posts.select(pl.col("followers_at_posting", "followers_definition").count()).row(0) == (
        0,
        0,
    )


def test_without_followers_in_the_register_there_is_no_response_per_follower(root: Path) -> None:
    selection = selected(root, STUDY, f"{REGISTER}{PAGE},Voorbeeld,gemeente,,\n")

    assert selection.measures["interactions_per_1000_followers"].isna().all()
    assert selection.passport.study_warnings == ()


def test_a_page_whose_posts_have_followers_keeps_its_own(root: Path) -> None:
    crowdtangle = CROWDTANGLE | {"Facebook Id": OTHER_PAGE}
    (root / "data/raw/crowdtangle.csv").write_bytes(csv_bytes(crowdtangle))
    pages = f"{PAGE},Voorbeeld,gemeente,4200,2025-05-01\n{OTHER_PAGE},Ander,gemeente,1,2025-05-01\n"
    selection = selected(root, STUDY + CROWDTANGLE_TOO, REGISTER + pages)

    followers = selection.tables.posts.groupby("page_id")["followers_at_posting"].first()
    assert followers.to_dict() == {PAGE: 4200, OTHER_PAGE: 1500}
    rates = selection.measures["interactions_per_1000_followers"]
    assert rates.notna().to_dict() == {PAGE: True, OTHER_PAGE: False}
    said = selection.passport.study_warnings
    (left_out,) = [warning for warning in said if "followers at posting are counted" in warning]
    assert f"Used: '{FOLLOWERS_OF_REGISTER}' (posts: 2). " in left_out
    assert "'followers' (posts: 1, in data/raw/crowdtangle.csv). " in left_out
