"""In how many draws of the demo the known truth lies inside the intervals that are printed.

For every answer of the notebooks that carries an interval; those labelled approximate apart. Also
in a world where reach does not follow the straight line that the model of reach takes for granted,
and without the comments that somebody coded, so that the errors of the rules are not known.
Takes minutes of two processes, so ``make bench`` leaves it out; five seeds run with the tests
(``tests/end_to_end/test_known_truth.py``). Finished seeds are kept outside the project: an
interrupted run goes on where it was.

Run: ``python benchmarks/known_truth/truth.py --seeds 100``

``--remake`` first draws the true values again, which stand in ``values.json`` beside this file.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["POLARS_MAX_THREADS"] = "1"

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product, repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import polars as pl
from headlines import (
    ANSWERS,
    PROJECT,
    RESTING_ON_REACH,
    VERDICTS,
    Printed,
    draw_project,
    forget_coded_comments,
    predicted_reach,
    printed,
)
from population import RULES, ordinary_reach, true_values
from rich.console import Console
from rich.progress import track
from true_value import TrueValue, key

import analysis
from analysis.demo.truth import TRUTH

VALUES = Path(__file__).with_name("values.json")
KEEP = Path(tempfile.gettempdir(), "bereik-known-truth")
DRAWS = 200
BENT = replace(TRUTH, reach=replace(TRUTH.reach, reach_bend=-0.25))
TRUTHS = {"as the demo": TRUTH, "reach off the straight line": BENT}


@dataclass(frozen=True)
class World:
    """A truth, and what is judged under it.

    Attributes
    ----------
    truth : str
        One of ``TRUTHS``.
    notebooks : tuple of str
        Those that are run; the others say the same in another world.
    coded : bool
        Whether the study knows of a coded sample of the comments. Where it does not, the claim on
        webcare is judged, and nothing else.
    """

    truth: str
    notebooks: tuple[str, ...]
    coded: bool = True


WORLDS = {
    "as the demo": World("as the demo", tuple(ANSWERS)),
    "reach off the straight line": World("reach off the straight line", RESTING_ON_REACH),
    "no comments coded": World("as the demo", VERDICTS, coded=False),
}
COLUMNS = ("world", "answer", "labelled", "inside", "of")
ONE_PAGE = "reach of one page that shares none"


@click.command()
@click.option("--seeds", type=click.IntRange(min=1), default=100, help="Draws of each world.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, help="Processes.")
@click.option("--keep", type=click.Path(path_type=Path), default=KEEP, help="Where seeds go.")
@click.option("--remake", is_flag=True, help="Draw the true values again first.")
@click.option("--csv", "csv", type=click.Path(path_type=Path), help="Write the table here too.")
def main(seeds: int, jobs: int, keep: Path, remake: bool, csv: Path | None) -> None:
    """Print in how many draws the known truth lies inside the printed intervals."""
    if remake:
        write_values(jobs)
    folder = folder_of_this_version(keep)
    wanted = [(folder, world, seed) for world, seed in product(WORLDS, range(1, seeds + 1))]
    missing = [draw for draw in wanted if not file_of(*draw).is_file()]
    print(f"Finished seeds are kept in {folder}", file=sys.stderr)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        done = pool.map(keep_judged, missing)
        for _ in track(done, "years", len(missing), console=Console(stderr=True)):
            pass
    found = counted(wanted)
    show(found)
    if csv:
        found.write_csv(csv)


def keep_judged(draw: tuple[Path, str, int]) -> None:
    """Judge a draw and keep what was found: beside its place first, so that no half is left."""
    file = file_of(*draw)
    beside = file.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(judged(*draw[1:])), encoding="utf-8")
    beside.replace(file)


def judged(name: str, seed: int) -> list[dict[str, Any]]:
    """Draw a year, run the notebooks' answers, and hold every interval against the truth."""
    world = WORLDS[name]
    truth, values = replace(TRUTHS[world.truth], seed=seed), read_values()[world.truth]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        draw_project(truth, root)
        if not world.coded:
            forget_coded_comments(root)
        answers = printed(root, world.notebooks)
        predicted = predicted_reach(root) if world.coded else {}
    found = [
        (what, answer.approximate, value.is_inside(answer.low, answer.high))
        for answer in answers
        for what, value in to_hold_against(answer, world, values).items()
    ]
    reached = ordinary_reach(truth)
    found += [
        (ONE_PAGE, True, low <= reached[page] <= high) for page, (low, high) in predicted.items()
    ]
    return [
        {
            "world": name,
            "answer": what,
            "labelled": "approximate" if approximate else "",
            "inside": inside,
        }
        for what, approximate, inside in found
    ]


