"""One page against its tier: better or worse than like pages, or luck.

The limits come from how much the other pages of the tier differ, and widen for a page with few or
uneven posts. A limit from counting noise alone would call nearly every page an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.inference.estimate import Basis, Estimate, not_estimable
from analysis.inference.multiplicity import benjamini_hochberg, with_adjusted_p
from analysis.inference.pages import HALF, BoolArray, FloatArray, from_log, page_columns

FEWEST_LIKE_PAGES = 2
METHOD = (
    "ratio to the geometric mean of the tier's other pages, prediction interval of their spread"
)


def log_rate_errors(sums: ArrayLike, sums_of_squares: ArrayLike, n_posts: ArrayLike) -> FloatArray:
    r"""Standard error of each page's log rate from its posts.

    Parameters
    ----------
    sums, sums_of_squares : array_like of float, shape (n_pages,)
        Sum of the page's counts per post, :math:`S_i`, and of their squares, :math:`Q_i`.
    n_posts : array_like of int, shape (n_pages,)
        The page's posts, :math:`n_i`, at least two.

    Returns
    -------
    array of float, shape (n_pages,)
        :math:`\sqrt{\max\left(\frac{n_i}{n_i - 1} (Q_i - S_i^2 / n_i),\, S_i + \frac12\right)}
        / (S_i + \frac12)`: relative error of the mean post, and never less than counting alone
        would leave. Posts of one page are taken to have the same exposure.

    Raises
    ------
    ValueError
        As `page_columns`, and for a page with fewer than two posts.
    """
    total, squares, posts = page_columns(
        sums=sums, sums_of_squares=sums_of_squares, n_posts=n_posts
    )
    if (posts < 2).any():
        raise ValueError("n_posts: one post does not show how much the posts of a page differ")
    variance_of_total = posts / (posts - 1) * (squares - total**2 / posts)
    return np.sqrt(np.maximum(variance_of_total, total + HALF)) / (total + HALF)


@dataclass(frozen=True)
class Funnel:
    """Where like pages lie.

    Attributes
    ----------
    centre : float
        Mean of their log rates.
    centre_error : float
        Its standard error.
    spread : float
        Standard deviation between pages of the true log rates.
    n_pages : int
        How many like pages there are.
    """

    centre: float
    centre_error: float
    spread: float
    n_pages: int

    @classmethod
    def of(cls, log_rates: ArrayLike, errors: ArrayLike) -> Self:
        r"""Make the funnel of some pages.

        Parameters
        ----------
        log_rates, errors : array_like of float, shape (n_pages,)
            Log rate of each page, :math:`y_i`, and its standard error, :math:`s_i`.

        Raises
        ------
        ValueError
            As `page_columns`, for fewer than two pages, and for an error that is not above zero.

        Notes
        -----
        Additive between-page variance :math:`\tau^2 = \max(0, s_y^2 - \overline{s_i^2})`, the
        variance of the log rates less what their own errors explain, as in a random-effects
        funnel: Spiegelhalter 2005, doi:10.1002/sim.1970.
        """
        rates, own = page_columns(log_rates=log_rates, errors=errors)
        if len(rates) < FEWEST_LIKE_PAGES:
            raise ValueError(f"log_rates: at least {FEWEST_LIKE_PAGES} pages make a funnel")
        if (own <= 0).any():
            raise ValueError("errors: a log rate without error is not possible")
        noise = np.mean(own**2)
        total = max(rates.var(ddof=1), noise)
        return cls(
            centre=float(rates.mean()),
            centre_error=float(np.sqrt(total / len(rates))),
            spread=float(np.sqrt(total - noise)),
            n_pages=len(rates),
        )

    def limits(self, errors: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Rates between which a like page with these errors lies, at this level.

        Parameters
        ----------
        errors : array_like of float
            Standard errors of log rates: the funnel's horizontal axis.
        level : float, default 0.95

        Returns
        -------
        low, high : arrays of float, shaped as ``errors``
        """
        reach = self._t_quantile(level) * self._error(np.asarray(errors, dtype=float))
        return from_log(self.centre - reach), from_log(self.centre + reach)

    def place(
        self, log_rate: float, error: float, *, n_posts: int, level: float = 0.95
    ) -> Estimate:
        """Hold one page that is not in the funnel against the pages that are.

        Parameters
        ----------
        log_rate, error : float
            Log rate of the page and its standard error.
        n_posts : int
            The page's posts.
        level : float, default 0.95

        Returns
        -------
        Estimate
            How many times the rate of the typical like page it has. The interval leaves out 1 when
            the page lies outside the funnel's limits at this level; ``p`` is the chance of a like
            page at least as far away. ``n_pages`` counts the like pages.
        """
        difference, expected = log_rate - self.centre, float(self._error(np.array(error)))
        basis = Basis(
            n_pages=self.n_pages,
            n_posts=n_posts,
            unit="ratio",
            level=level,
            method=METHOD,
        )
        reach = self._t_quantile(level) * expected
        ratio, low, high = from_log(difference + np.array([0, -reach, reach]))
        p = 2 * stats.t.sf(abs(difference) / expected, self.n_pages - 1)
        return basis.interval(ratio, low, high, p=p)

    def _error(self, errors: FloatArray) -> FloatArray:
        """Standard error with which a like page's log rate is predicted."""
        return np.sqrt(self.spread**2 + errors**2 + self.centre_error**2)

    def _t_quantile(self, level: float) -> float:
        return float(stats.t.ppf((1 + level) / 2, self.n_pages - 1))


def each_against_the_others(
    log_rates: ArrayLike, errors: ArrayLike, *, posts_per_page: ArrayLike, level: float = 0.95
) -> tuple[Estimate, ...]:
    r"""Hold every page of a tier against the funnel of the others.

    A page is left out of its own funnel: among 5 pages, one that is in it can never lie outside.

    Parameters
    ----------
    log_rates, errors : array_like of float, shape (n_pages,)
        Log rate of each page and its standard error.
    posts_per_page : array_like of int, shape (n_pages,)
    level : float, default 0.95

    Returns
    -------
    tuple of Estimate
        One per page, as `Funnel.place`. ``p_adjusted`` keeps the expected share of luck among the
        pages that stand out at the level (Benjamini–Hochberg). Not estimable with fewer than
        three pages.

    Raises
    ------
    ValueError
        As `page_columns`.
    """
    rates, own, posts = page_columns(
        log_rates=log_rates, errors=errors, posts_per_page=posts_per_page
    )
    everyone = np.arange(len(rates))
    placed = [
        _place(rates, own, page, everyone != page, n_posts=int(posts[page]), level=level)
        for page in range(len(rates))
    ]
    return with_adjusted_p(placed, benjamini_hochberg)


def _place(
    rates: FloatArray,
    errors: FloatArray,
    page: int,
    others: BoolArray,
    *,
    n_posts: int,
    level: float,
) -> Estimate:
    if others.sum() < FEWEST_LIKE_PAGES:
        return not_estimable(
            "the tier has too few other pages to show how much pages differ",
            n_pages=int(others.sum()),
            n_posts=n_posts,
            unit="ratio",
            method=METHOD,
        )
    funnel = Funnel.of(rates[others], errors[others])
    return funnel.place(rates[page], errors[page], n_posts=n_posts, level=level)
