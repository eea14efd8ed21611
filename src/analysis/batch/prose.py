"""What stands in the notebooks between their results, in the language of the study.

English stands in the notebook. A catalogue beside the notebooks, ``notebooks/nl/04_webcare.po``,
holds every text of it in Dutch. A notebook without a catalogue keeps its English texts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from analysis.language import Language, read_catalogue
from analysis.results import END_MIME

HEADING = "# "


def translate(notebook: dict[str, Any], source: Path, language: Language) -> None:
    """Put a notebook's texts into a language, and note in it which one it speaks.

    Parameters
    ----------
    notebook : dict
        The executed notebook, which is changed.
    source : pathlib.Path
        The notebook it was made from; its catalogue lies beside it.
    language : {"en", "nl"}

    Notes
    -----
    Results are in that language already; a text that the catalogue does not hold stays English.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and (text := _said(cell["source"], source, language)):
            notebook["metadata"]["language"] = language
            cell["source"] = text


def end_where_said(notebook: dict[str, Any]) -> None:
    """Leave out what comes after an output that ends the chapter.

    Parameters
    ----------
    notebook : dict
        The executed notebook, which is changed.
    """
    for number, cell in enumerate(notebook["cells"], start=1):
        if any(END_MIME in output.get("data", {}) for output in cell.get("outputs", [])):
            del notebook["cells"][number:]
            return


def notebook_title(source: Path, language: Language) -> str:
    """Give the first heading of a notebook's first text; its file name when it has none."""
    try:
        cells = json.loads(source.read_bytes())["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError):
        return source.stem  # running it will say what is wrong with it
    first = texts[0] if texts else ""
    lines = (_said(first, source, language) or first).splitlines()
    headings = [line.removeprefix(HEADING).strip() for line in lines if line.startswith(HEADING)]
    return headings[0] if headings else source.stem


def _said(text: str, source: Path, language: Language) -> str | None:
    """Say one text in a language; None when its catalogue does not hold it."""
    return _catalogue(source.parent / language / f"{source.stem}.po").get(text)


@cache
def _catalogue(path: Path) -> dict[str, str]:
    """Read the catalogue of one notebook, English to the other language."""
    if not path.exists():
        return {}
    return {str(message.id): str(message.string) for message in read_catalogue(path) if message.id}
