"""What people asked under the pages of a selection, gathered once for all that is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.findings.per_tier import Estimates, groups, table_of
from analysis.inference.estimate import Estimate
from analysis.inference.reply_rate import ReplyRateBounds, reply_rate_bounds
from analysis.inference.survival import Clock, Waits
from analysis.language import say
from analysis.measures.questions import (
    FEWEST_QUESTIONS,
    answered_per_page,
    needing_answer,
    questions,
)
from analysis.measures.webcare import with_known_times
from analysis.selection import Selection, of_tier
from analysis.sentences import NOT_MEASURED, capitalised, joined
from analysis.showing import Sentence, ShownTable, result_row

COMMENTS = "share of comments"
EACH_SIDE = 0.975
"""Level of each bound of a two-sided interval at 95 %."""

OVER_PAGES = f"mean over pages with at least {FEWEST_QUESTIONS} such comments"
TOGETHER = f"comments of all pages with at least {FEWEST_QUESTIONS} such comments together"

_NOT_MEASURED = f"{NOT_MEASURED}: "
NO_COMMENTS = "not measured: these data hold no comments"
NONE_HERE = "not measured: no comment of people under these posts is in the data"
NO_REPLIES = (
    "not measured: no comment in these data is a reply to another, so replies were not taken, or "
    "nobody ever replied"
)
NO_AUTHORS = "not measured: these data do not tell which comments are the page's own"


@dataclass(frozen=True)
class Asked:
    """Comments of people at the top of a thread, and whether the page answered.

    Attributes
    ----------
    selection : Selection
    everything : pandas.DataFrame
        Rows of `analysis.measures.questions.questions` under the selection's pages, with ``tier``.
    why_nothing : str
        Why nothing can be said of answers; empty when something can.
    """

    selection: Selection
    everything: pd.DataFrame
    why_nothing: str

    @cached_property
    def whole_tier(self) -> Asked:
        """The same of the whole tier, where the selection is one page of it."""
        return gather(replace(self.selection, page="")) if self.selection.page else self

    @property
    def text_was_read(self) -> bool:
        """Whether it is known of any comment if it needs an answer."""
        return bool(self.everything["needs_answer"].notna().any())

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Comments that need an answer; without texts to read, all of them."""
        return needing_answer(self.everything) if self.text_was_read else self.everything

    @property
    def words(self) -> str:
        """What the judged comments are, for a reader."""
        if self.text_was_read:
            return say("comments that need an answer")
        return say("comments of any kind")

    @property
    def mean_page(self) -> str:
        """Whom a mean over pages is of: of a single page there is no mean page."""
        return say("This page") if self.selection.page else say("Mean page")

    @property
    def kind(self) -> str:
        """The same in English, for reasons and results."""
        return "comments that need an answer" if self.text_was_read else "comments of any kind"

    def of(self, tier: str) -> pd.DataFrame:
        """Judged comments of a tier."""
        return of_tier(self.judged, tier)

    def of_enough(self, tier: str) -> pd.DataFrame:
        """Judged comments of the pages of a tier that have at least ten of them."""
        comments = self.of(tier)
        known = answered_per_page(comments)["asked"]
        return comments[comments["page_id"].isin(known.index[known >= FEWEST_QUESTIONS])]

    def reply_rate(self, tier: str) -> ReplyRateBounds:
        """Estimate the share answered, over the pages of a tier with at least ten comments."""
        return reply_rate(self.of_enough(tier))

    @cached_property
    def public_numbers(self) -> pd.DataFrame:
        """Comments that posts count in public, and how many of these are not in the data.

        One row per post whose number is known, of the pages whose comments were taken:
        ``page_id``, ``post_id``, ``tier``, ``public``, ``missing``.
        """
        comments = self.selection.comments
        posts = self.selection.posts[["page_id", "post_id", "tier", "comments"]]
        posts = posts[posts["page_id"].isin(comments["page_id"])].dropna(subset=["comments"])
        read = comments.groupby(["page_id", "post_id"]).size().rename("read").reset_index()
        both = posts.rename(columns={"comments": "public"}).merge(read, how="left")
        missing = (both["public"] - both.pop("read").fillna(0)).clip(lower=0)
        return both.assign(missing=missing)

    def bounded_counts(self, tier: str) -> pd.DataFrame:
        """Count comments of each page, and how many may have been answered at least and at most.

        At most: with a reply of somebody not known, and with those replies that may be among the
        comments of the post that are not in the data.

        Returns
        -------
        pandas.DataFrame
            Of the pages with at least ten judged comments: ``asked``, ``answered``, ``at_most``
            and ``n_posts``.
        """
        judged = self.of(tier)
        by_post = (
            judged.assign(answered=judged["answered"].fillna(False).astype(bool), asked=1)
            .groupby(["page_id", "post_id"], as_index=False)[
                ["asked", "answered", "perhaps_answered"]
            ]
            .sum()
            .merge(self.public_numbers, on=["page_id", "post_id"], how="left")
        )
        seen = by_post["answered"] + by_post["perhaps_answered"]
        with_missing = seen + by_post["missing"].fillna(0)
        by_post["at_most"] = with_missing.clip(upper=by_post["asked"])
        pages = by_post.groupby("page_id")
        counts = pages[["asked", "answered", "at_most"]].sum().astype(int)
        counts["n_posts"] = pages.size()
        return counts[counts["asked"] >= FEWEST_QUESTIONS]

    def as_approximate(self, estimate: Estimate) -> Estimate:
        """Label what rests on rules: how often they err is not in its interval."""
        return replace(estimate, approximate=True) if self.text_was_read else estimate

    def why_too_few(self, tier: str) -> str:
        """Say why a tier has no pages whose answers can be judged."""
        if self.why_nothing:
            return self.why_nothing
        comments = self.of(tier)
        if comments.empty:
            return f"there are no {self.kind} in the data"
        if comments["answered"].isna().all():
            return NO_AUTHORS
        return f"no page has at least {FEWEST_QUESTIONS} {self.kind}"


