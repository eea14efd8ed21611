"""How often the rules for comments are wrong: a sample coded by hand, read back and let go.

The sample is drawn to a file outside the project, for it holds what people wrote. Somebody codes
it without seeing what the rules said. Of what comes back only the error rates are kept.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from analysis.coding.draws import NUMBER, NUMBER_PATTERN, numbered, of_its_draw, with_draws_before
from analysis.coding.error_rates import error_rate
from analysis.coding.sheets import as_cell, require_new_file_outside, write_sheet
from analysis.ingest.making import ensure_ingested
from analysis.ingest.processed import CODING, DRAWN_COMMENTS
from analysis.problems import InputProblem, listed, nearest
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import LEVEL, Coding, ErrorRate, rules_sha256
from analysis.sources.comments import texts
from analysis.sources.dialect import open_in_memory
from analysis.sources.reading import comments_source_of
from analysis.study import Study
from analysis.vocabulary import NEEDS, NO_NEED
from analysis.whole_files import replacing

CODES = (*NEEDS, NO_NEED)
FEWEST = 200
COLUMNS = (NUMBER, "page", "text", "code")
_A_WORD = r"^\p{L}{1,20}$"


def draw_sample(study: Study, root: Path, to: Path, n: int = FEWEST, seed: int = 1) -> int:
    """Draw comments of people to a CSV file, as many of every page as there are.

    Parameters
    ----------
    study : Study
        With files of comments.
    root : pathlib.Path
        The project's root.
    to : pathlib.Path
        A new file outside the project. Columns: ``number``, which also says of which draw it is,
        ``page``, ``text`` and ``code``, which is empty and takes ``question``, ``complaint``,
        ``report`` or ``none``.
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
    kept = processed_folder(root, study.name) / DRAWN_COMMENTS
    by_rules = sample.select(
        NUMBER, "page_id", "needs_answer", pl.lit(rules_sha256()).alias("rules_sha256")
    )
    with replacing(kept, to) as (for_rules, for_people):
        with_draws_before(by_rules, kept).write_csv(for_rules)
        write_sheet(
            for_people,
            COLUMNS,
            sample.select(NUMBER, as_cell(pl.col("name")), "text", pl.lit("")).rows(),
        )
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
        When the file is no sheet of a draw that is kept, or a code is none of the four.
    """
    folder = processed_folder(root, study.name)
    coded = of_its_draw(_codes(path), folder / DRAWN_COMMENTS, path, study.name)
    coding = error_rates(
        coded,
        study=study.name,
        simulated=study.simulated,
        n_drawn=coded["n_drawn"][0],
        rules=coded["rules_sha256"][0],
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
        In a drawn order, with a ``number``.
    """
    shuffled = comments.sort("platform", "page_id", "comment_id").sample(
        fraction=1, shuffle=True, seed=seed
    )
    turn = pl.int_range(pl.len()).over("platform", "page_id")
    drawn = (
        shuffled.sort(turn, maintain_order=True).head(n).sample(fraction=1, shuffle=True, seed=seed)
    )
    return numbered(
        drawn.with_columns(as_cell(pl.col("text"))), ("platform", "page_id", "comment_id")
    )


def _codes(path: Path) -> pl.DataFrame:
    """The rows with a code: where they stand, their number and their code."""
    table = open_in_memory(path)
    if not {NUMBER, "code"} <= set(table.columns):
        raise InputProblem(
            str(path), f"no columns '{NUMBER}' and 'code'", "the sheet as it was drawn, with codes"
        )
    cells = table.rows.select(
        "row",
        "problem",
        table.cell(NUMBER).alias(NUMBER),
        text=table.cell("text"),
        code=table.cell("code").str.to_lowercase(),
    ).collect()
    coded = cells.filter(pl.col("code").is_not_null())
    if coded.is_empty():
        raise InputProblem(str(path), "not one code", f"{listed(CODES)} in the column 'code'")
    _require_codes(path, coded, texts=cells["text"])
    for row in coded.filter(pl.col(NUMBER).is_duplicated())["row"].head(1):
        raise InputProblem(f"{path}, row {row}", "a number that comes twice", "every comment once")
    return coded.select("row", NUMBER, "code")


