"""Reviewed corrections of raw values, applied while ingesting; the raw files stay as they are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.problems import InputProblem, listed, nearest
from analysis.project import CORRECTIONS as FILE
from analysis.tables import POSTS, dtypes

CorrectedField = Literal[
    "kind",
    "followers_at_posting",
    "reactions",
    "comments",
    "shares",
    "reactions_like",
    "reactions_love",
    "reactions_wow",
    "reactions_haha",
    "reactions_sad",
    "reactions_angry",
    "reactions_care",
    "reactions_thankful",
    "views",
    "views_organic",
    "views_paid",
    "reach",
    "reach_organic",
    "reach_paid",
    "link_clicks",
    "paid",
]
DROP, MISSING = "drop", "missing"
Value = bool | Annotated[int, Field(ge=0)] | str
Explanation = Annotated[str, Field(min_length=10)]


class Correction(BaseModel):
    """One value that is known to be wrong, on one post or on the posts of a page.

    Attributes
    ----------
    file : str
        The raw file it stands in, from the project's root.
    page : str
        Id of the page.
    post : str or None
        Id of the post; without one, every post of the page that has the old value.
    field : str
        The column of the posts table.
    old : bool, int or str
        What stands there now; ``"missing"`` when nothing does.
    new : bool, int or str
        What should stand there; ``"drop"`` when nothing should, so that it counts as not measured.
    why, rule : str
        What is wrong, and by which rule that was decided.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: str
    page: str
    post: str | None = None
    field: CorrectedField
    old: Value
    new: Value
    why: Explanation
    rule: Explanation

    @model_validator(mode="after")
    def _fits_the_field(self) -> Correction:
        for key, value, word in (("old", self.old, MISSING), ("new", self.new, DROP)):
            if value != word and not self._is_a_value(value):
                raise InputProblem(key, f"{value!r}", f"a value of '{self.field}', or '{word}'")
        if self.old == self.new:
            raise InputProblem("new", f"{self.new!r}, the old value", "another value")
        return self

    def _is_a_value(self, value: Value) -> bool:
        dtype = dtypes(POSTS)[self.field]
        fitting = {pl.Int64: int, pl.Boolean: bool, pl.String: str}[dtype.base_type()]
        return type(value) is fitting

    @property
    def where(self) -> str:
        """The place in words."""
        post = f"post '{self.post}' of " if self.post else ""
        return f"{post}page '{self.page}', '{self.field}', in {self.file}"

    def place(self) -> pl.Expr:
        """Rows that the correction speaks of, whatever they hold."""
        of_page = pl.col("page_id") == self.page
        return of_page if self.post is None else of_page & (pl.col("post_id") == self.post)

    def holds_old(self) -> pl.Expr:
        """Rows of the place that hold the old value."""
        value = pl.col(self.field)
        return self.place() & (value.is_null() if self.old == MISSING else value == self.old)

    def corrected(self) -> pl.Expr:
        """The column with the new value in its place."""
        column = pl.col(self.field)
        new = pl.lit(None if self.new == DROP else self.new, dtypes(POSTS)[self.field])
        return pl.when(self.holds_old()).then(new).otherwise(column).alias(self.field)


def read_corrections(root: Path) -> tuple[Correction, ...]:
    """Read the project's corrections; there are none without the file.

    Raises
    ------
    InputProblem
        When the file is no TOML, or a key or value does not fit; it names the correction.
    """
    path = root / FILE
    if not path.is_file():
        return ()
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputProblem(FILE, f"not readable as TOML ({error})", "TOML in UTF-8") from error
    unknown = sorted(declared.keys() - {"corrections"})
    if unknown:
        raise InputProblem(FILE, f"unknown key '{unknown[0]}'", "tables [[corrections]]")
    return tuple(
        _correction(values, f"{FILE}, corrections[{number}]")
        for number, values in enumerate(declared.get("corrections", []), start=1)
    )


def _correction(values: object, where: str) -> Correction:
    try:
        return Correction.model_validate(values)
    except ValidationError as error:
        # A misspelt key is both missing and unknown; that it is unknown says more.
        first = min(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"][:1])
        problem = first.get("ctx", {}).get("error")
        if isinstance(problem, InputProblem):
            where = f"{where}, key '{problem.where}'"
            raise InputProblem(where, problem.found, problem.expected) from error
        where = f"{where}, key '{key}'"
        match first["type"]:
            case "extra_forbidden":
                keys = Correction.model_fields
                raise InputProblem(
                    where, "unknown key", listed(keys), nearest(key, keys)
                ) from error
            case "literal_error":
                fields = get_args(CorrectedField)
                found = str(first["input"])
                remedy = nearest(found, fields)
                raise InputProblem(where, f"'{found}'", listed(fields), remedy) from error
            case _:
                raise InputProblem(where, first["msg"], "see data/raw/README.md") from error


def correct(rows: pl.LazyFrame, corrections: Sequence[Correction]) -> tuple[pl.LazyFrame, int]:
    """Put the new values in the place of the old ones.

    Parameters
    ----------
    rows : polars.LazyFrame
        The usable rows of one raw file, with the columns of the posts table.
    corrections : sequence of Correction
        Those of this file; one after the other, so that a later one sees what an earlier one did.

    Returns
    -------
    rows : polars.LazyFrame
    n : int
        How many values were corrected.

    Raises
    ------
    InputProblem
        When the old value that a correction expects is not there; it names what is.
    """
    n_corrected = 0
    for correction in corrections:
        n_old = rows.select(correction.holds_old().sum()).collect(engine="streaming").item()
        if not n_old:
            raise _other_value(rows, correction)
        n_corrected += int(n_old)
        rows = rows.with_columns(correction.corrected())
    return rows, n_corrected


def not_there(corrections: Iterable[Correction], root: Path) -> list[str]:
    """Say which files the corrections speak of that the project does not have."""
    files = sorted({found.file for found in corrections if not (root / found.file).is_file()})
    return [f"{FILE} speaks of '{file}', which is not there." for file in files]


def _other_value(rows: pl.LazyFrame, correction: Correction) -> InputProblem:
    there = rows.filter(correction.place()).select(correction.field).unique().head(5)
    values = there.collect(engine="streaming")[correction.field].to_list()
    found = listed(MISSING if value is None else value for value in values)
    return InputProblem(
        f"{FILE}, {correction.where}",
        f"the value is {found}" if values else "no usable row",
        f"the old value {correction.old!r}",
        "The raw file or an earlier correction has changed it: review this correction.",
    )
