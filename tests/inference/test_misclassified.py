"""Counts corrected for a rule that errs."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.inference.misclassified import rogan_gladen

FLAGGED, EVERYONE = pd.Series([130.0]), pd.Series([1000.0])


def test_the_counts_are_corrected_for_a_rule_with_known_errors() -> None:
    # 130 of 1,000 are flagged by a rule that finds 90 % and leaves 95 % of the others alone:
    # (130 - .05 * 1,000) / (.9 + .95 - 1) = 80 / .85 = 94.1 truly are.
    true = rogan_gladen(FLAGGED, EVERYONE, 0.9, 0.95)
    assert true.to_list() == pytest.approx([94.1176], abs=1e-4)


def test_a_rule_without_errors_corrects_nothing() -> None:
    assert rogan_gladen(FLAGGED, EVERYONE, 1, 1).to_list() == [130]


def test_a_rule_no_better_than_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="together over 1"):
        rogan_gladen(FLAGGED, EVERYONE, 0.4, 0.6)
