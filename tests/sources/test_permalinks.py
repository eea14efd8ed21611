"""Posts that files know under different ids."""

from __future__ import annotations

import polars as pl

from analysis.sources.permalinks import other_ids, with_one_id

AT = "https://www.facebook.com/voorbeeld/posts/"
OWNERS, PUBLIC, OTHER = "owner.csv", "public.csv", "other.csv"


def sightings(*rows: tuple[str, str | None, str]) -> pl.LazyFrame:
    """Rows of posts of one page: id, end of the address, file."""
    return pl.LazyFrame(
        {
            "platform": "facebook",
            "page_id": "7",
            "post_id": [post for post, _, _ in rows],
            "permalink": [AT + end if end else None for _, end, _ in rows],
            "source_file": [file for _, _, file in rows],
        },
        schema_overrides={"permalink": pl.String},
    )


def ids(rows: pl.LazyFrame) -> list[str]:
    return with_one_id(rows, other_ids(rows)).collect()["post_id"].to_list()


def test_a_post_with_a_number_meets_the_one_known_by_its_address() -> None:
    rows = sightings(("1001", "pfbid0abc", OWNERS), ("pfbid0abc", "pfbid0abc", PUBLIC))

    assert ids(rows) == ["1001", "1001"]
    assert other_ids(rows).select("post_id", "same_as").rows() == [("pfbid0abc", "1001")]


def test_two_numbers_with_one_address_in_two_files_are_one_post() -> None:
    rows = sightings(("1001", "pfbid0abc", OWNERS), ("2002", "pfbid0abc", OTHER))

    assert ids(rows) == ["1001", "1001"]


def test_three_files_meet() -> None:
    rows = sightings(
        ("1001", "pfbid0abc", OWNERS), ("pfbid0abc", None, PUBLIC), ("2002", "pfbid0abc", OTHER)
    )

    assert ids(rows) == ["1001"] * 3


def test_an_address_under_two_posts_of_one_file_says_nothing() -> None:
    rows = sightings(
        ("1001", "pfbid0abc", OWNERS),
        ("1002", "pfbid0abc", OWNERS),
        ("pfbid0abc", "pfbid0abc", PUBLIC),
    )

    assert ids(rows) == ["1001", "1002", "pfbid0abc"]


def test_two_ids_in_one_file_are_two_posts() -> None:
    rows = sightings(("1001", "3003", OWNERS), ("3003", "3003", OWNERS), ("3003", "3003", PUBLIC))

    assert ids(rows) == ["1001", "3003", "3003"]


def test_a_post_with_two_addresses_keeps_its_id() -> None:
    rows = sightings(
        ("1001", "pfbid0abc", OWNERS), ("1001", "pfbid0xyz", OTHER), ("pfbid0abc", None, PUBLIC)
    )

    assert ids(rows) == ["1001", "1001", "pfbid0abc"]


def test_addresses_of_pages_are_no_names_of_posts() -> None:
    rows = sightings(("1001", None, OWNERS), ("2002", None, PUBLIC)).with_columns(
        permalink=pl.lit("https://www.facebook.com/voorbeeld/")
    )

    assert ids(rows) == ["1001", "2002"]


def test_the_same_address_on_another_page_is_another_post() -> None:
    rows = sightings(("1001", "pfbid0abc", OWNERS), ("pfbid0abc", None, PUBLIC)).with_columns(
        page_id=pl.Series(["7", "8"])
    )

    assert ids(rows) == ["1001", "pfbid0abc"]
