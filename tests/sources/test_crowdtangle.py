"""CrowdTangle's CSV exports, in both generations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.language import say, speaking
from analysis.problems import InputProblem
from analysis.sources.crowdtangle import SOURCE
from analysis.sources.reading import Reading
from analysis.tables import POSTS
from dutch import english_left

from .conftest import POST_2020, POST_LATE, Writer
from .twins import CROWDTANGLE_GROUP

Read = Callable[..., tuple[pl.DataFrame, Reading]]


def only(rows: pl.DataFrame) -> dict[str, object]:
    assert rows.height == 1
    return rows.row(0, named=True)


def reasons(rows: pl.DataFrame) -> list[str | None]:
    return rows["reason"].to_list()


def test_a_post_of_2020_is_read(write_posts: Writer, read_crowdtangle: Read) -> None:
    rows, reading = read_crowdtangle(write_posts())
    post = only(rows)

    assert post["reason"] is None
    assert post["page_id"] == "100000000000001"
    assert post["page_name"] == "Gemeente Voorbeeld"
    assert post["post_id"] == "1001"
    assert post["published_at"] == datetime(2020, 10, 22, 14, 28, 6, tzinfo=UTC)
    assert post["published_precision"] == "second"
    assert post["kind"] == "photo"
    assert post["message"] == "De brug is open."
    assert post["permalink"] == "https://www.facebook.com/voorbeeld/posts/1001"
    assert (post["reactions"], post["comments"], post["shares"]) == (16, 3, 2)
    assert (post["reactions_like"], post["reactions_angry"], post["reactions_care"]) == (10, 4, 1)
    assert post["reactions_thankful"] is None
    assert (post["followers_at_posting"], post["followers_definition"]) == (1200, "page_likes")
    assert reading.rows_read == 1
    assert reading.decided["time zone"] == "CEST (UTC+02:00), as written behind the times"


def test_a_post_of_the_late_form_is_read(write_posts: Writer, read_crowdtangle: Read) -> None:
    rows, reading = read_crowdtangle(write_posts(post=POST_LATE))
    post = only(rows)

    assert post["reason"] is None
    assert post["published_at"] == datetime(2021, 7, 6, 14, tzinfo=UTC)
    assert (post["followers_at_posting"], post["followers_definition"]) == (1500, "followers")
    assert post["reactions"] == 16
    assert reading.warnings == ()


def test_followers_are_page_likes_in_the_rows_where_the_export_has_no_others(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    rows, _ = read_crowdtangle(
        write_posts(
            {},
            {"Followers at Posting": ""},
            {"Followers at Posting": "", "Likes at Posting": "N/A"},
            post=POST_LATE,
        )
    )

    assert rows.select("followers_at_posting", "followers_definition").rows() == [
        (1500, "followers"),
        (1200, "page_likes"),
        (None, None),
    ]


def test_every_canonical_column_is_there(write_posts: Writer, read_crowdtangle: Read) -> None:
    rows, _ = read_crowdtangle(write_posts())

    assert rows.columns[: len(POSTS.columns)] == list(POSTS.columns)
    POSTS.validate(rows.select(*POSTS.columns))
    assert set(SOURCE.gives) <= set(POSTS.columns)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Photo", "photo"),
        ("Album", "photo"),
        ("Native Video", "video"),
        ("Live Video Complete", "video"),
        ("YouTube", "video"),
        ("Video", "video"),
        ("Link", "link"),
        ("Status", "text"),
        ("Event", "other"),
    ],
)
def test_the_kind_of_a_post_is_in_the_projects_words(
    write_posts: Writer, read_crowdtangle: Read, word: str, kind: str
) -> None:
    assert only(read_crowdtangle(write_posts({"Type": word}))[0])["kind"] == kind


@pytest.mark.parametrize(
    ("word", "written", "views"),
    [
        ("Native Video", "20450", 20450),
        ("Native Video", "0", 0),
        ("Live Video", "12", 12),
        ("Photo", "0", None),
        ("YouTube", "0", None),
        ("Native Video", "", None),
    ],
)
def test_a_zero_is_a_number_of_views_only_for_a_facebook_video(
    write_posts: Writer, read_crowdtangle: Read, word: str, written: str, views: int | None
) -> None:
    post = only(read_crowdtangle(write_posts({"Type": word, "Post Views": written}))[0])

    assert post["views"] == views
    assert post["views_definition"] == (None if views is None else "3-second video views")


def test_reactions_are_missing_when_one_kind_is(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    post = only(read_crowdtangle(write_posts({"Wow": ""}))[0])

    assert post["reason"] is None
    assert post["reactions"] is None
    assert post["reactions_like"] == 10


def test_before_care_existed_reactions_are_the_sum_of_the_other_kinds(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    old = {column: cell for column, cell in POST_2020.items() if column != "Care"}
    rows, reading = read_crowdtangle(write_posts(post=old))

    assert only(rows)["reactions"] == 15
    assert "Care" not in reading.decided["reactions"]


def test_thankful_is_a_reaction_where_the_export_has_it(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    post = only(read_crowdtangle(write_posts(post=POST_2020 | {"Thankful": "5"}))[0])

    assert (post["reactions_thankful"], post["reactions"]) == (5, 21)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Likes": "-3"}, "'-3' in column 'Likes' is a negative count"),
        ({"Shares": "veel"}, "'veel' in column 'Shares' is no whole number"),
        ({"Shares": "veel", "Wow": "-1"}, "'-1' in column 'Wow' is a negative count"),
        ({"Wow": "veel", "Shares": "-1"}, "'veel' in column 'Wow' is no whole number"),
        ({"Comments": "1.234"}, "'1.234' in column 'Comments' is no whole number"),
        ({"Created": "gisteren"}, "'gisteren' in column 'Created' is no date that can be read"),
        ({"Created": ""}, "the time of publication is missing"),
        ({"Created": "2020-10-22 16:28:06 XYZ"}, "the time zone 'XYZ' is not known"),
        ({"Facebook Id": ""}, "the page is missing"),
        (
            {"Facebook Id": "1.0E+14"},
            "the id '1.0E+14' in column 'page_id' was rounded by a spreadsheet",
        ),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_the_others_are_used(
    write_posts: Writer, read_crowdtangle: Read, change: dict[str, str], reason: str
) -> None:
    rows, reading = read_crowdtangle(write_posts({}, change, {}))

    assert reasons(rows) == [None, reason, None]
    assert reading.rows_read == 3


def test_a_post_dated_after_it_was_observed_cannot_be_used(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    path = write_posts({}, {"Created": "2020-10-23 00:00:01 CEST"}, name="2020-10-22-posts.csv")
    rows, reading = read_crowdtangle(path)

    assert reasons(rows) == [
        None,
        "published on 2020-10-22 22:00 UTC, after its counts were taken "
        "(2020-10-22 21:59 UTC, from the end of the day in the file's name)",
    ]
    assert reading.decided["observed_at"].startswith("2020-10-22 21:59 UTC")


@pytest.mark.parametrize(
    ("zones", "said"),
    [
        (("EAT", "EAT"), "EAT (UTC+03:00), as written behind the times"),
        (
            ("XYZ", "EAT", "EST"),
            "EAT (UTC+03:00), EST (UTC-05:00), as written behind the times; not known: XYZ",
        ),
        (("XYZ", "ABC"), "not known: ABC, XYZ"),
        (
            tuple(f".{row:06}" for row in range(1300)),
            "not known: .000000, .000001, .000002, .000003, .000004 and 1,295 more",
        ),
        (
            tuple(f"+0{hour}:00" for hour in range(1, 8)),
            "+01:00 (UTC+01:00), +02:00 (UTC+02:00), +03:00 (UTC+03:00), +04:00 (UTC+04:00), "
            "+05:00 (UTC+05:00) and 2 more, as written behind the times",
        ),
        (("\x1b" + "X" * 1000,), "not known:  " + "X" * 39),
        ((), "Europe/Amsterdam, the study's; the times in the file name none"),
    ],
)
def test_every_zone_of_a_file_is_named_in_both_languages(
    write_posts: Writer, read_crowdtangle: Read, zones: tuple[str, ...], said: str
) -> None:
    changes = [{"Created": f"2020-10-22 16:28:06 {zone}".strip()} for zone in zones or [""]]
    _, reading = read_crowdtangle(write_posts(*changes))

    assert reading.decided["time zone"] == said
    with speaking("nl"):
        assert english_left(say.reason(said)) == []


@pytest.mark.parametrize(
    ("totals", "marks"),
    [(("12",), "none"), (("1.234", "12"), "."), (("1.234", "1,234"), "both , and .")],
)
def test_the_marks_between_thousands_are_named_whatever_row_has_them(
    write_posts: Writer, read_crowdtangle: Read, totals: tuple[str, ...], marks: str
) -> None:
    changes = ({"Total Interactions": total} for total in totals)
    _, reading = read_crowdtangle(write_posts(*changes, post=POST_LATE))

    assert reading.decided["mark of thousands"] == marks


def test_a_day_ends_in_the_westernmost_zone_of_a_file(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    changes = ({"Created": f"2020-10-22 23:30:00 {zone}"} for zone in ("EST", "EDT"))
    rows, reading = read_crowdtangle(write_posts(*changes, name="2020-10-22-posts.csv"))

    assert reasons(rows) == [None, None]
    assert reading.decided["observed_at"].startswith("2020-10-23 04:59 UTC")


def test_a_date_in_the_future_does_not_tell_when_the_file_was_observed(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    rows, reading = read_crowdtangle(write_posts({}, {"Created": "2999-10-22 16:28:06 CEST"}))

    assert (
        reading.decided["observed_at"] == "2020-10-22 14:28 UTC, from the latest post in the file"
    )
    assert rows["reason"].is_null().to_list() == [True, False]


def test_times_without_a_zone_are_in_the_studys(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    rows, reading = read_crowdtangle(write_posts({"Created": "2020-10-22 16:28:06"}))

    assert only(rows)["published_at"] == datetime(2020, 10, 22, 14, 28, 6, tzinfo=UTC)
    assert reading.decided["time zone"].startswith("Europe/Amsterdam, the study's")


@pytest.mark.parametrize("total", ["1,621", "1.621", "1 621", "1621"])
def test_a_total_in_the_dashboards_notation_agrees_with_its_parts(
    write_posts: Writer, read_crowdtangle: Read, total: str
) -> None:
    change = {"Likes": "1610", "Total Interactions": total}

    assert read_crowdtangle(write_posts(change, post=POST_LATE))[1].warnings == ()


def test_a_total_that_is_not_the_sum_is_told_and_not_used(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    rows, reading = read_crowdtangle(
        write_posts({}, {"Total Interactions": "22"}, {"Total Interactions": ""}, post=POST_LATE)
    )

    assert rows["reactions"].to_list() == [16, 16, 16]
    assert reading.warnings == (
        "'Total Interactions' is not the sum of reactions, comments and shares in 1 of 3 rows "
        "(first in row 3); the sum is used.",
    )


@pytest.mark.parametrize(("weight", "warned"), [("1x", True), ("3x", False)])
def test_only_a_total_with_every_weight_one_is_compared(
    write_posts: Writer, read_crowdtangle: Read, weight: str, warned: bool
) -> None:
    column = f"Total Interactions (weighted  —  Likes 1x Shares {weight} Care 1x )"
    _, reading = read_crowdtangle(write_posts(post=POST_2020 | {column: "99"}))

    assert bool(reading.warnings) == warned


@pytest.mark.parametrize("column", ["Facebook Id", "Created", "URL", "Likes", "Angry", "Shares"])
def test_a_needed_column_that_is_missing_is_named_with_the_file(
    write_posts: Writer, read_crowdtangle: Read, column: str
) -> None:
    post = {name: cell for name, cell in POST_2020.items() if name != column}

    with pytest.raises(InputProblem, match="posts.csv: no column '(Post )?" + column):
        read_crowdtangle(write_posts(post=post))


def test_both_generations_are_recognised_and_other_tables_are_not(
    write_posts: Writer, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Page Name,Likes,Comments,Shares\nx,1,2,3\n", encoding="utf-8")

    assert SOURCE.recognises(write_posts())
    assert SOURCE.recognises(write_posts(post=POST_LATE))
    assert not SOURCE.recognises(other)


@pytest.mark.parametrize("column", ["Group Name", "Group"])
def test_posts_in_groups_are_read_without_what_people_wrote(
    write_posts: Writer, read_crowdtangle: Read, column: str
) -> None:
    post = {column if name == "Group Name" else name: c for name, c in CROWDTANGLE_GROUP.items()}
    path = write_posts({}, {"Likes": "veel"}, post=post)
    rows, reading = read_crowdtangle(path)

    assert SOURCE.recognises(path)
    assert rows["page_name"].unique().to_list() == ["Gemeente Voorbeeld"]
    assert rows["reactions"].to_list() == [1616, None]
    assert rows["message"].is_null().all()
    assert rows["raw"].is_null().all()
    assert reading.decided["page_id"] == "groups; who wrote a post is not told"


@pytest.mark.parametrize("weights", [" .x", " (weighted  —  Likes x )"])
def test_a_total_with_odd_weights_does_no_harm(
    write_posts: Writer, read_crowdtangle: Read, weights: str
) -> None:
    rows, _ = read_crowdtangle(write_posts(post=POST_2020 | {f"Total Interactions{weights}": "21"}))

    assert reasons(rows) == [None]


def test_an_export_saved_again_by_a_spreadsheet_is_read(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    path = write_posts({"Message": "Eén; twee"})
    text = path.read_text(encoding="utf-8-sig").replace(",", ";")
    path.write_bytes(text.replace("Eén; twee", '"Eén; twee"').encode("utf-16"))
    rows, reading = read_crowdtangle(path)

    assert only(rows)["message"] == "Eén; twee"
    assert reading.decided["encoding"] == "UTF-16"
    assert reading.decided["separator"] == "semicolon"


def test_a_post_without_an_id_gets_one_from_its_file_and_row(
    write_posts: Writer, read_crowdtangle: Read
) -> None:
    rows, _ = read_crowdtangle(write_posts({}, {"URL": ""}, {"URL": "https://fb.watch/3zYsX/"}))

    assert rows["post_id"].to_list() == ["1001", "posts.csv#3", "posts.csv#4"]


@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(
        st.dictionaries(
            st.sampled_from(sorted(POST_2020)),
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_stands_in_the_cells_every_row_is_used_or_has_a_reason(
    write_posts: Writer, read_crowdtangle: Read, changes: list[dict[str, str]]
) -> None:
    rows, reading = read_crowdtangle(write_posts(*changes))

    assert rows.height == reading.rows_read == len(changes)
    usable = rows.filter(pl.col("reason").is_null()).unique(["page_id", "post_id"])
    POSTS.validate(usable.select(*POSTS.columns))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 40),
            st.sampled_from(['"', '""', "\n", "\r\n", "\n\n", ",", '",', ',"', ";", "\u00e9", ""]),
        ),
        max_size=6,
    )
)
def test_however_a_file_is_damaged_every_row_is_counted_and_used_or_has_a_reason(
    write_posts: Writer, read_crowdtangle: Read, damage: list[tuple[int, int, str]]
) -> None:
    path = write_posts({}, {"Message": 'Twee\nregels, "samen"'}, {})
    text = path.read_bytes().decode()
    for place, length, instead in damage:
        text = text[:place] + instead + text[place + length :]
    path.write_bytes(text.encode())
    try:
        rows, reading = read_crowdtangle(path)
    except InputProblem:
        return

    assert rows.height == reading.rows_read
    usable = rows.filter(pl.col("reason").is_null()).unique(["page_id", "post_id"])
    POSTS.validate(usable.select(*POSTS.columns))


def test_real_exports_are_read_whole(real_data: Path, read_crowdtangle: Read) -> None:
    heights = {}
    for path in sorted((real_data / "crowdtangle-uganda").glob("*.csv")):
        rows, reading = read_crowdtangle(path, zone="Africa/Kampala")
        assert rows["reason"].null_count() == rows.height == reading.rows_read
        assert reading.warnings == ()
        assert rows["followers_definition"].unique().to_list() == ["page_likes"]
        heights[path.name] = rows.height

    assert heights == {
        "2020-10-07-MoH-posts.csv": 25,
        "2020-10-22-MoH-posts.csv": 28,
        "2020-10-29-MoH-posts.csv": 39,
        "KCCA-Oct-12-27-posts.csv": 16,
    }


def test_the_real_export_of_a_city_is_observed_at_its_latest_post(
    real_data: Path, read_crowdtangle: Read
) -> None:
    path = real_data / "crowdtangle-uganda" / "KCCA-Oct-12-27-posts.csv"
    rows, reading = read_crowdtangle(path, zone="Africa/Kampala")

    assert (
        reading.decided["observed_at"] == "2020-10-27 07:55 UTC, from the latest post in the file"
    )
    assert reading.decided["time zone"] == "EAT (UTC+03:00), as written behind the times"
    assert rows["page_id"].unique().to_list() == ["273186819404795"]
    assert (
        rows["reactions"].sum() == rows.select(pl.col("^reactions_.*$").sum()).sum_horizontal()[0]
    )
    assert rows["views"].null_count() == rows.height
