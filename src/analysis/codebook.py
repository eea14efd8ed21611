"""The codebook: every variable and measure, generated from the schemas, sources and measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import pandera.polars as pa
import polars as pl

from analysis.content.rules import classes
from analysis.measures.catalogue import CATALOGUE
from analysis.results import RESULT_COLUMNS, RESULT_TEXTS
from analysis.sources.definitions import CHANGES
from analysis.sources.reading import sources
from analysis.tables import (
    AUDIENCES,
    COMMENTS,
    PAGE_DAYS,
    PAGES,
    POSTS,
    REJECTS,
    SPEND,
    dtypes,
)

FILE = "docs/codebook.md"
TABLES = {
    "posts": POSTS,
    "comments": COMMENTS,
    "pages": PAGES,
    "audiences": AUDIENCES,
    "spend": SPEND,
    "page_days": PAGE_DAYS,
    "rejects": REJECTS,
}
FILLED_BY_SOURCES = ("posts", "comments", "spend", "page_days")
TYPES = {
    pl.String: "text",
    pl.Int64: "whole number",
    pl.Float64: "number",
    pl.Boolean: "yes or no",
    pl.Date: "day",
    pl.Datetime: "time (UTC)",
}
ALWAYS_MADE = {
    "published_precision": "decided while reading",
    "followers_definition": "decided while reading",
    "views_definition": "decided while reading",
    "reach_definition": "decided while reading",
    "observed_at": "the study file, else the file's name, else its latest post",
    "source_file": "the study file",
}
ORIGINS = (
    "Each format that gives a variable, with the column of the export in which it stands. *Yes* "
    "means that it comes from several fields, or from one that is named in the export's language; "
    "the docstring of the format's module says how."
)
INTRODUCTION = """\
# Codebook

This page is generated from the code by `bereik codebook`; do not edit it. A missing value means
*not measured* and is never zero. Ids are text. Times are UTC."""


def codebook() -> str:
    """Write the codebook as Markdown.

    Returns
    -------
    str
        Methodology changes first, then each table with its variables and the columns of exports
        that they come from, then the measures, the results, and what posts are for.
    """
    parts = [INTRODUCTION, _changes(), _formats()]
    parts += [_table(name, schema) for name, schema in TABLES.items()]
    return "\n\n".join([*parts, _measures(), _results(), _rules_of_content()]) + "\n"


def write_codebook(root: Path) -> Path:
    """Write the codebook into the project's ``docs``."""
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(codebook(), encoding="utf-8")
    return path


def _changes() -> str:
    rows = (
        (change.since, ", ".join(f"`{name}`" for name in change.variables), change.what, change.url)
        for change in CHANGES
    )
    return (
        "## Methodology changes\n\n"
        "Numbers from before and after such a day are kept apart by the `*_definition` columns. "
        "Where a study holds two definitions, that of fewer posts is left out of every measure.\n\n"
        + _markdown(("since", "variables", "what changes", "source"), rows)
    )


def _formats() -> str:
    rows = (
        (f"`{source.name}`", source.title, source.kind)
        for source in sorted(sources().values(), key=lambda source: source.name)
    )
    return "## Formats\n\n" + _markdown(("format", "what it is", "gives"), rows)


def _table(name: str, schema: pa.DataFrameSchema) -> str:
    key = ", ".join(f"`{column}`" for column in schema.unique or [])
    heading = f"## Table `{name}`\n\n" + (f"One row per {key}.\n\n" if key else "")
    parts = [heading + _markdown(_VARIABLE_HEADINGS, _variables(schema))]
    if name in FILLED_BY_SOURCES:
        parts += [f"### Where `{name}` come from", ORIGINS, _origins(name, schema)]
    return "\n\n".join(parts)


_VARIABLE_HEADINGS = ("variable", "definition", "unit", "type", "may be missing", "valid")


def _variables(schema: pa.DataFrameSchema) -> Iterable[tuple[str, ...]]:
    for name, dtype in dtypes(schema).items():
        column = schema.columns[name]
        unit = (column.metadata or {}).get("unit", "")
        missing = "yes" if column.nullable else "no"
        kind = TYPES[dtype.base_type()]
        yield f"`{name}`", column.description or "", unit, kind, missing, _valid(name)


def _valid(variable: str) -> str:
    """Since and until when one definition of a variable holds."""
    days = [change.since for change in CHANGES if variable in change.variables]
    if not days:
        return "always"
    periods = [f"until {days[0]}"]
    periods += [f"{start} to {end}" for start, end in pairwise(days)]
    return "; ".join([*periods, f"since {days[-1]}"])


def _origins(kind: str, schema: pa.DataFrameSchema) -> str:
    """Per variable, the formats that give it and the column of the export, where it is one."""
    rows = []
    for name in schema.columns:
        given = [
            f"{source.name}: {_column(source.gives, name)}"
            for source in sorted(sources().values(), key=lambda source: source.name)
            if source.kind == kind and name in source.gives
        ]
        rows.append((f"`{name}`", "; ".join(given) or ALWAYS_MADE.get(name, "no format")))
    return _markdown(("variable", "format: column of the export"), rows)


def _column(gives: Mapping[str, str] | tuple[str, ...], variable: str) -> str:
    if not isinstance(gives, Mapping):
        return "*yes*"
    column = gives[variable]
    return column if column.startswith("(") else f"`{column}`"


def _measures() -> str:
    rows = (
        (f"`{measure.name}`", measure.label, measure.unit, measure.formula, measure.reference)
        for measure in CATALOGUE.values()
    )
    return (
        "## Measures per page\n\n"
        "N posts; F mean followers at posting, or the followers of the register where no "
        "post of the page has any; L reactions, C comments, S shares of a post; "
        "I = L + C + S, missing when one of them is.\n\n"
        + _markdown(("measure", "name", "unit", "formula", "source"), rows)
    )


def _results() -> str:
    """Write what the columns of the results say."""
    rows = ((f"`{name}`", RESULT_TEXTS[name]) for name in RESULT_COLUMNS)
    return (
        "## Results\n\n"
        "`results.csv` and `results.parquet` of a study hold every estimate that its report shows, "
        "without rounding, in English.\n\n" + _markdown(("column", "what it says"), rows)
    )


def _rules_of_content() -> str:
    """What posts are for: every class with its meaning, examples and known errors."""
    rows = (
        (f"`{dimension}`", f"`{rule.name}`", rule.meaning, " / ".join(rule.examples), rule.errors)
        for dimension, of in classes().items()
        for rule in of.all
    )
    return (
        "## What posts are for\n\n"
        "The first class whose words stand in a post's text is its class; the last one of each "
        "needs none. The words, Dutch and English, are in `src/analysis/content/rules.toml`. "
        "Purposes are adapted from DePaula, Dincelli & Harrison 2018, "
        "doi:10.1016/j.giq.2017.10.003; strategies from Mergel 2013, "
        "doi:10.1016/j.giq.2013.05.015. The examples are invented. How often the rules are wrong "
        "is measured with posts coded by hand (`bereik code --what posts`).\n\n"
        + _markdown(("of", "class", "meaning", "examples", "known errors"), rows)
    )


def _markdown(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
