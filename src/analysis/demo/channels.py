"""What some of the organisations publish on other platforms, drawn from the stated truth."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from analysis.demo.messages import write_messages
from analysis.demo.organisations import OF_NAME, ORGANISATIONS, Organisation
from analysis.demo.rhythm import draw_moments
from analysis.demo.truth import TRUTH, ChannelTruth, Truth

STREAMS = {"instagram": 4, "mastodon": 5}
SERVER = "sociaal.example.org"
"""Of a reserved domain: no such server can exist."""

PRESENT = {
    "instagram": (
        "Ministerie van Weer en Water",
        "Landelijk Bureau Studiekosten",
        "Provincie Zuidermark",
        "Provincie Rijnveld",
        "Gemeente Hoogmeerdam",
        "Gemeente Rozendrecht",
    ),
    "mastodon": (
        "Ministerie van Weer en Water",
        "Instituut voor Getij en Wind",
        "Provincie Noorderwold",
        "Provincie Rijnveld",
        "Gemeente Hoogmeerdam",
        "Gemeente Rozendrecht",
    ),
}
"""Which organisations are on which other platform."""


def account(organisation: Organisation, platform: str) -> str:
    """Give the name of an organisation's account; no real one can have it.

    Instagram allows no hyphen in it. On Mastodon the name ends with the server.
    """
    if platform == "mastodon":
        return f"{organisation.user_name.replace('-', '_')}@{SERVER}"
    return organisation.user_name


def simulate_channel(platform: str, truth: Truth = TRUTH) -> pl.DataFrame:
    """Draw a year of posts on another platform.

    Parameters
    ----------
    platform : {"instagram", "mastodon"}
    truth : Truth, optional

    Returns
    -------
    polars.DataFrame
        One row per post, in time order within an account: ``name`` (of the organisation),
        ``number`` (of the post), ``published_at`` (local time), ``kind``, ``message``,
        ``followers`` (when it was posted), one column per kind of interaction, and ``is_boost``
        (of what another account published).
    """
    return pl.concat(
        _posts_of(
            OF_NAME[name],
            truth.channels[platform],
            np.random.default_rng(
                [truth.seed, ORGANISATIONS.index(OF_NAME[name]), STREAMS[platform]]
            ),
            truth,
        )
        for name in PRESENT[platform]
    )


def _posts_of(
    organisation: Organisation, channel: ChannelTruth, rng: np.random.Generator, truth: Truth
) -> pl.DataFrame:
    n = round(channel.posts_per_year * math.exp(truth.activity_sd * rng.standard_normal()))
    rate = channel.response * math.exp(channel.response_sd * rng.standard_normal())
    published_at = draw_moments(rng, n, truth.year)
    start = channel.followers_ratio * organisation.followers
    followers = np.rint(start * (1 + channel.growth * np.arange(n) / n)).astype(np.int64)
    luck = rng.standard_gamma(truth.dispersion, n) / truth.dispersion
    interactions = rng.poisson(followers / 1000 * rate * luck)
    by_kind = rng.multinomial(interactions, list(channel.interactions.values()))
    purposes = rng.choice(list(truth.purposes), n, p=list(truth.purposes.values())).tolist()
    return pl.DataFrame(
        {
            "name": organisation.name,
            "number": range(1, n + 1),
            "published_at": published_at,
            "kind": rng.choice(list(channel.kinds), n, p=list(channel.kinds.values())).tolist(),
            "message": write_messages(rng, purposes, organisation),
            "followers": followers,
            **dict(zip(channel.interactions, by_kind.T, strict=True)),
            "is_boost": rng.random(n) < channel.boosts_of_others,
        }
    )
