"""The tables of a study that has been ingested, and whether they still fit its raw files.

Nothing here makes tables, so that a notebook that finds them starts without what making them takes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import polars as pl
import polars.selectors as cs
from pydantic import ValidationError

import analysis
from analysis.ingest.passport import Passport
from analysis.problems import InputProblem
from analysis.project import CORRECTIONS, processed_folder
from analysis.registers.followers import with_followers_of_register
from analysis.registers.residents import AREAS
from analysis.sources.pseudonyms import is_other_key
from analysis.study import Study

TABLES = ("pages", "audiences", "posts", "comments", "spend", "page_days", "rejects")
CODING, DRAWN_COMMENTS, DRAWN_POSTS = "coding.json", "drawn_comments.csv", "drawn_posts.csv"
"""What coders said, and what was drawn for them; kept beside the tables."""

POST_ORDER = ("platform", "page_id", "published_at", "post_id")
MAKERS = (
    *("ingest/*.py", "tables.py", "vocabulary.py"),
    *("registers/*.py", "sources/*.py", "sources/*.toml"),
)
"""The code that makes the tables."""


@dataclass(frozen=True)
class Tables:
    """The canonical tables of a study, as pandas tables.

    Numbers that count something are float64, with NaN where nothing was measured; times are in
    UTC; ``paid``, ``by_page`` and ``redirects`` are nullable booleans. A table of which the study
    has no files has no rows.
    """

    pages: pd.DataFrame
    audiences: pd.DataFrame
    posts: pd.DataFrame
    comments: pd.DataFrame
    spend: pd.DataFrame
    page_days: pd.DataFrame
    rejects: pd.DataFrame


def load_tables(study: Study, root: Path) -> Tables:
    """Load the canonical tables of a study that has been ingested.

    Pages of which no post has followers get those of the register; on disk they stay missing.

    Raises
    ------
    InputProblem
        When it has not.
    """
    folder = processed_folder(root, study.name)
    try:
        tables = {name: pl.read_parquet(folder / f"{name}.parquet", glob=False) for name in TABLES}
    except FileNotFoundError as error:
        raise InputProblem(
            str(folder),
            "no tables",
            "the tables of this study",
            f"Make them with: bereik ingest {study.name}",
        ) from error
    posts = tables["posts"].lazy().sort(POST_ORDER)
    tables["posts"] = with_followers_of_register(posts, tables["pages"]).collect()
    return Tables(**{name: _as_pandas(table) for name, table in tables.items()})


def _as_pandas(table: pl.DataFrame) -> pd.DataFrame:
    counts = cs.integer() - cs.by_name("row", require_all=False)
    frame = table.with_columns(counts.cast(pl.Float64)).to_pandas()
    return frame.astype(dict.fromkeys(table.select(cs.boolean()).columns, "boolean"))


def passport_of(study: Study, root: Path) -> Passport | None:
    """Read the passport in the folder of a study; None without one that this version can read."""
    return _passport_in(processed_folder(root, study.name))


def passports(root: Path) -> list[Passport]:
    """Read the passports of all studies that were ingested and that this version can read."""
    found = map(_passport_in, sorted(processed_folder(root, "").glob("*/")))
    return [passport for passport in found if passport is not None]


def _passport_in(folder: Path) -> Passport | None:
    try:
        return Passport.read(folder)
    except (OSError, ValidationError):
        return None


def require_folder_of_its_own(study: Study, root: Path) -> None:
    """Raise an InputProblem when another study file has the folders that go by this one's name."""
    passport, own = passport_of(study, root), name_from(study.path, root)
    if passport is None or passport.study_file.path == own:
        return
    other = passport.study_file.path
    # A study file that was moved is no other study.
    if (root / other).is_file():
        raise InputProblem(
            own,
            f"a study called '{study.name}', as {other} is, whose tables and reports lie in the "
            "folders of that name",
            "a study file with a name of its own",
            "Rename one of the two files.",
        )


def passport_that_fits(study: Study, root: Path) -> Passport | None:
    """Give the passport of a study's tables; None when they are missing or stale."""
    folder = processed_folder(root, study.name)
    if not all((folder / f"{name}.parquet").is_file() for name in TABLES):
        return None
    passport = passport_of(study, root)
    if passport is None:
        return None
    same_study = passport.study_file.path == name_from(study.path, root)
    same_readers = passport.readers_sha256 == readers_sha256()
    other_key = passport.pseudonym_key is not None and is_other_key(passport.pseudonym_key)
    fits = same_study and same_readers and passport.still_fits(root, read_beside(study, root))
    return passport if fits and not other_key else None


def read_beside(study: Study, root: Path) -> list[str]:
    """Names of the lists that are read beside the raw files."""
    codes = (study.hand_codes, study.comment_rule_errors)
    declared = [name for name in (study.register_of_pages, study.audiences, *codes) if name]
    return declared + [name for name in (*AREAS, CORRECTIONS) if (root / name).is_file()]


def name_from(path: Path, root: Path) -> str:
    """Name a file from the project's root, or in full when it lies outside it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def readers_sha256() -> str:
    """Hash of the code that makes the tables; other code may make other tables."""
    package = Path(analysis.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(file for pattern in MAKERS for file in package.glob(pattern)):
        digest.update(file.read_bytes())
    return digest.hexdigest()
