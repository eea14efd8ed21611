"""Times with zones, and when a file was observed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.sources.times import observed, offset_of, time_before_zone, zone_behind, zoned_time
from analysis.study import RawFile

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def read(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime | None:
    column = pl.DataFrame({"text": [text]})
    text_cell = pl.col("text")
    time: datetime | None = column.select(
        zoned_time(time_before_zone(text_cell), zone_behind(text_cell), zone)
    ).item()
    return time


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2020-10-22 16:28:06 EAT", 13),
        ("2020-10-22 16:28:06 BRT", 19),
        ("2020-10-22 16:28:06 EDT", 20),
        ("2020-10-22 16:28:06 CEST", 14),
        ("2020-10-22 16:28:06 UTC", 16),
        ("2020-10-22T16:28:06Z", 16),
        ("2020-10-22 16:28:06 +0300", 13),
        ("2020-10-22 16:28:06 -03", 19),
        ("2020-10-22 16:28:06", 14),
    ],
)
def test_a_time_is_read_with_the_zone_behind_it_or_else_the_studys(text: str, hour: int) -> None:
    assert read(text) == datetime(2020, 10, 22, hour, 28, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2020-10-22 16:28:06 XYZ",
        "2020-10-22  16:28:06 CEST",
        "+2020-10-22 16:28:06 CEST",
        "2020-10-22 16:28:06 +40:00",
        "2020-10-22",
        "2020-13-22 16:28:06 EAT",
        "gisteren",
        "",
    ],
)
def test_what_is_no_time_in_a_known_zone_is_missing(text: str) -> None:
    assert read(text) is None


def test_the_studys_own_abbreviation_comes_before_others() -> None:
    assert offset_of("IST", AMSTERDAM) is None
    assert offset_of("IST", ZoneInfo("Asia/Kolkata")) == timedelta(hours=5.5)
    assert offset_of("CST", ZoneInfo("Asia/Shanghai")) == timedelta(hours=8)


def test_of_the_hour_that_comes_twice_the_first_one_is_meant() -> None:
    assert read("2020-10-25 02:30:00") == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_no_time() -> None:
    assert read("2020-03-29 02:30:00") is None


def never() -> datetime | None:
    raise AssertionError("the posts were read although something else tells")


def observation(name: str, observed_at: date | None = None, **rest: object) -> datetime | None:
    raw_file = RawFile(path=name, simulated=False, observed_at=observed_at)
    latest = rest.get("latest", never)
    return observed(raw_file, Path(name), AMSTERDAM, rest.get("zone", AMSTERDAM), latest).at


def test_the_study_says_first_when_a_file_was_observed() -> None:
    name = "2021-01-01-posts.csv"

    at_noon = datetime(2021, 3, 1, 12, tzinfo=UTC)
    assert observation(name, at_noon) == at_noon
    assert observation(name, datetime(2021, 3, 1, 12)) == datetime(2021, 3, 1, 11, tzinfo=UTC)


def test_a_day_means_its_end() -> None:
    end = datetime(2021, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)

    assert observation("posts.csv", date(2021, 3, 1)) == end
    assert observation("2021-03-01-posts.csv") == end


def test_the_day_in_a_files_name_ends_in_the_zone_of_its_times() -> None:
    west = timezone(timedelta(hours=-3))

    assert observation("2021-03-01-posts.csv", zone=west) == datetime(
        2021, 3, 2, 2, 59, 59, 999999, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2021-07-06-14-14-52-EDT-Historical-Report-2016-01-01--2021-07-05.csv", 6),
        ("posts_2021_07_04.csv", 4),
        ("posts-2021-07-03-and-2999-01-01.csv", 3),
        ("Jun-05-2021_Jul-05-2021_1234567890.csv", 5),
    ],
)
def test_the_last_day_in_a_name_that_is_not_in_the_future_counts(name: str, day: int) -> None:
    found = observation(name)

    assert found is not None
    assert found.astimezone(AMSTERDAM).date() == date(2021, 7, day)


@pytest.mark.parametrize(
    "name", ["KCCA-Oct-12-27-posts.csv", "12020-10-221.csv", "2020-13-45.csv", "Mei-05-2021.csv"]
)
def test_without_a_day_in_the_name_the_latest_post_tells(name: str) -> None:
    latest = datetime(2020, 10, 27, 7, 55, tzinfo=UTC)

    assert observation(name, latest=lambda: latest) == latest
