"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def replacing(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Give a temporary file beside each path; they take the paths' places when all went well.

    When the block raises, what stood at the paths still stands there and nothing is left beside.

    Yields
    ------
    tuple of pathlib.Path
        Where to write, in the order of ``paths``.
    """
    beside = tuple(path.with_name(f"{_prefix(path)}{os.getpid()}") for path in paths)
    with ExitStack() as cleanup:
        for temporary in beside:
            cleanup.callback(temporary.unlink, missing_ok=True)
        yield beside
        for temporary, path in zip(beside, paths, strict=True):
            temporary.replace(path)


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed has left beside a path."""
    for beside in path.parent.glob(f"{_prefix(path)}*"):
        beside.unlink()


def _prefix(path: Path) -> str:
    return f".{path.name}."
