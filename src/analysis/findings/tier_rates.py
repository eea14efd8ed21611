"""The rates of a study's pages, compared between its tiers once for all that is shown of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.inference.estimate import Estimate
from analysis.inference.pages import log_page_rates
from analysis.inference.several_tiers import Pair, TierComparison, compare_tiers
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.sums import page_sums
from analysis.selection import Selection
from analysis.study import ALL_TIERS


@dataclass(frozen=True)
class Rate:
    """What is compared: interactions per follower, or per post where followers are not known."""

    per: Literal["followers", "posts"]
    mean: Measure
    median: Measure

    @property
    def words(self) -> str:
        """The rate in a sentence."""
        if self.per == "followers":
            return say("interactions per follower")
        return say("interactions per post")


PER_FOLLOWER = Rate(
    "followers",
    CATALOGUE["mean_interactions_per_1000_followers"],
    CATALOGUE["interactions_per_1000_followers"],
)
PER_POST = Rate(
    "posts",
    CATALOGUE["mean_interactions_per_post"],
    CATALOGUE["interactions_per_post"],
)


@dataclass(frozen=True)
class PageRates:
    """One log rate per page of the study, with what the comparisons need beside it."""

    values: NDArray[np.float64]
    tiers: NDArray[Any]
    followers: NDArray[np.float64]
    n_posts: NDArray[np.int64]

    def of(self, tier: str) -> NDArray[np.float64]:
        """Log rates of one tier's pages."""
        return self.values[self.tiers == tier]

    def compared(self, tiers: tuple[str, ...]) -> TierComparison:
        """Compare the tiers."""
        return compare_tiers(self.values, self.tiers, order=tiers, posts_per_page=self.n_posts)


@dataclass(frozen=True)
class Comparison:
    """The tiers of a study compared, as one notebook shows it.

    Attributes
    ----------
    sums : pandas.DataFrame
        Per page, as ``measures.sums.page_sums`` gives them.
    rates : PageRates
        Of each page over all its posts.
    tiers : TierComparison
        Every pair of the study; ``shown`` chooses those this notebook speaks about.
    """

    selection: Selection
    rate: Rate
    sums: pd.DataFrame
    rates: PageRates
    tiers: TierComparison

    def label(self, pair: Pair) -> str:
        """Name a pair: ``Provincies / Gemeenten``."""
        label = self.selection.study.tier_label
        return f"{label(pair.first)} / {label(pair.second)}"

    def shown(self, pairs: tuple[Pair, ...]) -> list[Pair]:
        """Choose the pairs to show: all of them, or those of this tier, that tier first."""
        tier = self.selection.tier
        if tier == ALL_TIERS:
            return list(pairs)
        turned = [_turned(pair) if pair.second == tier else pair for pair in pairs]
        return [pair for pair in turned if pair.first == tier]


def compare(selection: Selection) -> Comparison:
    """Compare the tiers of a study on their pages' rates.

    Parameters
    ----------
    selection : Selection
        All tiers of its study are compared, whichever tier it is of.
    """
    known = selection.study_posts["followers_at_posting"].notna().any()
    rate = PER_FOLLOWER if known else PER_POST
    sums = page_sums(selection.study_posts, per=rate.per)
    rates = PageRates(
        log_page_rates(sums["interactions"], sums["exposure"]),
        sums["tier"].to_numpy(),
        sums["followers"].to_numpy(),
        sums["n_posts"].to_numpy(),
    )
    return Comparison(selection, rate, sums, rates, rates.compared(selection.study.tier_names))


def median_rates(compared: Comparison) -> PageRates:
    """Log of each page's ordinary post; half an interaction keeps a silent page in."""
    name = compared.rate.median.name
    pages = compared.selection.study_measures.dropna(subset=[name])
    half = 0.5 * 1000 / pages["followers"] if compared.rate is PER_FOLLOWER else 0.5
    return PageRates(
        np.log((pages[name] + half).to_numpy()),
        pages["tier"].to_numpy(),
        pages["followers"].to_numpy(),
        pages["n_posts"].to_numpy(),
    )


def _turned(pair: Pair) -> Pair:
    """Put the second tier first: a ratio becomes its inverse, a delta changes sign."""
    turn = inverted if pair.estimate.unit == "ratio" else negated
    return Pair(pair.second, pair.first, turn(pair.estimate))


def inverted(ratio: Estimate) -> Estimate:
    """Turn the ratio of first to second into that of second to first."""
    turned = [None if end is None else 1 / end for end in (ratio.value, ratio.high, ratio.low)]
    return replace(ratio, value=turned[0], low=turned[1], high=turned[2])


def negated(delta: Estimate) -> Estimate:
    """Turn the delta of first over second into that of second over first."""
    turned = [None if end is None else -end for end in (delta.value, delta.high, delta.low)]
    return replace(delta, value=turned[0], low=turned[1], high=turned[2])
