"""A study of comments alone: no posts, and still an answer to whether anyone answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.findings import webcare, webcare_doubts
from analysis.findings.asked import Asked, gather
from analysis.ingest import ingest
from analysis.processed import load_tables
from analysis.selection import select
from analysis.study_file import load_study

STUDY = """
title = "Comments alone"
register_of_pages = "data/raw/demo/register.csv"
timezone = "Europe/Amsterdam"
period = { start = 2023-01-01, end = 2023-12-31 }

[[tiers]]
name = "rijksoverheid"
label = "Rijksoverheid"

[[tiers]]
name = "provincie"
label = "Provincies"

[[tiers]]
name = "gemeente"
label = "Gemeenten"

[[raw.comments]]
path = "data/raw/demo/comments.ndjson"
simulated = true
observed_at = 2024-02-15
"""
TRUTH = {"rijksoverheid": 0.030, "provincie": 0.127, "gemeente": 0.425}
"""What the mean page of a tier answers in the demo, in the mean over many seeds."""


@pytest.fixture(scope="module")
def asked(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    root = tmp_path_factory.mktemp("comments_alone")
    (root / "studies").mkdir()
    (root / "studies" / "alone.toml").write_text(STUDY, encoding="utf-8")
    shutil.copytree(project / "data" / "raw" / "demo", root / "data" / "raw" / "demo")
    study = load_study("alone", root)
    passport = ingest(study, root)
    tables = load_tables(study, root)
    return gather(select(study, root, tables, passport, tier="all", page="", platform="facebook"))


def test_the_known_reply_rates_lie_inside_their_intervals(asked: Asked) -> None:
    answer = webcare.answer(asked)
    found = {row["tier"]: row for row in answer.rows if row["measure"] == "reply_rate"}
    for tier, truth in TRUTH.items():
        assert found[tier]["low"] < truth < found[tier]["high"]


def test_what_takes_posts_is_said_not_to_be_measured(asked: Asked) -> None:
    assert "it takes posts" in webcare.few_questions(asked)._repr_mimebundle_()["text/plain"]
    missing = webcare_doubts.missing_replies(asked)._repr_mimebundle_()["text/plain"]
    assert "it takes posts" in missing
