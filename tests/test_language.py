"""The languages in which results are written."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from analysis.content.rules import classes
from analysis.language import CATALOGUES, REASON, read_catalogue, say, speaking, wording
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.channels import MEASURES as OF_CHANNELS
from analysis.needs import NEEDS
from analysis.sentences import count

ENGLISH, DUTCH = wording("en"), wording("nl")
TEXTS_OF = {"say": slice(0, 1), "plural": slice(0, 1), "count": slice(1, 2)}
"""Which arguments of a call are English texts."""
NAMED_IN_THE_CODE = {
    *(text for one in CATALOGUE.values() for text in (one.label, one.unit)),
    *(one.label for one in OF_CHANNELS),
    *(need.question for need in NEEDS),
    *(text for of in classes().values() for rule in of.all for text in (rule.meaning, rule.errors)),
}
"""Texts that stand in a table and are said from there."""
NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
PLACEHOLDER = re.compile(r"\{(\w+)")


def texts_in_code(project: Path) -> set[str]:
    """Every English text that the code says."""
    files = set((project / "src" / "analysis").rglob("*.py"))
    reading = set((project / "src" / "analysis" / "sources").glob("*.py"))  # `count` reads there
    return {text for file in files - reading for text in _texts_said(file)} | NAMED_IN_THE_CODE


def _texts_said(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for argument in node.args[TEXTS_OF.get(name, slice(0))]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def messages() -> list[Message]:
    files = sorted(CATALOGUES.glob("*.po"))
    return [message for file in files for message in read_catalogue(file) if message.id]


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_every_text_in_the_code_has_a_dutch_one(project: Path) -> None:
    assert not texts_in_code(project) - {english(m) for m in messages() if m.context != REASON}


def test_every_dutch_text_is_said_somewhere(project: Path) -> None:
    said = texts_in_code(project)
    assert not [english(m) for m in messages() if m.context != REASON and english(m) not in said]


def test_no_text_is_translated_twice() -> None:
    seen = [(message.context, english(message)) for message in messages()]
    assert not [text for text in set(seen) if seen.count(text) > 1]


def test_a_translation_fills_in_the_same_values() -> None:
    for message in messages():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(strings), f"{ids[0]} has no Dutch"
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        assert {name for text in strings for name in PLACEHOLDER.findall(text)} == wanted, ids[0]


@pytest.mark.parametrize("otherwise", ["“", "”", "studiebestand", "bereikpercentage"])
def test_the_dutch_says_one_thing_in_one_way(otherwise: str) -> None:
    of_notebooks = (path.parent / "nl" / f"{path.stem}.po" for path in NOTEBOOKS)
    texts = [*messages(), *(message for path in of_notebooks for message in read_catalogue(path))]
    assert not [english(text) for text in texts if text.id and otherwise in str(text.string)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_text_of_a_notebook_has_a_dutch_one(path: Path) -> None:
    cells = json.loads(path.read_bytes())["cells"]
    texts = {"".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"}
    catalogue = read_catalogue(path.parent / "nl" / f"{path.stem}.po")
    dutch = {str(message.id): str(message.string) for message in catalogue if message.id}
    assert texts == set(dutch)
    assert all(dutch.values())


def test_a_language_is_spoken_until_another_is() -> None:
    with speaking("nl"):
        assert (say("not measured"), count(1, "page")) == ("niet gemeten", "1 pagina")
    assert say("not measured") == "not measured"


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert ENGLISH.decimal(-12345.6, 1) == "−12,345.6"
    assert DUTCH.decimal(-12345.6, 1) == "−12.345,6"
    assert DUTCH.day(date(2023, 3, 1)) == "1 maart 2023"


@pytest.mark.parametrize(
    ("n", "written"), [(0, "geen pagina’s"), (1, "1 pagina"), (12041, "12.041 pagina’s")]
)
def test_a_plural_goes_with_its_number(n: int, written: str) -> None:
    with speaking("nl"):
        assert count(n, "page") == written


def test_a_reason_is_known_whatever_number_stands_in_it() -> None:
    reason = "an interval takes at least 6 pages, and there are 3"
    assert DUTCH.reason(reason).startswith("voor een interval zijn ten minste 6 pagina’s nodig")
    assert ENGLISH.reason(reason) == reason


IN_COLUMN = "'{}' in column 'likes' is no whole number"
IN_DUTCH = "‘{}’ in kolom ‘likes’ is geen heel getal"


@pytest.mark.parametrize(
    "cell",
    [
        "12 or so",
        "Jan's and Piet's",
        "1' in column 'shares' is a negative count",
        "id '1' in column 'shares' was rounded by a spreadsheet",
        "1' of page '2",
        "5' UTC, from the study file",
        "not measured: there are no posts",
        "there are no posts",
        "1, all year: Europe/Berlin",
        "a and 3 more, by id in 2",
        "1 in 2 of 3 rows (first in row 4); it is not needed.",
        "{column} {0}",
        "two\nlines",
    ],
)
def test_the_text_of_a_cell_stays_a_cell_in_whatever_words_it_is_written(cell: str) -> None:
    assert DUTCH.reason(IN_COLUMN.format(cell)) == IN_DUTCH.format(cell)


@pytest.mark.parametrize("name", ["Ten are 5 in 6 of 7 posts of Ten", "'s-Hertogenbosch", "Jan's"])
def test_the_name_of_a_page_stays_a_name_in_whatever_words_it_is_written(name: str) -> None:
    said = DUTCH.reason(
        f"Comments are 1 in 1,100 of 1,200 posts of {name}: a platform may show the same small "
        "number where it hides the real one."
    )
    assert said.startswith(f"Opmerkingen: 1 bij 1.100 van de 1.200 berichten van {name}. Een")


@pytest.mark.parametrize("column", ["x in 1 of 2 rows (first in row 3); y", "Jan's column"])
def test_the_name_of_a_column_stays_a_name_within_a_longer_text(column: str) -> None:
    said = DUTCH.reason(
        f"'{column}' cannot be read in 5 of 9 rows (first in row 2); it is not needed."
    )
    assert said == (
        f"‘{column}’ is niet te lezen in 5 van de 9 rijen (het eerst in rij 2); het is niet nodig."
    )


def test_a_column_that_is_called_like_a_reason_stays_a_column() -> None:
    column = "likes' is no yes or no, the study's"
    assert DUTCH.reason(f"'{column}' cannot be read") == f"‘{column}’ is niet te lezen"


def test_a_reason_says_its_kind_of_missing_in_the_same_words_as_all_others() -> None:
    assert (
        DUTCH.reason("not measured: there are no posts") == "niet gemeten: er zijn geen berichten"
    )
    assert DUTCH.reason("not measured: something new") == "niet gemeten: something new"


def test_a_reason_without_a_translation_stays_as_it_is() -> None:
    assert DUTCH.reason("something new") == "something new"
