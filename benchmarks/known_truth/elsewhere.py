"""What organisations truly have on other platforms for each they have on Facebook."""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl
from true_value import ALL, WEEKS, TrueValue, key, mean

from analysis.demo.channels import simulate_channel
from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.registers import ELSEWHERE, ON_FACEBOOK
from analysis.demo.truth import Truth

BESIDE_FACEBOOK = (
    *("last_followers", "posts_per_week", "mean_response_per_post"),
    *("response_per_1000_followers", "response_per_1000_users"),
)
RESPONSE = {"instagram": ("Likes", "Comments"), "mastodon": ("favourites", "replies")}
"""Reactions and comments, since not every platform counts shares."""

FACEBOOK_SHARES = {page.name: ON_FACEBOOK[page.target_group] for page in ORGANISATIONS}
"""Share of each organisation's target group that is on Facebook."""


def true_channels(posts: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """Give what organisations have on other platforms for each they have on Facebook.

    Parameters
    ----------
    posts : polars.DataFrame
        As ``population.draw_posts`` gives them.

    Returns
    -------
    polars.DataFrame
        One row per account elsewhere: ``platform``, and the logarithm of each ratio of
        ``BESIDE_FACEBOOK``.
    """
    names = {page.page_id: page.name for page in ORGANISATIONS}
    on_facebook = _counted(
        posts.with_columns(
            name=pl.col("page_id").replace_strict(names),
            response=pl.col("interactions") - pl.col("Shares"),
        )
    )
    return pl.concat(
        _log_ratios(_counted(_posts_on(platform, truth)), on_facebook, platform)
        for platform in ELSEWHERE
    )


def _posts_on(platform: str, truth: Truth) -> pl.DataFrame:
    posts = simulate_channel(platform, truth).with_columns(
        response=pl.sum_horizontal(RESPONSE[platform])
    )
    if platform == "mastodon":
        # Its followers are those of the day on which the statuses were fetched.
        posts = posts.with_columns(pl.col("followers").last().over("name"))
    return posts.filter(~pl.col("is_boost"))


def _log_ratios(there: pl.DataFrame, on_facebook: pl.DataFrame, platform: str) -> pl.DataFrame:
    both = there.join(on_facebook, on="name", suffix="_on_facebook")
    ratios = {
        name: (pl.col(name) / pl.col(f"{name}_on_facebook")).log() for name in BESIDE_FACEBOOK[:-1]
    }
    users = ELSEWHERE[platform] / pl.col("name").replace_strict(FACEBOOK_SHARES)
    per_user = ratios["mean_response_per_post"] - users.log()
    return both.select(platform=pl.lit(platform), **ratios, response_per_1000_users=per_user)


def _counted(posts: pl.DataFrame) -> pl.DataFrame:
    return posts.group_by("name").agg(
        last_followers=pl.col("followers").last(),
        posts_per_week=pl.len() / WEEKS,
        mean_response_per_post=pl.col("response").mean(),
        response_per_1000_followers=pl.col("response").sum() / pl.col("followers").sum(),
    )


def beside_facebook(elsewhere: pl.DataFrame) -> Iterator[tuple[str, TrueValue]]:
    """Give the geometric mean of every ratio, by ``key``."""
    for (platform,), ratios in elsewhere.group_by("platform"):
        for name in BESIDE_FACEBOOK:
            value = TrueValue.of(math.exp(mean(ratios[name])))
            yield key(f"{name} on {platform}", ALL, "facebook"), value
