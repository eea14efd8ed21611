"""What notebook 08 says of organisations whose channels are known."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.findings import channels
from analysis.findings.channels import Channels, gather
from analysis.ingest.passport import Passport
from analysis.language import speaking
from analysis.measures.channels import FOLLOWERS, GROWTH, PER_FOLLOWER, PER_POST, PER_USER
from analysis.selection import select
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import on_mastodon, study, tables

NO_DATES = pd.to_datetime([None] * 240, utc=True)
FINDINGS = [
    channels.answer,
    channels.side_by_side,
    channels.ratios_table,
    channels.comparable,
    channels.figure,
]

MADE: list[dict[str, Any]] = [
    {},
    {"organisations": 1},
    {"organisations": 0},
    {"tier": "gemeente"},
    {"page": "gemeente-1"},
    {"page": "provincie-1"},
    {"comments": np.nan},
    {"followers_at_posting": np.nan},
    {"published_at": NO_DATES, "published_precision": "none"},
]


def found(
    organisations: int = 8, *, tier: str = "all", page: str = "", linked: bool = True, **posts: Any
) -> Channels:
    facebook = tables({"provincie": 6, "gemeente": 6}, {"provincie": 40, "gemeente": 40}, **posts)
    facebook = replace(
        facebook,
        pages=facebook.pages.assign(
            organisation_code=facebook.pages["page_id"] if linked else None
        ),
        audiences=facebook.audiences.assign(platform_share=0.5),
    )
    made = on_mastodon(facebook, organisations) if organisations else facebook
    where: dict[str, Any] = {"tier": tier, "page": page, "platform": "facebook"}
    return gather(select(study(), Path(), made, Passport.model_construct(), **where))


def test_an_organisation_is_held_against_itself() -> None:
    made = found(comments=0.0)
    followers = channels.ratio(made, "mastodon", FOLLOWERS)
    assert followers.value == pytest.approx(0.1)
    assert followers.n_pages == 8
    per_post = channels.ratio(made, "mastodon", PER_POST)
    assert per_post.value == pytest.approx(0.2, rel=0.02)
    per_follower = channels.ratio(made, "mastodon", PER_FOLLOWER)
    assert per_follower.value == pytest.approx(10 * (per_post.value or 0), rel=0.01)


def test_users_are_the_share_of_the_target_group_on_each_platform() -> None:
    made = found()
    per_post, per_user = (channels.ratio(made, "mastodon", one) for one in (PER_POST, PER_USER))
    assert per_user.value == pytest.approx((per_post.value or 0) * 0.5 / 0.02, rel=0.01)


def test_the_answer_names_the_channel_the_organisations_and_the_ratios() -> None:
    said = channels.answer(found())
    assert "**Mastodon**, for 8 organisations also on Facebook" in said.text
    assert re.search(r"\*\*0\.10 times\*\* .* the followers", said.text)
    assert {row["platform"] for row in said.rows} == {"mastodon"}
    assert {row["versus"] for row in said.rows} == {"facebook"}


def test_what_other_channels_give_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = channels.answer(found()).text
    assert "**Mastodon** tegenover Facebook, bij 8 organisaties" in said
    assert re.search(r"\*\*0,10 keer\*\* .* het aantal volgers", said)


def test_two_organisations_have_numbers_without_interval_and_say_why() -> None:
    said = channels.answer(found(2))
    assert "(no interval) the followers" in said.text
    assert said.text.endswith("An interval takes at least 6 organisations, and there are 2.")
    assert all(row["low"] is None and row["p"] is None for row in said.rows)


@pytest.mark.parametrize("made", [*MADE, {"linked": False}, {"organisations": 2}])
@pytest.mark.parametrize("finding", FINDINGS)
def test_every_result_is_dutch_in_a_dutch_study(finding: Any, made: dict[str, Any]) -> None:
    with speaking("nl"):
        assert not english_left(all_words_of(finding(found(**made))))


def test_a_number_of_followers_that_never_moves_shows_no_growth() -> None:
    assert found().pages[GROWTH.name].isna().all()
    rising = np.tile(np.linspace(10_000, 12_000, 20), 12)
    growing = found(followers_at_posting=rising).on("facebook")[GROWTH.name]
    assert growing.to_list() == pytest.approx([0.2] * 8)


def test_only_organisations_on_both_platforms_count() -> None:
    made = found(3)
    assert made.pages.groupby("platform").size().to_dict() == {"facebook": 3, "mastodon": 3}
    assert "3 pages" in channels.side_by_side(made).frame["Facebook"][0]


def test_one_platform_alone_says_what_is_needed() -> None:
    said = channels.answer(found(0))
    assert isinstance(said, LastSentence)
    assert "these data hold Facebook alone" in said.text
    assert "organisation_code" in said.text


def test_pages_that_nobody_linked_are_not_taken_for_the_same_organisation() -> None:
    said = channels.answer(found(linked=False)).text
    assert "no organisation of this selection" in said


def test_a_pages_own_report_holds_its_own_channels_only() -> None:
    made = found(page="gemeente-1", tier="gemeente")
    assert set(made.pages["organisation"]) == {"gemeente-1"}
    assert "(no interval)" in channels.answer(made).text


def test_shares_are_no_part_of_the_response_where_some_platform_lacks_them() -> None:
    with_shares, without = found(shares=50.0), found(shares=np.nan)
    assert with_shares.pages[PER_POST.name].equals(without.pages[PER_POST.name])


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("finding", FINDINGS)
def test_whatever_is_missing_is_said_in_words(finding: Any, made: dict[str, Any]) -> None:
    shown = finding(found(**made))
    assert isinstance(shown, Sentence | ShownTable | ShownFigure)
    bundle = shown._repr_mimebundle_()
    written = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"]
    assert not re.search(r"\bnan\b|None|<NA>|inf\b", written)


def test_the_figure_tells_its_numbers() -> None:
    drawn = channels.figure(found())
    assert isinstance(drawn, ShownFigure)
    assert "Mastodon, 8 pages: followers 1,000, 1,000, 1,000" in drawn.alt


def test_a_platform_that_is_not_described_is_not_guessed_at() -> None:
    made = found()
    renamed = made.selection.tables
    for table in (renamed.pages, renamed.posts, renamed.audiences):
        table["platform"] = table["platform"].replace("mastodon", "newplace")
    shown = channels.comparable(made).frame["Newplace"]
    assert list(shown[1:]) == ["as its export counts it"] * 5
