"""The audience is small, and so is the loss: bounds on the share of the target group reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.audience.groups import TARGET_GROUP_SHARE, reached_groups, with_target_group
from analysis.audience.reach import Reach
from analysis.claims.rule import Verdict, half_the_error, two_sided
from analysis.inference.bounds import minimum_pages, order_statistic_limits
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.reach_model import FlippingShift, shift_that_flips

AudienceClaim = Literal["small_audience_post", "small_audience_month", "small_loss"]

COLUMNS: dict[AudienceClaim, tuple[Literal["post", "month"], str]] = {
    "small_audience_post": ("post", "share"),
    "small_audience_month": ("month", "share"),
    "small_loss": ("month", "loss"),
}
AUDIENCE_CLAIMS = tuple(COLUMNS)
NO_SIZE = "not measured: how many people the pages want to reach is not known"
NO_REACH = "not measured: neither reach nor the followers from which it could be estimated"
NO_MONTH = "not measured: there is no whole month of posts"
NO_OTHER_CHANNELS = "not measured: which share other channels reach anyway is not known"
ONLY_BOUNDS = "what lies between the bounds depends on reach and overlap that were not measured"


def level_of_order(reach: Reach, level: float) -> float:
    """Level left for bounds on the median group, so that all together holds at ``level``.

    Where pages were modelled half of the error is the model's; see `level_of_model`.
    """
    return half_the_error(level) if reach.any_modelled else level


def level_of_model(level: float) -> float:
    """Two-sided level of modelled pages that one-sided bounds at ``level`` ask for."""
    return two_sided(half_the_error(level))


def groups_of(name: AudienceClaim, reach: Reach) -> pd.DataFrame:
    """Give ``low`` and ``high`` of every target group of which they are known.

    Returns
    -------
    pandas.DataFrame
        The rows of `reached_groups`.
    """
    of, kind = COLUMNS[name]
    groups = reached_groups(reach.pages, of)
    groups = groups.assign(low=groups[f"{kind}_low"], high=groups[f"{kind}_high"])
    return groups.dropna(subset=["low", "high"])


def audience_bounds(name: AudienceClaim, reach: Reach, *, level: float) -> Estimate:
    """Bound what posts reach of the median target group, or what would be lost of it.

    Parameters
    ----------
    reach : Reach
        Of the pages to judge, made at ``level_of_model(level)``.
    level : float
        Level of each one-sided bound.

    Returns
    -------
    Estimate
        With order-statistic bounds over the target groups: the lower over what is at least
        reached of each, the upper over what is at most. Where all groups are shared ones they are
        all there are, nothing is sampled, and the bounds are the medians of both. A value stands
        between them only where low and high are one number. ``n_pages`` counts pages; fewer than
        `minimum_groups` groups have no bounds.
    """
    groups = groups_of(name, reach)
    basis = Basis(
        n_pages=int(groups["n_pages"].sum()),
        n_posts=int(groups["n_posts"].sum()),
        unit=TARGET_GROUP_SHARE,
        method=_method(groups),
        level=two_sided(level),
        approximate=not groups["measured"].all(),
    )
    if groups.empty:
        return basis.nothing(_why_nothing(name, reach))
    bounds = _bounds(groups, two_sided(level_of_order(reach, level)))
    if bounds is None:
        return basis.nothing(too_few_groups(len(groups), minimum_groups(reach, level)))
    if (groups["low"] == groups["high"]).all():
        return basis.interval(groups["low"].median(), *bounds)
    return basis.bounds_alone(*bounds, ONLY_BOUNDS)


def bounds_of_one_page(name: AudienceClaim, reach: Reach) -> Estimate:
    """Bound what one page reaches of its own target group, or what would be lost of it."""
    alone = replace(reach, pages=reach.pages.assign(shared=False))
    groups = groups_of(name, alone)
    basis = Basis(
        n_pages=1,
        n_posts=int(reach.pages["n_posts"].sum()),
        unit=TARGET_GROUP_SHARE,
        method="of this page: measured or modelled reach",
        level=reach.level,
        approximate=reach.any_modelled,
    )
    if groups.empty:
        return basis.nothing(_why_nothing(name, alone))
    (low,), (high,) = groups["low"], groups["high"]
    if low == high:
        return basis.value_alone(low, "it was measured")
    return basis.bounds_alone(low, high, ONLY_BOUNDS)


def minimum_groups(reach: Reach, level: float) -> int:
    """Fewest target groups for which the median one has bounds; one where all are shared."""
    if reach.pages["shared"].all():
        return 1
    return minimum_pages(level_of_order(reach, level))


def too_few_groups(n: int, needed: int) -> str:
    """Say how many target groups bounds on the median one need."""
    return f"bounds take at least {needed} target groups, and the number there is: {n}"


def flipping_shift(verdict: Verdict, reach: Reach, *, level: float) -> dict[str, FlippingShift]:
    """Find how much more or less the pages that were not measured must reach for another verdict.

    Parameters
    ----------
    verdict : Verdict
        On an audience claim.
    reach : Reach
        What it was made from.

    Returns
    -------
    dict of str to FlippingShift
        ``upper``: where the upper bound meets the lower threshold, so that the sentence is
        supported with less reach than that; ``lower``: where the lower bound meets the upper
        threshold, so that it is contradicted with more.
    """
    name: AudienceClaim = verdict.claim.name  # type: ignore[assignment]

    def bound(side: Literal["low", "high"], factor: float) -> float:
        shifted = audience_bounds(name, reach.if_others_reach(factor), level=level)
        return float(getattr(shifted, side))

    return {
        "upper": shift_that_flips(lambda factor: bound("high", factor), verdict.threshold.below),
        "lower": shift_that_flips(lambda factor: bound("low", factor), verdict.threshold.above),
    }


def reached_otherwise_enough(monthly: Estimate, threshold: float) -> float | None:
    """Give the share that other channels must reach for a small loss, if they reach all alike.

    That is the loss under a threshold when other channels reach the posts' audience like everyone
    else: ``1 - threshold / high`` with the highest share that a month of posts may reach; 0 when
    even that is under the threshold. Whoever they reach, the loss is surely under it from
    ``1 - threshold``.
    """
    if monthly.high is None:
        return None
    return max(0.0, 1 - threshold / monthly.high) if monthly.high > 0 else 0.0


def _bounds(groups: pd.DataFrame, level: float) -> tuple[float, float] | None:
    if groups["shared"].all():
        return float(groups["low"].median()), float(groups["high"].median())
    lows = order_statistic_limits(groups["low"].to_numpy(), level)
    highs = order_statistic_limits(groups["high"].to_numpy(), level)
    return None if lows is None or highs is None else (float(lows[0]), float(highs[1]))


def _method(groups: pd.DataFrame) -> str:
    reach = "measured reach" if groups["measured"].all() else "measured or modelled reach"
    if groups["shared"].all():
        return f"{reach}; audiences that may overlap, median over the target groups there are"
    return f"{reach}; median target group, exact one-sided bounds from the ordered groups"


def _why_nothing(name: AudienceClaim, reach: Reach) -> str:
    of, _ = COLUMNS[name]
    pages = with_target_group(reach.pages)
    if pages.empty:
        return NO_SIZE
    if np.isnan(pages["post_high"]).all():
        return NO_REACH
    if np.isnan(pages[f"{of}_high"]).all():
        return NO_MONTH
    return NO_OTHER_CHANNELS
