"""The passport of a study's tables: which files they come from, and what became of every row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.project import CORRECTIONS
from analysis.study import FileKind

FILE_NAME = "passport.json"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileStamp(_Record):
    """What a file was like when it was read.

    Attributes
    ----------
    path : str
        From the project's root; absolute when the file lies outside it.
    size : int
        In bytes.
    modified_ns : int
        Time of its last change, in nanoseconds since 1970.
    sha256 : str
        Hash of its content.
    """

    path: str
    size: int
    modified_ns: int
    sha256: str

    @classmethod
    def of(cls, name: str, root: Path) -> Self:
        """Stamp a file, named from the project's root or in full."""
        path = root / name
        status = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(
            path=name,
            size=status.st_size,
            modified_ns=status.st_mtime_ns,
            sha256=digest,
        )

    def still_fits(self, root: Path) -> bool:
        """Whether the file is as it was; its content is only read when its time has changed."""
        path = root / self.path
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        same_time = path.stat().st_mtime_ns == self.modified_ns
        return same_time or FileStamp.of(self.path, root).sha256 == self.sha256


class RowCounts(_Record):
    """Rows of raw files: read = kept + merged + rejected."""

    read: int
    kept: int
    merged: int
    rejected: int


class RawFilePassport(_Record):
    """What one raw file is and what was made of it.

    Attributes
    ----------
    kind : str
        ``posts``, ``comments``, ``spend`` or ``page_days``.
    format : str
        Name of the source that read it.
    values_corrected : int
        Values that ``data/raw/corrections.toml`` changed in its rows.
    earliest, latest : datetime.datetime or None
        The period of its usable rows, on the study's clock; None without dates.
    decided : dict of str to str
        What was decided about the file and may be wrong.
    """

    file: FileStamp
    kind: FileKind
    format: str
    rows: RowCounts
    values_corrected: int
    earliest: datetime | None
    latest: datetime | None
    decided: dict[str, str]
    warnings: tuple[str, ...]


class Merges(_Record):
    """Posts that were seen more than once.

    Attributes
    ----------
    posts : int
        How many.
    posts_by_address : int
        Of those, how many had another id in another file and were known by their address.
    posts_changed : int
        Of those, how many with another count in a later row.
    counts_fallen : int
        Counts that were lower in a later row; people take reactions back.
    posts_unlike : int
        Posts with two rows in one file that tell another text, address or time.
    """

    posts: int
    posts_by_address: int
    posts_changed: int
    counts_fallen: int
    posts_unlike: int


class Passport(_Record):
    """Where a study's tables come from.

    Attributes
    ----------
    readers_sha256 : str
        Hash of the code that made the tables; other code may make other tables.
    beside : tuple of FileStamp
        Lists read beside the raw files: register, audiences, codes by hand and what they
        say, residents, reviewed corrections.
    rows : RowCounts
        Totals over the raw files.
    pages, posts, comments : int
        Rows of those tables.
    pseudonym_key : str or None
        Digest of the key of the pseudonyms, to tell another key; None without pseudonyms.
    study_warnings : tuple of str
        What looks odd about the posts of all files together, one sentence each.
    """

    study: str
    title: str
    simulated: bool
    made_at: datetime
    readers_sha256: str
    study_file: FileStamp
    beside: tuple[FileStamp, ...]
    files: tuple[RawFilePassport, ...]
    rows: RowCounts
    pages: int
    posts: int
    comments: int
    merges: Merges
    pseudonym_key: str | None
    study_warnings: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the passport in a folder of processed tables.

        Raises
        ------
        OSError
            When there is none.
        pydantic.ValidationError
            When it was written by another version.
        """
        return cls.model_validate_json((folder / FILE_NAME).read_bytes())

    def write(self, folder: Path) -> None:
        """Write the passport into a folder."""
        (folder / FILE_NAME).write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    def still_fits(self, root: Path, beside: Sequence[str]) -> bool:
        """Whether the raw files and the lists beside them are as they were.

        ``beside`` names the lists that would be read now; another one makes other tables.
        """
        if [stamp.path for stamp in self.beside] != list(beside):
            return False
        stamps = (self.study_file, *(file.file for file in self.files), *self.beside)
        return all(stamp.still_fits(root) for stamp in stamps)

    def __rich__(self) -> RenderableType:
        """Show the files and what became of their rows, for a terminal."""
        kind = "simulated" if self.simulated else "observed"
        table = Table(title=Text(f"{self.title} ({kind})"), title_justify="left")
        table.add_column("file", overflow="fold")
        table.add_column("from … to", overflow="fold")
        for heading in RowCounts.model_fields:
            table.add_column(heading, justify="right", no_wrap=True)
        for file in self.files:
            counts = [f"{n_rows:,}" for n_rows in file.rows.model_dump().values()]
            table.add_row(Text(file.file.path), _period(file), *counts)
        warnings = [
            Text(f"{file.file.path}: {warning}") for file in self.files for warning in file.warnings
        ]
        warnings += [Text(warning) for warning in self.study_warnings]
        n_corrected = sum(file.values_corrected for file in self.files)
        if n_corrected:
            warnings.append(Text(f"{n_corrected:,} values corrected, as {CORRECTIONS} says."))
        made = {"page": self.pages, "post": self.posts}
        if self.comments:
            made["comment"] = self.comments
        told = (f"{n:,} {what}" if n == 1 else f"{n:,} {what}s" for what, n in made.items())
        return Group(table, *warnings, f"{', '.join(told)}.")


def _period(file: RawFilePassport) -> str:
    if file.earliest is None or file.latest is None:
        return ""
    return f"{file.earliest:%Y-%m-%d} {file.latest:%Y-%m-%d}"
