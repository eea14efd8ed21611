"""What is told about the files of a study."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.check.files import check_file
from analysis.check.study_files import check_files_of
from analysis.needs import TWO_TIERS
from analysis.problems import InputProblem
from analysis.study_file import load_study
from sources.twins import AD_LIBRARY, csv_bytes
from terminal import printed

DECLARED = """\
title = "Here"
period = {start = 2020-01-01, end = 2020-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]

[[raw.posts]]
path = "data/raw/tabel.csv"
simulated = false
tier = "gemeente"
table = {columns = {page_id = "pagina", reactions = "reacties"}}

[[raw.spend]]
path = "data/raw/report.csv"
simulated = false
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a study of a declared table and a report on spend."""
    for folder in ("studies", "notebooks", "data/raw"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "studies/here.toml").write_text(DECLARED)
    (tmp_path / "data/raw/tabel.csv").write_text("pagina,reacties\n7,4\n")
    (tmp_path / "data/raw/report.csv").write_bytes(csv_bytes(AD_LIBRARY))
    return tmp_path


def test_a_table_that_a_study_declares_is_checked_as_the_study_reads_it(root: Path) -> None:
    table = root / "data/raw/tabel.csv"
    (report,) = check_files_of(load_study("here", root), root, [table])

    assert "no known export" in check_file(table).problem
    assert (report.path, report.format) == (
        "data/raw/tabel.csv",
        "table declared in the study file",
    )
    assert (report.rows_usable, report.measured["reactions"]) == (1, 1)


def test_all_files_of_a_study_are_checked_when_none_is_named(root: Path) -> None:
    reports = check_files_of(load_study("here", root), root)

    assert [report.kind for report in reports] == ["posts", "spend"]


CODES = "platform,page_id,post_id,coder,purpose,strategy\n"


def test_the_codes_that_a_study_names_are_checked_with_its_files(root: Path) -> None:
    study = root / "studies/here.toml"
    study.write_text('hand_codes = "data/raw/codes.csv"\n' + study.read_text())
    known, unknown = "facebook,7,tabel.csv#2,A,crisis,push\n", "facebook,7,12,A,none,push\n"
    codes = root / "data/raw/codes.csv"

    codes.write_text(CODES + known)
    *_, usable = check_files_of(load_study("here", root), root)
    codes.write_text(CODES + known + unknown)
    *_, one_unknown = check_files_of(load_study("here", root), root)
    codes.write_text(CODES + known.replace("crisis", "crises"))
    *_, misspelt = check_files_of(load_study("here", root), root)

    assert (usable.path, usable.exit_code, usable.warnings) == ("data/raw/codes.csv", 0, ())
    assert "1, coders: 1" in printed(usable)
    assert (one_unknown.exit_code, len(one_unknown.warnings)) == (1, 1)
    assert "not among the posts of the study: 1 ('12' of page '7')" in one_unknown.warnings[0]
    assert (misspelt.exit_code, "Did you mean 'crisis'" in misspelt.problem) == (2, True)


def test_where_posts_cannot_be_read_their_codes_are_not_called_unknown(root: Path) -> None:
    study = root / "studies/here.toml"
    study.write_text('hand_codes = "data/raw/codes.csv"\n' + study.read_text())
    (root / "data/raw/codes.csv").write_text(CODES + "facebook,7,12,A,none,push\n")
    (root / "data/raw/tabel.csv").write_text("")

    *_, report = check_files_of(load_study("here", root), root)

    assert (report.problem, report.warnings) == ("", ())


def test_a_file_that_a_study_does_not_list_is_refused(root: Path) -> None:
    with pytest.raises(InputProblem, match="no raw file of study 'here'") as problem:
        check_files_of(load_study("here", root), root, [Path("data/raw/tabl.csv")])
    assert problem.value.remedy == "Did you mean 'data/raw/tabel.csv'?"


def test_what_pages_spend_has_amounts_and_no_period_of_posts(root: Path) -> None:
    report = check_file(root / "data/raw/report.csv")

    assert report.kind == "spend"
    assert report.measured == {"page_id": 1, "amount_low": 1, "amount_high": 1, "n_ads": 1}
    assert (report.earliest, report.pages) == (None, 1)
    assert "the period" in printed(report)
    assert report.exit_code == 1


TIERS = """\
title = "Here"
period = {start = 2020-01-01, end = 2020-12-31}
tiers = [{name = "gemeente", label = "G"}, {name = "provincie", label = "P"}]

[[raw.posts]]
path = "data/raw/tabel.csv"
simulated = false

