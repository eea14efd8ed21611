"""What a column of a table is said to rest on."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.per_tier import table_of, the_page
from analysis.inference.estimate import Basis, Estimate
from analysis.language import speaking
from selections import selection

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
BASIS = Basis(n_pages=0, n_posts=0, unit="euro", level=0.95, method="median over pages")


def rests_on(*estimates: Estimate) -> str:
    chosen = selection(PAGES, RATES, tier="gemeente")
    found = {f"line {i}": {"gemeente": estimate} for i, estimate in enumerate(estimates)}
    return str(table_of(chosen, found, "A table", []).frame.loc[0, "Gemeenten"])


def test_a_column_rests_on_the_line_with_the_most_posts() -> None:
    few = replace(BASIS, n_pages=9, n_posts=20).interval(1.0, 0.5, 2.0)
    many = replace(BASIS, n_pages=8, n_posts=160).interval(1.0, 0.5, 2.0)
    assert rests_on(few, many) == "8 pages, 160 posts"


def test_without_posts_a_column_rests_on_the_line_with_the_most_pages() -> None:
    nothing = BASIS.nothing("there are no posts")
    of_comments = replace(BASIS, n_pages=9).interval(4.0, 3.0, 5.0)
    assert rests_on(nothing, of_comments) == "9 pages, no posts"


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
