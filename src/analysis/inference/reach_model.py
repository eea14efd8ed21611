"""Reach of pages that did not share it: an interval from followers, interactions and benchmarks.

Who has insights of some pages can predict the others. Who has none gets what published benchmarks
allow, a factor of seven or more to either side. `BESIDE_EVERY_INTERVAL` belongs next to every
number made here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats
from scipy.optimize import elementwise

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import HALF, FloatArray, from_log, page_columns

BESIDE_EVERY_INTERVAL = (
    "That such intervals cover the truth is known from simulation only; whether pages that share "
    "their reach predict pages that do not was never tested on real pages.",
    "Pages that share their reach are volunteers, and may differ from the others.",
)
BENCHMARK_DEFINITION = "unique people, as benchmarks counted them before 2021"
"""What is predicted when no page was measured."""

ORDINARY_FOLLOWERS = 15_000
ORDINARY_RESPONSE = 0.003
"""Interactions per follower per post at which the model's level holds."""

PRIOR_MEANS = np.array([np.log(0.06), -0.15, 0.5])
PRIOR_SDS = np.array([0.8, 0.15, 0.35])
"""Of level, slope of size and slope of response; data/raw/register/reach_benchmarks.csv."""

_SPREAD_SCALE = 0.6
_GRID_POINTS = 100
SPREADS: FloatArray = stats.halfnorm.ppf(
    (np.arange(_GRID_POINTS) + 0.5) / _GRID_POINTS, scale=_SPREAD_SCALE
)
"""Standard deviations between like pages: grid points of equal prior probability."""

_LARGEST_SHIFT = 1000.0
_FAR_TAIL = 12.0


@dataclass(frozen=True)
class LeftOut:
    """How often the model is right about pages it has not seen.

    Attributes
    ----------
    inside : int
        Measured pages inside the interval that the other measured pages predict for them.
    n_pages : int
        Measured pages.
    level : float
        Level of those intervals.
    """

    inside: int
    n_pages: int
    level: float

    def __str__(self) -> str:
        return (
            f"{self.inside} of {self.n_pages} measured pages inside their "
            f"{100 * self.level:.4g}% interval when left out"
        )


@dataclass(frozen=True)
class ReachModel:
    """A model of reach per follower, ready to predict pages that were not measured.

    Made by `fit` and `uncalibrated`.

    Attributes
    ----------
    definition : str
        What was counted as reach; predictions are of the same.
    n_pages, n_posts : int
        Measured pages and their posts.
    with_interactions : bool
        Whether interactions say something about reach.
    features : array of float, shape (n_pages, 3), or (n_pages, 2) without interactions
        What the coefficients multiply, for each measured page.
    log_rates : array of float, shape (n_pages,)
        Logarithm of each measured page's reach per follower.
    """

    definition: str
    n_pages: int
    n_posts: int
    with_interactions: bool
    features: FloatArray
    log_rates: FloatArray

    def predict(
        self, followers: ArrayLike, interactions: ArrayLike, *, level: float = 0.95
    ) -> tuple[Estimate, ...]:
        """Predict the reach per follower of pages that were not measured.

        Parameters
        ----------
        followers : array_like of float, shape (n_pages,)
            Followers at posting, mean over the page's posts.
        interactions : array_like of float, shape (n_pages,)
            Interactions of an ordinary post of the page, as in `fit`. A model without interactions
            does not look at them.
        level : float, default 0.95

        Returns
        -------
        tuple of Estimate
            One per page: median of what the model holds possible, and its interval, as a share of
            followers. Labelled approximate, because coverage is known from simulation only.
            ``n_pages`` and ``n_posts`` count what was measured, and the method tells how many
            measured pages the model is right about when they are left out. Not estimable for a
            page without followers.

        Raises
        ------
        ValueError
            As `pages.page_columns`, for negative counts, and for a level not between 0 and 1.
        """
        basis = self._basis(level)
        counted = _counted(followers, interactions, self.with_interactions)
        followed = counted[0] > 0
        rates = iter(self._quantiles(_features(*(column[followed] for column in counted)), level))
        without = basis.nothing("a page without followers has no reach per follower")
        return tuple(basis.interval(*next(rates)) if has else without for has in followed)

    def left_out(self, level: float = 0.95) -> LeftOut:
        """Predict every measured page from the other measured pages, and count the hits.

        Parameters
        ----------
        level : float, default 0.95
        """
        inside = [self._holds_without(page, level) for page in range(self.n_pages)]
        return LeftOut(sum(inside), self.n_pages, level)

    def _holds_without(self, page: int, level: float) -> bool:
        others = np.arange(self.n_pages) != page
        posterior = _Posterior.of(self.features[others], self.log_rates[others])
        below = posterior.predictive(self.features[[page]]).cdf(self.log_rates[[page]], [0])
        return bool(abs(below[0] - 0.5) <= level / 2)

    def _quantiles(self, features: FloatArray, level: float) -> FloatArray:
        """Median and limits of each page's rate, shape (n_pages, 3)."""
        posterior = _Posterior.of(self.features, self.log_rates)
        shares = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
        return from_log(posterior.predictive(features).quantiles(shares))

    def _basis(self, level: float) -> Basis:
        known = "followers and interactions" if self.with_interactions else "followers"
        measured = str(self.left_out(level)) if self.n_pages else "no page measured"
        return Basis(
            n_pages=self.n_pages,
            n_posts=self.n_posts,
            unit="share of followers",
            level=level,
            method=f"model of reach ({self.definition}) from {known}, with benchmark priors; "
            f"{measured}",
            approximate=True,
        )


