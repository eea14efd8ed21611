from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.batch.launching import kernel_options


@pytest.mark.skipif(os.name != "posix", reason="socket files are for POSIX systems")
def test_a_kernel_talks_over_socket_files_beside_its_connection_file() -> None:
    manager = kernel_options(Path("/tmp/k/kernel.json"))["config"]["KernelManager"]

    assert manager["transport"] == "ipc"
    assert manager["connection_file"] == "/tmp/k/kernel.json"


def test_a_path_too_long_for_a_socket_leaves_the_usual_transport() -> None:
    manager = kernel_options(Path("/tmp") / ("k" * 90) / "kernel.json")["config"]["KernelManager"]

    assert "transport" not in manager
