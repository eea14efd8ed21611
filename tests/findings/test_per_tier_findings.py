"""What a table of estimates says of its numbers: what they rest on, and why some are alone."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.per_tier import table_of, the_page
from analysis.inference.estimate import Basis, Estimate
from analysis.language import speaking
from analysis.showing import ShownTable
from selections import selection

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
BASIS = Basis(n_pages=0, n_posts=0, unit="euro", level=0.95, method="median over pages")


def table(*estimates: Estimate) -> ShownTable:
    chosen = selection(PAGES, RATES, tier="gemeente")
    found = {f"line {i}": {"gemeente": estimate} for i, estimate in enumerate(estimates)}
    return table_of(chosen, found, "A table", [])


def rests_on(*estimates: Estimate) -> str:
    return str(table(*estimates).frame.loc[0, "Gemeenten"])


def test_a_column_rests_on_the_line_with_the_most_posts() -> None:
    few = replace(BASIS, n_pages=9, n_posts=20).interval(1.0, 0.5, 2.0)
    many = replace(BASIS, n_pages=8, n_posts=160).interval(1.0, 0.5, 2.0)
    assert rests_on(few, many) == "8 pages, 160 posts"


def test_without_posts_a_column_rests_on_the_line_with_the_most_pages() -> None:
    nothing = BASIS.nothing("there are no posts")
    of_comments = replace(BASIS, n_pages=9).interval(4.0, 3.0, 5.0)
    assert rests_on(nothing, of_comments) == "9 pages, no posts"


def test_what_is_in_brackets_is_said_once_and_only_where_there_are_brackets() -> None:
    median = BASIS.interval(1.0, 0.5, 2.0)
    pooled = replace(BASIS, method="pooled rate").interval(1.0, 0.5, 2.0)
    assert table(BASIS.value_alone(1.0, "there are 3 pages")).note == "There are 3 pages."
    assert table(pooled, median, pooled).note == (
        "In brackets: 95% interval (median over pages; pooled rate)."
    )


def test_a_reason_names_its_line_unless_it_is_of_several() -> None:
    few, nothing = BASIS.value_alone(1.0, "there are 3 pages"), BASIS.nothing("no posts")
    assert table(few, few, nothing).note == "Line 2: no posts. There are 3 pages."


def test_numbers_of_a_single_page_are_not_those_of_a_typical_one() -> None:
    one, many = selection(PAGES, RATES, page="gemeente-1"), selection(PAGES, RATES)
    assert (the_page(one), the_page(many)) == ("this page", "the typical page")
    with speaking("nl"):
        assert (the_page(one), the_page(many)) == ("deze pagina", "de doorsneepagina")


def test_a_caption_is_shown_as_it_is_said() -> None:
    chosen = selection(PAGES, RATES, page="gemeente-1")
    found = {"line": {"gemeente": BASIS.nothing("there are no posts")}}
    assert table_of(chosen, found, "Who is the typical page?", []).caption.startswith(
        "Who is the ty"
    )
