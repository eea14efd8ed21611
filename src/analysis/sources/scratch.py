"""Rows put aside in a file, because memory may be too small for them."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


def to_scratch(rows: pl.LazyFrame, path: Path) -> pl.LazyFrame:
    """Write rows to a file as they come, and give them back from there.

    Raises
    ------
    OSError
        When the file cannot be written; polars has an error of its own, with the number in it.
    """
    try:
        rows.sink_parquet(path, compression="lz4", statistics=False)
    except pl.exceptions.ComputeError as error:
        if number := _OS_ERROR.search(str(error)):
            raise OSError(int(number[1]), str(error)) from error
        raise
    return pl.scan_parquet(path)
