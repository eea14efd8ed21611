"""How often intervals cover and tests reject, on simulated pages whose truth is known.

Makes the tables of ``docs/methods.md``. With 2,000 replicates it takes minutes of two processes,
so ``make bench`` leaves it out; a short version runs with the tests
(``tests/inference/test_calibration.py``). Seeded. Finished blocks of replicates are kept outside
the project: an interrupted run goes on where it was.

Run: ``python benchmarks/calibration/coverage.py --replicates 2000``
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click
from blocks import folder_of_this_version, shares
from webcare import DECISIONS, WEBCARE
from worlds import COVERAGES, SIZES, WORLDS

KEEP = Path(tempfile.gettempdir(), "bereik-calibration")


@click.command()
@click.option("--replicates", type=click.IntRange(min=1), default=200, help="Of each world.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, help="Processes.")
@click.option("--keep", type=click.Path(path_type=Path), default=KEEP, help="Where blocks go.")
def main(replicates: int, jobs: int, keep: Path) -> None:
    """Print how often intervals cover and tests reject, on pages whose truth is known."""
    folder = folder_of_this_version(keep)
    print(f"Finished blocks are kept in {folder}", file=sys.stderr)
    study = partial(shares, replicates=replicates, folder=folder, jobs=jobs)
    try:
        print_comparisons(study(WORLDS, title="two tiers"))
        print_webcare(study(WEBCARE, title="webcare"))
    except KeyboardInterrupt:
        print("Interrupted. The same command goes on from here.", file=sys.stderr)
        sys.exit(130)


def print_comparisons(found: Sequence[Mapping[str, float]]) -> None:
    """Print size and coverage, the nominal ones first."""
    for head, names, nominal in (("rejects", SIZES, 0.05), ("covers", COVERAGES, 0.95)):
        print_row(f"{head}:", *names)
        print_row(*["---"] * (1 + len(names)))
        print_row("*nominal*", *[f"*{written(nominal)}*"] * len(names))
        for world, of_world in zip(WORLDS, found, strict=True):
            print_row(world.name, *(written(of_world.get(name)) for name in names))
        print()


def print_webcare(found: Sequence[Mapping[str, float]]) -> None:
    """Print how often the rule for webcare decides, at its thresholds and off them."""
    print_row("pages", "comments", "correlation", *DECISIONS)
    print_row(*["---"] * (3 + len(DECISIONS)))
    for world, of_world in zip(WEBCARE, found, strict=True):
        correlation = f"{world.correlation:g}".removeprefix("0")
        decided = (written(of_world.get(name)) for name in DECISIONS)
        print_row(world.pages, world.median_comments, correlation, *decided)


def print_row(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|")


def written(share: float | None) -> str:
    """Three decimals, as the documents write shares; a dash for what has no truth."""
    return "–" if share is None else f"{share:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
