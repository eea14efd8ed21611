"""Meta Business Suite's CSV of one number of a whole page per day; recognised, and refused.

The file is UTF-16: ``sep=,``, then the name of the number, then ``"Date","Primary"`` and a row per
day. It tells nothing about posts, and the canonical tables have no place for it.
"""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

from analysis.problems import InputProblem
from analysis.sources.encoding import read_start
from analysis.sources.first_lines import is_heading
from analysis.sources.reading import Reading, Source
from analysis.study import RawFile

FIRST_LINES = 4


def recognises(path: Path) -> bool:
    """Whether a file begins with ``sep=`` and has the columns Date and Primary below it."""
    first, *others = _first_lines(path)
    return first.startswith("sep=") and any(_is_header(line) for line in others)


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Say what this file is, and what to export instead.

    Raises
    ------
    InputProblem
        Always.
    """
    if not recognises(path):
        raise InputProblem(
            raw_file.path,
            "no columns 'Date' and 'Primary' below a line 'sep=,'",
            "Meta Business Suite's CSV of one number of a whole page per day",
            "Is its 'format' right?",
        )
    name = _name_above_header(_first_lines(path))
    if not is_heading(name):
        name = "a number without a name"
    raise InputProblem(
        raw_file.path,
        f"'{name}' of a whole page, per day; it tells nothing about posts",
        "a table of posts",
        "For posts choose Insights, Content, Export data in Meta Business Suite. Keep this file: "
        "it is good for what the page as a whole did on a day.",
    )


def _first_lines(path: Path) -> list[str]:
    lines = read_start(path).splitlines()[:FIRST_LINES]
    return [line.replace('"', "").strip() for line in lines] or [""]


def _name_above_header(lines: list[str]) -> str:
    """The line between ``sep=,`` and the header."""
    above = list(takewhile(lambda line: not _is_header(line), lines[1:]))
    return above[0] if above else ""


def _is_header(line: str) -> bool:
    return line.replace(";", ",").split(",")[:2] == ["Date", "Primary"]


SOURCE = Source(
    name="business_suite_page_daily",
    title="Meta Business Suite CSV of a whole page per day",
    recognises=recognises,
    read=read,
    gives=(),
)
