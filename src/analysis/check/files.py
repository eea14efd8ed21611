"""What a raw file is, what of it can be used, and what is wrong with it."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from analysis.check.lists import LISTS, list_of, what_to_do
from analysis.check.questions import SCHEMAS, answered_by, answers
from analysis.check.report import CheckReport
from analysis.ingest.raw_files import TIMES
from analysis.ingest.rejections import by_reason, turned_dates
from analysis.problems import InputProblem
from analysis.registers.followers import KEY, with_followers_of_register
from analysis.sources.definitions import DEFINED, stated
from analysis.sources.reading import Reading, source_of
from analysis.study import FileKind, RawFile
from analysis.tables import PAGES, dtypes

BOOKKEEPING = (
    *("platform", "published_precision", "person", "observed_at", "source_file"),
    *("currency", "period_start", "period_end", "variable", "definition"),
)
NO_PAGES = pl.DataFrame(schema=dtypes(PAGES))


def check_file(
    path: Path,
    raw_file: RawFile | None = None,
    kind: FileKind | None = None,
    *,
    zone: ZoneInfo | None = None,
    register: pl.DataFrame | None = None,
) -> CheckReport:
    """Find out what a raw file is and what can be used of it. Nothing is written.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    raw_file : RawFile, optional
        What a study says about it; needed for a declared table.
    kind : str, optional
        What the file holds; found out when left out.
    zone : zoneinfo.ZoneInfo, optional
        Of times that name none; Europe/Amsterdam when left out.
    register : polars.DataFrame, optional
        The register of pages, for followers that the file does not have.

    Returns
    -------
    CheckReport
        Also when the file cannot be used: ``problem`` then says why.
    """
    raw_file = raw_file or RawFile(path=str(path), simulated=False)
    zone = zone or ZoneInfo("Europe/Amsterdam")
    title = ""
    try:
        require_file(path)
        if key := _list_at(path, raw_file, kind):
            decided = what_to_do(key, path)
            return CheckReport(path=raw_file.path, format=LISTS[key], decided=decided)
        source = source_of(path, raw_file, kind)
        title = source.title
        found = CheckReport(path=raw_file.path, format=title, kind=source.kind)
        with tempfile.TemporaryDirectory() as scratch:
            reading = source.read(path, raw_file, zone, Path(scratch))
            pages = NO_PAGES if register is None else register
            return _report(found, reading.read_through(), raw_file, zone, pages)
    except (InputProblem, OSError) as error:
        return CheckReport(path=raw_file.path, format=title, problem=str(error))


def require_file(path: Path) -> None:
    """Raise an InputProblem when a folder stands where a file should."""
    if path.is_dir():
        files = f"{shlex.quote(path.as_posix())}/*"
        raise InputProblem(
            str(path), "a folder", "a file", f"Check its files: bereik check {files}"
        )


def _list_at(path: Path, raw_file: RawFile, kind: FileKind | None) -> str:
    """Say which list of a study's a file is, when nothing tells that it is something else."""
    is_told = raw_file.table is not None or raw_file.format is not None or kind is not None
    return "" if is_told else list_of(path)


@dataclass(frozen=True)
class _Found:
    """What the rows of a file hold.

    ``summary`` is told of the usable rows, and ``of_file`` and ``with_register`` are what they
    answer, alone and with the followers of the register.
    """

    summary: dict[str, Any]
    of_file: dict[str, Any]
    with_register: dict[str, Any]
    definitions: dict[str, dict[str, int]]
    rejects: pl.DataFrame
    pages: pl.DataFrame


