from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.batch.collect import results_of, shown_estimates, write_results
from analysis.batch.units import Unit
from analysis.problems import InputProblem
from analysis.results import ESTIMATE_MIME, RESULT_COLUMNS, results_frame

ROW = {"study": "small", "tier": "north", "measure": "reactions", "estimate": 2, "n_pages": 7}


def showing(*shown: list[dict[str, Any]]) -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "data": {ESTIMATE_MIME: rows}} for rows in shown]
    return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": outputs}]}


def put(unit: Unit, root: Path, notebook: dict[str, Any]) -> None:
    unit.executed(root).parent.mkdir(parents=True, exist_ok=True)
    unit.executed(root).write_text(json.dumps(notebook))


def test_shown_estimates_become_tidy_rows_with_their_notebook() -> None:
    table = shown_estimates(showing([ROW], [ROW | {"tier": "south"}]), "02_posts")

    assert table.schema == pl.Schema(RESULT_COLUMNS)
    assert table["notebook"].to_list() == ["02_posts", "02_posts"]
    assert table["tier"].to_list() == ["north", "south"]
    assert table["estimate"].to_list() == [2.0, 2.0]
    assert table["p"].null_count() == 2


def test_a_notebook_that_shows_no_estimate_has_no_rows() -> None:
    assert shown_estimates(showing(), "02_posts").is_empty()


def test_a_column_that_results_do_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="aproximate"):
        shown_estimates(showing([ROW | {"aproximate": True}]), "02_posts")


def test_results_are_those_of_the_units_in_their_order(tmp_path: Path) -> None:
    units = [Unit("small", "02_posts", tier) for tier in ("south", "north")]
    for unit in units:
        put(unit, tmp_path, showing([ROW | {"tier": unit.tier}]))

    assert results_of(units, tmp_path)["tier"].to_list() == ["south", "north"]
    assert results_of([], tmp_path).columns == list(RESULT_COLUMNS)


def test_an_estimate_that_several_units_show_is_one_row(tmp_path: Path) -> None:
    units = [Unit("small", "06_tiers", tier) for tier in ("north", "all")]
    for unit in units:
        put(unit, tmp_path, showing([ROW], [ROW, ROW | {"versus": "south"}]))

    assert results_of(units, tmp_path)["versus"].to_list() == [None, "south"]


def test_an_earlier_notebook_with_rows_of_another_form_says_what_to_run_again(
    tmp_path: Path,
) -> None:
    unit = Unit("small", "02_posts", "south")
    put(unit, tmp_path, showing([{"old_column": 1}]))

    with pytest.raises(InputProblem, match="Run notebook 02_posts for tier south again"):
        results_of([unit], tmp_path)


def test_parquet_and_csv_hold_the_same_rows_and_missing_is_empty(tmp_path: Path) -> None:
    table = results_frame([ROW | {"notebook": "02_posts", "simulated": True}])
    (tmp_path / "reports" / "small").mkdir(parents=True)

    parquet, csv = write_results(table, tmp_path, "small")

    assert pl.read_parquet(parquet).equals(table)
    assert pl.read_csv(csv, schema=RESULT_COLUMNS).equals(table)
    assert sorted(path.name for path in parquet.parent.iterdir()) == [
        "results.csv",
        "results.parquet",
    ]
