"""Figures look as they did when somebody last looked at them.

``make pictures`` draws them anew; look at what changed before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.testing.compare import compare_images

from analysis.figures.style import apply_style
from analysis.showing import ShownFigure
from gallery import FIGURES, chosen

PICTURES = Path(__file__).with_name("pictures")
DPI = 60
TOLERANCE = 6.0
"""Root mean square of the differences, of 255: letters shift a little between machines."""

RENEW = "BEREIK_RENEW_PICTURES"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_looks_as_it_did(name: str, tmp_path: Path) -> None:
    expected = PICTURES / f"{name.replace(' ', '_')}.png"
    with mpl.rc_context():
        apply_style()
        drawn = FIGURES[name](chosen(simulated=True))
        assert isinstance(drawn, ShownFigure)
        actual = expected if os.environ.get(RENEW) else tmp_path / "actual.png"
        drawn.figure.savefig(actual, dpi=DPI, metadata={"Software": None})
    assert compare_images(str(expected), str(actual), TOLERANCE) is None


def test_every_picture_is_of_a_figure_that_is_still_drawn() -> None:
    drawn = {name.replace(" ", "_") for name in FIGURES}
    assert {picture.stem for picture in PICTURES.glob("*.png")} == drawn
