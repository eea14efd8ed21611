"""Simulated comments as the Graph API gives them to a page: posts with comments and replies."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl

from analysis.demo.crowdtangle import PAGES

Node = dict[str, Any]


def write_comments(path: Path, comments: pl.DataFrame) -> None:
    """Write comments as JSON, one post with its comments per line.

    Parameters
    ----------
    path : pathlib.Path
    comments : polars.DataFrame
        As ``analysis.demo.comments.simulate_comments`` gives them.
    """
    posts: dict[str, list[Node]] = defaultdict(list)
    for comment in comments.sort("created_at", maintain_order=True).iter_rows(named=True):
        posts[f"{comment['page_id']}_{comment['post_id']}"].append(comment)
    with path.open("w", encoding="utf-8", newline="") as file:
        for post_id in sorted(posts):
            post = {"id": post_id, **_nested(posts[post_id], under=None)}
            file.write(json.dumps(post, ensure_ascii=False) + "\n")


def _nested(comments: list[Node], under: str | None) -> Node:
    """The comments under a post or under a comment, as far as there are any."""
    nodes = [
        {**_node(comment), **_nested(comments, under=comment["comment_id"])}
        for comment in comments
        if comment["parent_id"] == under
    ]
    return {"comments": {"data": nodes}} if nodes else {}


def _node(comment: Node) -> Node:
    return {
        "id": f"{comment['post_id']}_{comment['comment_id']}",
        "created_time": f"{comment['created_at']:%Y-%m-%dT%H:%M:%S+0000}",
        "from": _author(comment),
        "message": comment["text"],
    }


def _author(comment: Node) -> Node:
    page, person = PAGES[comment["page_id"]], comment["author"]
    if person is None:
        return {"id": page.page_id, "name": page.name}
    return {"id": f"7{page.page_id[-5:]}{person:06}", "name": f"Inwoner {person}"}
