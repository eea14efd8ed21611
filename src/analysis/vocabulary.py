"""Words that stand in the canonical tables."""

from __future__ import annotations

from analysis.language import say

REACTION_KINDS = ("like", "love", "wow", "haha", "sad", "angry", "care", "thankful")
KINDS = ("photo", "video", "link", "text", "other")
PRECISIONS = ("second", "day", "month", "none")
NEEDS = ("question", "complaint", "report")
NO_NEED = "none"
"""What a comment is when it is read and is no question, complaint or report."""


def kind_in_words(kind: str) -> str:
    """Write what a post is made of, one of `KINDS`, as a reader calls it."""
    return {
        "photo": say("photo"),
        "video": say("video"),
        "link": say("link"),
        "text": say("text"),
        "other": say("other"),
    }[kind]
