"""What the words of a comment say: whether it needs an answer, whether a reply redirects.

The lists are in ``comment_rules.toml``, to be read and improved. A comment is a *report* when
something is said to be broken or unsafe, else a *complaint* when it shows dissatisfaction, else a
*question* when it asks; else it is none of these. All three need an answer, so that the order
matters for the class alone.

Known errors, to be weighed with hand-coded comments (``bereik code``):

- A question mark makes a question: rhetorical ones ("serieus?", "who pays for this?") count too,
  and a question without a mark and without a listed beginning is missed.
- Irony, swearing and dissatisfaction in other words than the listed ones are missed; praise with a
  listed word in it ("geen overlast meer!") counts as a complaint.
- Nothing is known of negation, spelling mistakes, dialect, or languages other than Dutch and
  English; a comment that only names a friend with a question mark counts as a question.
- A reply that answers and also gives an address counts as a redirect; one that sends people
  elsewhere in unlisted words does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl

from analysis.vocabulary import NO_NEED

RULES = Path(__file__).with_name("comment_rules.toml")

_WEB_ADDRESS = r"(?:https?://|www\.)\S+"
_E_MAIL = r"[\w.+-]+@[\w-]+\.\w{2,}"
_TELEPHONE = r"(?:\+\d{2}|\b0)[\d ()-]{7,}\d\b|\b14 ?0\d{2,3}\b|\b0[89]00[ -]?\d{4}\b"
_QUESTION_MARK = r"\w[^?]*\?"
_SENTENCE_START = r"(?:^|[.!?,:;\n]\s*|\b(?:en|maar|dus|and|but|so)\s+)"


def needs_answer(text: pl.Expr) -> pl.Expr:
    """Say what a comment asks of the page.

    Parameters
    ----------
    text : polars.Expr
        The comment's text, empty when it has no words; null when the export has no text.

    Returns
    -------
    polars.Expr
        ``report``, ``complaint``, ``question`` or ``none``; null where the text is.
    """
    words, rules = _plain(text), _rules()
    is_report = words.str.contains(_phrases(rules["report"]["phrases"])) | (
        words.str.contains(_thing_with_fault(rules["report"]["things"], rules["report"]["faults"]))
    )
    asks = _SENTENCE_START + _phrases(rules["question"]["beginnings"])
    is_question = words.str.contains(
        "|".join((_QUESTION_MARK, asks, _phrases(rules["question"]["phrases"])))
    )
    return (
        pl.when(text.is_null())
        .then(pl.lit(None, pl.String))
        .when(is_report)
        .then(pl.lit("report"))
        .when(words.str.contains(_phrases(rules["complaint"]["phrases"])))
        .then(pl.lit("complaint"))
        .when(is_question)
        .then(pl.lit("question"))
        .otherwise(pl.lit(NO_NEED))
    )


def redirects(text: pl.Expr) -> pl.Expr:
    """Say whether a reply of the page sends people elsewhere; null where the text is."""
    phrases = _phrases(_rules()["redirect"]["phrases"])
    return _lower(text).str.contains("|".join((phrases, _E_MAIL, _TELEPHONE, _WEB_ADDRESS)))


@cache
def _rules() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


def _plain(text: pl.Expr) -> pl.Expr:
    """The text in lower case without addresses: the question mark in one asks nothing."""
    return _lower(text).str.replace_all(_WEB_ADDRESS, " ")


def _lower(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.replace_all("’", "'", literal=True)


def _phrases(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases as whole words."""
    return rf"\b(?:{'|'.join(map(_pattern, phrases))})\b"


def _pattern(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"\s+".join(words)


def _thing_with_fault(things: list[str], faults: list[str]) -> str:
    """A pattern for a thing and what is wrong with it in one sentence, in either order."""
    thing, fault = _phrases(things), _phrases(faults)
    return rf"{thing}[^.!?\n]*{fault}|{fault}[^.!?\n]*{thing}"
