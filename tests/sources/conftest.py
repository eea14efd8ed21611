"""Fixtures for readers of export formats."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.sources.crowdtangle import read
from analysis.sources.reading import Reading, source_of
from analysis.study import RawFile

POST_2020 = {
    "Page Name": "Gemeente Voorbeeld",
    "User Name": "voorbeeld",
    "Facebook Id": "100000000000001",
    "Likes at Posting": "1200",
    "Created": "2020-10-22 16:28:06 CEST",
    "Type": "Photo",
    "Likes": "10",
    "Comments": "3",
    "Shares": "2",
    "Love": "1",
    "Wow": "0",
    "Haha": "0",
    "Sad": "0",
    "Angry": "4",
    "Care": "1",
    "Video Share Status": "",
    "Post Views": "0",
    "Total Views": "0",
    "Total Views For All Crossposts": "0",
    "Video Length": "N/A",
    "URL": "https://www.facebook.com/voorbeeld/posts/1001",
    "Message": "De brug is open.",
    "Link": "",
    "Final Link": "",
    "Image Text": "",
    "Link Text": "",
    "Description": "",
    "Sponsor Id": "",
    "Sponsor Name": "",
    "Overperforming Score": "-1.18",
}

LATE_COLUMNS = (
    *("Page Name", "User Name", "Facebook Id", "Page Category", "Page Admin Top Country"),
    *("Page Description", "Page Created", "Likes at Posting", "Followers at Posting"),
    *("Post Created", "Post Created Date", "Post Created Time", "Type", "Total Interactions"),
    *("Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care"),
    *("Video Share Status", "Is Video Owner?", "Post Views", "Total Views"),
    *("Total Views For All Crossposts", "Video Length", "URL", "Message", "Link", "Final Link"),
    *("Image Text", "Link Text", "Description", "Sponsor Id", "Sponsor Name", "Sponsor Category"),
    "Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x )",
)

POST_LATE = {
    column: POST_2020.get(column, "")
    for column in LATE_COLUMNS
    if not column.startswith("Overperforming")
} | {
    "Followers at Posting": "1500",
    "Post Created": "2021-07-06 10:00:00 EDT",
    "Post Created Date": "2021-07-06",
    "Post Created Time": "10:00:00",
    "Total Interactions": "21",
    LATE_COLUMNS[-1]: "1,4",
}

Writer = Callable[..., Path]


@pytest.fixture
def write_posts(tmp_path: Path) -> Writer:
    """Write posts as a CSV table; every post is given as its changes from a whole one."""

    def write(
        *changes: dict[str, str], post: dict[str, str] = POST_2020, name: str = "posts.csv"
    ) -> Path:
        path = tmp_path / name
        posts = [post | change for change in changes or ({},)]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(posts[0]))
            writer.writeheader()
            writer.writerows(posts)
        return path

    return write


@pytest.fixture
def read_crowdtangle(tmp_path: Path) -> Callable[..., tuple[pl.DataFrame, Reading]]:
    """Read a CrowdTangle export for a Dutch study."""

    def read_file(
        path: Path, zone: str = "Europe/Amsterdam", **known: object
    ) -> tuple[pl.DataFrame, Reading]:
        raw_file = RawFile.model_validate({"path": path.name, "simulated": False, **known})
        reading = read(path, raw_file, ZoneInfo(zone), tmp_path)
        return reading.rows.collect(), reading.read_through()

    return read_file


@pytest.fixture
def read_export(tmp_path: Path) -> Callable[..., tuple[pl.DataFrame, Reading]]:
    """Read any export that is recognised, for a Dutch study."""

    def read_file(
        path: Path, zone: str = "Europe/Amsterdam", **known: object
    ) -> tuple[pl.DataFrame, Reading]:
        raw_file = RawFile.model_validate({"path": path.name, "simulated": False, **known})
        reading = source_of(path, raw_file).read(path, raw_file, ZoneInfo(zone), tmp_path)
        return reading.rows.collect(), reading.read_through()

    return read_file
