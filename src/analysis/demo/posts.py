"""Posts and their counts, drawn from the stated truth."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.demo.messages import write_messages
from analysis.demo.organisations import ORGANISATIONS, Organisation
from analysis.demo.rhythm import draw_moments
from analysis.demo.truth import TRUTH, Truth

VIDEO = "Native Video"


def simulate(truth: Truth = TRUTH) -> pl.DataFrame:
    """Draw a year of posts of every invented organisation.

    Each page has random numbers of its own, so that one page can change without the others.

    Parameters
    ----------
    truth : Truth, optional

    Returns
    -------
    polars.DataFrame
        One row per post, in time order within a page: ``tier``, ``page_id``, ``number`` (of the
        post on its page, from 1), ``published_at`` (local time), ``kind``, ``message``,
        ``followers`` and ``page_likes`` (when it was posted), one column per kind of interaction,
        ``views`` and ``seconds`` (of a video, else 0), and what no public count shows:
        ``purpose`` and ``boosted``.
    """
    return pl.concat(
        _posts_of(organisation, np.random.default_rng([truth.seed, place]), truth)
        for place, organisation in enumerate(ORGANISATIONS)
    )


def _posts_of(organisation: Organisation, rng: np.random.Generator, truth: Truth) -> pl.DataFrame:
    tier = truth.tiers[organisation.tier]
    n = round(tier.posts_per_year * math.exp(truth.activity_sd * rng.standard_normal()))
    page_rate = tier.rate * math.exp(tier.page_sd * rng.standard_normal())
    published_at = draw_moments(rng, n, truth.year)
    followers = _followers(organisation, published_at, truth)
    luck, boosted = _luck(rng, n, truth)
    interactions = rng.poisson(_expected(followers, page_rate, truth) * luck)
    by_kind = rng.multinomial(interactions, list(truth.interactions.values()))
    kinds = _draw(rng, truth.kinds, n)
    is_video = np.array([kind == VIDEO for kind in kinds])
    purposes = _draw(rng, truth.purposes, n)
    return pl.DataFrame(
        {
            "tier": organisation.tier,
            "page_id": organisation.page_id,
            "number": range(1, n + 1),
            "published_at": published_at,
            "kind": kinds,
            "purpose": purposes,
            "message": write_messages(rng, purposes, organisation),
            "followers": followers,
            "page_likes": np.rint(followers * truth.page_likes).astype(np.int64),
            **dict(zip(truth.interactions, by_kind.T, strict=True)),
            "views": rng.poisson(truth.views_per_follower * followers * luck * is_video),
            "seconds": rng.integers(15, 180, n) * is_video,
            "boosted": boosted,
        }
    )


def _followers(
    organisation: Organisation, published_at: NDArray[np.datetime64], truth: Truth
) -> NDArray[np.int64]:
    """Followers at each moment: steady growth over the year."""
    start, end = np.datetime64(f"{truth.year}"), np.datetime64(f"{truth.year + 1}")
    year_gone = (published_at - start) / (end - start).astype("timedelta64[us]")
    return np.rint(organisation.followers * (1 + truth.follower_growth * year_gone)).astype(int)


def _expected(followers: NDArray[np.int64], page_rate: float, truth: Truth) -> NDArray[np.float64]:
    """Interactions to expect of ordinary posts, given the followers each had."""
    size_effect = (followers / truth.reference_followers) ** -truth.size_exponent
    return followers / 1000 * page_rate * size_effect


def _luck(
    rng: np.random.Generator, n: int, truth: Truth
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What each post's own fate multiplies its expectation by, and which posts were boosted."""
    luck = rng.standard_gamma(truth.dispersion, n) / truth.dispersion
    boosted = rng.random(n) < truth.boosted_share
    luck[boosted] *= truth.boost
    luck[rng.random(n) < truth.unseen_share] = 0
    return luck, boosted


def _draw(rng: np.random.Generator, shares: dict[str, float], n: int) -> list[str]:
    """Draw names with the given shares."""
    names = list(shares)
    return [names[i] for i in rng.choice(len(names), n, p=list(shares.values()))]
