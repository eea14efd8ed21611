"""Which comments need an answer, and which replies send people elsewhere."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.sources.wording import needs_answer, redirects


def asked(text: str | None) -> str | None:
    table = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    answer: str | None = table.select(needs_answer(pl.col("text"))).item()
    return answer


def sent_elsewhere(text: str | None) -> bool | None:
    table = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    answer: bool | None = table.select(redirects(pl.col("text"))).item()
    return answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Hoe laat gaat de brug open", "question"),
        ("Mooi, maar wanneer is het klaar", "question"),
        ("Is dit ook op zondag?", "question"),
        ("Could you tell me more", "question"),
        ("Ik vraag me af waar dat geld heen gaat.", "question"),
        ("De lantaarnpaal in de Dorpsstraat is kapot.", "report"),
        ("Kapot, die lantaarnpaal!", "report"),
        ("There is a pothole in the road near the school", "report"),
        ("De website werkt niet. Wat nu?", "report"),
        ("Wat een schande!", "complaint"),
        ("I’ve been waiting for weeks, no reply", "complaint"),
        ("Prachtige foto", "none"),
        ("We kijken ernaar uit", "none"),
        ("Lees https://example.org/?page=2", "none"),
        ("???", "none"),
        ("", "none"),
        ("KLACHT: al weken geen antwoord", "complaint"),
    ],
)
def test_a_comment_is_a_report_else_a_complaint_else_a_question_else_none(
    text: str, answer: str
) -> None:
    assert asked(text) == answer


def test_a_comment_without_text_is_not_measured() -> None:
    assert asked(None) is None
    assert sent_elsewhere(None) is None


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        ("Stuur ons een privébericht.", True),
        ("Bel ons op 14 020.", True),
        ("U kunt mailen naar info@voorbeeld.nl", True),
        ("Kijk op www.voorbeeld.nl", True),
        ("Please contact us at the town hall", True),
        ("Dank u wel, de brug gaat om vijf uur open.", False),
        ("Dat is in 2024 besloten", False),
    ],
)
def test_a_reply_with_another_place_in_it_sends_people_there(text: str, is_sent: bool) -> None:
    assert sent_elsewhere(text) is is_sent


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Serieus?", "question"),
        ("Eindelijk geen overlast meer!", "complaint"),
        ("Fijn hoor, wéér dicht", "none"),
        ("Anneke?", "question"),
    ],
    ids=["rhetorical", "praise", "irony", "a friend"],
)
def test_the_known_errors_are_these(text: str, answer: str) -> None:
    assert asked(text) == answer
