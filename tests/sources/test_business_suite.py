"""Meta Business Suite's exports of posts, in three languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.business_suite import LANGUAGES, SOURCE
from analysis.sources.definitions import IMPRESSIONS, REACH, VIEWS
from analysis.sources.headers import plain_word
from analysis.sources.reading import Reading
from analysis.tables import POSTS

from .conftest import Writer
from .twins import (
    BUSINESS_SUITE,
    BUSINESS_SUITE_DUTCH,
    BUSINESS_SUITE_INSTAGRAM,
    BUSINESS_SUITE_INSTAGRAM_DUTCH,
    BUSINESS_SUITE_SWEDISH,
    csv_bytes,
)

Read = Callable[..., tuple[pl.DataFrame, Reading]]
MARCH = datetime(2025, 3, 29, 1, 12, tzinfo=UTC)


def only(rows: pl.DataFrame) -> dict[str, object]:
    assert rows.height == 1
    return rows.row(0, named=True)


def without(row: dict[str, str], *columns: str) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in columns}


def test_a_post_is_read(write_posts: Writer, read_export: Read) -> None:
    rows, reading = read_export(write_posts(post=BUSINESS_SUITE))
    post = only(rows)

    assert post["reason"] is None
    assert (post["platform"], post["page_id"]) == ("facebook", "100000000000001")
    assert (post["page_name"], post["post_id"]) == ("Gemeente Voorbeeld", "1001")
    assert post["kind"] == "photo"
    assert post["message"] == 'De brug is "open".\nKom kijken, morgen.'
    assert (post["reactions"], post["comments"], post["shares"]) == (16, 3, 2)
    assert (post["views"], post["views_organic"], post["views_paid"]) == (2100, 1500, 600)
    assert (post["reach"], post["reach_organic"], post["reach_paid"]) == (1234, 900, 400)
    assert (post["link_clicks"], post["paid"]) == (7, True)
    assert post["followers_at_posting"] is None
    assert reading.decided["language"] == "English"
    assert reading.decided["encoding"] == "UTF-8 with a byte order mark"
    assert reading.warnings == ()
    POSTS.validate(rows.select(*POSTS.columns))


@pytest.mark.parametrize(
    ("twin", "language", "kind"),
    [
        (BUSINESS_SUITE, "English", "photo"),
        (BUSINESS_SUITE_DUTCH, "Dutch", "photo"),
        (BUSINESS_SUITE_SWEDISH, "Swedish", "link"),
    ],
)
def test_the_same_post_is_the_same_in_every_language(
    write_posts: Writer, read_export: Read, twin: dict[str, str], language: str, kind: str
) -> None:
    rows, reading = read_export(write_posts(post=twin))
    post = only(rows)

    assert reading.decided["language"] == language
    assert (post["reason"], post["platform"], post["kind"]) == (None, "facebook", kind)
    assert (post["page_id"], post["post_id"]) == ("100000000000001", "1001")
    assert post["published_at"] == MARCH
    assert (post["reactions"], post["comments"], post["shares"]) == (16, 3, 2)
    assert (post["reach"], post["link_clicks"]) == (1234, 7)


def test_the_dutch_word_reacties_is_reactions_and_opmerkingen_is_comments(
    write_posts: Writer, read_export: Read
) -> None:
    change = {
        "Reacties": "5",
        "Opmerkingen": "7",
        "Deelacties": "0",
        "Reacties, opmerkingen en deelacties": "12",
    }
    rows, reading = read_export(write_posts(change, post=BUSINESS_SUITE_DUTCH))

    assert rows.select("reactions", "comments", "shares").row(0) == (5, 7, 0)
    assert reading.warnings == ()


@pytest.mark.parametrize("spelling", ["Pagina-ID", "Pagina-id", "pagina-id", "PAGINA-ID"])
def test_the_guessed_dutch_columns_are_found_in_any_capitals(
    write_posts: Writer, read_export: Read, spelling: str
) -> None:
    post = {spelling: "77", **without(BUSINESS_SUITE_DUTCH, "Pagina-ID")}

    assert only(read_export(write_posts(post=post))[0])["page_id"] == "77"


def test_without_an_id_of_the_page_its_name_stands_for_it(
    write_posts: Writer, read_export: Read
) -> None:
    post = without(BUSINESS_SUITE_DUTCH, "Pagina-ID", "Bericht-ID")
    row = only(read_export(write_posts(post=post))[0])

    assert (row["page_id"], row["post_id"]) == ("Gemeente Voorbeeld", "1001")


def test_a_word_of_a_header_has_one_meaning_in_a_language() -> None:
    for words in LANGUAGES.values():
        assert len({plain_word(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("twin", "language"),
    [(BUSINESS_SUITE_INSTAGRAM, "English"), (BUSINESS_SUITE_INSTAGRAM_DUTCH, "Dutch")],
)
def test_posts_on_instagram_carry_their_platform_and_likes_are_their_reactions(
    write_posts: Writer, read_export: Read, twin: dict[str, str], language: str
) -> None:
    rows, reading = read_export(write_posts(post=twin))
    post = only(rows)

    assert reading.decided["language"] == language
    assert (post["platform"], post["page_id"]) == ("instagram", "17841400000000001")
    assert (post["post_id"], post["kind"]) == ("18012345678901234", "photo")
    assert (post["reactions"], post["reactions_like"]) == (4, 4)
    assert (post["comments"], post["shares"], post["views"], post["reach"]) == (2, 1, 99, 40)
    assert post["paid"] is None


def test_a_post_on_instagram_is_told_by_its_address_without_any_account(
    write_posts: Writer, read_export: Read
) -> None:
    change = {"Permalink": "https://www.instagram.com/p/CwXyZ_12-ab/"}

    assert only(read_export(write_posts(change, post=BUSINESS_SUITE))[0])["platform"] == "instagram"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("01/15/2025 18:12", datetime(2025, 1, 16, 2, 12, tzinfo=UTC)),
        ("07/15/2025 18:12", datetime(2025, 7, 16, 1, 12, tzinfo=UTC)),
        ("2025-07-15T18:12:30", datetime(2025, 7, 16, 1, 12, 30, tzinfo=UTC)),
        ("7/15/2025 6:12 PM", datetime(2025, 7, 16, 1, 12, tzinfo=UTC)),
    ],
)
def test_times_are_pacific_in_winter_and_in_summer_whatever_the_studys_zone(
    write_posts: Writer, read_export: Read, written: str, utc: datetime
) -> None:
    rows, reading = read_export(write_posts({"Publish time": written}, post=BUSINESS_SUITE))

    assert only(rows)["published_at"] == utc
    assert reading.decided["time zone"].startswith("America/Los_Angeles, summer time included")


def test_of_the_pacific_hour_that_comes_twice_the_first_is_meant_and_that_is_said(
    write_posts: Writer, read_export: Read
) -> None:
    rows, reading = read_export(
        write_posts({}, {"Post ID": "2", "Publish time": "11/02/2025 01:30"}, post=BUSINESS_SUITE)
    )

    assert rows["published_at"][1] == datetime(2025, 11, 2, 8, 30, tzinfo=UTC)
    assert reading.warnings == (
        "'Publish time' is in the hour that comes twice when summer time ends in 1 of 2 rows "
        "(first in row 3); the first one is meant.",
    )


def test_a_pacific_time_that_the_clock_skips_makes_a_row_unusable(
    write_posts: Writer, read_export: Read
) -> None:
    rows, _ = read_export(
        write_posts({}, {"Publish time": "03/09/2025 02:30"}, post=BUSINESS_SUITE)
    )

    assert rows["reason"].to_list() == [
        None,
        "'03/09/2025 02:30' in column 'Publish time' does not exist: the clock of "
        "America/Los_Angeles skips that hour",
    ]


def test_days_before_months_are_recognised_by_the_days_after_the_twelfth(
    write_posts: Writer, read_export: Read
) -> None:
    rows, reading = read_export(
        write_posts(
            {"Publish time": "28/03/2025 18:12"},
            {"Publish time": "04/03/2025 18:12"},
            post=BUSINESS_SUITE,
        )
    )

    assert rows["published_at"].dt.month().to_list() == [3, 3]
    assert reading.decided["dates"].startswith("day/month/year")


def test_an_order_of_days_and_months_that_nothing_tells_is_warned_of_or_told_by_the_study(
    write_posts: Writer, read_export: Read
) -> None:
    path = write_posts({"Publish time": "04/03/2025 18:12"}, post=BUSINESS_SUITE)
    rows, reading = read_export(path)
    assert only(rows)["published_at"] == datetime(2025, 4, 4, 1, 12, tzinfo=UTC)
    assert any("nothing tells days from months" in warning for warning in reading.warnings)

    rows, reading = read_export(path, date_order="day first")
    assert only(rows)["published_at"] == datetime(2025, 3, 5, 2, 12, tzinfo=UTC)
    assert not reading.warnings


def test_columns_may_come_and_go(write_posts: Writer, read_export: Read) -> None:
    gone = ("Views", "Views from Organic posts", "Views from Boosted posts", "Shares")
    post = without(BUSINESS_SUITE, *gone, "Negative feedback from users: Hide all")
    row = only(read_export(write_posts(post={**post, "Qualified Views": "4"}))[0])

    assert row["reason"] is None
    assert (row["views"], row["views_definition"], row["shares"]) == (None, None, None)
    assert (row["reactions"], row["reach"]) == (16, 1234)


@pytest.mark.parametrize(
    ("title", "description", "message"),
    [
        ("De brug", "", "De brug"),
        ("", "De brug is open.", "De brug is open."),
        ("De brug", "De brug is open.", "De brug is open."),
        ("De brug is open.", "De brug", "De brug is open."),
        ("", "", None),
    ],
)
def test_the_caption_is_in_the_title_or_in_the_description(
    write_posts: Writer, read_export: Read, title: str, description: str, message: str | None
) -> None:
    change = {"Title": title, "Description": description}

    assert only(read_export(write_posts(change, post=BUSINESS_SUITE))[0])["message"] == message


def test_views_and_impressions_are_two_definitions(write_posts: Writer, read_export: Read) -> None:
    rows, _ = read_export(
        write_posts(
            {"Publish time": "10/01/2024 12:00", "Views": "50", "Impressions": ""},
            {"Publish time": "06/01/2024 12:00", "Views": "", "Impressions": "40"},
            {"Publish time": "06/01/2023 12:00", "Views": "", "Impressions": "30"},
            {"Publish time": "06/01/2023 12:00", "Views": "", "Impressions": ""},
            post=without(BUSINESS_SUITE, *(name for name in BUSINESS_SUITE if "Views from" in name))
            | {"Impressions": ""},
        )
    )

    assert rows.select("views", "views_definition").rows() == [
        (50, VIEWS[0].text),
        (40, IMPRESSIONS[2].text),
        (30, IMPRESSIONS[1].text),
        (None, None),
    ]


def test_reach_says_what_it_counts_and_since_when(write_posts: Writer, read_export: Read) -> None:
    days = ("01/31/2018", "05/31/2018", "05/31/2024", "07/31/2026")
    changes = [{"Publish time": f"{day} 12:00"} for day in days]
    rows, _ = read_export(write_posts(*changes, post=BUSINESS_SUITE))

    assert rows["reach_definition"].to_list() == [item.text for item in REACH]


def test_views_that_are_not_organic_and_paid_together_are_told_and_kept(
    write_posts: Writer, read_export: Read
) -> None:
    rows, reading = read_export(
        write_posts({}, {"Post ID": "2", "Views": "2200"}, post=BUSINESS_SUITE)
    )

    assert rows["views"].to_list() == [2100, 2200]
    assert reading.warnings == (
        "'Views' is not the sum of 'Views from Organic posts' and 'Views from Boosted posts' in "
        "1 of 2 rows (first in row 3); the total is used as it stands.",
    )


def test_organic_and_paid_reach_need_not_add_up_but_no_part_exceeds_the_whole(
    write_posts: Writer, read_export: Read
) -> None:
    _, reading = read_export(
        write_posts({}, {"Post ID": "2", "Reach from Organic posts": "2000"}, post=BUSINESS_SUITE)
    )

    assert reading.warnings == (
        "'Reach from Organic posts' is larger than 'Reach' in 1 of 2 rows (first in row 3); both "
        "are used as they stand, but do not count the same.",
    )


@pytest.mark.parametrize(
    ("reach", "views", "paid"),
    [("400", "0", True), ("0", "600", True), ("0", "0", False), ("", "", None), ("0", "", False)],
)
def test_a_post_is_paid_when_a_part_of_its_counts_is(
    write_posts: Writer, read_export: Read, reach: str, views: str, paid: bool | None
) -> None:
    change = {"Reach from Boosted posts": reach, "Views from Boosted posts": views}

    assert only(read_export(write_posts(change, post=BUSINESS_SUITE))[0])["paid"] is paid


def test_a_post_that_stands_there_twice_is_kept_twice_and_told(
    write_posts: Writer, read_export: Read
) -> None:
    rows, reading = read_export(
        write_posts({}, {"Post ID": "2"}, {"Reactions": "17"}, post=BUSINESS_SUITE)
    )

    assert rows["post_id"].to_list() == ["1001", "2", "1001"]
    assert rows["reason"].is_null().all()
    assert reading.warnings[0] == (
        "'Post ID' is the id of another row too in 2 of 3 rows (first in row 2); the last row "
        "counts."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [{"Date": "03/01/2025"}, {"Date": "03/02/2025"}, {"Date": "03/03/2025"}],
        [{"Date": "2025-03-01"}],
    ],
)
def test_an_export_per_post_and_day_is_refused_by_name(
    write_posts: Writer, read_export: Read, rows: list[dict[str, str]]
) -> None:
    path = write_posts(*rows, post=BUSINESS_SUITE)

    assert SOURCE.recognises(path)
    with pytest.raises(InputProblem, match="an export per post and day") as problem:
        read_export(path)
    assert "lifetime of the posts" in problem.value.remedy


def test_an_export_per_post_and_day_is_told_by_repeated_posts_without_views(
    write_posts: Writer, read_export: Read
) -> None:
    columns = [name for name in BUSINESS_SUITE if name.startswith("Views")]
    post = without(BUSINESS_SUITE, "Date", *columns)
    rows = [{"Post ID": post_id} for post_id in ("1", "1", "1", "2", "2", "2")]

    with pytest.raises(InputProblem, match="6 rows for 2 posts"):
        read_export(write_posts(*rows, post=post))


@pytest.mark.parametrize("post_id", ["1,23457E+14", "1.23457E+14"])
@pytest.mark.parametrize("has_views", [True, False])
def test_ids_that_a_spreadsheet_rounded_are_told_and_not_taken_for_days(
    write_posts: Writer, read_export: Read, post_id: str, *, has_views: bool
) -> None:
    columns = [name for name in BUSINESS_SUITE if name.startswith("Views")]
    post = without(BUSINESS_SUITE, "Date", *(() if has_views else columns))

    with pytest.raises(InputProblem, match="ids of posts that a spreadsheet rounded") as problem:
        read_export(write_posts(*[{"Post ID": post_id}] * 6, post=post))
    assert "in 6 of 6 rows" in problem.value.found
    assert "Download the file again" in problem.value.remedy
    assert "do not open it in Excel" in problem.value.remedy


def test_one_rounded_id_costs_its_row_and_not_the_file(
    write_posts: Writer, read_export: Read
) -> None:
    ids = [str(number) for number in range(1001, 1012)]
    posts = ({"Post ID": one} for one in [*ids, "1,23457E+14"])
    rows, _ = read_export(write_posts(*posts, post=BUSINESS_SUITE))

    assert rows["reason"].count() == 1
    assert "rounded by a spreadsheet" in rows["reason"][11]


def test_a_row_of_one_day_among_lifetimes_is_not_used(
    write_posts: Writer, read_export: Read
) -> None:
    rows, _ = read_export(write_posts({}, {"Date": "03/01/2025"}, post=BUSINESS_SUITE))

    assert rows["reason"].to_list() == [
        None,
        "counts of one day, not of the post since it was published",
    ]


def test_a_table_without_the_time_of_publication_is_not_this_export(write_posts: Writer) -> None:
    assert not SOURCE.recognises(write_posts(post=without(BUSINESS_SUITE, "Publish time")))


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        (("Page ID", "Page name"), "no column tells the page"),
        (("Post ID", "Permalink"), "no column tells the post"),
    ],
)
def test_what_no_column_tells_is_named_with_the_words_that_would(
    write_posts: Writer, read_export: Read, gone: tuple[str, ...], found: str
) -> None:
    with pytest.raises(InputProblem, match=found) as problem:
        read_export(write_posts(post=without(BUSINESS_SUITE, *gone)))
    assert f"'{gone[0]}'" in problem.value.expected


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Reach": "-1"}, "'-1' in column 'Reach' is a negative count"),
        ({"Reactions": "veel"}, "'veel' in column 'Reactions' is no whole number"),
        ({"Publish time": ""}, "the time of publication is missing"),
        ({"Publish time": "gisteren"}, "'gisteren' in column 'Publish time' is no date that can"),
        ({"Page ID": "1.0E+14"}, "the id '1.0E+14' in column 'page_id' was rounded"),
        ({"Post ID": "1.80E+15"}, "the id '1.80E+15' in column 'post_id' was rounded"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(
    write_posts: Writer, read_export: Read, change: dict[str, str], reason: str
) -> None:
    rows, reading = read_export(write_posts({}, change, post=BUSINESS_SUITE))

    assert rows["reason"][0] is None
    assert rows["reason"][1].startswith(reason)
    assert reading.rows_read == 2


@pytest.mark.parametrize(
    ("written", "reach"), [("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("1234", 1234)]
)
def test_counts_are_read_in_the_notation_of_the_exporters_language(
    write_posts: Writer, read_export: Read, written: str, reach: int
) -> None:
    change = {"Bereik": written}

    assert only(read_export(write_posts(change, post=BUSINESS_SUITE_DUTCH))[0])["reach"] == reach


def test_counts_were_taken_on_the_last_day_of_the_files_name_in_pacific_time(
    write_posts: Writer, read_export: Read
) -> None:
    path = write_posts(post=BUSINESS_SUITE, name="Mar-01-2025_Mar-31-2025_1234567890.csv")
    _, reading = read_export(path)

    assert reading.decided["observed_at"] == (
        "2025-04-01 06:59 UTC, from the end of the day in the file's name"
    )


def test_a_column_without_a_name_is_left_alone(read_export: Read, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(csv_bytes({**without(BUSINESS_SUITE, "Views", "Title"), "": "12"}))
    row = only(read_export(path)[0])

    assert (row["reason"], row["views"]) == (None, None)
    assert row["message"].startswith("De brug")
