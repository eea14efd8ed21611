"""The demo study, from raw files to PDFs, as `make report` runs it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import polars as pl
import pytest

from projects import copy_project, pages_of, run

TIERS = ("rijksoverheid", "provincie", "gemeente", "all")
CLAIMS = (
    "few_reactions",
    "few_comments",
    "webcare_absent",
    "small_audience_post",
    "small_audience_month",
    "small_loss",
)
LABELS = {
    "Rijksoverheid": "rijksoverheid",
    "Provincies": "provincie",
    "Gemeenten": "gemeente",
    "all pages": "all",
}
NEVER_SHOWN = re.compile(r"\bnan\b|\bNaN\b|<NA>|\bNone\b|Traceback|\w+Warning\b")


@pytest.fixture(scope="module")
def demo_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = copy_project(project, tmp_path_factory.mktemp("demo"))
    finished = run("bereik", "run", "demo", folder=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def notebooks(project: Path) -> list[str]:
    return sorted(path.stem for path in (project / "notebooks").glob("*.ipynb"))


def all_pdfs(reports: Path) -> list[Path]:
    return sorted(reports.rglob("*.pdf"))


def test_every_notebook_of_every_tier_is_there_and_a_report_per_tier(
    demo_project: Path, notebooks: list[str]
) -> None:
    reports = demo_project / "reports" / "demo"
    for tier in TIERS:
        assert (reports / f"{tier}.pdf").is_file()
        for notebook in notebooks:
            assert (reports / tier / f"{notebook}.ipynb").is_file()
            assert (reports / tier / f"{notebook}.pdf").is_file()
    assert len(all_pdfs(reports)) == len(TIERS) * (len(notebooks) + 1)


def test_every_page_says_that_the_data_are_simulated(demo_project: Path) -> None:
    for pdf in all_pdfs(demo_project / "reports" / "demo"):
        for number, text in enumerate(pages_of(pdf), start=1):
            assert "Simulated data" in text, f"{pdf.name}, page {number}"


def test_readers_never_see_what_is_only_for_machines(demo_project: Path) -> None:
    for pdf in all_pdfs(demo_project / "reports" / "demo"):
        for number, text in enumerate(pages_of(pdf), start=1):
            found = NEVER_SHOWN.search(text)
            assert found is None, f"{pdf.name}, page {number}: {found}"


def test_the_report_of_a_tier_opens_with_the_verdicts(demo_project: Path) -> None:
    text = " ".join(pages_of(demo_project / "reports" / "demo" / "gemeente.pdf"))
    places = [
        text.index(question, text.index("Contents"))
        for question in ("Do the three sentences hold?", "What do we have", "Does anyone react?")
    ]
    assert places == sorted(places)


def test_the_reports_are_accessible(demo_project: Path) -> None:
    for pdf in all_pdfs(demo_project / "reports" / "demo"):
        with pikepdf.open(pdf) as document:
            assert document.Root.Lang == "en"
            assert bool(document.Root.MarkInfo.Marked)
            assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
            with document.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"]


@pytest.fixture(scope="module")
def results(demo_project: Path) -> pl.DataFrame:
    return pl.read_parquet(demo_project / "reports" / "demo" / "results.parquet")


def test_the_verdicts_are_those_that_the_data_s_readme_announces(
    results: pl.DataFrame, project: Path
) -> None:
    readme = (project / "data" / "raw" / "README.md").read_text(encoding="utf-8")
    announced: dict[tuple[str, str], str] = {}
    for label, tier in LABELS.items():
        row = re.search(rf"^\| {label} \| (.+) \|$", readme, re.MULTILINE)
        assert row, label
        announced |= {
            (tier, claim): verdict
            for claim, verdict in zip(CLAIMS, row[1].split(" | "), strict=True)
        }
    verdicts = {
        (row["tier"], row["claim"]): row["verdict"]
        for row in results.filter(pl.col("verdict").is_not_null()).iter_rows(named=True)
    }
    assert verdicts == announced


def test_every_result_has_a_unit_a_method_and_what_it_rests_on(results: pl.DataFrame) -> None:
    for column in ("unit", "method", "n_pages", "n_posts", "definition", "period", "simulated"):
        assert results[column].null_count() == 0, column
    assert results["simulated"].all()


def test_a_result_without_a_value_says_why(results: pl.DataFrame) -> None:
    missing = results.filter(pl.col("estimate").is_null())
    assert len(missing) > 0
    assert missing["reason"].null_count() == 0


def test_no_result_stands_twice(results: pl.DataFrame) -> None:
    assert results.is_unique().all()


def test_an_estimate_is_told_from_every_other_by_what_it_is(results: pl.DataFrame) -> None:
    what = ["notebook", "measure", "definition", "platform", "tier", "page_id", "versus", "claim"]
    assert results.select(what).is_unique().all()


def test_an_interval_holds_its_estimate(results: pl.DataFrame) -> None:
    both = results.filter(pl.col("low").is_not_null() & pl.col("estimate").is_not_null())
    assert len(both) > 100
    assert (both["low"] <= both["estimate"]).all()
    assert (both["estimate"] <= both["high"]).all()


def test_the_csv_holds_the_same_results(demo_project: Path, results: pl.DataFrame) -> None:
    csv = pl.read_csv(
        demo_project / "reports" / "demo" / "results.csv", schema_overrides=results.schema
    )
    assert csv.shape == results.shape
    assert csv["estimate"].to_list() == results["estimate"].to_list()


def test_the_manifest_names_every_unit_and_every_input(
    demo_project: Path, notebooks: list[str]
) -> None:
    manifest = json.loads((demo_project / "reports" / "demo" / "manifest.json").read_text())
    assert len(manifest["units"]) == len(TIERS) * len(notebooks)
    assert {unit["status"] for unit in manifest["units"]} == {"ok"}
    inputs = manifest["runs"][0]["inputs"]
    assert "data/raw/demo/gemeenten.csv" in inputs
    assert all(re.fullmatch(r"[0-9a-f]{64}", sha) for sha in inputs.values())
