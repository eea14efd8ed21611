"""How the reader of a raw file is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.problems import InputProblem
from analysis.sources.reading import source_of, sources
from analysis.study import RawFile

from .conftest import Writer


def raw(path: Path, **known: object) -> RawFile:
    return RawFile.model_validate({"path": path.name, "simulated": False, **known})


def test_every_format_has_a_name_and_fills_canonical_columns_or_is_there_to_be_refused() -> None:
    assert {"crowdtangle_csv", "declared_table"} <= sources().keys()
    assert all(source.title for source in sources().values())
    refused = {name for name, source in sources().items() if not source.gives}
    assert refused == {"business_suite_page_daily"}


def test_a_file_is_recognised_by_its_header(write_posts: Writer) -> None:
    path = write_posts()

    assert source_of(path, raw(path)).name == "crowdtangle_csv"


def test_a_declared_table_is_read_as_one(write_posts: Writer) -> None:
    path = write_posts()
    table = {"columns": {"page_id": "Facebook Id"}}

    assert source_of(path, raw(path, table=table)).name == "declared_table"


def test_the_format_that_a_study_names_needs_no_recognising(write_posts: Writer) -> None:
    path = write_posts(post={"a": "1", "b": "2"})

    assert source_of(path, raw(path, format="crowdtangle_csv")).name == "crowdtangle_csv"


def test_an_unknown_format_is_named_with_the_nearest_one(write_posts: Writer) -> None:
    path = write_posts()

    with pytest.raises(InputProblem, match="unknown format 'crowdtangle'") as problem:
        source_of(path, raw(path, format="crowdtangle"))
    assert problem.value.remedy == "Did you mean 'crowdtangle_csv'?"


def test_an_unknown_file_lists_what_was_tried_and_points_to_a_declared_table(
    write_posts: Writer,
) -> None:
    path = write_posts(post={"pagina": "1", "reacties": "2"})

    with pytest.raises(InputProblem, match="crowdtangle_csv") as problem:
        source_of(path, raw(path))
    assert "declared" in problem.value.expected
    assert "'pagina', 'reacties'" in problem.value.remedy


def test_one_long_line_of_json_is_no_table_to_any_reader(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text('{"a":[' + ",".join(["1"] * 100_000) + "]}", encoding="utf-8")

    assert not [source.name for source in sources().values() if source.recognises(path)]
