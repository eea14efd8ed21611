"""Simulated coders: invented people who know the truth and slip now and then.

Their codes show what those of real people would look like and what the measures make of them. They
are no evidence of how well people agree, nor of how well the rules do on real texts, whose wording
is not that of a few templates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SLIPS = {"simulated coder A": 0.05, "simulated coder B": 0.10}
"""Share of codes that are another class, drawn at random."""


def with_slips(
    rng: np.random.Generator, truly: Sequence[str], classes: Sequence[str], slips: float
) -> list[str]:
    """Give what a coder writes: the truth, or now and then one of the other classes."""
    slipped = rng.random(len(truly)) < slips
    return [
        str(rng.choice([other for other in classes if other != name])) if wrong else name
        for name, wrong in zip(truly, slipped, strict=True)
    ]
