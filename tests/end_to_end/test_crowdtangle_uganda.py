"""A real ministry and a real city: one page each, and two pulls that overlap."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from projects import pages_of, run_real_study


@pytest.fixture(scope="module")
def reports(project: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_real_study(project, real_data, tmp_path_factory.mktemp("root"), "crowdtangle-uganda")


def test_overlapping_pulls_merge_to_the_later_counts(reports: Path) -> None:
    processed = reports.parents[1] / "data" / "processed" / "crowdtangle-uganda"
    passport = json.loads((processed / "passport.json").read_text())
    assert passport["rows"] == {"read": 108, "kept": 80, "merged": 28, "rejected": 0}
    assert passport["merges"]["counts_fallen"] == 7


def test_no_comparison_is_possible_and_the_report_says_so(reports: Path) -> None:
    text = " ".join(" ".join(pages_of(reports / "all.pdf")).split())
    assert "Whether the tiers differ is not estimable" in text
    assert "Whether that is luck cannot be said" in text
