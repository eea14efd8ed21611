"""The 500 posts of Moro, Rita & Vala (2016), doi:10.1016/j.jbusres.2016.02.010.

The expected numbers are the summary of that file in the literature notes, compared to
the digits printed there.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Material


@pytest.fixture(scope="module")
def moro(real_data: Path) -> Material:
    raw = pd.read_csv(
        real_data / "uci-facebook-metrics" / "dataset_Facebook.csv", sep=None, engine="python"
    )
    posts = pd.DataFrame(
        {
            "page_id": "brand",
            "reactions": raw["like"].astype(float),
            "comments": raw["comment"].astype(float),
            "shares": raw["share"].astype(float),
            "followers_at_posting": raw["Page total likes"].astype(float),
            "reach": raw["Lifetime Post Total Reach"].astype(float),
        }
    )
    # The published table counts the one like and four shares that are empty as zero.
    counts = ["reactions", "comments", "shares"]
    posts[counts] = posts[counts].fillna(0)
    posts["interactions"] = posts[counts].sum(axis=1)
    return Material(posts, weeks=52, timezone="UTC")


@pytest.mark.parametrize(
    ("measure", "printed", "decimals"),
    [
        ("P1", 0.988, 3),
        ("P2", 177.59, 2),
        ("P3", 1.442, 3),
        ("P3_mean_of_ratios", 1.449, 3),
        ("C1", 0.788, 3),
        ("C2", 7.48, 2),
        ("C3_mean_of_ratios", 0.0611, 4),
        ("V1", 0.966, 3),
        ("V2", 27.05, 2),
        ("V3_mean_of_ratios", 0.2248, 4),
        ("gini", 0.544, 3),
    ],
)
def test_the_published_table_comes_out_to_the_printed_digits(
    moro: Material, measure: str, printed: float, decimals: int
) -> None:
    assert round(CATALOGUE[measure].compute(moro)["brand"], decimals) == printed


def test_mean_and_median_disagree_as_published(moro: Material) -> None:
    interactions = moro.posts["interactions"]
    assert np.round(interactions.mean()) == 212
    assert interactions.median() == 123.5
