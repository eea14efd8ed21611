"""What posts are for, in numbers that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures.catalogue import CATALOGUE
from analysis.measures.content import PURPOSES, STRATEGIES
from analysis.measures.measure import Material

PURPOSE = [
    "crisis",
    "crisis",
    "service",
    "service",
    "service",
    "service",
    "none",
    "none",
    None,
    None,
]
POSTS = pd.DataFrame(
    {
        "page_id": "1",
        "purpose": PURPOSE,
        "strategy": [None if name is None else "push" for name in PURPOSE],
        "interactions": [100.0, 20, 1, 2, 3, np.nan, 4, 5, 65, 0],
        "followers_at_posting": 2_000.0,
        "reactions": [80.0, 10, 1, 2, 3, 4, 4, 5, 60, 0],
        "reactions_angry": [40.0, 5, 0, 0, 0, np.nan, 0, 0, 10, 0],
        "reactions_sad": [8.0, 1, 0, 0, 1, 0, 0, 0, 0, 0],
    }
)


def measured(name: str, posts: pd.DataFrame = POSTS) -> float:
    return float(
        CATALOGUE[name].compute(Material(posts, 52.0, "Europe/Amsterdam")).get("1", np.nan)
    )


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("share_purpose_crisis", 2 / 8),
        ("share_purpose_service", 4 / 8),
        ("share_purpose_none", 2 / 8),
        ("share_purpose_campaign", 0),
        ("share_strategy_push", 1),
        ("interactions_per_1000_followers_crisis", 30),
        ("interactions_per_1000_followers_service", 1),
        ("share_angry_crisis", 45 / 90),
        ("share_angry_service", 0),
        ("share_sad_service", 1 / 10),
        ("share_reactions_angry", 55 / 165),
        ("crisis_share_of_interactions", 120 / 135),
        ("crisis_in_top_tenth", 1),
        ("top_tenth_over_ordinary", 100 / 4),
    ],
)
def test_a_measure_is_what_one_counts_by_hand(name: str, by_hand: float) -> None:
    assert measured(name) == pytest.approx(by_hand)


def test_shares_of_classes_add_up_to_one() -> None:
    for dimension, names in (("purpose", PURPOSES), ("strategy", STRATEGIES)):
        shares = [measured(f"share_{dimension}_{name}") for name in names]
        assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize(
    "name",
    [name for name in CATALOGUE if name.startswith(("share_purpose", "share_strategy", "crisis"))],
)
def test_posts_whose_texts_were_not_read_have_no_purpose(name: str) -> None:
    assert np.isnan(measured(name, POSTS.drop(columns=["purpose", "strategy"])))


def test_a_purpose_that_no_post_has_gets_no_response() -> None:
    assert np.isnan(measured("interactions_per_1000_followers_campaign"))
    assert np.isnan(measured("share_angry_campaign"))


def test_kinds_of_reactions_that_an_export_lacks_are_not_measured() -> None:
    assert np.isnan(measured("share_reactions_angry", POSTS.assign(reactions_angry=np.nan)))


def test_without_any_interaction_no_share_of_them_is_given() -> None:
    silent = POSTS.assign(interactions=0.0)
    assert np.isnan(measured("crisis_share_of_interactions", silent))
    assert np.isnan(measured("top_tenth_over_ordinary", silent))
