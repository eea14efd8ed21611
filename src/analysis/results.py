"""The tidy results: one row per estimate, the same columns in every study."""

from __future__ import annotations

from typing import Any

import polars as pl

ESTIMATE_MIME = "application/vnd.bereik.estimate+json"
"""Key under which a shown estimate carries its rows in a notebook's output."""

RESULT_COLUMNS: dict[str, type[pl.DataType]] = {
    "study": pl.String,
    "notebook": pl.String,
    "measure": pl.String,
    "definition": pl.String,
    "platform": pl.String,
    "tier": pl.String,
    "page_id": pl.String,
    "versus": pl.String,
    "period": pl.String,
    "n_pages": pl.Int64,
    "n_posts": pl.Int64,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "level": pl.Float64,
    "method": pl.String,
    "unit": pl.String,
    "p": pl.Float64,
    "p_adjusted": pl.Float64,
    "claim": pl.String,
    "threshold": pl.String,
    "verdict": pl.String,
    "reason": pl.String,
    "simulated": pl.Boolean,
}


def results_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Make a table of result rows; a key that a row lacks is missing there.

    Raises
    ------
    ValueError
        When a row has a key that is no results column.
    """
    unknown = {key for row in rows for key in row} - set(RESULT_COLUMNS)
    if unknown:
        raise ValueError(f"no results column: {sorted(unknown)}")
    return pl.DataFrame(rows, schema=RESULT_COLUMNS, orient="row")
