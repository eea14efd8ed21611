"""Whether pages answer people in public, and how soon."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.measures.measure import Material, Measure
from analysis.measures.questions import needing_answer

WEBCARE = "van Noort & Willemsen 2012, doi:10.1016/j.intmar.2011.07.001"
DAYS_PER_WEEK = 7


def _answered(asked: pd.DataFrame) -> pd.Series:
    """Share of comments with a public reply, per page; unknown answers count neither way."""
    known = asked.dropna(subset=["answered"])
    return known["answered"].astype(float).groupby(known["page_id"]).mean()


def _answered_within(days: int) -> Callable[[Material], pd.Series]:
    """Share answered in so many days, of the comments that were followed that long."""

    def compute(material: Material) -> pd.Series:
        horizon = pd.Timedelta(days=days)
        asked = with_known_times(needing_answer(material.questions))
        followed = asked[asked["observed_until"] - asked["created_at"] >= horizon]
        in_time = followed["answered_at"] - followed["created_at"] <= horizon
        return in_time.groupby(followed["page_id"]).mean()

    return compute


def with_known_times(asked: pd.DataFrame) -> pd.DataFrame:
    """Keep the comments of which it is known when they were made and when they were answered.

    Parameters
    ----------
    asked : pandas.DataFrame
        Rows of `analysis.measures.questions.questions`.

    Returns
    -------
    pandas.DataFrame
        Rows with ``created_at``, ``observed_until`` and ``answered``, and, where that holds, with
        ``answered_at``.
    """
    known = asked.dropna(subset=["created_at", "observed_until", "answered"])
    return known[~known["answered"].astype(bool) | known["answered_at"].notna()]


def _posts_with_a_question(material: Material) -> pd.Series:
    """Share of posts, on pages of whose comments some were read; one without comments has none."""
    if material.posts.empty:
        return pd.Series(dtype=float)
    asked = material.questions
    read = asked.loc[asked["needs_answer"].notna(), "page_id"]
    posts = material.posts.loc[material.posts["page_id"].isin(read), ["page_id", "post_id"]]
    with_question = pd.MultiIndex.from_frame(needing_answer(asked)[["page_id", "post_id"]])
    has_question = pd.MultiIndex.from_frame(posts).isin(with_question)
    return pd.Series(has_question, index=posts.index).groupby(posts["page_id"]).mean()


def _redirected(material: Material) -> pd.Series:
    known = needing_answer(material.questions).dropna(subset=["redirected"])
    return known["redirected"].astype(float).groupby(known["page_id"]).mean()


def _posts_asked_under(material: Material) -> pd.Series:
    """Count the posts of each page with a comment that needs an answer."""
    return needing_answer(material.questions).groupby("page_id")["post_id"].nunique()


def _posts_commented_on(material: Material) -> pd.Series:
    """Count the posts of each page with a comment of people at the top of a thread."""
    return material.questions.groupby("page_id")["post_id"].nunique()


MEASURES: tuple[Measure, ...] = (
    Measure(
        "posts_with_a_question",
        "Posts with a comment that needs an answer",
        "share of posts",
        "#{posts with a question, a complaint or a report} / N",
        "What there is for webcare to do",
        _posts_with_a_question,
    ),
    Measure(
        "reply_rate",
        "Comments that need an answer and get a public reply",
        "share of comments",
        "#{needs an answer, reply by the page} / #{needs an answer}",
        WEBCARE,
        lambda material: _answered(needing_answer(material.questions)),
        _posts_asked_under,
    ),
    Measure(
        "reply_rate_all_comments",
        "Comments of any kind that get a public reply",
        "share of comments",
        "#{reply by the page} / #{comments of people at the top of a thread}",
        WEBCARE,
        lambda material: _answered(material.questions),
        _posts_commented_on,
    ),
    Measure(
        "answered_within_24_hours",
        "Comments that need an answer and get one within 24 hours",
        "share of comments",
        "#{reply within 24 hours} / #{needs an answer, followed for 24 hours}",
        WEBCARE,
        _answered_within(days=1),
        _posts_asked_under,
    ),
    Measure(
        "answered_within_7_days",
        "Comments that need an answer and get one within 7 days",
        "share of comments",
        "#{reply within 7 days} / #{needs an answer, followed for 7 days}",
        WEBCARE,
        _answered_within(days=DAYS_PER_WEEK),
        _posts_asked_under,
    ),
    Measure(
        "redirect_rate",
        "Answered comments whose every reply sends people elsewhere",
        "share of answered comments",
        "#{every reply by the page redirects} / #{needs an answer, reply by the page}",
        WEBCARE,
        _redirected,
        _posts_asked_under,
    ),
)
