"""Raw files to canonical tables: read, checked, merged, and written whole or not at all.

Rows stream: from a raw file to a scratch file with the usable ones, and from there, merged, to the
table. Memory holds the rows of posts that were seen more than once, a share of them at a time.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
import pandera.polars as pa
import polars as pl
import polars.selectors as cs
import pyarrow.parquet as pq
from filelock import FileLock
from pydantic import ValidationError

import analysis
from analysis.corrections import Correction, correct, not_there, read_corrections
from analysis.passport import FileStamp, Merges, Passport, RawFilePassport, RowCounts
from analysis.problems import InputProblem, listed
from analysis.project import CORRECTIONS, processed_folder
from analysis.registers.audiences import audiences_of
from analysis.registers.pages import read_register
from analysis.registers.residents import AREAS
from analysis.sources.comments import (
    KnownPages,
    is_other_key,
    key_digest,
    key_from_environment,
)
from analysis.sources.merging import MergedFiles, add_up_spend, merge_comments, merge_files
from analysis.sources.permalinks import NO_OTHER_IDS, other_ids, with_one_id
from analysis.sources.reading import (
    CommentSource,
    Reading,
    Source,
    comments_source_of,
    posts_source_of,
    spend_source_of,
)
from analysis.sources.scratch import to_scratch
from analysis.study import RawFile, Study
from analysis.suspicious import odd_repeats, what_looks_odd
from analysis.tables import AUDIENCES, COMMENTS, PAGES, POSTS, REJECTS, SPEND, dtypes

SCHEMAS = {
    "pages": PAGES,
    "audiences": AUDIENCES,
    "posts": POSTS,
    "comments": COMMENTS,
    "spend": SPEND,
    "rejects": REJECTS,
}
ONLY_WITH_FILES = ("comments", "spend")
CODING, CODING_SAMPLE = "coding.json", "coding_sample.csv"
KEPT_WHEN_MADE_AGAIN = (CODING, CODING_SAMPLE)
PAGE_COLUMNS = dtypes(PAGES)
PAGE_KEY = ("platform", "page_id")
POST_ORDER = ("platform", "page_id", "published_at", "post_id")
ROWS_AT_A_TIME = 50_000
OTHER_PAGE = pl.lit("its page is not among the pages of the study")
READERS = (
    *("ingest.py", "passport.py", "tables.py", "corrections.py", "suspicious.py"),
    *("registers/*.py", "sources/*.py", "sources/*.toml"),
)


@dataclass(frozen=True)
class Tables:
    """The canonical tables of a study, as pandas tables.

    Numbers that count something are float64, with NaN where nothing was measured; times are in
    UTC; ``paid``, ``by_page`` and ``redirects`` are nullable booleans. Without files of comments
    or of spend, those tables have no rows.
    """

    pages: pd.DataFrame
    posts: pd.DataFrame
    rejects: pd.DataFrame
    audiences: pd.DataFrame = field(default_factory=lambda: _empty(AUDIENCES))
    comments: pd.DataFrame = field(default_factory=lambda: _empty(COMMENTS))
    spend: pd.DataFrame = field(default_factory=lambda: _empty(SPEND))


def _empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    return _as_pandas(pl.DataFrame(schema=dtypes(schema)))


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
        ``rejects.parquet`` and, when the study has such files, ``comments.parquet`` and
        ``spend.parquet``.

    Raises
    ------
    InputProblem
        When a file cannot be used at all, or nothing in any file can.
    OSError
        When the tables cannot be written. What was there before is still there.
    """
    with _only_one_at_a_time(study, root):
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
    passport = _passport_that_fits(study, root)
    if passport is None:
        with _only_one_at_a_time(study, root):
            passport = _passport_that_fits(study, root) or _ingest(study, root)
    return passport


def read_passport(study: Study, root: Path) -> Passport:
    """Read the passport of a study's tables.

    Raises
    ------
    InputProblem
        When there is none that this version can read.
    """
    folder = processed_folder(root, study.name)
    try:
        return Passport.read(folder)
    except (OSError, ValidationError) as error:
        raise _not_ingested(study, folder) from error


