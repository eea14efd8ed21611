"""From document tree to PDF/UA-1: the fixed template, the data beside it, the Typst compiler."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from analysis.report.nodes import Node

_NO_GLYPH = re.compile(r'PDF/UA-1 error: the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_ATTEMPTS = 3
_NEVER_PRINTED = frozenset({"alt", "anchor", "anchors", "target"})


class PdfRefusedError(RuntimeError):
    """Typst does not make an accessible PDF of this document, and says why."""


def compile_pdf(
    document: Node, images: Mapping[str, bytes], made_at: datetime
) -> tuple[bytes, tuple[str, ...]]:
    """Make a PDF/UA-1 of a document.

    The text reaches Typst as a JSON file beside a template that is the same for every document,
    in a folder of its own that is all Typst can read.

    Parameters
    ----------
    document : dict
        What ``template.typ`` reads; ``analysis.report.document`` puts it together.
    images : mapping of str to bytes
        File name to content.
    made_at : datetime.datetime
        The creation time in the file.

    Returns
    -------
    (bytes, tuple of str)
        The file, and a line for every character that no font has; such a character is written as
        its number, ``[U+4E2D]``.

    Raises
    ------
    PdfRefusedError
        When the document does not meet PDF/UA-1 for any other reason.
    """
    missing: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="bereik-report-") as folder:
        for name, content in images.items():
            (Path(folder) / name).write_bytes(content)
        template = Path(folder) / "template.typ"
        template.write_bytes((files("analysis.report") / "template.typ").read_bytes())
        for _ in range(_MOST_ATTEMPTS):
            written = json.dumps(_spelled_out(document, missing), ensure_ascii=False)
            (Path(folder) / "document.json").write_text(written, encoding="utf-8")
            try:
                return _compiled(template, made_at), _notes(missing)
            except typst.TypstError as error:
                newly_missing = _characters_without_glyph(error.diagnostic) - missing
                if not newly_missing:
                    raise PdfRefusedError(error.diagnostic or str(error)) from error
                missing |= newly_missing
    raise PdfRefusedError(f"characters without a glyph keep turning up: {sorted(missing)}")


def _compiled(template: Path, made_at: datetime) -> bytes:
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=template.parent,
        package_cache_path=template.parent,
    )
    pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(made_at.timestamp()))
    if not isinstance(pdf, bytes):
        raise PdfRefusedError("the compiler gave no file")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts, and DejaVu Sans of matplotlib, which has signs that they lack.

    No font of the machine, so that a report is the same everywhere.
    """
    matplotlib = find_spec("matplotlib")
    folders = matplotlib.submodule_search_locations if matplotlib else None
    paths = [Path(folder) / "mpl-data" / "fonts" / "ttf" for folder in folders or []]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def _characters_without_glyph(diagnostic: str) -> set[str]:
    quoted = _NO_GLYPH.findall(diagnostic)
    return {_ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text) for text in quoted}


def _spelled_out(value: Any, missing: set[str]) -> Any:
    """Write missing characters as numbers, wherever they would be printed."""
    if isinstance(value, str):
        for text in missing:
            value = value.replace(text, _numbers(text))
        return value
    if isinstance(value, list):
        return [_spelled_out(one, missing) for one in value]
    if isinstance(value, dict):
        return {
            key: one if key in _NEVER_PRINTED else _spelled_out(one, missing)
            for key, one in value.items()
        }
    return value


def _numbers(text: str) -> str:
    return "".join(f"[U+{ord(character):04X}]" for character in text)


def _notes(missing: set[str]) -> tuple[str, ...]:
    return tuple(
        f"no font has the character {text!r}; it is written as {_numbers(text)}"
        for text in sorted(missing)
    )
