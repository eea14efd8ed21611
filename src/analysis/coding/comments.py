"""How often the rules for comments are wrong: a sample coded by hand, read back and let go.

The sample is drawn to a file outside the project, for it holds what people wrote. Somebody codes
it without seeing what the rules said. Of what comes back only the error rates are kept.
"""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from analysis.coding.sheets import harmless, open_for_owner, require_new_file_outside
from analysis.ingest import ensure_ingested
from analysis.problems import InputProblem, listed
from analysis.processed import CODING, CODING_SAMPLE
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import LEVEL, Coding, ErrorRate, rules_sha256
from analysis.sources.comments import texts
from analysis.sources.dialect import open_private_table
from analysis.sources.reading import comments_source_of
from analysis.study import Study
from analysis.vocabulary import NEEDS, NO_NEED
from analysis.whole_files import replacing

CODES = (*NEEDS, NO_NEED)
FEWEST = 200
COLUMNS = ("number", "page", "text", "code")


def draw_sample(study: Study, root: Path, to: Path, n: int = FEWEST, seed: int = 1) -> int:
    """Draw comments of people to a CSV file, as many of every page as there are.

    Parameters
    ----------
    study : Study
        With files of comments.
    root : pathlib.Path
        The project's root.
    to : pathlib.Path
        A new file outside the project. Columns: ``number``, ``page``, ``text`` and ``code``, which
        is empty and takes ``question``, ``complaint``, ``report`` or ``none``.
    n : int, default 200
        How many; at least 200.
    seed : int, default 1
        Of the random draw.

    Returns
    -------
    int
        Comments drawn; fewer than ``n`` when there are no more.

    Raises
    ------
    InputProblem
        When the file lies in the project or exists, ``n`` is too small, or there is nothing to
        code.
    """
    require_new_file_outside(to, root, "what people wrote")
    if n < FEWEST:
        raise InputProblem("number of comments", str(n), f"at least {FEWEST}")
    ensure_ingested(study, root)
    comments = _with_text(study, root)
    if comments.is_empty():
        raise InputProblem(study.name, "no comments with a text", "comments of people to be coded")
    sample = drawn_evenly(comments, n, seed)
    known = processed_folder(root, study.name) / CODING_SAMPLE
    with replacing(known, to) as (for_rules, for_people):
        sample.select("number", "page_id", "needs_answer").write_csv(for_rules)
        with open_for_owner(for_people) as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(sample.select("number", "name", "text", pl.lit("")).rows())
    return sample.height


