"""Comments of the Graph API, with replies, nested in posts and in pages of answers."""

from __future__ import annotations

import json
from pathlib import Path

from .json_files import read_json
from .json_twins import GRAPH_COMMENT, GRAPH_POST, TIME
from .planted import PAGE

THREAD = [("9001", None, False), ("9002", "9001", True)]


def thread(folder: Path, document: object) -> list[tuple[object, ...]]:
    rows, _ = read_json(folder, "graph_comments", content=json.dumps(document).encode())
    assert rows["reason"].null_count() == rows.height
    assert set(rows.select("page_id", "post_id").rows()) == {(PAGE, "1001")}
    return rows.select("comment_id", "parent_id", "by_page").rows()


def test_replies_are_read_with_the_comment_they_answer(tmp_path: Path) -> None:
    assert thread(tmp_path, {"data": [GRAPH_COMMENT]}) == THREAD


def test_comments_nested_in_their_posts_are_read(tmp_path: Path) -> None:
    nested = {"data": [GRAPH_COMMENT]}

    assert thread(tmp_path, {"data": [GRAPH_POST | {"comments": nested}]}) == THREAD
    assert thread(tmp_path, {"data": [{"id": f"{PAGE}_1001", "comments": nested}]}) == THREAD


def test_replies_beside_their_comment_are_read(tmp_path: Path) -> None:
    (reply,) = GRAPH_COMMENT["comments"]["data"]
    top = {key: value for key, value in GRAPH_COMMENT.items() if key != "comments"}

    assert thread(tmp_path, [top, reply | {"parent": {"id": "1001_9001"}}]) == THREAD


def test_a_post_without_comments_is_no_comment(tmp_path: Path) -> None:
    silent = {"id": f"{PAGE}_1002", "message": "Niemand zegt iets.", "created_time": TIME}
    talked = {"id": f"{PAGE}_1001", "comments": {"data": [GRAPH_COMMENT]}}

    assert thread(tmp_path, {"data": [silent, talked]}) == THREAD


def test_a_list_of_comments_that_goes_on_is_told(tmp_path: Path) -> None:
    goes_on = {"data": [GRAPH_COMMENT], "paging": {"next": "https://example.org"}}
    post = {"id": f"{PAGE}_1001", "comments": goes_on}
    _, reading = read_json(tmp_path, "graph_comments", content=json.dumps([post]).encode())

    assert reading.warnings == (
        "The list of comments goes on after what is in the file in 1 of 2 rows (first in row 1); "
        "the rest is not there.",
    )


def test_what_is_no_comment_in_a_list_of_comments_is_counted(tmp_path: Path) -> None:
    post = {"id": f"{PAGE}_1001", "comments": {"data": [GRAPH_COMMENT, "x", {"like_count": 3}]}}
    rows, reading = read_json(tmp_path, "graph_comments", content=json.dumps([post]).encode())

    assert rows["reason"].to_list() == [
        *(None, None),
        *["nothing of a comment is in this record"] * 2,
    ]
    assert reading.rows_read == 4
