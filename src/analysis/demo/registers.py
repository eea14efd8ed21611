"""The demo's lists: who has which page, and whom each page is for."""

from __future__ import annotations

import csv
from pathlib import Path

from analysis.demo.channels import PRESENT, account
from analysis.demo.organisations import (
    EVERYONE,
    OF_NAME,
    ORGANISATIONS,
    RESIDENTS,
    Organisation,
)

Row = dict[str, str | int | float]
REFERENCE_DATE = "2023-01-01"
REGISTER = ("platform", "page_id", "name", "tier", "organisation_code")
AUDIENCES = (
    *("platform", "page_id", "target_group", "size", "reference_date", "source"),
    *("platform_share", "reached_otherwise_low", "reached_otherwise_high"),
)
INVENTED = "invented for the demo"

ON_FACEBOOK = {
    EVERYONE: 0.62,
    RESIDENTS: 0.62,
    "parents of young children": 0.78,
    "job seekers": 0.66,
    "students": 0.45,
    "cyclists": 0.60,
    "farmers and growers": 0.55,
    "people near the coast": 0.64,
    "people who move house": 0.65,
    "small businesses": 0.70,
    "museum visitors": 0.68,
}
"""Share of each target group that is on Facebook."""

ELSEWHERE = {"instagram": 0.4, "mastodon": 0.01}
"""Share of every target group that is on other platforms."""

REACHED_OTHERWISE = {
    "Ministerie van Bruggen en Pleinen": (0.70, 0.90),
    "Ministerie van Weer en Water": (0.50, 0.80),
    "Dienst Werk en Vakmanschap": (0.40, 0.75),
    "Landelijk Bureau Studiekosten": (0.80, 0.95),
    "Rijksbureau Fietsroutes": (0.10, 0.30),
    "Bureau Zaden en Bomen": (0.55, 0.85),
    "Instituut voor Getij en Wind": (0.30, 0.60),
    "Dienst Verhuizen en Aanmelden": (0.60, 0.90),
    "Gemeente Elzenbrink": (0.50, 0.75),
    "Gemeente Hoogmeerdam": (0.30, 0.55),
    "Gemeente Zuiderloo": (0.45, 0.70),
    "Gemeente Brandewaard": (0.60, 0.85),
    "Gemeente Kloosterlinde": (0.55, 0.80),
    "Gemeente Oude Maren": (0.35, 0.65),
    "Gemeente Veenhorst": (0.65, 0.90),
    "Gemeente Rozendrecht": (0.25, 0.50),
    "Gemeente Sint Alderik": (0.70, 0.90),
    "Gemeente Boterdijk": (0.55, 0.85),
    "Gemeente Langevliet": (0.30, 0.60),
    "Gemeente Wilgenrade": (0.45, 0.75),
}
"""Share of its target group that an organisation reaches in other ways, at least and at most.

The other organisations, all provincies among them, never asked.
"""


def write_register(path: Path) -> None:
    """Write the register of pages, Facebook's first; codes are invented, as organisations are."""
    _write(path, REGISTER, [_page(*page) for page in _pages()])


def write_audiences(path: Path) -> None:
    """Write whom each page wants to reach: on every platform the organisation's target group."""
    _write(path, AUDIENCES, [_audience(*page) for page in _pages()])


def _pages() -> list[tuple[str, str, Organisation]]:
    """Platform and id of every page, and whose it is."""
    on_facebook = [("facebook", page.page_id, page) for page in ORGANISATIONS]
    elsewhere = [
        (platform, account(OF_NAME[name], platform), OF_NAME[name])
        for platform, names in PRESENT.items()
        for name in names
    ]
    return on_facebook + elsewhere


def _page(platform: str, page_id: str, organisation: Organisation) -> Row:
    return {
        "platform": platform,
        "page_id": page_id,
        "name": organisation.name,
        "tier": organisation.tier,
        "organisation_code": organisation.code,
    }


def _audience(platform: str, page_id: str, organisation: Organisation) -> Row:
    low, high = REACHED_OTHERWISE.get(organisation.name, ("", ""))
    return {
        "platform": platform,
        "page_id": page_id,
        "target_group": organisation.target_group,
        "size": organisation.target_group_size,
        "reference_date": REFERENCE_DATE,
        "source": INVENTED,
        "platform_share": ELSEWHERE.get(platform, ON_FACEBOOK[organisation.target_group]),
        "reached_otherwise_low": low if platform == "facebook" else "",
        "reached_otherwise_high": high if platform == "facebook" else "",
    }


def _write(path: Path, header: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
