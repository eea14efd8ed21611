"""Golden numbers from R, and the pages they were computed from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.inference.pages import FloatArray, log_page_rates

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TIERS = ("rijksoverheid", "provincie", "gemeente")


@pytest.fixture(scope="session")
def golden() -> Callable[[str], dict[str, Any]]:
    """The answers of one R script."""
    return lambda subject: json.loads((GOLDEN / f"{subject}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pages() -> pd.DataFrame:
    """The pages of the R scripts, with their log rates."""
    table = pd.read_csv(GOLDEN / "pages.csv")
    return table.assign(log_rate=log_page_rates(table["interactions"], table["exposure"]))


@pytest.fixture(scope="session")
def posts() -> pd.DataFrame:
    """The posts of the R scripts."""
    return pd.read_csv(GOLDEN / "posts.csv")


@pytest.fixture(scope="session")
def log_rates(pages: pd.DataFrame) -> dict[str, FloatArray]:
    """Log rates of each tier's pages."""
    return {tier: np.asarray(pages.loc[pages["tier"] == tier, "log_rate"]) for tier in TIERS}
