"""Lists kept by hand, read as text and refused at the first cell that cannot be used."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem, listed, nearest
from analysis.sources.dialect import open_table

SURELY_MEANT = 0.75
"""How like a column of ours another name must be to be a slip of the pen."""


def read_cells(path: Path, *, required: tuple[str, ...], columns: tuple[str, ...]) -> pl.DataFrame:
    """Read columns as text, with ``row``; columns that are not required may be absent.

    Raises
    ------
    InputProblem
        When a required column is absent, or a row has more cells than the header.
    """
    with tempfile.TemporaryDirectory() as scratch:
        table = open_table(path, Path(scratch))
        table.require(*required)
        _refuse_misspelt(table.columns, columns, path)
        cells = table.rows.select(
            "row", "problem", *(table.cell(name).alias(name) for name in columns)
        ).collect()
    refuse(cells, pl.col("problem"), "one cell per column", path)
    return cells


def _refuse_misspelt(header: Sequence[str], known: tuple[str, ...], path: Path) -> None:
    """Refuse a column that looks like one of ours; columns of somebody's own are left alone."""
    for name in header:
        absent = [column for column in known if column not in header]
        if name not in known and get_close_matches(name.lower(), absent, cutoff=SURELY_MEANT):
            raise InputProblem(
                str(path), f"unknown column '{name}'", listed(known), nearest(name, absent)
            )


def refuse(cells: pl.DataFrame, found: pl.Expr, expected: str, path: Path) -> None:
    """Raise an InputProblem for the first row about which ``found`` says something."""
    for row, sentence in cells.select("row", found=found).drop_nulls().head(1).rows():
        raise InputProblem(f"{path}, row {row}", sentence, expected)
