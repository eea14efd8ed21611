"""One id for a post, however an export writes it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.post_ids import (
    page_of_post_id,
    plain_page_id,
    plain_post_id,
    usual_post_id,
)

FORMS = (
    "{post}",
    "{post}.0",
    "{page}_{post}",
    "https://www.facebook.com/{page}/posts/{post}",
    "https://www.facebook.com/{page}/posts/{post}/",
    "https://www.facebook.com/{page}/posts/{post}?comment_id=17&ref=page_internal",
    "https://www.facebook.com/{page}/posts/{post}:0",
    "https://www.facebook.com/{page}/posts/de-brug-is-open/{post}/",
    "http://m.facebook.com/story.php?story_fbid={post}&id={page}",
    "https://www.facebook.com/permalink.php?story_fbid={post}&id={page}",
    "https://www.facebook.com/permalink.php?id={page}&story_fbid={post}",
    "https://www.facebook.com/{page}/photos/a.920207488029057/{post}/?type=3",
    "https://www.facebook.com/{page}/photos/a.1015.1073.{page}/{post}/?type=3&theater",
    "https://www.facebook.com/{page}/photos/{post}",
    "https://www.facebook.com/photo.php?fbid={post}&set=a.414821727338057&type=3",
    "https://www.facebook.com/photo/?fbid={post}&set=a.414821727338057",
    "https://www.facebook.com/{page}/videos/{post}/",
    "https://www.facebook.com/{page}/videos/de-brug-is-open/{post}/",
    "https://www.facebook.com/{page}/videos/vb.{page}/{post}/?type=2&theater",
    "https://www.facebook.com/watch/?v={post}",
    "https://www.facebook.com/watch/live/?ref=watch&v={post}",
    "https://www.facebook.com/video.php?v={post}",
    "https://www.facebook.com/reel/{post}",
    "https://www.facebook.com/groups/{page}/permalink/{post}/",
    "https://www.facebook.com/groups/{page}/posts/{post}/",
    "https://www.facebook.com/groups/{page}?multi_permalinks={post}",
    "https://www.facebook.com/events/{post}/",
    "https://www.facebook.com/notes/gemeente/de-brug/{post}",
    "https://www.facebook.com/media/set/?set=a.{post}.1073741&type=3",
    "facebook.com/{page}/posts/{post}",
    "/{page}/posts/{post}",
)


def read(text: str | None) -> str | None:
    column = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    found: str | None = column.select(plain_post_id(pl.col("text"))).item()
    return found


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)
@given(page=st.integers(10**8, 10**16), post=st.integers(10**8, 10**17))
def test_every_form_of_a_posts_id_and_address_gives_the_same_id(
    form: str, page: int, post: int
) -> None:
    assert read(form.format(page=page, post=post)) == str(post)


PIECES_OF_ADDRESSES = (
    *("/posts/", "/permalink/", "/activity/", "/photos/", "/", "?", "&", "#", "v=", "story_fbid="),
    *("12", "3", "pfbid0", "Súdwest-Fryslân", "voorbeeld", ":", "multi_permalinks=", " "),
)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES_OF_ADDRESSES)).map("".join))
def test_a_usual_address_gives_the_id_that_the_patterns_find(path: str) -> None:
    address = f"https://www.facebook.com/{path}/posts/987"
    column = pl.DataFrame({"text": [address]})
    by_patterns = plain_post_id(pl.col("text"), usual=pl.lit(None, pl.String))
    usual, found = column.select(usual=usual_post_id(pl.col("text")), found=by_patterns).row(0)

    assert usual in (None, found)


def test_an_address_with_letters_of_more_than_a_byte_gives_the_whole_id() -> None:
    assert read("https://www.facebook.com/Súdwest-Fryslân/posts/123456") == "123456"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/voorbeeld/posts/pfbid0Ab9",
        "https://www.facebook.com/voorbeeld/posts/de-brug-is-open/pfbid0Ab9",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid0Ab9&id=100",
        "pfbid0Ab9",
    ],
)
def test_the_newer_ids_of_letters_are_kept_whole(address: str) -> None:
    assert read(address) == "pfbid0Ab9"


@pytest.mark.parametrize(
    "address", ["https://www.facebook.com/voorbeeld", "https://fb.watch/3zYsXdnxjf/", None]
)
def test_an_address_without_an_id_gives_none(address: str | None) -> None:
    assert read(address) is None


def test_an_id_of_another_platform_stays_as_it_is() -> None:
    assert read("toot-112") == "toot-112"


def test_the_id_of_a_page_loses_what_a_program_added() -> None:
    column = pl.DataFrame({"text": ["767949523254855.0", "767949523254855", "toot@social.nl"]})

    assert column.select(plain_page_id(pl.col("text"))).to_series().to_list() == [
        *("767949523254855", "767949523254855", "toot@social.nl")
    ]


@pytest.mark.parametrize(
    ("text", "page"), [("12_345", "12"), ("345", None), ("12_345_6", None), (None, None)]
)
def test_a_post_id_may_name_its_page(text: str | None, page: str | None) -> None:
    column = pl.DataFrame({"text": [text]}, schema={"text": pl.String})

    assert column.select(page_of_post_id(pl.col("text"))).item() == page