[raw.posts.table]
tier_column = "soort"
columns = {page_id = "pagina", reactions = "reacties", comments = "opm", shares = "gedeeld"}
"""
FEW_COMMENTS = """
[claims.few_comments]
below = 0.25
above = 0.5
reason = "Silence is the rule above a half."
"""


def of_pages(*pages: str) -> str:
    return "pagina,soort,reacties,opm,gedeeld\n" + "".join(f"{page},4,1,0\n" for page in pages)


def answered(root: Path, study: str, table: str) -> dict[str, str]:
    (root / "studies/here.toml").write_text(study)
    (root / "data/raw/tabel.csv").write_text(table)
    (report, *_) = check_files_of(load_study("here", root), root)
    return {found.question: str(found) for found in report.answers}


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        (("1,gemeente", "2,gemeente", "3,provincie", "4,provincie"), "yes"),
        (("1,gemeente", "2,gemeente", "3,provincie"), f"no, without {TWO_TIERS}"),
        (("1,gemeente", "2,gemeente"), f"no, without {TWO_TIERS}"),
        (("1,gemeente", "1,gemeente", "3,provincie", "3,provincie"), f"no, without {TWO_TIERS}"),
    ],
)
def test_tiers_are_only_compared_where_two_of_them_have_two_pages(
    root: Path, pages: tuple[str, ...], found: str
) -> None:
    answers = answered(root, TIERS, of_pages(*pages))

    assert answers["Do the tiers differ, per post?"] == found


def test_a_study_of_one_tier_compares_none_whatever_file_is_looked_at(root: Path) -> None:
    one, *_ = check_files_of(load_study("here", root), root, [root / "data/raw/tabel.csv"])

    answers = {found.question: found for found in one.answers}
    assert answers["Do the tiers differ, per post?"].in_study is False


def test_the_register_tells_the_tiers_of_pages(root: Path) -> None:
    (root / "data/raw/register.csv").write_text(
        "page_id,name,tier\n1,A,gemeente\n2,B,gemeente\n3,C,provincie\n4,D,provincie\n"
    )
    study = 'register_of_pages = "data/raw/register.csv"\n' + TIERS.replace(
        'tier_column = "soort"\n', ""
    )
    pages = [f"{page},?" for page in range(1, 5)]

    assert answered(root, study, of_pages(*pages))["Do the tiers differ, per post?"] == "yes"


def test_followers_of_the_register_answer_what_a_file_without_followers_cannot(
    root: Path,
) -> None:
    register = root / "data/raw/register.csv"
    register.write_text(
        "page_id,name,tier,followers,followers_date\n1,A,gemeente,900,2020-06-30\n2,B,gemeente,,\n"
    )
    study = 'register_of_pages = "data/raw/register.csv"\n' + TIERS.replace(
        'tier_column = "soort"\n', ""
    )
    question = "Does anyone react, per follower?"
    answers = answered(root, study, of_pages("1,?", "1,?"))

    assert answers[question] == "yes, with the register's followers"
    assert answers["Does anyone react, per post?"] == "yes"
    half = answered(root, study, of_pages("1,?", "2,?"))
    assert half[question] == "for 50.0% of the rows, with the register's followers"
    none = answered(root, study, of_pages("2,?", "2,?"))
    assert none[question] == "no, without followers"
    (report, _) = check_files_of(load_study("here", root), root)
    assert report.measured["followers_at_posting"] == 0
    assert "goes in the register of pages" in report.ask_for["followers_at_posting"]


def test_a_claim_is_only_tested_where_the_study_fixes_its_thresholds(root: Path) -> None:
    without = answered(root, TIERS, of_pages("1,gemeente"))
    with_claim = answered(root, TIERS + FEW_COMMENTS, of_pages("1,gemeente"))

    question = "Does nobody say anything?"
    assert without[question] == "no, without thresholds under [claims.few_comments]"
    assert with_claim[question] == "yes"


def test_what_is_never_in_one_row_answers_nothing(root: Path) -> None:
    table = "pagina,soort,reacties,opm,gedeeld\n1,gemeente,4,1,\n1,gemeente,,,2\n"

    found = answered(root, TIERS, table)["Does anyone react, per post?"]
    assert found == "no, what it takes is never in one row"


def test_the_lists_that_a_study_names_are_checked_with_its_files(root: Path) -> None:
    study, register = root / "studies/here.toml", root / "data/raw/register.csv"
    study.write_text(
        'register_of_pages = "data/raw/register.csv"\naudiences = "data/raw/audiences.csv"\n'
        + study.read_text()
    )
    register.write_text("page_id,name,tier\n7,A,gemeente\n")
    (root / "data/raw/audiences.csv").write_text("page_id,size\n7,900\n8,100\n")

    *_, of_register, of_audiences = check_files_of(load_study("here", root), root)
    (alone,) = check_files_of(load_study("here", root), root, [register])

    assert (of_register.exit_code, of_register.decided) == (0, {"pages": "gemeente: 1"})
    assert alone == of_register
    assert "page '8' is no page of the study" in of_audiences.problem


def test_audiences_are_held_against_the_posts_where_there_is_no_register(root: Path) -> None:
    study = root / "studies/here.toml"
    study.write_text('audiences = "data/raw/audiences.csv"\n' + study.read_text())
    (root / "data/raw/audiences.csv").write_text("page_id,size\n7,900\n")

    *_, of_audiences = check_files_of(load_study("here", root), root)

    assert (of_audiences.exit_code, of_audiences.decided) == (0, {"pages": "1"})


def test_a_folder_is_called_a_folder(root: Path) -> None:
    folder = root / "data/raw"

    assert "a folder. Expected: a file" in check_file(folder).problem
    assert f"{folder}/*" in check_file(folder).problem
    with pytest.raises(InputProblem, match="a folder"):
        check_files_of(load_study("here", root), root, [folder])
