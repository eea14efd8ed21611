"""Simulated pages that answer a known share of their comments, and what the rule decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.inference.estimate import Estimate
from analysis.inference.reply_rate import reply_rate_bounds

THREE_CLAIMS = 1 - 0.05 / 3
BELOW, ABOVE = 0.10, 0.20

WRONGLY_UNDER, WRONGLY_OVER = "under 10 % at 10 %", "over 20 % at 20 %"
RIGHTLY_UNDER = {"under 10 % at 5 %": 0.05, "under 10 % at 1 %": 0.01, "under 10 % at 0": 0.0}
RIGHTLY_OVER = {"over 20 % at 40 %": 0.40}
DECISIONS = (WRONGLY_UNDER, WRONGLY_OVER, *RIGHTLY_UNDER, *RIGHTLY_OVER)


@dataclass(frozen=True)
class Webcare:
    """How many pages, comments of the median page, and how alike comments of one page are."""

    pages: int
    median_comments: int
    correlation: float

    def outcomes(self, rng: np.random.Generator) -> Iterator[tuple[str, bool]]:
        """Draw pages with each true reply rate; say whether the rule decides."""
        for name, rate in {WRONGLY_UNDER: BELOW, **RIGHTLY_UNDER}.items():
            high = self._bounds(rate, rng).high
            yield name, high is not None and high < BELOW
        for name, rate in {WRONGLY_OVER: ABOVE, **RIGHTLY_OVER}.items():
            low = self._bounds(rate, rng).low
            yield name, low is not None and low > ABOVE

    def _bounds(self, rate: float, rng: np.random.Generator) -> Estimate:
        spread = 0.5 if self.median_comments < 100 else 1.0
        comments = rng.lognormal(np.log(self.median_comments), spread, self.pages).astype(int) + 10
        strength = (1 - self.correlation) / self.correlation
        rates = rng.beta(rate * strength, (1 - rate) * strength, self.pages) if rate else 0.0
        replied = rng.binomial(comments, rates)
        return reply_rate_bounds(replied, comments, level=THREE_CLAIMS, n_posts=1).both


WEBCARE = tuple(Webcare(*world) for world in product((6, 12, 20), (20, 300), (0.01, 0.05, 0.15)))
