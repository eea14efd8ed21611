from __future__ import annotations

from pathlib import Path

import pytest

from analysis.whole_files import replacing


def test_files_take_their_places_together(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with replacing(first, second) as (first_beside, second_beside):
        first_beside.write_text("1")
        second_beside.write_text("2")
        assert not first.exists()

    assert (first.read_text(), second.read_text()) == ("1", "2")


def test_what_was_there_stays_when_writing_fails_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "results.csv"
    path.write_text("whole")

    def write_half() -> None:
        with replacing(path) as (beside,):
            beside.write_text("hal")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()

    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]
