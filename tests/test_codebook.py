"""The codebook is what the code says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.codebook import FILE, TABLES, codebook, write_codebook
from analysis.measures.catalogue import CATALOGUE
from analysis.results import RESULT_COLUMNS, RESULT_TEXTS
from analysis.sources.definitions import CHANGES, IMPRESSIONS, REACH
from analysis.sources.reading import sources
from analysis.tables import COMMENTS, PAGE_DAYS, POSTS, SPEND

COLUMNS = {
    "posts": POSTS.columns,
    "comments": COMMENTS.columns,
    "spend": SPEND.columns,
    "page_days": PAGE_DAYS.columns,
}


def test_the_codebook_in_the_project_is_the_one_that_the_code_makes(project: Path) -> None:
    kept = (project / FILE).read_text(encoding="utf-8")
    assert kept == codebook(), "run: bereik codebook"


def test_it_is_written_into_the_docs(tmp_path: Path) -> None:
    path = write_codebook(tmp_path)

    assert path == tmp_path / "docs" / "codebook.md"
    assert path.read_text(encoding="utf-8") == codebook()


def test_methodology_changes_come_first() -> None:
    headings = [line for line in codebook().splitlines() if line.startswith("## ")]

    assert headings[0] == "## Methodology changes"
    assert [change.since for change in CHANGES] == ["2018-04", "2024-03", "2025-11", "2026-06"]
    assert all(change.url.startswith("https://") for change in CHANGES)


def test_every_column_of_the_results_says_what_it_is() -> None:
    assert list(RESULT_TEXTS) == list(RESULT_COLUMNS)
    assert "98.33 %, which is 0.983 here" in codebook()


def test_every_variable_and_every_measure_is_in_it() -> None:
    text = codebook()
    variables = [name for schema in TABLES.values() for name in schema.columns]

    assert not [name for name in [*variables, *CATALOGUE] if f"| `{name}` |" not in text]


def test_every_count_has_a_unit_and_every_variable_a_definition() -> None:
    rows = [line.split(" | ") for line in codebook().splitlines() if "| whole number |" in line]
    without_unit = {row[0].strip("| `") for row in rows if not row[2]}

    assert without_unit == {"row"}
    assert all(
        column.description for schema in TABLES.values() for column in schema.columns.values()
    )


def test_a_variable_names_the_column_of_the_export_it_comes_from() -> None:
    assert "crowdtangle_csv: `Followers at Posting`" in codebook()


def test_a_changed_variable_says_since_when() -> None:
    (row,) = [line for line in codebook().splitlines() if line.startswith("| `reach_organic` | U")]

    assert row.endswith("| until 2018-04; 2018-04 to 2024-03; 2024-03 to 2026-06; since 2026-06 |")


@pytest.mark.parametrize("history", [REACH, IMPRESSIONS])
def test_every_break_of_a_definition_is_a_methodology_change(history: object) -> None:
    months = {f"{item.since:%Y-%m}" for item in history if item.since}  # type: ignore[attr-defined]

    assert months <= {change.since for change in CHANGES}


def test_formats_give_variables_that_there_are() -> None:
    for source in sources().values():
        assert set(source.gives) <= set(COLUMNS[source.kind]), source.name
        if isinstance(source.gives, Mapping):
            assert all(source.gives.values()), source.name
