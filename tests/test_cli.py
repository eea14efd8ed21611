"""The `bereik` command: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.cli import main
from projects import copy_project


@pytest.fixture
def root(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = copy_project(project, tmp_path / "project")
    monkeypatch.chdir(copied)
    monkeypatch.setenv("COLUMNS", "400")  # the length of a path breaks no word that is looked for
    return copied


def bereik(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command in this process and give its exit code."""
    monkeypatch.setattr("sys.argv", ["bereik", *words])
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_check_says_what_a_file_is(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bereik(monkeypatch, "check", "data/raw/demo/provincies.csv") == 0
    said = capsys.readouterr().out
    assert "CrowdTangle" in said
    assert "3,581" in said


def test_check_gives_json_for_machines(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ("data/raw/demo/provincies.csv", "data/raw/demo/gemeenten.csv")
    assert bereik(monkeypatch, "check", "--json", *files) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_check_reads_files_as_a_study_declares_them(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "data/raw/demo/gemeenten.csv"
    assert bereik(monkeypatch, "check", table, "--study", "demo") == 0
    assert "from the study file" in capsys.readouterr().out
    assert bereik(monkeypatch, "check") == 2
    assert "--study" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Page Name,Facebook Id\n", "no known export"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "not text"),
    ],
    ids=["empty", "no known header", "binary"],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    said: str,
) -> None:
    Path("wrong.csv").write_bytes(content)
    assert bereik(monkeypatch, "check", "wrong.csv") == 2
    printed = " ".join(capsys.readouterr())
    assert "wrong.csv" in printed
    assert said in printed.lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "dmeo"), "Did you mean 'demo'?"),
        (("run", "demo", "--tier", "gemeenten"), "Did you mean 'gemeente'?"),
        (("run", "demo", "--notebook", "02_engagment"), "Did you mean '02_engagement'?"),
        (("run", "demo", "--jobs", "0"), "--jobs"),
        (("ingest", "buzzfeed-2016"), "no file"),
        (("rnu", "demo"), "rnu"),
    ],
)
def test_a_wrong_call_is_one_message_and_writes_nothing(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    assert bereik(monkeypatch, *words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not (root / "reports").exists()
    assert not (root / "data" / "processed").exists()


def test_ingest_says_what_became_of_every_row(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bereik(monkeypatch, "ingest", "demo") == 1
    said = capsys.readouterr().out
    assert "13,653 posts" in said
    assert "a boost of another" in said
    assert (root / "data" / "processed" / "demo" / "passport.json").is_file()


@pytest.mark.parametrize("command", ["check", "ingest", "run"])
def test_help_tells_the_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert bereik(monkeypatch, command, "--help") == 0
    assert "Exit code 0" in capsys.readouterr().out


def test_demo_writes_the_raw_files(
    root: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bereik(monkeypatch, "demo", "again") == 0
    assert "register.csv" in capsys.readouterr().out
    again, kept = Path("again/gemeenten.csv"), project / "data/raw/demo/gemeenten.csv"
    assert again.read_bytes() == kept.read_bytes()


def test_an_output_folder_that_is_a_file_is_exit_code_1(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "reports").write_text("in the way")
    assert bereik(monkeypatch, "run", "demo", "--tier", "all", "--notebook", "09") == 1
    assert "reports" in " ".join(capsys.readouterr())
    assert (root / "reports").read_text() == "in the way"
