"""Columns by what their names mean."""

from __future__ import annotations

from analysis.sources.headers import columns_by_meaning

WORDS = {"Link Clicks": "link_clicks", "Kliks": "link_clicks", "Reach": "reach"}


def test_capitals_and_spaces_do_not_matter_and_the_files_own_spelling_is_given() -> None:
    assert columns_by_meaning(["LINK  clicks", "reach "], WORDS) == {
        "link_clicks": "LINK  clicks",
        "reach": "reach ",
    }


def test_of_two_columns_with_one_meaning_the_first_counts_and_others_are_left_out() -> None:
    assert columns_by_meaning(["Kliks", "Link Clicks", "Bereik"], WORDS) == {"link_clicks": "Kliks"}
