"""What share of comments a page answers, and how soon, on comments whose answers are known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.measure import Material
from analysis.measures.webcare import MEASURES
from analysis.tables import COMMENTS, dtypes

ASKED = pd.Timestamp(2023, 5, 1, 9, tz="UTC")
MEASURE = {measure.name: measure for measure in MEASURES}


def measured(name: str, *rows: dict[str, Any]) -> pd.Series:
    comments = pd.DataFrame(rows).reindex(columns=list(dtypes(COMMENTS)))
    types = dict.fromkeys(["by_page", "redirects"], "boolean") | dict.fromkeys(
        ["created_at", "observed_at"], "datetime64[us, UTC]"
    )
    material = Material(pd.DataFrame(), 52, "Europe/Amsterdam", comments.astype(types))
    return MEASURE[name].compute(material)


def ask(comment: str, needs: str = "question", *, days: float = 100) -> dict[str, Any]:
    """A comment that was followed for so many days."""
    return {
        "page_id": "page",
        "post_id": f"post of {comment}",
        "comment_id": comment,
        "created_at": ASKED,
        "by_page": False,
        "needs_answer": needs,
        "observed_at": ASKED + pd.Timedelta(days=days),
    }


def reply(to: str, hours: float, *, redirects: bool = False) -> dict[str, Any]:
    return {
        "page_id": "page",
        "post_id": f"post of {to}",
        "comment_id": f"reply to {to} after {hours}",
        "parent_id": to,
        "created_at": ASKED + pd.Timedelta(hours=hours),
        "by_page": True,
        "redirects": redirects,
    }


def test_the_reply_rate_is_of_comments_that_need_an_answer() -> None:
    rows = [ask("1"), ask("2", "complaint"), ask("3", "none"), reply("1", 1)]
    assert measured("reply_rate", *rows)["page"] == 1 / 2
    assert measured("reply_rate_all_comments", *rows)["page"] == 1 / 3


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("answered_within_24_hours", 1 / 3), ("answered_within_7_days", 2 / 3)],
)
def test_an_answer_in_time_counts_and_a_later_one_does_not(measure: str, expected: float) -> None:
    rows = [ask("1"), ask("2"), ask("3"), reply("1", 24), reply("2", 25), reply("3", 169)]
    assert measured(measure, *rows)["page"] == expected


def test_comments_not_followed_long_enough_count_neither_way() -> None:
    rows = [ask("1", days=0.5), ask("2"), ask("3"), reply("1", 1), reply("2", 1)]
    assert measured("answered_within_24_hours", *rows)["page"] == 1 / 2


def test_an_answer_at_an_unknown_time_is_neither_soon_nor_late() -> None:
    rows = [ask("1"), ask("2"), reply("1", -1), reply("2", 1)]
    assert measured("reply_rate", *rows)["page"] == 1
    assert measured("answered_within_24_hours", *rows)["page"] == 1


def test_redirects_are_counted_among_answered_comments() -> None:
    rows = [ask("1"), ask("2"), ask("3"), reply("1", 1, redirects=True), reply("2", 1)]
    assert measured("redirect_rate", *rows)["page"] == 1 / 2


@pytest.mark.parametrize("name", MEASURE)
def test_without_comments_or_without_replies_nothing_is_measured(name: str) -> None:
    nothing = Material(pd.DataFrame(), 52, "Europe/Amsterdam")
    assert MEASURE[name].compute(nothing).empty
    assert measured(name, ask("1"), ask("2")).empty