def _report(
    report: CheckReport, reading: Reading, raw_file: RawFile, zone: ZoneInfo, register: pl.DataFrame
) -> CheckReport:
    """Add what the rows of a file say to what is known of it."""
    found = _read_through(reading, report.kind, raw_file, zone, register)
    rejects = found.rejects.lazy()
    rejected, question = by_reason(rejects), turned_dates(raw_file, rejects)
    report = replace(
        report,
        rows_read=reading.rows_read,
        decided=reading.decided,
        warnings=(*reading.warnings, *filter(None, [question])),
        rejected=rejected,
    )
    if not found.summary["rows_usable"]:
        problem = f"not one row can be used; for example because {rejected[0].reason}"
        return replace(report, problem=problem)
    return replace(
        report,
        rows_usable=found.summary["rows_usable"],
        pages=found.summary["pages"],
        pages_seen=frozenset(found.pages.rows()),
        earliest=found.summary["first"],
        latest=found.summary["last"],
        definitions=found.definitions,
        measured={name: found.summary[f"share {name}"] for name in _columns(report.kind)},
        answers=answers(report.kind, found.of_file, found.with_register),
    )


def _read_through(
    reading: Reading, kind: FileKind, raw_file: RawFile, zone: ZoneInfo, register: pl.DataFrame
) -> _Found:
    """Read all rows once, for everything that is told of them."""
    is_usable = pl.col("reason").is_null()
    rows = reading.rows.filter(is_usable)
    followed = with_followers_of_register(rows, register) if kind == "posts" else rows
    summary, alone, together, defined, rejects, pages = pl.collect_all(
        [
            _summary(rows, kind, zone),
            answered_by(rows, kind),
            answered_by(followed, kind),
            _defined(rows, kind),
            reading.rows.filter(~is_usable).select("row", "reason"),
            _pages(rows, kind, raw_file),
        ]
    )
    return _Found(
        summary=summary.row(0, named=True),
        of_file=alone.row(0, named=True),
        with_register=together.row(0, named=True),
        definitions=_rows_per_definition(defined),
        rejects=rejects,
        pages=pages,
    )


def _summary(rows: pl.LazyFrame, kind: FileKind, zone: ZoneInfo) -> pl.LazyFrame:
    """How many rows and pages there are, from when to when, and how often a column is measured."""
    time = pl.lit(None, pl.Datetime("us", "UTC"))
    if kind in TIMES:
        time = TIMES[kind].dt.convert_time_zone(zone.key)
    of_pages = pl.struct(KEY).filter(pl.col("page_id").is_not_null())
    return rows.select(
        pl.len().alias("rows_usable"),
        of_pages.n_unique().alias("pages"),
        time.min().alias("first"),
        time.max().alias("last"),
        *(pl.col(name).is_not_null().mean().alias(f"share {name}") for name in _columns(kind)),
    )


def _defined(rows: pl.LazyFrame, kind: FileKind) -> pl.LazyFrame:
    """How many rows have each definition of each number that has one."""
    definitions = [name for name in DEFINED if name in SCHEMAS[kind].columns]
    return rows.select(map(stated, definitions)).group_by(definitions).len()


def _rows_per_definition(counted: pl.DataFrame) -> dict[str, dict[str, int]]:
    per_number = {}
    for definition in counted.columns[:-1]:
        of_number = counted.drop_nulls(definition).group_by(definition).agg(pl.sum("len"))
        if len(of_number):
            most_first = of_number.sort("len", definition, descending=[True, False])
            per_number[definition.removesuffix("_definition")] = dict(most_first.rows())
    return per_number


def _columns(kind: FileKind) -> list[str]:
    """The columns of which is told how often they are measured."""
    return [
        name
        for name in SCHEMAS[kind].columns
        if name not in BOOKKEEPING and not name.endswith("_definition")
    ]


def _pages(rows: pl.LazyFrame, kind: FileKind, raw_file: RawFile) -> pl.LazyFrame:
    """The pages of posts, with the tier that the file or the study about it tells."""
    tier = pl.lit(raw_file.tier, pl.String)
    if kind == "posts":
        tier = pl.coalesce("category", tier)
    return rows.select(*KEY, tier=tier).drop_nulls("page_id").unique()
