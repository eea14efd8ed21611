"""What notebook 03 says of whole pages, day by day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.findings.page_days import ordinary_day
from analysis.language import speaking
from analysis.selection import Selection
from analysis.showing import ShownTable
from dutch import all_words_of, english_left
from selections import page_days, selection

PAGES = {"provincie": 2, "gemeente": 7}
RATES = {"provincie": 10.0, "gemeente": 40.0}
EVERYWHERE = {f"gemeente-{i}": [100.0 * (i + 1)] * 3 for i in range(7)}


def having(*days: pd.DataFrame, **chosen: str) -> Selection:
    found = selection(PAGES, RATES, **chosen)
    table = pd.concat(days)
    if chosen.get("page"):
        table = table[table["page_id"] == chosen["page"]]
    return replace(found, study_page_days=table)


def table_of(found: Selection) -> ShownTable:
    shown = ordinary_day(found)
    assert isinstance(shown, ShownTable)
    return shown


def test_the_typical_page_s_ordinary_day_is_a_median_of_medians_with_its_interval() -> None:
    people = EVERYWHERE | {"gemeente-0": [90.0, 100.0, 5_000.0], "provincie-0": [30.0]}
    shown = table_of(having(page_days(people)))

    assert shown.frame["Gemeenten"].tolist() == [
        "7 pages, 21 days",
        "400 (100 to 700)",
        "4.0% (1.0% to 7.0%)",
    ]
    assert shown.frame["Provincies"].tolist() == ["1 page, 1 day", "30", "0.3%"]
    assert shown.frame.iloc[1, 0] == "People reached (“Viewers”)"
    (row,) = [
        row for row in shown.rows if (row["tier"], row["measure"]) == ("gemeente", "page_day_reach")
    ]
    assert (row["estimate"], row["low"], row["high"]) == (400, 100, 700)
    assert (row["n_pages"], row["n_posts"], row["unit"]) == (7, 0, "people per day")


def test_a_day_that_was_not_measured_counts_for_nothing() -> None:
    shown = table_of(having(page_days({"gemeente-0": [10.0, np.nan, 30.0]}), tier="gemeente"))

    assert shown.frame["Gemeenten"].tolist()[:2] == ["1 page, 2 days", "20"]


def test_two_names_of_a_number_are_two_rows_on_their_own_pages() -> None:
    shown = table_of(
        having(
            page_days({"gemeente-0": [10.0]}),
            page_days({"gemeente-1": [30.0, 30.0]}, definition="Facebook reach"),
        )
    )

    labels = shown.frame.iloc[:, 0].tolist()
    assert "People reached (“Viewers”): rests on" in labels
    assert "People reached (“Facebook reach”): rests on" in labels
    of_gemeenten = dict(zip(labels, shown.frame["Gemeenten"], strict=True))
    assert of_gemeenten["People reached (“Viewers”)"] == "10"
    assert of_gemeenten["People reached (“Facebook reach”)"] == "30"


def test_only_people_are_counted_per_follower() -> None:
    days = page_days({"gemeente-0": [10.0]}, variable="visits", definition="Facebook visits")

    assert table_of(having(days)).frame.iloc[:, 0].tolist() == [
        "Rests on",
        "Visits to the page (“Facebook visits”)",
    ]


def test_without_followers_nothing_is_said_per_follower() -> None:
    found = selection(PAGES, RATES, followers_at_posting=np.nan)
    shown = table_of(replace(found, study_page_days=page_days(EVERYWHERE)))

    assert not shown.frame.iloc[:, 0].str.contains("per follower").any()


def test_one_page_has_its_own_number() -> None:
    shown = table_of(having(page_days(EVERYWHERE), page="gemeente-3"))

    assert shown.frame["Page gemeente-3"].tolist() == ["1 page, 3 days", "400", "4.0%"]
    assert shown.caption == "The whole page on an ordinary day, at this page"


def test_without_such_files_that_is_said() -> None:
    assert "**not measured**" in ordinary_day(selection(PAGES, RATES)).text


@pytest.mark.parametrize("page", ["", "gemeente-3"])
def test_no_english_is_left_in_dutch(page: str) -> None:
    visits = page_days({"gemeente-3": [10.0]}, variable="visits", definition="Bezoeken")
    people = page_days(EVERYWHERE, definition="Kijkers")
    with speaking("nl"):
        for found in (having(people, visits, page=page), selection(PAGES, RATES)):
            assert english_left(all_words_of(ordinary_day(found))) == []
