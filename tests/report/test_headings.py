"""Levels and names of headings."""

from __future__ import annotations

from analysis.report import nodes
from analysis.report.headings import Headings


def levels(headings: Headings, *ranks: int) -> list[int]:
    return [headings.place(rank, [nodes.text("a")])["level"] for rank in ranks]


def test_levels_go_down_one_at_a_time_whatever_the_notebook_jumps() -> None:
    assert levels(Headings("chapter-1", base=0), 3, 5, 2, 4) == [1, 2, 1, 2]


def test_headings_of_the_same_rank_stay_on_the_same_level() -> None:
    assert levels(Headings("chapter-1", base=0), 2, 4, 4, 2) == [1, 2, 2, 1]


def test_all_headings_come_under_the_chapters_own() -> None:
    assert levels(Headings("chapter-1", base=1), 1, 2) == [2, 3]


def test_a_heading_without_words_heads_nothing() -> None:
    assert Headings("chapter-1", base=0).place(1, [])["kind"] == "paragraph"


def test_links_meet_their_heading_however_they_spell_it() -> None:
    headings = Headings("chapter-1", base=0)
    headings.place(1, [nodes.text("How many posts, per week?")])
    for fragment in ("How-many-posts,-per-week?", "how-many-posts-per-week", "How many posts"):
        expected = fragment != "How many posts"
        assert (headings.target(fragment) in headings.anchors) is expected


def test_headings_of_the_same_words_have_different_names() -> None:
    headings = Headings("chapter-1", base=0)
    names = [headings.place(1, [nodes.text("Caveats")])["anchor"] for _ in range(3)]
    assert len(set(names)) == 3
