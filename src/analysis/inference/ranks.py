"""The place of one page among others, with the places it may truly have.

A league table without intervals invites conclusions that its numbers do not bear: Goldstein &
Spiegelhalter 1996, doi:10.2307/2983325.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.stats import norm

from analysis.inference.estimate import Basis, Estimate
from analysis.inference.pages import FloatArray, page_columns

METHOD = "place by rate, interval from simultaneous comparisons with every other page"
ONE_PAGE = "one page has no place among others"
NODES = 801


def place_of(
    log_rates: ArrayLike, errors: ArrayLike, page: int, *, n_posts: int, level: float = 0.95
) -> Estimate:
    r"""Place of one page when pages are ordered from the highest rate to the lowest.

    Parameters
    ----------
    log_rates, errors : array_like of float, shape (n_pages,)
        Log rate of each page, :math:`y_k`, and its standard error, :math:`s_k`, above zero.
    page : int
        Position of the page in these columns, :math:`j`.
    n_posts : int
        The page's posts.
    level : float, default 0.95

    Returns
    -------
    Estimate
        Its place, 1 for the highest, and the places that its true rate may have among the true
        rates. Not estimable for a page that is alone.

    Raises
    ------
    ValueError
        As `page_columns`, and for an error that is not above zero.

    Notes
    -----
    Page k is surely higher when :math:`y_k - y_j > c \sqrt{s_k^2 + s_j^2}`, and surely lower when
    it lies as far below; the place lies behind all that are surely higher and before all that are
    surely lower. The constant c is such that all comparisons hold together at the level, as in
    Dunnett's test (doi:10.1080/01621459.1955.10501294), here with unequal errors. So the interval
    covers at least its level, also where pages are alike, where the spread of simulated or
    bootstrapped places covers far less: Mogstad, Romano, Shaikh & Wilhelm 2024,
    doi:10.1093/restud/rdad006.
    """
    rates, own = page_columns(log_rates=log_rates, errors=errors)
    if (own <= 0).any():
        raise ValueError("errors: a log rate without error is not possible")
    basis = Basis(
        n_pages=len(rates),
        n_posts=n_posts,
        unit=f"place among {len(rates)} pages",
        level=level,
        method=METHOD,
    )
    if len(rates) < 2:
        return basis.nothing(ONE_PAGE)
    gaps = np.delete(rates, page) - rates[page]
    surely = simultaneous_quantile(np.delete(own, page), own[page], level) * np.hypot(
        np.delete(own, page), own[page]
    )
    return basis.interval(
        value=1 + (gaps > 0).sum(),
        low=1 + (gaps > surely).sum(),
        high=len(rates) - (gaps < -surely).sum(),
    )


def simultaneous_quantile(others: FloatArray, own: float, level: float) -> float:
    r"""How many standard errors hold all differences of one page with the others at once.

    Parameters
    ----------
    others : array of float, shape (n_others,)
        Standard errors of the other pages, :math:`s_k`.
    own : float
        Standard error of the page, :math:`s_j`.
    level : float

    Returns
    -------
    float
        The c for which :math:`|s_k Z_k - s_j Z_j| \le c \sqrt{s_k^2 + s_j^2}` for all k with a
        probability of ``level``, the Z being independent standard normal: given
        :math:`Z_j` a product over the pages, averaged over equally likely values of it.
    """
    shared = own * norm.ppf((np.arange(NODES) + 0.5) / NODES)[:, None]
    reach = np.hypot(others, own)

    def excess(c: float) -> float:
        above, below = (shared + c * reach) / others, (shared - c * reach) / others
        return float((norm.cdf(above) - norm.cdf(below)).prod(axis=1).mean() - level)

    one_by_one = float(norm.isf((1 - level) / 2 / len(others)))
    return float(brentq(excess, 0, one_by_one + 1))
