"""Posts that people coded: a CSV with one row per post and coder, named in the study file.

Columns: ``platform``, ``page_id``, ``post_id``, ``coder``, ``purpose`` and ``strategy``; others are
not looked at. The codes hold nothing about people, so that the file may stand among the data.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl

from analysis.content.rules import Dimension, classes
from analysis.problems import InputProblem, listed, nearest
from analysis.sources.dialect import open_table
from analysis.study import Study

POST_KEY = ("platform", "page_id", "post_id")
COLUMNS = (*POST_KEY, "coder", *classes())
ByNumber = Callable[[pl.DataFrame, Path], pl.DataFrame]
"""Puts the ids of posts to the rows of a sheet that has a column ``number`` in their place."""
NAMED = 5
_ROUNDED = r"^\d([.,]\d+)?[eE]\+?\d+$"


def hand_codes(study: Study, root: Path) -> pd.DataFrame:
    """Read the codes that a study names; none when it names no file."""
    return read_codes(root / study.hand_codes) if study.hand_codes else _frame(pl.DataFrame())


def read_codes(*paths: Path, by_number: ByNumber | None = None) -> pd.DataFrame:
    """Read files of codes.

    Rows without a purpose and a strategy are posts that nobody coded yet; they are left out. Where
    a file has no name of a coder, its own name stands for one.

    Parameters
    ----------
    *paths : pathlib.Path
        CSV files as a spreadsheet writes them.
    by_number : callable, optional
        Finds the ids in a sheet that has none; without it, every file has ids.

    Returns
    -------
    pandas.DataFrame of str
        One row per post and coder, with the six columns; a code that was not given is missing.

    Raises
    ------
    InputProblem
        When a column is missing, a code is no class, an id is missing or rounded, a coder coded a
        post twice, or there is not one code.
    """
    codes = pl.concat(_read(path, by_number) for path in paths)
    names = ", ".join(str(path) for path in paths)
    if codes.is_empty():
        raise InputProblem(names, "not one code", "codes in 'purpose' or 'strategy'")
    if codes.select(*POST_KEY, "coder").is_duplicated().any():
        raise InputProblem(names, "a post that one coder coded twice", "every post once per coder")
    return _frame(codes)


def _read(path: Path, by_number: ByNumber | None) -> pl.DataFrame:
    with tempfile.TemporaryDirectory() as scratch:
        table = open_table(path, Path(scratch))
        is_sheet = "number" in table.columns and "post_id" not in table.columns
        if is_sheet and by_number is None:
            raise InputProblem(
                str(path),
                "a sheet as it was drawn, without the ids of its posts",
                "the codes that were read from it",
                "Make them with: bereik code read STUDY FILE --what posts --to CODES",
            )
        ids = ("number",) if is_sheet else POST_KEY
        table.require(*ids, "coder", *classes())
        cells = table.rows.select(
            "row",
            *(_as_identifier(table.cell(name)).alias(name) for name in ids),
            coder=table.cell("coder").fill_null(path.stem),
            **{name: table.cell(name).str.to_lowercase() for name in classes()},
        ).collect()
    coded = cells.filter(pl.any_horizontal(pl.col(*classes()).is_not_null()))
    if by_number and is_sheet:
        coded = by_number(coded, path)
    _require_ids(path, coded)
    for dimension in classes():
        _require_classes(path, coded, dimension)
    return coded.select(COLUMNS)


def _as_identifier(cell: pl.Expr) -> pl.Expr:
    """Take away the apostrophe that keeps a spreadsheet from rounding an id."""
    return cell.str.strip_prefix("'")


def _require_ids(path: Path, coded: pl.DataFrame) -> None:
    for name in POST_KEY:
        missing = coded.filter(pl.col(name).is_null())
        if not missing.is_empty():
            raise InputProblem(
                f"{path}, row {missing['row'][0]}",
                f"no {name}",
                "the id of the post that was coded",
            )
        rounded = coded.filter(pl.col(name).str.contains(_ROUNDED))
        if not rounded.is_empty():
            raise InputProblem(
                f"{path}, row {rounded['row'][0]}",
                f"{name} '{rounded[name][0]}', which a spreadsheet has rounded",
                "the whole id, as it was drawn",
                "Keep the apostrophe before an id, or have the column read as text.",
            )


def _require_classes(path: Path, coded: pl.DataFrame, dimension: Dimension) -> None:
    names = classes()[dimension].names
    wrong = coded.filter(~pl.col(dimension).is_in(names))
    if not wrong.is_empty():
        found = str(wrong[dimension][0])
        raise InputProblem(
            f"{path}, row {wrong['row'][0]}, column '{dimension}'",
            f"'{found}'",
            f"one of {listed(names)}",
            nearest(found, names),
        )


def _frame(codes: pl.DataFrame) -> pd.DataFrame:
    columns = codes.select(COLUMNS).to_dict(as_series=False) if len(codes) else {}
    return pd.DataFrame(columns, columns=list(COLUMNS), dtype="object")


def unknown_posts(codes: pd.DataFrame, posts: pl.LazyFrame) -> pl.DataFrame:
    """Find the coded posts that are not among these posts.

    Parameters
    ----------
    codes : pandas.DataFrame
        As `read_codes` gives them.
    posts : polars.LazyFrame
        With ``platform``, ``page_id`` and ``post_id``.

    Returns
    -------
    polars.DataFrame
        Their ``platform``, ``page_id`` and ``post_id``, each once, in the order of the codes.
    """
    coded = pl.DataFrame(
        {name: codes[name].to_list() for name in POST_KEY}, dict.fromkeys(POST_KEY, pl.String)
    )
    coded = coded.unique(maintain_order=True)
    known = posts.select(POST_KEY).join(coded.lazy(), on=POST_KEY, how="semi")
    return coded.join(
        known.collect(engine="streaming"), on=POST_KEY, how="anti", maintain_order="left"
    )


def unknown_in_words(codes: pd.DataFrame, posts: pl.LazyFrame) -> list[str]:
    """Say in one sentence of which coded posts nothing is used; nothing when all are known."""
    unknown = unknown_posts(codes, posts)
    if unknown.is_empty():
        return []
    named = [f"'{post}' of page '{page}'" for _, page, post in unknown.head(NAMED).rows()]
    more = f" and {unknown.height - NAMED:,} more" if unknown.height > NAMED else ""
    return [
        "Posts that were coded by hand and are not among the posts of the study: "
        f"{unknown.height:,} ({', '.join(named)}{more}). Their codes are not used; are the ids as "
        "they were drawn?"
    ]


def agreed(codes: pd.DataFrame, dimension: Dimension) -> pd.Series:
    """Give each coded post the class that most of its coders gave.

    Returns
    -------
    pandas.Series of str
        Indexed by platform, page and post; missing where two classes were given equally often.
    """
    given = codes.dropna(subset=[dimension])
    votes = given.groupby([*POST_KEY, dimension], sort=True).size().rename("votes").reset_index()
    most = votes.groupby(list(POST_KEY))["votes"].transform("max")
    winners = votes[votes["votes"] == most].set_index(list(POST_KEY))[dimension]
    return winners[~winners.index.duplicated(keep=False)]
