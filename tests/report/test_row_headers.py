"""Tags of the cells that head a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pikepdf
import pytest
from nbformat.v4 import new_markdown_cell

from analysis.report.row_headers import with_row_headers
from analysis.report.tables import cell, table

if TYPE_CHECKING:
    from conftest import ReadPdf

MakePdf = Callable[..., "ReadPdf"]


def test_header_cells_are_found_by_name(make_pdf: MakePdf) -> None:
    pdf = make_pdf(new_markdown_cell("<table><tr><th>a</th><td>1</td></tr></table>"))
    names = pikepdf.NameTree(pdf.file.Root.StructTreeRoot.IDTree)
    headers = pdf.elements("TH")
    assert len(headers) == 3
    assert [names[str(header.ID)].objgen for header in headers] == [h.objgen for h in headers]


def test_a_cell_that_spans_rows_heads_all_of_them(make_pdf: MakePdf) -> None:
    html = "<table><tr><th rowspan='2'>a</th><td>1</td></tr><tr><td>2</td></tr></table>"
    pdf = make_pdf(new_markdown_cell(html))
    name = str(pdf.elements("TH")[-1].ID)
    assert [str(data.A[0].Headers[0]) for data in pdf.elements("TD")[-2:]] == [name, name]


def test_other_tables_than_there_should_be_are_an_error(make_pdf: MakePdf) -> None:
    pdf = make_pdf(new_markdown_cell("| a |\n|---|\n| 1 |")).path.read_bytes()
    one = table([], [[cell([])]])
    with pytest.raises(ValueError, match="argument 2"):
        with_row_headers(pdf, [one] if one else [])
