"""What a reader of an export format is, and what it gives."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

import analysis.sources
from analysis.problems import InputProblem, listed, nearest
from analysis.sources.dialect import read_header
from analysis.study import RawFile

DECLARED = "declared_table"


@dataclass(frozen=True)
class Reading:
    """What a reader makes of one raw file.

    Attributes
    ----------
    rows : polars.LazyFrame
        One row per record of the file: the columns of ``analysis.tables.POSTS`` plus ``row`` (the
        record's number, the header being row 1), ``page_name`` (what the export calls the page,
        null when it does not), ``category`` (tier named by the file, else null), ``reason`` (null
        when the row can be used, else why not) and ``raw`` (the record as it stood; made only for
        the rows it is asked of).
    rows_read : int
        Number of records in the file, counted apart from reading them, so that lost rows show.
    decided : dict of str to str
        What was decided about the file and may be wrong: encoding, separator, time zone, mark of
        thousands, definitions. Shown by ``bereik check`` and kept in the passport.
    warnings : tuple of str
        What a reader of the results should know, one sentence each.
    """

    rows: pl.LazyFrame
    rows_read: int
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One export format.

    Attributes
    ----------
    name : str
        The word for it in study files and passports, e.g. ``crowdtangle_csv``.
    title : str
        The name a researcher knows it by.
    recognises : callable
        ``recognises(path) -> bool``: whether the file looks like this format.
    read : callable
        ``read(path, raw_file, zone, scratch) -> Reading``; ``zone`` is the study's time zone and
        ``scratch`` a folder that is cleared afterwards.
    gives : tuple of str
        The canonical columns this format can fill.
    """

    name: str
    title: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path, RawFile, ZoneInfo, Path], Reading]
    gives: tuple[str, ...]


@cache
def sources() -> dict[str, Source]:
    """Every format there is a module for, by name."""
    modules = (
        importlib.import_module(f"analysis.sources.{found.name}")
        for found in pkgutil.iter_modules(analysis.sources.__path__)
    )
    found = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.name: source for source in found}


def source_of(path: Path, raw_file: RawFile) -> Source:
    """Choose the reader of a raw file: the declared table, the named format, or what it looks like.

    Raises
    ------
    InputProblem
        When the format is unknown, or no reader recognises the file.
    """
    if raw_file.table is not None:
        return sources()[DECLARED]
    if raw_file.format is not None:
        return _named(raw_file.format, raw_file.path)
    for source in sources().values():
        if source.recognises(path):
            return source
    tried = [source.name for source in sources().values() if source.name != DECLARED]
    raise InputProblem(
        raw_file.path,
        f"no known export (tried {listed(tried)})",
        "a known export, or a table declared in the study file",
        f"Say under 'table' which of its columns {listed(read_header(path))} is which field.",
    )


def _named(name: str, file: str) -> Source:
    if name not in sources():
        raise InputProblem(
            f"{file}, key 'format'",
            f"unknown format '{name}'",
            listed(sources()),
            nearest(name, sources()),
        )
    return sources()[name]