def _require_codes(path: Path, coded: pl.DataFrame, texts: pl.Series) -> None:
    """Refuse another code. It is quoted where it is one word of the coder's.

    That is to say: in a whole row with a number of a draw, and no text of the sheet by itself, as
    it would be when cells were shifted.
    """
    may_be_quoted = (
        pl.col("problem").is_null()
        & pl.col(NUMBER).str.to_lowercase().str.contains(NUMBER_PATTERN)
        & pl.col("code").str.contains(_A_WORD)
        & ~pl.col("code").is_in(texts.str.to_lowercase().drop_nulls().to_list())
    ).alias("may_be_quoted")
    wrong = coded.filter(~pl.col("code").is_in(CODES))
    for row, code, is_word in wrong.select("row", "code", may_be_quoted).head(1).rows():
        raise InputProblem(
            f"{path}, row {row}, column 'code'",
            f"'{code}'" if is_word else "something that is no code",
            f"one of {listed(CODES)}, or nothing",
            nearest(code, CODES) if is_word else "",
        )


def error_rates(
    coded: pl.DataFrame,
    *,
    study: str,
    simulated: bool,
    n_drawn: int,
    rules: str,
    read_at: datetime,
) -> Coding:
    """Hold the codes of comments against what the rules say of them.

    Parameters
    ----------
    coded : polars.DataFrame
        ``page_id``, ``code`` (by hand) and ``needs_answer`` (by the rules).
    rules : str
        Hash of these rules.
    """
    by_hand, by_rules = coded["code"] != NO_NEED, coded["needs_answer"] != NO_NEED
    return Coding(
        study=study,
        simulated=simulated,
        sensitivity=error_rate(int((by_hand & by_rules).sum()), int(by_hand.sum())),
        specificity=error_rate(int((~by_hand & ~by_rules).sum()), int((~by_hand).sum())),
        same_class=error_rate(int((coded["code"] == coded["needs_answer"]).sum()), coded.height),
        level=LEVEL,
        n_drawn=n_drawn,
        n_coded=coded.height,
        n_pages=coded["page_id"].n_unique(),
        rules_sha256=rules,
        read_at=read_at,
    )


def in_words(coding: Coding) -> list[str]:
    """Say how often the rules are right, and what the number of coded comments leaves open."""
    said = [f"{coding.n_coded} of the {coding.n_drawn} comments drawn are coded."]
    if coding.n_coded < coding.n_drawn:
        narrower = 1 - (coding.n_coded / coding.n_drawn) ** 0.5
        said += [
            f"With all of them the margins below would be about {narrower:.0%} narrower. Code from "
            "the top down and skip none: then what is coded so far is a sample too."
        ]
    said += [
        _of_hundred(coding.sensitivity, "need an answer", "the rules find"),
        _of_hundred(coding.specificity, "need no answer", "the rules rightly leave out"),
    ]
    if not coding.fits:
        said += [
            "The rules have changed since the sample was drawn, and these are the errors of the "
            "old ones. Draw it again to another file, with the same --number, and read this sheet "
            "once more."
        ]
    return said


def _of_hundred(rate: ErrorRate, which: str, rules: str) -> str:
    if rate.value is None or rate.low is None or rate.high is None:
        return f"Comments that {which}: none is coded, so how many {rules} is not known."
    return (
        f"Of 100 comments that {which} {rules} {rate.value * 100:.0f}; {rate.n} such comments are "
        f"coded, which leaves a margin of {rate.low * 100:.0f} to {rate.high * 100:.0f} "
        f"({LEVEL:.0%} sure)."
    )
