"""Which pages of a tier are like another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.findings.pages_in_tier import nearest_in_followers


def test_like_sized_pages_are_the_nearest_by_ratio_and_never_the_page_itself() -> None:
    sizes = [100.0, 1_000.0, 1_100.0, 2_000.0, 100_000.0, np.nan, *[1e6] * 10]
    pages = pd.DataFrame({"followers": sizes}, index=[f"p{i}" for i in range(16)])
    like = nearest_in_followers(pages, "p1")
    assert list(like.index[:4]) == ["p2", "p3", "p0", "p4"]
    assert len(like) == 10
    assert nearest_in_followers(pages, "p5").empty
