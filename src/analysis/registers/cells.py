"""Lists kept by hand, read as text and refused at the first cell that cannot be used."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.dialect import open_table


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
        cells = table.rows.select(
            "row", "problem", *(table.cell(name).alias(name) for name in columns)
        ).collect()
    refuse(cells, pl.col("problem"), "one cell per column", path)
    return cells


def refuse(cells: pl.DataFrame, found: pl.Expr, expected: str, path: Path) -> None:
    """Raise an InputProblem for the first row about which ``found`` says something."""
    for row, sentence in cells.select("row", found=found).drop_nulls().head(1).rows():
        raise InputProblem(f"{path}, row {row}", sentence, expected)