def load_tables(study: Study, root: Path) -> Tables:
    """Load the canonical tables of a study that has been ingested.

    Raises
    ------
    InputProblem
        When it has not.
    """
    folder = processed_folder(root, study.name)
    try:
        tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _tables_of(study)}
    except FileNotFoundError as error:
        raise _not_ingested(study, folder) from error
    tables["posts"] = tables["posts"].sort(POST_ORDER)
    return Tables(**{name: _as_pandas(table) for name, table in tables.items()})


def _tables_of(study: Study) -> list[str]:
    """Names of the tables that a study has."""
    return [name for name in SCHEMAS if name not in ONLY_WITH_FILES or study.raw.by_kind[name]]


def _not_ingested(study: Study, folder: Path) -> InputProblem:
    return InputProblem(
        str(folder),
        "no tables",
        "the tables of this study",
        f"Make them with: bereik ingest {study.name}",
    )


def _as_pandas(table: pl.DataFrame) -> pd.DataFrame:
    counts = cs.integer() - cs.by_name("row", require_all=False)
    frame = table.with_columns(counts.cast(pl.Float64)).to_pandas()
    return frame.astype(dict.fromkeys(table.select(cs.boolean()).columns, "boolean"))


@contextmanager
def _only_one_at_a_time(study: Study, root: Path) -> Iterator[None]:
    folder = processed_folder(root, study.name)
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise InputProblem(
                str(place), "a file", "a folder for the tables", "Move the file away."
            )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        yield


def _passport_that_fits(study: Study, root: Path) -> Passport | None:
    folder = processed_folder(root, study.name)
    if not all((folder / f"{name}.parquet").is_file() for name in _tables_of(study)):
        return None
    try:
        passport = Passport.read(folder)
    except (OSError, ValidationError):
        return None
    same_study = passport.study_file.path == _name_from(study.path, root)
    same_readers = passport.readers_sha256 == _readers_sha256()
    other_key = passport.pseudonym_key is not None and is_other_key(passport.pseudonym_key)
    fits = same_study and same_readers and passport.still_fits(root, _read_beside(study, root))
    return passport if fits and not other_key else None


def _read_beside(study: Study, root: Path) -> list[str]:
    """Names of the lists that are read beside the raw files."""
    declared = [name for name in (study.register_of_pages, study.audiences) if name]
    return declared + [name for name in (*AREAS, CORRECTIONS) if (root / name).is_file()]


def _ingest(study: Study, root: Path) -> Passport:
    _require_distinct_files(study)
    register = (
        read_register(root / study.register_of_pages, study) if study.register_of_pages else None
    )
    corrections = read_corrections(root)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        files = [
            _corrected(_read_posts(raw, study, register, root, scratch), corrections)
            for raw in study.raw.posts
        ]
        rows = pl.concat([file.rows for file in files] or [_no_rows()])
        if files and not any(file.rows_usable for file in files):
            raise _nothing_usable(study, files)
        posts = rows.select(*POSTS.columns)
        ids = other_ids(posts) if len(files) > 1 else NO_OTHER_IDS
        merged = replace(merge_files(with_one_id(posts, ids), scratch), by_address=ids.height)
        pages = _pages_of(rows) if register is None else register.lazy()
        whom = audiences_of(study, pages.collect(), root)
        tables = {"pages": pages, "audiences": whom.lazy(), "posts": merged.posts}
        if study.raw.comments:
            known = _known_pages(study, rows, pages, merged.posts, ids)
            comments = [
                _read_comments(raw, study, known, root, scratch) for raw in study.raw.comments
            ]
            if not files and not any(file.rows_usable for file in comments):
                raise _nothing_usable(study, comments)
            under_posts = with_one_id(pl.concat([file.rows for file in comments]), ids)
            tables["comments"] = merge_comments(under_posts)
            files += comments
        if study.raw.spend:
            paid = [_read_spend(raw, study, pages, root, scratch) for raw in study.raw.spend]
            tables["spend"] = add_up_spend(pl.concat([file.rows for file in paid]))
            files += paid
        tables["rejects"] = pl.concat([file.rejects for file in files])
        with _new_folder(processed_folder(root, study.name)) as new:
            for name, table in tables.items():
                _write(table, SCHEMAS[name], new / f"{name}.parquet")
            odd = (*not_there(corrections, root), *_what_looks_odd(study, merged, new))
            passport = _passport(study, root, files, merged, new, odd=odd)
            passport.write(new)
    return passport


