"""The same records in any form that JSON takes say the same, and ids keep their digits."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.json_records import open_records
from analysis.sources.reading import sources

from .json_files import read_path
from .json_twins import (
    APIFY_COMMENT,
    CROWDTANGLE_POST,
    GRAPH_COMMENT,
    GRAPH_POST,
    JSON_TWINS,
    LIBRARY_COMMENT,
    LIBRARY_POST,
    SCRAPED_POST,
    STATUS,
)
from .planted import PAGE

Record = dict[str, Any]
SEPARATORS_IN_TEXT = "\u2028\u2029\u0085\u000b\u000c\u001c\u001d\u001e\r"
"""Characters at which some programs end a line, and JSON does not."""

TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from(SEPARATORS_IN_TEXT + '"\\')
    ),
    max_size=20,
)
LONG_IDS = st.lists(st.integers(10**14, 10**19 - 1), min_size=1, max_size=4, unique=True)
"""Of 15 to 19 digits, as Meta's are; a float keeps 15 of them."""


def one_list(records: Sequence[Record]) -> list[Any]:
    return [list(records)]


def one_answer(records: Sequence[Record]) -> list[Any]:
    return [{"data": list(records), "paging": {"cursors": {"after": "x"}}}]


def list_of_answers(records: Sequence[Record]) -> list[Any]:
    return [[{"data": [record]} for record in records]]


def wrapped(records: Sequence[Record]) -> list[Any]:
    return [{"result": {"posts": list(records), "pagination": {}}}]


def record_per_line(records: Sequence[Record]) -> list[Any]:
    return list(records)


def answer_per_line(records: Sequence[Record]) -> list[Any]:
    return [{"data": [record]} for record in records]


def list_per_line(records: Sequence[Record]) -> list[Any]:
    return [[record] for record in records]


def as_they_are(value: Any) -> Any:
    return value


def numbers_as_text(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return str(value)


def digits_as_numbers(value: Any) -> Any:
    is_number = isinstance(value, str) and value.isdecimal() and str(int(value)) == value
    return int(value) if is_number else value


def everywhere(change: Callable[[Any], Any], value: Any) -> Any:
    """Change all values in a document, however deep."""
    if isinstance(value, dict):
        return {key: everywhere(change, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [everywhere(change, inner) for inner in value]
    return change(value)


@dataclass(frozen=True)
class Dialect:
    """A form in which records are written."""

    shape: Callable[[Sequence[Record]], list[Any]]
    numbers: Callable[[Any], Any]
    encoding: str
    escapes: bool
    indent: int | None
    line_end: str
    final_line_end: bool

    def write(self, records: Sequence[Record]) -> bytes:
        """Write the documents one per line; only a document that is alone can be indented."""
        documents = [everywhere(self.numbers, found) for found in self.shape(records)]
        indent = self.indent if len(documents) == 1 else None
        lines = [json.dumps(d, ensure_ascii=self.escapes, indent=indent) for d in documents]
        text = self.line_end.join(lines) + (self.line_end if self.final_line_end else "")
        return text.encode(self.encoding)


SHAPES = (
    *(one_list, one_answer, list_of_answers, wrapped),
    *(record_per_line, answer_per_line, list_per_line),
)
DIALECTS = st.builds(
    Dialect,
    shape=st.sampled_from(SHAPES),
    numbers=st.sampled_from([as_they_are, numbers_as_text, digits_as_numbers]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    escapes=st.booleans(),
    indent=st.sampled_from([None, 2]),
    line_end=st.sampled_from(["\n", "\r\n", "\n\n"]),
    final_line_end=st.booleans(),
)


@settings(deadline=None)
@given(ids=LONG_IDS, texts=st.lists(TEXT, min_size=4, max_size=4), dialect=DIALECTS)
def test_records_written_in_any_dialect_are_read_back_unchanged(
    ids: list[int], texts: list[str], dialect: Dialect
) -> None:
    records: list[Record] = [
        {"id": number, "deep": {"text": text, "count": 3}, "null": None, "list": [1, None]}
        for number, text in zip(ids, texts, strict=False)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_bytes(dialect.write(records))
        table = open_records(path, ("id", "deep.text", "deep.count", "null"), ("id",))
        cells = table.rows.select(
            "row", table.text("id"), table.text("deep.text"), table.text("deep.count"), "problem"
        ).collect()

    assert table.rows_read == len(records)
    assert cells.rows() == [
        (row, str(number), text, "3", None)
        for row, (number, text) in enumerate(zip(ids, texts, strict=False), start=1)
    ]


def _graph_comment(number: int) -> Record:
    return GRAPH_COMMENT | {"id": f"1001_{number}", "comments": {"data": []}}


def _apify_comment(number: int) -> Record:
    written = base64.b64encode(f"comment:1001_{number}".encode()).decode()
    return APIFY_COMMENT | {"id": written}


def _scraped_post(number: int) -> Record:
    (comment,) = SCRAPED_POST["comments_full"]
    return SCRAPED_POST | {"comments_full": [comment | {"comment_id": number, "replies": []}]}


WITH_ID: dict[str, Callable[[int], Record]] = {
    "graph_posts": lambda number: GRAPH_POST | {"id": f"{PAGE}_{number}"},
    "graph_comments": _graph_comment,
    "content_library_api": lambda number: LIBRARY_POST | {"id": number},
    "content_library_comments": lambda number: LIBRARY_COMMENT | {"id": number},
    "crowdtangle_api": lambda number: CROWDTANGLE_POST | {"platformId": f"{PAGE}_{number}"},
    "apify_comments": _apify_comment,
    "facebook_scraper_comments": _scraped_post,
    "mastodon": lambda number: STATUS | {"id": str(number)},
}


def test_every_reader_of_json_is_read_in_dialects() -> None:
    assert WITH_ID.keys() == JSON_TWINS.keys()


@pytest.mark.parametrize("name", WITH_ID)
@settings(deadline=None, max_examples=30)
@given(ids=LONG_IDS, dialect=DIALECTS)
def test_an_export_says_the_same_in_any_dialect_and_its_ids_lose_no_digit(
    name: str, ids: list[int], dialect: Dialect
) -> None:
    records = [WITH_ID[name](number) for number in ids]
    plain = Dialect(one_list, as_they_are, "utf-8", True, None, "\n", True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_bytes(plain.write(records))
        expected, _ = read_path(path, name, Path(folder))
        path.write_bytes(dialect.write(records))
        found, reading = read_path(path, name, Path(folder))
        is_recognised = sources()[name].recognises(path)

    id_column = "comment_id" if sources()[name].kind == "comments" else "post_id"
    assert is_recognised
    assert found[id_column].to_list() == [str(number) for number in ids]
    assert found["reason"].null_count() == reading.rows_read == len(ids)
    assert found.drop("raw").equals(expected.drop("raw"))


def test_one_record_alone_is_a_whole_export(tmp_path: Path) -> None:
    for name, with_id in WITH_ID.items():
        path = tmp_path / "export.json"
        path.write_text(json.dumps(with_id(10**18 + 1), indent=1), encoding="utf-8-sig")
        rows, _ = read_path(path, name, tmp_path)

        assert str(10**18 + 1) in rows.select(pl.col("^(post|comment)_id$")).row(0), name
