"""The demo's raw files: the form of a real export, and nothing real in them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from analysis.demo import write_demo

Exports = dict[str, list[dict[str, str]]]

INTERACTIONS = ("Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
THREE_MEGABYTES = 3_000_000


def rows_of(exports: Exports) -> list[dict[str, str]]:
    return [row for rows in exports.values() for row in rows]


def test_writing_the_demo_gives_the_committed_files_byte_for_byte(
    demo_folder: Path, tmp_path: Path
) -> None:
    written = write_demo(tmp_path / "demo")
    assert {path.name: path.read_bytes() for path in written} == {
        path.name: path.read_bytes() for path in demo_folder.iterdir()
    }


def test_writing_the_demo_replaces_what_stands_there_and_leaves_nothing_beside(
    tmp_path: Path,
) -> None:
    (tmp_path / "register.csv").write_text("old")
    written = write_demo(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert (tmp_path / "register.csv").read_text().startswith("platform,page_id,")


def test_the_files_are_small_and_end_lines_plainly(demo_folder: Path) -> None:
    for path in demo_folder.iterdir():
        content = path.read_bytes()
        assert len(content) < THREE_MEGABYTES
        assert b"\r" not in content


def test_every_export_has_the_41_columns_of_the_last_crowdtangle_form(
    demo_folder: Path,
) -> None:
    for name in ("rijksoverheid.csv", "provincies.csv", "gemeenten.csv"):
        with (demo_folder / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert header[0] == "\ufeffPage Name", "real exports start with a byte order mark"
        assert len(header) == 41
        assert header[1:15] == [
            "User Name",
            "Facebook Id",
            "Page Category",
            "Page Admin Top Country",
            "Page Description",
            "Page Created",
            "Likes at Posting",
            "Followers at Posting",
            "Post Created",
            "Post Created Date",
            "Post Created Time",
            "Type",
            "Total Interactions",
            "Likes",
        ]
        assert header[-3:] == [
            "Sponsor Category",
            "Total Interactions (weighted  —  Likes 1x Shares 1x Comments 1x "
            "Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x )",
            "Overperforming Score",
        ]


def test_an_older_real_export_shares_the_columns_that_did_not_change(
    real_data: Path, exports: Exports
) -> None:
    real = real_data / "crowdtangle-uganda" / "2020-10-07-MoH-posts.csv"
    with real.open(encoding="utf-8-sig", newline="") as file:
        older = set(next(csv.reader(file)))
    assert older - set(rows_of(exports)[0]) == {"Created"}


def test_there_are_about_twelve_thousand_posts_of_the_pages_in_the_register(
    exports: Exports, register: list[dict[str, str]]
) -> None:
    on_facebook = [page for page in register if page["platform"] == "facebook"]
    assert 11_000 <= len(rows_of(exports)) <= 13_000
    for tier, rows in exports.items():
        of_tier = [page for page in on_facebook if page["tier"] == tier]
        on_paper = {(page["page_id"], page["name"]) for page in of_tier}
        assert {(row["Facebook Id"], row["Page Name"]) for row in rows} == on_paper
    assert Counter(page["tier"] for page in on_facebook) == {
        "rijksoverheid": 15,
        "provincie": 12,
        "gemeente": 20,
    }


def test_every_post_has_its_own_address(exports: Exports) -> None:
    addresses = [row["URL"] for row in rows_of(exports)]
    assert len(set(addresses)) == len(addresses)


def test_the_total_is_the_sum_of_the_counts_in_the_dashboards_locale(exports: Exports) -> None:
    rows = rows_of(exports)
    for row in rows:
        total = sum(int(row[kind]) for kind in INTERACTIONS)
        assert int(row["Total Interactions"].replace(".", "")) == total
    assert any(re.fullmatch(r"\d\.\d{3}", row["Total Interactions"]) for row in rows)


def test_times_are_local_with_the_abbreviation_of_their_season(exports: Exports) -> None:
    for row in rows_of(exports):
        written, abbreviation = row["Post Created"].rsplit(" ", 1)
        local = datetime.fromisoformat(written).replace(tzinfo=AMSTERDAM)
        assert local.tzname() == abbreviation
        assert local.year == 2023
        assert written == f"{row['Post Created Date']} {row['Post Created Time']}"


def test_posts_keep_office_hours_and_come_in_bursts(exports: Exports) -> None:
    moments = [
        datetime.fromisoformat(f"{row['Post Created Date']} {row['Post Created Time']}")
        for row in rows_of(exports)
    ]
    at_weekends = sum(moment.weekday() >= 5 for moment in moments) / len(moments)
    assert 0.05 < at_weekends < 0.15
    assert {moment.hour for moment in moments} <= set(range(6, 22))
    one_page = [row for row in exports["gemeente"] if row["Page Name"] == "Gemeente Elzenbrink"]
    per_week = Counter(
        datetime.fromisoformat(row["Post Created Date"]).isocalendar().week for row in one_page
    )
    assert max(per_week.values()) > 2 * len(one_page) / 52


def test_boosts_are_not_to_be_seen(exports: Exports) -> None:
    sponsors = ("Sponsor Id", "Sponsor Name", "Sponsor Category")
    assert not any(row[column] for row in rows_of(exports) for column in sponsors)


def test_only_videos_have_views_and_a_length(exports: Exports) -> None:
    for row in rows_of(exports):
        if row["Type"] != "Native Video":
            assert (row["Post Views"], row["Video Length"]) == ("0", "N/A")
        else:
            assert re.fullmatch(r"00:0[0-2]:\d\d", row["Video Length"])
    assert {row["Type"] for row in rows_of(exports)} == {
        "Photo",
        "Link",
        "Native Video",
        "Status",
    }


def test_no_organisation_is_a_real_one(project: Path, register: list[dict[str, str]]) -> None:
    gemeenten, provincies, rijk = (
        real_names(project / "data" / "raw" / "register" / name)
        for name in ("gemeenten.csv", "provincies.csv", "rijksoverheid.csv")
    )
    for page in register:
        plain = page["name"].lower()
        assert plain.removeprefix("gemeente ") not in gemeenten
        assert plain.removeprefix("provincie ") not in provincies
        assert plain not in rijk
        assert re.fullmatch(r"XX\d{3}", page["organisation_code"])


def real_names(path: Path) -> set[str]:
    """Names in a register, without the ``(O.)`` that tells two of the same name apart."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"].partition(" (")[0].lower() for row in csv.DictReader(file)}


