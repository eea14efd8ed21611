"""What people ask of a page in public, and whether the page answers: the one definition of both.

A *question* is here any comment that people write straight under a post. Some of these need an
answer, by what they say; all of them can get one. A page *answers* with a reply that stands in the
thread below the comment. What a page writes elsewhere, as a new comment at the top or in a private
message, is no public reply to anybody in particular and cannot be seen here.
"""

from __future__ import annotations

import pandas as pd

from analysis.vocabulary import NEEDS

FEWEST_QUESTIONS = 10
"""A page with fewer comments that need an answer is counted, and set apart for a verdict."""

_COMMENT = ["page_id", "comment_id"]
_DEEPEST_THREAD = 20
_EMPTY = pd.DataFrame(
    {
        "page_id": pd.Series(dtype=str),
        "post_id": pd.Series(dtype=str),
        "comment_id": pd.Series(dtype=str),
        "created_at": pd.Series(dtype="datetime64[us, UTC]"),
        "needs_answer": pd.Series(dtype=object),
        "answered": pd.Series(dtype="boolean"),
        "perhaps_answered": pd.Series(dtype="boolean"),
        "redirected": pd.Series(dtype="boolean"),
        "answered_at": pd.Series(dtype="datetime64[us, UTC]"),
        "observed_until": pd.Series(dtype="datetime64[us, UTC]"),
    }
)


def questions(comments: pd.DataFrame) -> pd.DataFrame:
    """List the comments of people at the top of a thread, with what the page did about each.

    Parameters
    ----------
    comments : pandas.DataFrame
        Canonical comments of one platform; all that a study has, because only the whole of them
        shows whether replies were taken at all. May have no rows and no columns.

    Returns
    -------
    pandas.DataFrame
        One row per comment, in the order of ``comments``, with its index:

        - ``page_id``, ``post_id``, ``comment_id``, ``created_at``: as they were;
        - ``needs_answer``: ``question``, ``complaint``, ``report`` or ``none``; missing when there
          was no text to read;
        - ``answered`` (boolean): whether a reply that is known to be the page's stands below it.
          Missing for every comment when none of ``comments`` is a reply, since replies were then
          not taken, or cannot be told from that; and for the comments of a page of whose comments
          no author is known;
        - ``perhaps_answered`` (boolean): no reply known to be the page's, and one of somebody who
          is not known; never missing;
        - ``redirected`` (boolean): answered, and every reply of the page sends people elsewhere.
          Missing when not answered or when the replies have no text to read;
        - ``answered_at``: time of the page's first reply; missing when not answered, when that
          time is not known, and when it lies before the comment;
        - ``observed_until``: until when a reply would have been seen, which is when the comments
          under this post were last taken.

    Notes
    -----
    A comment of somebody not known counts as one of people: exports that leave authors out do so
    for people, and name the page.
    """
    if comments.empty:
        return _EMPTY.copy()
    is_top = comments["parent_id"].isna()
    by_people = ~comments["by_page"].fillna(False)
    asked = comments[is_top & by_people]
    replies = _replies(comments)
    by_the_page = replies[replies["by_page"].fillna(False)]
    of_unknown = replies[replies["by_page"].isna()]
    has_reply, perhaps = _is_among(asked, by_the_page), _is_among(asked, of_unknown)
    seen = asked["page_id"].isin(_pages_that_can_be_seen_to_answer(comments))
    return asked[["page_id", "post_id", "comment_id", "created_at", "needs_answer"]].assign(
        answered=has_reply.where(seen),
        perhaps_answered=perhaps & ~has_reply,
        redirected=_of_each(asked, _only_redirects(by_the_page)).where(seen),
        answered_at=_first_reply(asked, by_the_page).where(seen),
        observed_until=_observed_until(comments).loc[asked.index],
    )


def needing_answer(asked: pd.DataFrame) -> pd.DataFrame:
    """Keep the comments that are a question, a complaint or a report."""
    return asked[asked["needs_answer"].isin(NEEDS)]


def answered_per_page(asked: pd.DataFrame) -> pd.DataFrame:
    """Count comments and answered comments of each page.

    Parameters
    ----------
    asked : pandas.DataFrame
        Rows of `questions`. Those of which it is not known whether they were answered are left out.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``page_id``, only pages with such comments: ``asked``, ``answered``,
        ``perhaps_answered``, ``redirected`` (counts of comments) and ``n_posts`` (posts under which
        they stand); all int.
    """
    known = asked.dropna(subset=["answered"])
    by_page = known.groupby("page_id")
    counts = by_page[["answered", "perhaps_answered", "redirected"]].sum().astype(int)
    counts.insert(0, "asked", by_page.size())
    return counts.assign(n_posts=by_page["post_id"].nunique())


def _replies(comments: pd.DataFrame) -> pd.DataFrame:
    """Replies, each with the comment at the top of its thread as ``comment_id``."""
    parents = comments[[*_COMMENT, "parent_id"]].rename(columns={"parent_id": "above"})
    replies = comments[comments["parent_id"].notna()].drop(columns="comment_id")
    replies = replies.rename(columns={"parent_id": "comment_id"})
    for _ in range(_DEEPEST_THREAD):
        above = replies[_COMMENT].merge(parents, on=_COMMENT, how="left")["above"].to_numpy()
        is_deeper = pd.notna(above)
        if not is_deeper.any():
            break
        replies["comment_id"] = replies["comment_id"].mask(is_deeper, above)
    return replies


def _pages_that_can_be_seen_to_answer(comments: pd.DataFrame) -> pd.Series:
    """Pages of whose comments some author is known; none when no comment is a reply."""
    if comments["parent_id"].isna().all():
        return comments["page_id"].iloc[:0]
    return comments.loc[comments["by_page"].notna(), "page_id"]


def _is_among(asked: pd.DataFrame, replies: pd.DataFrame) -> pd.Series:
    found = pd.MultiIndex.from_frame(asked[_COMMENT]).isin(
        pd.MultiIndex.from_frame(replies[_COMMENT])
    )
    return pd.Series(found, index=asked.index, dtype="boolean")


def _only_redirects(replies: pd.DataFrame) -> pd.Series:
    """Whether all replies below a comment send people elsewhere, of those that can be read."""
    return replies.dropna(subset=["redirects"]).groupby(_COMMENT)["redirects"].all()


def _first_reply(asked: pd.DataFrame, replies: pd.DataFrame) -> pd.Series:
    first = _of_each(asked, replies.groupby(_COMMENT)["created_at"].min())
    return first.where(first >= asked["created_at"])


def _observed_until(comments: pd.DataFrame) -> pd.Series:
    return comments.groupby(["page_id", "post_id"])["observed_at"].transform("max")


def _of_each(asked: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Look a value up for each comment; missing where there is none."""
    found = values.reindex(pd.MultiIndex.from_frame(asked[_COMMENT]))
    return found.set_axis(asked.index)