@dataclass(frozen=True)
class _ReadFile:
    """One raw file: its usable rows (of posts with ``page_name`` and ``tier``) and the others."""

    stamp: FileStamp
    source: Source | CommentSource
    reading: Reading
    rows: pl.LazyFrame
    rows_usable: int
    rejects: pl.LazyFrame
    corrected: int = 0


def _no_rows() -> pl.LazyFrame:
    return pl.LazyFrame(schema=dtypes(POSTS) | {"page_name": pl.String, "tier": pl.String})


def _require_distinct_files(study: Study) -> None:
    for kind, files in study.raw.by_kind.items():
        paths = [file.path for file in files]
        for path in paths:
            if paths.count(path) > 1:
                raise InputProblem(
                    f"{study.path}, key 'raw.{kind}'", f"'{path}' twice", "a file once"
                )


def _read_posts(
    raw_file: RawFile, study: Study, register: pl.DataFrame | None, root: Path, scratch: Path
) -> _ReadFile:
    stamp = _stamp(raw_file, root)
    path = root / raw_file.path
    source = posts_source_of(path, raw_file)
    reading = source.read(path, raw_file, study.zone, scratch)
    rows = _with_tier(reading.rows, raw_file, study, register)
    if study.privacy.leave_out_messages:
        rows = rows.with_columns(message=pl.lit(None, pl.String), raw=pl.lit(None, pl.String))
    columns = (*POSTS.columns, "page_name", "tier")
    aside = scratch / f"posts-{study.raw.posts.index(raw_file)}"
    if register is None:
        return _put_aside(stamp, source, reading, rows, columns=columns, aside=aside)
    columns = (*columns, "tier_in_file")
    file = _put_aside(stamp, source, reading, rows, columns=columns, aside=aside)
    _require_tier_of_register(file)
    return replace(file, rows=file.rows.drop("tier_in_file"))


def _corrected(file: _ReadFile, corrections: tuple[Correction, ...]) -> _ReadFile:
    of_file = [found for found in corrections if found.file == file.stamp.path]
    rows, n_corrected = correct(file.rows, of_file)
    return replace(file, rows=rows, corrected=n_corrected)


def _read_comments(
    raw_file: RawFile, study: Study, known: KnownPages, root: Path, scratch: Path
) -> _ReadFile:
    stamp = _stamp(raw_file, root)
    path = root / raw_file.path
    source = comments_source_of(path, raw_file)
    reading = source.read(path, raw_file, study.zone, scratch, known)
    rows = _on_pages_of_the_study(reading.rows, known)
    aside = scratch / f"comments-{study.raw.comments.index(raw_file)}"
    return _put_aside(stamp, source, reading, rows, columns=tuple(COMMENTS.columns), aside=aside)


def _read_spend(
    raw_file: RawFile, study: Study, pages: pl.LazyFrame, root: Path, scratch: Path
) -> _ReadFile:
    stamp = _stamp(raw_file, root)
    path = root / raw_file.path
    source = spend_source_of(path, raw_file)
    reading = source.read(path, raw_file, study.zone, scratch)
    known = pages.select(*PAGE_KEY, in_study=True)
    rows = reading.rows.join(known, on=PAGE_KEY, how="left", maintain_order="left").with_columns(
        reason=pl.coalesce("reason", pl.when(pl.col("in_study").is_null()).then(OTHER_PAGE))
    )
    aside = scratch / f"spend-{study.raw.spend.index(raw_file)}"
    return _put_aside(stamp, source, reading, rows, columns=tuple(SPEND.columns), aside=aside)


def _stamp(raw_file: RawFile, root: Path) -> FileStamp:
    stamp = FileStamp.of(raw_file.path, root)
    if raw_file.sha256 not in (None, stamp.sha256):
        raise InputProblem(
            raw_file.path,
            f"its sha256 is {stamp.sha256}",
            f"{raw_file.sha256}, as the study file says",
            "This is another file than the study was made for.",
        )
    return stamp


