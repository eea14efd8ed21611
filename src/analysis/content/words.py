"""What the classes of posts, and what tells them apart, are called in the language spoken."""

from __future__ import annotations

from analysis.content.rules import Rule
from analysis.language import say
from analysis.vocabulary import KINDS, kind_in_words


def class_in_words(name: str) -> str:
    """Name a purpose, a strategy or a kind of post."""
    if name in KINDS:
        return kind_in_words(name)
    return {
        "crisis": say("crisis"),
        "recruitment": say("recruitment"),
        "participation": say("participation"),
        "service": say("service"),
        "campaign": say("campaign"),
        "symbolic": say("symbolic"),
        "none": say("no purpose found"),
        "networking": say("networking"),
        "pull": say("pull"),
        "push": say("push"),
    }[name]


def dimension_in_words(dimension: str) -> str:
    """Name what tells classes apart: their purpose, their strategy or their kind."""
    return {
        "purpose": say("purpose"),
        "strategy": say("strategy"),
        "kind": say("kind"),
    }[dimension]


def class_of(dimension: str, name: str) -> str:
    """Name a class after what it is a class of: ``purpose: crisis``."""
    return f"{dimension_in_words(dimension)}: {class_in_words(name)}"


def example(rule: Rule) -> str:
    """Give the example of a rule that is in the language spoken."""
    dutch, english = rule.examples
    return dutch if say.language == "nl" else english
