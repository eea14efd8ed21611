"""What a reader of an export format is, and what it gives."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

import analysis.sources
from analysis.problems import InputProblem, listed, nearest
from analysis.sources.comments import CommentExport, KnownPages, who_in_words, without_people
from analysis.sources.dialect import read_header
from analysis.sources.first_lines import has_headings
from analysis.sources.json_records import keys_at_start, require_records
from analysis.sources.remarks import Remark, count_remarks, in_words
from analysis.sources.seen import Seen, decided_by, seen_names
from analysis.study import FILE_KINDS, FileKind, RawFile

DECLARED = "declared_table"
Gives = Mapping[str, str] | tuple[str, ...]
NOTHING_KNOWN = KnownPages()


@dataclass(frozen=True)
class Reading:
    """What a reader makes of one raw file.

    Attributes
    ----------
    rows : polars.LazyFrame
        One row per record of the file: the columns of ``analysis.tables.POSTS`` plus ``row`` (the
        record's number; a header is row 1, in JSON the first record is), ``page_name`` (what the
        export calls the page, null when it does not), ``category`` (tier named by the file, else
        null), ``reason`` (null when the row can be used, else why not) and ``raw`` (the record as
        it stood, made only for the rows it is asked of; null for a source with people's data). For
        others, the columns of their tables plus ``row``, ``reason`` and ``raw``.
    rows_read : int
        Number of records in the file, counted apart from reading them, so that lost rows show.
    decided : dict of str to str
        What was decided about the file and may be wrong: encoding, separator, time zone, mark of
        thousands, definitions. Shown by ``bereik check`` and kept in the passport.
    warnings : tuple of str
        What a reader of the results should know, one sentence each.
    remarks : tuple of Remark
        More warnings, to be counted while the rows are read; their columns are among the rows.
    seen : tuple of Seen
        More of what was decided, to be found while the rows are read; their columns are among the
        rows too.
    """

    rows: pl.LazyFrame
    rows_read: int
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    seen: tuple[Seen, ...] = ()

    def completed(self, remarked: pl.DataFrame, seen: pl.DataFrame) -> Reading:
        """Say what was found while its rows were read, as warnings and among what was decided.

        ``remarked`` is what :func:`count_remarks` gives, ``seen`` has the different rows of the
        columns of :attr:`seen`.
        """
        return replace(
            self,
            decided=self.decided | decided_by(self.seen, seen),
            warnings=(*self.warnings, *in_words(self.remarks, remarked, self.rows_read)),
            remarks=(),
            seen=(),
        )

    def read_through(self) -> Reading:
        """Complete it by a reading of all rows for that alone."""
        remarked = count_remarks(self.rows, self.remarks)
        # The reasons are worked out too, as they are when the rows are kept.
        seen = self.rows.group_by("reason", *seen_names(self.seen)).agg()
        return self.completed(*pl.collect_all([remarked, seen], engine="streaming"))


@dataclass(frozen=True)
class Source:
    """One export format of posts, of what pages spend on ads, or of whole pages per day.

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
    gives : mapping of str to str, or tuple of str
        The canonical columns this format can fill, with the column of the export that each comes
        from; without, where they come from several or change with the export's language.
    takes_date_order : bool
        Whether a study may say if day or month comes first in its dates.
    """

    name: str
    title: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path, RawFile, ZoneInfo, Path], Reading]
    gives: Gives
    kind: FileKind = "posts"
    takes_date_order: bool = False


@dataclass(frozen=True)
class CommentSource:
    """One export format of comments.

    Attributes
    ----------
    name, title, recognises, gives
        As those of :class:`Source`.
    open : callable
        ``open(path, raw_file, zone, scratch) -> CommentExport``: points at the cells of the file.
    """

    name: str
    title: str
    recognises: Callable[[Path], bool]
    open: Callable[[Path, RawFile, ZoneInfo, Path], CommentExport]
    gives: Gives
    kind: FileKind = "comments"

    def read(
        self,
        path: Path,
        raw_file: RawFile,
        zone: ZoneInfo,
        scratch: Path,
        known: KnownPages = NOTHING_KNOWN,
    ) -> Reading:
        """Read a file of comments; of people nothing is left in what is returned."""
        export = self.open(path, raw_file, zone, scratch)
        return Reading(
            rows=without_people(export, raw_file.path, known),
            rows_read=export.table.rows_read,
            decided=export.table.decided
            | export.decided
            | {
                "observed_at": export.observed.decided,
                "by_page": who_in_words(export, raw_file.path, known),
            },
            warnings=(*export.table.warnings, *export.warnings),
        )


@cache
def sources() -> dict[str, Source | CommentSource]:
    """Every format there is a module for, by name."""
    modules = (
        importlib.import_module(f"analysis.sources.{found.name}")
        for found in pkgutil.iter_modules(analysis.sources.__path__)
    )
    found = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.name: source for source in found}


def source_without_people(path: Path, raw_file: RawFile, kind: FileKind) -> Source:
    """Choose the reader of a raw file that is not of comments, as :func:`source_of` does."""
    source = source_of(path, raw_file, kind)
    if isinstance(source, Source) and source.kind == kind:
        return source
    raise _other_kind(source, raw_file, kind)


def comments_source_of(path: Path, raw_file: RawFile) -> CommentSource:
    """Choose the reader of a raw file of comments, as :func:`source_of` does."""
    source = source_of(path, raw_file, "comments")
    if isinstance(source, CommentSource):
        return source
    raise _other_kind(source, raw_file, "comments")


def source_of(
    path: Path, raw_file: RawFile, kind: FileKind | None = None
) -> Source | CommentSource:
    """Choose the reader of a raw file: the declared table, the named format, or what it looks like.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    raw_file : RawFile
        What the study says about it.
    kind : str, optional
        Only look among the formats of one kind. Left out, posts come first.

    Raises
    ------
    InputProblem
        When the format is unknown, no reader recognises the file, or the study says an order of
        dates in which the export does not write them.
    """
    source = _source_of(path, raw_file, kind)
    takes_order = isinstance(source, Source) and source.takes_date_order
    if raw_file.date_order and not takes_order:
        raise InputProblem(
            f"{raw_file.path}, key 'date_order'",
            f"a key that does not belong to '{source.name}'",
            "it beside an export of Meta Business Suite or Page Insights only",
            "Leave it out: this export says itself how its dates are written.",
        )
    return source


def _source_of(path: Path, raw_file: RawFile, kind: FileKind | None) -> Source | CommentSource:
    if raw_file.table is not None:
        return sources()[DECLARED]
    if raw_file.format is not None:
        return _named(raw_file.format, raw_file.path)
    allowed = [source for source in sources().values() if kind in (None, source.kind)]
    for source in sorted(allowed, key=lambda source: FILE_KINDS.index(source.kind)):
        if source.recognises(path):
            return source
    require_records(path)
    tried = [source.name for source in allowed if source.name != DECLARED]
    raise InputProblem(
        raw_file.path,
        "no known export",
        "a known export, or a table declared in the study file",
        f"{_remedy(path, kind)} Tried: {listed(tried)}.",
    )


def _remedy(path: Path, kind: FileKind | None) -> str:
    """Name the columns of a table; what stands in a file of comments may be names of people.

    Only tables of posts can be declared.
    """
    if kind not in (None, "posts") or keys_at_start(path):
        return "Say under 'format' which export it is."
    header = read_header(path)
    if len(header) == 1 or not has_headings(header):
        return (
            "Its first line looks like data, not like headings: give every column its name there."
        )
    return (
        f"Say under 'table' which of its columns {listed(header)} is which field. If that first "
        "line is data, give every column its name above it."
    )


def _other_kind(source: Source | CommentSource, raw_file: RawFile, kind: FileKind) -> InputProblem:
    return InputProblem(
        raw_file.path,
        f"'{source.name}' is a format of {source.kind}",
        f"a format of {kind}",
        f"List the file under 'raw.{source.kind}'.",
    )


def _named(name: str, file: str) -> Source | CommentSource:
    if name not in sources():
        raise InputProblem(
            f"{file}, key 'format'",
            f"unknown format '{name}'",
            listed(sources()),
            nearest(name, sources()),
        )
    return sources()[name]
