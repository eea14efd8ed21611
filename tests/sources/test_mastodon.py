"""Statuses of Mastodon."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .json_files import only, read_json
from .json_twins import STATUS


def status(folder: Path, **changes: object) -> dict[str, Any]:
    return only(read_json(folder, "mastodon", STATUS | changes)[0])


def reason(folder: Path, **changes: object) -> str:
    rows, _ = read_json(folder, "mastodon", STATUS | changes)
    (said,) = rows["reason"].to_list()
    return str(said)


def test_a_status_is_a_post(tmp_path: Path) -> None:
    found = status(tmp_path)

    assert found["platform"] == "mastodon"
    assert found["page_id"] == "voorbeeld@social.example.org"
    assert found["page_name"] == "Gemeente Voorbeeld"
    assert found["published_at"] == datetime(2023, 5, 1, 10, tzinfo=UTC)
    assert (found["reactions"], found["shares"], found["comments"]) == (16, 2, 3)
    assert found["message"] == "De brug is open.\nKom kijken & zwaai"
    assert found["kind"] == "text"


def test_there_is_no_reach_and_there_are_no_views(tmp_path: Path) -> None:
    found = status(tmp_path)

    assert [found[name] for name in ("reach", "views", "reach_definition")] == [None, None, None]


def test_followers_are_those_of_the_day_of_the_export_and_say_so(tmp_path: Path) -> None:
    found = status(tmp_path)

    assert found["followers_at_posting"] == 640
    assert found["followers_definition"] == "followers when the statuses were fetched"


def test_a_list_and_lines_are_read_alike(tmp_path: Path) -> None:
    other = STATUS | {"id": "2", "content": "<p>a\u2028b\u0085c</p>"}
    as_list, _ = read_json(tmp_path, "mastodon", content=json.dumps([STATUS, other]).encode())
    as_lines, _ = read_json(tmp_path, "mastodon", STATUS, other)

    assert as_list.equals(as_lines)
    assert as_lines["message"][1] == "a\u2028b\u0085c"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reblog": STATUS | {"id": "9"}}, "a boost of another account's status"),
        ({"in_reply_to_id": "9", "in_reply_to_account_id": "13"}, "an answer to someone else"),
        ({"in_reply_to_id": "9"}, "an answer to someone else"),
        ({"visibility": "direct"}, "not public"),
        ({"created_at": "gisteren"}, "the time of publication cannot be read"),
        ({"replies_count": -1}, "'-1' in column 'replies_count' is a negative count"),
    ],
)
def test_what_is_no_post_of_the_account_is_not_used(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    assert reason(tmp_path, **changes) == said


def test_an_account_that_goes_on_under_its_own_status_posts(tmp_path: Path) -> None:
    assert status(tmp_path, in_reply_to_id="9", in_reply_to_account_id="12")["post_id"]


@pytest.mark.parametrize(
    ("attached", "card", "kind"),
    [("image", None, "photo"), ("gifv", None, "video"), (None, {"url": "x"}, "link")],
)
def test_the_kind_is_that_of_what_is_attached(
    tmp_path: Path, attached: str | None, card: object, kind: str
) -> None:
    media = [{"type": attached}] if attached else []

    assert status(tmp_path, media_attachments=media, card=card)["kind"] == kind


def test_accounts_with_one_id_on_two_servers_are_two(tmp_path: Path) -> None:
    elsewhere = STATUS["account"] | {"url": "https://other.example.org/@voorbeeld"}
    rows, _ = read_json(tmp_path, "mastodon", STATUS, STATUS | {"account": elsewhere})

    assert rows["page_id"].n_unique() == 2
