"""The error rates that a study names: read and judged as soon as the study is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.coding.error_rates import error_rate
from analysis.ingest.making import ingest
from analysis.problems import InputProblem
from analysis.registers.comment_rule_errors import Coding, comment_rule_errors
from analysis.study import Study
from analysis.study_file import load_study

STUDY = """\
title = "Webcare"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
comment_rule_errors = "data/raw/errors.json"
[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
tier = "gemeente"
table = {columns = {page_id = "page", page_name = "name", post_id = "post"}}
"""
CODING = Coding(
    study="here",
    sensitivity=error_rate(63, 83),
    specificity=error_rate(110, 117),
    same_class=error_rate(160, 200),
    level=0.95,
    n_drawn=200,
    n_coded=200,
    n_pages=12,
    rules_sha256="",
    read_at=datetime(2024, 1, 1, tzinfo=UTC),
)
SENSITIVITY = CODING.sensitivity.model_dump()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one post and, named by its study, error rates."""
    for folder in ("studies", "notebooks", "data/raw"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/raw/posts.csv").write_text("page,name,post\n7,Page 7,71\n")
    (tmp_path / "data/raw/errors.json").write_text(CODING.model_dump_json())
    (tmp_path / "studies/here.toml").write_text(STUDY)
    return tmp_path


@pytest.fixture
def study(root: Path) -> Study:
    return load_study("here", root)


def test_a_study_has_the_error_rates_that_it_names(root: Path, study: Study) -> None:
    assert comment_rule_errors(study, root) == CODING
    assert comment_rule_errors(study.model_copy(update={"comment_rule_errors": None}), root) is None
    ingest(study, root)


@pytest.mark.parametrize(
    ("changed", "key", "found"),
    [
        ({"sensitivity": SENSITIVITY | {"value": 1.7}}, "sensitivity.value", "1.7"),
        ({"specificity": SENSITIVITY | {"low": -0.1}}, "specificity.low", "-0.1"),
        ({"sensitivity": SENSITIVITY | {"low": 0.9}}, "sensitivity", "the bounds 0.9 to"),
        ({"sensitivity": SENSITIVITY | {"low": None}}, "sensitivity", "2 of 'low', 'value'"),
        ({"sensitivity": "Wilhelmina"}, "sensitivity", "not readable as error rates"),
        ({"n_pages": "Wilhelmina"}, "n_pages", "something else"),
        ({"specifity": SENSITIVITY}, "specifity", "unknown key"),
        ({"sensitivity": SENSITIVITY | {"hi": 1}}, "sensitivity.hi", "unknown key"),
        ({"n_coded": 180}, "n_coded", "180 coded comments, and 'sensitivity' and 'specificity'"),
        ({"same_class": SENSITIVITY}, "n_coded", "200 coded comments, and 'same_class' tell of 83"),
        ({"n_drawn": 150}, "n_coded", "200 coded comments of 150"),
        ({"simulated": True}, "", "simulated comments in a study of observed data"),
    ],
)
def test_rates_that_cannot_be_stop_the_study_when_it_is_read(
    root: Path, study: Study, changed: dict[str, Any], key: str, found: str
) -> None:
    errors = json.loads(CODING.model_dump_json()) | changed
    (root / "data/raw/errors.json").write_text(json.dumps(errors))

    with pytest.raises(InputProblem) as problem:
        ingest(study, root)
    assert "errors.json" in problem.value.where
    assert problem.value.where.endswith(f"key '{key}'" if key else "errors.json")
    assert problem.value.found.startswith(found)
    assert "Wilhelmina" not in str(problem.value)


@pytest.mark.parametrize("content", ['{"study": "Wilhel', "", "number,text\n1,Wilhelmina", "[]"])
def test_a_file_that_holds_something_else_is_one_problem_that_quotes_nothing(
    root: Path, study: Study, content: str
) -> None:
    (root / "data/raw/errors.json").write_text(content)

    with pytest.raises(InputProblem, match="not readable as error rates") as problem:
        ingest(study, root)
    assert "Wilhel" not in str(problem.value)


def test_a_key_that_is_left_out_is_named(root: Path, study: Study) -> None:
    errors = json.loads(CODING.model_dump_json())
    del errors["n_pages"]
    (root / "data/raw/errors.json").write_text(json.dumps(errors))

    with pytest.raises(InputProblem, match="key 'n_pages': this key is missing"):
        ingest(study, root)


def test_other_rules_make_other_errors() -> None:
    assert not CODING.fits
