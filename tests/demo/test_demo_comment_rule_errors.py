"""The simulated codes of comments: drawn, judged and kept as those of people are."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from analysis.coding.comments import CODES, FEWEST, draw_sample, read_codes
from analysis.coding.error_rates import read_coding
from analysis.demo.coders import SLIPS
from analysis.demo.comment_rule_errors import CODER, coded_sample
from analysis.demo.comment_texts import NEEDS_ANSWER
from analysis.demo.comments import simulate_comments
from analysis.demo.posts import simulate
from analysis.demo.truth import TRUTH
from analysis.project import processed_folder
from analysis.registers.comment_rule_errors import Coding
from analysis.sources.wording import needs_answer
from analysis.study import Study
from analysis.study_file import load_study
from analysis.vocabulary import NO_NEED
from coding.projects_to_code import opened


@pytest.fixture(scope="module")
def sample() -> pl.DataFrame:
    """The comments that the simulated coder coded."""
    return coded_sample(simulate_comments(simulate()), TRUTH)


@pytest.fixture(scope="module")
def study(demo_copy: Path) -> Study:
    return load_study("demo", demo_copy)


@pytest.fixture(scope="module")
def named(study: Study, demo_copy: Path) -> Coding:
    """What the study knows of the errors of the rules."""
    found = read_coding(study, demo_copy)
    assert found is not None
    return found


def test_the_demo_has_error_rates_of_the_rules_as_they_are(named: Coding) -> None:
    assert named.fits
    assert named.n_coded >= FEWEST
    assert named.n_pages == sum(TRUTH.comments.commented_pages.values())


def test_the_error_rates_say_that_they_are_simulated(demo_folder: Path, study: Study) -> None:
    assert CODER.startswith("simulated")
    assert '"simulated": true' in (demo_folder / "comment_rule_errors.json").read_text("utf-8")
    assert study.simulated


def test_they_are_what_drawing_and_reading_gives_a_coder_who_writes_the_same(
    sample: pl.DataFrame, study: Study, demo_copy: Path, named: Coding
) -> None:
    sheet = demo_copy.parent / "sheet.csv"
    assert draw_sample(study, demo_copy, sheet) == len(sample)
    assert [row["text"] for row in opened(sheet)] == sample["text"].to_list()
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "code"))
        writer.writerows(sample.select("number", "code").rows())
    read = read_codes(study, demo_copy, sheet)
    (processed_folder(demo_copy, study.name) / "coding.json").unlink()

    assert read.model_copy(update={"read_at": named.read_at}) == named


def test_the_coder_slips_as_often_as_is_stated(sample: pl.DataFrame) -> None:
    assert set(sample["code"]) == set(CODES)
    wrong = (sample["code"] != sample["truly"]).mean()
    assert wrong == pytest.approx(SLIPS[CODER], abs=0.03)


def test_the_rates_hold_what_the_rules_do_to_all_comments(named: Coding) -> None:
    texts = simulate_comments(simulate()).filter(pl.col("author").is_not_null())
    by_rules = texts.select(
        truly=pl.col("wants").is_in(NEEDS_ANSWER), found=needs_answer(pl.col("text")) != NO_NEED
    )
    flagged = {truly: of["found"].mean() for (truly,), of in by_rules.group_by("truly")}
    for rate, share in (
        (named.sensitivity, flagged[True]),
        (named.specificity, 1 - flagged[False]),
    ):
        assert rate.low is not None
        assert rate.high is not None
        assert rate.low <= share <= rate.high


def test_the_readme_quotes_them(project: Path, named: Coding) -> None:
    readme = " ".join((project / "data/raw/README.md").read_text(encoding="utf-8").split())
    found, spared = named.sensitivity, named.specificity
    assert (
        f"Of {found.n} comments that need an answer by these codes the rules find "
        f"{found.value:.0%}, and of the {spared.n} others they leave {spared.value:.0%} alone"
        in readme
    )
    assert all(f"in {share * 100:.0f} of 100" in readme for share in SLIPS.values())
