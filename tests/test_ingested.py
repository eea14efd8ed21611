"""What is said of a study's raw files after they were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.ingest.making import ingest
from analysis.ingested import IngestReport, ingest_report
from analysis.study_file import load_study

from .sources.twins import AD_LIBRARY, csv_bytes
from .terminal import printed

STUDY = """\
title = "Here"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "provincie", label = "Provincies"}, {name = "gemeente", label = "Gemeenten"}]

[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
observed_at = 2024-01-31

[raw.posts.table]
date_format = "%d-%m-%Y"
tier_column = "Kind"
columns = {page_id = "Page", published_at = "Published", reactions = "Likes"}
categories = {province = "provincie", municipality = "gemeente"}
"""
HEADER = "Page,Kind,Published,Likes\n"
ROWS = [
    f"{page},{kind},{day:02}-03-2023,5\n"
    for page, kind in ((1, "province"), (2, "municipality"))
    for day in range(1, 29)
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a study of a declared table of which every row is usable."""
    for folder in ("studies", "notebooks", "data/raw"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "studies/here.toml").write_text(STUDY)
    (tmp_path / "data/raw/posts.csv").write_text(HEADER + "".join(ROWS))
    return tmp_path


def reported(root: Path, *changes: tuple[str, str]) -> IngestReport:
    """Ingest the study with changes to its file, and say what became of its rows."""
    text = STUDY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / "studies/here.toml").write_text(text)
    study = load_study("here", root)
    return ingest_report(study, root, ingest(study, root))


def test_where_all_rows_are_used_nothing_is_worth_a_look(root: Path) -> None:
    report = reported(root)

    assert (report.exit_code, report.rejected, report.loud) == (0, {}, ())
    assert "Worth a look" not in printed(report)


def test_rejected_rows_are_told_with_their_reason_and_first_row(root: Path) -> None:
    (root / "data/raw/posts.csv").write_text(HEADER + "".join(ROWS) + "1,province,gisteren,5\n")
    report = reported(root)

    assert (report.exit_code, report.loud) == (1, ())
    said = printed(report)
    assert "'gisteren' in column 'Published' is no date that can be read" in said
    assert "58" in said


def test_no_more_than_a_few_reasons_are_named_per_file(root: Path) -> None:
    wrong = ["1,province,gisteren,5", "1,province,01-03-2023,-5", "1,province,01-03-2023,veel"]
    wrong += ["1,canton,01-03-2023,5", ",province,01-03-2023,5"]
    (root / "data/raw/posts.csv").write_text(HEADER + "".join(ROWS) + "\n".join(wrong) + "\n")

    said = printed(reported(root))

    assert "gisteren" in said
    assert "2 other reasons: bereik check tells them" in said


def test_a_date_format_with_day_and_month_turned_is_asked_about(root: Path) -> None:
    report = reported(root, ("%d-%m-%Y", "%m-%d-%Y"))

    share, turned = report.loud
    assert report.exit_code == 1
    assert "32 of the 56 rows of data/raw/posts.csv are not used" in share
    assert "are day and month the wrong way round?" in turned


def test_a_tier_without_a_page_is_told(root: Path) -> None:
    report = reported(root, ("province =", "provins ="))

    assert report.exit_code == 1
    assert "28 of the 56 rows" in report.loud[0]
    assert "the category 'province' in column 'Kind' belongs to no tier" in report.loud[0]
    assert "the tier 'provincie' has no page in the raw files" in report.loud[1]
    assert "Worth a look: the tier 'provincie'" in printed(report)


def test_what_is_worth_a_look_can_be_shown_alone(root: Path) -> None:
    shown = printed(reported(root, ("province =", "provins =")).worth_a_look())

    assert shown.count("Worth a look") == 2
    assert "Rows that are not used" not in shown


def test_a_tier_that_the_register_has_no_page_of_is_told(root: Path) -> None:
    (root / "data/raw/register.csv").write_text("page_id,name,tier\n1,A,gemeente\n2,B,gemeente\n")
    report = reported(
        root,
        ("title =", 'register_of_pages = "data/raw/register.csv"\ntitle ='),
        ('tier_column = "Kind"\n', ""),
        ('categories = {province = "provincie", municipality = "gemeente"}\n', ""),
    )

    assert report.loud == (
        "the tier 'provincie' has no page in the register. Its reports are made, and say "
        "'not measured' throughout.",
    )


def test_a_period_without_posts_is_told(root: Path) -> None:
    report = reported(root, ("2023-01-01", "2022-01-01"), ("2023-12-31", "2022-12-31"))

    assert report.exit_code == 1
    assert len(report.loud) == 2
    assert report.loud[0] == (
        "not one of the 28 posts of the tier 'provincie' is measured: 28 lie outside the study's "
        "period, 2022-01-01/2022-12-31. They are from 2023-03-01 to 2023-03-28."
    )


def test_posts_that_are_all_too_young_are_told(root: Path) -> None:
    report = reported(
        root, ("2024-01-31", "2023-03-29"), ("title =", "minimum_post_age_days = 60\ntitle =")
    )

    assert "28 are younger than 60 days" in report.loud[0]


def test_pages_of_the_register_without_any_post_are_told(root: Path) -> None:
    (root / "data/raw/register.csv").write_text("page_id,name,tier\n1,A,provincie\n2,B,gemeente\n")
    (root / "data/raw/posts.csv").write_text(HEADER + "".join(ROWS[:28]))
    report = reported(root, ("title =", 'register_of_pages = "data/raw/register.csv"\ntitle ='))

    assert report.loud == ("the pages of the tier 'gemeente' have no posts.",)


def test_what_other_pages_of_the_country_spend_is_not_worth_a_look(root: Path) -> None:
    (root / "data/raw/FacebookAdLibraryReport_2023-12-31_NL_last_90_days.csv").write_bytes(
        csv_bytes(AD_LIBRARY)
    )
    spend = (
        '[[raw.spend]]\npath = "data/raw/FacebookAdLibraryReport_2023-12-31_NL_last_90_days.csv"\n'
        "simulated = false\n\n[[raw.posts]]"
    )
    report = reported(root, ("[[raw.posts]]", spend))

    assert report.passport.files[-1].rows.rejected == 1
    assert report.exit_code == 0
