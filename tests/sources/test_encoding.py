"""Encodings of raw files."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.problems import InputProblem
from analysis.sources.encoding import find_encoding, in_utf8

DUTCH = "page,message\nGemeente Súdwest-Fryslân,“Café in ’t Veen is 3 weken dicht – één rij.”\n"


@pytest.mark.parametrize(
    ("written_in", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encodings_of_spreadsheets_are_found_and_read(
    tmp_path: Path, written_in: str, found: str
) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(DUTCH.encode(written_in))

    assert find_encoding(path) == found
    readable = in_utf8(path, found, tmp_path)
    assert readable.read_text(encoding="utf-8-sig") == DUTCH


def test_a_copy_is_only_made_of_a_file_that_needs_one(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(DUTCH, encoding="utf-8")

    assert in_utf8(path, find_encoding(path), tmp_path) == path


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "an image"),
        (b"PK\x03\x04" + bytes(200), "an Excel workbook or another zip archive"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(255, 0, -1)), "a binary file"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(content)

    with pytest.raises(InputProblem, match=found) as problem:
        find_encoding(path)
    assert "posts.csv" in problem.value.where


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "shift-jis", "iso8859-7"])
def test_other_alphabets_are_not_taken_for_western_text(tmp_path: Path, encoding: str) -> None:
    text = {"shift-jis": "橋は開いています", "iso8859-7": "η γέφυρα είναι ανοιχτή"}
    path = tmp_path / "posts.csv"
    path.write_bytes(f"id,text\n1,{text.get(encoding, 'мост открыт')}\n".encode(encoding))

    with pytest.raises(InputProblem, match="unreadable characters"):
        find_encoding(path)


def test_utf8_with_a_damaged_byte_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes("id,text\n1,thé\n2,café\n".encode().replace(b"caf\xc3", b"caf"))

    with pytest.raises(InputProblem) as problem:
        find_encoding(path)
    assert problem.value.where.endswith("line 3")
    assert "UTF-8" in problem.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no such file"):
        find_encoding(tmp_path / "posts.csv")


def test_damaged_utf16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(DUTCH.encode("utf-16") + b"\x00\xd8\x00\xd8")

    with pytest.raises(InputProblem, match="damaged UTF-16"):
        in_utf8(path, find_encoding(path), tmp_path)
