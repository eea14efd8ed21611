"""What goes if the posts of a page stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.audience.loss import hurts_from, losses, others_must_reach, others_must_reach_if_alike
from analysis.audience.reach import Reach
from analysis.inference.reach_model import uncalibrated
from analysis.study import Threshold

THRESHOLD = Threshold(below=0.05, above=0.10, reason="little under one in twenty, much over ten %")


def pages(**columns: Any) -> pd.DataFrame:
    """One page for 1,000 people, of whom a month of posts reaches 100 to 400."""
    usual: dict[str, Any] = {
        "target_group_size": 1000.0,
        "followers": 500.0,
        "month_low": 100.0,
        "month_high": 400.0,
        "reached_otherwise_low": 0.5,
        "reached_otherwise_high": 0.75,
    }
    reach = Reach(pd.DataFrame(usual | columns, index=["1"]), uncalibrated(), 0.95)
    return losses(reach)


def test_the_loss_is_bounded_by_the_widest_reading_of_both() -> None:
    page = pages().loc["1"]
    assert (page["share_low"], page["share_high"]) == (0.1, 0.4)
    assert (page["loss_low"], page["loss_high"]) == (0, 0.4)
    assert page["loss_if_alike_low"] == pytest.approx(0.025)
    assert page["loss_if_alike_high"] == pytest.approx(0.2)


def test_no_more_is_lost_than_other_channels_leave() -> None:
    page = pages(reached_otherwise_low=0.8, reached_otherwise_high=0.9).loc["1"]
    assert page["loss_high"] == pytest.approx(0.2)


def test_what_posts_reach_beyond_all_others_is_lost_at_least() -> None:
    page = pages(month_low=900.0, month_high=1000.0).loc["1"]
    assert page["loss_low"] == pytest.approx(0.15)


def test_what_other_channels_reach_may_be_anything_where_it_is_not_known() -> None:
    page = pages(reached_otherwise_low=np.nan, reached_otherwise_high=np.nan).loc["1"]
    assert not page["otherwise_known"]
    assert (page["loss_low"], page["loss_high"]) == (0.0, 0.4)


def test_no_more_than_everyone_is_reached() -> None:
    assert pages(month_high=5000.0).loc["1", "share_high"] == 1


def test_a_target_group_of_nobody_has_no_share() -> None:
    assert pages(target_group_size=0.0)[["share_low", "loss_high"]].isna().all(axis=None)


def test_other_channels_must_reach_enough_to_leave_little() -> None:
    assert others_must_reach(pages(), THRESHOLD)["1"] == 0.95
    alike = others_must_reach_if_alike(pages(), THRESHOLD)["1"]
    assert alike == pytest.approx(0.875)
    assert (1 - alike) * 0.4 == pytest.approx(THRESHOLD.below)


def test_a_small_audience_needs_no_other_channel() -> None:
    small = pages(month_high=40.0)
    assert others_must_reach(small, THRESHOLD)["1"] == 0
    assert others_must_reach_if_alike(small, THRESHOLD)["1"] == 0


def test_stopping_hurts_from_a_reach_that_follows_from_followers_alone() -> None:
    assert hurts_from(pages(), THRESHOLD)["1"] == pytest.approx(0.1 * 1000 / 500)


def test_stopping_never_hurts_where_other_channels_reach_everyone() -> None:
    everyone = pages(reached_otherwise_low=1.0, reached_otherwise_high=1.0)
    assert np.isnan(hurts_from(everyone, THRESHOLD)["1"])
