"""What goes wrong with what a user brings, said in one clear message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputProblem(ValueError):
    """Something the user brought cannot be used: a file, a key, a parameter.

    Parameters
    ----------
    where : str
        The file, row, key or parameter.
    found : str
        What is there.
    expected : str
        What was expected instead.
    remedy : str, optional
        What to do about it.
    """

    def __init__(self, where: str, found: str, expected: str, remedy: str = "") -> None:
        self.where, self.found, self.expected, self.remedy = where, found, expected, remedy
        text = f"{where}: {found}. Expected: {expected}."
        super().__init__(f"{text} {remedy}".rstrip())

    def _render_traceback_(self) -> list[str]:
        """Show a reader of a notebook the message alone; IPython asks for this."""
        return [f"InputProblem: {self}"]

    def __reduce__(self) -> tuple[type[InputProblem], tuple[str, str, str, str]]:
        """Survive the trip between processes with its four parts."""
        return InputProblem, (self.where, self.found, self.expected, self.remedy)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Name the allowed word most like the one found.

    Parameters
    ----------
    word : str
        What was found.
    allowed : iterable of str
        The words that would have been right.

    Returns
    -------
    str
        ``Did you mean 'tier'?``, or an empty string when nothing is near.
    """
    found = nearest_word(word, allowed)
    return f"Did you mean '{found}'?" if found else ""


def nearest_word(word: str, allowed: Iterable[str]) -> str:
    """Give the allowed word most like the one found; empty when nothing is near."""
    by_lower_case = {candidate.lower(): candidate for candidate in allowed}
    found = difflib.get_close_matches(word.lower(), by_lower_case, n=1, cutoff=0.5)
    return by_lower_case[found[0]] if found else ""


def listed(words: Iterable[str]) -> str:
    """Join words for a message: ``'a', 'b', 'c'``."""
    return ", ".join(f"'{word}'" for word in words)
