"""Whether anyone reacts: Bonsón's measures, silence, and one count under three denominators."""

from __future__ import annotations

import pandas as pd

from analysis.measures.measure import (
    Material,
    Measure,
    mean_of_ratios,
    mean_per_post,
    median_of_ratios,
    median_per_post,
    per_thousand,
    posts_with,
    share_where,
)

BONSON = (
    "Bonsón & Ratkai 2013, doi:10.1108/OIR-03-2012-0054; "
    "Bonsón, Royo & Ratkai 2015, doi:10.1016/j.giq.2014.11.001"
)
RIVAL_IQ = "Rival IQ: engagement rate by follower, https://help.rivaliq.com/en/articles/2043672"
DUTCH_IPM = "Interactions per mille as used in Dutch practice (Marketingfacts, Social Dutch)"

_FAMILIES = (
    ("P", "popularity", "reactions", "L"),
    ("C", "commitment", "comments", "C"),
    ("V", "virality", "shares", "S"),
)


def _bonson_family(letter: str, quality: str, column: str, symbol: str) -> tuple[Measure, ...]:
    return (
        Measure(
            f"{letter}1",
            f"{letter}1: posts with {column}",
            "share of posts",
            f"#{{{symbol} > 0}} / N",
            BONSON,
            share_where(column, lambda counts: counts > 0),
            posts_with(column),
        ),
        Measure(
            f"{letter}2",
            f"{letter}2: {column} per post",
            f"{column} per post",
            f"Σ{symbol} / N",
            BONSON,
            mean_per_post(column),
            posts_with(column),
        ),
        Measure(
            f"{letter}3",
            f"{letter}3: {quality}, {column} per 1,000 followers",
            f"{column} per 1,000 followers per post",
            f"1,000 · Σ{symbol} / (N · F)",
            BONSON,
            per_thousand(column, "followers_at_posting"),
            posts_with(column, "followers_at_posting"),
        ),
        Measure(
            f"{letter}3_mean_of_ratios",
            f"{letter}3, as the mean of each post's ratio",
            f"{column} per 1,000 followers per post",
            f"Σ(1,000 · {symbol} / F) / N",
            BONSON,
            mean_of_ratios(column, "followers_at_posting"),
            posts_with(column, "followers_at_posting"),
        ),
    )


def _engagement(material: Material) -> pd.Series:
    """E = P3 + C3 + V3; missing when one of them is."""
    parts = [
        per_thousand(column, "followers_at_posting")(material) for _, _, column, _ in _FAMILIES
    ]
    return parts[0] + parts[1] + parts[2]


def _per_thirty_days(material: Material) -> pd.Series:
    """Interactions of 30 days per 1,000 followers."""
    totals = material.per_page("interactions").sum(min_count=1)
    followers = material.per_page("followers_at_posting").mean()
    months = material.weeks * 7 / 30
    return 1000 * totals / months / followers.where(followers > 0)


def _quieter_than_one_per_thousand(material: Material) -> pd.Series:
    posts = material.posts.dropna(subset=["interactions", "followers_at_posting"])
    quiet = posts["interactions"] < posts["followers_at_posting"] / 1000
    return quiet.groupby(posts["page_id"]).mean()


MEASURES: tuple[Measure, ...] = (
    *(measure for family in _FAMILIES for measure in _bonson_family(*family)),
    Measure(
        "E",
        "E: engagement, the sum of P3, C3 and V3",
        "interactions per 1,000 followers per post",
        "P3 + C3 + V3",
        BONSON,
        _engagement,
        posts_with("interactions", "followers_at_posting"),
    ),
    Measure(
        "interactions_per_post",
        "Ordinary post: interactions",
        "interactions per post",
        "median over posts of I",
        "Median post of the page, for data without followers",
        median_per_post("interactions"),
        posts_with("interactions"),
    ),
    Measure(
        "mean_interactions_per_post",
        "Mean post: interactions",
        "interactions per post",
        "ΣI / N",
        BONSON,
        mean_per_post("interactions"),
        posts_with("interactions"),
    ),
    Measure(
        "interactions_per_1000_followers",
        "Ordinary post: interactions per 1,000 followers",
        "interactions per 1,000 followers per post",
        "median over posts of 1,000 · I / F",
        "Median post of the page; the median because a few posts carry most interactions",
        median_of_ratios("interactions", "followers_at_posting"),
        posts_with("interactions", "followers_at_posting"),
    ),
    Measure(
        "mean_interactions_per_1000_followers",
        "Mean post: interactions per 1,000 followers (IPM per post)",
        "interactions per 1,000 followers per post",
        "1,000 · ΣI / (N · F)",
        f"{DUTCH_IPM}; as a percentage, {RIVAL_IQ}",
        per_thousand("interactions", "followers_at_posting"),
        posts_with("interactions", "followers_at_posting"),
    ),
    Measure(
        "interactions_per_1000_followers_30_days",
        "IPM per 30 days",
        "interactions per 1,000 followers per 30 days",
        "1,000 · ΣI / F / (days / 30)",
        DUTCH_IPM,
        _per_thirty_days,
        posts_with("interactions", "followers_at_posting"),
    ),
    Measure(
        "interactions_per_1000_target_group",
        "Interactions per 1,000 people in the target group",
        "interactions per 1,000 people in the target group per post",
        "1,000 · ΣI / (N · size of the target group)",
        "Denominator of the Frankwatching benchmarks of gemeenten, 2023-2025",
        per_thousand("interactions", "target_group_size"),
        posts_with("interactions", "target_group_size"),
    ),
    Measure(
        "interactions_per_1000_reached",
        "Interactions per 1,000 people reached",
        "interactions per 1,000 people reached",
        "1,000 · ΣI / Σreach",
        "Engagement rate by reach, https://blog.hootsuite.com/calculate-engagement-rate/",
        per_thousand("interactions", "reach"),
        posts_with("interactions", "reach"),
    ),
    Measure(
        "no_comment",
        "Posts without a comment",
        "share of posts",
        "#{C = 0} / N",
        "Complement of C1 in " + BONSON,
        share_where("comments", lambda counts: counts == 0),
        posts_with("comments"),
    ),
    Measure(
        "at_most_one_comment",
        "Posts with at most one comment",
        "share of posts",
        "#{C ≤ 1} / N",
        "Statistic of the claim that nobody says anything",
        share_where("comments", lambda counts: counts <= 1),
        posts_with("comments"),
    ),
    Measure(
        "no_interaction",
        "Posts without any interaction",
        "share of posts",
        "#{I = 0} / N",
        "Silence",
        share_where("interactions", lambda counts: counts == 0),
        posts_with("interactions"),
    ),
    Measure(
        "under_one_per_1000_followers",
        "Posts with fewer interactions than 1 per 1,000 followers",
        "share of posts",
        "#{I < F / 1,000} / N",
        "Silence, against the upper end of industry medians",
        _quieter_than_one_per_thousand,
        posts_with("interactions", "followers_at_posting"),
    ),
)
