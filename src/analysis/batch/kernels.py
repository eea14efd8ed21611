"""Run one notebook: papermill, in a kernel process of its own, until a deadline."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from analysis.batch.launching import kernel_options, words_of_the_kernel
from analysis.batch.records import Failure

START_ATTEMPTS = 3
START_SECONDS = 60
LAST_OUTPUT_SECONDS = 60
SHORTEST_WAIT = 0.001


class KernelStartError(Exception):
    """No kernel came up, however often it was tried."""


@dataclass
class Execution:
    """What has become of a notebook so far; papermill's hooks keep it up to date.

    Attributes
    ----------
    timeout : float
        Seconds that all cells together may take.
    notebook : nbformat.NotebookNode or None
        The notebook with its outputs up to now; None until its kernel is ready.
    cell_index : int
        Place in the notebook of the last code cell that was started.
    cells_started : int
        How many code cells were started: the number in ``In [7]``.
    deadline : float
        On the clock of ``time.monotonic``; set when the kernel is ready.
    failure : Failure or None
        Why the notebook is not complete.
    repeats : list of str
        Kernel starts that failed and were repeated.
    """

    timeout: float
    notebook: NotebookNode | None = None
    cell_index: int = 0
    cells_started: int = 0
    deadline: float = 0.0
    failure: Failure | None = None
    repeats: list[str] = field(default_factory=list)

    @property
    def stderr_lines(self) -> list[str]:
        """What the notebook wrote to stderr."""
        cells = self.notebook.cells if self.notebook is not None else []
        texts = [
            output.text
            for cell in cells
            for output in cell.get("outputs", [])
            if output.output_type == "stream" and output.name == "stderr"
        ]
        return [line for text in texts for line in text.splitlines() if line.strip()]

    def hooks(self) -> dict[str, Any]:
        """Give papermill's client what it calls on the way."""
        return {
            "on_notebook_start": self._kernel_is_ready,
            "on_cell_execute": self._cell_starts,
            "timeout_func": self._seconds_left,
        }

    def fail_in_cell(self, name: str, reason: str) -> None:
        """Note an error that the kernel could not write into the notebook itself."""
        assert self.notebook is not None
        self.failure = Failure.told_by(f"{name}: {reason}", cell=self.cells_started)
        cell = self.notebook.cells[self.cell_index]
        cell.execution_count = self.cells_started
        cell.outputs.append(
            new_output("error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"])
        )

    def _kernel_is_ready(self, notebook: NotebookNode) -> None:
        self.notebook = notebook
        self.deadline = monotonic() + self.timeout

    def _cell_starts(self, cell: NotebookNode, cell_index: int) -> None:
        self.cell_index = cell_index
        self.cells_started += 1

    def _seconds_left(self, cell: NotebookNode) -> float:
        """Give a cell what the cells before it left; papermill reads zero as for ever."""
        return max(self.deadline - monotonic(), SHORTEST_WAIT)


def execute(source: Path, parameters: dict[str, str], *, timeout: float) -> Execution:
    """Run a notebook and say what became of it.

    Parameters
    ----------
    source : pathlib.Path
        The notebook.
    parameters : dict of str to str
        Set in the notebook after its ``parameters`` cell.
    timeout : float
        Seconds that all cells together may take, from the moment the kernel is ready.

    Returns
    -------
    Execution
        Its notebook goes up to and including the cell that failed, with the error in that cell's
        output; there is none when no kernel started.
    """
    execution = Execution(timeout)
    try:
        _run(source, parameters, execution)
    except PapermillExecutionError as error:
        message, lines = f"{error.ename}: {error.evalue}", "\n".join(error.traceback)
        execution.failure = Failure.told_by(message, lines, cell=error.exec_count)
    except DeadKernelError:
        execution.fail_in_cell("DeadKernelError", "the kernel died, perhaps for want of memory")
    except CellTimeoutError as error:
        late = monotonic() >= execution.deadline
        reason = f"not done after {timeout:g} seconds" if late else str(error)
        execution.fail_in_cell("TimeoutError", reason)
    except KernelStartError as error:
        words = str(error)
        message = f"the kernel did not start: {words.splitlines()[-1]}"
        execution.failure = Failure.told_by(message, words)
    except Exception as error:
        execution.failure = Failure.of(error)
    return execution


def _run(source: Path, parameters: dict[str, str], execution: Execution) -> None:
    """Try again when the kernel does not start; what fails later is not repeated."""
    for attempt in range(1, START_ATTEMPTS + 1):
        with tempfile.TemporaryDirectory(prefix="k-") as folder:
            connection_file = Path(folder, "kernel.json")
            words = words_of_the_kernel(connection_file)
            try:
                _papermill(source, parameters, execution, connection_file)
            except Exception as error:
                failed_at_start = execution.notebook is None and words.exists()
                if not failed_at_start:
                    raise
                reason = words.read_text(errors="replace").strip() or repr(error)
                if attempt == START_ATTEMPTS:
                    raise KernelStartError(reason) from error
                execution.repeats.append(f"kernel start {attempt} was repeated: {reason}")
            else:
                return


def _papermill(
    source: Path, parameters: dict[str, str], execution: Execution, connection_file: Path
) -> None:
    execute_notebook(
        str(source).replace("{", "{{").replace("}", "}}"),  # papermill fills in {…} in a path
        None,
        parameters,
        language="python",
        progress_bar=False,
        start_timeout=START_SECONDS,
        iopub_timeout=LAST_OUTPUT_SECONDS,
        **kernel_options(connection_file),
        **execution.hooks(),
    )
