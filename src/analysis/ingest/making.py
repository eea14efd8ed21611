"""Raw files to canonical tables: read, checked, merged, and written whole or not at all.

Rows stream: from a raw file to a scratch file with the usable ones, and from there, merged, to the
table. Memory holds the rows of posts that were seen more than once, a share of them at a time.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl

from analysis.ingest.corrections import Correction, correct, not_there, read_corrections
from analysis.ingest.passport import FileStamp, Merges, Passport, RawFilePassport, RowCounts
from analysis.ingest.processed import (
    name_from,
    passport_that_fits,
    read_beside,
    readers_sha256,
    require_folder_of_its_own,
)
from analysis.ingest.raw_files import (
    PAGE_KEY,
    SAID_OF_PAGES,
    ReadFile,
    height,
    read_comments,
    read_page_days,
    read_posts,
    read_spend,
)
from analysis.ingest.suspicious import odd_repeats, what_looks_odd
from analysis.ingest.table_files import new_folder, only_one_at_a_time, write_table
from analysis.problems import InputProblem, listed
from analysis.project import processed_folder
from analysis.registers.audiences import audiences_of
from analysis.registers.comment_rule_errors import require_usable_rule_errors
from analysis.registers.pages import read_register
from analysis.registers.post_codes import hand_codes, unknown_in_words
from analysis.sources.comments import KnownPages
from analysis.sources.merging import (
    MergedFiles,
    add_up_spend,
    days_unlike,
    merge_comments,
    merge_files,
    merge_page_days,
)
from analysis.sources.permalinks import NO_OTHER_IDS, other_ids, with_one_id
from analysis.sources.pseudonyms import key_digest, key_from_environment
from analysis.sources.times import FIRST_YEAR, LAST_YEAR
from analysis.study import Study
from analysis.tables import (
    AUDIENCES,
    COMMENTS,
    PAGE_DAYS,
    PAGES,
    POSTS,
    REJECTS,
    SPEND,
    dtypes,
)

SCHEMAS = {
    "pages": PAGES,
    "audiences": AUDIENCES,
    "posts": POSTS,
    "comments": COMMENTS,
    "spend": SPEND,
    "page_days": PAGE_DAYS,
    "rejects": REJECTS,
}
PAGE_COLUMNS = dtypes(PAGES)


def ingest(study: Study, root: Path) -> Passport:
    """Read the raw files of a study into ``data/processed/<study>``.

    Parameters
    ----------
    study : Study
        Names the raw files, the tiers and the register of pages.
    root : pathlib.Path
        The project's root.

    Returns
    -------
    Passport
        Also written, beside ``pages.parquet``, ``audiences.parquet``, ``posts.parquet``,
        ``comments.parquet``, ``spend.parquet``, ``page_days.parquet`` and ``rejects.parquet``.

    Raises
    ------
    InputProblem
        When a file cannot be used at all, or nothing in any file can, or another study file of the
        same name was ingested.
    OSError
        When the tables cannot be written. What was there before is still there.
    """
    with only_one_at_a_time(study, root):
        return _ingest(study, root)


def ensure_ingested(study: Study, root: Path) -> Passport:
    """Give the passport of a study's tables; make them first when they are missing or stale.

    Tables are stale when the study file, the register, a raw file, the key of the pseudonyms or
    the readers have changed.
    Several notebooks may ask at once: one makes the tables, the others wait.

    Raises
    ------
    InputProblem, OSError
        As :func:`ingest` does.
    """
    passport = passport_that_fits(study, root)
    if passport is None:
        with only_one_at_a_time(study, root):
            passport = passport_that_fits(study, root) or _ingest(study, root)
    return passport


@dataclass(frozen=True)
class _Read:
    """The raw files of a study, read.

    ``ids`` are the other ids under which posts stand in some files, and ``merged`` the posts of
    all files together.
    """

    pages: pl.DataFrame
    posts: list[ReadFile]
    ids: pl.DataFrame
    merged: MergedFiles
    comments: list[ReadFile]
    spend: list[ReadFile]
    page_days: list[ReadFile]

    @property
    def files(self) -> list[ReadFile]:
        """Every file, in the order in which a study lists them."""
        return [*self.posts, *self.comments, *self.spend, *self.page_days]

    @property
    def days(self) -> pl.LazyFrame:
        """The days of whole pages, of all files together."""
        return _together("page_days", [file.rows for file in self.page_days])


def _ingest(study: Study, root: Path) -> Passport:
    require_folder_of_its_own(study, root)
    _require_distinct_files(study)
    register = (
        read_register(root / study.register_of_pages, study) if study.register_of_pages else None
    )
    corrections, codes = read_corrections(root), hand_codes(study, root)
    require_usable_rule_errors(study, root)
    with tempfile.TemporaryDirectory() as scratch:
        read = _read(study, root, register, corrections, Path(scratch))
        tables = _tables(read, audiences_of(study, read.pages, root))
        with new_folder(processed_folder(root, study.name)) as new:
            for name, table in tables.items():
                write_table(table, SCHEMAS[name], new / f"{name}.parquet")
            odd = (
                *not_there(corrections, root),
                *odd_repeats(read.merged.fallen, read.merged.unlike, days_unlike(read.days)),
                *_what_looks_odd(study, codes, new),
            )
            passport = _passport(study, root, read.files, read.merged, new, odd=odd)
            passport.write(new)
    return passport


def _read(
    study: Study,
    root: Path,
    register: pl.DataFrame | None,
    corrections: tuple[Correction, ...],
    scratch: Path,
) -> _Read:
    """Read the posts first: they tell which pages there are, and whose posts comments are under."""
    posts = [
        _corrected(read_posts(raw, study, register, root, scratch), corrections)
        for raw in study.raw.posts
    ]
    _require_usable_rows(study, posts)
    rows = _together("posts", [file.rows for file in posts])
    ids = other_ids(rows) if len(posts) > 1 else NO_OTHER_IDS
    merged = replace(merge_files(with_one_id(rows, ids), scratch), by_address=ids.height)
    names = _page_names(posts)
    pages = _pages_of(names) if register is None else register
    comments = []
    if study.raw.comments:
        known = _known_pages(study, names, pages, merged.posts, ids)
        comments = [read_comments(raw, study, known, root, scratch) for raw in study.raw.comments]
    if not posts:
        _require_usable_rows(study, comments)
    spend = [read_spend(raw, study, pages, root, scratch) for raw in study.raw.spend]
    days = [read_page_days(raw, study, pages, root, scratch) for raw in study.raw.page_days]
    return _Read(pages, posts, ids, merged, comments, spend, days)


def _tables(read: _Read, audiences: pl.DataFrame) -> dict[str, pl.LazyFrame | Path]:
    """Every table by its name: its rows, or a file that holds them as they are."""
    comments = [with_one_id(file.rows, read.ids) for file in read.comments]
    as_they_are = _stand_as_they_are(read.posts, read.merged)
    return {
        "pages": read.pages.lazy(),
        "audiences": audiences.lazy(),
        "posts": read.posts[0].path if as_they_are else read.merged.posts,
        "comments": merge_comments(_together("comments", comments)),
        "spend": add_up_spend(_together("spend", [file.rows for file in read.spend])),
        "page_days": merge_page_days(read.days),
        "rejects": pl.concat([file.rejects for file in read.files]),
    }


def _together(table: str, rows: list[pl.LazyFrame]) -> pl.LazyFrame:
    """Put the rows of files under each other; no file is no rows."""
    return pl.concat([pl.LazyFrame(schema=dtypes(SCHEMAS[table])), *rows])


def _stand_as_they_are(files: list[ReadFile], merged: MergedFiles) -> bool:
    """Whether the rows of the one file of posts are the table, with nothing to put together."""
    return len(files) == 1 and not files[0].corrected and not merged.seen_again


def _require_distinct_files(study: Study) -> None:
    for kind, files in study.raw.by_kind.items():
        paths = [file.path for file in files]
        for path in paths:
            if paths.count(path) > 1:
                raise InputProblem(
                    f"{study.path}, key 'raw.{kind}'", f"'{path}' twice", "a file once"
                )


def _corrected(file: ReadFile, corrections: tuple[Correction, ...]) -> ReadFile:
    of_file = [found for found in corrections if found.file == file.stamp.path]
    rows, n_corrected = correct(file.rows, of_file)
    return replace(file, rows=rows, corrected=n_corrected)


def _page_names(files: list[ReadFile]) -> pl.DataFrame:
    """What files of posts say of their pages, with the number of the file."""
    said = [file.page_names.with_columns(file=number) for number, file in enumerate(files)]
    nothing = pl.DataFrame(schema=SAID_OF_PAGES | {"last": pl.Int64, "file": pl.Int32})
    return pl.concat(said) if said else nothing


def _known_pages(
    study: Study, said: pl.DataFrame, pages: pl.DataFrame, posts: pl.LazyFrame, ids: pl.DataFrame
) -> KnownPages:
    """What the posts and the register tell about the pages under whose posts comments stand."""
    columns = ("platform", "post_id", "page_id")
    of_posts = (
        pl.concat([posts.select(columns), ids.lazy().select(columns)])
        .group_by("platform", "post_id")
        .agg(pl.col("page_id").unique())
        .filter(pl.col("page_id").list.len() == 1)
        .with_columns(pl.col("page_id").list.first())
    )
    names = (
        pl.concat([pages.select(*PAGE_KEY, "name"), said.select(*PAGE_KEY, name="page_name")])
        .group_by(PAGE_KEY)
        .agg(names=pl.col("name").drop_nulls().str.strip_chars().str.to_lowercase().unique())
    )
    return KnownPages(
        of_posts=of_posts.collect(engine="streaming"),
        names=names.join(pages, on=PAGE_KEY, how="semi"),
        pseudonym_key=key_from_environment() if study.privacy.pseudonyms else None,
    )


def _require_usable_rows(study: Study, files: list[ReadFile]) -> None:
    if files and not any(file.rows_usable for file in files):
        raise InputProblem(
            str(study.path),
            f"not one row of its raw files can be used; for example because {_usual_reason(files)}",
            "posts or comments",
        )


def _usual_reason(files: list[ReadFile]) -> str:
    """Why most of the rows that cannot be used cannot."""
    reasons = pl.concat([file.rejects for file in files]).collect()["reason"]
    return str(reasons.value_counts(sort=True)["reason"][0])


def _warnings(file: ReadFile) -> tuple[str, ...]:
    """What a reader of the results should know of a file, that none of it is used before all."""
    if file.rows_usable:
        return file.reading.warnings
    nothing = f"Not one row of it can be used; for example because {_usual_reason([file])}."
    return (nothing, *file.reading.warnings)


def _pages_of(said: pl.DataFrame) -> pl.DataFrame:
    """The pages that the posts name, with the name they were last seen under."""
    pages = (
        said.sort("observed_at", "file", "last", nulls_last=False)
        .group_by(PAGE_KEY, maintain_order=True)
        .agg(
            pl.col("page_name").drop_nulls().last().alias("name"),
            pl.col("tier").unique().sort(),
            pl.col("source_file").last(),
        )
    )
    for page_id, tiers in pages.filter(pl.col("tier").list.len() > 1)["page_id", "tier"].rows():
        raise InputProblem(
            f"page '{page_id}'",
            f"in the tiers {listed(tiers)}",
            "one tier per page",
            "Settle it in a register of pages.",
        )
    missing = [name for name in PAGES.columns if name not in pages.columns]
    return (
        pages.with_columns(
            pl.col("name").fill_null(pl.col("page_id")),
            pl.col("tier").list.first(),
            *(pl.lit(None, PAGE_COLUMNS[name]).alias(name) for name in missing),
        )
        .select(*PAGES.columns)
        .sort(PAGE_KEY)
    )


def _what_looks_odd(study: Study, codes: pd.DataFrame, tables: Path) -> list[str]:
    posts, pages = pl.scan_parquet(tables / "posts.parquet", glob=False), tables / "pages.parquet"
    youngest = timedelta(days=study.minimum_post_age_days)
    return [
        *what_looks_odd(posts, pl.read_parquet(pages, glob=False), youngest, outside_period(study)),
        *unknown_in_words(codes, posts),
    ]


def outside_period(study: Study) -> pl.Expr:
    """Whether a post is known to lie outside the study's period, whose days are those of its zone.

    Of years in which there are no posts, the first or the last one with posts is taken.
    """
    first = max(study.period.start, date(FIRST_YEAR, 1, 1))
    after_last = min(study.period.end, date(LAST_YEAR, 12, 31)) + timedelta(days=1)
    start, end = (
        datetime.combine(day, time(), study.zone).astimezone(UTC) for day in (first, after_last)
    )
    return (~pl.col("published_at").is_between(start, end, closed="left")).fill_null(value=False)


def _passport(
    study: Study,
    root: Path,
    files: list[ReadFile],
    merged: MergedFiles,
    tables: Path,
    *,
    odd: tuple[str, ...],
) -> Passport:
    kept = {kind: _rows_by_file(tables / f"{kind}.parquet") for kind in study.raw.by_kind}
    entries = tuple(
        _raw_file_passport(file, kept[file.source.kind].get(file.stamp.path, 0), study.zone)
        for file in files
    )
    return Passport(
        study=study.name,
        title=study.title,
        simulated=study.simulated,
        made_at=datetime.now(UTC).replace(microsecond=0),
        readers_sha256=readers_sha256(),
        study_file=FileStamp.of(name_from(study.path, root), root),
        beside=tuple(FileStamp.of(name, root) for name in read_beside(study, root)),
        files=entries,
        rows=_total([entry.rows for entry in entries]),
        pages=height(pl.scan_parquet(tables / "pages.parquet", glob=False)),
        posts=sum(kept["posts"].values()),
        comments=sum(kept["comments"].values()),
        merges=Merges(
            posts=merged.seen_again,
            posts_by_address=merged.by_address,
            posts_changed=merged.changed,
            counts_fallen=merged.fallen,
            posts_unlike=merged.unlike,
        ),
        pseudonym_key=key_digest(key_from_environment()) if _has_pseudonyms(study) else None,
        study_warnings=odd,
    )


def _has_pseudonyms(study: Study) -> bool:
    return study.privacy.pseudonyms and bool(study.raw.comments)


def _rows_by_file(table: Path) -> dict[str, int]:
    counts = pl.scan_parquet(table, glob=False).group_by("source_file").len()
    return dict(counts.collect(engine="streaming").iter_rows())


def _raw_file_passport(file: ReadFile, n_kept: int, zone: ZoneInfo) -> RawFilePassport:
    first, last = (moment.astimezone(zone) if moment else None for moment in file.period)
    return RawFilePassport(
        file=file.stamp,
        kind=file.source.kind,
        format=file.source.name,
        rows=RowCounts(
            read=file.reading.rows_read,
            kept=n_kept,
            merged=file.rows_usable - n_kept,
            rejected=file.reading.rows_read - file.rows_usable,
        ),
        values_corrected=file.corrected,
        earliest=first,
        latest=last,
        decided=file.reading.decided,
        warnings=_warnings(file),
    )


def _total(counts: list[RowCounts]) -> RowCounts:
    return RowCounts(
        read=sum(count.read for count in counts),
        kept=sum(count.kept for count in counts),
        merged=sum(count.merged for count in counts),
        rejected=sum(count.rejected for count in counts),
    )
