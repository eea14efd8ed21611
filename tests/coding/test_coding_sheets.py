"""Sheets of comments and of posts alike: drawn outside the project, opened anywhere, recognised."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from analysis.ingest.making import ingest
from analysis.problems import InputProblem
from analysis.study import Study
from coding.projects_to_code import Kind, in_cell, opened, saved


@pytest.fixture
def sheet(kind: Kind, root: Path, study: Study, tmp_path: Path) -> Path:
    """A sheet as it was drawn."""
    kind.draw(study, root, tmp_path / "sheet.csv", kind.fewest)
    return tmp_path / "sheet.csv"


def test_nobody_but_its_owner_may_read_a_sheet(sheet: Path) -> None:
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


@pytest.mark.parametrize("inside", ["sheet.csv", "data/sheet.csv", "reports/x/sheet.csv"])
def test_a_sheet_is_never_drawn_into_the_project(
    kind: Kind, root: Path, study: Study, inside: str
) -> None:
    with pytest.raises(InputProblem, match="outside it"):
        kind.draw(study, root, root / inside, kind.fewest)
    assert not (root / inside).exists()


def test_a_sheet_that_is_there_is_never_replaced(
    kind: Kind, root: Path, study: Study, tmp_path: Path
) -> None:
    (tmp_path / "sheet.csv").write_text("a day's work")
    with pytest.raises(InputProblem, match="never replaced"):
        kind.draw(study, root, tmp_path / "sheet.csv", kind.fewest)


def test_a_handful_says_too_little(kind: Kind, root: Path, study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=f"at least {kind.fewest}"):
        kind.draw(study, root, tmp_path / "sheet.csv", kind.fewest - 1)


def test_excel_opens_a_sheet_in_columns_whatever_its_language(sheet: Path) -> None:
    """It does so with tabs in UTF-16; a first line ``sep=`` would be a row elsewhere."""
    assert sheet.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    header, *rows = sheet.read_text(encoding="utf-16").splitlines()
    assert header.startswith("number\tpage\t")
    assert {row.count("\t") for row in rows} == {header.count("\t")}


def test_a_spreadsheet_obeys_rounds_and_breaks_nothing(kind: Kind, sheet: Path) -> None:
    rows = opened(sheet)
    assert {row["text"] for row in rows} == {in_cell(text) for text in kind.codes}
    assert all(re.fullmatch(r"[b-z]{4}-\d+", row["number"]) for row in rows)
    others = [row[name] for row in rows for name in row if name not in ("number", "text")]
    assert not [cell for cell in others if cell.startswith("'") or cell.isdigit()]


@pytest.mark.parametrize(
    "spreadsheet",
    [
        pytest.param(("utf-16", "\t"), id="Excel, as it was opened"),
        pytest.param(("utf-8-sig", ";"), id="Dutch Excel, CSV UTF-8"),
        pytest.param(("cp1252", ";"), id="Dutch Excel, CSV"),
        pytest.param(("utf-8-sig", ","), id="English Excel, CSV UTF-8"),
        pytest.param(("utf-8", ","), id="LibreOffice"),
    ],
)
def test_a_sheet_is_read_however_a_spreadsheet_saves_it_and_in_any_order(
    kind: Kind, root: Path, study: Study, sheet: Path, spreadsheet: tuple[str, str]
) -> None:
    rows = kind.coded(sheet)
    as_drawn = kind.read(study, root, saved(rows, sheet.with_name("coded.csv")))
    again = saved(reversed(rows), sheet.with_name("again.csv"), *spreadsheet)
    assert kind.read(study, root, again) == as_drawn


def test_a_second_draw_spoils_no_sheet_of_the_first(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    coded = saved(kind.coded(sheet), tmp_path / "coded.csv")
    first = kind.read(study, root, coded)
    kind.draw(study, root, tmp_path / "second.csv", kind.more)
    assert kind.read(study, root, coded) == first

    second = saved(kind.coded(tmp_path / "second.csv"), tmp_path / "coded_too.csv")
    assert kind.read(study, root, second) != first


def test_the_same_draw_is_the_same_sheet_and_is_kept_once(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    kept = root / "data/processed/here" / f"drawn_{kind.name}.csv"
    before = kept.read_bytes()
    kind.draw(study, root, tmp_path / "again.csv", kind.fewest)
    assert (tmp_path / "again.csv").read_bytes() == sheet.read_bytes()
    assert kept.read_bytes() == before


def test_draws_stay_when_the_tables_are_made_again(
    kind: Kind, root: Path, study: Study, sheet: Path
) -> None:
    coded = saved(kind.coded(sheet), sheet.with_name("coded.csv"))
    before = kind.read(study, root, coded)
    ingest(study, root)
    assert kind.read(study, root, coded) == before


def test_a_sheet_of_a_draw_that_is_not_kept_is_refused_by_name(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    rows = kind.coded(sheet)
    coded = saved(rows, tmp_path / "coded.csv")
    own = rows[0]["number"][:4]
    kept = root / "data/processed/here" / f"drawn_{kind.name}.csv"
    kept.unlink()
    with pytest.raises(InputProblem, match=f"draw '{own}', which is not kept.*drawn here"):
        kind.read(study, root, coded)

    kind.draw(study, root, tmp_path / "second.csv", kind.more)
    other = opened(tmp_path / "second.csv")[0]["number"][:4]
    with pytest.raises(InputProblem, match=f"draw '{own}', which is not kept.*'{other}'.*again"):
        kind.read(study, root, coded)

    kind.draw(study, root, tmp_path / "again.csv", kind.fewest)
    assert kind.read(study, root, coded)


def test_rows_of_two_draws_are_not_read_as_one(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    kind.draw(study, root, tmp_path / "second.csv", kind.more)
    rows = kind.coded(sheet)[:5] + kind.coded(tmp_path / "second.csv")[:5]
    with pytest.raises(InputProblem, match=r"rows of the draws '\w{4}', '\w{4}'"):
        kind.read(study, root, saved(rows, tmp_path / "mixed.csv"))


@pytest.mark.parametrize(
    "number_and_found",
    [
        ("17", "row 2, column 'number': '17'"),
        ("", "row 2, column 'number': no number of a draw"),
        ("Wilhelmina, wat een schande", "row 2, column 'number': no number of a draw"),
        ("{draw}-9999", "row 2: number '{draw}-9999'"),
    ],
)
def test_a_number_that_was_not_drawn_is_one_problem_that_quotes_no_text(
    kind: Kind, root: Path, study: Study, sheet: Path, number_and_found: tuple[str, str]
) -> None:
    first, *others = kind.coded(sheet)
    number, found = (part.format(draw=first["number"][:4]) for part in number_and_found)
    rows = [first | {"number": number}, *others]
    with pytest.raises(InputProblem, match=re.escape(found)) as problem:
        kind.read(study, root, saved(rows, sheet.with_name("coded.csv")))
    assert "Wilhelmina" not in str(problem.value)


def test_a_sheet_without_a_code_says_so(kind: Kind, root: Path, study: Study, sheet: Path) -> None:
    with pytest.raises(InputProblem, match="not one code"):
        kind.read(study, root, sheet)
