"""Posts coded by hand: a sample drawn for coders, and how well coders and rules agree on it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl

from analysis.coding.agreement import Agreement, agreements
from analysis.coding.draws import NUMBER, numbered, of_its_draw, with_draws_before
from analysis.coding.sheets import (
    as_cell,
    require_new_file,
    require_new_file_outside,
    write_sheet,
)
from analysis.content.rules import by_rules, classes
from analysis.ingest.making import ensure_ingested
from analysis.ingest.processed import DRAWN_POSTS
from analysis.problems import InputProblem
from analysis.project import processed_folder
from analysis.registers.post_codes import COLUMNS, POST_KEY, read_codes, unknown_posts
from analysis.study import Study
from analysis.whole_files import replacing

FEWEST = 50
SHEET = (NUMBER, "page", "permalink", "text", "coder", *classes())


def draw_posts(study: Study, root: Path, to: Path, n: int = 200, seed: int = 1) -> int:
    """Draw posts to a CSV file for coders, as many of every tier and purpose as there are.

    The purpose is that of the rules; coders do not see it.

    Parameters
    ----------
    study : Study
    root : pathlib.Path
        The project's root.
    to : pathlib.Path
        A new file outside the project. ``coder``, ``purpose`` and ``strategy`` are empty. A
        ``number`` stands for the ids of the post, which a spreadsheet would round.
    n : int, default 200
        How many; at least 50.
    seed : int, default 1
        Of the random draw.

    Returns
    -------
    int
        Posts drawn; fewer than ``n`` when there are no more.

    Raises
    ------
    InputProblem
        When the file lies in the project or exists, ``n`` is too small, or no post has a text.
    """
    require_new_file_outside(to, root, "the texts of posts")
    if n < FEWEST:
        raise InputProblem("number of posts", str(n), f"at least {FEWEST}")
    ensure_ingested(study, root)
    posts = _with_text(study, root)
    if posts.is_empty():
        raise InputProblem(
            study.name,
            "no posts with a text",
            "posts with texts to be coded",
            "Use an export with texts, and set leave_out_messages = false.",
        )
    sample = numbered(_stratified(posts, n, seed), POST_KEY)
    sheet = sample.with_columns(
        as_cell(pl.col("page")),
        as_cell(pl.col("text")),
        **{name: pl.lit("") for name in ("coder", *classes())},
    )
    kept = processed_folder(root, study.name) / DRAWN_POSTS
    with replacing(kept, to) as (for_ids, for_people):
        with_draws_before(sample.select(NUMBER, *POST_KEY), kept).write_csv(for_ids)
        write_sheet(for_people, SHEET, sheet.select(SHEET).rows())
    return sample.height


def what_to_write() -> str:
    """Say what coders write behind every post."""
    said = [f"{name}: {', '.join(of.names)}" for name, of in classes().items()]
    return (
        f"Write your name in 'coder' and one class behind each post ({'; '.join(said)}). "
        "Everybody codes a copy of their own."
    )


def _with_text(study: Study, root: Path) -> pl.DataFrame:
    """Posts that have words, with their tier, their page's name and their purpose by the rules."""
    folder = processed_folder(root, study.name)
    columns = [*POST_KEY, "permalink", "message"]
    posts = pl.read_parquet(folder / "posts.parquet", columns=columns, glob=False)
    purposes = by_rules(posts["message"].to_pandas())["purpose"].to_list()
    pages = pl.read_parquet(folder / "pages.parquet", glob=False).select(
        "platform", "page_id", "tier", page="name"
    )
    return (
        posts.rename({"message": "text"})
        .with_columns(stratum=pl.Series(purposes, dtype=pl.String))
        .drop_nulls("stratum")
        .join(pages, on=["platform", "page_id"], validate="m:1")
    )


def _stratified(posts: pl.DataFrame, n: int, seed: int) -> pl.DataFrame:
    """One post of every tier and purpose, then a second one of each that has it, and so on."""
    shuffled = posts.sort(POST_KEY).sample(fraction=1, shuffle=True, seed=seed)
    turn = pl.int_range(pl.len()).over("tier", "stratum")
    first = shuffled.sort(turn, maintain_order=True).head(n)
    return first.sample(fraction=1, shuffle=True, seed=seed)


def read_coded_posts(study: Study, root: Path, paths: tuple[Path, ...]) -> pd.DataFrame:
    """Read files of coded posts and check that every post is one of the study.

    Sheets may be of different draws; a file may also hold ids, as `write_codes` writes them.

    Returns
    -------
    pandas.DataFrame of str
        As `post_codes.read_codes`.

    Raises
    ------
    InputProblem
        As `post_codes.read_codes`, when a sheet is of no draw that is kept, and when a post is not
        in the study.
    """
    kept = processed_folder(root, study.name) / DRAWN_POSTS
    codes = read_codes(
        *paths, by_number=lambda sheet, path: of_its_draw(sheet, kept, path, study.name)
    )
    ensure_ingested(study, root)
    unknown = unknown_posts(codes, pl.scan_parquet(_posts_of(study, root), glob=False))
    for _, page, post in unknown.head(1).rows():
        raise InputProblem(
            ", ".join(str(path) for path in paths),
            f"codes of {unknown.height:,} posts that are not in study '{study.name}', the first of "
            f"post '{post}' on page '{page}'",
            "posts of this study, with ids as they were drawn",
        )
    return codes


def _posts_of(study: Study, root: Path) -> Path:
    return processed_folder(root, study.name) / "posts.parquet"


def how_many_in_words(codes: pd.DataFrame) -> str:
    """Say how many posts are coded, and how many of them by more than one coder."""
    coders = codes.groupby(list(POST_KEY))["coder"].nunique()
    by_coder = codes.groupby("coder", sort=True).size()
    each = ", ".join(f"{coder} {number}" for coder, number in by_coder.items())
    return (
        f"{len(coders)} posts are coded ({each}), {(coders > 1).sum()} of them by two or more "
        "coders. Agreement between coders is that on these."
    )


def write_codes(codes: pd.DataFrame, to: Path) -> None:
    """Write codes to a new file, without the texts of the posts.

    Raises
    ------
    InputProblem
        When the file exists.
    """
    require_new_file(to)
    with replacing(to) as (beside,):
        codes.to_csv(beside, columns=list(COLUMNS), index=False, lineterminator="\n")


def agreements_of(study: Study, root: Path, codes: pd.DataFrame) -> tuple[Agreement, ...]:
    """Compare codes with each other and with the rules, on the posts of an ingested study."""
    columns = [*POST_KEY, "message"]
    return agreements(
        codes, pl.read_parquet(_posts_of(study, root), columns=columns, glob=False).to_pandas()
    )
