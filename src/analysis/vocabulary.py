"""Words that stand in the canonical tables."""

from __future__ import annotations

REACTION_KINDS = ("like", "love", "wow", "haha", "sad", "angry", "care", "thankful")
KINDS = ("photo", "video", "link", "text", "other")
PRECISIONS = ("second", "day", "month", "none")
NEEDS = ("question", "complaint", "report")
NO_NEED = "none"
"""What a comment is when it is read and is no question, complaint or report."""
