"""Replicates in blocks: each with a seed of its own, kept in a file, never made twice.

A block's seed follows from its world and its number alone, so that it does not matter in which
order, by which process or in which run a block is made. Kept blocks belong to the code that made
them: another version of this folder or of the methods keeps its blocks in another folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Protocol
from zlib import crc32

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from analysis import inference

REPLICATES_PER_BLOCK = 50

Tally = dict[str, tuple[int, int]]
"""How often each outcome was true, and of how many, by its name."""


class World(Protocol):
    """What is simulated. Its ``repr`` says all that it is made of."""

    def outcomes(self, rng: np.random.Generator) -> Iterator[tuple[str, bool]]:
        """Draw one replicate and give its outcomes, by name."""


@dataclass(frozen=True)
class Block:
    """Some replicates of one world."""

    world: World
    number: int
    replicates: int

    @property
    def file_name(self) -> str:
        """Name of the file that keeps it."""
        return f"{self._world:08x}-{self.number:04d}-{self.replicates}.json"

    @property
    def _world(self) -> int:
        return crc32(repr(self.world).encode())

    def tally(self) -> Tally:
        """Make the replicates and count their outcomes."""
        rng = np.random.default_rng([self._world, self.number])
        true: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for _ in range(self.replicates):
            for name, outcome in self.world.outcomes(rng):
                true[name] += outcome
                of[name] += 1
        return {name: (true[name], of[name]) for name in of}


def blocks_of(world: World, replicates: int) -> list[Block]:
    """Divide the replicates of a world into blocks; the last may be smaller."""
    starts = range(0, replicates, REPLICATES_PER_BLOCK)
    return [
        Block(world, number, min(REPLICATES_PER_BLOCK, replicates - start))
        for number, start in enumerate(starts)
    ]


def shares(
    worlds: Sequence[World], replicates: int, *, folder: Path, jobs: int, title: str
) -> list[dict[str, float]]:
    """Share of replicates in which each outcome is true, for each world.

    Parameters
    ----------
    worlds : sequence of World
    replicates : int
        Replicates of each world.
    folder : Path
        Where blocks are kept; those that lie there are not made again.
    jobs : int
        Processes.
    title : str
        What the progress bar says.
    """
    blocks = [block for world in worlds for block in blocks_of(world, replicates)]
    missing = [block for block in blocks if not (folder / block.file_name).exists()]
    with _progress() as progress, Pool(jobs, _leave_interrupts_to_the_parent) as pool:
        task = progress.add_task(title, total=len(blocks), completed=len(blocks) - len(missing))
        for _ in pool.imap_unordered(partial(keep, folder=folder), missing):
            progress.advance(task)
    return [_shares(world, replicates, folder) for world in worlds]


def keep(block: Block, *, folder: Path) -> None:
    """Make a block and keep its tally: beside its place first, so that no half file is left."""
    beside = folder / f"{block.file_name}.{os.getpid()}"
    beside.write_text(json.dumps(block.tally()), encoding="utf-8")
    os.replace(beside, folder / block.file_name)


def folder_of_this_version(keep_in: Path) -> Path:
    """Make the folder for blocks that this version of the study and of the methods makes."""
    digest = hashlib.sha256()
    for source in (Path(__file__).parent, *map(Path, inference.__path__)):
        for module in sorted(source.glob("*.py")):
            digest.update(module.read_bytes())
    folder = keep_in / digest.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _shares(world: World, replicates: int, folder: Path) -> dict[str, float]:
    true: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for block in blocks_of(world, replicates):
        tally: Tally = json.loads((folder / block.file_name).read_text(encoding="utf-8"))
        for name, (times, trials) in tally.items():
            true[name] += times
            of[name] += trials
    return {name: true[name] / of[name] for name in of}


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("blocks"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
