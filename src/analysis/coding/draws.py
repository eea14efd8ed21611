"""Draws of comments and of posts: each is kept, so that its sheet is known when it comes back.

The first column of a sheet says of which draw a row is, and which row: ``kqtz-017``. The letters
follow from what was drawn, so that the same draw, made again from the same data, has the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from analysis.problems import InputProblem, listed

NUMBER = "number"
NUMBER_PATTERN = r"^[a-z]{4}-\d+$"
_LETTERS = "bcdfghjklmnpqrstvwxz"
"""Without vowels they are no word, and no month of which a spreadsheet makes a date."""
_DRAW = pl.col(NUMBER).str.slice(0, 4).alias("draw")
_QUOTABLE = r"^[\d-]{1,10}$"


def numbered(drawn: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Number what was drawn, from 1, with letters for the draw that its keys decide on."""
    number = pl.int_range(1, drawn.height + 1).cast(pl.String).str.zfill(len(str(drawn.height)))
    return drawn.select(
        pl.format("{}-{}", pl.lit(_letters_of(drawn.select(key))), number).alias(NUMBER), pl.all()
    )


def _letters_of(keys: pl.DataFrame) -> str:
    digest = hashlib.sha256(repr(keys.rows()).encode("utf-8")).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:4])


def with_draws_before(drawn: pl.DataFrame, kept: Path) -> pl.DataFrame:
    """Put a draw below those that are kept; where it was drawn before, it comes in its place.

    Parameters
    ----------
    drawn : polars.DataFrame
        As `numbered` gives it, all of it text.
    kept : pathlib.Path
        A CSV file with the draws so far; it may not be there yet.
    """
    others = _read(kept).filter(_draws(drawn)[0] != _DRAW)
    return pl.concat([others, drawn]) if others.height else drawn


def of_its_draw(sheet: pl.DataFrame, kept: Path, path: Path, study: str) -> pl.DataFrame:
    """Put to every coded row of a sheet what is kept of its draw.

    Parameters
    ----------
    sheet : polars.DataFrame
        The coded rows: ``row``, where each stands in the file, and ``number``, both as read.
    kept : pathlib.Path
        The draws that are kept.
    path : pathlib.Path
        The sheet as it was brought.
    study : str
        The name of the study.

    Returns
    -------
    polars.DataFrame
        With the columns of the draw and ``n_drawn``, how many rows it has.

    Raises
    ------
    InputProblem
        When a number is none that was drawn, the sheet mixes draws, or its draw is not kept.
    """
    sheet = sheet.with_columns(pl.col(NUMBER).str.to_lowercase())
    _require_numbers(sheet, path)
    draws = _draws(sheet)
    if not draws:
        raise InputProblem(str(path), "not one code", "codes behind the rows")
    if len(draws) > 1:
        raise InputProblem(
            str(path),
            f"rows of the draws {listed(draws)}",
            "the rows of one draw",
            "Read the sheet of each draw on its own.",
        )
    known = _read(kept)
    rows = known.filter(draws[0] == _DRAW)
    if rows.is_empty():
        raise _unknown_draw(path, study, draws[0], known)
    beyond = sheet.join(rows, on=NUMBER, how="anti", maintain_order="left")
    for row, number in beyond.select("row", NUMBER).head(1).rows():
        raise InputProblem(
            f"{path}, row {row}",
            f"number '{number}'",
            f"a number of this draw, from '{rows[NUMBER][0]}' to '{rows[NUMBER][-1]}'",
        )
    return sheet.join(
        rows.with_columns(n_drawn=pl.lit(rows.height)), on=NUMBER, how="left", maintain_order="left"
    )


def _read(kept: Path) -> pl.DataFrame:
    if not kept.is_file():
        return pl.DataFrame(schema={NUMBER: pl.String})
    return pl.read_csv(kept, infer_schema=False)


def _draws(rows: pl.DataFrame) -> list[str]:
    return rows.select(_DRAW.unique(maintain_order=True)).to_series().to_list()


def _require_numbers(sheet: pl.DataFrame, path: Path) -> None:
    """Refuse what is no number of a draw; it is quoted only where nobody can have written it."""
    quotable = pl.col(NUMBER).str.contains(_QUOTABLE).alias("quotable")
    other = sheet.filter(~pl.col(NUMBER).str.contains(NUMBER_PATTERN).fill_null(value=False))
    for row, number, is_quotable in other.select("row", NUMBER, quotable).head(1).rows():
        raise InputProblem(
            f"{path}, row {row}, column '{NUMBER}'",
            f"'{number}'" if is_quotable else "no number of a draw",
            "a number as it was drawn, such as 'kqtz-017'",
            "Numbers say of which draw a row is: leave them as they are.",
        )


def _unknown_draw(path: Path, study: str, draw: str, known: pl.DataFrame) -> InputProblem:
    kept = _draws(known)
    return InputProblem(
        str(path),
        f"a sheet of draw '{draw}', which is not kept with the tables of '{study}'",
        f"a sheet of draw {listed(kept)}" if kept else "a sheet that was drawn here",
        "Read it where it was drawn, or draw it again to another file: the same data and the same "
        "--number give the same draw.",
    )