def fit(
    followers: ArrayLike,
    interactions: ArrayLike,
    reach: ArrayLike,
    *,
    definitions: Sequence[str],
    n_posts: int,
    with_interactions: bool = True,
) -> ReachModel:
    r"""Learn from pages with measured reach what pages without it may reach.

    Parameters
    ----------
    followers : array_like of float, shape (n_pages,)
        Followers at posting, mean over the page's posts, :math:`F_i`.
    interactions : array_like of float, shape (n_pages,)
        Interactions of an ordinary post of the page, :math:`I_i`: the mean over its organic posts.
    reach : array_like of float, shape (n_pages,)
        People an ordinary organic post of the page reached, :math:`R_i`: the mean over its posts,
        or the median; what is put in is what is predicted.
    definitions : sequence of str
        What was counted as reach on each page. They must be the same: unique people before
        2025 and viewers since are different numbers.
    n_posts : int
        Posts of these pages.
    with_interactions : bool, default True
        False leaves interactions out (:math:`b_2 = 0`), for a conclusion on reach that does not
        rest on reactions.

    Raises
    ------
    ValueError
        As `pages.page_columns`; when the definitions differ or one is missing; when a page has no
        followers or reached nobody; for a negative count.

    Notes
    -----
    .. math:: \log\frac{R_i}{F_i} = b_0 + b_1 \log\frac{F_i}{15{,}000}
        + b_2 \Big(\log\frac{I_i + \frac12}{F_i} - \log .003\Big) + v_i,
        \qquad v_i \sim N(0, \sigma^2)

    with :math:`b_0 \sim N(\log .06, .8^2)`, :math:`b_1 \sim N(-.15, .15^2)`,
    :math:`b_2 \sim N(.5, .35^2)` and :math:`\sigma` half-normal with scale .6. Level and slope of
    size: published benchmarks, data/raw/register/reach_benchmarks.csv. Slope of response: the .6
    over the posts of one page in Moro, Rita & Vala 2016, doi:10.1016/j.jbusres.2016.02.010,
    with a wide margin. Given :math:`\sigma` the coefficients are normal (Gelman et al. 2013,
    *Bayesian Data Analysis*, section 14.8); a prediction is a mixture of normals over a grid of
    :math:`\sigma`, weighted by how well each explains the measured pages.

    In simulation intervals of 95 % cover .95 to .97 of unseen pages with 4 to 12 measured ones,
    also where all pages reach twice what benchmarks say. They are a factor 3.0 (4 pages), 2.6 (8)
    and 2.4 (12) to either side; 7 to 8 with none. "5 %, give or take a factor 2" covers .82, and
    half in that other world (tests/inference/test_reach_model.py).
    """
    counted = _counted(followers, interactions, with_interactions)
    reached = page_columns(followers=counted[0], reach=reach)[1]
    if (counted[0] <= 0).any():
        raise ValueError("followers: a page without followers cannot calibrate; leave it out")
    if (reached <= 0).any():
        raise ValueError("reach: a page that reached nobody cannot calibrate; leave it out")
    return ReachModel(
        definition=_one_definition(definitions, len(reached)),
        n_pages=len(reached),
        n_posts=n_posts,
        with_interactions=with_interactions,
        features=_features(*counted),
        log_rates=np.log(reached / counted[0]),
    )


def uncalibrated(*, with_interactions: bool = True) -> ReachModel:
    """Take the model as benchmarks leave it, when no page shared its reach.

    Parameters
    ----------
    with_interactions : bool, default True
        As in `fit`.
    """
    return fit([], [], [], definitions=[], n_posts=0, with_interactions=with_interactions)


@dataclass(frozen=True)
class FlippingShift:
    """How different unmeasured pages must be for a verdict to change.

    Attributes
    ----------
    factor : float or None
        How many times the reach that the model gives them; None when no factor does it.
    reason : str
        Why there is none; else empty.
    """

    factor: float | None
    reason: str = ""


def shift_that_flips(bound: Callable[[float], float], threshold: float) -> FlippingShift:
    """Find how much more, or less, the unmeasured pages must reach for a verdict to change.

    The measured pages are volunteers. If the others reach less or more than pages like them, all
    predictions are wrong by one factor. A verdict that stands until that factor is 4 needs less
    trust in the volunteers than one that falls at 1.2.

    Parameters
    ----------
    bound : callable
        Gives the bound that decides when the reach of every unmeasured page is multiplied by a
        factor; never falls when the factor rises. At 1 it is the bound as it was computed.
    threshold : float
        Where the verdict changes.

    Returns
    -------
    FlippingShift
        The factor at which bound and threshold meet, between 1/1,000 and 1,000.
    """

    def over(log_factor: float) -> float:
        return bound(float(np.exp(log_factor))) - threshold

    furthest = float(np.log(_LARGEST_SHIFT))
    if np.sign(over(-furthest)) == np.sign(over(furthest)):
        return FlippingShift(None, "not even a factor of 1,000 either way changes it")
    return FlippingShift(float(np.exp(optimize.brentq(over, -furthest, furthest))))


