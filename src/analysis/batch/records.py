"""What became of a unit, as the manifest keeps it."""

from __future__ import annotations

import textwrap
import traceback
from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from rich.text import Text

from analysis.batch.units import Unit

LAST_LINES = 8
LONGEST_MESSAGE = 400


class Entry(BaseModel):
    """A part of the manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Failure(Entry):
    """Why a unit has no complete outcome.

    Attributes
    ----------
    cell : int or None
        The number in ``In [7]``; None when no cell is to blame.
    exception : str
        Its name and message, in one line.
    last_lines : tuple of str
        The end of the traceback.
    """

    cell: int | None = None
    exception: str
    last_lines: tuple[str, ...] = ()

    @classmethod
    def told_by(cls, message: str, lines: str = "", *, cell: int | None = None) -> Self:
        """Make a failure from a message and a traceback, which may hold terminal colours."""
        first_line = Text.from_ansi(message).plain.strip().partition("\n")[0]
        told = textwrap.shorten(first_line, LONGEST_MESSAGE, placeholder=" …")
        plain = Text.from_ansi(lines).plain.splitlines()
        last_lines = tuple(line for line in plain if line.strip())[-LAST_LINES:]
        return cls(cell=cell, exception=told, last_lines=last_lines)

    @classmethod
    def of(cls, error: Exception) -> Self:
        """Make a failure from an error outside a notebook's cells."""
        lines = "".join(traceback.format_exception(error))
        return cls.told_by(f"{type(error).__name__}: {error}", lines)


class UnitRecord(Entry):
    """What became of one unit.

    Attributes
    ----------
    notebook, tier, page : str
        The unit.
    parameters : dict of str to str
        What papermill set in the notebook.
    seconds : float
        From the start of the kernel to the finished PDF.
    warnings : tuple of str
        What the notebook wrote to stderr, and notes about its PDF.
    run : datetime.datetime
        When the run started that this is from.
    """

    notebook: str
    tier: str
    page: str
    parameters: dict[str, str]
    status: Literal["ok", "failed"]
    seconds: float
    warnings: tuple[str, ...] = ()
    failure: Failure | None = None
    run: datetime

    def unit(self, study: str) -> Unit:
        """Say which unit this is about."""
        return Unit(study, self.notebook, self.tier, self.page)


def described(record: UnitRecord) -> str:
    """Say in one line what became of a unit."""
    name = f"{record.notebook} {record.tier} {record.page}".rstrip()
    if record.failure is None:
        return f"{name} done in {record.seconds:.1f} s"
    where = f" in cell {record.failure.cell}" if record.failure.cell else ""
    return f"{name} failed{where}: {record.failure.exception}"
