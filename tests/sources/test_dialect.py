"""Tables as text: separators, quotation marks, and records that are not whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.problems import InputProblem
from analysis.sources.dialect import open_in_memory, open_table, read_header
from analysis.sources.shape import measure

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=12)
CELLS = st.lists(
    st.tuples(TEXT, TEXT, TEXT.filter(str.strip)).map(lambda row: [cell.strip() for cell in row]),
    min_size=1,
    max_size=8,
)


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "posts.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path: Path, folder: Path) -> pl.DataFrame:
    table = open_table(path, folder)
    return table.rows.select(
        "row", *(table.cell(name).alias(name) for name in table.columns)
    ).collect()


@settings(deadline=None)
@given(
    rows=CELLS,
    dialect=st.fixed_dictionaries(
        {
            "delimiter": st.sampled_from([",", ";", "\t", "|"]),
            "lineterminator": st.sampled_from(["\n", "\r\n"]),
            "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        }
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    for_excel=st.booleans(),
    final_line_end=st.booleans(),
)
def test_a_table_written_in_any_dialect_is_read_back_unchanged(
    rows: list[list[str]],
    dialect: dict[str, Any],
    encoding: str,
    for_excel: bool,
    final_line_end: bool,
) -> None:
    text = io.StringIO()
    if for_excel:
        text.write(f"sep={dialect['delimiter']}{dialect['lineterminator']}")
    csv.writer(text, **dialect).writerows([["page", "message", "count"], *rows])
    written = text.getvalue()
    if not final_line_end:
        written = written.removesuffix(dialect["lineterminator"])
    with TemporaryDirectory() as folder:
        path = write(Path(folder), written.encode(encoding))
        table = open_table(path, Path(folder))
        read = cells(path, Path(folder))

    assert table.columns == ("page", "message", "count")
    assert table.rows_read == len(rows)
    assert read.rows() == [
        (number, *(cell or None for cell in row)) for number, row in enumerate(rows, start=2)
    ]


@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_line_for_excel_above_the_header_is_no_part_of_the_table(
    tmp_path: Path, line: str, encoding: str
) -> None:
    path = write(tmp_path, f"{line}pagina;tekst\n7;één\nsep=;twee\n".encode(encoding))
    table = open_in_memory(path)
    in_memory = table.rows.select("row", table.cell("pagina"), table.cell("tekst")).collect()

    assert read_header(path) == table.columns == ("pagina", "tekst")
    assert (
        cells(path, tmp_path).rows() == in_memory.rows() == [(2, "7", "één"), (3, "sep=", "twee")]
    )


@settings(deadline=None)
@given(rows=CELLS, cut=st.integers(min_value=1))
def test_wherever_a_file_is_cut_off_its_whole_rows_are_read(
    rows: list[list[str]], cut: int
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["page", "message", "count"], *rows])
    content = text.getvalue().encode()
    header = len(b"page,message,count\n")
    end = (
        header + 1 + cut % (len(content) - header - 1) if len(content) > header + 1 else header + 1
    )
    with TemporaryDirectory() as folder:
        path = write(Path(folder), content[:end])
        table = open_table(path, Path(folder))
        read = table.rows.collect()

    assert read.height == table.rows_read
    whole = read.filter(pl.col("problem").is_null()).height
    assert whole in (table.rows_read, table.rows_read - 1)
    assert table.rows_read <= len(rows)


def test_row_numbers_count_records_and_not_lines(tmp_path: Path) -> None:
    path = write(tmp_path, 'page,message\na,"two\nlines"\nb,one line\n')

    assert cells(path, tmp_path).rows() == [(2, "a", "two\nlines"), (3, "b", "one line")]


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    path = write(tmp_path, "page,message\n\na,x\n\n\nb,y\n\r\n")

    assert open_table(path, tmp_path).rows_read == 2
    assert cells(path, tmp_path).rows() == [(3, "a", "x"), (6, "b", "y")]


def test_a_row_with_another_number_of_cells_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "page,message,count\na,x\nb,y,1\nc,z,1,2\n")

    assert open_table(path, tmp_path).rows.select("problem").collect().to_series().to_list() == [
        "the row has 2 cells where the header has 3",
        None,
        "the row has 4 cells where the header has 3",
    ]


@pytest.mark.parametrize(
    "cut_off",
    ["b,y", 'b,"y', 'b,"y,1\nsecond line', 'b,y,"1', "b,\u00e9\u00e9n,é".encode()[:-1]],
    ids=["too few cells", "open quote", "open quote, two lines", "last cell", "half a character"],
)
def test_a_last_record_that_is_cut_off_is_kept_apart(tmp_path: Path, cut_off: str | bytes) -> None:
    end = cut_off if isinstance(cut_off, bytes) else cut_off.encode()
    table = open_table(write(tmp_path, b"page,message,count\na,x,1\n" + end), tmp_path)
    rows = table.rows.select("row", "problem", raw=table.raw()).collect().rows()

    assert table.rows_read == 2
    assert rows[0] == (2, None, "a,x,1")
    assert rows[1][:2] == (3, "the file ends in the middle of this row")
    assert rows[1][2].startswith("b,")
    assert "ends in the middle of a row" in table.warnings[0]


def test_quotation_marks_inside_cells_are_read_as_they_stand(tmp_path: Path) -> None:
    path = write(tmp_path, 'page,message\na,a 5" pipe\nb,"x"\n')

    assert cells(path, tmp_path).rows() == [(2, "a", 'a 5" pipe'), (3, "b", "x")]
    assert "quotation marks" in open_table(path, tmp_path).warnings[0]


def test_a_carriage_return_alone_ends_no_line_not_even_behind_a_quotation_mark(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, 'page,message\r\na,"1,4"\rmore\r\nb,two\rlines\r\n')

    assert cells(path, tmp_path).rows() == [(2, "a", "1,4 more"), (3, "b", "two lines")]


def test_a_long_first_line_is_cut_by_the_separator_that_stands_in_it(tmp_path: Path) -> None:
    assert len(read_header(write(tmp_path, '{"id":"1"},' * 30_000))) == 30_001


def test_nothing_but_a_byte_order_mark_is_an_empty_first_line(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="an empty first line"):
        read_header(write(tmp_path, b"\xff\xfe"))


def test_a_name_with_signs_in_it_is_the_name_of_one_file(tmp_path: Path) -> None:
    path = tmp_path / "posts [1]*.csv"
    path.write_text("page,count\na,1\n", encoding="utf-8")

    assert cells(path, tmp_path).rows() == [(2, "a", "1")]


def test_a_column_name_that_occurs_again_is_numbered(tmp_path: Path) -> None:
    assert read_header(write(tmp_path, "page,count,count\n")) == ("page", "count", "count (2)")


@pytest.mark.parametrize("content", ["page,message\n", "page,message", "page,message\n\n\n"])
def test_a_header_without_rows_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputProblem, match="a header and no rows"):
        open_table(write(tmp_path, content), tmp_path)


def test_rows_are_counted_over_the_borders_of_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, 'page,message\na,"x ""y""\nz"\nb\nc,"d"\nf,"g')
    expected = measure(path, ",", 2)
    for size in range(1, 30):
        monkeypatch.setattr("analysis.sources.encoding.CHUNK", size)
        assert measure(path, ",", 2) == expected
    assert (expected.rows, expected.ragged, expected.cut_off) == (4, {3: 1}, b'f,"g')
