"""Data that hardly hold anything: every notebook runs, and says in words what it cannot answer."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from projects import copy_project, pages_of, run

STUDY = """
title = "Hardly anything"
minimum_post_age_days = 0
register_of_pages = "data/raw/thin/register.csv"
period = { start = 2023-01-01, end = 2023-12-31 }

[[tiers]]
name = "one_page"
label = "One page"

[[tiers]]
name = "no_posts"
label = "No posts"

[[raw.posts]]
path = "data/raw/thin/posts.csv"
simulated = true
observed_at = 2024-01-31

[raw.posts.table.columns]
page_id = "page"
post_id = "post"
reactions = "likes"

[claims.few_reactions]
below = 0.5
above = 1.0
reason = "Any two numbers that lie on either side of what is usual."
"""
REGISTER = "page_id,name,tier\n1,A page,one_page\n2,A silent page,no_posts\n"
POSTS = "page,post,likes\n1,11,3\n1,12,0\n1,13,7\n"


@pytest.fixture(scope="module")
def reports(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(project, tmp_path_factory.mktemp("thin"))
    (root / "studies" / "thin.toml").write_text(STUDY, encoding="utf-8")
    raw = root / "data" / "raw" / "thin"
    raw.mkdir()
    (raw / "register.csv").write_text(REGISTER, encoding="utf-8")
    (raw / "posts.csv").write_text(POSTS, encoding="utf-8")
    finished = run("bereik", "run", "thin", "--tier", "no_posts", "--tier", "all", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return root / "reports" / "thin"


def text(reports: Path, tier: str) -> str:
    return " ".join(" ".join(pages_of(reports / f"{tier}.pdf")).split())


def test_a_tier_without_posts_says_so(reports: Path) -> None:
    shown = text(reports, "no_posts")
    assert "Without any post in the data: A silent page" in shown
    assert "not estimable" in shown


def test_what_was_not_measured_is_said_in_words(reports: Path) -> None:
    shown = text(reports, "all")
    assert "When posts were published is not measured" in shown
    assert "The kind of a post is not measured" in shown
    assert "no dates" in shown


def test_a_verdict_needs_what_was_not_measured(reports: Path) -> None:
    verdicts = pl.read_csv(reports / "results.csv").filter(pl.col("claim").is_not_null())
    assert set(verdicts["verdict"]) == {"not estimable"}
    assert verdicts["reason"].str.starts_with("not measured").all()


@pytest.mark.parametrize("tier", ["no_posts", "all"])
def test_readers_see_no_word_that_is_for_machines(reports: Path, tier: str) -> None:
    assert re.search(r"\bnan\b|\bNaN\b|<NA>|\bNone\b|Warning\b", text(reports, tier)) is None
