"""Text made fit for a page: what cannot be read is taken out, what is too long gets breaks."""

from __future__ import annotations

import re

BREAK = "\u200b"
"""A place where a line may end: has no width and no mark."""

_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
# Control characters, reversals of the direction of writing, half characters, byte order marks and
# the signs that ask for a coloured picture: nothing to read, and PDF/UA refuses most of them.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufe0e\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_LONGEST_PIECE = 24
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_PIECE + 1},}}")
_LONG_PIECE = re.compile(rf"[^{BREAK}]{{{_LONGEST_PIECE}}}(?=[^{BREAK}])")
_AFTER_SEPARATOR = re.compile(r"(?<=[/_.,;:&?=+-])(?=[^/_.,;:&?=+-])")


def readable(text: str) -> str:
    """Take out of a text what is not there to be read: terminal colours, control characters."""
    return _UNREADABLE.sub("", _TERMINAL_COLOURS.sub("", text))


def breakable(text: str) -> str:
    """Let long words break: after their separators, else every 24 characters.

    Examples
    --------
    >>> breakable("a/b of " + "0123456789" * 3).split(BREAK)
    ['a/b of 012345678901234567890123', '456789']
    """
    return _LONG_WORD.sub(_with_breaks, text)


def _with_breaks(word: re.Match[str]) -> str:
    return _LONG_PIECE.sub(rf"\g<0>{BREAK}", _AFTER_SEPARATOR.sub(BREAK, word[0]))


def as_printed(text: str) -> str:
    """Give what a terminal shows in the end: after a carriage return, a line starts anew."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def folded(text: str, width: int) -> str:
    """Fold lines longer than ``width`` characters, as a terminal does."""
    return "\n".join(
        line[start : start + width]
        for line in text.expandtabs(4).split("\n")
        for start in range(0, max(len(line), 1), width)
    )
