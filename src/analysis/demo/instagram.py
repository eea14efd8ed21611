"""Simulated Instagram posts as CrowdTangle exported them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl

from analysis.demo.channels import account
from analysis.demo.crowdtangle import DASHBOARD_ZONE, in_dutch_locale
from analysis.demo.organisations import OF_NAME

WEIGHTED_TOTAL = "Total Interactions (weighted  —  Likes 1x Comments 1x )"
HEADER = (
    "Account",
    "User Name",
    "Followers at Posting",
    "Post Created",
    "Post Created Date",
    "Post Created Time",
    "Type",
    "Total Interactions",
    "Likes",
    "Comments",
    "Views",
    "URL",
    "Link",
    "Photo",
    "Title",
    "Description",
    "Image Text",
    "Sponsor Id",
    "Sponsor Name",
    WEIGHTED_TOTAL,
)


def write_instagram(path: Path, posts: pl.DataFrame) -> None:
    """Write Instagram posts as a CrowdTangle CSV, newest first.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        As ``analysis.demo.channels.simulate_channel`` gives them.
    """
    newest_first = posts.sort("published_at", "name", descending=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(post) for post in newest_first.iter_rows(named=True))


def _record(post: dict[str, Any]) -> dict[str, str | int]:
    page = OF_NAME[post["name"]]
    local = post["published_at"].replace(tzinfo=DASHBOARD_ZONE)
    total = in_dutch_locale(post["Likes"] + post["Comments"])
    # Codes in Instagram's addresses are shorter, so that this is no real post's.
    address = f"https://www.instagram.com/p/demo-{page.page_id[-5:]}-{post['number']:06}/"
    return {
        "Account": page.name,
        "User Name": account(page, "instagram"),
        "Followers at Posting": post["followers"],
        "Post Created": f"{local:%Y-%m-%d %H:%M:%S %Z}",
        "Post Created Date": f"{local:%Y-%m-%d}",
        "Post Created Time": f"{local:%H:%M:%S}",
        "Type": post["kind"],
        "Total Interactions": total,
        "Likes": post["Likes"],
        "Comments": post["Comments"],
        "Views": 0,
        "URL": address,
        "Link": address,
        "Photo": "https://www.example.org/beeld.jpg",
        "Description": post["message"],
        WEIGHTED_TOTAL: total,
    }
