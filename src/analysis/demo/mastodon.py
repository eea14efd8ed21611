"""Simulated statuses as Mastodon's API gives them, one per line."""

from __future__ import annotations

import html
import json
from datetime import UTC
from pathlib import Path
from typing import Any

import polars as pl

from analysis.demo.channels import SERVER, account
from analysis.demo.crowdtangle import DASHBOARD_ZONE
from analysis.demo.organisations import OF_NAME, ORGANISATIONS

Entity = dict[str, Any]
SITE = f"https://{SERVER}"
ATTACHED: dict[str, list[Entity]] = {
    "image": [{"type": "image", "url": "https://www.example.org/beeld.jpg", "description": None}]
}
CARD = {"url": "https://www.example.org/nieuws", "title": "Nieuws", "type": "link"}


def write_statuses(path: Path, posts: pl.DataFrame) -> None:
    """Write statuses as JSON, newest first; also boosts of what other accounts published.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        As ``analysis.demo.channels.simulate_channel`` gives them.
    """
    followers = dict(posts.group_by("name").agg(pl.col("followers").last()).iter_rows())
    newest_first = posts.sort("published_at", "name", descending=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        for post in newest_first.iter_rows(named=True):
            status = _status(post, followers[post["name"]])
            file.write(json.dumps(status, ensure_ascii=False) + "\n")


def _status(post: Entity, followers: int) -> Entity:
    page = OF_NAME[post["name"]]
    name = account(page, "mastodon").partition("@")[0]
    status_id = f"109{page.page_id[-5:]}{post['number']:010}"
    moment = post["published_at"].replace(tzinfo=DASHBOARD_ZONE).astimezone(UTC)
    own = not post["is_boost"]
    return {
        "id": status_id,
        "created_at": f"{moment:%Y-%m-%dT%H:%M:%S.000Z}",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "visibility": "public",
        "language": "nl",
        "url": f"{SITE}/@{name}/{status_id}",
        "replies_count": post["replies"] * own,
        "reblogs_count": post["boosts"] * own,
        "favourites_count": post["favourites"] * own,
        "content": f"<p>{html.escape(post['message'], quote=False)}</p>" * own,
        "reblog": None if own else _other_status(post),
        "media_attachments": ATTACHED.get(post["kind"], []) if own else [],
        "card": CARD if own and post["kind"] == "link" else None,
        "account": {
            "id": page.page_id[-5:],
            "username": name,
            "acct": name,
            "display_name": page.name,
            "note": "Simulated account",
            "url": f"{SITE}/@{name}",
            "followers_count": followers,
        },
    }


def _other_status(post: Entity) -> Entity:
    """What a boost shows: a status of the next organisation in the list."""
    place = ORGANISATIONS.index(OF_NAME[post["name"]]) + 1
    other = account(ORGANISATIONS[place], "mastodon").partition("@")[0]
    status_id = f"108{post['number']:015}"
    return {"id": status_id, "url": f"{SITE}/@{other}/{status_id}", "content": "<p>Lees mee.</p>"}
