"""Gather the estimates that executed notebooks show into one tidy table."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from analysis.batch.units import Unit
from analysis.problems import InputProblem
from analysis.project import reports_folder
from analysis.results import ESTIMATE_MIME, results_frame
from analysis.whole_files import replacing


def shown_estimates(notebook: Mapping[str, Any], name: str) -> pl.DataFrame:
    """Collect the results rows in a notebook's outputs.

    Parameters
    ----------
    notebook : mapping
        An executed notebook, as its file holds it.
    name : str
        Its name, for the column ``notebook``.

    Returns
    -------
    polars.DataFrame
        The columns of ``analysis.results.RESULT_COLUMNS``.

    Raises
    ------
    ValueError
        When a row has a column of another name, or a value of another type.
    """
    rows: list[dict[str, Any]] = [
        row | {"notebook": name}
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        for row in output.get("data", {}).get(ESTIMATE_MIME, [])
    ]
    return results_frame(rows)


def results_of(units: Iterable[Unit], root: Path) -> pl.DataFrame:
    """Collect the results of units from the executed notebooks that lie in the reports.

    So every row has a notebook behind it, and a unit's rows are replaced exactly when its notebook
    is: running a part of a study leaves the rows of the other units as they are. An estimate that
    several units show, such as the comparison of two tiers, is one row.

    Returns
    -------
    polars.DataFrame
        In the order of the units.

    Raises
    ------
    InputProblem
        When a notebook of an earlier run cannot be read, or shows estimates in another form.
    """
    tables = [results_frame([]), *(_results_of_unit(unit, root) for unit in units)]
    return pl.concat(tables).unique(maintain_order=True)


def _results_of_unit(unit: Unit, root: Path) -> pl.DataFrame:
    path = unit.executed(root)
    try:
        return shown_estimates(json.loads(path.read_bytes()), unit.notebook)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise InputProblem(
            str(path),
            f"no readable estimates ({error})",
            "a notebook run by this version",
            f"Run notebook {unit.notebook} for tier {unit.tier} again.",
        ) from error


def write_results(results: pl.DataFrame, root: Path, study: str) -> tuple[Path, Path]:
    """Write ``results.parquet`` and ``results.csv`` of a study, both whole or not at all."""
    folder = reports_folder(root, study)
    parquet, csv = folder / "results.parquet", folder / "results.csv"
    as_parquet = io.BytesIO()
    results.write_parquet(as_parquet)
    with replacing(parquet, csv) as (parquet_beside, csv_beside):
        parquet_beside.write_bytes(as_parquet.getvalue())
        csv_beside.write_text(results.write_csv(), encoding="utf-8", newline="")
    return parquet, csv
