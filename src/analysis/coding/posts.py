"""Posts coded by hand: a sample drawn for coders, and how well coders and rules agree on it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from analysis.coding.post_codes import COLUMNS, POST_KEY, read_codes
from analysis.coding.sheets import (
    harmless,
    kept_as_text,
    require_new_file,
    require_new_file_outside,
)
from analysis.content.rules import Dimension, by_rules, classes
from analysis.inference.agreement import ENOUGH, krippendorff_alpha
from analysis.inference.estimate import Estimate
from analysis.ingest import ensure_ingested
from analysis.problems import InputProblem
from analysis.project import processed_folder
from analysis.study import Study
from analysis.whole_files import replacing

FEWEST = 50
SHEET = (*POST_KEY, "page", "permalink", "text", "coder", *classes())


@dataclass(frozen=True)
class Agreement:
    """How well coders agree on one class, with each other and with the rules.

    Attributes
    ----------
    dimension, name : str
        Of the class: ``purpose`` and ``crisis``.
    coders, rules : Estimate
        Krippendorff's alpha of "this class or another", between coders, and between the rules and
        the coders, who take turns post by post.
    n_given : int
        Posts to which at least one coder gave the class.
    """

    dimension: Dimension
    name: str
    coders: Estimate
    rules: Estimate
    n_given: int

    @property
    def enough(self) -> bool:
        """Whether a conclusion may rest on the class: both alphas known and high enough."""
        return all(alpha.value is not None and alpha.value >= ENOUGH for alpha in self.both)

    def __str__(self) -> str:
        """``purpose crisis: 0.91 between coders, 0.84 with the rules; given to 23 posts``."""
        coders, rules = (
            "not known" if alpha.value is None else f"{alpha.value:.2f}" for alpha in self.both
        )
        verdict = "" if self.enough else f"; not {ENOUGH} or more, so no conclusion may rest on it"
        return (
            f"{self.dimension} {self.name}: {coders} between coders, {rules} with the rules; given "
            f"to {self.n_given} posts{verdict}"
        )

    @property
    def both(self) -> tuple[Estimate, Estimate]:
        """The alpha between coders and the alpha with the rules."""
        return self.coders, self.rules


def draw_posts(study: Study, root: Path, to: Path, n: int = 200, seed: int = 1) -> int:
    """Draw posts to a CSV file for coders, as many of every tier and purpose as there are.

    The purpose is that of the rules; coders do not see it.

    Parameters
    ----------
    study : Study
    root : pathlib.Path
        The project's root.
    to : pathlib.Path
        A new file outside the project. ``coder``, ``purpose`` and ``strategy`` are empty. Ids have
        an apostrophe before them, so that a spreadsheet does not round them.
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
    sample = _stratified(posts, n, seed).with_columns(
        *(kept_as_text(pl.col(name)).alias(name) for name in POST_KEY[1:]),
        harmless(pl.col("text")),
        **{name: pl.lit("") for name in ("coder", *classes())},
    )
    with replacing(to) as (beside,), beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SHEET)
        writer.writerows(sample.select(SHEET).rows())
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
    posts = pl.read_parquet(folder / "posts.parquet", columns=columns)
    purposes = by_rules(posts["message"].to_pandas())["purpose"].to_list()
    pages = pl.read_parquet(folder / "pages.parquet").select(
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

    Returns
    -------
    pandas.DataFrame of str
        As `post_codes.read_codes`.

    Raises
    ------
    InputProblem
        As `post_codes.read_codes`, and when a post is not in the study.
    """
    codes = read_codes(*paths)
    ensure_ingested(study, root)
    posts = _keys(pl.read_parquet(_posts_of(study, root), columns=list(POST_KEY)).to_pandas())
    unknown = codes[~_keys(codes).isin(posts)]
    if len(unknown):
        first = unknown.iloc[0]
        raise InputProblem(
            ", ".join(str(path) for path in paths),
            f"{len(unknown)} codes of posts that are not in study '{study.name}', the first of "
            f"post '{first['post_id']}' on page '{first['page_id']}'",
            "posts of this study, with ids as they were drawn",
        )
    return codes


def _posts_of(study: Study, root: Path) -> Path:
    return processed_folder(root, study.name) / "posts.parquet"


def _keys(posts: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(posts[list(POST_KEY)])


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
    return agreements(codes, pl.read_parquet(_posts_of(study, root), columns=columns).to_pandas())


def agreements(codes: pd.DataFrame, posts: pd.DataFrame) -> tuple[Agreement, ...]:
    """Compare the codes of coders with each other and with the rules, class by class.

    Parameters
    ----------
    codes : pandas.DataFrame
        As `post_codes.read_codes` gives them; codes of other posts are not used.
    posts : pandas.DataFrame
        With ``platform``, ``page_id``, ``post_id`` and ``message``.

    Returns
    -------
    tuple of Agreement
        One per class, in the order of the rules.
    """
    # Ids first: a study has millions of posts, and keys of three parts are slow to make.
    candidates = posts[posts["post_id"].isin(codes["post_id"])]
    coded = codes[_keys(codes).isin(_keys(candidates))]
    ruled = candidates[_keys(candidates).isin(_keys(coded))]
    ruled = ruled[list(POST_KEY)].join(by_rules(ruled["message"]))
    return tuple(
        agreement
        for dimension in classes()
        for agreement in _of_dimension(dimension, coded, ruled.set_index(list(POST_KEY))[dimension])
    )


def _of_dimension(
    dimension: Dimension, coded: pd.DataFrame, ruled: pd.Series
) -> Iterator[Agreement]:
    by_coder = coded.pivot(index="coder", columns=list(POST_KEY), values=dimension)  # noqa: PD010
    one_each = _taking_turns(by_coder)
    with_rules = np.vstack([one_each, ruled.reindex(by_coder.columns)])
    pages = by_coder.columns.to_frame(index=False).groupby(["platform", "page_id"]).ngroup()
    for name in classes()[dimension].names:
        yield Agreement(
            dimension,
            name,
            coders=krippendorff_alpha(_gives(by_coder.to_numpy(), name), pages),
            rules=krippendorff_alpha(_gives(with_rules, name), pages),
            n_given=int((by_coder == name).any().sum()),
        )


def _taking_turns(by_coder: pd.DataFrame) -> np.ndarray:
    """One coder's code of every post; coders take turns, so that posts they disagree on stay in."""
    codes = by_coder.to_numpy(dtype=object)
    given = by_coder.notna().to_numpy(dtype=bool)
    turn = np.arange(codes.shape[1]) % np.maximum(given.sum(axis=0), 1)
    order = np.argsort(~given, axis=0, kind="stable")
    return np.take_along_axis(codes, order, axis=0)[turn, np.arange(codes.shape[1])]


def _gives(codes: np.ndarray, name: str) -> np.ndarray:
    """1 where a code is this class, 0 where it is another, NaN where there is none."""
    return np.where(pd.isna(codes), np.nan, (codes == name).astype(float))
