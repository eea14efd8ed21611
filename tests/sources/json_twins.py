"""Small files in the form of each JSON export, made up: one record per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .planted import ANSWER, PAGE, PAGE_NAME, PERSON, PERSON_ID, QUESTION
from .twins import TWINS, Twin, Written

TIME = "2023-05-01T10:00:00+0000"

GRAPH_POST: dict[str, Any] = {
    "id": f"{PAGE}_1001",
    "created_time": TIME,
    "message": "De brug is open.",
    "permalink_url": f"https://www.facebook.com/{PAGE}/posts/1001",
    "status_type": "added_photos",
    "from": {"id": PAGE, "name": PAGE_NAME},
    "attachments": {"data": [{"media_type": "photo", "type": "photo"}]},
    "reactions": {"data": [], "summary": {"total_count": 16}},
    "comments": {"data": [], "summary": {"total_count": 3}},
    "shares": {"count": 2},
}
GRAPH_COMMENT: dict[str, Any] = {
    "id": "1001_9001",
    "created_time": TIME,
    "message": QUESTION,
    "from": {
        "id": PERSON_ID,
        "name": PERSON,
        "picture": {"data": {"url": "https://example.org/avatar-of-wilhelmina.jpg"}},
    },
    "like_count": 1,
    "comment_count": 1,
    "comments": {
        "data": [
            {
                "id": "1001_9002",
                "created_time": "2023-05-01T12:00:00+0000",
                "message": ANSWER,
                "from": {"id": PAGE, "name": PAGE_NAME},
            }
        ]
    },
}
LIBRARY_POST: dict[str, Any] = {
    "id": 123456789012345678,
    "creation_time": "2023-05-01T10:00:00+00:00",
    "content_type": "photos",
    "text": "De brug is open.",
    "post_owner": {"type": "page", "id": "223456789012345678", "name": PAGE_NAME},
    "surface": {"type": "page", "id": "223456789012345678", "name": PAGE_NAME},
    "statistics": {
        **{f"{kind}_count": 1 for kind in ("love", "wow", "haha", "sad", "angry", "care")},
        "like_count": 10,
        "reaction_count": 16,
        "comment_count": 3,
        "share_count": 2,
        "views": 4321,
        "views_date_last_refreshed": "2023-06-01",
    },
}
LIBRARY_COMMENT: dict[str, Any] = {
    "id": 323456789012345678,
    "post_id": 123456789012345678,
    "parent_id": 123456789012345678,
    "text": QUESTION,
    "creation_time": "2023-05-01T10:00:00+00:00",
    "owner": {"id": PERSON_ID, "name": PERSON, "type": "user"},
    "statistics": {"reaction_count": 0, "top_level_reply_count": 1},
}
CROWDTANGLE_POST: dict[str, Any] = {
    "platformId": f"{PAGE}_1001",
    "platform": "Facebook",
    "date": "2023-05-01 10:00:00",
    "updated": "2023-05-08 10:00:00",
    "type": "photo",
    "message": "De brug is open.",
    "postUrl": f"https://www.facebook.com/{PAGE}/posts/1001",
    "subscriberCount": 1500,
    "score": -1.18,
    "statistics": {
        "actual": {
            **{f"{kind}Count": 1 for kind in ("love", "wow", "haha", "sad", "angry", "care")},
            "likeCount": 10,
            "thankfulCount": 0,
            "commentCount": 3,
            "shareCount": 2,
        },
        "expected": {"likeCount": 40},
    },
    "account": {"platformId": PAGE, "name": PAGE_NAME, "accountType": "facebook_page"},
}
APIFY_COMMENT: dict[str, Any] = {
    "facebookUrl": "https://www.facebook.com/voorbeeld/posts/1001",
    "commentUrl": "https://www.facebook.com/voorbeeld/posts/1001?comment_id=9001",
    "id": "Y29tbWVudDoxMDAxXzkwMDE=",
    "feedbackId": "ZmVlZGJhY2s6MTAwMV85MDAx",
    "date": "2023-05-01T10:00:00.000Z",
    "text": QUESTION,
    "profileUrl": f"https://www.facebook.com/{PERSON_ID}",
    "profilePicture": "https://example.org/avatar-of-wilhelmina.jpg",
    "profileId": "pfbid0abc",
    "profileName": PERSON,
    "likesCount": "1",
    "commentsCount": 1,
    "threadingDepth": 0,
    "facebookId": "1001",
    "pageAdLibrary": {"id": PAGE},
}
SCRAPED_POST: dict[str, Any] = {
    "post_id": "1001",
    "page_id": PAGE,
    "username": PAGE_NAME,
    "comments_full": [
        {
            "comment_id": "9001",
            "comment_url": "https://facebook.com/9001",
            "commenter_id": PERSON_ID,
            "commenter_name": PERSON,
            "commenter_url": f"https://facebook.com/{PERSON_ID}",
            "commenter_meta": None,
            "comment_text": QUESTION,
            "comment_time": "2023-05-01 12:00:00",
            "replies": [
                {
                    "comment_id": "9002",
                    "commenter_id": None,
                    "commenter_name": PAGE_NAME,
                    "commenter_meta": "Author",
                    "comment_text": ANSWER,
                    "comment_time": "2023-05-01 14:00:00",
                }
            ],
        }
    ],
}
STATUS: dict[str, Any] = {
    "id": "110296318000000001",
    "created_at": "2023-05-01T10:00:00.000Z",
    "in_reply_to_id": None,
    "in_reply_to_account_id": None,
    "visibility": "public",
    "url": "https://social.example.org/@voorbeeld/110296318000000001",
    "replies_count": 3,
    "reblogs_count": 2,
    "favourites_count": 16,
    "content": "<p>De brug is <b>open</b>.</p><p>Kom kijken &amp; zwaai</p>",
    "reblog": None,
    "account": {
        "id": "12",
        "acct": "voorbeeld",
        "url": "https://social.example.org/@voorbeeld",
        "display_name": PAGE_NAME,
        "followers_count": 640,
    },
    "media_attachments": [],
}


def lines(*records: object) -> bytes:
    """Write records one per line."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return text.encode()