def to_hold_against(
    answer: Printed, world: World, values: Mapping[str, TrueValue]
) -> dict[str, TrueValue]:
    """Give the true value of an answer by its name, and what rules make of it where they decide."""
    if answer.key not in values:
        raise KeyError(f"No true value is stated of the answer '{answer.key}': see population.py")
    what, _, tier = answer.key.partition("/")
    if not world.coded and what != "webcare_absent":
        return {}
    by_the_rules = key(f"{what}{RULES}", tier)
    found = {answer.name: values[answer.key]}
    if not answer.approximate or by_the_rules not in values:
        return found
    return found | {by_the_rules: values[by_the_rules]}


def counted(draws: Iterable[tuple[Path, str, int]]) -> pl.DataFrame:
    """Count over the draws how often each answer's interval held the truth."""
    rows = [row for draw in draws for row in json.loads(file_of(*draw).read_text("utf-8"))]
    return (
        pl.DataFrame(rows)
        .group_by("world", "answer", "labelled", maintain_order=True)
        .agg(pl.col("inside").sum(), of=pl.len())
        .select(COLUMNS)
    )


def show(found: pl.DataFrame) -> None:
    """Print the table, the answers that are labelled approximate last."""
    print("|", " | ".join(COLUMNS), "|")
    print("|" + " --- |" * len(COLUMNS))
    for row in found.sort("labelled", maintain_order=True).iter_rows():
        print("|", " | ".join(map(str, row)), "|")


def write_values(jobs: int) -> None:
    """Draw the true values under every truth and write them beside this file."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        drawn = pool.map(true_values, TRUTHS.values(), repeat(DRAWS))
        values = {
            truth: {name: [value.low, value.high] for name, value in found.items()}
            for truth, found in zip(TRUTHS, drawn, strict=True)
        }
    made = {"of": digest_of_truths(), "draws": DRAWS, "values": values}
    VALUES.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def read_values() -> dict[str, dict[str, TrueValue]]:
    """Read the true values, by truth and answer.

    Raises
    ------
    SystemExit
        When they are not those of the demo as it is.
    """
    made = json.loads(VALUES.read_text(encoding="utf-8"))
    if made["of"] != digest_of_truths():
        sys.exit(f"The demo's truth has changed. Draw the true values again: {__file__} --remake")
    return {
        truth: {name: TrueValue(*ends) for name, ends in values.items()}
        for truth, values in made["values"].items()
    }


def digest_of_truths() -> str:
    """Hash of all that is stated as true."""
    return sha256(repr(list(TRUTHS.values())).encode()).hexdigest()


def file_of(folder: Path, world: str, seed: int) -> Path:
    """Where the findings about one draw are kept."""
    return folder / f"{world.replace(' ', '-')}-{seed:04}.json"


def folder_of_this_version(keep: Path) -> Path:
    """Make the folder for what this version of the project finds."""
    digest = sha256()
    package = Path(analysis.__file__).parent
    sources = [
        *package.rglob("*.py"),
        *package.rglob("*.toml"),
        *Path(__file__).parent.glob("*.py"),
    ]
    read = [*(PROJECT / "notebooks").glob("*.ipynb"), PROJECT / "studies" / "demo.toml", VALUES]
    for file in sorted([*sources, *read]):
        digest.update(file.read_bytes())
    folder = keep / digest.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
