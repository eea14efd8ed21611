"""Webcare is nearly absent: public replies to the comments that need one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import pandas as pd

from analysis.claims.rule import spanning
from analysis.hand_coding import Coding
from analysis.inference.bounds import one_sided_basis, page_share_bounds
from analysis.inference.estimate import Estimate
from analysis.inference.reply_rate import ReplyRateBounds, reply_rate_bounds
from analysis.inference.survival import COMMENT_SHARE
from analysis.measures.questions import FEWEST_QUESTIONS, answered_per_page, needing_answer

NO_COMMENTS = "not measured: no comments were read"
NO_REPLIES = "not measured: it is not known which comments are the page’s"
NO_TEXT = "not measured: no comment has a text that tells whether it needs an answer"
TOO_FEW = f"no page has {FEWEST_QUESTIONS} comments that need an answer"
NO_BETTER_THAN_CHANCE = "the rules tell comments that need an answer no better than chance"


@dataclass(frozen=True)
class Webcare:
    """What pages do about the comments under their posts.

    Attributes
    ----------
    asked : pandas.DataFrame
        Rows of `analysis.measures.questions.questions`: the comments of people at the top of a
        thread.
    coding : Coding or None
        What hand-coded comments say of the rules that tell which need an answer, if that is known.
    """

    asked: pd.DataFrame
    coding: Coding | None

    @cached_property
    def needing(self) -> pd.DataFrame:
        """Of each page, comments that need an answer and how many have one."""
        return answered_per_page(needing_answer(self.asked))

    @cached_property
    def enough(self) -> pd.DataFrame:
        """The pages that have enough of them for a rate."""
        return self.needing[self.needing["asked"] >= FEWEST_QUESTIONS]

    def reply_rate(self, *, level: float) -> Estimate:
        """Bound the share of comments that need an answer and have a public one.

        Parameters
        ----------
        level : float
            Level of each one-sided bound.

        Returns
        -------
        Estimate
            The pooled rate. The bounds hold for the mean page and pooled, whether or not the
            replies of people who are not known are the page's, and for every error rate of the
            rules that the hand-coded comments leave possible. Labelled approximate without such
            comments, since the errors of the rules are then in neither bound.
        """
        if reason := self._why_nothing():
            return self._nothing(reason, level)
        if self.coding is None:
            found = spanning([_bounds(counts, level).both for counts in _readings(self.enough)])
            return replace(found, approximate=True)
        rates = possible_rates(self.coding)
        if min(sensitivity + specificity for sensitivity, specificity in rates) <= 1:
            return self._nothing(NO_BETTER_THAN_CHANCE, level)
        corrected = [counts for pair in rates for counts in self._true(*pair)]
        return spanning([_bounds(counts, level).both for counts in corrected])

    def of_all_comments(self, *, level: float) -> Estimate:
        """Bound the share of all comments with a public reply; most of them need none."""
        counts = answered_per_page(self.asked)
        if reason := self._why_nothing():
            return self._nothing(reason, level)
        return spanning([_bounds(reading, level).both for reading in _readings(counts)])

    def as_the_rules_have_it(self, *, level: float) -> Estimate:
        """Bound the reply rate as if the rules were never wrong."""
        return replace(self, coding=None).reply_rate(level=level)

    def counted(self, *, level: float) -> ReplyRateBounds:
        """Bound the reply rate over pages and over comments, as the rules have it."""
        return _bounds(self.enough, level)

    def answering_pages(self, *, level: float) -> Estimate:
        """Bound the share of pages that give any public reply to comments that need one."""
        pages = self.enough
        return page_share_bounds(
            (pages["answered"] + pages["perhaps_answered"]) > 0,
            level=level,
            n_posts=int(pages["n_posts"].sum()),
        )

    def _true(self, sensitivity: float, specificity: float) -> Iterator[pd.DataFrame]:
        """Correct each page's counts for the errors of the rules, under every reading."""
        all_comments = answered_per_page(self.asked).loc[self.enough.index]
        for flagged, everyone in zip(_readings(self.enough), _readings(all_comments), strict=True):
            true = flagged.assign(
                **{
                    name: rogan_gladen(flagged[name], everyone[name], sensitivity, specificity)
                    for name in ("asked", "answered")
                }
            )
            true["answered"] = true["answered"].clip(lower=0).clip(upper=true["asked"])
            yield true[true["asked"] >= 1]

    def _why_nothing(self) -> str:
        if self.asked.empty:
            return NO_COMMENTS
        if self.asked["answered"].isna().all():
            return NO_REPLIES
        if self.asked["needs_answer"].isna().all():
            return NO_TEXT
        return TOO_FEW if self.enough.empty else ""

    def _nothing(self, reason: str, level: float) -> Estimate:
        return one_sided_basis(
            n_pages=0, n_posts=0, unit=COMMENT_SHARE, method="reply rate", level=level
        ).nothing(reason)


def _bounds(counts: pd.DataFrame, level: float) -> ReplyRateBounds:
    return reply_rate_bounds(
        counts["answered"],
        counts["asked"],
        level=level,
        n_posts=int(counts["n_posts"].sum()),
        unit=COMMENT_SHARE,
    )


def rogan_gladen(
    flagged: pd.Series, everyone: pd.Series, sensitivity: float, specificity: float
) -> pd.Series:
    r"""Count how many there truly are, from how many a rule with known errors finds.

    Parameters
    ----------
    flagged, everyone : pandas.Series
        Comments that the rules call in need of an answer, :math:`x`, and all comments, :math:`n`.
    sensitivity, specificity : float
        Share of what is such a comment that the rules find, and share of what is none that they
        leave alone; together over 1.

    Notes
    -----
    :math:`\big(x - (1 - \text{spec})\,n\big) / (\text{sens} + \text{spec} - 1)`, Rogan & Gladen
    1978, doi:10.1093/oxfordjournals.aje.a112510. Counting comments and answered comments in this
    way assumes that the rules err as often on answered comments as on others.
    """
    return (flagged - (1 - specificity) * everyone) / (sensitivity + specificity - 1)


def _readings(counts: pd.DataFrame) -> list[pd.DataFrame]:
    """Replies of people not known: once not the page's, once the page's."""
    perhaps = counts.assign(answered=counts["answered"] + counts["perhaps_answered"])
    return [counts, perhaps] if counts["perhaps_answered"].any() else [counts]


def possible_rates(coding: Coding) -> list[tuple[float, float]]:
    """Sensitivity and specificity as they were found, then all pairs of their limits.

    Nothing when the sample holds no comment of one of the two kinds.
    """
    found = (coding.sensitivity.value, coding.specificity.value)
    limits = [(rate.low, rate.high) for rate in (coding.sensitivity, coding.specificity)]
    pairs = [found, *product(*limits)]
    return [(sens, spec) for sens, spec in pairs if sens is not None and spec is not None]
