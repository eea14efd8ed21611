"""What platforms are called, and what is counted on each."""

from __future__ import annotations

from analysis.language import say
from analysis.sentences import capitalised

NAMES = {"facebook": "Facebook", "instagram": "Instagram", "mastodon": "Mastodon"}


def platform_name(platform: str) -> str:
    """Write the name of a platform as a reader knows it."""
    return NAMES.get(platform, capitalised(platform))


def counts_in_words() -> dict[str, str]:
    """Name the counts that are compared, by their column."""
    return {
        "reactions": say("reactions"),
        "comments": say("comments"),
        "shares": say("shares"),
        "reach": say("reach"),
    }


def what_is_described() -> list[str]:
    """Head the rows in which a platform is described."""
    return [
        say("A reaction is"),
        say("A comment is"),
        say("A share is"),
        say("Reach is"),
        say("What followers are shown"),
    ]


def described(platform: str) -> list[str]:
    """Describe a platform, row by row; one that is not known is not guessed at."""
    unknown = [say("as its export counts it")] * len(what_is_described())
    return {
        "facebook": [
            say("one of seven kinds, from like to angry"),
            say("a comment or a reply, the page's own included"),
            say("a share, of public ones only"),
            say("for the page's owner only"),
            say("chosen and ordered by the platform, and by who pays"),
        ],
        "instagram": [
            say("a like"),
            say("a comment or a reply, the page's own included"),
            say("not counted in public"),
            say("for the account's owner only"),
            say("chosen and ordered by the platform, and by who pays"),
        ],
        "mastodon": [
            say("a favourite"),
            say("a reply that the home server knows of"),
            say("a boost that the home server knows of"),
            say("counted by nobody"),
            say("everything of whom one follows, newest first; nobody pays"),
        ],
    }.get(platform, unknown)