def three(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Three records with another id each."""
    return [record | {key: _next(record[key], number)} for number in range(3)]


def _next(written: Any, number: int) -> Any:
    """Another id of the same form."""
    if isinstance(written, int):
        return written + number
    return written[:-1] + str((int(written[-1]) + number) % 10)


def records(text: str, _: str) -> Written:
    """Read the records of a file of lines, without the reader under test."""
    number = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_int=str, parse_float=str)
        except ValueError:
            value = None
        for record in value if isinstance(value, list) else [value]:
            number += 1
            yield number, dict(_flat(record, ""))


def _flat(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{place}.{key}" if place else key)
    elif value is not None:
        yield place, str(value)


STATISTICS = ("comment", "share")

JSON_TWINS: dict[str, Twin] = {
    "graph_posts": Twin(
        lines(*three(GRAPH_POST, "id")),
        {
            "reactions": "reactions.summary.total_count",
            "comments": "comments.summary.total_count",
            "shares": "shares.count",
        },
        name="posts.json",
        written=records,
    ),
    "graph_comments": Twin(lines(*three(GRAPH_COMMENT, "id")), {}, name="comments.json"),
    "content_library_api": Twin(
        lines(*three(LIBRARY_POST, "id")),
        {f"{name}s": f"statistics.{name}_count" for name in STATISTICS}
        | {"reactions_like": "statistics.like_count", "views": "statistics.views"},
        may_be_missing=("views",),
        name="posts.json",
        written=records,
    ),
    "content_library_comments": Twin(
        lines(*three(LIBRARY_COMMENT, "id")), {}, name="comments.json"
    ),
    "crowdtangle_api": Twin(
        lines(*three(CROWDTANGLE_POST, "platformId")),
        {f"{name}s": f"statistics.actual.{name}Count" for name in STATISTICS}
        | {"reactions_like": "statistics.actual.likeCount"},
        name="posts.json",
        written=records,
    ),
    "apify_comments": Twin(lines(APIFY_COMMENT, APIFY_COMMENT), {}, name="comments.json"),
    "facebook_scraper_comments": Twin(
        lines(*three(SCRAPED_POST, "post_id")), {}, name="comments.json"
    ),
    "mastodon": Twin(
        lines(*three(STATUS, "id")),
        {
            "reactions": "favourites_count",
            "comments": "replies_count",
            "shares": "reblogs_count",
            "followers_at_posting": "account.followers_count",
        },
        name="statuses.json",
        written=records,
    ),
}
ALL_TWINS = TWINS | JSON_TWINS
