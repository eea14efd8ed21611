"""How few posts carry the interactions."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.catalogue import CATALOGUE
from analysis.measures.concentration import gini, lorenz_curve, top_share
from analysis.measures.measure import Material

counts = st.lists(st.integers(0, 10_000), min_size=1, max_size=60).filter(any)


def test_equal_posts_are_not_concentrated() -> None:
    assert gini([7, 7, 7, 7]) == 0


def test_one_post_with_everything_is_as_concentrated_as_n_posts_allow() -> None:
    assert gini([0, 0, 0, 9]) == pytest.approx(1 - 1 / 4)


def test_nothing_to_divide_has_no_concentration() -> None:
    assert math.isnan(gini([0, 0]))
    assert math.isnan(gini([]))
    assert math.isnan(top_share([0, 0]))


@given(counts)
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[int]) -> None:
    array = np.array(values, dtype=float)
    mean_difference = np.abs(array[:, None] - array[None, :]).mean()
    assert gini(values) == pytest.approx(mean_difference / (2 * array.mean()))


@given(counts, st.integers(1, 1000))
def test_concentration_does_not_depend_on_order_or_scale(values: list[int], scale: int) -> None:
    other = [scale * value for value in reversed(values)]
    assert gini(other) == pytest.approx(gini(values))
    assert top_share(other) == pytest.approx(top_share(values))


def test_the_top_tenth_of_ten_posts_is_one_post() -> None:
    assert top_share([1] * 9 + [91]) == pytest.approx(0.91)


@given(counts)
def test_the_lorenz_curve_rises_below_the_diagonal(values: list[int]) -> None:
    of_posts, of_counts = lorenz_curve(values)
    assert of_posts[0] == of_counts[0] == 0
    assert of_posts[-1] == pytest.approx(1)
    assert of_counts[-1] == pytest.approx(1)
    assert np.all(of_counts <= of_posts + 1e-12)


def test_a_lorenz_curve_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        lorenz_curve([0, 0])


def test_boosted_posts_are_looked_for_among_the_most_reacted_of_each_page() -> None:
    posts = pd.DataFrame(
        {
            "page_id": ["1"] * 20 + ["2"] * 10,
            "interactions": [1.0] * 18 + [50.0, 60.0] + [1.0] * 9 + [70.0],
            "paid": pd.array([None] * 18 + [True, False] + [True] * 9 + [None], dtype="boolean"),
        }
    )
    compute = CATALOGUE["boosted_in_top_tenth"].compute
    found = compute(Material(posts, weeks=52, timezone="UTC")).reindex(["1", "2"])
    assert found["1"] == 0.5
    assert np.isnan(found["2"]), "whether the one post on top was boosted is not known"
