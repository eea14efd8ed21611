"""The one result type of every statistical function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, SupportsFloat


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number about pages, with what it takes to judge it.

    Attributes
    ----------
    value, low, high : float or None
        The estimate and its interval, in ``unit``. None when not estimable; the interval alone is
        None when the value can be described but not generalised.
    level : float
        Confidence level of the interval, two-sided, as a share.
    method : str
        How value and interval are made, in words.
    n_pages, n_posts : int
        What it rests on.
    unit : str
        For example ``interactions per 1,000 followers per post`` or ``ratio``.
    p, p_adjusted : float or None
        Where a test belongs to it; adjusted for the other comparisons of its family.
    reason : str
        Why value or interval is missing; empty when both are there.
    approximate : bool
        True when the interval is known to cover less than its level says.
    """

    value: float | None
    low: float | None
    high: float | None
    n_pages: int
    n_posts: int
    unit: str
    method: str
    level: float = 0.95
    p: float | None = None
    p_adjusted: float | None = None
    reason: str = ""
    approximate: bool = False

    @property
    def estimable(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None

    @property
    def has_interval(self) -> bool:
        """Whether the value has an interval."""
        return self.low is not None and self.high is not None

    def with_counts(self, *, n_pages: int, n_posts: int) -> Self:
        """Give the same estimate with the counts it rests on."""
        return replace(self, n_pages=n_pages, n_posts=n_posts)


def not_estimable(reason: str, *, n_pages: int, n_posts: int, unit: str, method: str) -> Estimate:
    """Say why there is no number, in the place where the number would stand.

    Parameters
    ----------
    reason : str
        One sentence for a reader, without its full stop.
    """
    return Estimate(
        value=None,
        low=None,
        high=None,
        n_pages=n_pages,
        n_posts=n_posts,
        unit=unit,
        method=method,
        reason=reason,
    )


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What an estimate rests on, known before there is a number.

    A statistical function makes its basis first and then answers with one of the four kinds of
    estimate, so that no way out of it forgets its counts, its unit or its method.

    Attributes
    ----------
    n_pages, n_posts, unit, method, level, approximate
        As in `Estimate`.

    Raises
    ------
    ValueError
        When the level is not between 0 and 1.
    """

    n_pages: int
    n_posts: int
    unit: str
    method: str
    level: float = 0.95
    approximate: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise ValueError(f"level: a share between 0 and 1 is needed, not {self.level}")

    def interval(
        self,
        value: SupportsFloat,
        low: SupportsFloat,
        high: SupportsFloat,
        p: SupportsFloat | None = None,
    ) -> Estimate:
        """Give a value with its interval, and its p-value where a test belongs to it."""
        return replace(
            self._empty(),
            value=float(value),
            low=float(low),
            high=float(high),
            p=None if p is None else float(p),
            approximate=self.approximate,
        )

    def value_alone(
        self, value: SupportsFloat, reason: str, p: SupportsFloat | None = None
    ) -> Estimate:
        """Give a value that describes these pages and has no interval, and say why."""
        p = None if p is None else float(p)
        return replace(self._empty(reason), value=float(value), p=p)

    def bounds_alone(self, low: SupportsFloat, high: SupportsFloat, reason: str) -> Estimate:
        """Give two bounds that have no value between them, and say why."""
        return replace(
            self._empty(reason), low=float(low), high=float(high), approximate=self.approximate
        )

    def nothing(self, reason: str) -> Estimate:
        """Say why there is no value at all."""
        return self._empty(reason)

    def _empty(self, reason: str = "") -> Estimate:
        return replace(
            not_estimable(
                reason,
                n_pages=self.n_pages,
                n_posts=self.n_posts,
                unit=self.unit,
                method=self.method,
            ),
            level=self.level,
        )
