"""Which comments are asked of a page, and when they count as answered."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.questions import answered_per_page, needing_answer, questions
from analysis.tables import COMMENTS, dtypes

MORNING = pd.Timestamp(2023, 5, 1, 9, tz="UTC")
TAKEN = pd.Timestamp(2023, 6, 1, tz="UTC")
PEOPLE, THE_PAGE, NOT_KNOWN = False, True, None


def comments(*rows: dict[str, Any]) -> pd.DataFrame:
    """Comments under one post of one page, all at the same hour unless said otherwise."""
    usual = {
        "platform": "facebook",
        "page_id": "page",
        "post_id": "post",
        "created_at": MORNING,
        "observed_at": TAKEN,
        "source_file": "comments.json",
    }
    frame = pd.DataFrame([usual | row for row in rows]).reindex(columns=list(dtypes(COMMENTS)))
    booleans = dict.fromkeys(["by_page", "redirects"], "boolean")
    return frame.astype(booleans).astype(
        dict.fromkeys(["created_at", "observed_at"], "datetime64[us, UTC]")
    )


def ask(comment: str, needs: str | None = "question", **more: Any) -> dict[str, Any]:
    return {"comment_id": comment, "by_page": PEOPLE, "needs_answer": needs, **more}


def reply(comment: str, below: str, by: bool | None = THE_PAGE, **more: Any) -> dict[str, Any]:
    return {"comment_id": comment, "parent_id": below, "by_page": by, **more}


def one(asked: pd.DataFrame, comment: str = "q") -> pd.Series:
    (position,) = asked.index[asked["comment_id"] == comment]
    return asked.loc[position]


def test_only_comments_of_people_at_the_top_are_asked() -> None:
    asked = questions(
        comments(
            ask("q"),
            ask("by the page", by_page=THE_PAGE),
            ask("by nobody known", by_page=NOT_KNOWN),
            reply("below", "q", PEOPLE),
        )
    )
    assert asked["comment_id"].tolist() == ["q", "by nobody known"]


def test_a_reply_of_the_page_answers_and_one_of_people_does_not() -> None:
    asked = questions(
        comments(ask("q"), ask("other"), reply("1", "q"), reply("2", "other", PEOPLE))
    )
    assert asked["answered"].tolist() == [True, False]
    assert not asked["perhaps_answered"].any()


def test_a_reply_deeper_in_the_thread_answers_the_comment_at_its_top() -> None:
    asked = questions(comments(ask("q"), reply("1", "q", PEOPLE), reply("2", "1", THE_PAGE)))
    assert one(asked)["answered"]


def test_replies_that_go_round_in_a_circle_answer_nothing() -> None:
    asked = questions(comments(ask("q"), reply("1", "2"), reply("2", "1")))
    assert not one(asked)["answered"]


def test_a_reply_of_somebody_not_known_may_be_an_answer() -> None:
    asked = questions(comments(ask("q"), ask("other"), reply("1", "q", NOT_KNOWN)))
    assert not one(asked)["answered"]
    assert asked["perhaps_answered"].tolist() == [True, False]


def test_the_first_reply_of_the_page_counts_for_the_time() -> None:
    asked = questions(
        comments(
            ask("q"),
            reply("1", "q", created_at=MORNING + pd.Timedelta(hours=5)),
            reply("2", "q", created_at=MORNING + pd.Timedelta(hours=3)),
            reply("3", "q", PEOPLE, created_at=MORNING + pd.Timedelta(hours=1)),
        )
    )
    assert one(asked)["answered_at"] == MORNING + pd.Timedelta(hours=3)


def test_a_reply_before_its_comment_answers_at_a_time_that_is_not_known() -> None:
    asked = questions(
        comments(ask("q"), reply("1", "q", created_at=MORNING - pd.Timedelta(hours=1)))
    )
    assert one(asked)["answered"]
    assert pd.isna(one(asked)["answered_at"])


@pytest.mark.parametrize(
    ("redirects", "redirected"), [([True], True), ([True, False], False), ([None, True], True)]
)
def test_a_comment_is_redirected_when_every_reply_sends_elsewhere(
    redirects: list[bool | None], redirected: bool
) -> None:
    replies = [reply(str(n), "q", redirects=sends) for n, sends in enumerate(redirects)]
    assert one(questions(comments(ask("q"), *replies)))["redirected"] == redirected


def test_whether_it_is_redirected_is_not_known_without_text_or_without_answer() -> None:
    asked = questions(comments(ask("q"), ask("other"), reply("1", "q")))
    assert asked["redirected"].isna().all()


def test_without_any_reply_in_the_data_nothing_is_known_of_answers() -> None:
    asked = questions(comments(ask("q"), ask("other")))
    assert asked["answered"].isna().all()
    assert answered_per_page(asked).empty


def test_a_page_of_which_no_author_is_known_is_not_measured_and_others_are() -> None:
    asked = questions(
        comments(
            ask("q"),
            reply("1", "q"),
            ask("theirs", by_page=NOT_KNOWN, page_id="silent"),
            reply("2", "theirs", NOT_KNOWN, page_id="silent"),
        )
    )
    assert answered_per_page(asked).index.tolist() == ["page"]
    assert pd.isna(one(asked, "theirs")["answered"])
    assert one(asked, "theirs")["perhaps_answered"]


def test_comments_are_followed_until_their_post_was_last_looked_at() -> None:
    later = TAKEN + pd.Timedelta(days=30)
    asked = questions(
        comments(
            ask("q"),
            reply("1", "q", observed_at=later),
            ask("elsewhere", post_id="other post"),
        )
    )
    assert asked["observed_until"].tolist() == [later, TAKEN]


def test_the_same_id_on_two_pages_is_two_comments() -> None:
    asked = questions(comments(ask("q"), ask("q", page_id="other"), reply("1", "q")))
    assert asked["answered"].tolist() == [True, False]


def test_questions_complaints_and_reports_need_an_answer() -> None:
    asked = questions(
        comments(*(ask(f"{need}", need) for need in ("question", "complaint", "report", "none")))
    )
    assert len(needing_answer(asked)) == 3
    assert needing_answer(questions(comments(ask("q", None)))).empty


def test_counts_are_per_page() -> None:
    asked = questions(
        comments(
            ask("1"),
            ask("2", post_id="other post"),
            ask("3"),
            reply("4", "1", redirects=True),
            reply("5", "3", NOT_KNOWN),
        )
    )
    assert answered_per_page(asked).to_dict("records") == [
        {"asked": 3, "answered": 1, "perhaps_answered": 1, "redirected": 1, "n_posts": 2}
    ]


@pytest.mark.parametrize("nothing", [pd.DataFrame(), comments(ask("q")).iloc[:0]])
def test_no_comments_give_no_questions_with_the_same_columns(nothing: pd.DataFrame) -> None:
    asked = questions(nothing)
    assert asked.empty
    assert list(asked.columns) == list(questions(comments(ask("q"))).columns)
    assert answered_per_page(asked).empty
