"""The pages of a study that can have a report of their own."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.batch.units import PLATFORM, Page
from analysis.project import processed_folder


def pages_of(study: str, root: Path) -> dict[str, Page]:
    """Give the pages of a study whose raw files have been read, by page id and in its order."""
    table = pl.read_parquet(processed_folder(root, study) / "pages.parquet", glob=False).sort(
        "page_id"
    )
    here = table.filter(pl.col("platform") == PLATFORM)
    return {
        page_id: Page(name, tier)
        for page_id, name, tier in here.select("page_id", "name", "tier").iter_rows()
    }