def gather(selection: Selection) -> Asked:
    """Gather what people asked under the pages of a selection."""
    # Only all comments of the study show whether replies were taken at all.
    asked = questions(selection.study_comments)
    here = asked.merge(selection.pages[["page_id", "tier"]], on="page_id")
    return Asked(selection, here, _why_nothing(selection, here))


def _why_nothing(selection: Selection, here: pd.DataFrame) -> str:
    if selection.study_comments.empty:
        return NO_COMMENTS
    if here.empty:
        return NONE_HERE
    if selection.study_comments["parent_id"].isna().all():
        return NO_REPLIES
    return NO_AUTHORS if here["answered"].isna().all() else ""


def reply_rate(comments: pd.DataFrame) -> ReplyRateBounds:
    """Estimate the share of comments that pages answer, from rows of questions."""
    return share_of_counts(answered_per_page(comments), "answered", "asked")


def share_of_counts(
    counts: pd.DataFrame, part: str, whole: str, unit: str = COMMENTS
) -> ReplyRateBounds:
    """Estimate the share that one count is of another, over pages where the other is not zero."""
    present = counts[counts[whole] > 0]
    return reply_rate_bounds(
        present[part],
        present[whole],
        level=EACH_SIDE,
        n_posts=int(present["n_posts"].sum()),
        unit=unit,
    )


def n_posts(comments: pd.DataFrame) -> int:
    """Count the posts under which comments stand."""
    return len(comments.drop_duplicates(["page_id", "post_id"]))


def waits(comments: pd.DataFrame, clock: Clock | None = None) -> Waits:
    """Measure how long comments waited; those of which a time is not known are left out."""
    timed = with_known_times(comments)
    return Waits.of(
        timed["page_id"],
        timed["created_at"],
        timed["answered_at"],
        timed["observed_until"],
        clock=clock,
    )


@dataclass(frozen=True)
class Line:
    """A line of a table: an estimate for every tier shown.

    Attributes
    ----------
    label : str
        What a reader sees.
    measure, definition : str
        What the results call it, and how it is made.
    """

    label: str
    measure: str
    definition: str
    estimates: Estimates


def line_of(
    asked: Asked, label: str, measure: str, definition: str, estimate: Callable[[str], Estimate]
) -> Line:
    """Make a line from a function of the tier; a tier without enough comments says so."""
    estimates = {tier: estimate(tier) for tier in groups(asked.selection)}
    for tier, found in estimates.items():
        if not found.estimable and asked.of_enough(tier).empty:
            estimates[tier] = replace(found, reason=asked.why_too_few(tier))
    return Line(label, measure, definition, estimates)


def lines_table(asked: Asked, lines: Sequence[Line], caption: str) -> ShownTable:
    """Show lines as a table."""
    found = {line.label: line.estimates for line in lines}
    return table_of(asked.selection, found, caption, rows_of_lines(asked, lines))


def rows_of_lines(asked: Asked, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Make the tidy rows of lines."""
    return [
        result_row(asked.selection, e, measure=line.measure, definition=line.definition, tier=tier)
        for line in lines
        for tier, e in line.estimates.items()
    ]


def not_measured(asked: Asked) -> Sentence:
    """Say why nothing is known of answers."""
    kind, why = kind_and_why(asked.why_nothing)
    return Sentence(f"**{capitalised(kind)}**: {why}.")


def bold_reason(reason: str) -> str:
    """Say in bold which kind of missing it is, and why, up to the full stop."""
    kind, why = kind_and_why(reason)
    return f"**{kind}**: {why}."


def kind_and_why(reason: str) -> tuple[str, str]:
    """Say which kind of missing it is, and why."""
    if reason.startswith(_NOT_MEASURED):
        return say("not measured"), say.reason(reason.removeprefix(_NOT_MEASURED))
    return say("not estimable"), say.reason(reason)


def nothing_to_draw(asked: Asked) -> Sentence:
    """Say why there is no figure."""
    if asked.why_nothing:
        return Sentence(say("There is nothing to draw."))
    reasons = {asked.why_too_few(tier) for tier in groups(asked.selection)}
    said = joined([say.reason(reason) for reason in sorted(reasons)])
    return Sentence(say("There is nothing to draw: {reasons}.", reasons=said))
