"""Comments coded by hand: drawn outside the project, read back, let go."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import bereik
from analysis.coding import comments
from analysis.coding.comments import CODES, draw_sample, in_words, read_codes
from analysis.coding.error_rates import error_rate, read_coding
from analysis.ingest.making import ingest
from analysis.problems import InputProblem
from analysis.registers.comment_rule_errors import Coding
from analysis.study import Study
from coding.projects_to_code import COMMENTS, KINDS, Kind, Row, in_cell, opened, saved
from sources.json_twins import GRAPH_COMMENT, lines

ASKED, ACCUSED, REPORTED, PRAISED = (in_cell(text) for text in COMMENTS)


@pytest.fixture
def kind() -> Kind:
    return next(kind for kind in KINDS if kind.name == "comments")


@pytest.fixture
def sheet(root: Path, study: Study, tmp_path: Path) -> Path:
    """A sheet as it was drawn."""
    draw_sample(study, root, tmp_path / "sheet.csv")
    return tmp_path / "sheet.csv"


@pytest.fixture
def rows(kind: Kind, sheet: Path) -> list[Row]:
    """Its rows with a code behind each."""
    return kind.coded(sheet)


@pytest.fixture
def coding(root: Path, study: Study, rows: list[Row], tmp_path: Path) -> Coding:
    """What they say of the rules."""
    return read_codes(study, root, saved(rows, tmp_path / "coded.csv"))


def test_a_sample_holds_as_many_comments_of_every_page_as_it_can(sheet: Path) -> None:
    found = opened(sheet)
    pages = [row["page"] for row in found]
    assert {page: pages.count(page) for page in set(pages)} == {
        "Page 100": 135,
        "Page 200": 60,
        "Page 300": 5,
    }
    assert list(found[0]) == ["number", "page", "text", "code"]
    assert {row["code"] for row in found} == {""}
    assert pages != sorted(pages)


def test_of_a_row_with_shifted_cells_no_text_is_drawn(
    root: Path, study: Study, tmp_path: Path
) -> None:
    known = {"id": "3001_3000", "comments": {}}
    shifted = GRAPH_COMMENT | known | {"parent": {"id": "Zebranaam"}, "message": "Wie is dat?"}
    with (root / "data/raw/comments.json").open("ab") as file:
        file.write(lines(shifted))
    draw_sample(study, root, tmp_path / "sample.csv")

    assert "Wie is dat?" not in {row["text"] for row in opened(tmp_path / "sample.csv")}


def test_the_error_rates_of_the_rules_are_kept_and_nothing_else(
    root: Path, study: Study, rows: list[Row], coding: Coding
) -> None:
    of = {text: sum(row["text"] == text for row in rows) for text in map(in_cell, COMMENTS)}
    asked = of[ASKED] + of[ACCUSED]

    assert coding.sensitivity.n == asked + of[PRAISED]
    assert coding.sensitivity.value == asked / coding.sensitivity.n
    assert (coding.specificity.value, coding.specificity.n) == (0, of[REPORTED])
    assert coding.same_class.value == asked / 200
    assert (coding.n_drawn, coding.n_coded, coding.n_pages) == (200, 200, 3)
    assert read_coding(study, root) == coding
    assert coding.fits
    kept = "".join(
        file.read_text()
        for file in (root / "data/processed/here").iterdir()
        if file.suffix in (".json", ".csv")
    )
    assert "drawn" in kept
    assert not [text for text in of if text.lstrip("'") in kept]


def test_comments_without_a_code_are_left_out_and_counted(
    root: Path, study: Study, rows: list[Row], tmp_path: Path
) -> None:
    some = rows[:50] + [row | {"code": ""} for row in rows[50:]]
    coding = read_codes(study, root, saved(some, tmp_path / "coded.csv"))
    counted, margin, *_ = in_words(coding)

    assert coding.n_coded == 50
    assert counted == "50 of the 200 comments drawn are coded."
    assert "about 50% narrower" in margin


def test_what_the_codes_say_is_said_in_plain_words(coding: Coding) -> None:
    rates = {"sensitivity": error_rate(15, 20), "specificity": error_rate(0, 0)}
    counted, found, spared = in_words(coding.model_copy(update=rates))

    assert counted == "200 of the 200 comments drawn are coded."
    assert found == (
        "Of 100 comments that need an answer the rules find 75; 20 such comments are coded, which "
        "leaves a margin of 51 to 91 (95% sure)."
    )
    assert "none is coded" in spared


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("vraag", "'vraag'"),
        ("Qestion", "'qestion'"),
        ("Wilhelmina is boos", "something that is no code"),
        (ACCUSED, "something that is no code"),
    ],
)
def test_another_code_is_quoted_unless_it_may_be_what_people_wrote(
    root: Path, study: Study, rows: list[Row], code: str, found: str
) -> None:
    wrong = [rows[0], rows[1] | {"code": code}, *rows[2:]]
    with pytest.raises(InputProblem) as problem:
        read_codes(study, root, saved(wrong, root.parent / "coded.csv"))

    assert problem.value.where.endswith("row 3, column 'code'")
    assert problem.value.found == found
    assert all(f"'{allowed}'" in problem.value.expected for allowed in CODES)
    assert "Wilhelmina" not in str(problem.value)
    assert read_coding(study, root) is None


@pytest.mark.parametrize(
    "shifted",
    [
        "{number};Page;Wat een schande;Wilhelmina;none\n",
        "{number};Page;Wilhelmina\n{number};Wilhelmina;;wilhelmina\n{number};P;Wilhelmina;none\n",
        "Page;{number};Wat een schande;Wilhelmina\n",
    ],
)
def test_of_rows_with_shifted_cells_nothing_is_quoted(
    root: Path, study: Study, rows: list[Row], tmp_path: Path, shifted: str
) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("number;page;text;code\n" + shifted.format(number=rows[0]["number"]))
    with pytest.raises(InputProblem, match="something that is no code") as problem:
        read_codes(study, root, path)
    assert "wilhelmina" not in str(problem.value).lower()


def test_a_comment_has_one_code(root: Path, study: Study, rows: list[Row], tmp_path: Path) -> None:
    twice = saved([*rows, rows[0]], tmp_path / "coded.csv")
    with pytest.raises(InputProblem, match="row 2: a number that comes twice"):
        read_codes(study, root, twice)


def test_a_first_line_that_names_nothing_is_not_quoted(
    root: Path, study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("Wilhelmina,Kornelisbrug\nkqtz-001,none\n")
    with pytest.raises(InputProblem, match="no columns 'number' and 'code'") as problem:
        read_codes(study, root, path)
    assert "Wilhelmina" not in str(problem.value)


def test_no_copy_of_what_people_wrote_is_put_aside(
    root: Path, study: Study, rows: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(rows, tmp_path / "coded.csv", encoding="cp1252", separator=";")
    # Files that are made for a moment have nowhere to be made.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    assert read_codes(study, root, path).n_coded == 200


def test_the_error_rates_stay_when_the_tables_are_made_again(
    root: Path, study: Study, coding: Coding
) -> None:
    ingest(study, root)

    assert read_coding(study, root) == coding


def test_rates_are_those_of_the_rules_at_the_draw_and_a_draw_again_takes_the_new_ones(
    root: Path, study: Study, rows: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sheet.csv").unlink()
    path = saved(rows, tmp_path / "coded.csv")
    monkeypatch.setattr(comments, "rules_sha256", lambda: "the rules of before")
    draw_sample(study, root, tmp_path / "before.csv")
    monkeypatch.undo()
    of_before = read_codes(study, root, path)
    assert of_before.rules_sha256 == "the rules of before"
    assert not of_before.fits
    assert "The rules have changed" in in_words(of_before)[-1]

    draw_sample(study, root, tmp_path / "now.csv")
    assert read_codes(study, root, path).fits


def named_in(study: Study, root: Path, coding: Coding) -> Study:
    """The study with error rates that it names, and none that were read where it is run."""
    (root / "data/raw/errors.json").write_text(coding.model_dump_json(), encoding="utf-8")
    (root / "data/processed/here/coding.json").unlink()
    return study.model_copy(update={"comment_rule_errors": "data/raw/errors.json"})


def test_a_study_may_name_error_rates_that_were_kept_before(
    root: Path, study: Study, coding: Coding
) -> None:
    assert read_coding(named_in(study, root, coding), root) == coding


def test_a_sample_that_was_read_where_the_study_is_run_comes_first(
    root: Path, study: Study, coding: Coding, tmp_path: Path
) -> None:
    other = named_in(study, root, coding.model_copy(update={"n_pages": 1}))
    own = read_codes(other, root, tmp_path / "coded.csv")

    assert own.n_pages == 3
    assert read_coding(other, root) == own


def test_the_passport_holds_the_error_rates_that_a_study_names(
    root: Path, study: Study, coding: Coding
) -> None:
    passport = ingest(named_in(study, root, coding), root)

    assert "data/raw/errors.json" in [stamp.path for stamp in passport.beside]


def test_the_command_draws_and_reads(
    kind: Kind, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    path = tmp_path / "sample.csv"
    drawn = CliRunner().invoke(bereik, ["code", "draw", "here", str(path)])
    assert drawn.exit_code == 0
    assert all(word in drawn.output for word in ("200 comments", *CODES))
    coded = saved(kind.coded(path), tmp_path / "coded.csv")
    said = CliRunner().invoke(bereik, ["code", "read", "here", str(coded)]).output

    assert "200 of the 200 comments drawn are coded." in said
    assert "need no answer the rules rightly leave out 0;" in said
    assert "delete it" in said


def test_of_comments_there_is_one_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    said = CliRunner().invoke(bereik, ["code", "read", "here", "one.csv", "two.csv"])
    assert said.exit_code == 2
    assert "one FILE" in said.output
