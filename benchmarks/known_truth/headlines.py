"""What the notebooks print as their answers, on the demo drawn from a truth.

The real way, without kernels: raw files are written and read, and the notebooks' own cells are run
up to the ones that hold the answers.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from population import RATIO
from true_value import key

from analysis.audience.reach import reach_per_page
from analysis.demo import write_demo
from analysis.demo.truth import Truth
from analysis.opening import open_notebook

PROJECT = Path(__file__).resolve().parents[2]
ANSWERS = {
    "01_activity": ("01-answer",),
    "02_engagement": ("02-answer",),
    "03_organic_reach": ("03-answer",),
    "04_webcare": ("04-answer",),
    "05_content": ("05-answer",),
    "06_tier_comparison": ("06-pairs-table",),
    "07_what_would_be_lost": ("07-answer",),
    "08_channels": ("08-answer",),
    "09_claims": ("09-verdicts-table",),
}
"""The cells of each notebook that carry the numbers of its answer."""

VERDICTS = ("09_claims",)
RESTING_ON_REACH = ("03_organic_reach", "07_what_would_be_lost", "09_claims")
SAME_AS = {"month_audience": "small_audience_month", "loss": "small_loss"}
"""Measures that are also what a claim goes by."""

NOTHING_ESTIMATED = ("break_even_reach",)
"""Measures that follow from what is known: their two ends are no interval around an estimate."""

BEFORE = ("parameters", "opening")
STUDY = "demo"
RAW = Path("data", "raw", "demo")


@dataclass(frozen=True)
class Printed:
    """An interval that a notebook prints.

    Attributes
    ----------
    name : str
        What is estimated, of which tier.
    key : str
        Of its true value, as ``population.key`` makes it.
    approximate : bool
        Whether it is labelled so.
    """

    name: str
    key: str
    low: float
    high: float
    approximate: bool


def draw_project(truth: Truth, root: Path) -> None:
    """Make a project of the demo, with the raw files of a truth."""
    for folder in ("studies", "notebooks", "data/raw/register"):
        shutil.copytree(PROJECT / folder, root / folder)
    write_demo(root / RAW, truth)


def forget_coded_comments(root: Path) -> None:
    """Take from the study what comments coded by hand say of the rules."""
    study = root / "studies" / f"{STUDY}.toml"
    lines = study.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("comment_rule_errors")]
    study.write_text("".join(kept), encoding="utf-8")


def printed(root: Path, notebooks: Iterable[str]) -> list[Printed]:
    """Run the cells with the answers of some notebooks, and give the intervals that they print."""
    with _working_in(root):
        rows = [
            row
            for notebook in notebooks
            for row in _rows(root / "notebooks" / f"{notebook}.ipynb", ANSWERS[notebook])
        ]
    return [_printed(row) for row in rows if row["low"] is not None and _is_headline(row)]


def predicted_reach(root: Path) -> dict[str, tuple[float, float]]:
    """Give the interval of every page that shares no reach: people reached by an ordinary post."""
    with _working_in(root):
        pages = reach_per_page(open_notebook(STUDY, "all", "", "facebook")).pages
    modelled = pages[~pages["measured"]]
    ends = zip(modelled["post_low"], modelled["post_high"], strict=True)
    return dict(zip(modelled.index, ends, strict=True))


def _is_headline(row: dict[str, Any]) -> bool:
    """Whether a row estimates how much there is, or how many times as much, of something."""
    says_how_much = row.get("versus") is None or row["definition"].startswith("ratio")
    return says_how_much and row["measure"] not in NOTHING_ESTIMATED


def _printed(row: dict[str, Any]) -> Printed:
    what = row.get("claim") or (row["measure"] if row["definition"] != RATIO else RATIO)
    if row["platform"] != "facebook":
        what = f"{what} on {row['platform']}"
    return Printed(
        key(what, row["tier"], row.get("versus")),
        key(SAME_AS.get(what, what), row["tier"], row.get("versus")),
        low=row["low"],
        high=row["high"],
        approximate=row["method"].endswith("(approximate)"),
    )


def _rows(notebook: Path, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Run a notebook's first cells and the wanted ones, and give the rows that these carry."""
    names: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] in wanted:
            yield from _shown(cell, names).rows
        elif cell["id"].endswith(BEFORE):
            exec("".join(cell["source"]), names)


def _shown(cell: dict[str, Any], names: dict[str, Any]) -> Any:
    """What a cell shows: the value of its last line."""
    lines = ast.parse("".join(cell["source"]))
    last = lines.body.pop()
    assert isinstance(last, ast.Expr), f"cell {cell['id']} shows nothing"
    exec(compile(lines, cell["id"], "exec"), names)
    return eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)


@contextmanager
def _working_in(root: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)
