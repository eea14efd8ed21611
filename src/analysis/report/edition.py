"""What a report says about itself, and the chapters it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.language import Language


@dataclass(frozen=True)
class Chapter:
    """One notebook of a report.

    Attributes
    ----------
    title : str
        Its heading in the contents.
    notebook : pathlib.Path or None
        The executed notebook; None when it failed before it was written.
    failure : str
        Why there is no outcome; such a chapter is a page that says so.
    """

    title: str
    notebook: Path | None
    failure: str = ""


@dataclass(frozen=True)
class Edition:
    """The facts on a report's title page and in its headers.

    Attributes
    ----------
    facts : tuple of (str, str)
        Rows of the title page: study, tier, period, data.
    header : str
        Stands on top of every page: the tier and the study.
    mark : str
        Stands on every page, e.g. ``Simulated data``; empty for observed data.
    language : {"en", "nl"}
        Of the words around the chapters. A notebook says itself which language it speaks, and the
        document says so where that is another one and matters to a screen reader.
    made_at : datetime.datetime
        Printed, and the only time in the file, so that the same input gives the same bytes.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    header: str
    mark: str
    language: Language
    made_at: datetime
