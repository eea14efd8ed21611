"""Words that stand in the canonical tables."""

from __future__ import annotations

from typing import Literal, get_args

from analysis.language import say

REACTION_KINDS = ("like", "love", "wow", "haha", "sad", "angry", "care", "thankful")
KINDS = ("photo", "video", "link", "text", "other")
PRECISIONS = ("second", "day", "month", "none")
NEEDS = ("question", "complaint", "report")
NO_NEED = "none"
"""What a comment is when it is read and is no question, complaint or report."""

PageVariable = Literal["reach", "views", "visits", "follows", "interactions", "link_clicks"]
PAGE_VARIABLES: tuple[PageVariable, ...] = get_args(PageVariable)
"""What is counted of a whole page, day by day."""


def kind_in_words(kind: str) -> str:
    """Write what a post is made of, one of `KINDS`, as a reader calls it."""
    return {
        "photo": say("photo"),
        "video": say("video"),
        "link": say("link"),
        "text": say("text"),
        "other": say("other"),
    }[kind]
