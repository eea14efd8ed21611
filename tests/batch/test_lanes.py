"""A worker that is told to stop stops, whatever it is doing."""

from __future__ import annotations

import subprocess
import sys

SWALLOWS_ITS_END = """
import os, signal, time
from analysis.batch import work

work.LAST_SECONDS = 0.2
signal.signal(signal.SIGTERM, work.stop)


class ClearedAway:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)  # the handler runs here, and Python ignores what it raises


ClearedAway()
time.sleep(60)
"""


def test_a_worker_ends_also_when_the_signal_comes_where_nothing_can_be_raised() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SWALLOWS_ITS_END], capture_output=True, timeout=30, check=False
    )
    assert b"Exception ignored" in ended.stderr
    assert ended.returncode == 1
