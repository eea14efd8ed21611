"""What is counted of a whole page per day, from the owner's files to the tables of a study."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.opening import open_notebook
from analysis.problems import InputProblem
from analysis.tables import PAGE_DAYS

from ..sources.planted import PAGE
from .one_page_study import OnePageStudy

DAYS = {"2023-06-01": 40, "2023-06-02": 0, "2024-01-01": 9}


class Project(OnePageStudy):
    """A study with files of the page's days."""

    def days(self, number: str, days: Mapping[str, int], *, name: str = "", **keys: str) -> None:
        """Add a file to the study."""
        lines = [f'"{day}T00:00:00","{n}"' for day, n in days.items()]
        text = "\n".join(["sep=,", f'"{number}"', '"Date","Primary"', *lines, ""])
        content = text.encode("utf-16")
        self.add("page_days", f"{name or number}.csv", content, page=f'"{PAGE}"', **keys)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A study without files of days."""
    return Project(tmp_path)


def test_the_days_of_a_page_are_a_table_of_their_own(project: Project) -> None:
    project.days("Viewers", DAYS)
    project.days("Facebook follows", {"2023-06-01": 3})
    passport = project.ingest()

    table = project.read("page_days")
    PAGE_DAYS.validate(table)
    assert table.select("platform", "page_id", "variable", "value").rows() == [
        ("facebook", PAGE, "follows", 3),
        *[("facebook", PAGE, "reach", n) for n in DAYS.values()],
    ]
    assert passport.files[1].kind == "page_days"
    assert passport.files[1].rows.model_dump() == {
        "read": 3,
        "kept": 3,
        "merged": 0,
        "rejected": 0,
    }


def test_where_a_number_does_not_tell_the_platform_its_page_does(tmp_path: Path) -> None:
    project = Project(tmp_path, "instagram")
    project.days("Views", DAYS)
    project.ingest()

    assert project.read("page_days")["platform"].unique().to_list() == ["instagram"]


def test_a_number_of_another_platform_than_its_page_is_not_used(project: Project) -> None:
    project.days("Instagram follows", DAYS)
    passport = project.ingest()

    assert passport.files[1].rows.rejected == 3
    assert passport.files[1].warnings[0] == (
        "Not one row of it can be used; for example because its page is not among the pages of "
        "the study."
    )


def test_of_a_day_in_two_exports_the_later_count_stands_and_a_change_is_named(
    project: Project,
) -> None:
    project.days("Viewers", {"2023-06-01": 45, "2023-06-02": 0}, observed_at="2024-03-01")
    project.days("Viewers", DAYS, name="earlier", observed_at="2024-02-01")
    passport = project.ingest()

    assert project.read("page_days")["value"].to_list() == [45, 0, 9]
    assert [file.rows.kept for file in passport.files] == [1, 2, 1]
    assert [file.rows.merged for file in passport.files] == [0, 0, 2]
    assert (
        "Days of a page that two rows count differently: 1. The later count stands."
        in passport.study_warnings
    )


def test_two_names_of_a_number_are_kept_apart(project: Project) -> None:
    project.days("Viewers", DAYS)
    project.days("Facebook reach", DAYS)
    project.ingest()

    assert project.read("page_days")["definition"].unique().sort().to_list() == [
        "Facebook reach",
        "Viewers",
    ]


def test_a_notebook_finds_the_days_of_the_study_s_period(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    project.days("Viewers", DAYS)
    selection = open_notebook("here", "gemeente", "", "facebook")

    assert selection.page_days["value"].tolist() == [40, 0]


def test_a_study_without_such_files_has_no_days(project: Project) -> None:
    project.ingest()

    assert project.read("page_days").is_empty()


def test_a_file_of_days_without_its_page_is_refused(project: Project) -> None:
    project.days("Viewers", DAYS)
    study = project.study_file
    study.write_text(study.read_text().replace(f'page = "{PAGE}"\n', ""))

    with pytest.raises(InputProblem, match=r"page_days\[1\]\.page.*no page.*nothing in the file"):
        project.ingest()


@pytest.mark.parametrize(("kind", "key"), [("posts", "page"), ("page_days", "tier")])
def test_a_key_of_another_kind_of_file_is_refused(project: Project, kind: str, key: str) -> None:
    project.days("Viewers", DAYS)
    study = project.study_file
    text = study.read_text().replace(f"[[raw.{kind}]]", f'[[raw.{kind}]]\n{key} = "gemeente"', 1)
    study.write_text(text.replace(f'page = "{PAGE}"\n', "") if key == "page" else text)

    with pytest.raises(InputProblem, match=rf"{kind}\[1\]\.{key}.*a key for files of"):
        project.ingest()
