"""The tables of a study as files: each held to its schema, all of them written or none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandera.polars as pa
import polars as pl
from filelock import FileLock

from analysis.ingest.processed import CODING, DRAWN_COMMENTS, DRAWN_POSTS
from analysis.problems import InputProblem
from analysis.project import processed_folder
from analysis.sources.merging import is_repeated
from analysis.sources.scratch import write_rows
from analysis.study import Study

KEPT_WHEN_MADE_AGAIN = (CODING, DRAWN_COMMENTS, DRAWN_POSTS)


@contextmanager
def only_one_at_a_time(study: Study, root: Path) -> Iterator[None]:
    """Wait until no other process makes the tables of this study."""
    folder = processed_folder(root, study.name)
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise InputProblem(
                str(place), "a file", "a folder for the tables", "Move the file away."
            )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        yield


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder beside the old one; once it is whole, it takes the old one's place."""
    new, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    try:
        new.mkdir()
        yield new
        for name in KEPT_WHEN_MADE_AGAIN:
            if (folder / name).is_file():
                shutil.copy2(folder / name, new / name)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _exchange(folder, new, old)


def _exchange(folder: Path, new: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_table(rows: pl.LazyFrame | Path, schema: pa.DataFrameSchema, path: Path) -> None:
    """Write a table and hold it to its schema.

    Parameters
    ----------
    rows : polars.LazyFrame or pathlib.Path
        The rows, or a Parquet file with them, which is moved; it is known to have no key twice.
    schema : pandera.polars.DataFrameSchema
        What the table promises.
    path : pathlib.Path
        Where to write it.

    Raises
    ------
    pandera.errors.SchemaError
        When the table does not keep its promise.
    OSError
        When the file cannot be written.
    """
    if isinstance(rows, Path):
        shutil.move(rows, path)
    else:
        write_rows(rows, path)
    table = pl.scan_parquet(path, glob=False)
    require_kept(table, schema, may_repeat=not isinstance(rows, Path))


def require_kept(
    table: pl.LazyFrame, schema: pa.DataFrameSchema, *, may_repeat: bool = True
) -> None:
    """Raise a SchemaError when a table breaks its schema; of its keys, only where they may repeat.

    pandera judges what is in memory. It is given the rows that may break a rule, which are none
    in a table that is in order; names, order and types of columns are judged all the same.
    """
    doubtful = _breaks_a_rule(schema)
    if schema.unique and may_repeat:
        doubtful |= is_repeated(table, schema.unique)
    schema.validate(table.filter(doubtful).collect(engine="streaming"))


def _breaks_a_rule(schema: pa.DataFrameSchema) -> pl.Expr:
    broken = [
        rule
        for name, column in schema.columns.items()
        for rule in (
            *([] if column.nullable else [pl.col(name).is_null()]),
            *(~_holds(check, pl.col(name)) for check in column.checks),
        )
    ]
    return pl.any_horizontal(broken).fill_null(value=False)


def _holds(check: pa.Check, value: pl.Expr) -> pl.Expr:
    """A check of a schema as an expression; null where the value is missing."""
    known = check.statistics or {}
    match check.name:
        case "greater_than_or_equal_to":
            return value >= known["min_value"]
        case "in_range":
            return value.is_between(known["min_value"], known["max_value"])
        case "isin":
            return value.is_in(known["allowed_values"])
    raise NotImplementedError(f"the check '{check.name}'")
