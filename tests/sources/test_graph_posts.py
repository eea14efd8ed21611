"""Posts and insights of the Graph API."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.sources.graph_posts import SOURCE
from analysis.tables import POSTS

from .json_files import only, read_json, read_path
from .json_twins import GRAPH_POST
from .planted import PAGE, PERSON, PERSON_ID

OLD, NEW = "2023-05-01T10:00:00+0000", "2026-08-01T10:00:00+0000"


def metric(name: str, *values: Any, period: str = "lifetime") -> dict[str, Any]:
    found = [value if isinstance(value, dict) else {"value": value} for value in values]
    return {"name": name, "period": period, "values": found, "id": f"{PAGE}_1001/insights/{name}"}


def insights(*metrics: dict[str, Any], created: str = OLD) -> dict[str, Any]:
    return GRAPH_POST | {"created_time": created, "insights": {"data": list(metrics)}}


def post(folder: Path, record: dict[str, Any]) -> dict[str, Any]:
    return only(read_json(folder, "graph_posts", record)[0])


def test_a_post_is_read(tmp_path: Path) -> None:
    rows, reading = read_json(tmp_path, "graph_posts", GRAPH_POST)
    found = only(rows)

    assert (found["platform"], found["page_id"], found["post_id"]) == ("facebook", PAGE, "1001")
    assert found["published_at"] == datetime(2023, 5, 1, 10, tzinfo=UTC)
    assert (found["kind"], found["message"]) == ("photo", "De brug is open.")
    assert (found["reactions"], found["comments"], found["shares"]) == (16, 3, 2)
    assert found["page_name"] == "Gemeente Voorbeeld"
    assert (found["views"], found["reach"], found["paid"]) == (None, None, None)
    assert reading.warnings == ()
    POSTS.validate(rows.select(*POSTS.columns))
    assert set(SOURCE.gives) <= set(POSTS.columns)


def test_a_post_without_shares_has_an_unknown_number_of_them_and_that_is_told(
    tmp_path: Path,
) -> None:
    without = {key: value for key, value in GRAPH_POST.items() if key != "shares"}
    rows, reading = read_json(tmp_path, "graph_posts", GRAPH_POST, without | {"id": f"{PAGE}_1002"})

    assert rows["shares"].to_list() == [2, None]
    assert "'shares' is not there in 1 of 2 rows" in reading.warnings[0]


def test_a_post_that_someone_else_wrote_on_the_page_is_not_used_and_not_kept(
    tmp_path: Path,
) -> None:
    visitor = GRAPH_POST | {"from": {"id": PERSON_ID, "name": PERSON}}
    rows, _ = read_json(tmp_path, "graph_posts", visitor)

    assert rows["reason"].to_list() == ["written on the page by someone else"]
    assert rows["raw"].to_list() == [None]
    assert rows["page_name"].to_list() == [None]


def test_old_insights_give_impressions_and_reach_with_their_parts(tmp_path: Path) -> None:
    found = post(
        tmp_path,
        insights(
            metric("post_impressions", 217245),
            metric("post_impressions_organic", 10310),
            metric("post_impressions_paid", 206935),
            metric("post_impressions_unique", 186673),
            metric("post_impressions_organic_unique", 7952),
            metric("post_impressions_paid_unique", 178649),
        ),
    )

    assert [found[f"views{part}"] for part in ("", "_organic", "_paid")] == [217245, 10310, 206935]
    assert [found[f"reach{part}"] for part in ("", "_organic", "_paid")] == [186673, 7952, 178649]
    assert found["paid"] is True
    assert str(found["views_definition"]).startswith("impressions")
    assert "unique people" in str(found["reach_definition"])


def test_new_views_are_split_by_ads_and_reach_is_not(tmp_path: Path) -> None:
    found = post(
        tmp_path,
        insights(
            metric(
                "post_media_view",
                {"value": 3, "is_from_ads": "0", "end_time": NEW},
                {"value": 40, "is_from_ads": "1", "end_time": NEW},
            ),
            metric("post_total_media_view_unique", 31),
            created=NEW,
        ),
    )

    assert (found["views"], found["views_organic"], found["views_paid"]) == (43, 3, 40)
    assert (found["reach"], found["reach_organic"], found["reach_paid"]) == (31, None, None)
    assert str(found["views_definition"]).startswith("views")
    assert str(found["reach_definition"]).startswith("unique viewers")
    assert found["paid"] is True


def test_views_split_by_followers_are_not_taken_for_all_views(tmp_path: Path) -> None:
    part = {"value": 9, "is_from_followers": "1"}
    found = post(tmp_path, insights(metric("post_media_view", part), created=NEW))

    assert (found["views"], found["views_organic"]) == (None, None)


def test_old_and_new_numbers_are_never_under_one_definition(tmp_path: Path) -> None:
    found = post(
        tmp_path,
        insights(
            metric("post_impressions", 500),
            metric("post_impressions_organic", 400),
            metric("post_media_view", 900),
            metric("post_impressions_unique", 300),
            metric("post_total_media_view_unique", 350),
        ),
    )

    assert (found["views"], found["views_organic"]) == (900, None)
    assert str(found["views_definition"]).startswith("views")
    assert found["reach"] == 300
    assert "unique people" in str(found["reach_definition"])


def test_a_number_of_one_day_is_not_that_of_the_post(tmp_path: Path) -> None:
    found = post(tmp_path, insights(metric("post_impressions", 12, period="day")))

    assert found["views"] is None


def test_times_shown_that_do_not_add_up_are_told_and_reach_is_not_added(tmp_path: Path) -> None:
    def warnings(family: str) -> tuple[str, ...]:
        names = [f"post_impressions{part}{family}" for part in ("", "_organic", "_paid")]
        metrics = [metric(name, n) for name, n in zip(names, (10, 4, 5), strict=True)]
        return read_json(tmp_path, "graph_posts", insights(*metrics))[1].warnings

    assert "'post_impressions' is not the sum" in warnings("")[0]
    assert warnings("_unique") == ()


def test_likes_in_insights_count_care_so_they_are_reactions_and_no_kind(tmp_path: Path) -> None:
    record = insights(
        metric(
            "post_reactions_by_type_total",
            {"value": {"like": 2014, "love": 67, "sorry": 8, "anger": 143}},
        )
    )
    del record["reactions"]
    found = post(tmp_path, record)

    assert found["reactions"] == 2232
    assert (found["reactions_love"], found["reactions_sad"]) == (67, 8)
    assert (found["reactions_angry"], found["reactions_wow"]) == (143, None)
    assert (found["reactions_like"], found["reactions_care"]) == (None, None)


def test_clicks_of_every_kind_are_not_clicks_on_the_link(tmp_path: Path) -> None:
    clicks = metric("post_clicks_by_type", {"value": {"link clicks": 5, "other clicks": 80}})

    assert post(tmp_path, insights(metric("post_clicks", 85)))["link_clicks"] is None
    assert post(tmp_path, insights(clicks))["link_clicks"] == 5


def test_insights_alone_are_a_post_without_a_date(tmp_path: Path) -> None:
    other = metric("post_impressions", 7) | {"id": f"{PAGE}_1002/insights/post_impressions"}
    answer = {"data": [metric("post_impressions", 5), metric("post_impressions_unique", 4), other]}
    rows, _ = read_json(tmp_path, "graph_posts", content=json.dumps(answer).encode())

    assert rows.select("post_id", "views", "reach", "published_precision").rows() == [
        ("1001", 5, 4, "none"),
        ("1002", 7, None, "none"),
    ]
    assert rows["views_definition"].null_count() == 0


@pytest.mark.parametrize("count", ["veel", -3, 1.5, {"n": 1}, [1]])
def test_what_is_no_count_makes_a_row_unusable(tmp_path: Path, count: object) -> None:
    rows, _ = read_json(tmp_path, "graph_posts", GRAPH_POST | {"shares": {"count": count}})

    assert "shares.count" in rows["reason"][0]


def test_tokens_in_addresses_of_next_pages_are_left_behind(tmp_path: Path) -> None:
    page = {"data": [GRAPH_POST], "paging": {"next": "https://x?access_token=SECRET"}}
    rows, reading = read_json(tmp_path, "graph_posts", content=json.dumps(page).encode())

    assert "SECRET" not in f"{rows.rows()} {reading}"


def test_the_real_boosted_post_is_read(real_data: Path, tmp_path: Path) -> None:
    path = real_data / "graph-api" / "post-insights-boosted-post.json"
    rows, reading = read_path(path, "graph_posts", tmp_path)
    found: dict[str, Any] = only(rows)

    assert (found["page_id"], found["post_id"]) == ("572161723127136", "625711077772200")
    assert found["views"] == found["views_organic"] + found["views_paid"] == 217245
    assert found["reach"] == 186673
    assert found["reach_organic"] + found["reach_paid"] == 186601
    assert found["reactions"] == 2464
    assert found["paid"] is True
    assert reading.warnings == ()


def test_the_real_wrapped_files_are_read(real_data: Path, tmp_path: Path) -> None:
    folder = real_data / "graph-api"
    for name, reach in (
        ("facebook_analytics.token-redacted.json", [3, 3]),
        ("facebook_analytics_all_data.token-redacted.json", [None, None]),
    ):
        assert SOURCE.recognises(folder / name)
        rows, reading = read_path(folder / name, "graph_posts", tmp_path)
        assert rows["reason"].null_count() == rows.height == reading.rows_read == 2
        assert rows["post_id"].to_list() == ["122093590958929499", "122093348108929499"]
        assert rows["reach"].to_list() == reach
        assert rows["page_id"].unique().to_list() == ["654529707751538"]
