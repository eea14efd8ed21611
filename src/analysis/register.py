"""The register of pages a study is about, and the gemeenten to choose pages from."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl

from analysis.problems import InputProblem, listed, nearest
from analysis.sources.checks import bad_count, bad_date, damaged_id, missing
from analysis.sources.dialect import open_table
from analysis.sources.numbers import number_marks, whole_number
from analysis.sources.post_ids import plain_page_id
from analysis.study import Study
from analysis.tables import PAGES

REQUIRED = ("page_id", "name", "tier")
KEY = ("platform", "page_id")


def read_register(path: Path, study: Study) -> pl.DataFrame:
    """Read a register of pages.

    Parameters
    ----------
    path : pathlib.Path
        CSV with ``page_id, name, tier`` and, where known, ``platform`` (facebook when left out),
        ``organisation_code, target_group, target_group_size, reference_date`` (``2024-01-01``).
    study : Study
        Names the tiers there are.

    Returns
    -------
    polars.DataFrame
        The pages table: one row per page, in the register's order.

    Raises
    ------
    InputProblem
        When a column is missing, a required cell is empty, a page is listed twice, or a tier,
        number or date is not one. It names the first such row.
    """
    cells = _read(path, required=REQUIRED, columns=tuple(PAGES.columns))
    marks = number_marks(cells["target_group_size"].drop_nulls(), whole=True)
    cells = cells.with_columns(
        plain_page_id(pl.col("page_id")).alias("page_id"),
        pl.col("platform").str.to_lowercase().fill_null("facebook"),
        source_file=pl.lit(study.register_of_pages or path.name),
        size=whole_number(pl.col("target_group_size"), marks),
        day=pl.col("reference_date").str.to_date("%Y-%m-%d", strict=False),
    )
    _require_known_tiers(cells, study, path)
    _refuse_unusable_rows(cells, path)
    return (
        cells.drop("target_group_size", "reference_date")
        .rename({"size": "target_group_size", "day": "reference_date"})
        .select(*PAGES.columns)
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
    cells = _read(gemeenten, required=columns, columns=columns).with_columns(
        residents=whole_number(pl.col("residents"))
    )
    _refuse(cells, missing(pl.col("residents"), "the number of residents"), "a number", gemeenten)
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


def _read(path: Path, *, required: tuple[str, ...], columns: tuple[str, ...]) -> pl.DataFrame:
    """Read columns as text, with ``row``; columns that are not required may be absent."""
    with tempfile.TemporaryDirectory() as scratch:
        table = open_table(path, Path(scratch))
        table.require(*required)
        cells = table.rows.select(
            "row", "problem", *(table.cell(name).alias(name) for name in columns)
        ).collect()
    _refuse(cells, pl.col("problem"), "one cell per column", path)
    return cells


def _require_known_tiers(cells: pl.DataFrame, study: Study, path: Path) -> None:
    unknown = cells.filter(~pl.col("tier").is_in(study.tier_names))
    for row, tier in unknown.select("row", "tier").head(1).rows():
        raise InputProblem(
            f"{path}, row {row}",
            f"unknown tier '{tier}'",
            f"one of the study's tiers {listed(study.tier_names)}",
            nearest(tier, study.tier_names),
        )


def _refuse_unusable_rows(cells: pl.DataFrame, path: Path) -> None:
    page = pl.col("page_id")
    again = pl.when(~pl.struct(KEY).is_first_distinct()).then(
        pl.format("page '{}' is listed again", page)
    )
    size, day = pl.col("target_group_size"), pl.col("reference_date")
    for name in REQUIRED:
        _refuse(cells, missing(pl.col(name), f"the {name}"), f"a {name} for every page", path)
    _refuse(cells, damaged_id(page, "page_id"), "an id with all its digits", path)
    _refuse(cells, again, "every page once", path)
    _refuse(cells, bad_count(size, pl.col("size"), "target_group_size"), "a number", path)
    _refuse(cells, bad_date(day, pl.col("day"), "reference_date"), "such as 2024-01-01", path)


def _refuse(cells: pl.DataFrame, found: pl.Expr, expected: str, path: Path) -> None:
    """Raise an InputProblem for the first row about which ``found`` says something."""
    for row, sentence in cells.select("row", found=found).drop_nulls().head(1).rows():
        raise InputProblem(f"{path}, row {row}", sentence, expected)


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
