"""Which question of the notebooks needs which data, and where to get what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A question and the fields without which it has no answer."""

    notebook: str
    question: str
    fields: tuple[str, ...]


ORGANIC_REACH = "organic_reach"
"""Reach without payment, or all reach of a post that is known to be unpaid."""

NEEDS = (
    Need("01", "How much do they send?", ("published_at",)),
    Need("02", "Does anyone react, per post?", ("interactions",)),
    Need("02", "Does anyone react, per follower?", ("interactions", "followers_at_posting")),
    Need("02", "Does anyone react, per resident?", ("interactions", "target_group_size")),
    Need("02", "Do people who are reached react?", ("interactions", "reach")),
    Need("03", "Whom does a post reach, as measured?", (ORGANIC_REACH,)),
    Need("03", "Whom may it reach, from the model?", ("interactions", "followers_at_posting")),
    Need("04", "Does the page answer questions?", ("by_page", "needs_answer")),
    Need("05", "What are the posts for?", ("message",)),
    Need("05", "Which posts get response?", ("message", "interactions")),
    Need("06", "Do the tiers differ, per post?", ("interactions",)),
    Need("06", "Do the tiers differ, per follower?", ("interactions", "followers_at_posting")),
    Need("07", "How much of the target group?", ("target_group_size", "followers_at_posting")),
    Need("07", "Who is reached by nothing else?", ("target_group_size", "reached_otherwise_low")),
    Need("07", "What does it cost?", ("costs",)),
    Need("07", "What is spent on ads?", ("spend",)),
    Need("08", "What do other channels give?", ("elsewhere",)),
    Need("09", "Does hardly anyone react?", ("interactions", "followers_at_posting")),
    Need("09", "Does nobody say anything?", ("comments",)),
    Need("09", "Is webcare absent?", ("by_page", "needs_answer")),
    Need("09", "Is the audience small?", ("target_group_size", "followers_at_posting")),
)

OWNER = "the export of the page's owner"
COUNTS = "the Content Library, the page's owner, or an old CrowdTangle export"
COMMENTS = "comments with replies: the owner's Graph API, or the Content Library"
AUDIENCES = "the study's table of audiences"
ASK_FOR = {
    "published_at": COUNTS,
    "reactions": COUNTS,
    "comments": COUNTS,
    "shares": COUNTS,
    "interactions": COUNTS,
    "message": COUNTS,
    "followers_at_posting": "an old CrowdTangle export; the page's owner knows today's number",
    "reach": OWNER,
    ORGANIC_REACH: OWNER,
    "by_page": COMMENTS,
    "needs_answer": COMMENTS,
    "target_group_size": AUDIENCES,
    "reached_otherwise_low": f"{AUDIENCES}, from the organisation's own surveys",
    "costs": "the study's table of costs",
    "spend": "the page's owner; for some ads the Ad Library report",
    "elsewhere": "posts of the same organisation on Mastodon or elsewhere",
}
"""Where a field comes from in 2026; ``docs/getting-data.md`` says how to ask."""
