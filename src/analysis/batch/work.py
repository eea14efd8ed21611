"""What a worker process does: a unit to its notebook and PDF, a report to its one PDF."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from time import monotonic
from types import FrameType

import nbformat
from nbformat import NotebookNode

from analysis.batch.collect import shown_estimates
from analysis.batch.kernels import execute
from analysis.batch.launching import kill_kernels
from analysis.batch.prose import end_where_said, translate
from analysis.batch.records import Failure, UnitRecord
from analysis.batch.tasks import Outcome, ReportPdf, ReportTask, Task, UnitTask
from analysis.report.document import write_pdf
from analysis.report.edition import Chapter
from analysis.whole_files import replacing

LAST_SECONDS = 5.0
"""What a worker has left, once it is told to stop, to take half-written files away."""


def perform(task: Task) -> Outcome:
    """Do what is asked; whatever goes wrong is in the outcome."""
    return _report(task) if isinstance(task, ReportTask) else _unit(task)


def stop(signum: int, frame: FrameType | None) -> None:
    """Handle the signal to stop: no kernel is left, and what is half-written goes on the way out.

    A kernel that is just starting would otherwise outlive its client by a second. Python ignores
    what is raised while it clears something away; the timer ends the worker where that happens.
    """
    kill_kernels()
    timer = threading.Timer(LAST_SECONDS, os._exit, (1,))
    timer.daemon = True
    timer.start()
    raise SystemExit(1)


def _report(task: ReportTask) -> ReportPdf:
    try:
        write_pdf(task.chapters, task.edition, task.path)
    except Exception as error:
        return task.without(f"{type(error).__name__}: {error}")
    return ReportPdf(task.path)


def _unit(task: UnitTask) -> UnitRecord:
    started = monotonic()
    warnings: list[str] = []
    with _logged_to(warnings):
        failure = _attempt(task, warnings)
    return task.record(failure, monotonic() - started, tuple(warnings))


def _attempt(task: UnitTask, warnings: list[str]) -> Failure | None:
    """Make the unit's files; a PDF of an earlier run does not outlive the notebook it shows."""
    try:
        task.executed.parent.mkdir(parents=True, exist_ok=True)
        execution = execute(task.source, task.parameters, timeout=task.timeout)
        warnings += execution.repeats
        if execution.notebook is not None and not execution.failure:
            end_where_said(execution.notebook)
        _keep(execution.notebook, task)
        if execution.notebook is None or execution.failure:
            warnings += execution.stderr_lines
            task.pdf.unlink(missing_ok=True)
            return execution.failure
        shown_estimates(execution.notebook, task.unit.notebook)
        # The PDF's notes name what the notebook wrote to stderr, with the cell that did.
        warnings += write_pdf([Chapter(task.title, task.executed)], task.edition, task.pdf)
    except OSError as error:
        return Failure(exception=f"cannot be written: {error}")
    except Exception as error:
        task.pdf.unlink(missing_ok=True)
        return Failure.of(error)
    return None


def _keep(notebook: NotebookNode | None, task: UnitTask) -> None:
    """Put the executed notebook, or what there is of it, in the place of an earlier one."""
    if notebook is None:
        task.executed.unlink(missing_ok=True)
        return
    notebook.metadata.papermill.input_path = task.source.relative_to(task.root).as_posix()
    notebook.metadata.papermill.output_path = task.executed.relative_to(task.root).as_posix()
    translate(notebook, task.source, task.edition.language)
    with replacing(task.executed) as (beside,):
        nbformat.write(notebook, beside)


@contextmanager
def _logged_to(lines: list[str]) -> Iterator[None]:
    """Add what libraries log as a warning or worse, instead of printing it."""
    handler = BufferingHandler(sys.maxsize)
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        lines.extend(record.getMessage().strip() for record in handler.buffer)
