"""First lines of files that name columns, and those that quote people."""

from __future__ import annotations

import pytest

from analysis.sources.first_lines import has_headings

from .conftest import LATE_COLUMNS
from .twins import BUSINESS_SUITE, CONTENT_LIBRARY, MINIMAXIR, PAGE_INSIGHTS


@pytest.mark.parametrize(
    "columns",
    [
        *(tuple(row) for row in (BUSINESS_SUITE, CONTENT_LIBRARY, MINIMAXIR, PAGE_INSIGHTS)),
        LATE_COLUMNS,
        ("pagina", "", "Datum 2023"),
        ("likes",),
        ("Page Name;Post ID;Views",),
    ],
)
def test_names_of_columns_are_headings(columns: tuple[str, ...]) -> None:
    assert has_headings(columns)


@pytest.mark.parametrize(
    "cell",
    [
        *("1_1", "12", "3,4K", "1.0E+14", "2023-05-01", "1 mei 2023", "May 1, 2023", "om 12:30"),
        *("pfbid02Abc", "Y29tbWVudDoxMDAxXzkwMDE=", "comment:10010", "www.example.org", "@iemand"),
        *("een zin " * 11, "[1", "👍"),
    ],
)
def test_a_line_with_data_in_it_is_no_header(cell: str) -> None:
    assert not has_headings(("Name", cell, ""))


@pytest.mark.parametrize(
    "cells", [("Iemand", "mooi gedaan", "ja"), ("Iemand Anders;leuk;Plaats",), ("Iemand", "ja")]
)
def test_a_line_of_short_words_that_no_export_uses_is_no_header(cells: tuple[str, ...]) -> None:
    assert not has_headings(cells)
