"""How often the rules are wrong, with bounds."""

from __future__ import annotations

import pytest
from scipy import stats

from analysis.coding.error_rates import error_rate


def test_bounds_are_those_of_clopper_and_pearson() -> None:
    rate = error_rate(0, 20)

    assert rate.value == rate.low == 0
    assert rate.high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert error_rate(7, 30).low == pytest.approx(stats.beta.ppf(0.025, 7, 24))
    assert error_rate(0, 0).value is None
