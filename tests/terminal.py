"""What a terminal would show."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType


def printed(thing: RenderableType) -> str:
    """Write a report as a wide terminal shows it."""
    terminal = io.StringIO()
    Console(file=terminal, width=400).print(thing)
    return terminal.getvalue()
