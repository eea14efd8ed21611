"""The simulated coders of the demo: as many slips as are stated, and nothing else wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.demo.coders import SLIPS
from analysis.demo.post_codes import OF_EVERY_TIER_AND_PURPOSE, PURPOSES
from analysis.demo.posts import simulate
from analysis.registers.post_codes import POST_KEY, read_codes


@pytest.fixture(scope="module")
def truth() -> dict[tuple[str, str], str]:
    """What every post is truly for, by page and number on it."""
    posts = simulate()
    rows = posts.select("page_id", "number", "purpose").iter_rows()
    return {(page, f"{number:010}"): purpose for page, number, purpose in rows}


def test_both_coders_coded_the_same_posts_of_every_tier_and_purpose(demo_folder: Path) -> None:
    codes = read_codes(demo_folder / "post_codes.csv")
    by_coder = {
        name: set(zip(*of[list(POST_KEY)].T.to_numpy(), strict=True))
        for name, of in codes.groupby("coder")
    }
    first, second = by_coder.values()
    assert first == second
    assert len(first) == 3 * len(PURPOSES) * OF_EVERY_TIER_AND_PURPOSE


def test_coders_slip_as_often_as_is_stated(
    demo_folder: Path, truth: dict[tuple[str, str], str]
) -> None:
    codes = read_codes(demo_folder / "post_codes.csv")
    true = [
        truth[page, post[-10:]]
        for page, post in zip(codes["page_id"], codes["post_id"], strict=True)
    ]
    wrong = (codes["purpose"] != true).groupby(codes["coder"]).mean()
    assert set(wrong.index) == set(SLIPS)
    for coder, share in SLIPS.items():
        assert wrong[coder] == pytest.approx(share, abs=0.04)


def test_the_coders_say_that_they_are_simulated() -> None:
    assert all(coder.startswith("simulated") for coder in SLIPS)
