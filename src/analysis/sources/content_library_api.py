"""Posts as rows of Meta Content Library's API, written as JSON in its clean room.

The fields are those of the CSV download (:mod:`analysis.sources.content_library`), nested in each
other or with full stops in their names. ``text`` is only there when it was asked for. Ids are
numbers of 15 to 19 digits, at times without quotation marks; their digits are kept.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from analysis.sources.content_library import COUNTS, SIGNATURE, posts_of
from analysis.sources.content_library import SOURCE as CSV_DOWNLOAD
from analysis.sources.json_records import keys_at_start, open_records
from analysis.sources.reading import Reading, Source
from analysis.study import RawFile

OWNERS = {"post_owner", "post_owner.id"}
COLUMNS = (
    *sorted(SIGNATURE - set(COUNTS)),
    *COUNTS,
    *("post_owner.name", "post_owner.type", "surface.id", "content_type", "text"),
)


def recognises(path: Path) -> bool:
    """Whether a file has the keys of the library's posts."""
    keys = keys_at_start(path)
    return "creation_time" in keys and bool(OWNERS & keys)


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read posts as :func:`analysis.sources.content_library.read` does.

    Raises
    ------
    InputProblem
        When the file is no JSON with records in it, or no record has a field that all have.
    """
    return posts_of(open_records(path, COLUMNS, ("id", "creation_time")), raw_file, zone)


SOURCE = Source(
    name="content_library_api",
    title="Meta Content Library API rows of posts (JSON)",
    recognises=recognises,
    read=read,
    gives=CSV_DOWNLOAD.gives,
)
