"""Comments from the Content Library and from scrapers."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.sources.comments import KnownPages

from .json_files import read_json
from .json_twins import APIFY_COMMENT, LIBRARY_COMMENT, SCRAPED_POST
from .planted import PAGE, PAGE_NAME

LIBRARY_PAGE = "223456789012345678"
IN_LIBRARY = KnownPages(
    of_posts=pl.DataFrame(
        {"platform": "facebook", "post_id": ["123456789012345678"], "page_id": [LIBRARY_PAGE]}
    )
)
REPLY = LIBRARY_COMMENT | {
    "id": 323456789012345679,
    "parent_id": LIBRARY_COMMENT["id"],
    "owner": {"id": LIBRARY_PAGE, "name": PAGE_NAME, "type": "page"},
    "statistics": {"top_level_reply_count": 0},
}
THREAD = ["comment_id", "parent_id", "page_id", "by_page"]


def test_comments_of_the_library_keep_unquoted_ids_and_meet_their_posts(tmp_path: Path) -> None:
    rows, reading = read_json(
        tmp_path, "content_library_comments", LIBRARY_COMMENT, REPLY, known=IN_LIBRARY
    )

    assert rows.select(THREAD).rows() == [
        ("323456789012345678", None, LIBRARY_PAGE, False),
        ("323456789012345679", "323456789012345678", LIBRARY_PAGE, True),
    ]
    assert reading.warnings == ()


def test_replies_of_the_library_that_take_a_second_pull_are_missed(tmp_path: Path) -> None:
    _, reading = read_json(tmp_path, "content_library_comments", LIBRARY_COMMENT)

    assert "second pull" in reading.warnings[0]


def test_another_page_that_comments_is_not_the_page(tmp_path: Path) -> None:
    other = LIBRARY_COMMENT | {"owner": {"id": "9" * 18, "name": PAGE_NAME, "type": "page"}}
    user = LIBRARY_COMMENT | {"owner": {"name": PAGE_NAME, "type": "user"}}
    rows, reading = read_json(tmp_path, "content_library_comments", other, user, known=IN_LIBRARY)

    assert rows["by_page"].to_list() == [False, False]
    assert reading.decided["by_page"] == "by what the export says in 1, by id in 1"


def test_the_ids_of_apify_are_decoded(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "apify_comments", APIFY_COMMENT)

    assert rows.select(*THREAD, "post_id", "needs_answer").rows() == [
        ("9001", None, PAGE, False, "1001", "question")
    ]


def test_a_reply_in_apify_is_told_by_its_address_or_by_the_comment_that_holds_it(
    tmp_path: Path,
) -> None:
    address = "https://www.facebook.com/voorbeeld/posts/1001?comment_id=9001&reply_comment_id=9002"
    reply = APIFY_COMMENT | {
        "id": "an id of another form",
        "commentUrl": address,
        "threadingDepth": 1,
        "profileName": PAGE_NAME,
    }
    inside = reply | {"commentUrl": None, "id": "Y29tbWVudDoxMDAxXzkwMDI="}
    beside, _ = read_json(tmp_path, "apify_comments", APIFY_COMMENT, reply)
    nested, _ = read_json(tmp_path, "apify_comments", APIFY_COMMENT | {"comments": [inside]})

    expected = [("9001", None, PAGE, False), ("9002", "9001", PAGE, True)]
    assert beside.select(THREAD).rows() == nested.select(THREAD).rows() == expected


def test_a_reply_in_apify_without_its_comment_cannot_be_used(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "apify_comments", APIFY_COMMENT | {"threadingDepth": 1})

    assert rows["reason"].to_list() == ["a reply that does not say to which comment"]


def test_likes_of_apify_may_be_text_or_a_number(tmp_path: Path) -> None:
    rows, _ = read_json(
        tmp_path, "apify_comments", APIFY_COMMENT, APIFY_COMMENT | {"likesCount": 3}
    )

    assert rows["reason"].null_count() == 2


def test_comments_of_facebook_scraper_stand_in_their_post(tmp_path: Path) -> None:
    rows, reading = read_json(tmp_path, "facebook_scraper_comments", SCRAPED_POST)

    assert rows.select(*THREAD, "post_id").rows() == [
        ("9001", None, PAGE, False, "1001"),
        ("9002", "9001", PAGE, True, "1001"),
    ]
    assert reading.decided["by_page"] == "by what the export says in 1, by id in 1"
    assert [f"{time:%H:%M}" for time in rows["created_at"]] == ["10:00", "12:00"]


def test_comments_of_facebook_scraper_without_their_post_name_it_in_their_id(
    tmp_path: Path,
) -> None:
    (alone,) = SCRAPED_POST["comments_full"]
    rows, _ = read_json(
        tmp_path, "facebook_scraper_comments", alone | {"comment_id": "1001_9001"}, alone
    )

    assert rows["post_id"].to_list() == ["1001", "1001", None, None]
    assert rows["reason"].to_list()[2:] == ["the post is missing"] * 2
