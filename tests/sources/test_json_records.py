"""JSON as exports hold it: documents, pages of answers, lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.problems import InputProblem
from analysis.sources.json_records import RecordTable, at, iso_time, open_records


def table(folder: Path, content: str | bytes, *columns: str) -> RecordTable:
    path = folder / "export.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_records(path, columns or ("id",), ("id",))


def ids(found: RecordTable) -> list[str | None]:
    return found.rows.select(found.cell("id")).collect().to_series().to_list()


def problems(found: RecordTable) -> list[str | None]:
    return found.rows.collect()["problem"].to_list()


RECORDS = [{"id": "1"}, {"id": "2"}]


@pytest.mark.parametrize(
    "document",
    [
        RECORDS,
        {"data": RECORDS, "paging": {"cursors": {"after": "x"}}},
        [{"data": RECORDS[:1]}, {"data": RECORDS[1:]}],
        {"result": {"posts": RECORDS, "pagination": {}}},
        {"one": {"data": RECORDS[:1]}, "two": RECORDS[1:], "summary": {"likes": 3}},
    ],
    ids=["list", "answer", "answers", "deeper", "wrapper"],
)
def test_records_are_found_wherever_a_document_holds_them(tmp_path: Path, document: Any) -> None:
    assert ids(table(tmp_path, json.dumps(document))) == ["1", "2"]
    assert ids(table(tmp_path, json.dumps(document, indent=1))) == ["1", "2"]


def test_one_record_is_a_document(tmp_path: Path) -> None:
    assert ids(table(tmp_path, '{"id": "1", "comments": {"data": [{"id": "2"}]}}')) == ["1"]


def test_lines_hold_records_or_answers(tmp_path: Path) -> None:
    found = table(tmp_path, '{"id": "1"}\n\n{"data": [{"id": "2"}, {"id": "3"}]}\n[{"id": "4"}]\n')

    assert ids(found) == ["1", "2", "3", "4"]
    assert found.rows.collect()["row"].to_list() == [1, 2, 3, 4]


def test_lines_end_at_line_feeds_only(tmp_path: Path) -> None:
    text = '{"id": "1", "text": "a\u2028b\u0085c\x0b"}\n{"id": "2", "text": "d"}\n'.replace(
        "\x0b", "\\u000b"
    )
    found = table(tmp_path, text, "id", "text")

    assert ids(found) == ["1", "2"]
    assert found.rows.collect()["cell:text"][0] == "a\u2028b\u0085c\x0b"


def test_a_line_that_is_no_json_is_one_row_lost_and_the_others_are_read(tmp_path: Path) -> None:
    found = table(tmp_path, '{"id": "1"}\n{"id" "2"}\n"x"\n{"id": "3"}\n')

    assert ids(found) == ["1", None, None, "3"]
    assert problems(found) == [None, "line 2 is no JSON", "line 3 is no JSON", None]


@pytest.mark.parametrize("cut", ['{"id": "2", "te', '{"id": "2", "text": "caf\u00e9'])
def test_a_last_line_that_is_cut_off_is_one_row_lost(tmp_path: Path, cut: str) -> None:
    found = table(tmp_path, ('{"id": "1"}\n' + cut).encode()[:-1])

    assert problems(found) == [None, "the file ends in the middle of this record"]
    assert found.warnings == ("The file ends in the middle of a record, which is not used.",)


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        ('[{"id": 1},\n {"id" 2}]', "line 2, column 8", "broken JSON"),
        ('{"data": [{"id": "1"}', "line 1, column 22", "broken JSON"),
        ("12", "export.json", "one value"),
        ('{"data": []}', "export.json", "not one record"),
        ('{"other": {"key": 1}}', "export.json", "not one record"),
        ('[{"other": 1}]', "export.json", "not one record with a field of this format"),
        ('[["a", "b"]]', "export.json", "not one record with a field of this format"),
        ("", "export.json", "the file is empty"),
        ('{"error": {"message": "(#100) metric", "code": 100}}', "export.json", "error, code 100"),
        ("[" * 100_000, "export.json", "nested too deeply"),
    ],
    ids=[
        *("broken", "cut off", "number", "nothing", "no list", "other fields", "lists"),
        *("empty", "error", "deep"),
    ],
)
def test_a_file_without_records_is_one_clear_problem(
    tmp_path: Path, content: str, where: str, found: str
) -> None:
    with pytest.raises(InputProblem) as problem:
        table(tmp_path, content)
    assert problem.value.where.endswith(where)
    assert found in problem.value.found


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (100, "One name that is no longer valid"),
        (190, "The access token has expired or was withdrawn: get a new one"),
        (4, "Ask the API again"),
        (None, "Ask the API again"),
    ],
)
def test_an_error_of_an_api_says_what_to_do_about_it(
    tmp_path: Path, code: int | None, remedy: str
) -> None:
    with pytest.raises(InputProblem) as problem:
        table(tmp_path, json.dumps({"error": {"message": "Wilhelmina", "code": code}}))
    assert problem.value.remedy.startswith(remedy)
    assert "Wilhelmina" not in str(problem.value)


def test_a_broken_file_does_not_travel_along_with_its_problem(tmp_path: Path) -> None:
    with pytest.raises(InputProblem) as problem:
        table(tmp_path, '[{"text": "Wilhelmina" "x"}]')
    assert problem.value.__cause__ is None
    assert "Wilhelmina" not in str(problem.value)


def test_numbers_keep_the_digits_they_are_written_with(tmp_path: Path) -> None:
    content = '[{"id": 1234567890123456789}, {"id": 1.03506E+17}, {"id": ' + "9" * 5000 + "}]"

    assert ids(table(tmp_path, content)) == ["1234567890123456789", "1.03506E+17", "9" * 5000]


def test_what_is_no_record_is_a_row_with_a_problem(tmp_path: Path) -> None:
    assert problems(table(tmp_path, '[{"id": "1"}, "x", null, 3, [1]]')) == [
        None,
        *["this is no record"] * 4,
    ]


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    assert ids(table(tmp_path, '[{"id": "a\\ud83d"}]')) == ["a?"]


def test_utf16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        assert ids(table(tmp_path, '[{"id": "é"}]'.encode(encoding))) == ["é"]


def test_a_next_page_that_is_not_in_the_file_is_told(tmp_path: Path) -> None:
    first = '{"data": [{"id": "1"}], "paging": {"next": "https://example.org?access_token=SECRET"}}'
    last = '{"data": [{"id": "2"}], "paging": {}}'

    (warning,) = table(tmp_path, first).warnings
    assert "another one" in warning
    assert "SECRET" not in warning
    assert table(tmp_path, f"{first}\n{last}\n").warnings == ()


def test_a_place_in_a_record_may_be_nested_or_one_name() -> None:
    nested: dict[str, object] = {"shares": {"count": 3}, "attachments": {"data": [{"type": "x"}]}}

    assert at(nested, "shares.count") == at({"shares.count": 3}, "shares.count") == 3
    assert at(nested, "attachments.data.0.type") == "x"
    assert at(nested, "attachments.data.1.type") is None
    assert at(nested, "shares.count.more") is None


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2025-06-22T10:44:19+0000", "10:44"),
        ("2025-06-22T10:44:19+02:00", "08:44"),
        ("2025-06-22T10:44:19.123Z", "10:44"),
        ("2025-06-22 10:44:19", "08:44"),
        ("1750589059", "10:44"),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_are_read_with_the_zone_behind_them(written: str | None, hour: str | None) -> None:
    text = pl.DataFrame({"time": [written]}, schema={"time": pl.String})
    (time,) = text.select(iso_time(pl.col("time"), ZoneInfo("Europe/Amsterdam"))).to_series()

    assert (time and f"{time:%H:%M}") == hour
