"""The comments: consistent with the public counts, and as the stated truth says."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.demo.comment_texts import NEEDS_ANSWER
from analysis.demo.comments import pages_with_comments, simulate_comments
from analysis.demo.posts import simulate
from analysis.demo.truth import TRUTH
from analysis.sources.wording import needs_answer, redirects

Exports = dict[str, list[dict[str, str]]]
Node = dict[str, Any]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5


@pytest.fixture(scope="module")
def nodes(demo_folder: Path) -> list[Node]:
    """Posts with their comments, as they stand in the file."""
    lines = (demo_folder / "comments.ndjson").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def comments() -> pl.DataFrame:
    return simulate_comments(simulate())


def under(node: Node) -> list[Node]:
    return node["comments"]["data"] if "comments" in node else []


def all_under(node: Node) -> list[Node]:
    return [found for child in under(node) for found in (child, *all_under(child))]


def test_no_post_has_more_comments_than_its_public_count(
    nodes: list[Node], exports: Exports
) -> None:
    rows = [row for rows in exports.values() for row in rows]
    public = {f"{row['Facebook Id']}_{row['URL'].rsplit('/')[-1]}": row for row in rows}
    for post in nodes:
        assert 0 < len(all_under(post)) <= int(public[post["id"]]["Comments"])


def test_what_is_missing_was_hidden(nodes: list[Node], exports: Exports) -> None:
    pages = {post["id"].split("_")[0] for post in nodes}
    rows = [row for rows in exports.values() for row in rows if row["Facebook Id"] in pages]
    there = sum(len(all_under(post)) for post in nodes)
    public = sum(int(row["Comments"]) for row in rows)
    assert 1 - there / public == pytest.approx(TRUTH.comments.hidden_share, abs=0.005)


def test_the_stated_number_of_pages_has_comments(nodes: list[Node]) -> None:
    pages = pages_with_comments()
    assert Counter(page.tier for page in pages) == TRUTH.comments.commented_pages
    assert {post["id"].split("_")[0] for post in nodes} == {page.page_id for page in pages}


def test_nobody_has_a_name_but_the_pages(nodes: list[Node]) -> None:
    names = {page.page_id: page.name for page in pages_with_comments()}
    for post in nodes:
        page_id = post["id"].split("_")[0]
        for comment in all_under(post):
            author = comment["from"]
            if author["id"] == page_id:
                assert author["name"] == names[page_id]
            else:
                assert re.fullmatch(r"Inwoner \d+", author["name"])


def test_the_pages_only_reply_and_in_office_hours(nodes: list[Node]) -> None:
    for post in nodes:
        page_id = post["id"].split("_")[0]
        assert all(comment["from"]["id"] != page_id for comment in under(post))
        for comment in all_under(post):
            if comment["from"]["id"] == page_id:
                local = datetime.fromisoformat(comment["created_time"]).astimezone(AMSTERDAM)
                assert local.weekday() < SATURDAY
                assert 9 <= local.hour < 17 or (local.hour, local.minute) == (17, 0)


def test_a_reply_comes_after_its_comment(nodes: list[Node]) -> None:
    for post in nodes:
        for comment in under(post):
            assert all(reply["created_time"] > comment["created_time"] for reply in under(comment))


def test_comments_are_what_the_truth_says(comments: pl.DataFrame) -> None:
    by_people = comments.filter(pl.col("author").is_not_null())
    for wants, share in TRUTH.comments.wants.items():
        assert (by_people["wants"] == wants).mean() == pytest.approx(share, abs=0.015)
    answers = comments.filter(pl.col("author").is_null())
    assert answers["redirects"].mean() == pytest.approx(TRUTH.comments.redirect_share, abs=0.04)


def test_pages_answer_about_as_much_as_the_readme_says(
    comments: pl.DataFrame, project: Path
) -> None:
    readme = (project / "data/raw/README.md").read_text(encoding="utf-8")
    answered = comments.filter(pl.col("author").is_null())["parent_id"].implode()
    asked = comments.filter(
        pl.col("parent_id").is_null(), pl.col("wants").is_in(NEEDS_ANSWER)
    ).with_columns(answered=pl.col("comment_id").is_in(answered))
    for tier, of_tier in asked.group_by("tier"):
        cells = re.search(rf"^\| `{tier[0]}` \| ([\d.]+)% \| ([\d.]+)%", readme, re.MULTILINE)
        assert cells, tier
        pooled, mean_page = (float(cell) / 100 for cell in cells.groups())
        per_page = of_tier.group_by("page_id").agg(pl.len(), pl.col("answered").mean())
        assert of_tier["answered"].mean() == pytest.approx(pooled, rel=0.35)
        assert per_page["answered"].mean() == pytest.approx(mean_page, rel=0.35)
        assert per_page["len"].min() >= 10, "enough for the claim on webcare"


def test_the_readme_tells_how_often_the_rules_are_right_about_these_texts(
    comments: pl.DataFrame, project: Path
) -> None:
    readme = " ".join((project / "data/raw/README.md").read_text(encoding="utf-8").split())
    people = comments.filter(pl.col("author").is_not_null()).select(
        truly=pl.col("wants").is_in(NEEDS_ANSWER), found=needs_answer(pl.col("text")) != "none"
    )
    found = {truly: of["found"].mean() for (truly,), of in people.group_by("truly")}
    assert (
        f"they find {found[True]:.0%} of the comments that need an answer and take "
        f"{found[False]:.0%} of the others for one" in readme
    )
    answers = comments.filter(pl.col("author").is_null()).select(
        "redirects", found=redirects(pl.col("text"))
    )
    redirected = {truly: of["found"].mean() for (truly,), of in answers.group_by("redirects")}
    assert redirected[False] == 0
    assert f"they find {redirected[True]:.0%} of the answers that send people" in readme
