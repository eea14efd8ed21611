"""Simulated codes of comments: how often the rules err, as an invented coder tells.

Drawn, judged and kept as ``bereik code`` does it with the codes of people, so that of the codes
only the error rates are left.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from analysis.coding.comments import CODES, drawn_evenly, error_rates
from analysis.demo.coders import SLIPS, with_slips
from analysis.demo.comment_texts import NEEDS_ANSWER
from analysis.demo.comments import FETCHED
from analysis.demo.truth import Truth
from analysis.registers.comment_rule_errors import rules_sha256
from analysis.sources.wording import needs_answer
from analysis.vocabulary import NO_NEED

STUDY = "demo"
CODER = "simulated coder A"


def write_comment_rule_errors(path: Path, comments: pl.DataFrame, truth: Truth) -> None:
    """Write what a coded sample of the comments says of the rules.

    Parameters
    ----------
    path : pathlib.Path
        A JSON file, as ``bereik code read`` keeps it.
    comments : polars.DataFrame
        As ``analysis.demo.comments.simulate_comments`` gives them.
    truth : Truth
        Its seed draws the slips.
    """
    coded = coded_sample(comments, truth)
    errors = error_rates(
        coded,
        study=STUDY,
        simulated=True,
        n_drawn=coded.height,
        rules=rules_sha256(),
        read_at=FETCHED,
    )
    path.write_text(errors.model_dump_json(indent=2) + "\n", encoding="utf-8")


def coded_sample(comments: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """Draw comments of people as ``bereik code draw`` does, and code them.

    Returns
    -------
    polars.DataFrame
        The comments drawn, with ``number``, ``needs_answer`` (by the rules), ``truly`` (what they
        need) and ``code`` (what the coder makes of them).
    """
    rng = np.random.default_rng([truth.seed, len(comments)])
    by_people = comments.filter(pl.col("author").is_not_null()).with_columns(
        pl.lit("facebook").alias("platform"),
        needs_answer=needs_answer(pl.col("text")),
        truly=pl.when(pl.col("wants").is_in(NEEDS_ANSWER))
        .then(pl.col("wants"))
        .otherwise(pl.lit(NO_NEED)),
    )
    drawn = drawn_evenly(by_people)
    codes = with_slips(rng, drawn["truly"].to_list(), CODES, SLIPS[CODER])
    return drawn.with_columns(code=pl.Series(codes))