def _put_aside(
    stamp: FileStamp,
    source: Source | CommentSource,
    reading: Reading,
    rows: pl.LazyFrame,
    *,
    columns: tuple[str, ...],
    aside: Path,
) -> _ReadFile:
    """Part the usable rows from the others, each in a file of its own, and count them."""
    usable = pl.col("reason").is_null()
    kept = to_scratch(rows.filter(usable).select(columns), aside.with_suffix(".kept"))
    n_kept = _height(kept)
    # Telling why rows cannot be used takes another reading, so only when there are such rows.
    if n_kept == reading.rows_read:
        rejects = pl.LazyFrame(schema=dtypes(REJECTS))
    else:
        rejects = to_scratch(
            rows.filter(~usable).select(*REJECTS.columns), aside.with_suffix(".rejects")
        )
    n_rejected = _height(rejects)
    if n_kept + n_rejected != reading.rows_read:
        raise RuntimeError(
            f"{stamp.path} has {reading.rows_read} rows, but {n_kept} were kept and "
            f"{n_rejected} rejected. This is a fault of the reader '{source.name}'."
        )
    return _ReadFile(stamp, source, reading, kept, n_kept, rejects)


def _height(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect().item())


def _with_tier(
    rows: pl.LazyFrame, raw_file: RawFile, study: Study, register: pl.DataFrame | None
) -> pl.LazyFrame:
    """Give every row its tier, and the rows of no page or tier of the study a reason.

    ``tier_in_file`` is what the file, or the study about it, says; the register may say otherwise.
    """
    in_file = pl.coalesce("category", pl.lit(raw_file.tier, pl.String))
    rows = rows.with_columns(tier_in_file=in_file)
    if register is not None:
        tiers = register.lazy().select(*PAGE_KEY, "tier")
        rows = rows.join(tiers, on=PAGE_KEY, how="left", maintain_order="left")
        unknown = pl.format("page '{}' is not in the register of pages", "page_id")
        is_unknown = pl.col("tier").is_null()
    else:
        _require_tier(raw_file)
        rows = rows.with_columns(tier="tier_in_file")
        unknown = pl.format("tier '{}' is not in the study", "tier")
        is_unknown = ~pl.col("tier").is_in(study.tier_names)
    return rows.with_columns(reason=pl.coalesce("reason", pl.when(is_unknown).then(unknown)))