def test_no_page_can_exist_on_facebook(exports: Exports) -> None:
    # Facebook's user names hold letters, digits and full stops; never a hyphen.
    assert all(row["User Name"].startswith("demo-") for row in rows_of(exports))
    assert {row["Page Description"] for row in rows_of(exports)} == {"Simulated page"}


def test_every_link_outside_facebook_goes_to_a_reserved_domain(exports: Exports) -> None:
    links = [row["Link"] for row in rows_of(exports) if row["Type"] == "Link"]
    assert links
    assert all(link.startswith("https://www.example.org/") for link in links)


@pytest.mark.parametrize("tier", ["provincie", "gemeente"])
def test_an_organisation_with_an_area_is_there_for_its_residents(
    tier: str, register: list[dict[str, str]], audiences: list[dict[str, str]]
) -> None:
    of_tier = {page["page_id"] for page in register if page["tier"] == tier}
    groups = {row["target_group"] for row in audiences if row["page_id"] in of_tier}
    assert groups == {"residents"}


def test_no_page_of_a_gemeente_or_provincie_has_more_followers_than_residents(
    exports: Exports, audiences: list[dict[str, str]]
) -> None:
    size = {row["page_id"]: int(row["size"]) for row in audiences}
    for row in rows_of(exports):
        assert int(row["Likes at Posting"]) < int(row["Followers at Posting"])
        assert int(row["Followers at Posting"]) < size[row["Facebook Id"]]
