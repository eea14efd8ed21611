"""What comes up while a chapter is read, beside its text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from analysis.report.headings import Headings

_LONGEST_NOTE = 300


@dataclass
class Draft:
    """A chapter in the making.

    Attributes
    ----------
    headings : Headings
        Gives levels and names to the chapter's headings.
    images : dict of str to bytes
        The images its nodes name: file name to content.
    notes : list of str
        What readers do not see and the maker of the report should know.
    place : str
        Where the reading is now, for the notes: ``cell 3``.
    """

    headings: Headings
    images: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    place: str = ""

    def note(self, text: str) -> None:
        """Keep a line for the maker of the report."""
        self.notes.append(textwrap.shorten(f"{self.place}: {text}", _LONGEST_NOTE))

    def add_image(self, content: bytes, ending: str) -> str:
        """Keep an image and give it a file name."""
        name = f"{self.headings.chapter}-{len(self.images) + 1}.{ending}"
        self.images[name] = content
        return name
