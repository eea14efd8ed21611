"""What the simulated pages spent on ads, as the Ad Library reports it."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.truth import TRUTH, Truth

STREAM = 6
DAYS = 90
LAST_DAY = date(2023, 12, 31)
FILE = f"FacebookAdLibraryReport_{LAST_DAY}_NL_last_{DAYS}_days_advertisers.csv"
"""Named as Meta names it: nothing in the file tells its period."""

HEADER = ("Page ID", "Page name", "Disclaimer", "Amount spent (EUR)", "Number of ads in Library")
SMALLEST_SHOWN = 100


def write_spend(path: Path, posts: pl.DataFrame, truth: Truth = TRUTH) -> None:
    """Write what pages spent on boosted posts and on campaigns in the last weeks of the year.

    As in real reports, small amounts stand there as ``≤100``, and pages without ads do not.

    Parameters
    ----------
    path : pathlib.Path
    posts : polars.DataFrame
        With reach, as ``analysis.demo.reach.with_reach`` gives them.
    truth : Truth, optional
    """
    since = datetime.combine(LAST_DAY - timedelta(days=DAYS - 1), time())
    boosted = posts.filter(pl.col("boosted"), pl.col("published_at") >= since)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for place, page in enumerate(ORGANISATIONS):
            rng = np.random.default_rng([truth.seed, place, STREAM])
            reach = boosted.filter(page_id=page.page_id)["reach_paid"].to_numpy()
            campaign, n_ads = _campaign(rng, page.tier, truth)
            spent = round(truth.spend.euro_per_1000_reached * reach.sum() / 1000 + campaign)
            if n_ads + len(reach):
                shown = f"≤{SMALLEST_SHOWN}" if spent <= SMALLEST_SHOWN else spent
                writer.writerow([page.page_id, page.name, page.name, shown, n_ads + len(reach)])


def _campaign(rng: np.random.Generator, tier: str, truth: Truth) -> tuple[float, int]:
    """Euros and ads of a page's campaign; nothing where there is none."""
    size = float(np.exp(truth.spend.campaign_sd * rng.standard_normal()))
    n_ads = int(rng.integers(1, 12))
    if rng.random() >= truth.spend.campaign_share:
        return 0.0, 0
    return truth.spend.campaign_euros[tier] * size, n_ads
