"""Which question of the notebooks needs which data, and where to get what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.study import Study

TWO_TIERS = "two tiers with two pages or more each"
FEWEST = 2
"""Tiers to compare, and pages in each: one page does not show how much pages differ."""


@dataclass(frozen=True)
class Need:
    """A question, and what it has no answer without.

    Attributes
    ----------
    fields : tuple of str
        What must be in the data.
    compares_tiers : bool
        Whether it is about the differences between tiers.
    claims : tuple of str
        Claims of which the study must have fixed one.
    """

    notebook: str
    question: str
    fields: tuple[str, ...]
    compares_tiers: bool = False
    claims: tuple[str, ...] = ()

    @property
    def of_study(self) -> str:
        """What it takes of a study beside the data, in words; empty when nothing."""
        if self.claims:
            return "thresholds under " + " or ".join(f"[claims.{name}]" for name in self.claims)
        return TWO_TIERS if self.compares_tiers else ""

    def is_met_by(self, study: Study, tiers_to_compare: int | None) -> bool | None:
        """Whether a study has what it takes beside the data; None when that is not known.

        Parameters
        ----------
        tiers_to_compare : int or None
            How many tiers have :data:`FEWEST` pages with posts or more; None when not known.
        """
        if self.claims:
            return bool(study.claims.keys() & set(self.claims))
        if not self.compares_tiers:
            return True
        if len(study.tiers) < FEWEST:
            return False
        return None if tiers_to_compare is None else tiers_to_compare >= FEWEST


ORGANIC_REACH = "organic_reach"
"""Reach without payment, or all reach of a post that is known to be unpaid."""

PAGE_REACH = "page_reach"
"""Whom everything on a page reaches in a day."""

NEEDS = (
    Need("01", "How much do they send?", ("published_at",)),
    Need("02", "Does anyone react, per post?", ("interactions",)),
    Need("02", "Does anyone react, per follower?", ("interactions", "followers_at_posting")),
    Need("02", "Does anyone react, per resident?", ("interactions", "target_group_size")),
    Need("02", "Do people who are reached react?", ("interactions", "reach")),
    Need("03", "Whom does a post reach, as measured?", (ORGANIC_REACH,)),
    Need("03", "Whom may it reach, from the model?", ("interactions", "followers_at_posting")),
    Need("03", "Whom does a whole page reach in a day?", (PAGE_REACH,)),
    Need("04", "Does the page answer questions?", ("by_page", "needs_answer")),
    Need("05", "What are the posts for?", ("message",)),
    Need("05", "Which posts get response?", ("message", "interactions")),
    Need("06", "Do the tiers differ, per post?", ("interactions",), compares_tiers=True),
    Need(
        "06",
        "Do the tiers differ, per follower?",
        ("interactions", "followers_at_posting"),
        compares_tiers=True,
    ),
    Need("07", "How much of the target group?", ("target_group_size", "followers_at_posting")),
    Need("07", "Who is reached by nothing else?", ("target_group_size", "reached_otherwise_low")),
    Need("07", "What does it cost?", ("costs",)),
    Need("07", "What is spent on ads?", ("spend",)),
    Need("08", "What do other channels give?", ("elsewhere",)),
    Need(
        "09",
        "Does hardly anyone react?",
        ("interactions", "followers_at_posting"),
        claims=("few_reactions",),
    ),
    Need("09", "Does nobody say anything?", ("comments",), claims=("few_comments",)),
    Need("09", "Is webcare absent?", ("by_page", "needs_answer"), claims=("webcare_absent",)),
    Need(
        "09",
        "Is the audience small?",
        ("target_group_size", "followers_at_posting"),
        claims=("small_audience_post", "small_audience_month"),
    ),
)

IN_WORDS = {
    "published_at": "the time of publication",
    "reactions": "reactions",
    "comments": "numbers of comments",
    "shares": "shares",
    "message": "the texts of posts",
    "followers_at_posting": "followers",
    "reach": "reach",
    ORGANIC_REACH: "reach without payment",
    PAGE_REACH: "whom the whole page reaches in a day",
    "by_page": "who wrote a comment",
    "needs_answer": "what comments ask",
    "target_group_size": "the size of the target group",
    "reached_otherwise_low": "what other channels reach",
    "costs": "hours and prices",
    "spend": "what is spent on ads",
    "elsewhere": "pages on other platforms",
}
"""What people call a field."""

OWNER = "the export of the page's owner"
COUNTS = "the Content Library, the page's owner, or an old CrowdTangle export"
COMMENTS = "comments with replies: the owner's Graph API, or the Content Library"
AUDIENCES = "the study's table of audiences"
ASK_FOR = {
    "published_at": COUNTS,
    "reactions": COUNTS,
    "comments": COUNTS,
    "shares": COUNTS,
    "message": COUNTS,
    "followers_at_posting": "the page's owner: their number on one day, which goes in the register "
    "of pages with that day. An old CrowdTangle export has it for every post",
    "reach": OWNER,
    ORGANIC_REACH: OWNER,
    PAGE_REACH: "the page's owner: the page's own numbers per day",
    "by_page": COMMENTS,
    "needs_answer": COMMENTS,
    "target_group_size": AUDIENCES,
    "reached_otherwise_low": f"{AUDIENCES}, from the organisation's own surveys",
    "costs": "the study's table of costs",
    "spend": "the page's owner; for some ads the Ad Library report",
    "elsewhere": "posts of the same organisation on Mastodon or elsewhere",
}
"""Where a field comes from in 2026; ``docs/getting-data.md`` says how to ask."""
