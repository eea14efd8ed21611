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
class ReachTruth:
    r"""Whom posts reach.

    A post with F followers and I interactions reaches without payment, in the middle,

    .. math:: R = F\, \rho\, x^{b} e^{c (\log x)^2}
        \Big(\frac{I + \frac12}{F} \Big/ 0.003\Big)^{d} e^{v}, \qquad x = F / F_0

    people, where v is the page's own effect, normal with mean 0; the post's luck multiplies that,
    and nobody interacts without being reached.

    Attributes
    ----------
    reach_rate : float
        :math:`\rho`, reach per follower of a post with 3 interactions per 1,000 followers on a
        page with ``Truth.reference_followers`` followers.
    reach_slope, reach_bend : float
        b and c: how reach per follower changes with the number of followers. A bend of 0 is a
        straight line on the log scale.
    reach_link : float
        d: how reach goes with interactions.
    reach_page_sd, reach_post_sd : float
        Standard deviations, on the log scale, of the pages' own effects and of the posts' luck.
    paid_times_organic, paid_sd : float
        People reached with payment per person reached without, on an ordinary boosted post, and
        the standard deviation of its logarithm.
    reached_twice : float
        Of the smaller of the two groups, the share that is in the other too. They are one person
        each in the total, so organic and paid reach add up to more than that.
    clicks_per_reached : float
        Clicks on the link per person reached, of posts with a link.
    late_reactions : float
        Reactions that came after the public counts were taken, per reaction before.
    """

    reach_rate: float
    reach_slope: float
    reach_bend: float
    reach_link: float
    reach_page_sd: float
    reach_post_sd: float
    paid_times_organic: float
    paid_sd: float
    reached_twice: float
    clicks_per_reached: float
    late_reactions: float


@dataclass(frozen=True, kw_only=True)
class CommentsTruth:
    """What people write under posts, and how pages answer.

    Attributes
    ----------
    commented_pages : dict of str to int
        How many pages of each tier have comments in the data.
    wants : dict of str to float
        Shares of what comments are; questions, complaints and reports need an answer. They add up
        to 1.
    reply_rate : dict of str to float
        Probability that the tier's typical page answers a comment that needs it, where the post's
        public count leaves room for the answer: it counts answers too.
    reply_page_sd : float
        Standard deviation of the pages' own effects on the logit of that.
    reply_without_need : float
        What the probability is multiplied by for other comments.
    redirect_share : float
        Share of the answers that send people elsewhere.
    discussed_share : float
        Share of comments under which another person replies, room permitting.
    hidden_share : float
        Share of comments that are not in the export, with what stands under them.
    people_per_page : int
        How many different people write under the posts of a page.
    comment_after_hours, comment_sd : float
        Median time from a post to a comment, and standard deviation of its logarithm; the same
        from a comment to another person's reply.
    reply_after_hours, reply_sd : float
        Median time from a comment to the page's answer, and standard deviation of its logarithm.
        An answer that would come out of office hours comes in the first hour after.
    """

    commented_pages: dict[str, int]
    wants: dict[str, float]
    reply_rate: dict[str, float]
    reply_page_sd: float
    reply_without_need: float
    redirect_share: float
    discussed_share: float
    hidden_share: float
    people_per_page: int
    comment_after_hours: float
    comment_sd: float
    reply_after_hours: float
    reply_sd: float


@dataclass(frozen=True, kw_only=True)
class ChannelTruth:
    """How the accounts of a few organisations do on another platform.

    Attributes
    ----------
    posts_per_year : int
        Posts of the typical account.
    followers_ratio : float
        Followers at the start of the year, per follower on Facebook.
    growth : float
        Relative growth of the followers over the year.
    response, response_sd : float
        Interactions per 1,000 followers on an ordinary post, in the mean, on the typical account;
        standard deviation of the accounts' own effects on its logarithm.
    interactions, kinds : dict of str to float
        Shares of the kinds of interaction and of post. Each adds up to 1.
    boosts_of_others : float
        Share of the posts that only pass on what another account published.
    """

    posts_per_year: int
    followers_ratio: float
    growth: float
    response: float
    response_sd: float
    interactions: dict[str, float]
    kinds: dict[str, float]
    boosts_of_others: float


