"""What is written in the figures of notebook 05 fits into them, in every language."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.content.words import class_in_words, dimension_in_words
from analysis.figures.content import ratios_to_other_posts, tails
from analysis.inference.estimate import not_estimable
from analysis.language import Language, speaking
from analysis.measures.content import PURPOSES
from drawn import cut_off
from gallery import chosen

UNMEASURED = not_estimable("not measured", n_pages=0, n_posts=0, unit="ratio", method="")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_titles_fit_beside_long_names(language: Language) -> None:
    with speaking(language):
        names = [class_in_words(name) for name in PURPOSES]
        quantiles = {"middle": 1.0, "top_tenth": 4.0, "top_hundredth": 11.0, "n": 123_456}
        tail = tails(chosen(simulated=True), pd.DataFrame(quantiles, index=names))
        assert not cut_off(tail.figure)
        title = dimension_in_words("purpose")
        ratios = ratios_to_other_posts(
            chosen(simulated=True), title, dict.fromkeys(names, UNMEASURED), names
        )
        assert not cut_off(ratios.figure)
