"""A large CrowdTangle export to Parquet, and page summaries of it, beside what one would write.

Ours reads every value by its meaning, checks it, looks for posts seen twice and for what is odd,
and writes a passport. pandas gives the same table of posts, as one would write it by hand: the
columns that are needed, numbers and times as such, ids from addresses, reactions added up; it
checks nothing. Bare polars copies all cells as text. Page summaries are the same in the three
ways: posts of each page, and how often each count is measured and its median. Each way runs in a
process of its own, so that its peak of memory is its own, and none while what another one wrote is
still on its way to the disk. They take turns, three times; the middle of the three is shown.

Run: ``python benchmarks/ingest.py --rows 5000000`` (2.6 GB in a temporary folder)
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROWS = 500_000
CHUNK = 250_000
ROUNDS = 3
REACTIONS = ["Likes", "Love", "Wow", "Haha", "Sad", "Angry", "Care"]
NUMBERS = [*REACTIONS, "Comments", "Shares", "Followers at Posting", "Post Views"]
TEXT = ["Facebook Id", "Page Name", "Type", "URL", "Message", "Post Created"]
NAMES = {
    "Facebook Id": "page_id",
    "Page Name": "page_name",
    "URL": "permalink",
    "Message": "message",
    "Followers at Posting": "followers_at_posting",
    "Post Views": "views",
    "Comments": "comments",
    "Shares": "shares",
    **{name: f"reactions_{name.lower()}" for name in REACTIONS},
}
KINDS = {"Photo": "photo", "Link": "link", "Native Video": "video", "Status": "text"}
PAGE = ["platform", "page_id"]
COUNTS = ["reactions", "reactions_like", "comments", "shares"]
GIBIBYTE = 1024**3
STUDY = """
title = "A large export"
period = {start = 2022-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
[[raw.posts]]
path = "posts.csv"
simulated = true
tier = "gemeente"
observed_at = 2024-01-31
"""


def make_export(folder: Path, rows: int) -> None:
    from simulated.crowdtangle_posts import write_export

    write_export(folder / "posts.csv", rows)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")


def export_of_ours(folder: Path) -> None:
    from analysis.ingest.making import ingest
    from analysis.study_file import load_study

    ingest(load_study(folder / "study.toml", folder), folder)


def export_of_pandas(folder: Path) -> None:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer, columns = None, [*TEXT, *NUMBERS]
    text = dict.fromkeys(TEXT, str)
    for chunk in pd.read_csv(folder / "posts.csv", chunksize=CHUNK, usecols=columns, dtype=text):
        created = pd.to_datetime(chunk["Post Created"].str.slice(0, 19))
        posts = chunk.rename(columns=NAMES).drop(columns=["Post Created", "Type"])
        posts["platform"] = "facebook"
        posts["post_id"] = chunk["URL"].str.extract(r"/posts/(\d+)", expand=False)
        posts["published_at"] = created.dt.tz_localize("Etc/GMT-1").dt.tz_convert("UTC")
        posts["kind"] = chunk["Type"].map(KINDS)
        posts["reactions"] = chunk[REACTIONS].sum(axis=1)
        table = pa.Table.from_pandas(posts, preserve_index=False)
        writer = writer or pq.ParquetWriter(folder / "pandas.parquet", table.schema)
        writer.write_table(table.cast(writer.schema))
    if writer:
        writer.close()


def export_of_polars(folder: Path) -> None:
    import polars as pl

    cells = pl.scan_csv(folder / "posts.csv", infer_schema=False)
    cells.sink_parquet(folder / "polars.parquet")


def pages_of_ours(folder: Path) -> None:
    import polars as pl

    from analysis.ingest.suspicious import page_facts

    page_facts(pl.scan_parquet(posts_table(folder)))


def pages_of_pandas(folder: Path) -> None:
    import pandas as pd

    posts = pd.read_parquet(posts_table(folder), columns=[*PAGE, *COUNTS])
    posts.groupby(PAGE)[COUNTS].agg(["size", "count", "median"])


def pages_of_polars(folder: Path) -> None:
    import polars as pl

    pages = pl.scan_parquet(posts_table(folder)).group_by(PAGE)
    measured = [pl.col(name).count().alias(f"{name} measured") for name in COUNTS]
    medians = [pl.col(name).median().alias(f"{name} median") for name in COUNTS]
    pages.agg(pl.len(), *measured, *medians).collect(engine="streaming")


def posts_table(folder: Path) -> Path:
    return folder / "data" / "processed" / "study" / "posts.parquet"


EXPORT = {
    "analysis.ingest.making": export_of_ours,
    "pandas, the same table in chunks": export_of_pandas,
    "polars, the cells as text": export_of_polars,
}
PAGES = {
    "analysis.ingest.suspicious.page_facts": pages_of_ours,
    "pandas, read_parquet and groupby": pages_of_pandas,
    "polars, scan_parquet and group_by": pages_of_polars,
}
WAYS = EXPORT | PAGES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        way, folder = asked.one
        print(json.dumps(measured(way, Path(folder), asked.rows)))
        return
    with tempfile.TemporaryDirectory() as name:
        in_own_process("make", name, asked.rows)
        size = (Path(name) / "posts.csv").stat().st_size / GIBIBYTE
        print(f"{asked.rows:,} posts, {size:.2f} GiB\n")
        compare("CSV to Parquet", list(EXPORT), name, asked.rows)
        compare("Page summaries", list(PAGES), name, asked.rows)


def measured(way: str, folder: Path, rows: int) -> dict[str, float]:
    """Run one way in this process; seconds include its imports."""
    started = time.perf_counter()
    if way == "make":
        make_export(folder, rows)
    else:
        WAYS[way](folder)
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "gibibytes": usage.ru_maxrss * 1024 / GIBIBYTE,
    }


def in_own_process(way: str, folder: str, rows: int) -> dict[str, float]:
    os.sync()
    command = [sys.executable, __file__, "--rows", str(rows), "--one", way, folder]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(finished.stdout))


def middle(found: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each figure over the rounds."""
    return {name: median(of_round[name] for of_round in found) for name in found[0]}


def compare(title: str, ways: list[str], folder: str, rows: int) -> None:
    """Print one table, and which of the three targets are met."""
    rounds = [[in_own_process(way, folder, rows) for way in ways] for _ in range(ROUNDS)]
    ours, pandas, polars = map(middle, zip(*rounds, strict=True))
    print(f"{title:36}{'seconds':>9}{'ratio':>8}{'processor':>11}{'peak GiB':>10}")
    for way, found in zip(ways, (ours, pandas, polars), strict=True):
        ratio = found["seconds"] / ours["seconds"]
        print(
            f"{way:36}{found['seconds']:9.1f}{ratio:8.2f}"
            f"{found['processor']:11.1f}{found['gibibytes']:10.2f}"
        )
    targets = {
        "at most 1 GiB": ours["gibibytes"] <= 1,
        "1.5 times faster than pandas": pandas["seconds"] >= 1.5 * ours["seconds"],
        "within 1.6 times bare polars": ours["seconds"] <= 1.6 * polars["seconds"],
    }
    print("; ".join(f"{target}: {'yes' if met else 'NO'}" for target, met in targets.items()), "\n")


if __name__ == "__main__":
    main()
