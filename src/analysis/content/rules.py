"""What a post is for and how it speaks, by the words in it.

The lists are in ``rules.toml``, with the meaning, examples and known errors of every class; the
codebook prints them. The purposes are adapted from DePaula, Dincelli & Harrison 2018
(doi:10.1016/j.giq.2017.10.003), the strategies from Mergel 2013 (doi:10.1016/j.giq.2013.05.015).
Nothing here understands a text: irony, negation and spelling mistakes go unseen, and so do
languages other than Dutch and English. How often the rules are wrong is measured with posts that
people coded.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import polars as pl

Dimension = Literal["purpose", "strategy"]

RULES = Path(__file__).with_name("rules.toml")

_WEB_ADDRESS = r"(?:https?://|www\.)\S*"
_BETWEEN_WORDS = r"[^\p{L}\p{N}]+"


@dataclass(frozen=True)
class Rule:
    """One class with the words that make a post belong to it.

    Attributes
    ----------
    name : str
        Of the class: ``crisis``, ``pull``.
    meaning : str
        What a post of this class does.
    examples : tuple of str
        Invented posts, one in Dutch and one in English.
    errors : str
        Where the rule is known to go wrong.
    phrases : tuple of str
        As written in the file; one that both languages have stands once.
    """

    name: str
    meaning: str
    examples: tuple[str, ...]
    errors: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Classes:
    """The classes of one dimension: the rules in their order, then what is left when none fits."""

    rules: tuple[Rule, ...]
    otherwise: Rule

    @property
    def all(self) -> tuple[Rule, ...]:
        """All classes, that of the rest last."""
        return (*self.rules, self.otherwise)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all classes, that of the rest last."""
        return tuple(rule.name for rule in self.all)


@cache
def classes() -> dict[Dimension, Classes]:
    """Read the classes of both dimensions from the file of rules."""
    written = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return {"purpose": _classes(written["purpose"]), "strategy": _classes(written["strategy"])}


def _classes(written: dict[str, dict[str, Any]]) -> Classes:
    """The class without words is what is left; it stands last."""
    *rules, otherwise = (
        Rule(
            name,
            rule["meaning"],
            tuple(rule["examples"]),
            rule["errors"],
            tuple(dict.fromkeys((*rule.get("dutch", ()), *rule.get("english", ())))),
        )
        for name, rule in written.items()
    )
    return Classes(tuple(rules), otherwise)


def by_rules(messages: pd.Series) -> pd.DataFrame:
    """Give every post the classes that the rules find in its text.

    Parameters
    ----------
    messages : pandas.Series of str
        Texts of posts, missing where an export has none.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``purpose`` and ``strategy``, index as given: the first class of the file whose
        words stand in the text, else ``none`` for a purpose and ``push`` for a strategy; missing
        where there is no text.
    """
    words = _words(pl.from_pandas(messages).cast(pl.String))
    found = {dimension: _first_class(words, of).to_list() for dimension, of in classes().items()}
    return pd.DataFrame(found, index=messages.index, dtype="object")


def _words(texts: pl.Series) -> pl.Series:
    """The words of each text in lower case, with a space around each; null without any."""
    words = (
        texts.str.to_lowercase()
        .str.replace_all(_WEB_ADDRESS, " ")
        .str.replace_all(_BETWEEN_WORDS, " ")
        .str.strip_chars(" ")
    )
    return (" " + words + " ").set(words == "", None)


def _first_class(words: pl.Series, of: Classes) -> pl.Series:
    found = [
        pl.when(words.str.contains_any(_patterns(rule))).then(pl.lit(rule.name))
        for rule in of.rules
    ]
    otherwise = pl.when(words.is_not_null()).then(pl.lit(of.otherwise.name))
    return pl.select(pl.coalesce(*found, otherwise)).to_series()


def _patterns(rule: Rule) -> list[str]:
    """What to look for among words with a space around each."""
    return [_pattern(phrase) for phrase in rule.phrases]


def _pattern(phrase: str) -> str:
    start = "" if phrase.startswith("*") else " "
    end = "" if phrase.endswith("*") else " "
    return f"{start}{phrase.strip('*')}{end}"
