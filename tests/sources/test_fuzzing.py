"""Whatever happens to a table's bytes: no reader breaks down, and no reader changes a count."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sources.reading import sources

from .fuzzing import assert_no_count_changes_unseen
from .json_twins import ALL_TWINS
from .twins import TWINS


def test_every_reader_has_a_twin() -> None:
    assert sources().keys() == ALL_TWINS.keys()


@pytest.mark.parametrize("name", ALL_TWINS)
def test_a_twin_is_recognised_as_its_export_and_as_no_other(name: str, tmp_path: Path) -> None:
    path = tmp_path / ALL_TWINS[name].name
    path.write_bytes(ALL_TWINS[name].content)

    recognised = {source.name for source in sources().values() if source.recognises(path)}
    assert recognised == {name} - {"declared_table"}


@pytest.mark.parametrize("name", TWINS)
def test_however_a_table_is_damaged_no_count_changes_unseen(name: str, tmp_path: Path) -> None:
    assert_no_count_changes_unseen(name, tmp_path)
