"""Simulated posts as CrowdTangle exported them in its last years."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from analysis.demo.organisations import ORGANISATIONS, Organisation
from analysis.demo.posts import VIDEO

PAGES = {organisation.page_id: organisation for organisation in ORGANISATIONS}
DASHBOARD_ZONE = ZoneInfo("Europe/Amsterdam")
INTERACTIONS = ("Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care")
WEIGHTED_TOTAL = (
    "Total Interactions (weighted  —  Likes 1x Shares 1x Comments 1x "
    "Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x )"
)
HEADER = (
    "Page Name",
    "User Name",
    "Facebook Id",
    "Page Category",
    "Page Admin Top Country",
    "Page Description",
    "Page Created",
    "Likes at Posting",
    "Followers at Posting",
    "Post Created",
    "Post Created Date",
    "Post Created Time",
    "Type",
    "Total Interactions",
    *INTERACTIONS,
    "Video Share Status",
    "Is Video Owner?",
    "Post Views",
    "Total Views",
    "Total Views For All Crossposts",
    "Video Length",
    "URL",
    "Message",
    "Link",
    "Final Link",
    "Image Text",
    "Link Text",
    "Description",
    "Sponsor Id",
    "Sponsor Name",
    "Sponsor Category",
    WEIGHTED_TOTAL,
    "Overperforming Score",
)


def write_export(path: Path, posts: pl.DataFrame) -> None:
    """Write posts as a CrowdTangle CSV, newest first.

    As in real exports: UTF-8 with a byte order mark, times as the dashboard shows them with the
    zone's abbreviation, totals in the dashboard's locale (here Dutch, ``1.234``), every other
    count plain. Columns that say nothing about an invented page stay empty.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        As ``analysis.demo.posts.simulate`` gives them.
    """
    newest_first = posts.sort("published_at", "page_id", "number", descending=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(post) for post in newest_first.iter_rows(named=True))


def _record(post: dict[str, Any]) -> dict[str, str | int]:
    page = PAGES[post["page_id"]]
    local = post["published_at"].replace(tzinfo=DASHBOARD_ZONE)
    total = in_dutch_locale(sum(post[kind] for kind in INTERACTIONS))
    return {
        "Page Name": page.name,
        "User Name": page.user_name,
        "Facebook Id": page.page_id,
        "Page Category": "GOVERNMENT_ORGANIZATION",
        "Page Admin Top Country": "NL",
        "Page Description": "Simulated page",
        "Likes at Posting": post["page_likes"],
        "Followers at Posting": post["followers"],
        "Post Created": f"{local:%Y-%m-%d %H:%M:%S %Z}",
        "Post Created Date": f"{local:%Y-%m-%d}",
        "Post Created Time": f"{local:%H:%M:%S}",
        "Type": post["kind"],
        "Total Interactions": total,
        **{kind: post[kind] for kind in INTERACTIONS},
        "Message": post["message"],
        WEIGHTED_TOTAL: total,
        **_addresses(post, page),
        **_video(post),
    }


def id_of_post(post: dict[str, Any]) -> str:
    """Give the id under which the public knows a post."""
    return f"{post['page_id'][-5:]}{post['number']:010}"


def address_of_post(post: dict[str, Any]) -> str:
    """Give the public address of a post."""
    return f"https://www.facebook.com/{PAGES[post['page_id']].user_name}/posts/{id_of_post(post)}"


def _addresses(post: dict[str, Any], page: Organisation) -> dict[str, str]:
    post_id = id_of_post(post)
    site = f"https://www.facebook.com/{page.user_name}"
    links = {
        "Photo": f"{site}/photos/{post_id}",
        VIDEO: f"{site}/videos/{post_id}",
        "Link": f"https://www.example.org/nieuws/{post_id}",
    }
    return {
        "URL": address_of_post(post),
        "Link": links.get(post["kind"], ""),
        "Link Text": "Lees verder op onze website" if post["kind"] == "Link" else "",
    }


def _video(post: dict[str, Any]) -> dict[str, str | int]:
    is_video = post["kind"] == VIDEO
    minutes, seconds = divmod(post["seconds"], 60)
    return {
        "Video Share Status": "owned" if is_video else "",
        "Is Video Owner?": "Yes" if is_video else "-",
        "Post Views": post["views"],
        "Total Views": post["views"],
        "Total Views For All Crossposts": 0,
        "Video Length": f"00:{minutes:02}:{seconds:02}" if is_video else "N/A",
    }


def in_dutch_locale(count: int) -> str:
    """Write a count as a Dutch dashboard shows it: 12345 is ``12.345``."""
    return f"{count:,}".replace(",", ".")
