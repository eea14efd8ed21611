"""What is told about a raw file before a study uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.check.files import check_file
from analysis.check.report import CheckReport
from analysis.needs import ASK_FOR, IN_WORDS, NEEDS, TWO_TIERS
from analysis.sources.definitions import REACH
from analysis.study import RawFile
from sources.json_twins import GRAPH_COMMENT, lines
from sources.planted import PAGE
from terminal import printed

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


def test_a_whole_export_is_usable(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row(1) + row(2))

    assert (report.exit_code, report.problem) == (0, "")
    assert report.format == "CrowdTangle CSV export of Facebook posts"
    assert (report.rows_read, report.rows_usable, report.pages) == (2, 2, 1)
    assert f"{report.earliest:%Y-%m-%d %H:%M}" == "2020-10-22 16:28"
    assert report.measured["comments"] == 1
    assert report.measured["reach"] == 0


def test_what_numbers_count_is_told_with_the_rows_it_holds_for(tmp_path: Path) -> None:
    report = check(tmp_path, CROWDTANGLE + row(1) + row(2))

    assert report.definitions == {"followers": {"page_likes": 2}}
    assert "followers: page_likes (rows: 2)" in printed(report)
    assert report.to_json()["definitions"] == report.definitions


def test_two_definitions_of_one_number_are_both_told_the_more_frequent_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / "suite.csv"
    days = ["03/01/2018", "05/01/2018", "06/01/2018"]
    rows = [
        f"{post},1,Page,Title,{day} 10:00,https://www.facebook.com/1/posts/{post},Photo,Lifetime,9"
        for post, day in enumerate(days, start=1)
    ]
    header = "Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date,Reach"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")

    before, after = (history.text for history in REACH[:2])
    assert list(check_file(path).definitions["reach"].items()) == [(after, 2), (before, 1)]


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
    assert report["earliest"] == "2020-10-22T16:28:06+02:00"
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


def test_a_file_alone_says_what_it_takes_of_a_study(tmp_path: Path) -> None:
    answers = {a.question: str(a) for a in check(tmp_path, CROWDTANGLE + row()).answers}

    assert answers["Do the tiers differ, per post?"] == f"yes, in a study with {TWO_TIERS}"


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


def test_advice_comes_before_the_formats_that_were_tried(tmp_path: Path) -> None:
    problem = check(tmp_path, "pagina,reacties\n7,1\n").problem

    assert problem.index("Say under 'table'") < problem.index("'crowdtangle_csv'")
