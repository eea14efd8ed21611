"""The tidy results: one row per estimate, the same columns in every study."""

from __future__ import annotations

from typing import Any

import polars as pl

ESTIMATE_MIME = "application/vnd.bereik.estimate+json"
"""Key under which a shown estimate carries its rows in a notebook's output."""

END_MIME = "application/vnd.bereik.end+json"
"""Key by which an output says that nothing after it belongs in a report."""

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

RESULT_TEXTS: dict[str, str] = {
    "study": "name of the study",
    "notebook": "chapter that shows it",
    "measure": "short name of the number",
    "definition": "how it is made",
    "platform": "where the pages are",
    "tier": "group of pages; `all` for all together",
    "page_id": "the one page that it is of; missing for several",
    "versus": "the tier or platform that it is held against",
    "period": "first and last day of the study",
    "n_pages": "pages or organisations that it rests on",
    "n_posts": "posts that it rests on",
    "estimate": "the number; missing where only its bounds are known",
    "low": "lower end of the interval, or lower bound",
    "high": "upper end of the interval, or upper bound",
    "level": "confidence of the interval from `low` to `high`, two-sided. A verdict goes by one "
    "bound at a time: with six claims each bound alone holds with 1 - .05/6 = 99.17 %, and the "
    "interval between the two with 1 - 2 · .05/6 = 98.33 %, which is 0.983 here",
    "method": "how estimate and interval are computed",
    "unit": "what it counts; shares lie between 0 and 1",
    "p": "p-value, where a test belongs to it",
    "p_adjusted": "the same, adjusted for the other comparisons of its family",
    "claim": "the claim that it decides about",
    "threshold": "the thresholds of that claim",
    "verdict": "what the bounds say of it",
    "reason": "why the estimate or its interval is missing",
    "simulated": "whether the data are made up",
}
"""What each column says, for the codebook. The report rounds; these numbers are not rounded."""


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
