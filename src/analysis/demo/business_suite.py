"""Simulated posts as a page's owner exports them from Meta Business Suite, under a Dutch header."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from analysis.demo.crowdtangle import DASHBOARD_ZONE, INTERACTIONS, PAGES, address_of_post
from analysis.demo.crowdtangle import id_of_post as public_id
from analysis.demo.organisations import OF_NAME
from analysis.demo.posts import VIDEO
from analysis.demo.truth import TRUTH, Truth

STREAM = 2
META_CLOCK = ZoneInfo("America/Los_Angeles")
REACTIONS = tuple(kind for kind in INTERACTIONS if kind not in ("Comments", "Shares"))
OWNERS = (
    "Ministerie van Weer en Water",
    "Bureau Zaden en Bomen",
    "Provincie Noorderwold",
    "Provincie Rijnveld",
    "Provincie Klavergouw",
    "Gemeente Hoogmeerdam",
    "Gemeente Sint Alderik",
    "Gemeente Koornwerd",
)
"""Who shares the insights of its page. In the demo they are like the others."""

KINDS = {"Photo": "Foto's", "Link": "Links", VIDEO: "Video's", "Status": "Tekst"}
HEADER = (
    "Bericht-ID",
    "Pagina-ID",
    "Paginanaam",
    "Titel",
    "Omschrijving",
    "Duur (sec.)",
    "Publicatietijdstip",
    "Permalink",
    "Is een gedeeld bericht",
    "Berichttype",
    "Datum",
    "Bereik",
    "Bereik via Organische berichten",
    "Bereik via Gepromote berichten",
    "Reacties, opmerkingen en deelacties",
    "Reacties",
    "Opmerkingen",
    "Deelacties",
    "Klikken op link",
    "Videoweergaven van 3 seconden",
)


def write_insights(path: Path, posts: pl.DataFrame, truth: Truth = TRUTH) -> None:
    """Write the posts of the pages whose owners share their insights.

    As in real exports: UTF-8 with a byte order mark, Pacific times that do not say so and have no
    seconds, videos under an id of their own that only their address connects with the public one.
    The export is a little later than the public one, and some reactions came in between.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        With reach, as ``analysis.demo.reach.with_reach`` gives them.
    truth : Truth, optional
    """
    pages = [OF_NAME[name].page_id for name in OWNERS]
    shared = posts.filter(pl.col("page_id").is_in(pages))
    shared = shared.with_columns(reactions=_reactions_by_now(shared, truth))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(post) for post in shared.iter_rows(named=True))


def _reactions_by_now(posts: pl.DataFrame, truth: Truth) -> pl.Series:
    before = posts.select(pl.sum_horizontal(*REACTIONS)).to_series()
    rng = np.random.default_rng([truth.seed, STREAM])
    return before + rng.binomial(before.to_numpy(), truth.reach.late_reactions)


def _record(post: dict[str, Any]) -> dict[str, str | int]:
    is_video = post["kind"] == VIDEO
    own_time = post["published_at"].replace(tzinfo=DASHBOARD_ZONE).astimezone(META_CLOCK)
    return {
        "Bericht-ID": f"{'9' if is_video else ''}{public_id(post)}",
        "Pagina-ID": post["page_id"],
        "Paginanaam": PAGES[post["page_id"]].name,
        "Titel": "",
        "Omschrijving": post["message"],
        "Duur (sec.)": post["seconds"],
        "Publicatietijdstip": f"{own_time:%m/%d/%Y %H:%M}",
        "Permalink": address_of_post(post),
        "Is een gedeeld bericht": 0,
        "Berichttype": KINDS[post["kind"]],
        "Datum": "Levensduur",
        "Bereik": post["reach"],
        "Bereik via Organische berichten": post["reach_organic"],
        "Bereik via Gepromote berichten": post["reach_paid"],
        "Reacties, opmerkingen en deelacties": post["reactions"]
        + post["Comments"]
        + post["Shares"],
        "Reacties": post["reactions"],
        "Opmerkingen": post["Comments"],
        "Deelacties": post["Shares"],
        "Klikken op link": post["link_clicks"],
        "Videoweergaven van 3 seconden": post["views"],
    }
