"""Damage to the bytes of small files, and what must hold when a reader meets it."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem
from analysis.sources.dialect import SEPARATORS
from analysis.sources.encoding import find_encoding
from analysis.sources.headers import plain_word
from analysis.sources.reading import Reading, sources
from analysis.study import RawFile

from .json_twins import ALL_TWINS as TWINS
from .twins import Twin

DAMAGED_FILES = int(os.environ.get("DAMAGED_FILES", "2000"))
"""Per reader; all readers together take about five minutes of one core. Set fewer at your desk."""

ZONE = ZoneInfo("Europe/Amsterdam")
STRANGE = [
    *(b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r\n", b"\r", b"\n\n", b"\x00", b" "),
    *(b"\xff", b"\xe9", b"\xc3", b"\xef\xbb\xbf", b"\xff\xfe", "é".encode(), "\u00a0".encode()),
    *(b"-", b".", b"1", b"9", b"1e5", b"1.5", b"NA", b"{", b"}", b"[", b"]", b":", b"\\"),
]
Damage = Callable[[bytes, random.Random], bytes]


def flip_a_bit(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return b"%b%c%b" % (
        content[:place],
        content[place] ^ (1 << chance.randrange(8)),
        content[place + 1 :],
    )


def remove_bytes(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randint(1, 12) :]


def insert_something(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(STRANGE) + content[place:]


def cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def repeat_a_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def exchange_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def change_the_separator(content: bytes, chance: random.Random) -> bytes:
    old, new = (separator.encode() for separator in chance.sample(list(SEPARATORS), 2))
    return content.replace(old, new)


DAMAGES: list[Damage] = [
    *(flip_a_bit, remove_bytes, insert_something) * 3,
    *(cut_off, repeat_a_line, exchange_lines, change_the_separator),
]


def damaged(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if content:
            content = chance.choice(DAMAGES)(content, chance)
    return content


def damaged_files(name: str, content: bytes) -> dict[bytes, int]:
    """What damage makes of a file, each content once, with the number of a damage that makes it."""
    return {
        damaged(content, random.Random(f"{name} {number}")): number
        for number in range(DAMAGED_FILES)
    }


def written_cells(path: Path, reading: Reading, twin: Twin) -> dict[int, dict[str, str]]:
    text = path.read_bytes().decode(find_encoding(path), errors="ignore").removeprefix("\ufeff")
    separators = {name: mark for mark, name in SEPARATORS.items()}
    separator = separators.get(reading.decided.get("separator", ""), ",")
    return dict(twin.written(text, separator))


def wrong_counts(rows: pl.DataFrame, cells: dict[int, dict[str, str]], twin: Twin) -> list[str]:
    """Name the counts of usable rows that are not the number in their cell."""
    wrong = []
    for row in rows.filter(pl.col("reason").is_null()).iter_rows(named=True):
        written = cells.get(row["row"], {})
        in_any_capitals = {plain_word(name): cell for name, cell in written.items()}
        for field, column in twin.counts.items():
            count, cell = row[field], written.get(column, "")
            if count is None:
                is_wrong = cell.isdigit() and field not in twin.may_be_missing
            else:
                cell = cell or in_any_capitals.get(plain_word(column), "")
                is_wrong = count != twin.number(cell)
            if is_wrong:
                wrong.append(f"row {row['row']}: {field} is {count}, written is {cell!r}")
    return wrong


def assert_no_count_changes_unseen(name: str, folder: Path) -> None:
    """Damage the twin of a format again and again, and read it."""
    source, twin = sources()[name], TWINS[name]
    raw_file = RawFile.model_validate({"path": twin.name, "simulated": False, **twin.known})
    path, scratch = folder / twin.name, folder / "scratch"
    scratch.mkdir()
    files, n_read = damaged_files(name, twin.content), 0
    for content, number in files.items():
        path.write_bytes(content)
        try:
            source.recognises(path)
            reading = source.read(path, raw_file, ZONE, scratch)
        except InputProblem:
            continue
        rows = reading.rows.collect(engine="in-memory")
        wrong = wrong_counts(rows, written_cells(path, reading, twin), twin)
        n_read += 1

        assert rows.height == reading.rows_read, f"damage {number}: {rows.height} rows"
        assert not wrong, f"damage {number}: {wrong}"
    assert n_read > len(files) / 4
