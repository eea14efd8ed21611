"""Whole batches, with real kernels, workers and PDFs."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pikepdf
import polars as pl
import psutil
import pytest
from rich.console import Console

from analysis.batch.manifest import read_manifest
from analysis.batch.outcome import BatchOutcome
from analysis.batch.runner import run_batch, run_study
from analysis.batch.units import Unit, plan_units
from analysis.problems import InputProblem
from analysis.study_file import load_study

SIGN_IN = (
    "import os\nfrom pathlib import Path\nPath('pids', f'{os.getpid()}.{os.getppid()}').touch()"
)
SHOW = """from IPython.display import display
row = {"study": study, "tier": tier, "measure": "m", "estimate": float(Path("value").read_text())}
display({"application/vnd.bereik.estimate+json": [row], "text/plain": "m"}, raw=True)"""
NOTEBOOKS = {
    "01_good": [SIGN_IN, SHOW, "import sys\nprint('careful', file=sys.stderr)"],
    "02_fails": [SIGN_IN, "1 / 0", "print('never')"],
    "03_endless": [SIGN_IN, "while True:\n    pass"],
    "04_dies": [SIGN_IN, "import signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "05_kills": [SIGN_IN, "import signal\nos.kill(os.getppid(), signal.SIGKILL)"],
}
UNITS = [
    Unit("small", "05_kills", "north"),
    Unit("small", "03_endless", "south"),
    Unit("small", "01_good", "north"),
    Unit("small", "04_dies", "north"),
    Unit("small", "02_fails", "north"),
    Unit("small", "01_good", "south"),
    Unit("small", "01_good", "all"),
]
TIMEOUT = 2.0


@dataclass
class Batch:
    """A batch that has run."""

    root: Path
    scratch: Path
    outcome: BatchOutcome
    printed: str

    @property
    def reports(self) -> Path:
        return self.root / "reports" / "small"

    def record(self, notebook: str):
        return next(record for record in self.outcome.records if record.notebook == notebook)

    def outputs(self, path: str) -> list:
        notebook = nbformat.read(self.reports / path, as_version=4)
        return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def start(root: Path, value: float) -> None:
    (root / "pids").mkdir(exist_ok=True)
    (root / "value").write_text(str(value))


def still_alive(root: Path) -> list[psutil.Process]:
    """Kernels and workers of notebooks that signed in and still run, a moment after the batch."""
    pids = {int(pid) for signed in (root / "pids").iterdir() for pid in signed.name.split(".")}
    processes = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    _, alive = psutil.wait_procs([one for one in processes if one.pid != os.getpid()], timeout=2)
    return [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hidden_files(folder: Path) -> list[Path]:
    return list(folder.rglob(".*"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, project_with) -> Iterator[Batch]:
    """Good notebooks among one that fails, an endless one, and two that kill what runs them."""
    root = project_with(tmp_path_factory.mktemp("p"), NOTEBOOKS)
    scratch = tmp_path_factory.mktemp("t")
    start(root, 1.5)
    text = io.StringIO()
    study = load_study("small", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(scratch))
        console = Console(file=text)
        outcome = run_batch(study, root, UNITS, jobs=2, timeout=TIMEOUT, console=console)
        yield Batch(root, scratch, outcome, text.getvalue())


def test_one_bad_notebook_takes_no_other_with_it(batch: Batch) -> None:
    done = {(record.notebook, record.tier): record.status for record in batch.outcome.records}

    assert len(done) == len(UNITS)
    assert {unit for unit, status in done.items() if status == "ok"} == {
        ("01_good", "north"),
        ("01_good", "south"),
        ("01_good", "all"),
    }
    assert batch.outcome.exit_code == 1


def test_parallel_units_each_read_their_own_parameters(batch: Batch) -> None:
    results = pl.read_parquet(batch.reports / "results.parquet")

    assert results["tier"].to_list() == ["north", "south", "all"]
    assert results["study"].unique().to_list() == ["small"]
    assert results["notebook"].unique().to_list() == ["01_good"]
    assert results["estimate"].to_list() == [1.5, 1.5, 1.5]


def test_a_failing_cell_is_named_and_the_notebook_kept_up_to_it(batch: Batch) -> None:
    failure = batch.record("02_fails").failure

    assert failure.cell == 4
    assert failure.exception == "ZeroDivisionError: division by zero"
    assert failure.last_lines[-1] == "ZeroDivisionError: division by zero"
    assert [output.output_type for output in batch.outputs("north/02_fails.ipynb")] == ["error"]


def test_an_endless_cell_ends_at_the_units_deadline(batch: Batch) -> None:
    record = batch.record("03_endless")

    assert record.failure.cell == 4
    assert record.failure.exception == "TimeoutError: not done after 2 seconds"
    assert record.seconds < 2 * TIMEOUT
    assert batch.outputs("south/03_endless.ipynb")[-1].ename == "TimeoutError"


def test_a_kernel_that_dies_fails_its_unit(batch: Batch) -> None:
    assert batch.record("04_dies").failure.exception.startswith("DeadKernelError")
    assert batch.outputs("north/04_dies.ipynb")[-1].ename == "DeadKernelError"


def test_a_worker_that_dies_fails_its_unit(batch: Batch) -> None:
    assert "worker process died" in batch.record("05_kills").failure.exception
    assert not (batch.reports / "north" / "05_kills.ipynb").exists()


def test_every_unit_that_is_done_has_a_notebook_and_a_pdf(batch: Batch) -> None:
    for tier in ("north", "south", "all"):
        assert (batch.reports / tier / "01_good.ipynb").is_file()
        with pikepdf.open(batch.reports / tier / "01_good.pdf") as pdf:
            assert len(pdf.pages) >= 1
    assert not (batch.reports / "north" / "02_fails.pdf").exists()


def test_every_tier_has_a_report_of_all_its_notebooks(batch: Batch) -> None:
    assert sorted(path.name for path in batch.outcome.reports) == [
        "all.pdf",
        "north.pdf",
        "south.pdf",
    ]
    with pikepdf.open(batch.reports / "north.pdf") as pdf:
        contents = [str(item.title) for item in pdf.open_outline().root]
    assert [title for title in contents if "About" in title] == [
        "About good",
        "About fails",
        "About dies",
        "About kills",
    ]


def test_executed_notebooks_name_no_folder_of_this_machine(batch: Batch) -> None:
    assert str(batch.root) not in (batch.reports / "north" / "01_good.ipynb").read_text()


def test_the_manifest_tells_what_became_of_every_unit_and_what_it_was_made_with(
    batch: Batch,
) -> None:
    manifest = json.loads((batch.reports / "manifest.json").read_text())
    good = next(unit for unit in manifest["units"] if unit["notebook"] == "01_good")

    assert len(manifest["units"]) == len(UNITS)
    assert good["parameters"] == {"study": "small", "tier": "north", "page": ""}
    assert good["warnings"] == ["About good, cell 6: wrote to stderr: careful"]
    assert set(manifest["runs"][0]["inputs"]) == {"data/raw/posts.csv", "studies/small.toml"}


def test_progress_without_a_terminal_is_one_line_per_unit(batch: Batch) -> None:
    lines = batch.printed.splitlines()

    assert len(lines) == len(UNITS)
    assert lines[-1].startswith(f"[{len(UNITS)}/{len(UNITS)}]")


def test_nothing_is_left_behind(batch: Batch) -> None:
    assert still_alive(batch.root) == []
    assert hidden_files(batch.reports) == []
    assert list(batch.scratch.iterdir()) == []


def test_a_partial_run_replaces_its_own_rows_and_keeps_the_others(batch: Batch) -> None:
    start(batch.root, 2.5)
    study = load_study("small", batch.root)
    units = plan_units(study, batch.root, ["south"], ["01"])

    outcome = run_batch(
        study, batch.root, units, jobs=1, timeout=60, console=Console(file=io.StringIO())
    )

    results = pl.read_csv(batch.reports / "results.csv")
    assert outcome.exit_code == 0
    assert dict(zip(results["tier"], results["estimate"], strict=True)) == {
        "north": 1.5,
        "south": 2.5,
        "all": 1.5,
    }
    assert len(read_manifest(batch.root, "small").units) == len(UNITS)
    assert len(read_manifest(batch.root, "small").runs) == 2


def test_every_page_gets_a_report_beside_that_of_its_tier(
    tmp_path: Path, project_with, capsys: pytest.CaptureFixture[str]
) -> None:
    show = SHOW.replace('"tier": tier', '"tier": tier, "page_id": page or None')
    root = project_with(tmp_path, {"01_good": [SIGN_IN, show]})
    start(root, 1.5)
    study = load_study("small", root)
    assert run_study(study, root, tiers=["north"]) == 0
    start(root, 2.5)

    assert run_study(study, root, page="all") == 0

    reports = root / "reports" / "small"
    results = pl.read_csv(reports / "results.csv", schema_overrides={"page_id": pl.String})
    assert results.select("tier", "page_id", "estimate").rows() == [
        ("north", None, 1.5),
        ("north", "1", 2.5),
        ("south", "2", 2.5),
    ]
    for path in ("north/1.pdf", "north/1/01_good.pdf", "south/2.pdf", "south/2/01_good.ipynb"):
        assert (reports / path).is_file()
    assert [unit.page for unit in read_manifest(root, "small").units] == ["", "1", "2"]
    assert "Report: reports/small/south/2.pdf" in capsys.readouterr().out


def test_a_page_that_is_not_there_stops_the_batch_before_anything_runs(
    tmp_path: Path, project_with
) -> None:
    root = project_with(tmp_path, {"01_good": [SIGN_IN]})
    start(root, 1.5)

    ended = subprocess.run(
        bereik("run", "small", "--page", "12"),
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert "'12' is no page of study 'small'" in ended.stderr
    assert "Did you mean '" in ended.stderr
    assert not (root / "reports").exists()


@pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes is for POSIX systems")
def test_on_a_full_disk_what_was_whole_stays_whole(batch: Batch) -> None:
    before = contents(batch.reports)
    limited = ["sh", "-c", 'ulimit -f 2; exec "$@"', "sh", *bereik("run", "small", "--tier", "all")]

    ended = subprocess.run(
        [*limited, "--notebook", "01"], cwd=batch.root, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert "cannot be written" in ended.stdout
    assert "Results and manifest are those of an earlier run" in ended.stdout
    assert contents(batch.reports) == before


@pytest.mark.skipif(os.name != "posix", reason="signals to a group are for POSIX systems")
def test_ctrl_c_stops_the_kernels_and_keeps_what_was_done(tmp_path: Path, project_with) -> None:
    root = project_with(tmp_path, {name: NOTEBOOKS[name] for name in ("01_good", "03_endless")})
    start(root, 1.5)
    running = subprocess.Popen(
        bereik("run", "small", "--tier", "north", "--jobs", "2"),
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    assert any("01_good north done" in line for line in iter(running.stdout.readline, ""))
    wait_until(lambda: len(list((root / "pids").iterdir())) == 2)

    os.killpg(running.pid, signal.SIGINT)
    rest, _ = running.communicate(timeout=20)

    assert running.returncode == 1
    assert rest.strip().splitlines()[-1] == "Stopped. What was done before is in the reports."
    assert "Traceback" not in rest
    assert still_alive(root) == []
    assert [unit.notebook for unit in read_manifest(root, "small").units] == ["01_good"]
    assert pl.read_csv(root / "reports" / "small" / "results.csv").height == 1
    assert hidden_files(root / "reports") == []


def test_a_period_without_posts_is_said_before_the_reports_and_after(
    tmp_path: Path, project_with, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with(tmp_path, {"01_good": [SIGN_IN]})
    start(root, 1.5)
    declared = root / "studies" / "small.toml"
    declared.write_text(declared.read_text().replace("2024-", "2023-"))

    code = run_study(load_study("small", root), root, tiers=["north"])

    said = " ".join(capsys.readouterr().out.split())
    assert code == 0
    before, after = said.split("1 of 1 done.")
    assert "not one of the 1 posts of the tier 'north' is measured: 1 lie outside" in before
    assert "Worth a look before you use them: 2 remarks" in after


def test_a_file_in_place_of_the_reports_is_said_before_any_kernel_starts(
    tmp_path: Path, project_with, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with(tmp_path, {"01_good": [SIGN_IN]})
    start(root, 1.5)
    (root / "reports").write_text("a file")

    code = run_study(load_study("small", root), root)

    assert code == 1
    assert "cannot be made" in " ".join(capsys.readouterr().out.split())
    assert (root / "reports").read_text() == "a file"
    assert list((root / "pids").iterdir()) == []


def test_wrong_data_stop_the_batch_before_anything_is_written(tmp_path: Path, project_with) -> None:
    root = project_with(tmp_path, {"01_good": [SIGN_IN]})
    (root / "data" / "raw" / "posts.csv").write_text("nothing,of,use\n")

    with pytest.raises(InputProblem):
        run_study(load_study("small", root), root)

    assert not (root / "reports").exists()


def bereik(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from analysis.cli import main; main()", *arguments]


def wait_until(true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
