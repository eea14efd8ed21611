"""Posts in JSON from CrowdTangle's API and the Content Library's."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .json_files import only, read_json
from .json_twins import CROWDTANGLE_POST, LIBRARY_POST
from .planted import PAGE


def test_a_post_of_crowdtangle_is_read(tmp_path: Path) -> None:
    found = only(read_json(tmp_path, "crowdtangle_api", CROWDTANGLE_POST)[0])

    assert (found["platform"], found["page_id"], found["post_id"]) == ("facebook", PAGE, "1001")
    assert found["published_at"] == datetime(2023, 5, 1, 10, tzinfo=UTC)
    assert (found["reactions"], found["comments"], found["shares"]) == (16, 3, 2)
    assert (found["reactions_like"], found["reactions_care"]) == (10, 1)
    assert found["followers_at_posting"] == 1500
    assert found["followers_definition"] not in ("followers", "page_likes")
    assert (found["views"], found["reach"]) == (None, None)


def test_answers_of_crowdtangle_hold_their_posts_in_a_result(tmp_path: Path) -> None:
    answer = {
        "status": 200,
        "result": {"posts": [CROWDTANGLE_POST], "pagination": {"nextPage": "https://x"}},
    }
    rows, reading = read_json(tmp_path, "crowdtangle_api", answer)

    only(rows)
    assert "another one" in reading.warnings[0]


def test_likes_on_instagram_are_favourites_there(tmp_path: Path) -> None:
    record = CROWDTANGLE_POST | {
        "platform": "Instagram",
        "platformId": "2200_12",
        "account": {"platformId": "12", "name": "Voorbeeld"},
        "statistics": {"actual": {"favoriteCount": 31, "commentCount": 2}},
    }
    found = only(read_json(tmp_path, "crowdtangle_api", record)[0])

    assert (found["platform"], found["page_id"]) == ("instagram", "12")
    assert (found["reactions"], found["comments"], found["shares"]) == (31, 2, None)


def test_posts_in_groups_are_written_by_people_and_not_used(tmp_path: Path) -> None:
    account = CROWDTANGLE_POST["account"] | {"accountType": "facebook_group"}
    rows, _ = read_json(tmp_path, "crowdtangle_api", CROWDTANGLE_POST | {"account": account})

    assert rows["reason"].to_list() == ["written in a group, not by a page"]
    assert rows["raw"].to_list() == [None]


def library(folder: Path, **statistics: object) -> dict[str, Any]:
    record = copy.deepcopy(LIBRARY_POST)
    record["statistics"] |= statistics
    return only(read_json(folder, "content_library_api", record)[0])


def test_a_post_of_the_library_keeps_the_digits_of_its_unquoted_id(tmp_path: Path) -> None:
    found = library(tmp_path)

    assert found["post_id"] == "123456789012345678"
    assert found["page_id"] == "223456789012345678"
    assert (found["reactions"], found["comments"], found["shares"]) == (16, 3, 2)
    assert (found["views"], found["kind"]) == (4321, "photo")


@pytest.mark.parametrize("views", [None, 0, 99])
def test_views_that_the_library_hides_are_not_measured(tmp_path: Path, views: int | None) -> None:
    assert library(tmp_path, views=views)["views"] is None


def test_names_with_full_stops_are_the_same_fields(tmp_path: Path) -> None:
    flat = {key: LIBRARY_POST[key] for key in ("id", "creation_time", "text")}
    for outer in ("post_owner", "statistics"):
        flat |= {f"{outer}.{key}": value for key, value in LIBRARY_POST[outer].items()}
    found = only(read_json(tmp_path, "content_library_api", flat)[0])

    assert (found["reactions"], found["views"]) == (16, 4321)


def test_an_id_that_was_rounded_by_a_program_cannot_be_used(tmp_path: Path) -> None:
    content = b'[{"id": 1.23456789012e+17, "creation_time": "2023-05-01T10:00:00+00:00", '
    content += b'"post_owner": {"id": "223456789012345678"}, "statistics": {"comment_count": 1}}]'
    rows, _ = read_json(tmp_path, "content_library_api", content=content)

    assert "rounded" in rows["reason"][0]


def test_posts_of_people_in_the_library_are_not_used_and_not_kept(tmp_path: Path) -> None:
    owner = {"type": "user", "id": "323456789012345678", "name": "Wilhelmina"}
    rows, reading = read_json(tmp_path, "content_library_api", LIBRARY_POST | {"post_owner": owner})

    assert rows["reason"].to_list() == ["written by no page"]
    assert rows["raw"].to_list() == [None]
    assert "Wilhelmina" not in str(reading)
