"""Worker processes, one per lane, so that a dead one takes only its own task with it."""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import ModuleType

from analysis.batch.tasks import Outcome, Task

THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")


@dataclass(frozen=True)
class Surroundings:
    """What a worker process and its kernels find around them.

    Attributes
    ----------
    root : pathlib.Path
        The folder they stand in.
    scratch : pathlib.Path
        Where their temporary files go.
    threads : int
        How many threads numerical libraries may start in one kernel.
    """

    root: Path
    scratch: Path
    threads: int


def work_through(
    tasks: deque[Task], jobs: int, root: Path, on_start: Callable[[str], None]
) -> Generator[tuple[Task, Outcome]]:
    """Perform tasks in worker processes, and give each outcome as soon as it is there.

    Whoever takes the outcomes may add tasks meanwhile. When it stops taking them, or is
    interrupted, the workers stop their kernels and end.

    Parameters
    ----------
    tasks : collections.deque
        Performed from the left; emptied on the way.
    jobs : int
        How many tasks at a time.
    on_start : callable
        ``on_start(name)`` is called when a task is handed to a worker.
    """
    workers = min(jobs, len(tasks))
    with tempfile.TemporaryDirectory(prefix="bereik-", ignore_cleanup_errors=True) as scratch:
        surroundings = Surroundings(root, Path(scratch), _processors_each(workers))
        idle = [Lane(surroundings) for _ in range(workers)]
        busy: dict[Future[Outcome], Lane] = {}
        try:
            while tasks or busy:
                while tasks and idle:
                    lane, task = idle.pop(), tasks.popleft()
                    on_start(str(task))
                    busy[lane.start(task)] = lane
                done, _ = wait(busy, return_when=FIRST_COMPLETED)
                for future in done:
                    lane = busy.pop(future)
                    idle.append(lane)
                    yield lane.finish(future)
        finally:
            for lane in (*idle, *busy.values()):
                lane.stop()


def _processors_each(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // max(1, workers))


class Lane:
    """One worker process that performs one task after another; a new one when it dies."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._open()

    def _open(self) -> None:
        self._executor = ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), _settle, (self._surroundings,)
        )
        with _interrupts_ignored():  # the worker inherits this: Ctrl-C is for the batch to handle
            self._pid = self._executor.submit(os.getpid)

    def _reopen(self) -> None:
        self._executor.shutdown()
        self._open()

    def start(self, task: Task) -> Future[Outcome]:
        """Hand a task to the worker."""
        self._task, self._started = task, monotonic()
        try:
            return self._executor.submit(_perform, task)
        except BrokenProcessPool:  # it died while it had nothing to do
            self._reopen()
            return self._executor.submit(_perform, task)

    def finish(self, future: Future[Outcome]) -> tuple[Task, Outcome]:
        """Take the outcome; a task over which the worker died says so itself."""
        try:
            return self._task, future.result()
        except BrokenProcessPool:
            self._reopen()
            return self._task, self._task.lost(monotonic() - self._started)

    def stop(self) -> None:
        """End the worker, and the kernel it is running."""
        with suppress(BrokenProcessPool, ProcessLookupError):
            os.kill(self._pid.result(), signal.SIGTERM)
        self._executor.shutdown(cancel_futures=True)


def _perform(task: Task) -> Outcome:
    try:
        return _work().perform(task)
    except SystemExit:  # told to stop
        os._exit(1)


def _work() -> ModuleType:
    """Import what runs notebooks and makes PDFs: it takes a second, and only workers need it."""
    return importlib.import_module("analysis.batch.work")


def _settle(surroundings: Surroundings) -> None:
    """Prepare a worker process; its kernels inherit folder, environment and thread limits."""
    signal.signal(signal.SIGTERM, _work().stop)
    threading.Thread(target=_end_with_the_batch, daemon=True).start()
    logging.captureWarnings(True)
    os.chdir(surroundings.root)
    os.environ["TMPDIR"] = tempfile.tempdir = str(surroundings.scratch)
    for name in THREAD_LIMITS:
        os.environ.setdefault(name, str(surroundings.threads))


def _end_with_the_batch() -> None:
    """Stop when the batch is killed and can tell nobody."""
    batch = multiprocessing.parent_process()
    assert batch is not None
    batch.join()
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
