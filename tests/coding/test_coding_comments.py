"""Comments coded by hand: drawn outside the project, read back, let go."""

from __future__ import annotations

import csv
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analysis.cli import bereik
from analysis.coding.comments import CODES, draw_sample, read_codes
from analysis.coding.error_rates import read_coding
from analysis.ingest import ingest
from analysis.problems import InputProblem
from analysis.registers.comment_rule_errors import Coding
from analysis.study import Study
from analysis.study_file import load_study
from sources.json_twins import GRAPH_COMMENT, lines

STUDY = """\
title = "Webcare"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
tier = "gemeente"
table = {columns = {page_id = "page", page_name = "name", post_id = "post"}}
[[raw.comments]]
path = "data/raw/comments.json"
format = "graph_comments"
simulated = false
"""
SIZES = {"100": 400, "200": 60, "300": 5}
TEXTS = ("Wanneer gaat het open?", "Wat een schande", "De lamp is kapot", "=Mooi")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with three pages of very different size."""
    root = tmp_path / "project"
    for folder in ("studies", "notebooks", "data/raw"):
        (root / folder).mkdir(parents=True)
    posts = "".join(f"{page},Page {page},{page}1\n" for page in SIZES)
    (root / "data/raw/posts.csv").write_text("page,name,post\n" + posts)
    comments = [
        GRAPH_COMMENT
        | {"id": f"{page}1_{page}{number}", "message": TEXTS[number % len(TEXTS)], "comments": {}}
        for page, size in SIZES.items()
        for number in range(size)
    ]
    (root / "data/raw/comments.json").write_bytes(lines(*comments))
    (root / "studies/here.toml").write_text(STUDY)
    return root


@pytest.fixture
def study(root: Path) -> Study:
    """The study of these pages."""
    return load_study("here", root)


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def code(path: Path, codes: dict[str, str], n: int = 10_000) -> None:
    """Write the code of a text behind it, in the first n rows."""
    found = rows(path)
    for number, row in enumerate(found):
        row["code"] = codes.get(row["text"], "") if number < n else ""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)


BY_HAND = dict(zip(TEXTS, ("question", "complaint", "none", "none"), strict=True)) | {
    "'=Mooi": "question"
}


def test_a_sample_holds_as_many_comments_of_every_page_as_it_can(
    root: Path, study: Study, tmp_path: Path
) -> None:
    assert draw_sample(study, root, tmp_path / "sample.csv") == 200
    found = rows(tmp_path / "sample.csv")

    pages = [row["page"] for row in found]
    assert {page: pages.count(page) for page in set(pages)} == {
        "Page 100": 135,
        "Page 200": 60,
        "Page 300": 5,
    }
    assert list(found[0]) == ["number", "page", "text", "code"]
    assert {row["code"] for row in found} == {""}
    assert pages != sorted(pages)


def test_a_text_that_a_spreadsheet_would_obey_is_made_harmless(
    root: Path, study: Study, tmp_path: Path
) -> None:
    draw_sample(study, root, tmp_path / "sample.csv")

    assert {row["text"] for row in rows(tmp_path / "sample.csv")} == {*TEXTS[:3], "'=Mooi"}


def test_nobody_but_its_owner_may_read_a_sample(root: Path, study: Study, tmp_path: Path) -> None:
    draw_sample(study, root, tmp_path / "sample.csv")

    assert stat.S_IMODE((tmp_path / "sample.csv").stat().st_mode) == 0o600


def test_of_a_row_with_shifted_cells_no_text_is_drawn(
    root: Path, study: Study, tmp_path: Path
) -> None:
    known = {"id": "3001_3000", "comments": {}}
    shifted = GRAPH_COMMENT | known | {"parent": {"id": "Zebranaam"}, "message": "Wie is dat?"}
    with (root / "data/raw/comments.json").open("ab") as file:
        file.write(lines(shifted))
    draw_sample(study, root, tmp_path / "sample.csv")

    assert "Wie is dat?" not in {row["text"] for row in rows(tmp_path / "sample.csv")}


@pytest.mark.parametrize("inside", ["sample.csv", "data/sample.csv", "reports/x/sample.csv"])
def test_a_sample_is_never_drawn_into_the_project(root: Path, study: Study, inside: str) -> None:
    with pytest.raises(InputProblem, match="outside it"):
        draw_sample(study, root, root / inside)
    assert not (root / inside).exists()


def test_codes_that_are_there_are_never_replaced(root: Path, study: Study, tmp_path: Path) -> None:
    (tmp_path / "sample.csv").write_text("a day's work")

    with pytest.raises(InputProblem, match="never replaced"):
        draw_sample(study, root, tmp_path / "sample.csv")


def test_fewer_than_two_hundred_say_too_little(root: Path, study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="at least 200"):
        draw_sample(study, root, tmp_path / "sample.csv", 199)


def test_the_error_rates_of_the_rules_are_kept_and_nothing_else(
    root: Path, study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "sample.csv"
    draw_sample(study, root, path)
    code(path, BY_HAND)
    of = {text: sum(row["text"] == text for row in rows(path)) for text in BY_HAND}
    coding = read_codes(study, root, path)

    asked, reports = of[TEXTS[0]] + of[TEXTS[1]], of[TEXTS[2]]
    assert coding.sensitivity.n == asked + of["'=Mooi"]
    assert coding.sensitivity.value == asked / coding.sensitivity.n
    assert (coding.specificity.value, coding.specificity.n) == (0, reports)
    assert coding.same_class.value == asked / 200
    assert (coding.n_drawn, coding.n_coded, coding.n_pages) == (200, 200, 3)
    assert read_coding(study, root) == coding
    assert coding.fits
    kept = "".join(
        file.read_text()
        for file in (root / "data/processed/here").iterdir()
        if file.suffix in (".json", ".csv")
    )
    assert not [text for text in TEXTS if text in kept]


def test_comments_without_a_code_are_left_out(root: Path, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    draw_sample(study, root, path)
    code(path, BY_HAND, n=30)

    assert read_codes(study, root, path).n_coded == 30


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("number,code\n1,Wilhelmina\n", "another code, or no number"),
        ("number,code\nx,none\n", "another code, or no number"),
        ("number,code\n1,none\n1,none\n", "a number that comes twice"),
        ("number,code\n9999,none\n", "numbers that were not drawn"),
        ("number,code\n1,\n", "not one code"),
        ("Wilhelmina,Kornelisbrug\n1,none\n", "no columns 'number' and 'code'"),
    ],
)
def test_codes_that_cannot_be_used_are_one_clear_problem_that_quotes_nothing(
    root: Path, study: Study, tmp_path: Path, content: str, found: str
) -> None:
    draw_sample(study, root, tmp_path / "sample.csv")
    path = tmp_path / "coded.csv"
    path.write_text(content)

    with pytest.raises(InputProblem, match=found) as problem:
        read_codes(study, root, path)
    assert "Wilhelmina" not in str(problem.value)
    assert read_coding(study, root) is None


def test_codes_saved_by_a_spreadsheet_are_read(root: Path, study: Study, tmp_path: Path) -> None:
    draw_sample(study, root, tmp_path / "sample.csv")
    path = tmp_path / "coded.csv"
    path.write_bytes("number;page;text;code\r\n1;x;één;None\r\n2;x;y;REPORT\r\n".encode("cp1252"))

    assert read_codes(study, root, path).n_coded == 2


def test_no_copy_of_what_people_wrote_is_put_aside(
    root: Path, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_sample(study, root, tmp_path / "sample.csv")
    path = tmp_path / "coded.csv"
    path.write_bytes("number;page;text;code\r\n1;x;één;none\r\n".encode("cp1252"))
    # Files that are made for a moment have nowhere to be made.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    assert read_codes(study, root, path).n_coded == 1


def test_the_error_rates_stay_when_the_tables_are_made_again(
    root: Path, study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "sample.csv"
    draw_sample(study, root, path)
    code(path, BY_HAND)
    coding = read_codes(study, root, path)
    ingest(study, root)

    assert read_coding(study, root) == coding


def named_in(study: Study, root: Path, coding: Coding) -> Study:
    """The study with error rates that it names, and none that were read where it is run."""
    (root / "data/raw/errors.json").write_text(coding.model_dump_json(), encoding="utf-8")
    (root / "data/processed/here/coding.json").unlink()
    return study.model_copy(update={"comment_rule_errors": "data/raw/errors.json"})


@pytest.fixture
def coding(root: Path, study: Study, tmp_path: Path) -> Coding:
    """What coded comments say of the rules."""
    draw_sample(study, root, tmp_path / "sample.csv")
    code(tmp_path / "sample.csv", BY_HAND)
    return read_codes(study, root, tmp_path / "sample.csv")


def test_a_study_may_name_error_rates_that_were_kept_before(
    root: Path, study: Study, coding: Coding
) -> None:
    assert read_coding(named_in(study, root, coding), root) == coding


def test_a_sample_that_was_read_where_the_study_is_run_comes_first(
    root: Path, study: Study, coding: Coding, tmp_path: Path
) -> None:
    other = named_in(study, root, coding.model_copy(update={"n_pages": 1}))
    own = read_codes(other, root, tmp_path / "sample.csv")

    assert own.n_pages == 3
    assert read_coding(other, root) == own


def test_the_passport_holds_the_error_rates_that_a_study_names(
    root: Path, study: Study, coding: Coding
) -> None:
    passport = ingest(named_in(study, root, coding), root)

    assert "data/raw/errors.json" in [stamp.path for stamp in passport.beside]


def test_the_command_draws_and_reads(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    path = tmp_path / "sample.csv"
    drawn = CliRunner().invoke(bereik, ["code", "draw", "here", str(path)])
    assert drawn.exit_code == 0
    assert all(word in drawn.output for word in ("200 comments", *CODES))
    code(path, BY_HAND)
    said = CliRunner().invoke(bereik, ["code", "read", "here", str(path)]).output

    assert "sensitivity: 6" in said or "sensitivity: 7" in said
    assert "specificity: 0% (0% to" in said
    assert "delete it" in said
