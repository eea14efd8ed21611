"""Raw files, each read into a scratch file with its usable rows and one with the others."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pandera.polars as pa
import polars as pl

from analysis.ingest.passport import FileStamp
from analysis.problems import InputProblem
from analysis.sources.comments import KnownPages
from analysis.sources.reading import (
    CommentSource,
    Reading,
    Source,
    comments_source_of,
    source_without_people,
)
from analysis.sources.remarks import count_remarks
from analysis.sources.scratch import to_scratch, write_rows
from analysis.sources.seen import seen_names
from analysis.study import FileKind, RawFile, Study
from analysis.tables import COMMENTS, PAGE_DAYS, POSTS, REJECTS, SPEND, UTC, dtypes

PAGE_KEY = ("platform", "page_id")
SAID_OF_PAGES: dict[str, pl.DataType] = {
    **dict.fromkeys((*PAGE_KEY, "page_name", "tier", "tier_in_file", "source_file"), pl.String()),
    "observed_at": UTC,
}
NOON = timedelta(hours=12)
TIMES: dict[FileKind, pl.Expr] = {
    "posts": pl.col("published_at"),
    "comments": pl.col("created_at"),
    # Noon is on the same day in nearly every zone.
    "page_days": pl.col("day").cast(UTC) + NOON,
}
OTHER_PAGE = pl.lit("its page is not among the pages of the study")


@dataclass(frozen=True)
class ReadFile:
    """One raw file that was read.

    Attributes
    ----------
    rows : polars.LazyFrame
        Its usable rows, with the columns of their table; as they were read, they are in ``path``.
    rejects : polars.LazyFrame
        The others, with the reason of each.
    page_names : polars.DataFrame
        What its usable rows say of their pages, each time with the last such row: ``last`` and,
        of posts, the columns of :data:`SAID_OF_PAGES`; of others the key of a page.
    period : tuple
        First and last time of its usable rows, in UTC; what pages spend has no times.
    corrected : int
        Values that reviewed corrections have changed in ``rows``.
    """

    stamp: FileStamp
    source: Source | CommentSource
    reading: Reading
    path: Path
    rows: pl.LazyFrame
    rows_usable: int
    rejects: pl.LazyFrame
    page_names: pl.DataFrame
    period: tuple[datetime | None, datetime | None]
    corrected: int = 0


def read_posts(
    raw_file: RawFile, study: Study, register: pl.DataFrame | None, root: Path, scratch: Path
) -> ReadFile:
    """Read a file of posts; the rows of no page or tier of the study cannot be used."""
    path = root / raw_file.path
    with _stamped(raw_file, root) as stamp:
        source = source_without_people(path, raw_file, "posts")
        reading = source.read(path, raw_file, study.zone, scratch)
    rows = _with_tier(reading.rows, raw_file, study, register)
    if study.privacy.leave_out_messages:
        rows = rows.with_columns(message=pl.lit(None, pl.String), raw=pl.lit(None, pl.String))
    aside = scratch / f"posts-{study.raw.posts.index(raw_file)}"
    file = _put_aside(stamp.result(), source, reading, rows, table=POSTS, aside=aside)
    if register is not None:
        _require_tier_of_register(file)
    return file


def read_comments(
    raw_file: RawFile, study: Study, known: KnownPages, root: Path, scratch: Path
) -> ReadFile:
    """Read a file of comments; those under no post of the study cannot be used."""
    path = root / raw_file.path
    with _stamped(raw_file, root) as stamp:
        source = comments_source_of(path, raw_file)
        reading = source.read(path, raw_file, study.zone, scratch, known)
    rows = _on_pages_of_the_study(reading.rows, known)
    aside = scratch / f"comments-{study.raw.comments.index(raw_file)}"
    return _put_aside(stamp.result(), source, reading, rows, table=COMMENTS, aside=aside)


def read_spend(
    raw_file: RawFile, study: Study, pages: pl.DataFrame, root: Path, scratch: Path
) -> ReadFile:
    """Read a file of what pages spend; that of no page of the study cannot be used."""
    stamp, source, reading = _read_about_pages(raw_file, "spend", study, root, scratch)
    rows = _of_known_pages(reading.rows, pages)
    aside = scratch / f"spend-{study.raw.spend.index(raw_file)}"
    return _put_aside(stamp, source, reading, rows, table=SPEND, aside=aside)


def read_page_days(
    raw_file: RawFile, study: Study, pages: pl.DataFrame, root: Path, scratch: Path
) -> ReadFile:
    """Read a file of a whole page's days; of a page that is not in the study none can be used.

    Where the file does not tell the platform, the page's id does.
    """
    stamp, source, reading = _read_about_pages(raw_file, "page_days", study, root, scratch)
    of_id = pages.lazy().unique("page_id", keep="none").select("page_id", of_id="platform")
    rows = reading.rows.join(of_id, on="page_id", how="left", maintain_order="left").with_columns(
        platform=pl.coalesce("platform", "of_id")
    )
    aside = scratch / f"page_days-{study.raw.page_days.index(raw_file)}"
    return _put_aside(
        stamp, source, reading, _of_known_pages(rows, pages), table=PAGE_DAYS, aside=aside
    )


def _read_about_pages(
    raw_file: RawFile, kind: FileKind, study: Study, root: Path, scratch: Path
) -> tuple[FileStamp, Source, Reading]:
    path = root / raw_file.path
    with _stamped(raw_file, root) as stamp:
        source = source_without_people(path, raw_file, kind)
        reading = source.read(path, raw_file, study.zone, scratch)
    return stamp.result(), source, reading


def _of_known_pages(rows: pl.LazyFrame, pages: pl.DataFrame) -> pl.LazyFrame:
    """Give the rows about a page that is not in the study a reason."""
    known = pages.lazy().select(*PAGE_KEY, in_study=True)
    return rows.join(known, on=PAGE_KEY, how="left", maintain_order="left").with_columns(
        reason=pl.coalesce("reason", pl.when(pl.col("in_study").is_null()).then(OTHER_PAGE))
    )


@contextmanager
def _stamped(raw_file: RawFile, root: Path) -> Iterator[Future[FileStamp]]:
    """Stamp a file while it is read; that it is another file is said before what is in it."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        stamp = beside.submit(_stamp, raw_file, root)
        try:
            yield stamp
        finally:
            stamp.result()


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
    table: pa.DataFrameSchema,
    aside: Path,
) -> ReadFile:
    """Part the usable rows from the others, each in a file of its own, and count them."""
    is_usable, path = pl.col("reason").is_null(), aside.with_suffix(".kept")
    said_of_pages = [*(SAID_OF_PAGES if source.kind == "posts" else PAGE_KEY)]
    said, remarked = write_rows(
        rows.select(*table.columns),
        path,
        _said(rows, said_of_pages + seen_names(reading.seen)),
        count_remarks(rows, reading.remarks),
    )
    rejects = pl.LazyFrame(schema=dtypes(REJECTS))
    # Leaving rows out, and telling why, takes time, so only when there are such rows.
    if said["unusable"].sum():
        rejected = aside.with_suffix(".rejects")
        write_rows(rows.filter(is_usable).select(*table.columns), path)
        rejects = to_scratch(rows.filter(~is_usable).select(*REJECTS.columns), rejected)
    n_kept, n_rejected = height(pl.scan_parquet(path, glob=False)), height(rejects)
    if n_kept + n_rejected != reading.rows_read:
        raise RuntimeError(
            f"{stamp.path} has {reading.rows_read} rows, but {n_kept} were kept and "
            f"{n_rejected} rejected. This is a fault of the reader '{source.name}'."
        )
    return ReadFile(
        stamp=stamp,
        source=source,
        reading=reading.completed(remarked, said),
        path=path,
        rows=pl.scan_parquet(path, glob=False),
        rows_usable=n_kept,
        rejects=rejects,
        page_names=said.group_by(said_of_pages).agg(pl.max("last")).drop_nulls("last"),
        period=_period(pl.scan_parquet(path, glob=False), source.kind),
    )


