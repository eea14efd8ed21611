"""What is written in a figure."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.showing import ShownFigure


def texts(drawn: ShownFigure) -> set[str]:
    """Every text in a figure."""
    return {str(found.get_text()) for found in drawn.figure.findobj(Text)}


def cut_off(figure: Figure) -> list[str]:
    """What stands in and around the axes of a figure and does not fit into it."""
    FigureCanvasAgg(figure).draw()
    axes = figure.axes[0]
    written = [child for child in axes.get_children() if isinstance(child, Text)]
    labels = [axes.xaxis.label, axes.yaxis.label]
    keys = [text for legend in figure.legends for text in legend.get_texts()]
    return [text.get_text() for text in (*written, *labels, *keys) if _is_beyond(text, figure)]


def _is_beyond(text: Text, figure: Figure) -> bool:
    (left, bottom), (right, top) = text.get_window_extent().get_points()
    fits = -1 <= left <= right <= figure.bbox.width + 1 and -1 <= bottom <= top
    return bool(text.get_text().strip()) and not (fits and top <= figure.bbox.height + 1)
