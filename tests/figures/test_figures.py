"""Figures say in words what they show, and say that simulated data are simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import matplotlib as mpl
import pytest

from analysis.figures.style import apply_style, tier_looks
from analysis.figures.time import coverage
from analysis.findings import activity, engagement
from analysis.language import Language, speaking
from analysis.selection import Selection
from analysis.showing import ShownFigure
from drawn import cut_off, texts
from gallery import FIGURES, PAGES, RATES, chosen
from selections import selection


@pytest.fixture(autouse=True)
def _the_projects_style() -> Iterator[None]:
    with mpl.rc_context():
        apply_style()
        yield


@pytest.fixture(scope="module")
def simulated() -> Selection:
    return chosen(simulated=True)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_tells_its_numbers_to_who_cannot_see_it(name: str, simulated: Selection) -> None:
    drawn = FIGURES[name](simulated)
    assert isinstance(drawn, ShownFigure)
    assert len(drawn.alt) > 60
    assert any(letter.isdigit() for letter in drawn.alt)
    for word in ("nan", "None", "<NA>"):
        assert word not in drawn.alt


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_simulated_data_says_so_and_one_of_observed_data_does_not(
    name: str, simulated: Selection
) -> None:
    assert "Simulated data" in texts(FIGURES[name](simulated))
    assert "Simulated data" not in texts(FIGURES[name](chosen(simulated=False)))


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_data_give_the_same_picture(name: str, simulated: Selection) -> None:
    first, second = (
        FIGURES[name](simulated)._repr_mimebundle_()[0]["image/svg+xml"] for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("name", FIGURES)
def test_axes_carry_their_units(name: str, simulated: Selection) -> None:
    axes = FIGURES[name](simulated).figure.axes[0]
    words = axes.get_title(loc="left") + axes.get_xlabel() + axes.get_ylabel()
    assert len(words) > 15


def with_long_names(chosen: Selection) -> Selection:
    names = [f"Ministerie van Verkeer en Waterstaat {i}" for i in range(len(chosen.study_pages))]
    return replace(chosen, study_pages=chosen.study_pages.assign(name=names))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", FIGURES)
def test_what_is_written_in_a_figure_fits_into_it(
    name: str, language: Language, simulated: Selection
) -> None:
    with speaking(language):
        assert not cut_off(FIGURES[name](with_long_names(simulated)).figure)


def test_neighbouring_tiers_differ_in_more_than_colour() -> None:
    looks = list(tier_looks(["a", "b", "c"]).values())
    for one in ("colour", "marker", "hatch", "line"):
        assert len({str(getattr(look, one)) for look in looks}) == 3


@pytest.mark.parametrize(
    ("pages", "bar"), [(9, "bar: typical page with its 95%"), (3, "page. n =")]
)
def test_a_figure_promises_an_interval_only_where_there_is_one(pages: int, bar: str) -> None:
    drawn = engagement.ordinary_post_figure(selection({"gemeente": pages}, RATES))
    assert bar in " ".join(" ".join(texts(drawn)).split())


@pytest.mark.parametrize(("pages", "counted"), [(2, True), (9, False)])
def test_posts_of_few_pages_are_written_and_of_many_are_coloured_only(
    pages: int, counted: bool
) -> None:
    drawn = coverage(selection({"gemeente": pages}, RATES))
    assert ("posts in the month" in texts(drawn)) != counted
    assert ("2" in texts(drawn)) == counted


def test_hours_are_not_drawn_where_only_days_are_known() -> None:
    days = selection(PAGES, RATES, published_precision="day")
    drawn = activity.rhythm_figure(days)
    assert isinstance(drawn, ShownFigure)
    assert "hold no hours" in " ".join(texts(drawn))
    assert "between" not in drawn.alt
