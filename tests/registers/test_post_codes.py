"""Posts that people coded: read, refused with one clear message, and put together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.registers.post_codes import COLUMNS, POST_KEY, agreed, read_codes, unknown_in_words

HEADER = ",".join(COLUMNS)
GOOD = "facebook,1,11,Coder A,crisis,push"


def written(folder: Path, *rows: str, name: str = "codes.csv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def codes(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    """Codes of posts on page 1: coder, post, purpose."""
    return pd.DataFrame(
        [("facebook", "1", post, coder, purpose, "push") for coder, post, purpose in rows],
        columns=list(COLUMNS),
    )


def test_a_file_of_codes_is_read(tmp_path: Path) -> None:
    read = read_codes(written(tmp_path, GOOD))
    assert read.to_dict("records") == [
        dict(zip(COLUMNS, ("facebook", "1", "11", "Coder A", "crisis", "push"), strict=True))
    ]


def test_what_a_spreadsheet_makes_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    rows = "platform;page_id;post_id;page;text;coder;purpose;strategy\r\n"
    rows += "facebook;'1;'11;Gemeente Zoë;één; Coder A ; Crisis;PUSH\r\n"
    path.write_bytes(rows.encode("cp1252"))
    assert read_codes(path).equals(read_codes(written(tmp_path, GOOD)))


def test_a_sheet_as_it_was_drawn_holds_no_ids_and_is_sent_to_the_command(tmp_path: Path) -> None:
    path = written(tmp_path, "kqtz-1,A,crisis,push", header="number,coder,purpose,strategy")
    with pytest.raises(InputProblem, match=r"as it was drawn.*bereik code read"):
        read_codes(path)


def test_posts_that_nobody_coded_are_left_out(tmp_path: Path) -> None:
    read = read_codes(written(tmp_path, GOOD, "facebook,1,12,Coder A,,"))
    assert list(read["post_id"]) == ["11"]


def test_one_of_the_two_codes_is_enough(tmp_path: Path) -> None:
    read = read_codes(written(tmp_path, "facebook,1,11,Coder A,,pull"))
    assert read["purpose"].isna().all()
    assert list(read["strategy"]) == ["pull"]


def test_without_a_name_the_file_is_the_coder(tmp_path: Path) -> None:
    first = written(tmp_path, "facebook,1,11,,crisis,push", name="anna.csv")
    second = written(tmp_path, "facebook,1,11,,service,push", name="ben.csv")
    assert list(read_codes(first, second)["coder"]) == ["anna", "ben"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["facebook,1,11,A,crises,push"], "row 2, column 'purpose': 'crises'.*mean 'crisis'"),
        ([GOOD, "facebook,1,12,A,crisis,pul"], "row 3, column 'strategy': 'pul'.*mean 'pull'"),
        (["facebook,1,,A,crisis,push"], "row 2: no post_id"),
        (["facebook,1,1.00009E+14,A,crisis,push"], "row 2: post_id .*spreadsheet has rounded"),
        (['facebook,1,"1,00009E+14",A,crisis,push'], "row 2: post_id .*spreadsheet has rounded"),
        ([GOOD, GOOD], "a post that one coder coded twice"),
        (["facebook,1,11,A,,"], "not one code"),
    ],
)
def test_a_code_that_cannot_be_used_is_one_clear_problem(
    tmp_path: Path, rows: list[str], said: str
) -> None:
    with pytest.raises(InputProblem, match=said):
        read_codes(written(tmp_path, *rows))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no column 'strategy'"):
        read_codes(
            written(tmp_path, "f,1,2,A,crisis", header="platform,page_id,post_id,coder,purpose")
        )


def test_coded_posts_that_are_not_there_are_counted_and_named() -> None:
    posts = pl.LazyFrame({"platform": "facebook", "page_id": "1", "post_id": ["11", "12"]})
    coded = codes(("A", "11", "crisis"), ("A", "13", "crisis"), ("B", "13", None))

    assert unknown_in_words(codes(("A", "12", "crisis")), posts) == []
    (said,) = unknown_in_words(coded, posts)
    assert "not among the posts of the study: 1 ('13' of page '1')." in said


def test_of_many_coded_posts_that_are_not_there_only_some_are_named() -> None:
    nothing = pl.LazyFrame(schema=dict.fromkeys(POST_KEY, pl.String))
    (said,) = unknown_in_words(codes(*(("A", str(n), "none") for n in range(7))), nothing)

    assert ": 7 ('0' of page '1', '1' of page '1'," in said
    assert "'4' of page '1' and 2 more)" in said


def test_the_class_that_most_coders_gave_counts() -> None:
    three = codes(("A", "11", "crisis"), ("B", "11", "service"), ("C", "11", "crisis"))
    assert agreed(three, "purpose").to_dict() == {("facebook", "1", "11"): "crisis"}


def test_two_coders_who_disagree_decide_nothing() -> None:
    assert agreed(codes(("A", "11", "crisis"), ("B", "11", "service")), "purpose").empty


def test_one_coder_decides_alone() -> None:
    one = codes(("A", "11", "crisis"), ("A", "12", None))
    assert agreed(one, "purpose").to_dict() == {("facebook", "1", "11"): "crisis"}


def test_no_codes_decide_nothing() -> None:
    assert agreed(codes(), "purpose").empty
