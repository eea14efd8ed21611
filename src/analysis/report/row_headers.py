"""Tell a screen reader which cells head their row.

Typst tags the cells in a table's head as headers of their columns. A cell that heads its row it
tags as data: the function that says otherwise (``pdf.header-cell``) is behind a feature switch
that the Python package does not have. So these tags are set in the finished file.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Name, NameTree, Object, String

from analysis.report.nodes import Node
from analysis.report.tables import Rows


def with_row_headers(pdf: bytes, tables: Sequence[Node]) -> bytes:
    """Tag the cells that head a row as such, and name them as headers of the row's other cells.

    Parameters
    ----------
    pdf : bytes
        As Typst makes it.
    tables : sequence of dict
        Every table in it, in reading order.

    Returns
    -------
    bytes
        The same document; the same input gives the same bytes.

    Raises
    ------
    ValueError
        When the tables, rows or cells in the file are not those in ``tables``.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        names = NameTree(root.IDTree) if Name.IDTree in root else NameTree.new(document)
        root.IDTree = names.obj
        in_file = list(_descendants(root, "/Table"))
        for number, (element, table) in enumerate(zip(in_file, tables, strict=True)):
            body = list(_descendants(element, "/TR"))[len(table["head"]) :]
            _tag_rows(table["body"], body, f"row header {number:05}", names)
        written = io.BytesIO()
        document.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _tag_rows(rows: Rows, elements: list[Object], prefix: str, names: NameTree) -> None:
    heads_of: defaultdict[int, list[str]] = defaultdict(list)
    for number, (row, element) in enumerate(zip(rows, elements, strict=True)):
        for cell, tagged in zip(row, _children(element), strict=True):
            if cell["header"]:
                name = f"{prefix} {number:05} {cell['column']:03}"
                _make_row_header(tagged, name)
                names[name] = tagged
                for covered in range(number, number + cell["rows"]):
                    heads_of[covered].append(name)
            else:
                _table_attributes(tagged).Headers.extend(map(String, heads_of[number]))


def _make_row_header(tagged: Object, name: str) -> None:
    tagged.S = Name.TH
    tagged.ID = String(name)
    _table_attributes(tagged).Scope = Name.Row


def _table_attributes(tagged: Object) -> Object:
    """Find the attributes that say what a cell is in its table; Typst always writes them."""
    return next(attributes for attributes in tagged.A if attributes["/O"] == "/Table")


def _children(element: Object) -> list[Object]:
    return [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]


def _descendants(element: Object, tag: str) -> Iterator[Object]:
    """Find the elements with a tag, in reading order; not those inside one of them."""
    for child in _children(element):
        if child["/S"] == tag:
            yield child
        else:
            yield from _descendants(child, tag)
