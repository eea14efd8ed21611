"""How many people live in a gemeente or provincie, and which gemeenten are the largest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl

from analysis.problems import InputProblem, listed
from analysis.registers.cells import read_cells, refuse
from analysis.sources.checks import missing
from analysis.sources.numbers import whole_number

AREAS = ("data/raw/register/gemeenten.csv", "data/raw/register/provincies.csv")
COLUMNS = ("code", "name", "residents", "reference_date", "source")


def residents(root: Path, on: date) -> pl.DataFrame:
    """Give the residents of every gemeente and provincie, counted last on or before a day.

    Parameters
    ----------
    root : pathlib.Path
        The project's root.
    on : datetime.date
        Counts after it are used only for an area that has no earlier one.

    Returns
    -------
    polars.DataFrame
        ``code``, ``residents``, ``reference_date``, ``source`` and ``source_file``; empty in a
        project without these lists.
    """
    lists = [_counted(root / area, area) for area in AREAS if (root / area).is_file()]
    if not lists:
        return pl.DataFrame(
            schema={"code": pl.String, "residents": pl.Int64, "reference_date": pl.Date}
            | {"source": pl.String, "source_file": pl.String}
        )
    later = pl.col("reference_date") > on
    return (
        pl.concat(lists)
        .sort(later, (pl.col("reference_date") - on).abs())
        .unique("code", keep="first", maintain_order=True)
    )


def _counted(path: Path, name: str) -> pl.DataFrame:
    cells = read_cells(path, required=COLUMNS[:-1], columns=COLUMNS)
    return cells.select(
        "code",
        whole_number(pl.col("residents")).alias("residents"),
        pl.col("reference_date").str.to_date("%Y-%m-%d"),
        "source",
        source_file=pl.lit(name),
    )


def largest(gemeenten: Path, n: int, reference_date: date) -> pd.DataFrame:
    """Find the n largest gemeenten on a reference date.

    Parameters
    ----------
    gemeenten : pathlib.Path
        CSV with ``code, name, residents, reference_date``; it may hold several dates.
    n : int
        How many.
    reference_date : datetime.date
        The day on which residents are counted.

    Returns
    -------
    pandas.DataFrame
        Largest first: ``rank`` (equal numbers share one), ``code``, ``name``, ``residents``, and
        ``more_than_next``, by how many residents it exceeds the following gemeente. In the last
        row that is the first gemeente not chosen, so that a near-tie at the cut shows.

    Raises
    ------
    InputProblem
        When the file lacks the date, or has fewer gemeenten on it than asked.
    """
    columns = ("code", "name", "residents", "reference_date")
    cells = read_cells(gemeenten, required=columns, columns=columns).with_columns(
        residents=whole_number(pl.col("residents"))
    )
    refuse(cells, missing(pl.col("residents"), "the number of residents"), "a number", gemeenten)
    on_date = cells.filter(pl.col("reference_date") == reference_date.isoformat())
    _require_enough(on_date, n, cells["reference_date"].unique().sort(), reference_date, gemeenten)
    by_size = on_date.sort("residents", "code", descending=[True, False])
    return (
        by_size.select(
            pl.col("residents").rank("min", descending=True).cast(pl.Int64).alias("rank"),
            "code",
            "name",
            "residents",
            more_than_next=pl.col("residents") - pl.col("residents").shift(-1),
        )
        .head(n)
        .to_pandas()
    )


def _require_enough(
    on_date: pl.DataFrame, n: int, dates: pl.Series, reference_date: date, path: Path
) -> None:
    if on_date.is_empty():
        raise InputProblem(
            str(path), f"no residents on {reference_date}", f"one of the dates {listed(dates)}"
        )
    if on_date.height < n:
        raise InputProblem(
            str(path),
            f"{on_date.height} gemeenten on {reference_date}",
            f"at least the {n} that were asked",
        )
