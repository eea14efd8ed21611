"""Whom each page wants to reach: how many people, and how many of them other channels reach."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.problems import InputProblem
from analysis.registers.cells import read_cells, refuse
from analysis.registers.residents import residents
from analysis.sources.checks import bad_count, bad_date, missing
from analysis.sources.numbers import number_marks, whole_number
from analysis.sources.post_ids import plain_page_id
from analysis.study import OF_THE_DEMO, Study
from analysis.tables import AUDIENCES, dtypes

KEY = ("platform", "page_id")
SHARES = ("platform_share", "reached_otherwise_low", "reached_otherwise_high")
RESIDENTS = "residents"


def audiences_of(study: Study, pages: pl.DataFrame, root: Path) -> pl.DataFrame:
    """Give whom the pages of a study want to reach.

    What the study's own list says comes first. For the other pages whose organisation is a
    gemeente or provincie, the target group is who lives there.

    Parameters
    ----------
    pages : polars.DataFrame
        The pages table.

    Returns
    -------
    polars.DataFrame
        The audiences table; a page about which nothing is known has no row.

    Raises
    ------
    InputProblem
        As :func:`read_audiences` does.
    """
    listed = (
        read_audiences(root / study.audiences, study, pages)
        if study.audiences
        else pl.DataFrame(schema=dtypes(AUDIENCES))
    )
    others = pages.join(listed, on=KEY, how="anti")
    return pl.concat([listed, _residents_of(others, study, root)]).sort(KEY)


def read_audiences(path: Path, study: Study, pages: pl.DataFrame) -> pl.DataFrame:
    """Read a study's list of audiences.

    Parameters
    ----------
    path : pathlib.Path
        CSV with ``page_id`` and, where known, ``platform`` (facebook when left out),
        ``target_group, size, reference_date, source, platform_share, reached_otherwise_low,
        reached_otherwise_high``. Shares lie between 0 and 1, with a point.
    pages : polars.DataFrame
        The pages table; a page that is not in it is refused.

    Returns
    -------
    polars.DataFrame
        The audiences table, in the list's order.

    Raises
    ------
    InputProblem
        When a page is unknown or listed twice, a number or date is not one, or numbers that were
        invented for the demo stand beside observed data. It names the row.
    """
    cells = read_cells(path, required=("page_id",), columns=tuple(AUDIENCES.columns)).with_columns(
        plain_page_id(pl.col("page_id")).alias("page_id"),
        pl.col("platform").str.to_lowercase().fill_null("facebook"),
        source_file=pl.lit(study.audiences or path.name),
    )
    marks = number_marks(cells["size"].drop_nulls(), whole=True)
    numbers = cells.with_columns(
        whole_number(pl.col("size"), marks).alias("people"),
        pl.col("reference_date").str.to_date("%Y-%m-%d", strict=False).alias("day"),
        *(pl.col(name).cast(pl.Float64, strict=False).alias(f"{name}_read") for name in SHARES),
    )
    _refuse_unusable_rows(numbers, pages, path)
    if not study.simulated:
        _refuse_invented(numbers, path)
    read = {"size": "people", "reference_date": "day"} | {name: f"{name}_read" for name in SHARES}
    return numbers.select(pl.col(read.get(name, name)).alias(name) for name in AUDIENCES.columns)


def _refuse_unusable_rows(cells: pl.DataFrame, pages: pl.DataFrame, path: Path) -> None:
    page = pl.col("page_id")
    again = pl.when(~pl.struct(KEY).is_first_distinct()).then(
        pl.format("page '{}' is listed again", page)
    )
    refuse(cells, missing(page, "the page_id"), "a page_id for every audience", path)
    refuse(cells, again, "every page once", path)
    refuse(cells, bad_count({"size": pl.col("size")}, {"size": pl.col("people")}), "a number", path)
    refuse(
        cells,
        pl.when(pl.col("people") == 0).then(pl.lit("a target group of nobody")),
        "a number of people, or an empty cell when it is not known",
        path,
    )
    refuse(
        cells,
        bad_date(pl.col("reference_date"), pl.col("day"), "reference_date"),
        "such as 2024-01-01",
        path,
    )
    for name in SHARES:
        refuse(cells, _no_share(name), "a share between 0 and 1, such as 0.35", path)
    turned = pl.col("reached_otherwise_low_read") > pl.col("reached_otherwise_high_read")
    refuse(
        cells,
        pl.when(turned).then(pl.lit("reached_otherwise_low is over reached_otherwise_high")),
        "the lower share first",
        path,
    )
    strangers = cells.join(pages, on=KEY, how="anti")
    for row, page_id in strangers.select("row", "page_id").head(1).rows():
        raise InputProblem(
            f"{path}, row {row}",
            f"page '{page_id}' is no page of the study",
            "a page of the register, or of the raw files",
        )


def _refuse_invented(cells: pl.DataFrame, path: Path) -> None:
    invented = pl.col("source").str.to_lowercase().str.contains(OF_THE_DEMO, literal=True)
    found = pl.lit(f"numbers that are {OF_THE_DEMO}, in a study of observed data")
    expected = "numbers of your own, and in 'source' where they come from"
    refuse(cells, pl.when(invented).then(found), expected, path)


def _no_share(name: str) -> pl.Expr:
    share = pl.col(f"{name}_read")
    wrong = pl.col(name).is_not_null() & ~share.is_between(0, 1).fill_null(False)
    return pl.when(wrong).then(
        pl.format("'{}' in column '{}' is no share", pl.col(name), pl.lit(name))
    )


def _residents_of(pages: pl.DataFrame, study: Study, root: Path) -> pl.DataFrame:
    counted = residents(root, study.period.end).rename({"residents": "size"})
    return pages.join(
        counted, left_on="organisation_code", right_on="code", suffix="_of_list"
    ).select(
        *KEY,
        pl.lit(RESIDENTS).alias("target_group"),
        "size",
        "reference_date",
        "source",
        *(pl.lit(None, pl.Float64).alias(name) for name in SHARES),
        pl.col("source_file_of_list").alias("source_file"),
    )
