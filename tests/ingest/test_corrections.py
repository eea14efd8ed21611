"""Reviewed corrections of raw values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.ingest.corrections import Correction, correct, not_there, read_corrections
from analysis.problems import InputProblem

GOOD = {
    "file": "data/raw/a.csv",
    "page": "7",
    "field": "comments",
    "old": 3,
    "new": 4,
    "why": "The page itself shows another number.",
    "rule": "Compared with the page by two people.",
}
ROWS = pl.LazyFrame(
    {
        "page_id": ["7", "7", "7", "8"],
        "post_id": ["1", "2", "3", "1"],
        "comments": [3, 3, None, 3],
        "paid": [True, None, False, None],
        "kind": ["photo", "photo", "link", None],
    }
)


def corrected(*changes: dict[str, Any]) -> tuple[pl.DataFrame, int]:
    rows, n_corrected = correct(ROWS, [Correction.model_validate(GOOD | c) for c in changes])
    return rows.collect(), n_corrected


def written(root: Path, text: str) -> Path:
    path = root / "data" / "raw" / "corrections.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return root


def test_one_post_is_corrected() -> None:
    rows, n_corrected = corrected({"post": "2"})

    assert rows["comments"].to_list() == [3, 4, None, 3]
    assert n_corrected == 1


def test_without_a_post_every_post_of_the_page_with_the_old_value_is_corrected() -> None:
    rows, n_corrected = corrected({"new": "drop"})

    assert rows["comments"].to_list() == [None, None, None, 3]
    assert n_corrected == 2


def test_a_missing_value_is_filled_in() -> None:
    rows, _ = corrected({"post": "3", "old": "missing", "new": 9})

    assert rows["comments"].to_list() == [3, 3, 9, 3]


@pytest.mark.parametrize(
    ("field", "old", "new", "expected"),
    [
        ("paid", True, False, [False, None, False, None]),
        ("kind", "photo", "video", ["video", "video", "link", None]),
    ],
)
def test_words_and_yes_or_no_are_corrected_too(
    field: str, old: object, new: object, expected: list[object]
) -> None:
    rows, _ = corrected({"field": field, "old": old, "new": new})

    assert rows[field].to_list() == expected


def test_a_later_correction_sees_what_an_earlier_one_did() -> None:
    rows, n_corrected = corrected({"post": "1"}, {"post": "1", "old": 4, "new": 5})

    assert rows["comments"].to_list()[0] == 5
    assert n_corrected == 2


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"post": "3"}, "the value is 'missing'"),
        ({"post": "1", "old": 5}, "the value is '3'"),
        ({"post": "9"}, "no usable row"),
        ({"page": "9"}, "no usable row"),
    ],
)
def test_an_old_value_that_is_not_there_is_a_problem_that_names_what_is(
    change: dict[str, Any], found: str
) -> None:
    with pytest.raises(InputProblem, match=found):
        corrected(change)


def test_there_are_no_corrections_without_the_file(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == ()


def test_the_projects_own_file_can_be_read_and_shows_a_correction_that_fits(
    project: Path, tmp_path: Path
) -> None:
    assert read_corrections(project) == ()
    example = (project / "data" / "raw" / "corrections.toml").read_text(encoding="utf-8")
    _, _, example = example.partition("# [[corrections]]")
    text = "[[corrections]]" + example.replace("\n# ", "\n")
    assert read_corrections(written(tmp_path, text))[0].field == "comments"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('felid = "comments"', "Did you mean 'field'"),
        ('field = "coments"', "Did you mean 'comments'"),
        ('old = "three"', "'old': 'three'"),
        ("old = -3", "old"),
        ("new = 3", "the old value"),
        ("new = true", "'new': True"),
        ('why = "wrong"', "'why'"),
    ],
)
def test_a_slip_is_named_with_the_correction_and_the_key(
    tmp_path: Path, change: str, said: str
) -> None:
    key = change.partition(" ")[0]
    lines = [f"{name} = {value!r}" for name, value in GOOD.items() if name != key]
    root = written(tmp_path, "\n".join(["[[corrections]]", *lines, change]))

    with pytest.raises(InputProblem, match=r"corrections\[1\]") as problem:
        read_corrections(root)
    assert said in str(problem.value)


def test_another_table_in_the_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="unknown key 'correction'"):
        read_corrections(written(tmp_path, '[[correction]]\nfile = "a.csv"\n'))


def test_a_correction_of_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (said,) = not_there([Correction.model_validate(GOOD)], tmp_path)

    assert "data/raw/a.csv" in said
