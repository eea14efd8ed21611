"""The stated truth is in the files, and leads to the verdicts that the README announces."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
import pytest

from analysis.demo.business_suite import OWNERS
from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.posts import simulate
from analysis.demo.truth import TRUTH

Exports = dict[str, list[dict[str, str]]]
Post = tuple[float, int, int]
"""Interactions per 1,000 followers, interactions, comments."""

PARTS = ("tiers", "channels", "reach", "comments", "spend", "page_days")
INTERACTIONS = tuple(TRUTH.interactions)
LEVEL = 1 - 0.05 / 6
"""Of each bound: there are six claims."""

OTHER_SEEDS = range(1, 21)
SHARING = [page.page_id for page in ORGANISATIONS if page.name in OWNERS]
"""Pages whose insights tell which posts were boosted."""

SAID_OF = {"hardly anyone reacts": (0.5, 1.0), "nobody says anything": (0.25, 0.5)}
EXPECTED = {
    ("rijksoverheid", "hardly anyone reacts"): "supported",
    ("provincie", "hardly anyone reacts"): "in between",
    ("gemeente", "hardly anyone reacts"): "contradicted",
    ("all", "hardly anyone reacts"): "undecided",
    ("rijksoverheid", "nobody says anything"): "supported",
    ("provincie", "nobody says anything"): "supported",
    ("gemeente", "nobody says anything"): "undecided",
    ("all", "nobody says anything"): "supported",
}
TIER_IN_README = {
    "Rijksoverheid": "rijksoverheid",
    "Provincies": "provincie",
    "Gemeenten": "gemeente",
    "all pages": "all",
}


@pytest.fixture(scope="session")
def readme(project: Path) -> str:
    return (project / "data" / "raw" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def verdicts_of_other_seeds() -> list[dict[tuple[str, str], str]]:
    return [
        verdicts(by_page(not_known_to_be_boosted(seed).iter_rows(named=True), "followers"))
        for seed in OTHER_SEEDS
    ]


def not_known_to_be_boosted(seed: int) -> pl.DataFrame:
    posts = simulate(replace(TRUTH, seed=seed))
    return posts.filter(~(pl.col("boosted") & pl.col("page_id").is_in(SHARING)))


def test_the_verdicts_per_tier_are_those_announced(
    exports: Exports, insights: list[dict[str, str]]
) -> None:
    boosted = {row["Permalink"] for row in insights if row["Bereik via Gepromote berichten"] != "0"}
    rows = [
        {**row, "tier": tier}
        for tier, rows in exports.items()
        for row in rows
        if row["URL"] not in boosted
    ]
    for row in rows:
        row["page_id"] = row["Facebook Id"]
    assert verdicts(by_page(rows, "Followers at Posting")) == EXPECTED


def test_the_readme_announces_these_verdicts(readme: str) -> None:
    announced: dict[tuple[str, str], str] = {}
    for label, tier in TIER_IN_README.items():
        cells = re.search(rf"^\| {label} \| ([a-z ]+) \| ([a-z ]+) \|", readme, re.MULTILINE)
        assert cells, label
        announced |= {(tier, claim): cells[i] for i, claim in enumerate(SAID_OF, start=1)}
    assert announced == EXPECTED


@pytest.mark.parametrize("claim", SAID_OF)
def test_the_verdicts_are_no_accident_of_the_seed(
    claim: str, readme: str, verdicts_of_other_seeds: list[dict[tuple[str, str], str]]
) -> None:
    same = sum(
        all(found[tier, claim] == EXPECTED[tier, claim] for tier in TRUTH.tiers)
        for found in verdicts_of_other_seeds
    )
    assert same >= 15
    assert f"in {same} of 20 for *{claim}*" in " ".join(readme.split())


def test_the_readme_quotes_every_number_of_the_truth(readme: str) -> None:
    quoted = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", readme, re.MULTILINE))
    parts = asdict(TRUTH)
    numbers = {name: value for name, value in parts.items() if name not in PARTS}
    for part in PARTS[2:]:
        numbers |= parts[part]
    assert {name: quoted[name] for name in numbers} == {
        name: as_quoted(value) for name, value in numbers.items()
    }


def test_the_readme_quotes_the_truth_of_every_tier(readme: str) -> None:
    for name, tier in TRUTH.tiers.items():
        pages = sum(organisation.tier == name for organisation in ORGANISATIONS)
        row = f"| `{name}` | {pages} | {tier.posts_per_year} | {tier.rate} | {tier.page_sd} |"
        assert row in readme


def test_the_readme_quotes_the_truth_of_every_other_platform(readme: str) -> None:
    header = re.search(r"^\| platform \| (.+) \|$", readme, re.MULTILINE)
    assert header
    names = re.findall(r"`(\w+)`", header[1])
    for platform, channel in TRUTH.channels.items():
        values = " | ".join(str(getattr(channel, name)) for name in names)
        assert f"| `{platform}` | {values} |" in readme


@pytest.mark.parametrize(
    "shares",
    [
        *(TRUTH.kinds, TRUTH.interactions, TRUTH.purposes, TRUTH.comments.wants),
        dict(enumerate(TRUTH.page_days.days_of_post)),
    ],
)
def test_shares_add_up_to_one(shares: dict[str, float]) -> None:
    assert math.isclose(sum(shares.values()), 1)


def test_the_files_hold_the_stated_shares_of_kinds_and_comments(exports: Exports) -> None:
    rows = [row for rows in exports.values() for row in rows]
    for kind, share in TRUTH.kinds.items():
        assert sum(row["Type"] == kind for row in rows) / len(rows) == pytest.approx(
            share, abs=0.02
        )
    interactions = sum(int(row[kind]) for row in rows for kind in INTERACTIONS)
    comments = sum(int(row["Comments"]) for row in rows)
    assert comments / interactions == pytest.approx(TRUTH.interactions["Comments"], abs=0.005)


def test_without_luck_and_page_effects_the_rates_are_the_stated_ones() -> None:
    alike = {name: replace(tier, page_sd=0.0) for name, tier in TRUTH.tiers.items()}
    steady = replace(TRUTH, tiers=alike, dispersion=1e6, boosted_share=0.0, unseen_share=0.0)
    for page, posts in by_page(simulate(steady).iter_rows(named=True), "followers").items():
        tier, page_id = page
        start = next(o.followers for o in ORGANISATIONS if o.page_id == page_id)
        followers = start * (1 + TRUTH.follower_growth / 2)
        size_effect = (followers / TRUTH.reference_followers) ** -TRUTH.size_exponent
        mean = sum(rate for rate, _, _ in posts) / len(posts)
        assert mean == pytest.approx(TRUTH.tiers[tier].rate * size_effect, rel=0.1)


def test_many_posts_have_no_comment_and_few_have_very_many_reactions(exports: Exports) -> None:
    for rows in exports.values():
        silent = sum(row["Comments"] == "0" for row in rows) / len(rows)
        assert 0.2 < silent < 0.7
        totals = [sum(int(row[kind]) for kind in INTERACTIONS) for row in rows]
        assert max(totals) > 10 * sum(totals) / len(totals)


def as_quoted(value: float | dict[str, float] | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {share}" for name, share in value.items())
    return str(value)


def by_page(rows: Iterable[Mapping[str, Any]], followers: str) -> dict[tuple[str, str], list[Post]]:
    """Collect posts by tier and page."""
    pages: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for row in rows:
        total = sum(int(row[kind]) for kind in INTERACTIONS)
        rate = 1000 * total / int(row[followers])
        pages[row["tier"], row["page_id"]].append((rate, total, int(row["Comments"])))
    return pages


def verdicts(pages: dict[tuple[str, str], list[Post]]) -> dict[tuple[str, str], str]:
    """Judge both sentences for each tier and for all pages."""
    return {
        (tier, claim): verdict(
            claim, {page: posts for (of, page), posts in pages.items() if tier in (of, "all")}
        )
        for tier in (*TRUTH.tiers, "all")
        for claim in SAID_OF
    }


def verdict(claim: str, pages: dict[str, list[Post]]) -> str:
    """Judge one sentence by bounds on the median page, under both readings of what was paid."""
    less = [
        posts if page_id in SHARING else without_the_most_reacted_tenth(posts)
        for page_id, posts in pages.items()
    ]
    bounds = [
        bounds_of_median([page_value(claim, posts) for posts in reading])
        for reading in (pages.values(), less)
    ]
    low, high = min(low for low, _ in bounds), max(high for _, high in bounds)
    below, above = SAID_OF[claim]
    if high < below:
        return "supported" if claim == "hardly anyone reacts" else "contradicted"
    if low > above:
        return "contradicted" if claim == "hardly anyone reacts" else "supported"
    return "in between" if below <= low and high <= above else "undecided"


def page_value(claim: str, posts: list[Post]) -> float:
    if claim == "hardly anyone reacts":
        return median(rate for rate, _, _ in posts)
    return sum(comments <= 1 for _, _, comments in posts) / len(posts)


def without_the_most_reacted_tenth(posts: list[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post[1])[: -math.ceil(len(posts) / 10)]


def bounds_of_median(values: list[float]) -> tuple[float, float]:
    """Order statistics that bound the median, each side with confidence LEVEL."""
    ordered, place = sorted(values), 0
    while binomial_at_most(place, len(values)) <= 1 - LEVEL:
        place += 1
    return ordered[place - 1], ordered[-place]


def binomial_at_most(successes: int, trials: int) -> float:
    return sum(math.comb(trials, k) for k in range(successes + 1)) / (1 << trials)


@pytest.mark.parametrize(("pages", "places"), [(12, (2, 11)), (15, (3, 13)), (20, (5, 16))])
def test_the_bounds_are_these_order_statistics(pages: int, places: tuple[int, int]) -> None:
    assert bounds_of_median([float(place) for place in range(1, pages + 1)]) == places
