"""Krippendorff's alpha against the values he published."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.inference.agreement import krippendorff_alpha

NAN = np.nan
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", examples A, B and C.
MEG_AND_OWEN = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
BEN_AND_GERRY = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


@pytest.mark.parametrize(
    ("codes", "published", "n_posts"),
    [(MEG_AND_OWEN, 0.095, 10), (BEN_AND_GERRY, 0.692, 12), (FOUR_OBSERVERS, 0.743, 11)],
)
def test_alpha_is_what_krippendorff_published(
    codes: list[list[float]], published: float, n_posts: int
) -> None:
    alpha = krippendorff_alpha(codes, n_pages=1)
    assert alpha.value == pytest.approx(published, abs=0.0005)
    assert alpha.n_posts == n_posts


def test_the_interval_holds_the_value_and_is_called_approximate() -> None:
    alpha = krippendorff_alpha(BEN_AND_GERRY, n_pages=1)
    assert alpha.low is not None
    assert alpha.value is not None
    assert alpha.high is not None
    assert alpha.low < alpha.value < alpha.high <= 1
    assert alpha.approximate


def test_more_posts_make_the_interval_narrower() -> None:
    few, many = (krippendorff_alpha(np.tile(BEN_AND_GERRY, times), n_pages=1) for times in (1, 20))
    assert many.high is not None
    assert many.low is not None
    assert few.high is not None
    assert few.low is not None
    assert many.high - many.low < (few.high - few.low) / 3


def test_posts_of_one_coder_say_nothing() -> None:
    alpha = krippendorff_alpha([[1, 0, 1]], n_pages=1)
    assert alpha.value is None
    assert alpha.reason.startswith("not measured")


def test_no_codes_say_nothing() -> None:
    assert krippendorff_alpha(np.empty((0, 0)), n_pages=0).reason.startswith("not measured")


def test_when_all_codes_are_the_same_chance_cannot_be_told() -> None:
    assert "all codes are the same" in krippendorff_alpha([[0, 0], [0, 0]], n_pages=1).reason


def test_a_single_other_code_gives_a_value_without_an_interval() -> None:
    alpha = krippendorff_alpha([[1, 0, 0, 0], [1, 0, 0, 0]], n_pages=1)
    assert alpha.value == pytest.approx(1)
    assert not alpha.has_interval
