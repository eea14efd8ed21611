"""What pages spend on ads, from the report to the tables of a study."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.ingest.processed import load_tables
from analysis.opening import open_notebook
from analysis.problems import InputProblem
from analysis.study_file import load_study
from analysis.tables import SPEND

from ..sources.planted import PAGE, PERSON
from ..sources.twins import AD_LIBRARY, Row, csv_bytes
from .one_page_study import OnePageStudy

REPORT = "FacebookAdLibraryReport_2023-06-01_NL_last_7_days_advertisers.csv"


class Project(OnePageStudy):
    """A study with reports of what pages spend."""

    def report(self, *rows: Row, name: str = REPORT, kind: str = "spend", **keys: str) -> None:
        """Add a report to the study."""
        self.add(kind, name, csv_bytes(*rows), **keys)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A study without reports."""
    return Project(tmp_path)


SMALL = AD_LIBRARY | {"Amount spent (EUR)": "≤100", "Disclaimer": PERSON}
ELSEWHERE = AD_LIBRARY | {"Page ID": "200000000000002", "Page name": PERSON}


def test_what_the_pages_of_a_study_spend_is_a_table_of_its_own(project: Project) -> None:
    project.report(AD_LIBRARY, SMALL, ELSEWHERE)
    passport = project.ingest()

    SPEND.validate(project.read("spend"))
    columns = ["page_id", "amount_low", "amount_high", "currency", "n_ads"]
    assert project.read("spend").select(columns).rows() == [(PAGE, 1610, 1710, "EUR", 32)]
    file = passport.files[1]
    assert (file.kind, file.format) == ("spend", "ad_library_report")
    assert file.rows.model_dump() == {"read": 3, "kept": 1, "merged": 1, "rejected": 1}
    assert file.decided["period"].startswith("from 2023-05-26 to 2023-06-01")


def test_of_pages_that_are_not_in_the_study_a_number_of_a_row_is_left(project: Project) -> None:
    project.report(AD_LIBRARY, ELSEWHERE)
    project.ingest()

    assert project.read("rejects").select("row", "reason", "raw").rows() == [
        (3, "its page is not among the pages of the study", None)
    ]


def test_a_report_of_which_nothing_can_be_used_is_named(project: Project) -> None:
    project.report(ELSEWHERE, ELSEWHERE)
    _, report = project.ingest().files

    assert report.rows.model_dump() == {"read": 2, "kept": 0, "merged": 0, "rejected": 2}
    assert report.warnings[0] == (
        "Not one row of it can be used; for example because its page is not among the pages of "
        "the study."
    )


def test_reports_of_two_periods_are_not_added_up(project: Project) -> None:
    project.report(AD_LIBRARY)
    project.report(AD_LIBRARY, name=REPORT.replace("last_7_days", "lifelong"))
    project.ingest()

    assert project.read("spend")["amount_high"].to_list() == [1610, 1610]
    assert project.read("spend")["period_start"].null_count() == 1


def test_a_notebook_finds_what_its_pages_spend(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    project.report(AD_LIBRARY)
    selection = open_notebook("here", "gemeente", "", "facebook")

    assert selection.spend["amount_high"].tolist() == [1610]


def test_a_study_without_reports_has_no_row_of_spend(project: Project) -> None:
    project.ingest()

    assert load_tables(load_study("here", project.root), project.root).spend.empty


@pytest.mark.parametrize(("listed_under", "is_of"), [("posts", "spend"), ("comments", "spend")])
def test_a_report_listed_as_something_else_is_refused(
    project: Project, listed_under: str, is_of: str
) -> None:
    project.report(AD_LIBRARY, kind=listed_under, format='"ad_library_report"')

    with pytest.raises(InputProblem, match=f"'ad_library_report' is a format of {is_of}"):
        project.ingest()
