"""Whatever happens to the bytes of JSON: no reader breaks down, and no reader changes a count."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fuzzing import assert_no_count_changes_unseen
from .json_twins import JSON_TWINS


@pytest.mark.parametrize("name", JSON_TWINS)
def test_however_json_is_damaged_no_count_changes_unseen(name: str, tmp_path: Path) -> None:
    assert_no_count_changes_unseen(name, tmp_path)
