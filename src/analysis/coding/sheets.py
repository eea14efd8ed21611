"""Sheets that people fill in, written so that a spreadsheet leaves ids and texts as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import polars as pl

from analysis.problems import InputProblem

_STARTS_A_FORMULA = r"^([=+\-@\t\r])"


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


def open_for_owner(path: Path) -> TextIO:
    """Open a new sheet for writing, which nobody but its owner may read."""
    path.touch(mode=0o600)
    return path.open("w", encoding="utf-8-sig", newline="")


def harmless(text: pl.Expr) -> pl.Expr:
    """Keep a spreadsheet from obeying a text that begins like a formula."""
    return text.str.replace(_STARTS_A_FORMULA, "'$1")


def kept_as_text(identifier: pl.Expr) -> pl.Expr:
    """Keep a spreadsheet from taking an id for a number and rounding it."""
    return pl.lit("'") + identifier
