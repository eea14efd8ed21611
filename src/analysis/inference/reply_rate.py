"""Bounds on the share of comments that pages answer, for the claim on webcare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import expit, logit

from analysis.inference.bounds import one_sided_basis
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.jackknife import effective_pages, jackknife_error, without_each_page
from analysis.inference.pages import (
    HALF,
    NO_PAGE,
    FloatArray,
    all_equal,
    page_columns,
    why_no_spread,
)

Limits = tuple[float, float]


@dataclass(frozen=True)
class ReplyRateBounds:
    """Bounds on a reply rate seen two ways, and the two together.

    Attributes
    ----------
    mean_page : Estimate
        Mean of the pages' rates: every page counts the same.
    pooled : Estimate
        Replies over comments of all pages: every comment counts the same.
    both : Estimate
        The pooled rate with the lower of the two lower bounds and the higher of the two upper
        bounds. What it decides, both decide.
    """

    mean_page: Estimate
    pooled: Estimate
    both: Estimate


def reply_rate_bounds(
    replied: ArrayLike,
    comments: ArrayLike,
    *,
    level: float,
    n_posts: int,
    unit: str = "share of comments",
) -> ReplyRateBounds:
    r"""One-sided bounds on the share of comments that pages answer.

    Parameters
    ----------
    replied, comments : array_like of float, shape (n_pages,)
        Comments with a reply by the page, :math:`x_i`, and comments, :math:`n_i`.
    level : float
        Level of each bound, over .5.
    n_posts : int
        Posts under which the comments stand.
    unit : str, default "share of comments"

    Returns
    -------
    ReplyRateBounds
        Without bounds for one page, or when all pages answer the same share.

    Raises
    ------
    ValueError
        As `page_columns`, when a page has no comment or more replies than comments, and when the
        level is not between .5 and 1.

    Notes
    -----
    On the logit, :math:`\ell \pm t_\nu s` with :math:`s` the jackknife error over the :math:`m`
    pages, transformed back. Half an answered and half an unanswered comment are added: to the sum
    for the pooled rate, spread over the pages for the mean page, whose rates are
    :math:`r_i = (x_i + \frac{1}{2m}) / (n_i + \frac{1}{m})`. (A whole half on every page would
    lift a mean over pages with few comments: with 20 comments each, its lower bound lies above
    the truth in 12 to 56 % of samples.) Degrees of freedom :math:`\nu` are :math:`m - 1` for the
    mean page, and effective pages less one, at least one, for the pooled rate.

    When no comment is answered, pages do not show how much they differ. The upper bound is then
    the highest that one answered comment on any page would give: no answer at all is never taken
    for more certain than one answer. Likewise for the lower bound when every comment is answered.

    At the boundary the two together decide wrongly in about 5 % of samples or less, with 6 to 20
    pages (docs/methods.md). A binomial interval on the comments does in 30 to 48 %.
    """
    answered, asked = _checked(replied, comments)
    basis = partial(one_sided_basis, n_pages=len(asked), n_posts=n_posts, unit=unit, level=level)
    mean_page = basis(method="mean of the pages' rates, one-sided jackknife bounds on the logit")
    pooled = basis(method="pooled rate, one-sided jackknife bounds on the logit")
    if len(asked) == 0:
        nothing = pooled.nothing(NO_PAGE)
        return ReplyRateBounds(mean_page.nothing(NO_PAGE), nothing, nothing)
    seen = (
        _bounded(_mean_page_limits, float(np.mean(answered / asked)), answered, asked, mean_page),
        _bounded(_pooled_limits, float(answered.sum() / asked.sum()), answered, asked, pooled),
    )
    return ReplyRateBounds(*seen, _both(*seen))


def _checked(replied: ArrayLike, comments: ArrayLike) -> tuple[FloatArray, FloatArray]:
    answered, asked = page_columns(replied=replied, comments=comments)
    if (asked < 1).any():
        raise ValueError("comments: a page without comments has no reply rate; leave it out")
    if (answered < 0).any() or (answered > asked).any():
        raise ValueError("replied: between none and all of a page's comments")
    return answered, asked


LimitsOf = Callable[[FloatArray, FloatArray, float], Limits]


def _bounded(
    limits_of: LimitsOf,
    rate: float,
    answered: FloatArray,
    asked: FloatArray,
    basis: Basis,
) -> Estimate:
    """Give a rate its limits, also where none or all of the comments are answered."""
    if len(asked) == 1:
        return basis.value_alone(rate, why_no_spread(asked))
    if not answered.any():
        return basis.interval(rate, 0, _highest_with_one_answer(limits_of, asked, basis.level))
    if np.array_equal(answered, asked):
        return basis.interval(rate, 1 - _highest_with_one_answer(limits_of, asked, basis.level), 1)
    rates = answered / asked
    if all_equal(rates):
        return basis.value_alone(rate, why_no_spread(rates))
    return basis.interval(rate, *limits_of(answered, asked, basis.level))


def _highest_with_one_answer(limits_of: LimitsOf, asked: FloatArray, level: float) -> float:
    """Highest upper limit over the ways in which one page answers one comment.

    The logit is symmetric, so that one less this is the lowest lower limit of one comment left.
    """
    one_answer_on_each_page = np.eye(len(asked))
    return max(limits_of(answered, asked, level)[1] for answered in one_answer_on_each_page)


def _mean_page_limits(answered: FloatArray, asked: FloatArray, level: float) -> Limits:
    m = len(asked)
    rates = (answered + HALF / m) / (asked + 1 / m)
    return _limits_on_the_logit(
        rates.mean(), without_each_page(rates) / (m - 1), degrees_of_freedom=m - 1, level=level
    )


def _pooled_limits(answered: FloatArray, asked: FloatArray, level: float) -> Limits:
    return _limits_on_the_logit(
        (answered.sum() + HALF) / (asked.sum() + 1),
        (without_each_page(answered) + HALF) / (without_each_page(asked) + 1),
        degrees_of_freedom=max(effective_pages(asked) - 1, 1),
        level=level,
    )


def _limits_on_the_logit(
    rate: float, replicates: FloatArray, *, degrees_of_freedom: float, level: float
) -> Limits:
    margin = stats.t.ppf((1 + level) / 2, degrees_of_freedom) * jackknife_error(logit(replicates))
    return float(expit(logit(rate) - margin)), float(expit(logit(rate) + margin))


def _both(mean_page: Estimate, pooled: Estimate) -> Estimate:
    """The pooled rate with limits that hold for both."""
    method = "mean page and pooled rate, the wider of their one-sided jackknife bounds on the logit"
    if mean_page.low is None or mean_page.high is None:
        return replace(pooled, low=None, high=None, reason=mean_page.reason, method=method)
    if pooled.low is None or pooled.high is None:
        return replace(pooled, method=method)
    return replace(
        pooled,
        low=min(mean_page.low, pooled.low),
        high=max(mean_page.high, pooled.high),
        method=method,
    )
