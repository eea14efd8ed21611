"""The register of pages a study is about."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.problems import InputProblem, listed, nearest
from analysis.registers.cells import read_cells, refuse
from analysis.registers.followers import KEY
from analysis.sources.checks import bad_date, damaged_id, missing, shown
from analysis.sources.numbers import number_marks, whole_number
from analysis.sources.post_ids import plain_page_id
from analysis.study import Study
from analysis.tables import PAGES

REQUIRED = ("page_id", "name", "tier")


def read_register(path: Path, study: Study) -> pl.DataFrame:
    """Read a register of pages.

    Parameters
    ----------
    path : pathlib.Path
        CSV with ``page_id, name, tier`` and, where known, ``platform`` (facebook when left out),
        ``organisation_code``, and ``followers`` with ``followers_date``.
    study : Study
        Names the tiers there are.

    Returns
    -------
    polars.DataFrame
        The pages table: one row per page, in the register's order.

    Raises
    ------
    InputProblem
        When a column is missing, a required cell is empty, a page is listed twice, a tier, number
        or date is not one, or followers have no date. It names the first such row.
    """
    cells = read_cells(path, required=REQUIRED, columns=tuple(PAGES.columns)).with_columns(
        plain_page_id(pl.col("page_id")).alias("page_id"),
        pl.col("platform").str.to_lowercase().fill_null("facebook"),
        source_file=pl.lit(study.register_of_pages or path.name),
    )
    _require_known_tiers(cells, study, path)
    _refuse_unusable_rows(cells, path)
    return _with_followers(cells, path).select(*PAGES.columns)


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
    for name in REQUIRED:
        refuse(cells, missing(pl.col(name), f"the {name}"), f"a {name} for every page", path)
    refuse(cells, damaged_id(page, "page_id"), "an id with all its digits", path)
    refuse(cells, again, "every page once", path)


def _with_followers(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Read the followers and their day; a number that changes every day means little without it."""
    written, day = pl.col("followers"), pl.col("followers_date")
    marks = number_marks(cells["followers"].drop_nulls(), whole=True)
    read = cells.with_columns(
        whole_number(written, marks).alias("people"),
        day.str.to_date("%Y-%m-%d", strict=False).alias("day"),
    )
    people, refused = pl.col("people"), pl.format("'{}' in column 'followers'", shown(written))
    not_one = written.is_not_null() & (people.is_null() | (people < 0))
    refuse(read, pl.when(not_one).then(refused), "a whole number, such as 12345", path)
    refuse(read, bad_date(day, pl.col("day"), "followers_date"), "such as 2024-01-31", path)
    undated = people.is_not_null() & day.is_null()
    refuse(
        read,
        pl.when(undated).then(pl.lit("followers without a followers_date")),
        "the day on which they were counted, such as 2024-01-31",
        path,
    )
    return read.with_columns(followers=people, followers_date=pl.col("day"))
