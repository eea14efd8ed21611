"""Facebook's old Page Insights export of posts ("Post data"), which ended with the classic pages.

The file has two header rows: names, and below them what each number counts. Some names stand
there twice, once for people and once for times; the description tells them apart. Which numbers
there are depends on what was chosen; see for instance
https://developers.facebook.com/docs/graph-api/reference/v15.0/insights for the metrics' meaning.
Times are Pacific without saying so: that is an assumption, as Meta's other exports have it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.boosting import remarks_on_parts, was_paid
from analysis.sources.canonical import (
    canonical_rows,
    column_marks,
    count_checks,
    decided_marks,
    kind_of,
    latest_post,
    unclear_marks,
    with_counts,
)
from analysis.sources.definitions import IMPRESSIONS, REACH, definition_on
from analysis.sources.dialect import open_table, read_header
from analysis.sources.headers import Cells, columns_by_meaning
from analysis.sources.post_ids import page_of_post_id, plain_post_id
from analysis.sources.published import PACIFIC, on_the_clock_of
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import warnings_of
from analysis.sources.text_table import TextTable
from analysis.sources.times import observed
from analysis.study import RawFile

WORDS = {
    "Post ID": "post_id",
    "Permalink": "permalink",
    "Post Message": "message",
    "Type": "kind",
    "Posted": "published",
    "Lifetime Post Total Reach": "reach",
    "Lifetime Post organic reach": "reach_organic",
    "Lifetime Post Paid Reach": "reach_paid",
    "Lifetime Post Total Impressions": "views",
    "Lifetime Post Organic Impressions": "views_organic",
    "Lifetime Post Paid Impressions": "views_paid",
    "Lifetime Post Stories by action type - like": "reactions_like",
    "Lifetime Post Stories by action type - comment": "comments",
    "Lifetime Post Stories by action type - share": "shares",
    "Lifetime Post Consumptions by type - link clicks": "link_clicks",
}
COUNTS = (
    *("reach", "reach_organic", "reach_paid"),
    *("views", "views_organic", "views_paid"),
    *("reactions_like", "comments", "shares", "link_clicks"),
)
SIGNATURE = {"post_id", "published", "kind"}
DESCRIPTION = "Lifetime:"


def recognises(path: Path) -> bool:
    """Whether a file's header is this export's."""
    header = read_header(path)
    has_numbers = any(name.startswith("Lifetime ") for name in header)
    return has_numbers and columns_by_meaning(header, WORDS).keys() >= SIGNATURE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read an export of posts. Views are impressions.

    ``reactions`` are missing: the export counts likes, comments and shares as stories.

    Raises
    ------
    InputProblem
        When the file is no readable table, lacks the post or its time, or has no posts.
    """
    table = open_table(path, scratch)
    columns = columns_by_meaning(table.columns, WORDS)
    table.require(*(name for name, field in WORDS.items() if field in SIGNATURE - columns.keys()))
    table, descriptions = _without_descriptions(table)
    counted = {field: columns[field] for field in COUNTS if field in columns}
    marks = column_marks(table, counted.values())
    table = with_counts(table, marks)
    table, published = on_the_clock_of(table, columns["published"], PACIFIC, raw_file.date_order)
    cells = Cells(table, columns)
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            _fields(cells, published.time) | {"published_at": published.time},
            counts_taken,
            [*published.checks, *count_checks(table, counted.values())],
        ),
        rows_read=table.rows_read,
        decided=table.decided
        | published.decided
        | {"observed_at": counts_taken.decided}
        | {field: _in_words(column, descriptions) for field, column in counted.items()}
        | decided_marks(marks),
        warnings=(
            *table.warnings,
            *published.warnings,
            *unclear_marks(marks),
            *warnings_of(table, [*published.remarks, *remarks_on_parts(cells, "views")]),
        ),
    )


def _without_descriptions(table: TextTable) -> tuple[TextTable, dict[str, str]]:
    """The table without its second header row, and what that row says of each column."""
    cells = {name: table.cell(name) for name in table.columns if name}
    second = table.rows.filter(pl.col("row") == 2).select(**cells).collect()
    found = second.row(0, named=True) if second.height else {}
    descriptions = {name: text for name, text in found.items() if text is not None}
    if not any(text.startswith(DESCRIPTION) for text in descriptions.values()):
        return table, {}
    if table.rows_read == 1:
        raise InputProblem(str(table.path), "two header rows and no posts", "posts below them")
    rows = table.rows.filter(pl.col("row") != 2)
    return replace(table, rows=rows, rows_read=table.rows_read - 1), descriptions


def _fields(cells: Cells, published: pl.Expr) -> dict[str, pl.Expr]:
    text = cells.text
    numbers = {field: cells.number(field) for field in COUNTS}
    return {
        "platform": pl.lit("facebook"),
        "page_id": page_of_post_id(text("post_id")),
        "post_id": plain_post_id(text("post_id")),
        "published_precision": pl.lit("second"),
        "kind": kind_of(text("kind")),
        "message": text("message"),
        "permalink": text("permalink"),
        **numbers,
        "views_definition": definition_on(IMPRESSIONS, published),
        "reach_definition": definition_on(REACH, published),
        "paid": was_paid(numbers["reach_paid"], numbers["views_paid"]),
    }


def _in_words(column: str, descriptions: dict[str, str]) -> str:
    described = descriptions.get(column)
    return f"{column} ({described})" if described else column


SOURCE = Source(
    name="page_insights_csv",
    title="Facebook Page Insights export of posts (classic pages)",
    recognises=recognises,
    read=read,
    takes_date_order=True,
    gives={
        **{meaning: word for word, meaning in WORDS.items() if meaning != "published"},
        "platform": "(facebook)",
        "page_id": "Post ID",
        "published_at": "Posted",
        "paid": "(whether the paid parts are above zero)",
    },
)
