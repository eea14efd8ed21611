"""The demo batch against a shell loop of the papermill command over the same units.

Both run in a copy of the project whose raw files are read already, turn by turn, so that a busy
machine slows both. The loop does one notebook after another, as such a loop does; the batch runs
two at a time and makes a PDF of every notebook and every tier as well.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.batch.units import Unit, plan_units
from analysis.ingest.making import ensure_ingested
from analysis.study_file import load_study

PROJECT = Path(__file__).resolve().parents[1]
COMMANDS = Path(sys.executable).parent
STUDY = "demo"
JOBS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=1, help="how often each is run")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_the_project(Path(folder).resolve())
        study = load_study(STUDY, root)
        ensure_ingested(study, root)
        units = plan_units(study, root)
        print(f"{len(units)} units: {STUDY}, every tier and all; the batch runs {JOBS} at a time")
        ratios = [measured_round(number, units, root) for number in range(1, rounds + 1)]
    print(f"ratio {statistics.median(ratios):.2f} (median; papermill loop / bereik run)")


def copy_of_the_project(root: Path) -> Path:
    for name in ("studies", "notebooks", "data/raw"):
        shutil.copytree(PROJECT / name, root / name)
    return root


def measured_round(number: int, units: Sequence[Unit], root: Path) -> float:
    """Run both once, the other first every second time, and give the ratio of their times."""
    ways: list[Callable[[Sequence[Unit], Path], None]] = [papermill_loop, bereik_run]
    if number % 2 == 0:
        ways.reverse()
    seconds = {way.__name__: timed(way, units, root) for way in ways}
    return seconds["papermill_loop"] / seconds["bereik_run"]


def timed(way: Callable[[Sequence[Unit], Path], None], units: Sequence[Unit], root: Path) -> float:
    """Give the seconds on the clock; processor time is printed too, as other work sways it less."""
    start, before = time.perf_counter(), os.times()
    way(units, root)
    seconds, after = time.perf_counter() - start, os.times()
    processor = after.children_user + after.children_system
    processor -= before.children_user + before.children_system
    print(f"{way.__name__}: {seconds:.1f} s, {processor:.1f} s of processor time", flush=True)
    return seconds


def papermill_loop(units: Sequence[Unit], root: Path) -> None:
    for unit in units:
        output = root / "loop" / unit.tier / f"{unit.notebook}.ipynb"
        output.parent.mkdir(parents=True, exist_ok=True)
        run([COMMANDS / "papermill", unit.source(root), output, *papermill_options(unit)], root)


def papermill_options(unit: Unit) -> list[str]:
    return ["--no-progress-bar", "-p", "study", unit.study, "-p", "tier", unit.tier]


def bereik_run(units: Sequence[Unit], root: Path) -> None:
    run([COMMANDS / "bereik", "run", STUDY, "--jobs", str(JOBS)], root)


def run(command: Sequence[str | Path], root: Path) -> None:
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{ended.stdout}{ended.stderr}")


if __name__ == "__main__":
    main()