@dataclass(frozen=True, kw_only=True)
class SpendTruth:
    """What pages pay for reach.

    Attributes
    ----------
    euro_per_1000_reached : float
        Price of a boost, per 1,000 people it reaches.
    campaign_share : float
        Share of the pages with advertisements besides boosted posts.
    campaign_euros : dict of str to float
        What those cost in the report's period, at the tier's typical page that has them.
    campaign_sd : float
        Standard deviation of the logarithm of that between pages.
    """

    euro_per_1000_reached: float
    campaign_share: float
    campaign_euros: dict[str, float]
    campaign_sd: float


@dataclass(frozen=True, kw_only=True)
class PageDaysTruth:
    """Whom a whole page reaches in a day.

    Attributes
    ----------
    days_of_post : tuple of float
        Of those whom a post reaches, the share that it reaches on its first day and on each later
        one. Adds up to 1.
    seen_before : float
        Of those whom the smaller posts of a day reach, the share that its largest reaches too.
    otherwise : float
        People per follower who come upon the page in other ways, on an ordinary day.
    otherwise_sd : float
        Standard deviation of the logarithm of that between days.
    """

    days_of_post: tuple[float, ...]
    seen_before: float
    otherwise: float
    otherwise_sd: float


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
    reach : ReachTruth
    comments : CommentsTruth
    channels : dict of str to ChannelTruth
        By platform.
    spend : SpendTruth
    page_days : PageDaysTruth
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
    reach: ReachTruth
    comments: CommentsTruth
    channels: dict[str, ChannelTruth]
    spend: SpendTruth
    page_days: PageDaysTruth


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
    reach=ReachTruth(
        reach_rate=0.045,
        reach_slope=-0.12,
        reach_bend=0.0,
        reach_link=0.35,
        reach_page_sd=0.35,
        reach_post_sd=0.5,
        paid_times_organic=3.0,
        paid_sd=0.6,
        reached_twice=0.15,
        clicks_per_reached=0.01,
        late_reactions=0.01,
    ),
    comments=CommentsTruth(
        commented_pages={"rijksoverheid": 10, "provincie": 12, "gemeente": 8},
        wants={
            "question": 0.22,
            "complaint": 0.10,
            "report": 0.06,
            "praise": 0.22,
            "chatter": 0.40,
        },
        reply_rate={"rijksoverheid": 0.06, "provincie": 0.22, "gemeente": 0.55},
        reply_page_sd=0.3,
        reply_without_need=0.2,
        redirect_share=0.25,
        discussed_share=0.15,
        hidden_share=0.03,
        people_per_page=300,
        comment_after_hours=3.0,
        comment_sd=1.6,
        reply_after_hours=4.0,
        reply_sd=1.2,
    ),
    channels={
        "instagram": ChannelTruth(
            posts_per_year=120,
            followers_ratio=0.4,
            growth=0.12,
            response=14.0,
            response_sd=0.3,
            interactions={"Likes": 0.96, "Comments": 0.04},
            kinds={"Photo": 0.6, "Album": 0.4},
            boosts_of_others=0.0,
        ),
        "mastodon": ChannelTruth(
            posts_per_year=150,
            followers_ratio=0.03,
            growth=0.4,
            response=8.0,
            response_sd=0.3,
            interactions={"favourites": 0.58, "boosts": 0.34, "replies": 0.08},
            kinds={"text": 0.3, "image": 0.4, "link": 0.3},
            boosts_of_others=0.1,
        ),
    },
    spend=SpendTruth(
        euro_per_1000_reached=6.0,
        campaign_share=0.5,
        campaign_euros={"rijksoverheid": 4000.0, "provincie": 900.0, "gemeente": 250.0},
        campaign_sd=1.0,
    ),
    page_days=PageDaysTruth(
        days_of_post=(0.7, 0.2, 0.1),
        seen_before=0.3,
        otherwise=0.008,
        otherwise_sd=0.25,
    ),
)
"""The truth of the data in ``data/raw/demo``."""
