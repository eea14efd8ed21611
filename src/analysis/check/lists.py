"""The lists that a study has beside its raw files: which one a file is, and what it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from analysis.ingest.raw_files import PAGE_KEY
from analysis.problems import InputProblem
from analysis.registers.audiences import read_audiences
from analysis.registers.comment_rule_errors import comment_rule_errors, read_error_rates
from analysis.registers.pages import REQUIRED, read_register
from analysis.registers.post_codes import COLUMNS, POST_KEY, hand_codes, unknown_in_words
from analysis.sources.dialect import open_table, read_header
from analysis.sources.json_records import keys_at_start
from analysis.sources.reading import source_without_people
from analysis.study import RawFile, Study
from analysis.tables import AUDIENCES

LISTS = {
    "register_of_pages": "register of pages",
    "audiences": "list of audiences",
    "comment_rule_errors": "error rates of the rules for comments",
    "hand_codes": "posts coded by hand",
}
"""What the lists are, by the key under which a study names them."""

ONLY_OF_AUDIENCES = set(AUDIENCES.columns) - {*PAGE_KEY, "source", "source_file"}
ONLY_OF_RULE_ERRORS = {"sensitivity", "specificity", "rules_sha256"}


def list_of(path: Path) -> str:
    """Say under which key a study names such a file; empty when it is no list of a study's."""
    if keys := keys_at_start(path):
        return "comment_rule_errors" if keys >= ONLY_OF_RULE_ERRORS else ""
    header = set(read_header(path))
    if header >= set(COLUMNS):
        return "hand_codes"
    if header >= set(REQUIRED) and _lists_pages(path):
        return "register_of_pages"
    of_audiences = "page_id" in header and header & ONLY_OF_AUDIENCES
    return "audiences" if of_audiences and _lists_pages(path) else ""


def _lists_pages(path: Path) -> bool:
    """Whether most rows are about a page of their own, where those of posts repeat their page."""
    with tempfile.TemporaryDirectory() as scratch:
        table = open_table(path, Path(scratch))
        pages = table.rows.select(table.cell("page_id").n_unique()).collect().item()
        return bool(2 * pages > table.rows_read)


def what_to_do(key: str, path: Path) -> dict[str, str]:
    """Say what a list holds, and under which key a study names it.

    Raises
    ------
    InputProblem
        When it cannot be read.
    """
    use = {"use": f'name it in the study file: {key} = "{path.as_posix()}"'}
    if key == "comment_rule_errors":
        return {"coded comments": f"{read_error_rates(path).n_coded:,}"} | use
    with tempfile.TemporaryDirectory() as scratch:
        return {"rows": f"{open_table(path, Path(scratch)).rows_read:,}"} | use


def facts_of(key: str, study: Study, root: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Say what a list that a study names holds, and what is odd about it.

    Raises
    ------
    InputProblem
        When the study cannot use it.
    """
    match key:
        case "register_of_pages":
            per_tier = _register(study, root).group_by("tier").len()
            n_pages = dict(per_tier.iter_rows())
            tiers = ", ".join(f"{tier}: {n_pages.get(tier, 0):,}" for tier in study.tier_names)
            return {"pages": tiers}, ()
        case "audiences":
            listed = read_audiences(root / str(study.audiences), study, _pages(study, root))
            return {"pages": f"{listed.height:,}"}, ()
        case "comment_rule_errors":
            errors = comment_rule_errors(study, root)
            return {"coded comments": f"{errors.n_coded:,}" if errors else ""}, ()
        case _:
            codes = hand_codes(study, root)
            found = {"codes": f"{len(codes):,}, coders: {codes['coder'].nunique()}"}
            posts = _posts(study, root, POST_KEY)
            return found, () if posts is None else tuple(unknown_in_words(codes, posts.lazy()))


def _register(study: Study, root: Path) -> pl.DataFrame:
    return read_register(root / str(study.register_of_pages), study)


def _pages(study: Study, root: Path) -> pl.DataFrame:
    """The pages of the register, or of the posts."""
    if study.register_of_pages:
        return _register(study, root)
    pages = _posts(study, root, PAGE_KEY)
    if pages is None:
        raise InputProblem(
            str(study.audiences),
            "pages that nothing can be held against",
            "files of posts that can be read, or a register",
        )
    return pages


def _posts(study: Study, root: Path, columns: Sequence[str]) -> pl.DataFrame | None:
    """Different rows of some columns of all usable posts; None where a file cannot be read."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            rows = [_usable_rows(file, study, root, Path(scratch)) for file in study.raw.posts]
            found = pl.concat([row.select(columns) for row in rows]).unique() if rows else None
            return None if found is None else found.collect(engine="streaming")
    except (InputProblem, OSError):  # the report on that file says why
        return None


def _usable_rows(raw_file: RawFile, study: Study, root: Path, scratch: Path) -> pl.LazyFrame:
    path, own = root / raw_file.path, Path(tempfile.mkdtemp(dir=scratch))
    reading = source_without_people(path, raw_file, "posts").read(path, raw_file, study.zone, own)
    return reading.rows.filter(pl.col("reason").is_null())
