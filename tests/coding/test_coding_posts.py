"""Posts coded by hand: drawn, coded in a spreadsheet, read back and compared."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import bereik
from analysis.coding.posts import draw_posts, read_coded_posts, write_codes
from analysis.problems import InputProblem
from analysis.registers.post_codes import COLUMNS, read_codes
from analysis.study import Study
from analysis.study_file import load_study
from coding.projects_to_code import KINDS, POSTS, POSTS_STUDY, Kind, Row, in_cell, opened, saved


@pytest.fixture
def kind() -> Kind:
    return next(kind for kind in KINDS if kind.name == "posts")


@pytest.fixture
def sheet(root: Path, study: Study, tmp_path: Path) -> Path:
    """A sheet of sixty posts, as it was drawn."""
    draw_posts(study, root, tmp_path / "sheet.csv", 60)
    return tmp_path / "sheet.csv"


def coded_by(coder: str, kind: Kind, sheet: Path, **instead: str) -> Path:
    """Save a copy of a sheet with the codes of this coder."""
    rows = [row | {"coder": coder} for row in kind.coded(sheet)]
    other = [row | {"purpose": instead.get(row["purpose"], row["purpose"])} for row in rows]
    return saved(other, sheet.with_name(f"{coder}.csv"))


def rows_of(codes: Path) -> list[Row]:
    with codes.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sample_holds_rare_purposes_and_both_tiers(sheet: Path) -> None:
    texts = Counter(row["text"] for row in opened(sheet))
    found = {purpose: texts[in_cell(text)] for purpose, text in POSTS.items()}
    assert found == {"crisis": 6, "service": 27, "none": 27}


def test_coders_do_not_see_what_the_rules_found(sheet: Path) -> None:
    found = opened(sheet)
    header = ["number", "page", "permalink", "text", "coder", "purpose", "strategy"]
    assert list(found[0]) == header
    assert {row[name] for row in found for name in ("coder", "purpose", "strategy")} == {""}
    pages = [row["page"] for row in found]
    assert pages != sorted(pages)


def test_without_texts_there_is_nothing_to_code(root: Path, tmp_path: Path) -> None:
    left_out = POSTS_STUDY + "[privacy]\nleave_out_messages = true\n"
    (root / "studies/left_out.toml").write_text(left_out)
    with pytest.raises(InputProblem, match="leave_out_messages = false"):
        draw_posts(load_study("left_out", root), root, tmp_path / "sheet.csv")


def test_what_two_coders_wrote_becomes_one_file_of_ids_without_texts(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    sheets = (coded_by("anna", kind, sheet), coded_by("ben", kind, sheet))
    codes = read_coded_posts(study, root, sheets)
    write_codes(codes, tmp_path / "codes.csv")

    assert list(rows_of(tmp_path / "codes.csv")[0]) == list(COLUMNS)
    assert read_codes(tmp_path / "codes.csv").equals(codes)
    assert read_coded_posts(study, root, (tmp_path / "codes.csv",)).equals(codes)
    assert len(codes) == 120
    with pytest.raises(InputProblem, match="never replaced"):
        write_codes(codes, tmp_path / "codes.csv")


def test_coders_may_code_different_draws(
    kind: Kind, root: Path, study: Study, sheet: Path, tmp_path: Path
) -> None:
    draw_posts(study, root, tmp_path / "all.csv", 200)
    sheets = (coded_by("anna", kind, sheet), coded_by("ben", kind, tmp_path / "all.csv"))
    codes = read_coded_posts(study, root, sheets)

    by_post = codes.groupby("post_id")["purpose"]
    assert by_post.count().value_counts().to_dict() == {1: 96, 2: 60}
    assert set(by_post.nunique()) == {1}


def test_posts_of_another_study_are_refused(root: Path, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(",".join(COLUMNS) + "\nfacebook,7g,5,A,crisis,push\n")
    with pytest.raises(InputProblem, match="codes of 1 posts that are not in study 'here'"):
        read_coded_posts(study, root, (path,))


def test_the_commands_draw_read_and_put_together(
    kind: Kind, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    sheet, kept = tmp_path / "sheet.csv", root / "data/raw/codes.csv"
    run = CliRunner().invoke
    drawn = run(bereik, ["code", "draw", "here", str(sheet), "--what", "posts"])
    assert "156 posts" in drawn.output
    assert "crisis" in drawn.output
    coded = [coded_by("anna", kind, sheet), coded_by("ben", kind, sheet, none="symbolic")]
    files = [str(path) for path in coded]
    said = run(bereik, ["code", "read", "here", *files, "--what", "posts", "--to", str(kept)])

    assert "156 posts are coded (anna 156, ben 156), 156 of them by two or more" in said.output
    assert (
        "purpose crisis: 1.00 between coders, 1.00 with the rules; given to 6 posts\n"
        in said.output
    )
    assert "purpose none: " in said.output
    assert "no conclusion may rest on it" in said.output
    assert len(rows_of(kept)) == 312
