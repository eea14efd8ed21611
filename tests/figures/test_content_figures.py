"""What is written in the figures of notebook 05 fits into them, in every language."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.content.words import class_in_words, dimension_in_words
from analysis.figures.content import ratios_to_other_posts, tails
from analysis.inference.estimate import not_estimable
from analysis.language import Language, speaking
from analysis.measures.content import PURPOSES
from gallery import FIGURES, chosen

UNMEASURED = not_estimable("not measured", n_pages=0, n_posts=0, unit="ratio", method="")


def titles_beyond(figure: Figure) -> list[str]:
    """What stands above the axes and is cut off on the right."""
    FigureCanvasAgg(figure).draw()
    (axes,) = figure.axes
    written = [child for child in axes.get_children() if isinstance(child, Text)]
    return [
        text.get_text() for text in written if text.get_window_extent().x1 > figure.bbox.width + 1
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", ["purposes", "responses", "tails", "channels"])
def test_titles_fit(name: str, language: Language) -> None:
    with speaking(language):
        assert not titles_beyond(FIGURES[name](chosen(simulated=True)).figure)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_titles_fit_beside_long_names(language: Language) -> None:
    with speaking(language):
        names = [class_in_words(name) for name in PURPOSES]
        quantiles = {"middle": 1.0, "top_tenth": 4.0, "top_hundredth": 11.0, "n": 123_456}
        tail = tails(chosen(simulated=True), pd.DataFrame(quantiles, index=names))
        assert not titles_beyond(tail.figure)
        title = dimension_in_words("purpose")
        ratios = ratios_to_other_posts(
            chosen(simulated=True), title, dict.fromkeys(names, UNMEASURED), names
        )
        assert not titles_beyond(ratios.figure)
