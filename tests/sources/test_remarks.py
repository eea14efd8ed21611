"""Sentences about odd rows."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.sources.dialect import open_table
from analysis.sources.remarks import Remark, not_the_sum, warnings_of
from analysis.sources.text_table import TextTable


@pytest.fixture
def table(tmp_path: Path) -> TextTable:
    path = tmp_path / "posts.csv"
    path.write_text("total,a,b\n3,1,2\n4,1,2\n,1,2\n3,,2\n9,1,2\n", encoding="utf-8")
    return open_table(path, tmp_path)


def number(table: TextTable, column: str) -> pl.Expr:
    return table.cell(column).cast(pl.Int64)


def test_a_total_is_compared_where_it_and_all_its_parts_are_there(table: TextTable) -> None:
    parts = {name: number(table, name) for name in ("a", "b")}
    remark = not_the_sum("total", number(table, "total"), parts, "nothing is done")

    assert warnings_of(table, [remark]) == (
        "'total' is not the sum of a and b in 2 of 5 rows (first in row 3); nothing is done.",
    )


def test_nothing_is_said_of_what_does_not_occur(table: TextTable) -> None:
    never = Remark(number(table, "a") < 0, "A number is below zero", "it is kept")
    unknown = Remark(pl.lit(None, pl.Boolean), "Nobody knows", "it is kept")

    assert warnings_of(table, [never, unknown]) == ()
    assert warnings_of(table, []) == ()
