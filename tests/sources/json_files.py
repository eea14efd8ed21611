"""JSON exports written for a test, and read as a study would read them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.sources.comments import KnownPages
from analysis.sources.reading import CommentSource, Reading, sources
from analysis.study import RawFile

from .json_twins import lines
from .planted import PAGE, PAGE_NAME

KNOWN = KnownPages(
    of_posts=pl.DataFrame({"platform": "facebook", "post_id": ["1001"], "page_id": [PAGE]}),
    names=pl.DataFrame({"platform": "facebook", "page_id": [PAGE], "names": [[PAGE_NAME.lower()]]}),
)


def read_json(
    folder: Path,
    name: str,
    *records: object,
    content: bytes | None = None,
    known: KnownPages = KNOWN,
    **said: object,
) -> tuple[pl.DataFrame, Reading]:
    """Write records one per line, or the content as it is, and read them in a named format."""
    path = folder / "export.json"
    path.write_bytes(lines(*records) if content is None else content)
    return read_path(path, name, folder, known=known, **said)


def read_path(
    path: Path, name: str, scratch: Path, known: KnownPages = KNOWN, **said: object
) -> tuple[pl.DataFrame, Reading]:
    """Read a file in a named format."""
    source, zone = sources()[name], ZoneInfo("Europe/Amsterdam")
    raw_file = RawFile.model_validate({"path": path.name, "simulated": False, **said})
    if isinstance(source, CommentSource):
        reading = source.read(path, raw_file, zone, scratch, known)
    else:
        reading = source.read(path, raw_file, zone, scratch)
    return reading.rows.collect(), reading


def only(rows: pl.DataFrame) -> dict[str, object]:
    """The one row there is, which can be used."""
    assert rows.height == 1
    row = rows.row(0, named=True)
    assert row["reason"] is None
    return row
