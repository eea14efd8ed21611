"""Whether the first line of a file names its columns, or is data that may quote people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.problems import listed, nearest

LONGEST_HEADING = 80
"""Page insights have names of columns of nearly this length."""
_IN_BRACKETS = re.compile(r"\(.*\)$")
_ANY_SEPARATOR = re.compile(r"[,;\t|]")
_DATA = re.compile(
    r"""
    \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4} | \d{1,2}:\d{2}     # a date or a time in digits
    | \d{1,2}[\s,.]+[^\W\d]{3,}[\s,.]+\d{4}             # 1 May 2023
    | [^\W\d]{3,}[\s,.]+\d{1,2}[\s,.]+\d{4}             # May 1, 2023
    | ^[\d.,\s]+[a-z]?$ | ^\d+(?:[.,]\d+)?e[+-]?\d+$   # 3.4K, 1.0E+14
    | \d{5} | ^pfbid | =$                               # ids
    | https?:// | www\. | @\w                           # addresses
    | ^[\[{] | [\]}]$                                   # JSON
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORDS_OF_HEADINGS = re.compile(
    r"""
    page | pagina | post | bericht | message | text | tekst | title | titel | type | kind | soort
    | date | datum | time | tijd | created | published | ^day$ | ^dag$ | month | maand | year | jaar
    | (?:^|[_\W])id(?:$|s$|[_\W]) | url | link | name | naam | namn | account | user | category
    | like | love | wow | haha | sad | angry | react | reakt | comment | opmerking | share | gedeeld
    | view | weergav | reach | bereik | räckvidd | impression | follower | volger | click | klik
    | count | aantal | total | totaal | tier | laag | platform | video
    | photo | foto | amount | bedrag
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Names of columns have such words; what people write, and are called, seldom has."""


def is_heading(cell: str) -> bool:
    """Whether a cell looks like the name of a column, not like what stands under one.

    A heading is short, what it has in brackets at its end left out, has a letter, and is no date,
    no number with a unit, no address and no id.
    """
    name = _IN_BRACKETS.sub("", cell)
    has_letter = any(map(str.isalpha, name))
    return has_letter and len(name) <= LONGEST_HEADING and not _DATA.search(name)


def has_headings(columns: Sequence[str]) -> bool:
    """Whether a first line names columns; without a header it is a row, and may quote people.

    Every cell must look like a heading, and a third of them must have a word that headings have. A
    line that was taken for one cell is cut at every separator; one sentence is no heading.
    """
    line = columns if len(columns) > 1 else _ANY_SEPARATOR.split(columns[0])
    cells = [cell for cell in line if cell.strip()]
    is_sentence = len(line) == 1 and len(line[0].split()) > 1
    n_telling = sum(bool(_WORDS_OF_HEADINGS.search(cell)) for cell in cells)
    return not is_sentence and all(map(is_heading, cells)) and 3 * n_telling >= len(cells)


def columns_in_words(columns: Sequence[str]) -> str:
    """Name the columns of a file for a message, unless its first line may be what people wrote."""
    if not has_headings(columns):
        return "(its first line looks like data, not like headings)"
    return listed(columns)


def nearest_column(column: str, columns: Sequence[str]) -> str:
    """Ask whether another column was meant; nothing where the first line names none."""
    return nearest(column, columns) if has_headings(columns) else ""
