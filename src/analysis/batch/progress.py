"""What a person sees of a batch: while it runs, and at the end."""

from __future__ import annotations

from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from analysis.batch.records import UnitRecord, described

WHOLE_BATCH = 24 * 60 * 60.0
"""Seconds of finished units that the time left is estimated from: all of them."""


class BatchProgress:
    """What a display of a batch can do."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def started(self, task: str) -> None:
        """Show that a task runs."""

    def ended(self, task: str) -> None:
        """Show that it runs no more."""

    def counted(self, record: UnitRecord) -> None:
        """Show what became of a unit."""


def progress_on(console: Console, units: int) -> BatchProgress:
    """Choose a display: live on a terminal, else one plain line per finished unit."""
    return _Live(console, units) if console.is_terminal else _Lines(console, units)


class _Lines(BatchProgress):
    """One line per finished unit, for log files."""

    def __init__(self, console: Console, units: int) -> None:
        self._console, self._units, self._done = console, units, 0

    def counted(self, record: UnitRecord) -> None:
        self._done += 1
        line = f"[{self._done:{len(str(self._units))}}/{self._units}] {described(record)}"
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class _Live(BatchProgress):
    """A bar with the time left, and below it what is running now."""

    def __init__(self, console: Console, units: int) -> None:
        self._console = console
        self._failed = 0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
            speed_estimate_period=WHOLE_BATCH,
        )
        self._running = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
        )
        self._all = self._bar.add_task("Notebooks", total=units)
        self._lines: dict[str, TaskID] = {}
        self._live = Live(Group(self._bar, self._running), console=console, transient=True)

    def __enter__(self) -> Self:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def started(self, task: str) -> None:
        self._lines[task] = self._running.add_task(task)

    def ended(self, task: str) -> None:
        self._running.remove_task(self._lines.pop(task))

    def counted(self, record: UnitRecord) -> None:
        if record.failure:
            self._failed += 1
            self._console.print(f"[red]{escape(described(record))}[/red]", highlight=False)
            self._bar.update(self._all, description=f"Notebooks ({self._failed} failed)")
        self._bar.advance(self._all)
