"""The languages in which results are written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from analysis.language import ENGLISH, REASON, read_catalogue, wording

DUTCH = wording("nl")
CALLS: dict[str, tuple[int, ...] | None] = {"say": None, "plural": (1, 2)}
PLACEHOLDER = re.compile(r"\{(\w+)")


def texts_in_code(project: Path) -> set[str]:
    """Every English text that the code says through a ``Wording``."""
    found = extract_from_dir(project / "src" / "analysis", keywords=CALLS)
    texts = (message for _, _, message, _, _ in found)
    return {text if isinstance(text, str) else text[0] for text in texts}


def test_every_text_in_the_code_has_a_dutch_one(project: Path) -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in read_catalogue()}
    assert not texts_in_code(project) - known


def test_every_dutch_text_is_said_somewhere(project: Path) -> None:
    said = texts_in_code(project)
    ids = [(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in read_catalogue()]
    assert not [text for text, context in ids if text and context != REASON and text not in said]


def test_a_translation_fills_in_the_same_values() -> None:
    for message in read_catalogue():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(strings), f"{ids[0]} has no Dutch"
        if message.id:
            wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
            assert {name for text in strings for name in PLACEHOLDER.findall(text)} == wanted


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert ENGLISH.decimal(-12345.6, 1) == "−12,345.6"
    assert DUTCH.decimal(-12345.6, 1) == "−12.345,6"
    assert DUTCH.day(date(2023, 3, 1)) == "1 maart 2023"


@pytest.mark.parametrize(("n", "written"), [(1, "1 pagina"), (12041, "12.041 pagina’s")])
def test_a_plural_goes_with_its_number(n: int, written: str) -> None:
    assert DUTCH.plural("{n} page", "{n} pages", n) == written


def test_a_reason_is_known_whatever_number_stands_in_it() -> None:
    reason = "an interval takes at least 6 pages, and there are 3"
    assert DUTCH.reason(reason).startswith("voor een interval zijn ten minste 6 pagina’s nodig")
    assert ENGLISH.reason(reason) == reason


def test_a_reason_without_a_translation_stays_as_it_is() -> None:
    assert DUTCH.reason("something new") == "something new"
