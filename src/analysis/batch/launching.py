"""How a kernel is started: over socket files in a private folder, and quietly."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any
from weakref import WeakSet

from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

LONGEST_SOCKET_PATH = 100
"""Characters; the systems' own limits are 103 (macOS) and 107 (Linux)."""


class QuietKernelManager(AsyncKernelManager):
    """A kernel whose own words go to a file beside its connection file, not to the terminal."""

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel process."""
        _STARTED.add(self)
        with words_of_the_kernel(Path(self.connection_file)).open("ab") as words:
            await super().start_kernel(stdout=words, stderr=words, **options)

    def kill_now(self) -> None:
        """Kill the kernel and its children at once, wherever this process is in talking to it."""
        process = getattr(self.provisioner, "process", None)
        if process is not None and process.poll() is None:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()


_STARTED: WeakSet[QuietKernelManager] = WeakSet()


def kill_kernels() -> None:
    """Kill every kernel that this process started and that still runs."""
    for manager in list(_STARTED):
        manager.kill_now()


def words_of_the_kernel(connection_file: Path) -> Path:
    """Say where a kernel's own words are: why it did not start, for example."""
    return connection_file.with_suffix(".log")


def kernel_options(connection_file: Path) -> dict[str, Any]:
    """Make the options for ``papermill.execute_notebook`` that say how its kernel is started.

    Sockets in the file system need no free port, so that kernels starting at the same time cannot
    take each other's, and no one else on the machine can listen in. Where there are none, or the
    path is too long for one, the kernel talks TCP as usual.

    Parameters
    ----------
    connection_file : pathlib.Path
        In a folder that nobody else can read; the sockets are made beside it.
    """
    manager = {"connection_file": str(connection_file)}
    socket = f"{connection_file.with_suffix('')}-ipc-5"
    if os.name == "posix" and len(socket) <= LONGEST_SOCKET_PATH:
        manager["transport"] = "ipc"
    return {
        "kernel_name": "python3",
        "kernel_manager_class": QuietKernelManager,
        "config": Config({"KernelManager": manager}),
        "shutdown_kernel": "immediate",
    }
