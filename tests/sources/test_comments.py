"""Comments without people: by whom, what they ask, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.pseudonyms import KEY_VARIABLE, key_from_environment, pseudonym
from analysis.tables import COMMENTS

from .json_files import KNOWN, only, read_json, read_path
from .json_twins import APIFY_COMMENT, GRAPH_COMMENT, LIBRARY_COMMENT, SCRAPED_POST, TIME, lines
from .planted import PAGE, PAGE_NAME, PERSON_ID
from .twins import MINIMAXIR_COMMENT, csv_bytes

KEY = b"a key of sixteen characters"


def comment(**changes: object) -> dict[str, object]:
    plain = {key: value for key, value in GRAPH_COMMENT.items() if key != "comments"}
    return {key: value for key, value in (plain | changes).items() if value is not None}


def by_page(folder: Path, author: dict[str, str] | None) -> tuple[object, str]:
    rows, reading = read_json(folder, "graph_comments", comment(**{"from": author}))
    return only(rows)["by_page"], reading.decided["by_page"]


def test_the_id_of_the_author_tells_the_page_from_people(tmp_path: Path) -> None:
    assert by_page(tmp_path, {"id": PAGE, "name": "Another name"}) == (True, "by id in 1")
    assert by_page(tmp_path, {"id": PERSON_ID, "name": PAGE_NAME}) == (False, "by id in 1")


def test_a_name_tells_only_where_there_is_no_id(tmp_path: Path) -> None:
    assert by_page(tmp_path, {"name": f" {PAGE_NAME.upper()} "}) == (True, "by name in 1")
    assert by_page(tmp_path, {"name": "Somebody"}) == (False, "by name in 1")


def test_without_id_and_name_it_is_not_known_who_wrote(tmp_path: Path) -> None:
    assert by_page(tmp_path, None) == (None, "not known in 1")


def test_an_id_that_is_no_number_is_not_compared_with_one_that_is(tmp_path: Path) -> None:
    assert by_page(tmp_path, {"id": "pfbid0x", "name": PAGE_NAME}) == (True, "by name in 1")


def test_needs_are_of_others_and_redirects_are_of_the_page(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "graph_comments", GRAPH_COMMENT)

    assert rows.select("by_page", "needs_answer", "redirects").rows() == [
        (False, "question", None),
        (True, None, True),
    ]


def test_a_comment_without_words_was_read_and_asks_nothing(tmp_path: Path) -> None:
    rows, _ = read_json(
        tmp_path, "graph_comments", comment(message=""), comment(id="1001_9003", message=None)
    )

    assert rows["needs_answer"].to_list() == ["none", None]


def test_every_canonical_column_is_there_and_none_of_people(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "graph_comments", GRAPH_COMMENT)

    assert rows.columns == [*COMMENTS.columns, "row", "reason", "raw"]
    COMMENTS.validate(rows.select(*COMMENTS.columns))
    assert rows["raw"].null_count() == rows.height


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"created_time": "Wilhelmina"}, "the time of the comment cannot be read"),
        ({"id": "9001"}, "the post is missing"),
        ({"id": "1.0E+14", "object": {"id": "5_6"}}, "an id was rounded by a spreadsheet"),
    ],
)
def test_a_comment_that_cannot_be_used_says_why_and_quotes_nothing(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    rows, _ = read_json(tmp_path, "graph_comments", comment(), comment(**changes))

    assert rows["reason"].to_list() == [None, reason]


@pytest.mark.parametrize("shifted", ["Zebranaam zegt", "Zebranaam", "zebra@voorbeeld", "ze\nbra"])
@pytest.mark.parametrize(
    ("name", "record", "key"),
    [
        *(("graph_comments", GRAPH_COMMENT, key) for key in ("id", "parent.id", "object.id")),
        *(
            ("content_library_comments", LIBRARY_COMMENT, key)
            for key in ("id", "post_id", "parent_id")
        ),
        ("apify_comments", APIFY_COMMENT | {"commentUrl": None}, "id"),
        ("apify_comments", APIFY_COMMENT, "facebookId"),
        ("apify_comments", APIFY_COMMENT, "pageAdLibrary.id"),
        ("facebook_scraper_comments", SCRAPED_POST["comments_full"][0], "comment_id"),
        ("facebook_scraper_comments", SCRAPED_POST, "post_id"),
        ("facebook_scraper_comments", SCRAPED_POST, "page_id"),
        *(
            ("minimaxir_comments", MINIMAXIR_COMMENT, key)
            for key in ("comment_id", "status_id", "parent_id")
        ),
    ],
)
def test_what_people_wrote_is_no_id_where_cells_are_shifted(
    tmp_path: Path, name: str, record: dict[str, object], key: str, shifted: str
) -> None:
    changed = record | {key: shifted}
    content = csv_bytes(changed) if name == "minimaxir_comments" else lines(changed)
    rows, _ = read_json(tmp_path, name, content=content)

    left = str(rows.filter(pl.col("reason").is_null()).rows()) + str(rows["reason"].to_list())
    assert "ze" not in left.lower()
    assert rows["reason"][0] is not None


@pytest.mark.parametrize(
    "written",
    ["1", "1001_9001", "pfbid02A", "Y29tbWVudDoxMDAxXzkwMDE=", "comment:1_2", "a1+b/c", "9" * 200],
)
def test_what_has_the_shape_of_an_id_is_one(tmp_path: Path, written: str) -> None:
    rows, _ = read_json(
        tmp_path, "content_library_comments", LIBRARY_COMMENT | {"parent_id": written}
    )

    assert only(rows)["parent_id"] == written


def test_a_comment_without_an_id_gets_one_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "all comments.json"
    path.write_bytes(lines({k: v for k, v in LIBRARY_COMMENT.items() if k != "id"}))
    rows, _ = read_path(path, "content_library_comments", tmp_path)

    assert only(rows)["comment_id"] == "all comments.json#1"


def test_a_comment_from_after_the_export_cannot_be_used(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "graph_comments", comment(), observed_at=date(2023, 4, 1))

    assert rows["reason"].to_list() == ["written after the comments were taken"]


def test_a_comment_without_a_time_is_kept(tmp_path: Path) -> None:
    rows, _ = read_json(tmp_path, "graph_comments", comment(created_time=None))

    assert only(rows)["created_at"] is None


def test_a_pseudonym_is_the_same_for_the_same_person_and_key_only(tmp_path: Path) -> None:
    def people(key: bytes | None) -> list[str | None]:
        known = replace(KNOWN, pseudonym_key=key)
        rows, _ = read_json(tmp_path, "graph_comments", GRAPH_COMMENT, comment(), known=known)
        return rows["person"].to_list()

    first, page, again = people(KEY)
    assert first == again == pseudonym(f"facebook:{PERSON_ID}", KEY)
    assert page is None
    assert people(KEY + b"!")[0] != first
    assert people(None) == [None, None, None]


@pytest.mark.parametrize(("key", "found"), [("", "no key"), ("short", "too short")])
def test_pseudonyms_without_a_good_key_are_refused(
    monkeypatch: pytest.MonkeyPatch, key: str, found: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)

    with pytest.raises(InputProblem, match=found):
        key_from_environment()


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())

    assert key_from_environment() == KEY


def test_the_page_of_a_comment_may_come_from_the_posts_of_the_study(tmp_path: Path) -> None:
    rows, _ = read_json(
        tmp_path, "graph_comments", comment(), comment(id="2002_9001", created_time=TIME)
    )

    assert rows.select("post_id", "page_id").rows() == [("1001", PAGE), ("2002", None)]
    assert rows["reason"].null_count() == 2


def test_without_another_date_comments_were_taken_when_the_latest_one_was_written(
    tmp_path: Path,
) -> None:
    _, reading = read_json(tmp_path, "graph_comments", comment())

    assert (
        reading.decided["observed_at"]
        == "2023-05-01 10:00 UTC, from the latest comment in the file"
    )
