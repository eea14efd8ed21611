"""Sheets that people fill in, written so that a spreadsheet shows columns and obeys no text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem

_STARTS_A_FORMULA = r"^([=+\-@])"


def require_new_file_outside(path: Path, root: Path, why: str) -> None:
    """Raise an InputProblem unless a file can be made here, outside the project.

    Parameters
    ----------
    why : str
        What the file will hold that keeps it out of the project.
    """
    if path.resolve().is_relative_to(root.resolve()):
        raise InputProblem(
            str(path), "a file in the project", f"a file outside it, since it will hold {why}"
        )
    require_new_file(path)


def require_new_file(path: Path) -> None:
    """Raise an InputProblem when the file exists or its folder does not."""
    if path.exists():
        raise InputProblem(str(path), "a file that exists", "a new file; codes are never replaced")
    if not path.parent.is_dir():
        raise InputProblem(str(path), f"no folder {path.parent}", "a file in a folder there is")


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a sheet that Excel opens in columns, which nobody but its owner may read.

    Tabs in UTF-16 do so in every language. A comma or a semicolon does in some languages only, and
    below a line ``sep=`` Excel takes UTF-8 for something else.
    """
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-16", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(columns)
        writer.writerows(rows)


def as_cell(text: pl.Expr) -> pl.Expr:
    """Put a text on one line and keep a spreadsheet from obeying it as a formula."""
    on_one_line = text.str.replace_all(r"\s+", " ").str.strip_chars()
    return on_one_line.str.replace(_STARTS_A_FORMULA, "'$1")