@dataclass(frozen=True)
class _Posterior:
    """What is held of the coefficients for every spread on the grid.

    Attributes
    ----------
    means : array of float, shape (n_spreads, n_features)
    covariances : array of float, shape (n_spreads, n_features, n_features)
    weights : array of float, shape (n_spreads,)
        Probability of each spread.
    """

    means: FloatArray
    covariances: FloatArray
    weights: FloatArray

    @classmethod
    def of(cls, features: FloatArray, log_rates: FloatArray) -> Self:
        """Learn from measured pages; from none, it is the prior."""
        n_pages, n_features = features.shape
        prior_means, prior_precision = PRIOR_MEANS[:n_features], PRIOR_SDS[:n_features] ** -2.0
        surprise = log_rates - features @ prior_means
        variances = SPREADS[:, np.newaxis] ** 2
        seen = features.T @ features / variances[..., np.newaxis]
        covariances = np.asarray(np.linalg.inv(np.diag(prior_precision) + seen), dtype=float)
        pulled = features.T @ surprise / variances
        moved = np.einsum("sij,sj->si", covariances, pulled)
        misfit = surprise @ surprise / variances[:, 0] - np.sum(pulled * moved, axis=1)
        log_evidence = np.linalg.slogdet(covariances)[1] - n_pages * np.log(variances[:, 0])
        return cls(
            means=prior_means + moved,
            covariances=covariances,
            weights=special.softmax((log_evidence - misfit) / 2),
        )

    def predictive(self, features: FloatArray) -> _Mixture:
        """Log rates of pages that were not measured."""
        doubt = np.einsum("pi,sij,pj->sp", features, self.covariances, features)
        return _Mixture(
            weights=self.weights,
            means=self.means @ features.T,
            sds=np.sqrt(SPREADS[:, np.newaxis] ** 2 + doubt),
        )


@dataclass(frozen=True)
class _Mixture:
    """For each page a mixture of normals; ``means`` and ``sds`` have shape (n_spreads, n_pages)."""

    weights: FloatArray
    means: FloatArray
    sds: FloatArray

    def cdf(self, values: FloatArray, pages: ArrayLike) -> FloatArray:
        """Probability of at most these values on these pages, shaped as ``values``."""
        number = np.asarray(pages, dtype=int)
        standardised = (values - self.means[:, number]) / self.sds[:, number]
        return np.tensordot(self.weights, special.ndtr(standardised), axes=1)

    def quantiles(self, shares: FloatArray) -> FloatArray:
        """Values below which these shares lie, shape (n_pages, n_shares)."""
        pages = np.arange(self.means.shape[1])[:, np.newaxis]
        if pages.size == 0:
            return np.empty((0, len(shares)))
        lowest = (self.means - _FAR_TAIL * self.sds).min(axis=0)[:, np.newaxis]
        highest = (self.means + _FAR_TAIL * self.sds).max(axis=0)[:, np.newaxis]

        def over(values: FloatArray, share: FloatArray, page: FloatArray) -> FloatArray:
            return self.cdf(values, page) - share

        return elementwise.find_root(over, (lowest, highest), args=(shares, pages)).x


def _counted(
    followers: ArrayLike, interactions: ArrayLike, with_interactions: bool
) -> tuple[FloatArray, ...]:
    """Check the columns the model looks at: followers, and interactions if it does."""
    columns = {"followers": followers}
    if with_interactions:
        columns["interactions"] = interactions
    checked = page_columns(**columns)
    for name, column in zip(columns, checked, strict=True):
        if (column < 0).any():
            raise ValueError(f"{name}: a count is negative")
    return checked


def _features(followers: FloatArray, interactions: FloatArray | None = None) -> FloatArray:
    """Columns that the coefficients multiply, shape (n_pages, 2 or 3)."""
    level, size = np.ones_like(followers), np.log(followers / ORDINARY_FOLLOWERS)
    if interactions is None:
        return np.column_stack([level, size])
    response = np.log((interactions + HALF) / followers) - np.log(ORDINARY_RESPONSE)
    return np.column_stack([level, size, response])


def _one_definition(definitions: Sequence[str], n_pages: int) -> str:
    """Give the definition that all measured pages share."""
    if len(definitions) != n_pages:
        raise ValueError(f"definitions: one for each of the {n_pages} pages is needed")
    named = sorted({definition for definition in definitions if isinstance(definition, str)})
    if not all(isinstance(definition, str) and definition for definition in definitions):
        raise ValueError("definitions: it must be known of every page what was counted as reach")
    if len(named) > 1:
        raise ValueError(
            f"definitions: {' and '.join(named)} are different numbers and cannot calibrate one "
            "model; fit one for each"
        )
    return named[0] if named else BENCHMARK_DEFINITION
