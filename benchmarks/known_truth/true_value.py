"""What is true, and under which name an answer finds it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

ALL = "all"
WEEKS = 365 / 7


@dataclass(frozen=True)
class TrueValue:
    """What is true: a range from ``low`` to ``high``, mostly of one number."""

    low: float
    high: float

    @classmethod
    def of(cls, value: float) -> TrueValue:
        """One number."""
        return cls(value, value)

    def is_inside(self, low: float, high: float) -> bool:
        """Whether an interval holds all that may be true."""
        return low <= self.low and self.high <= high


def key(what: str, tier: str, versus: str | None = None) -> str:
    """Name a true value."""
    return "/".join([what, tier, *([versus] if versus else [])])


def mean(values: pl.Series) -> float:
    """Mean of a column without missing values."""
    return float(values.to_numpy().mean())
