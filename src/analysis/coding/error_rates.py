"""How often the rules for comments are wrong, from the sample read here or the file that is named.

Kept apart from drawing and reading samples, so that a notebook starts without what reads raw files.
"""

from __future__ import annotations

from pathlib import Path

from analysis.ingest.processed import CODING
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import Coding, comment_rule_errors, read_error_rates
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