def _known_pages(
    study: Study,
    rows: pl.LazyFrame,
    pages: pl.LazyFrame,
    posts: pl.LazyFrame,
    ids: pl.DataFrame,
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
    named = [
        table.select(*PAGE_KEY, "name") for table in (pages, rows.rename({"page_name": "name"}))
    ]
    names = (
        pl.concat(named)
        .group_by(PAGE_KEY)
        .agg(names=pl.col("name").drop_nulls().str.strip_chars().str.to_lowercase().unique())
    )
    return KnownPages(
        of_posts=of_posts.collect(engine="streaming"),
        names=names.join(pages, on=PAGE_KEY, how="semi").collect(engine="streaming"),
        pseudonym_key=key_from_environment() if study.privacy.pseudonyms else None,
    )


def _on_pages_of_the_study(rows: pl.LazyFrame, known: KnownPages) -> pl.LazyFrame:
    """Give the comments that stand under no post of a page of the study a reason."""
    pages = known.names.lazy().select(*PAGE_KEY, in_study=True)
    rows = rows.join(pages, on=PAGE_KEY, how="left", maintain_order="left")
    reason = (
        pl.when(pl.col("page_id").is_null())
        .then(pl.lit("its post is not among the posts of the study"))
        .when(pl.col("in_study").is_null())
        .then(OTHER_PAGE)
    )
    return rows.with_columns(reason=pl.coalesce("reason", reason))


def _require_tier(raw_file: RawFile) -> None:
    by_row = raw_file.table is not None and raw_file.table.tier_column is not None
    if raw_file.tier is None and not by_row:
        raise InputProblem(
            raw_file.path,
            "nothing tells the tier of its pages",
            "'tier' for this file, 'tier_column' in its table, or a 'register_of_pages'",
        )


def _require_tier_of_register(file: _ReadFile) -> None:
    """Raise an InputProblem when a file and the register tell two tiers of one page."""
    otherwise = file.rows.filter(pl.col("tier_in_file") != pl.col("tier"))
    first = otherwise.select("page_id", "tier_in_file", "tier").head(1).collect(engine="streaming")
    for page, in_file, in_register in first.rows():
        raise InputProblem(
            file.stamp.path,
            f"its page '{page}' is of tier '{in_file}', and of '{in_register}' in the register",
            "one tier per page",
            "Settle it in the register, or leave the tier out here.",
        )


def _nothing_usable(study: Study, files: list[_ReadFile]) -> InputProblem:
    reasons = pl.concat([file.rejects for file in files]).collect()["reason"]
    reason, n = reasons.value_counts(sort=True).row(0)
    return InputProblem(
        str(study.path),
        f"not one row of its raw files can be used; {n} times because {reason}",
        "posts or comments",
    )


def _pages_of(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The pages that the posts name, with the name they were last seen under."""
    names = (
        rows.with_row_index("last")
        .group_by(*PAGE_KEY, "page_name", "tier", "source_file", "observed_at")
        .agg(pl.col("last").max())
        .collect(engine="streaming")
    )
    pages = (
        names.sort("observed_at", "last", nulls_last=False)
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
        .lazy()
    )


def _what_looks_odd(study: Study, merged: MergedFiles, tables: Path) -> list[str]:
    posts, pages = pl.scan_parquet(tables / "posts.parquet"), tables / "pages.parquet"
    youngest = timedelta(days=study.minimum_post_age_days)
    return [
        *odd_repeats(merged.fallen, merged.unlike),
        *what_looks_odd(posts, pl.read_parquet(pages), youngest, _outside_period(study)),
    ]


def _outside_period(study: Study) -> pl.Expr:
    """Whether a post is known to lie outside the study's period."""
    day = pl.col("published_at").dt.convert_time_zone(study.timezone).dt.date()
    return (~day.is_between(study.period.start, study.period.end)).fill_null(value=False)


def _passport(
    study: Study,
    root: Path,
    files: list[_ReadFile],
    merged: MergedFiles,
    tables: Path,
    *,
    odd: tuple[str, ...],
) -> Passport:
    kept = {kind: _rows_by_file(tables / f"{kind}.parquet") for kind in study.raw.by_kind}
    entries = tuple(
        _raw_file_passport(file, kept[file.source.kind].get(file.stamp.path, 0), study.timezone)
        for file in files
    )
    return Passport(
        study=study.name,
        title=study.title,
        simulated=study.simulated,
        made_at=datetime.now(UTC).replace(microsecond=0),
        readers_sha256=_readers_sha256(),
        study_file=FileStamp.of(_name_from(study.path, root), root),
        beside=tuple(FileStamp.of(name, root) for name in _read_beside(study, root)),
        files=entries,
        rows=_total([entry.rows for entry in entries]),
        pages=_height(pl.scan_parquet(tables / "pages.parquet")),
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
    if not table.exists():
        return {}
    counts = pl.scan_parquet(table).group_by("source_file").len()
    return dict(counts.collect(engine="streaming").iter_rows())


def _raw_file_passport(file: _ReadFile, n_kept: int, timezone: str) -> RawFilePassport:
    first, last = _period_of(file, timezone)
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
        first_post=first,
        last_post=last,
        decided=file.reading.decided,
        warnings=file.reading.warnings,
    )


def _period_of(file: _ReadFile, timezone: str) -> tuple[datetime | None, datetime | None]:
    """First and last time in a file of posts or comments; what pages spend has no times."""
    if file.source.kind == "spend":
        return None, None
    column = "published_at" if file.source.kind == "posts" else "created_at"
    time = pl.col(column).dt.convert_time_zone(timezone)
    period = file.rows.select(time.min(), time.max().alias("last"))
    first, last = period.collect(engine="streaming").row(0)
    return first, last


def _total(counts: list[RowCounts]) -> RowCounts:
    return RowCounts(
        read=sum(count.read for count in counts),
        kept=sum(count.kept for count in counts),
        merged=sum(count.merged for count in counts),
        rejected=sum(count.rejected for count in counts),
    )


def _name_from(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def _readers_sha256() -> str:
    """Hash of the code that makes the tables; other code may make other tables."""
    package = Path(analysis.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(file for pattern in READERS for file in package.glob(pattern)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
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


def _write(table: pl.LazyFrame, schema: pa.DataFrameSchema, path: Path) -> None:
    """Write a table, held to its schema a batch at a time.

    pyarrow raises OSError when the disk is full; polars has an error of its own.
    """
    arrow = pl.DataFrame(schema=dtypes(schema)).to_arrow().schema
    with pq.ParquetWriter(path, arrow, compression="zstd") as writer:  # type: ignore[no-untyped-call]
        for batch in table.collect_batches(chunk_size=ROWS_AT_A_TIME, engine="streaming"):
            valid = schema.validate(batch)
            writer.write_table(valid.to_arrow())


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
