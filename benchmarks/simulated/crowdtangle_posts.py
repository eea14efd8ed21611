"""A large CSV as CrowdTangle wrote them: 41 columns, messages with quotes, accents, line ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from analysis.demo.crowdtangle import HEADER, INTERACTIONS, WEIGHTED_TOTAL

PAGES = 2_000
POSTS_AT_A_TIME = 250_000
LAST_POST = datetime(2023, 12, 31, 21, 0)
TIME_BETWEEN_POSTS = timedelta(seconds=6)
FIRST_PAGE_ID, LAST_POST_ID = 100_000_000_000_000, 3_000_000_000_000_000
KINDS = {"Photo": 0.5, "Link": 0.28, "Native Video": 0.14, "Status": 0.08}
SHARES_OF_INTERACTIONS = (0.68, 0.06, 0.12, 0.06, 0.01, 0.02, 0.015, 0.025, 0.01)
DESCRIPTION = "Wij houden u op de hoogte van wat er in onze gemeente gebeurt."
MESSAGES = (
    "De brug bij de sluis is vannacht dicht; volg de omleiding.",
    'Vandaag hangt de vlag uit: "vrijheid geef je door".',
    "Heb je vragen over de nieuwe regels? Bel ons, of kijk op de website.",
    "Eén druk op de knop is genoeg: test je rookmelder.\n\nSamen houden we het veilig 🔔",
    "Denk mee over de toekomst van het plein, dé plek in de buurt.",
)


def write_export(path: Path, rows: int) -> None:
    """Write an export of ``rows`` posts, newest first; about 500 bytes each."""
    rng = np.random.default_rng(1)
    with path.open("wb") as file:
        file.write("\ufeff".encode())
        for start in range(0, rows, POSTS_AT_A_TIME):
            numbers = np.arange(start, min(start + POSTS_AT_A_TIME, rows))
            _posts(numbers, rng).write_csv(file, include_header=start == 0)


def _posts(numbers: np.ndarray, rng: np.random.Generator) -> pl.DataFrame:
    n, luck = len(numbers), rng.gamma(0.8, 1 / 0.8, len(numbers))
    counts = {
        name: rng.poisson(60 * share * luck)
        for name, share in zip(INTERACTIONS, SHARES_OF_INTERACTIONS, strict=True)
    }
    drawn = pl.DataFrame(
        {
            "number": numbers,
            "page": rng.integers(PAGES, size=n),
            "Type": rng.choice(list(KINDS), n, p=list(KINDS.values())),
            "video views": rng.poisson(800 * luck),
            **{f"text {part}": rng.choice(MESSAGES, n) for part in range(2)},
            **counts,
        }
    )
    return drawn.with_columns(
        created=pl.lit(LAST_POST) - pl.col("number") * pl.lit(TIME_BETWEEN_POSTS),
        total=pl.sum_horizontal(INTERACTIONS),
        views=pl.when(pl.col("Type") == "Native Video").then("video views").otherwise(0),
    ).select(_columns())


def _columns() -> list[pl.Expr]:
    """CrowdTangle's columns in its order; those not named are empty."""
    page, number = pl.col("page"), pl.col("number")
    day = pl.col("created").dt.to_string("%Y-%m-%d")
    time = pl.col("created").dt.to_string("%H:%M:%S")
    total = _with_thousands(pl.col("total"))
    address = pl.format("https://www.facebook.com/gemeente{}/", page)
    filled = {
        "Page Name": pl.format("Gemeente {}", page),
        "User Name": pl.format("gemeente{}", page),
        "Facebook Id": page + FIRST_PAGE_ID,
        "Page Category": pl.lit("CITY"),
        "Page Admin Top Country": pl.lit("NL"),
        "Page Description": pl.lit(DESCRIPTION),
        "Page Created": pl.lit("2011-03-01 09:00:00"),
        "Likes at Posting": 1_000 + 17 * page,
        "Followers at Posting": 1_100 + 18 * page,
        "Post Created": pl.format("{} {} CET", day, time),
        "Post Created Date": day,
        "Post Created Time": time,
        "Type": pl.col("Type"),
        "Total Interactions": total,
        **{name: pl.col(name) for name in INTERACTIONS},
        "Is Video Owner?": pl.lit("-"),
        "Post Views": pl.col("views"),
        "Total Views": pl.col("views"),
        "Total Views For All Crossposts": pl.lit(0),
        "Video Length": pl.lit("N/A"),
        "URL": pl.format("{}posts/{}", address, LAST_POST_ID - number),
        "Message": pl.format("Bericht {}. {} {}", number, "text 0", "text 1"),
        "Link": pl.format("{}photos/{}", address, LAST_POST_ID - number),
        WEIGHTED_TOTAL: total,
        "Overperforming Score": pl.lit("1,4"),
    }
    return [filled.get(name, pl.lit(None, pl.String)).alias(name) for name in HEADER]


def _with_thousands(count: pl.Expr) -> pl.Expr:
    rest = (count % 1_000).cast(pl.String)
    grouped = pl.format("{}.{}", count // 1_000, rest.str.zfill(3))
    return pl.when(count < 1_000).then(rest).otherwise(grouped)
