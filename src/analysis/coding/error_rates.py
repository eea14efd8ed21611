"""How often the rules for comments are wrong, from the sample read here or the file that is named.

Kept apart from drawing and reading samples, so that a notebook starts without what reads raw files.
"""

from __future__ import annotations

from pathlib import Path

from scipy.special import betaincinv

from analysis.ingest.processed import CODING
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import (
    LEVEL,
    Coding,
    ErrorRate,
    comment_rule_errors,
    read_error_rates,
)
from analysis.study import Study


def read_coding(study: Study, root: Path) -> Coding | None:
    """Give the error rates of the rules; None when no sample was coded.

    Those of a sample that was read here come before those of the file that the study names.

    Raises
    ------
    InputProblem
        When the file holds no error rates, or those of the study such of the other kind of data.
    """
    path = processed_folder(root, study.name) / CODING
    return read_error_rates(path) if path.is_file() else comment_rule_errors(study, root)


def error_rate(hits: int, n: int) -> ErrorRate:
    """Make the share of ``hits`` in ``n`` with the bounds of Clopper & Pearson (1934).

    doi:10.1093/biomet/26.4.404.
    """
    if n == 0:
        return ErrorRate(value=None, low=None, high=None, n=0)
    # scipy.stats says it shorter, and takes half a second to import.
    tail = (1 - LEVEL) / 2
    low = betaincinv(hits, n - hits + 1, tail) if hits else 0.0
    high = betaincinv(hits + 1, n - hits, 1 - tail) if hits < n else 1.0
    return ErrorRate(value=hits / n, low=float(low), high=float(high), n=n)
