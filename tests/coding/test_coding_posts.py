"""Posts coded by hand: drawn, coded in a spreadsheet, read back and compared."""

from __future__ import annotations

import csv
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import bereik
from analysis.coding.agreement import Agreement, agreements
from analysis.coding.posts import draw_posts, read_coded_posts, write_codes
from analysis.problems import InputProblem
from analysis.registers.post_codes import COLUMNS, read_codes
from analysis.study import Study
from analysis.study_file import load_study

STUDY = """\
title = "Content"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}, {name = "provincie", label = "Provincies"}]
[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
observed_at = 2024-01-31
[raw.posts.table]
tier_column = "tier"
categories = {gemeente = "gemeente", provincie = "provincie"}
[raw.posts.table.columns]
page_id = "page"
page_name = "name"
post_id = "post"
message = "message"
"""
TEXTS = {
    "crisis": "Grote brand: sluit ramen en deuren",
    "service": "De balie is gesloten",
    "none": "=Zomaar een tekst",
}
POSTS = {("gemeente", "service"): 90, ("gemeente", "crisis"): 6, ("provincie", "none"): 60}
WITHOUT_TEXT = 4


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with few crisis posts among many others."""
    root = tmp_path / "project"
    for folder in ("studies", "notebooks", "data/raw"):
        (root / folder).mkdir(parents=True)
    rows = [
        (tier, f"7{tier[0]}", f"Page of a {tier}", TEXTS[purpose])
        for (tier, purpose), number in POSTS.items()
        for _ in range(number)
    ] + [("gemeente", "7g", "Page of a gemeente", "")] * WITHOUT_TEXT
    with (root / "data/raw/posts.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["tier", "page", "name", "message", "post"])
        writer.writerows((*row, 100_000_000_000_000 + number) for number, row in enumerate(rows))
    (root / "studies/here.toml").write_text(STUDY)
    return root


@pytest.fixture
def study(root: Path) -> Study:
    return load_study("here", root)


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def code(drawn: Path, to: Path, coder: str, purposes: dict[str, str]) -> Path:
    """Code a copy of the drawn sheet by its texts."""
    found = rows(drawn)
    for row in found:
        row |= {"coder": coder, "purpose": purposes[row["text"].lstrip("'")], "strategy": "push"}
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)
    return to


RIGHT = {text: purpose for purpose, text in TEXTS.items()}


def test_a_sample_holds_rare_purposes_and_both_tiers(
    root: Path, study: Study, tmp_path: Path
) -> None:
    assert draw_posts(study, root, tmp_path / "sheet.csv", 60) == 60
    texts = Counter(row["text"] for row in rows(tmp_path / "sheet.csv"))
    assert texts == {TEXTS["crisis"]: 6, TEXTS["service"]: 27, f"'{TEXTS['none']}": 27}


def test_nobody_but_its_owner_may_read_a_sheet(root: Path, study: Study, tmp_path: Path) -> None:
    draw_posts(study, root, tmp_path / "sheet.csv", 60)
    assert stat.S_IMODE((tmp_path / "sheet.csv").stat().st_mode) == 0o600


def test_coders_do_not_see_what_the_rules_found(root: Path, study: Study, tmp_path: Path) -> None:
    draw_posts(study, root, tmp_path / "sheet.csv", 60)
    found = rows(tmp_path / "sheet.csv")
    assert {row[name] for row in found for name in ("coder", "purpose", "strategy")} == {""}
    pages = [row["page"] for row in found]
    assert pages != sorted(pages)


def test_ids_stand_so_that_a_spreadsheet_does_not_round_them(
    root: Path, study: Study, tmp_path: Path
) -> None:
    draw_posts(study, root, tmp_path / "sheet.csv", 60)
    assert all(row["post_id"].startswith("'1000000") for row in rows(tmp_path / "sheet.csv"))


def test_a_sheet_is_never_drawn_into_the_project(root: Path, study: Study) -> None:
    with pytest.raises(InputProblem, match="outside it"):
        draw_posts(study, root, root / "sheet.csv")


def test_a_sheet_that_is_there_is_never_replaced(root: Path, study: Study, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("a day's work")
    with pytest.raises(InputProblem, match="never replaced"):
        draw_posts(study, root, tmp_path / "sheet.csv")


def test_a_handful_says_too_little(root: Path, study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="at least 50"):
        draw_posts(study, root, tmp_path / "sheet.csv", 49)


def test_without_texts_there_is_nothing_to_code(root: Path, tmp_path: Path) -> None:
    left_out = STUDY + "[privacy]\nleave_out_messages = true\n"
    (root / "studies/left_out.toml").write_text(left_out)
    with pytest.raises(InputProblem, match="leave_out_messages = false"):
        draw_posts(load_study("left_out", root), root, tmp_path / "sheet.csv")


def test_what_two_coders_wrote_becomes_one_file_without_texts(
    root: Path, study: Study, tmp_path: Path
) -> None:
    drawn = tmp_path / "sheet.csv"
    draw_posts(study, root, drawn, 60)
    sheets = tuple(code(drawn, tmp_path / f"{who}.csv", who, RIGHT) for who in ("anna", "ben"))
    codes = read_coded_posts(study, root, sheets)
    write_codes(codes, tmp_path / "codes.csv")

    assert list(rows(tmp_path / "codes.csv")[0]) == list(COLUMNS)
    assert read_codes(tmp_path / "codes.csv").equals(codes)
    assert len(codes) == 120
    with pytest.raises(InputProblem, match="never replaced"):
        write_codes(codes, tmp_path / "codes.csv")


def test_posts_of_another_study_are_refused(root: Path, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(",".join(COLUMNS) + "\nfacebook,7g,5,A,crisis,push\n")
    with pytest.raises(InputProblem, match="codes of 1 posts that are not in study 'here'"):
        read_coded_posts(study, root, (path,))


def posts(texts: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "platform": "facebook",
            "page_id": "1",
            "post_id": [str(number) for number in range(len(texts))],
            "message": pd.Series(texts, dtype="object"),
        }
    )


def codes(coder: str, purposes: list[str | None], strategy: str = "push") -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("facebook", "1", str(number), coder, purpose, strategy)
            for number, purpose in enumerate(purposes)
        ],
        columns=list(COLUMNS),
    )


def agreement_on(name: str, found: tuple[Agreement, ...]) -> Agreement:
    return next(agreement for agreement in found if agreement.name == name)


FOUND_BY_RULES = ["crisis"] * 8 + ["service"] * 12
TWENTY = posts([TEXTS[name] for name in FOUND_BY_RULES])


def test_coders_and_rules_who_all_agree_may_be_relied_on() -> None:
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", FOUND_BY_RULES)])
    crisis = agreement_on("crisis", agreements(both, TWENTY))
    assert (crisis.coders.value, crisis.rules.value) == (pytest.approx(1), pytest.approx(1))
    assert crisis.enough
    assert crisis.n_given == 8


def test_rules_that_err_may_not_be_relied_on() -> None:
    turned = ["service"] * 8 + ["crisis"] * 12
    crisis = agreement_on(
        "crisis", agreements(pd.concat([codes("A", turned), codes("B", turned)]), TWENTY)
    )
    assert crisis.coders.value == pytest.approx(1)
    assert crisis.rules.value is not None
    assert crisis.rules.value < 0
    assert not crisis.enough


def test_one_coder_alone_is_not_enough() -> None:
    crisis = agreement_on("crisis", agreements(codes("A", FOUND_BY_RULES), TWENTY))
    assert crisis.rules.value == pytest.approx(1)
    assert crisis.coders.reason.startswith("not measured")
    assert not crisis.enough
    assert "not known between coders" in str(crisis)


def test_posts_on_which_coders_disagree_weigh_against_the_rules() -> None:
    half = ["service"] * 4 + ["crisis"] * 4 + ["service"] * 12
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", half)])
    crisis = agreement_on("crisis", agreements(both, TWENTY))
    assert crisis.rules.value is not None
    assert crisis.rules.value < 0.95
    assert crisis.rules.n_posts == 20


def test_posts_without_a_text_are_compared_between_coders_only() -> None:
    no_texts = posts([None] * 20)
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", FOUND_BY_RULES)])
    crisis = agreement_on("crisis", agreements(both, no_texts))
    assert crisis.coders.value == pytest.approx(1)
    assert crisis.rules.reason.startswith("not measured")


def test_codes_of_other_posts_are_not_used() -> None:
    elsewhere = codes("A", FOUND_BY_RULES).assign(page_id="2")
    found = agreements(elsewhere, TWENTY)
    assert all(agreement.n_given == 0 and not agreement.enough for agreement in found)


def test_the_commands_draw_read_and_put_together(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    sheet, kept = tmp_path / "sheet.csv", root / "data/raw/codes.csv"
    run = CliRunner().invoke
    drawn = run(bereik, ["code", "draw", "here", str(sheet), "--what", "posts"])
    assert "156 posts" in drawn.output
    assert "crisis" in drawn.output
    wrong = RIGHT | {TEXTS["none"]: "symbolic"}
    coded = [
        str(code(sheet, tmp_path / "anna.csv", "anna", RIGHT)),
        str(code(sheet, tmp_path / "ben.csv", "ben", wrong)),
    ]
    said = run(bereik, ["code", "read", "here", *coded, "--what", "posts", "--to", str(kept)])

    assert (
        "purpose crisis: 1.00 between coders, 1.00 with the rules; given to 6 posts\n"
        in said.output
    )
    assert "purpose none: " in said.output
    assert "no conclusion may rest on it" in said.output
    assert len(rows(kept)) == 312


def test_of_comments_there_is_one_file(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    said = CliRunner().invoke(bereik, ["code", "read", "here", "one.csv", "two.csv"])
    assert said.exit_code == 2
    assert "one FILE" in said.output