def _said(rows: pl.LazyFrame, columns: list[str]) -> pl.LazyFrame:
    """Everything that rows say in some columns, with the last usable row that says it.

    ``unusable`` counts the other rows.
    """
    is_usable = pl.col("reason").is_null()
    # Rows that are left out beforehand would be read once more, beside those that are written.
    return rows.group_by(columns).agg(
        last=pl.when(is_usable).then("row").max(), unusable=(~is_usable).sum()
    )


def height(rows: pl.LazyFrame) -> int:
    """How many rows there are."""
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


def _require_tier(raw_file: RawFile) -> None:
    by_row = raw_file.table is not None and raw_file.table.tier_column is not None
    if raw_file.tier is None and not by_row:
        raise InputProblem(
            raw_file.path,
            "nothing tells the tier of its pages",
            "'tier' for this file, 'tier_column' in its table, or a 'register_of_pages'",
        )


def _require_tier_of_register(file: ReadFile) -> None:
    """Raise an InputProblem when a file and the register tell two tiers of one page."""
    otherwise = file.page_names.filter(pl.col("tier_in_file") != pl.col("tier")).sort("last")
    first = otherwise.head(1).select("page_id", "tier_in_file", "tier")
    for page, in_file, in_register in first.rows():
        raise InputProblem(
            file.stamp.path,
            f"its page '{page}' is of tier '{in_file}', and of '{in_register}' in the register",
            "one tier per page",
            "Settle it in the register, or leave the tier out here.",
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


def _period(rows: pl.LazyFrame, kind: FileKind) -> tuple[datetime | None, datetime | None]:
    if kind not in TIMES:
        return None, None
    time = TIMES[kind]
    first, last = rows.select(time.min(), last=time.max()).collect(engine="streaming").row(0)
    return first, last
