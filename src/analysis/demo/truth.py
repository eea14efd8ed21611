"""What is true in the simulated data: every number that goes into them.

A real study never knows these numbers. Here they are stated, so that anyone can check what the
measures and the verdicts make of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TierTruth:
    """How the pages of one tier behave.

    Attributes
    ----------
    rate : float
        Interactions per 1,000 followers on an ordinary post, in the mean, on the tier's typical
        page when that has ``Truth.reference_followers`` followers.
    page_sd : float
        Standard deviation of the pages' own effects on the log rate.
    posts_per_year : int
        Posts of the tier's typical page.
    """

    rate: float
    page_sd: float
    posts_per_year: int


@dataclass(frozen=True, kw_only=True)
class Truth:
    r"""The whole truth about the simulated data.

    A post of a page with F followers, in a tier with rate r, has on average

    .. math:: \lambda = \frac{F}{1000}\, r\, (F / F_0)^{-a}\, e^{u}

    interactions, where u is the page's own effect. The count itself is Poisson around
    :math:`\lambda` times the post's luck, a gamma variable with mean 1 and shape ``dispersion``.
    What a post is made of, what it says and when it appears change nothing.

    Attributes
    ----------
    seed : int
        Start of the random numbers.
    year : int
        The calendar year of the posts.
    size_exponent, reference_followers
        a and F0: how fast the rate falls with the number of followers.
    dispersion : float
        Shape of the post's luck; the smaller, the heavier the tail.
    unseen_share : float
        Share of posts that nobody reacts to, whatever the page.
    boosted_share, boost : float
        Share of posts with paid help, and what that multiplies their interactions by. The public
        counts do not tell which posts these are.
    activity_sd : float
        Standard deviation of the log number of posts between the pages of a tier.
    follower_growth : float
        Relative growth of every page's followers over the year.
    page_likes : float
        Page likes per follower.
    views_per_follower : float
        Views of an ordinary video per follower, in the mean; the post's luck and boost hold for
        its views too.
    kinds, interactions, purposes : dict of str to float
        Shares of the kinds of post, of the kinds of interaction, and of what posts are for. Each
        adds up to 1.
    tiers : dict of str to TierTruth
    """

    seed: int
    year: int
    size_exponent: float
    reference_followers: int
    dispersion: float
    unseen_share: float
    boosted_share: float
    boost: float
    activity_sd: float
    follower_growth: float
    page_likes: float
    views_per_follower: float
    kinds: dict[str, float]
    interactions: dict[str, float]
    purposes: dict[str, float]
    tiers: dict[str, TierTruth]


TRUTH = Truth(
    seed=2023,
    year=2023,
    size_exponent=0.3,
    reference_followers=15_000,
    dispersion=0.8,
    unseen_share=0.03,
    boosted_share=0.04,
    boost=4.0,
    activity_sd=0.25,
    follower_growth=0.06,
    page_likes=0.92,
    views_per_follower=0.08,
    kinds={"Photo": 0.50, "Link": 0.28, "Native Video": 0.14, "Status": 0.08},
    interactions={
        "Likes": 0.68,
        "Comments": 0.06,
        "Shares": 0.12,
        "Love": 0.06,
        "Wow": 0.01,
        "Haha": 0.02,
        "Sad": 0.015,
        "Angry": 0.025,
        "Care": 0.01,
    },
    purposes={
        "service": 0.30,
        "campaign": 0.25,
        "symbolic": 0.20,
        "participation": 0.10,
        "recruitment": 0.10,
        "crisis": 0.05,
    },
    tiers={
        "rijksoverheid": TierTruth(rate=0.38, page_sd=0.5, posts_per_year=280),
        "provincie": TierTruth(rate=1.25, page_sd=0.1, posts_per_year=300),
        "gemeente": TierTruth(rate=3.8, page_sd=0.5, posts_per_year=240),
    },
)
"""The truth of the data in ``data/raw/demo``."""
