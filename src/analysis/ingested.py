"""What became of a study's raw files, and what of it is worth a look, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.ingest.passport import Passport, RawFilePassport
from analysis.ingest.raw_files import OTHER_PAGE, PAGE_KEY
from analysis.ingest.rejections import Rejected, by_reason, turned_dates
from analysis.project import processed_folder
from analysis.study import Study

LARGE_SHARE = 0.1
"""Share of the rows of a file that is rejected and worth a loud line."""

REASONS_NAMED = 3
"""How many reasons are named per file."""

ALL_WELL, WORTH_A_LOOK = 0, 1
TIMES = {"posts": "published_at", "comments": "created_at"}


@dataclass(frozen=True)
class IngestReport:
    """What became of a study's raw files.

    Attributes
    ----------
    rejected : dict of str to tuple of Rejected
        By file, why rows of it cannot be used, most frequent first; files without such rows are
        not in it. What pages that are not in the study spend is not counted: a report on spend is
        of a whole country.
    loud : tuple of str
        What changes every result, one sentence each.
    """

    passport: Passport
    rejected: dict[str, tuple[Rejected, ...]]
    loud: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 when something is worth a look, else 0."""
        return WORTH_A_LOOK if self.rejected or self.loud else ALL_WELL

    def __rich__(self) -> RenderableType:
        """Show the files, the reasons and what is worth a look, for a terminal."""
        parts: list[RenderableType] = [self.passport]
        if self.rejected:
            parts.append(self._reasons_table())
        return Group(*parts, self.worth_a_look())

    def worth_a_look(self) -> Group:
        """Show only what changes every result."""
        return Group(*(Text(f"Worth a look: {line}", style="bold yellow") for line in self.loud))

    def _reasons_table(self) -> Table:
        table = Table(title="Rows that are not used", title_justify="left")
        table.add_column("file", overflow="fold")
        table.add_column("rows", justify="right", no_wrap=True)
        table.add_column("because", overflow="fold")
        table.add_column("first in row", justify="right")
        for file, reasons in self.rejected.items():
            for found in reasons[:REASONS_NAMED]:
                why, first = Text(str(found)), f"{found.first_rows[0]:,}"
                table.add_row(Text(file), f"{found.n_rows:,}", why, first)
            if len(reasons) > REASONS_NAMED:
                n_rows = sum(found.n_rows for found in reasons[REASONS_NAMED:])
                more = f"{len(reasons) - REASONS_NAMED:,} other reasons: bereik check tells them"
                table.add_row(Text(file), f"{n_rows:,}", more, "")
        return table


def ingest_report(study: Study, root: Path, passport: Passport) -> IngestReport:
    """Say what became of the raw files of a study whose tables lie in ``data/processed``."""
    folder = processed_folder(root, study.name)
    tables = {
        name: pl.scan_parquet(folder / f"{name}.parquet", glob=False)
        for name in ("pages", "posts", "comments", "rejects")
    }
    rejects = {file.file.path: _rejects_of(file, tables["rejects"]) for file in passport.files}
    rejected = {path: by_reason(rows) for path, rows in rejects.items()}
    rejected = {path: reasons for path, reasons in rejected.items() if reasons}
    loud = [
        *_large_shares(passport, rejected),
        *_turned_dates(study, rejects),
        *_tiers_without_pages(study, tables["pages"]),
        *_nothing_measured(study, tables),
    ]
    return IngestReport(passport, rejected, tuple(loud))


def _rejects_of(file: RawFilePassport, rejects: pl.LazyFrame) -> pl.LazyFrame:
    rows = rejects.filter(pl.col("source_file") == file.file.path)
    return rows.filter(pl.col("reason") != OTHER_PAGE) if file.kind == "spend" else rows


def _large_shares(passport: Passport, rejected: dict[str, tuple[Rejected, ...]]) -> Iterator[str]:
    for file in passport.files:
        reasons = rejected.get(file.file.path, ())
        n_rejected = min(file.rows.rejected, sum(found.n_rows for found in reasons))
        if n_rejected > LARGE_SHARE * file.rows.read:
            yield (
                f"{n_rejected:,} of the {file.rows.read:,} rows of {file.file.path} are not used, "
                f"most often because {reasons[0]}."
            )


def _turned_dates(study: Study, rejects: dict[str, pl.LazyFrame]) -> Iterator[str]:
    for file in study.raw.posts:
        question = turned_dates(file, rejects[file.path])
        if question:
            yield f"{file.path}: {question}"


def _tiers_without_pages(study: Study, pages: pl.LazyFrame) -> Iterator[str]:
    there = set(pages.select(pl.col("tier").unique()).collect()["tier"])
    source = "the register" if study.register_of_pages else "the raw files"
    for tier in study.tiers:
        if tier.name not in there:
            yield (
                f"the tier '{tier.name}' has no page in {source}. Its reports are made, and say "
                "'not measured' throughout."
            )


def _nothing_measured(study: Study, tables: dict[str, pl.LazyFrame]) -> Iterator[str]:
    """Name the tiers whose posts all lie outside the period or are too young, or that have none."""
    what = "posts" if study.raw.posts else "comments"
    for row in _judged_by_tier(study, tables["pages"], tables[what], TIMES[what]):
        if not row["n"]:
            yield f"the pages of the tier '{row['tier']}' have no {what}."
        elif row["n"] == row["outside"] + row["young"]:
            reasons = {
                f"lie outside the study's period, {study.period}": row["outside"],
                f"are younger than {study.minimum_post_age_days} days": row["young"],
            }
            why = " and ".join(f"{n:,} {reason}" for reason, n in reasons.items() if n)
            yield (
                f"not one of the {row['n']:,} {what} of the tier '{row['tier']}' is measured: "
                f"{why}. They are from {row['first']} to {row['last']}."
            )


def _judged_by_tier(
    study: Study, pages: pl.LazyFrame, sent: pl.LazyFrame, time: str
) -> list[dict[str, Any]]:
    """Count for every tier what its pages sent, and what of that is not measured."""
    day = pl.col(time).dt.convert_time_zone(study.timezone).dt.date()
    outside = (~day.is_between(study.period.start, study.period.end)).fill_null(value=False)
    youngest = timedelta(days=study.minimum_post_age_days if study.raw.posts else 0)
    young = (pl.col("observed_at") - pl.col(time) < youngest).fill_null(value=False)
    judged = sent.select(*PAGE_KEY, day=day, outside=outside, young=young & ~outside, there=True)
    found = pages.join(judged, on=PAGE_KEY, how="left").group_by("tier")
    counts = found.agg(
        n=pl.col("there").count(),
        outside=pl.col("outside").sum(),
        young=pl.col("young").sum(),
        first=pl.col("day").min(),
        last=pl.col("day").max(),
    ).collect(engine="streaming")
    by_tier = {row["tier"]: row for row in counts.to_dicts()}
    return [by_tier[tier] for tier in study.tier_names if tier in by_tier]
