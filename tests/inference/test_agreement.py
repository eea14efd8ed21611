"""Krippendorff's alpha against the values he published."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from analysis.inference.agreement import krippendorff_alpha
from analysis.inference.estimate import Estimate

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


def one_page_each(codes: Sequence[Sequence[float]] | np.ndarray) -> range:
    """A page of its own for every post."""
    return range(len(codes[0]))


@pytest.mark.parametrize(
    ("codes", "published", "n_posts"),
    [(MEG_AND_OWEN, 0.095, 10), (BEN_AND_GERRY, 0.692, 12), (FOUR_OBSERVERS, 0.743, 11)],
)
def test_alpha_is_what_krippendorff_published(
    codes: list[list[float]], published: float, n_posts: int
) -> None:
    alpha = krippendorff_alpha(codes, one_page_each(codes))
    assert alpha.value == pytest.approx(published, abs=0.0005)
    assert alpha.n_posts == n_posts


def test_the_interval_holds_the_value_and_is_called_approximate() -> None:
    alpha = krippendorff_alpha(BEN_AND_GERRY, one_page_each(BEN_AND_GERRY))
    assert alpha.low is not None
    assert alpha.value is not None
    assert alpha.high is not None
    assert alpha.low < alpha.value < alpha.high <= 1
    assert alpha.approximate


def width(alpha: Estimate) -> float:
    assert alpha.low is not None
    assert alpha.high is not None
    return alpha.high - alpha.low


def test_more_pages_make_the_interval_narrower() -> None:
    few, many = (np.tile(BEN_AND_GERRY, times) for times in (1, 20))
    of_few, of_many = (krippendorff_alpha(codes, one_page_each(codes)) for codes in (few, many))
    assert width(of_many) < width(of_few) / 3


def test_posts_that_are_all_alike_on_a_page_count_for_no_more_than_the_page() -> None:
    once = krippendorff_alpha(BEN_AND_GERRY, np.arange(12))
    many = krippendorff_alpha(np.repeat(BEN_AND_GERRY, 20, axis=1), np.repeat(np.arange(12), 20))
    assert many.n_pages == once.n_pages == 12
    assert many.n_posts == 20 * once.n_posts
    assert width(many) == pytest.approx(width(once), rel=0.2)


def test_posts_of_one_page_give_a_value_without_an_interval() -> None:
    alpha = krippendorff_alpha(BEN_AND_GERRY, ["one page"] * 12)
    assert alpha.value == pytest.approx(0.692, abs=0.0005)
    assert not alpha.has_interval


def test_every_post_has_a_page() -> None:
    with pytest.raises(ValueError, match="one page for every post"):
        krippendorff_alpha(BEN_AND_GERRY, [1, 2])


def test_posts_of_one_coder_say_nothing() -> None:
    alpha = krippendorff_alpha([[1, 0, 1]], [1, 2, 3])
    assert alpha.value is None
    assert alpha.reason.startswith("not measured")


def test_no_codes_say_nothing() -> None:
    assert krippendorff_alpha(np.empty((0, 0)), []).reason.startswith("not measured")


def test_when_all_codes_are_the_same_chance_cannot_be_told() -> None:
    assert "all codes are the same" in krippendorff_alpha([[0, 0], [0, 0]], [1, 2]).reason


def test_a_single_other_code_gives_a_value_without_an_interval() -> None:
    alpha = krippendorff_alpha([[1, 0, 0, 0], [1, 0, 0, 0]], [1, 2, 3, 4])
    assert alpha.value == pytest.approx(1)
    assert not alpha.has_interval
