"""What a Dutch reader would stumble over: English that is left in what is shown."""

from __future__ import annotations

import re

from analysis.showing import Sentence, ShownFigure, ShownTable
from drawn import texts

TELL_TALE = (
    "the and are has have with from not that which there each its page pages post posts comment "
    "comments reactions followers share shares views reach people measured none"
)
"""Words of nearly every English sentence, and of no Dutch one."""
ENGLISH = re.compile(rf"\b({'|'.join(TELL_TALE.split())})\b", re.IGNORECASE)
NAMES = re.compile(r"`[^`]*`|<[^>]*>|\bPage \w+-\d+")
"""What to type, what marks up a table, and what the pages of `selections` are called."""


def english_left(said: str) -> list[str]:
    """Find the English words in what is said in Dutch."""
    return ENGLISH.findall(NAMES.sub(" ", said))


def all_words_of(shown: Sentence | ShownTable | ShownFigure) -> str:
    """Put together every word that a reader or a listener gets of a result."""
    if isinstance(shown, Sentence):
        return shown.text
    if isinstance(shown, ShownTable):
        return str(shown._repr_mimebundle_()["text/html"])
    drawn = sorted(texts(shown))
    return "\n".join([*drawn, shown.alt, shown.caption])
