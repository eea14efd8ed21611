"""Webcare is nearly absent: public replies to the comments that need one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import pandas as pd
from scipy import stats

from analysis.claims.rule import half_the_error, spanning, two_sided
from analysis.inference.bounds import one_sided_basis, page_share_bounds
from analysis.inference.estimate import Estimate
from analysis.inference.misclassified import rogan_gladen
from analysis.inference.reply_rate import ReplyRateBounds, reply_rate_bounds
from analysis.inference.survival import COMMENT_SHARE
from analysis.measures.questions import FEWEST_QUESTIONS, answered_per_page, needing_answer
from analysis.registers.comment_rule_errors import Coding, ErrorRate

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
        return with_enough(self.needing)

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
            rules that the hand-coded comments leave possible: half of the error of a bound is
            then that of the replies, a quarter that of each error rate. Labelled approximate
            without such comments, since the errors of the rules are then in neither bound.
        """
        if reason := self._why_nothing():
            return self._nothing(reason, level)
        if self.coding is None:
            counts = [with_enough(answered_per_page(needing_answer(c))) for c in self._readings]
            found = spanning([_bounds(reading, level).both for reading in counts])
            return replace(found, approximate=True)
        of_replies = half_the_error(level)
        rates = possible_rates(self.coding, two_sided(half_the_error(of_replies)))
        if min(sensitivity + specificity for sensitivity, specificity in rates) <= 1:
            return self._nothing(NO_BETTER_THAN_CHANCE, level)
        true = [truly_asked(reading, *pair) for pair in rates for reading in self._readings]
        found = spanning([_bounds(counts, of_replies).both for counts in true])
        return replace(found, level=two_sided(level))

    def of_all_comments(self, *, level: float) -> Estimate:
        """Bound the share of all comments with a public reply; most of them need none."""
        if reason := self._why_nothing():
            return self._nothing(reason, level)
        counts = [answered_per_page(reading) for reading in self._readings]
        return spanning([_bounds(reading, level).both for reading in counts])

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

    @cached_property
    def _readings(self) -> list[pd.DataFrame]:
        """Replies of people not known: once not the page's, once the page's."""
        perhaps = self.asked["answered"].notna() & self.asked["perhaps_answered"]
        if not perhaps.any():
            return [self.asked]
        return [self.asked, self.asked.assign(answered=self.asked["answered"].mask(perhaps, True))]

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


def truly_asked(asked: pd.DataFrame, sensitivity: float, specificity: float) -> pd.DataFrame:
    """Count each page's comments that truly need an answer, and those that have one.

    Parameters
    ----------
    asked : pandas.DataFrame
        Rows of `analysis.measures.questions.questions`. Comments without a text to read are left
        out: the rules can neither find nor spare them.
    sensitivity, specificity : float
        Share of what needs an answer that the rules find, and share of the others that they leave
        alone; together over 1.

    Returns
    -------
    pandas.DataFrame
        As `analysis.measures.questions.answered_per_page`, of the pages with at least
        `FEWEST_QUESTIONS` comments that the rules find and one that truly needs an answer;
        ``asked`` and ``answered`` are float.

    Notes
    -----
    `analysis.inference.misclassified.rogan_gladen`, of comments and of answered comments. That
    assumes that the rules err as often on answered comments as on others.
    """
    read = asked.dropna(subset=["needs_answer"])
    flagged = with_enough(answered_per_page(needing_answer(read)))
    everyone = answered_per_page(read).loc[flagged.index]
    true = flagged.assign(
        **{
            name: rogan_gladen(flagged[name], everyone[name], sensitivity, specificity)
            for name in ("asked", "answered")
        }
    )
    true["answered"] = true["answered"].clip(lower=0).clip(upper=true["asked"])
    return true[true["asked"] >= 1]


def with_enough(counts: pd.DataFrame) -> pd.DataFrame:
    """Keep the pages that have enough comments that need an answer for a rate."""
    return counts[counts["asked"] >= FEWEST_QUESTIONS]


def possible_rates(coding: Coding, level: float) -> list[tuple[float, float]]:
    """Sensitivity and specificity as they were found, then all pairs of their limits.

    Parameters
    ----------
    level : float
        Two-sided level of the limits of each (Clopper & Pearson 1934).

    Returns
    -------
    list of tuple of float
        Nothing when the sample holds no comment of one of the two kinds.
    """
    if coding.sensitivity.value is None or coding.specificity.value is None:
        return []
    found = (coding.sensitivity.value, coding.specificity.value)
    limits = [_limits(rate, level) for rate in (coding.sensitivity, coding.specificity)]
    low_and_high = product(*limits)
    return [found, *((sensitivity, specificity) for sensitivity, specificity in low_and_high)]


def both_kinds_coded(coding: Coding) -> bool:
    """Whether the sample holds comments that need an answer and comments that need none."""
    return coding.sensitivity.n > 0 and coding.specificity.n > 0


def _limits(rate: ErrorRate, level: float) -> tuple[float, float]:
    """Exact limits of an error rate, from the counts that it was made of."""
    hits = round((rate.value or 0) * rate.n)
    limits = stats.binomtest(hits, rate.n).proportion_ci(level, method="exact")
    return float(limits.low), float(limits.high)
