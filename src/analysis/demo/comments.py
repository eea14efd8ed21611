"""What people write under the simulated posts and what the pages answer, from the stated truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from scipy.special import expit, logit

from analysis.demo.comment_texts import ANSWERS, COMMENTS, NEEDS_ANSWER, write_text
from analysis.demo.crowdtangle import DASHBOARD_ZONE, id_of_post
from analysis.demo.organisations import ORGANISATIONS, Organisation
from analysis.demo.truth import TRUTH, CommentsTruth, Truth

STREAM = 3
OPENS, CLOSES = 9, 17
SATURDAY = 5
FETCHED = datetime(2024, 2, 15, 12, tzinfo=UTC)
"""When the comments were taken."""

Comment = dict[str, Any]
SCHEMA = pl.Schema(
    {
        "tier": pl.String(),
        "page_id": pl.String(),
        "post_id": pl.String(),
        "comment_id": pl.String(),
        "parent_id": pl.String(),
        "created_at": pl.Datetime("us", "UTC"),
        "author": pl.Int64(),
        "wants": pl.String(),
        "redirects": pl.Boolean(),
        "text": pl.String(),
    }
)


def pages_with_comments(truth: Truth = TRUTH) -> list[Organisation]:
    """Give the organisations whose comments are there: the first few of every tier."""
    chosen = []
    for tier, n in truth.comments.commented_pages.items():
        chosen += [page for page in ORGANISATIONS if page.tier == tier][:n]
    return chosen


def simulate_comments(posts: pl.DataFrame, truth: Truth = TRUTH) -> pl.DataFrame:
    """Draw the comments under the posts of the pages that have them, and the pages' answers.

    A post has as many comments as its public count says, answers included, less those that are
    hidden. Each page has random numbers of its own.

    Parameters
    ----------
    posts : polars.DataFrame
        As ``analysis.demo.posts.simulate`` gives them.
    truth : Truth, optional

    Returns
    -------
    polars.DataFrame
        One row per comment: ``tier``, ``page_id``, ``post_id``, ``comment_id``, ``parent_id`` (of
        a reply, the comment it is under), ``created_at`` (UTC), ``author`` (number of the person;
        null for the page itself), ``wants`` (what people want, a key of
        ``analysis.demo.comment_texts.COMMENTS``), ``redirects`` (of the page's answers), ``text``.
    """
    rows: list[Comment] = []
    for page in pages_with_comments(truth):
        rng = np.random.default_rng([truth.seed, ORGANISATIONS.index(page), STREAM])
        of_page = posts.filter(pl.col("page_id") == page.page_id, pl.col("Comments") > 0)
        rows += _PageComments(page, rng, truth.comments).under(of_page)
    return pl.DataFrame(rows, schema=SCHEMA)


class _PageComments:
    """Draws the comments of one page, numbered in the order in which they are drawn."""

    def __init__(self, page: Organisation, rng: np.random.Generator, truth: CommentsTruth) -> None:
        self.page, self.rng, self.truth = page, rng, truth
        usual = logit(truth.reply_rate[page.tier])
        self.reply_rate = float(expit(usual + truth.reply_page_sd * rng.standard_normal()))
        self.number = 0

    def under(self, posts: pl.DataFrame) -> Iterator[Comment]:
        for post in posts.iter_rows(named=True):
            published = post["published_at"].replace(tzinfo=DASHBOARD_ZONE).astimezone(UTC)
            left = post["Comments"]
            while left:
                thread = self._thread(id_of_post(post), published, left)
                left -= len(thread)
                if self.rng.random() >= self.truth.hidden_share:
                    yield from (said for said in thread if said["created_at"] < FETCHED)

    def _thread(self, post_id: str, published: datetime, room: int) -> list[Comment]:
        """A comment with what stands under it, as far as the post's count leaves room."""
        first = self._by_a_person(post_id, published)
        rate = self.reply_rate
        if first["wants"] not in NEEDS_ANSWER:
            rate *= self.truth.reply_without_need
        is_answered = self.rng.random() < rate
        is_discussed = self.rng.random() < self.truth.discussed_share
        thread = [first]
        if is_answered and room > 1:
            thread.append(self._by_the_page(first))
        if is_discussed and room > len(thread):
            again = self._by_a_person(post_id, first["created_at"])
            thread.append(again | {"parent_id": first["comment_id"]})
        return thread

    def _by_a_person(self, post_id: str, after: datetime) -> Comment:
        wants = str(self.rng.choice(list(self.truth.wants), p=list(self.truth.wants.values())))
        delay = self._delay(self.truth.comment_after_hours, self.truth.comment_sd)
        return {
            **self._said(post_id, after + delay),
            "author": int(self.rng.integers(1, self.truth.people_per_page + 1)),
            "wants": wants,
            "text": write_text(self.rng, COMMENTS[wants], self.page.tier),
        }

    def _by_the_page(self, comment: Comment) -> Comment:
        delay = self._delay(self.truth.reply_after_hours, self.truth.reply_sd)
        ready = comment["created_at"] + delay
        redirects = bool(self.rng.random() < self.truth.redirect_share)
        return {
            **self._said(comment["post_id"], self._in_office_hours(ready)),
            "parent_id": comment["comment_id"],
            "redirects": redirects,
            "text": write_text(self.rng, ANSWERS[redirects], self.page.tier),
        }

    def _said(self, post_id: str, created_at: datetime) -> Comment:
        self.number += 1
        return {
            "tier": self.page.tier,
            "page_id": self.page.page_id,
            "post_id": post_id,
            "comment_id": f"8{self.page.page_id[-5:]}{self.number:09}",
            "created_at": created_at.replace(microsecond=0),
        }

    def _delay(self, median_hours: float, sd: float) -> timedelta:
        return timedelta(hours=float(median_hours * np.exp(sd * self.rng.standard_normal())))

    def _in_office_hours(self, moment: datetime) -> datetime:
        """The moment itself, or else some minutes after the office opens again."""
        minutes = timedelta(minutes=float(self.rng.uniform(0, 60)))
        local = moment.astimezone(DASHBOARD_ZONE)
        if local.weekday() < SATURDAY and OPENS <= local.hour < CLOSES:
            return moment
        day = local.date() if local.hour < OPENS else local.date() + timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        opening = datetime(day.year, day.month, day.day, OPENS, tzinfo=DASHBOARD_ZONE)
        return opening.astimezone(UTC) + minutes
