"""Rows put aside in a file, because memory may be too small for them."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


def write_rows(rows: pl.LazyFrame, path: Path, *beside: pl.LazyFrame) -> list[pl.DataFrame]:
    """Write rows to a Parquet file as they come.

    Parameters
    ----------
    rows : polars.LazyFrame
        What to write.
    path : pathlib.Path
        The file.
    *beside : polars.LazyFrame
        What else to work out; where it comes from the same rows, they are read once for all.

    Returns
    -------
    list of polars.DataFrame
        What was asked beside.

    Raises
    ------
    OSError
        When the file cannot be written; polars has an error of its own, with the number in it.
    """
    # Nothing asks a file for the least and the greatest value of a column.
    written = rows.sink_parquet(path, compression="lz4", statistics=False, lazy=True)
    try:
        _, *found = pl.collect_all([written, *beside], engine="streaming")
    except pl.exceptions.ComputeError as error:
        if number := _OS_ERROR.search(str(error)):
            raise OSError(int(number[1]), str(error)) from error
        raise
    return found


def to_scratch(rows: pl.LazyFrame, path: Path) -> pl.LazyFrame:
    """Write rows to a file and give them back from there.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    write_rows(rows, path)
    return pl.scan_parquet(path, glob=False)
