"""What is told about a raw file before a study uses it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from analysis.check import CheckReport, check_file, check_files_of
from analysis.needs import ASK_FOR, IN_WORDS, NEEDS, TWO_TIERS
from analysis.problems import InputProblem
from analysis.study import RawFile
from analysis.study_file import load_study

from .sources.json_twins import GRAPH_COMMENT, lines
from .sources.planted import PAGE
from .sources.twins import AD_LIBRARY, csv_bytes

CROWDTANGLE = (
    "Page Name,Facebook Id,Likes at Posting,Created,Type,Likes,Comments,Shares,Love,Wow,Haha,Sad,"
    "Angry,Care,Video Share Status,Total Views For All Crossposts,URL,Message,Final Link\n"
)


def row(post: int = 1, created: str = "2020-10-22 16:28:06 CEST", likes: str = "5") -> str:
    return (
        f"Gemeente,7,900,{created},Photo,{likes},1,0,0,0,0,0,0,0,,0,"
        f"https://www.facebook.com/g/posts/{post},tekst,\n"
    )


def check(folder: Path, text: str) -> CheckReport:
    path = folder / "posts.csv"
    path.write_text(text, encoding="utf-8")
    return check_file(path)


def printed(report: CheckReport) -> str:
    terminal = io.StringIO()
    Console(file=terminal, width=400).print(report)
    return terminal.getvalue()


def test_a_whole_export_is_usable(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row(1) + row(2))

    assert (report.exit_code, report.problem) == (0, "")
    assert report.format == "CrowdTangle CSV export of Facebook posts"
    assert (report.rows_read, report.rows_usable, report.pages) == (2, 2, 1)
    assert f"{report.first_post:%Y-%m-%d %H:%M}" == "2020-10-22 16:28"
    assert report.measured["comments"] == 1
    assert report.measured["reach"] == 0


def test_rows_that_cannot_be_used_are_named_by_number_and_reason(tmp_path: Path) -> None:
    bad = "".join(row(post, created="2020-10-22 16:28:06 XYZ") for post in range(7))
    report = check(tmp_path, CROWDTANGLE + row() + row(2, likes="-1") + bad)

    assert report.exit_code == 1
    assert [(found.n_rows, found.reason) for found in report.rejected] == [
        (7, "the time zone 'XYZ' is not known"),
        (1, "'-1' in column 'Likes' is a negative count"),
    ]
    assert report.rejected[0].first_rows == (4, 5, 6, 7, 8)
    assert "4, 5, 6, 7, 8, …" in printed(report)


def test_a_file_that_is_cut_off_is_usable_with_a_problem(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row(1) + row(2)[:40])

    assert (report.exit_code, report.rows_usable) == (1, 1)
    assert "ends in the middle of a row" in printed(report)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "the file is empty"),
        (CROWDTANGLE, "a header and no rows"),
        ("pagina,reacties\n7,1\n", "no known export"),
        (CROWDTANGLE.replace("URL", "Adres") + row(), "no column 'URL'"),
        (CROWDTANGLE + row(created="gisteren"), "not one row can be used; for example because"),
    ],
)
def test_a_file_of_which_nothing_can_be_used_says_why(
    tmp_path: Path, text: str, found: str
) -> None:
    report = check(tmp_path, text)

    assert report.exit_code == 2
    assert found in report.problem
    assert found in printed(report)


def test_a_file_that_is_not_there_is_a_report_too(tmp_path: Path) -> None:
    assert "no such file" in check_file(tmp_path / "posts.csv").problem


def test_each_question_says_what_it_misses_and_what_gives_it(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("page,date,reactions,comments\n7,2020-01-01,4,1\n", encoding="utf-8")
    columns = {"page_id": "page", "published_at": "date", "reactions": "reactions"}
    declared = RawFile.model_validate(
        {
            "path": "posts.csv",
            "simulated": False,
            "table": {"columns": columns | {"comments": "comments"}},
        }
    )
    report = check_file(path, declared)
    answers = {found.question: str(found) for found in report.answers}

    assert answers["How much do they send?"] == "yes"
    assert answers["Does nobody say anything?"] == (
        "yes, in a study with thresholds under [claims.few_comments]"
    )
    assert answers["Does anyone react, per post?"] == "no, without shares"
    assert answers["Is webcare absent?"] == "no, without who wrote a comment, what comments ask"
    assert "the owner's Graph API" in report.ask_for["by_page"]
    assert "What gives the rest" in printed(report)


@pytest.mark.parametrize(
    ("paid", "found"), [("no", "yes"), ("yes", "no, without reach without payment")]
)
def test_all_reach_of_posts_known_to_be_unpaid_tells_whom_a_post_reaches(
    tmp_path: Path, paid: str, found: str
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(f"page_id,date,reach,paid\n7,2020-01-01,400,{paid}\n", encoding="utf-8")
    names = {"page_id": "page_id", "published_at": "date", "reach": "reach", "paid": "paid"}
    declared = RawFile.model_validate(
        {"path": "posts.csv", "simulated": False, "table": {"columns": names}}
    )
    answers = {a.question: str(a) for a in check_file(path, declared).answers}
    assert answers["Whom does a post reach, as measured?"] == found


def test_a_question_may_be_answered_for_a_part_of_the_rows(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row() + row(2).replace("7,900,", "7,,"))
    (found,) = [a for a in report.answers if a.question == "Does anyone react, per follower?"]

    assert (found.share, found.missing) == (0.5, ())
    assert str(found) == "for 50.0% of the rows"


def test_what_is_missing_for_some_question_has_a_name_and_can_be_asked_for() -> None:
    fields = {field for need in NEEDS for field in need.fields} - {"interactions"}
    assert fields | {"reactions", "comments", "shares"} == ASK_FOR.keys() == IN_WORDS.keys()


def test_the_pages_own_comments_need_no_answer_to_be_known(tmp_path: Path) -> None:
    path = tmp_path / "comments.json"
    path.write_bytes(lines({"id": f"{PAGE}_1001", "comments": {"data": [GRAPH_COMMENT]}}))

    assert {(found.notebook, str(found)) for found in check_file(path).answers} == {
        ("04", "yes"),
        ("09", "yes, in a study with thresholds under [claims.webcare_absent]"),
    }


def test_the_report_is_written_as_json(tmp_path: Path) -> None:
    report = json.loads(json.dumps(check(tmp_path, CROWDTANGLE + row()).to_json()))

    assert report["exit_code"] == 0
    assert report["first_post"] == "2020-10-22T16:28:06+02:00"
    assert report["answers"][0] == {
        "notebook": "01",
        "question": "How much do they send?",
        "share": 1,
        "missing": [],
        "of_study": "",
        "in_study": None,
        "of_register": False,
    }
    assert "pages_seen" not in report
    assert report["ask_for"]["reach"] == "the export of the page's owner"


def test_what_stands_in_a_file_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row() + row(2, likes="\x1b[31m[bold]"))

    assert "\x1b[31m" not in report.rejected[0].reason
    assert "[bold]" in printed(report)


def test_a_real_export_of_public_counts_answers_what_public_counts_answer(real_data: Path) -> None:
    report = check_file(real_data / "crowdtangle-uganda" / "2020-10-29-MoH-posts.csv")

    assert (report.exit_code, report.rows_usable, report.pages) == (0, 39, 1)
    missing = {field for found in report.answers for field in found.missing}
    assert not missing & {"published_at", "interactions", "message", "followers_at_posting"}
    assert report.measured["views"] == pytest.approx(3 / 39)


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
    assert (report.first_post, report.pages) == (None, 1)
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


def test_a_file_alone_says_what_it_takes_of_a_study(tmp_path: Path) -> None:
    answers = {a.question: str(a) for a in check(tmp_path, CROWDTANGLE + row()).answers}

    assert answers["Do the tiers differ, per post?"] == f"yes, in a study with {TWO_TIERS}"


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


def test_instagram_lacks_shares_and_not_all_interactions(project: Path) -> None:
    report = check_file(project / "data/raw/demo/instagram.csv")
    answers = {found.question: str(found) for found in report.answers}

    assert answers["Does anyone react, per post?"] == "no, without shares"


@pytest.mark.parametrize(
    ("name", "key", "title"),
    [
        ("register.csv", "register_of_pages", "register of pages"),
        ("audiences.csv", "audiences", "list of audiences"),
        ("post_codes.csv", "hand_codes", "posts coded by hand"),
        ("comment_rule_errors.json", "comment_rule_errors", "error rates of the rules"),
    ],
)
def test_a_list_of_a_study_is_known_and_told_where_it_belongs(
    project: Path, name: str, key: str, title: str
) -> None:
    report = check_file(project / "data/raw/demo" / name)

    assert (report.exit_code, report.problem) == (0, "")
    assert title in report.format
    assert f"name it in the study file: {key} = " in printed(report)


def test_posts_with_the_columns_of_a_register_are_no_register(tmp_path: Path) -> None:
    posts = "page_id,name,tier,likes\n" + "7,A,gemeente,4\n" * 5

    assert "declared in the study file" in check(tmp_path, posts).problem


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


def test_advice_comes_before_the_formats_that_were_tried(tmp_path: Path) -> None:
    problem = check(tmp_path, "pagina,reacties\n7,1\n").problem

    assert problem.index("Say under 'table'") < problem.index("'crowdtangle_csv'")
