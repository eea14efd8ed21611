"""Cells of a table asked for by the names of their columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from analysis.problems import InputProblem
from analysis.sources.dialect import open_table
from analysis.sources.text_table import TextTable


def table_of(folder: Path, content: str) -> TextTable:
    path = folder / "posts.csv"
    path.write_text(content, encoding="utf-8", newline="")
    return open_table(path, folder)


def test_a_column_without_a_name_cannot_be_asked_for(tmp_path: Path) -> None:
    table = table_of(tmp_path, "page,\na,1\n")

    assert table.rows.select(table.cell("")).collect().item() is None


def test_the_raw_record_is_csv_that_reads_back(tmp_path: Path) -> None:
    record = ["a;b", 'he said "no"', "two\nlines", ""]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([["p", "q", "r", "s"], record])
    table = table_of(tmp_path, text.getvalue())

    raw = table.rows.select(table.raw()).collect().item()
    assert next(csv.reader(io.StringIO(raw), delimiter=";")) == record


def test_a_missing_column_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    table = table_of(tmp_path, "page,mesage\na,b\n")

    with pytest.raises(InputProblem, match="no column 'message'") as problem:
        table.require("page", "message")
    assert problem.value.remedy == "Did you mean 'mesage'?"