def read_codes(study: Study, root: Path, path: Path) -> Coding:
    """Read the codes of a drawn sample back and keep the error rates of the rules.

    Comments without a code are left out. The texts are not looked at, and nothing of them is kept.

    Returns
    -------
    Coding
        Also written, as ``data/processed/<study>/coding.json``.

    Raises
    ------
    InputProblem
        When the file is not the sample of this study, or a code is none of the four.
    """
    folder = processed_folder(root, study.name)
    if not (folder / CODING_SAMPLE).is_file():
        raise InputProblem(
            study.name,
            "no sample was drawn",
            "a sample of this study",
            f"Draw one with: bereik code draw {study.name} FILE",
        )
    sample = pl.read_csv(folder / CODING_SAMPLE, schema_overrides={"page_id": pl.String})
    coded = _codes(path).join(sample, on="number", how="left", maintain_order="left")
    if coded["needs_answer"].null_count():
        raise InputProblem(str(path), "numbers that were not drawn", "the last sample drawn")
    coding = error_rates(
        coded,
        study=study.name,
        simulated=study.simulated,
        n_drawn=sample.height,
        read_at=datetime.now(UTC).replace(microsecond=0),
    )
    with replacing(folder / CODING) as (beside,):
        beside.write_text(coding.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return coding


def _with_text(study: Study, root: Path) -> pl.DataFrame:
    """The comments of people with their texts, which exist nowhere but in memory."""
    folder = processed_folder(root, study.name)
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for raw_file in study.raw.comments:
            path = root / raw_file.path
            export = comments_source_of(path, raw_file).open(
                path, raw_file, study.zone, Path(scratch)
            )
            found.append(texts(export, raw_file.path).collect())
    if not found:
        return pl.DataFrame()
    comments = pl.read_parquet(folder / "comments.parquet", glob=False).filter(
        pl.col("needs_answer").is_not_null()
    )
    pages = pl.read_parquet(
        folder / "pages.parquet", columns=["platform", "page_id", "name"], glob=False
    )
    by_comment = pl.concat(found).unique(["platform", "comment_id"], keep="last")
    return comments.join(by_comment, on=["platform", "comment_id"]).join(
        pages, on=["platform", "page_id"], validate="m:1"
    )


def drawn_evenly(comments: pl.DataFrame, n: int = FEWEST, seed: int = 1) -> pl.DataFrame:
    """Draw one comment of every page, then a second one of every page that has it, and so on.

    Parameters
    ----------
    comments : polars.DataFrame
        With at least ``platform, page_id, comment_id, text``.

    Returns
    -------
    polars.DataFrame
        In a drawn order, with a ``number`` from 1.
    """
    shuffled = comments.sort("platform", "page_id", "comment_id").sample(
        fraction=1, shuffle=True, seed=seed
    )
    turn = pl.int_range(pl.len()).over("platform", "page_id")
    drawn = (
        shuffled.sort(turn, maintain_order=True).head(n).sample(fraction=1, shuffle=True, seed=seed)
    )
    return drawn.with_columns(harmless(pl.col("text"))).with_row_index("number", 1)


def _codes(path: Path) -> pl.DataFrame:
    """Numbers and codes; what is wrong is said without quoting anything of the file."""
    table = open_private_table(path)
    if not {"number", "code"} <= set(table.columns):
        raise InputProblem(str(path), "no columns 'number' and 'code'", "the sample, with codes")
    cells = table.rows.select(
        "row",
        number=table.cell("number").cast(pl.Int64, strict=False),
        code=table.cell("code").str.to_lowercase(),
    ).collect()
    coded = cells.filter(pl.col("code").is_not_null())
    wrong = coded.filter(~pl.col("code").is_in(CODES) | pl.col("number").is_null())
    if not wrong.is_empty():
        raise InputProblem(
            f"{path}, row {wrong['row'][0]}",
            "another code, or no number",
            f"its number and one of {listed(CODES)}, or no code",
        )
    if coded["number"].is_duplicated().any():
        raise InputProblem(str(path), "a number that comes twice", "every comment once")
    if coded.is_empty():
        raise InputProblem(str(path), "not one code", f"{listed(CODES)} in the column 'code'")
    return coded.select("number", "code")


def error_rates(
    coded: pl.DataFrame, *, study: str, simulated: bool, n_drawn: int, read_at: datetime
) -> Coding:
    """Hold the codes of comments against what the rules say of them.

    Parameters
    ----------
    coded : polars.DataFrame
        ``page_id``, ``code`` (by hand) and ``needs_answer`` (by the rules).
    """
    by_hand, by_rules = coded["code"] != NO_NEED, coded["needs_answer"] != NO_NEED
    return Coding(
        study=study,
        simulated=simulated,
        sensitivity=ErrorRate.of(int((by_hand & by_rules).sum()), int(by_hand.sum())),
        specificity=ErrorRate.of(int((~by_hand & ~by_rules).sum()), int((~by_hand).sum())),
        same_class=ErrorRate.of(int((coded["code"] == coded["needs_answer"]).sum()), coded.height),
        level=LEVEL,
        n_drawn=n_drawn,
        n_coded=coded.height,
        n_pages=coded["page_id"].n_unique(),
        rules_sha256=rules_sha256(),
        read_at=read_at,
    )
