"""One notebook's PDF against ``jupyter nbconvert --to webpdf``.

Both as a command of its own, turn by turn; of ours also the part that a batch pays per PDF, where
everything is imported already. nbconvert needs playwright and its browser, which are no part of
this project; where they are missing only our own times are printed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from rich.console import Console

from analysis.batch.runner import run_batch
from analysis.batch.units import Unit
from analysis.study_file import load_study

PROJECT = Path(__file__).resolve().parents[1]
UNIT = Unit("demo", "02_engagement", "all")
ROUNDS = 5
COMMAND = """
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from analysis.report.document import write_pdf
from analysis.report.edition import Chapter, Edition

start = time.perf_counter()
notebook = Path(sys.argv[1])
edition = Edition("A notebook", "", (), "", "", "en", datetime(2025, 1, 1, tzinfo=UTC))
write_pdf([Chapter("A notebook", notebook)], edition, notebook.with_suffix(".pdf"))
print(time.perf_counter() - start)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        notebook = executed_notebook(Path(folder).resolve())
        print(f"{UNIT}, {notebook.stat().st_size / 1000:.0f} kB, median of {ROUNDS}")
        missing = why_not_webpdf(notebook)
        ours, imported, theirs = [], [], []
        for _ in range(ROUNDS):
            taken, printed = timed([sys.executable, "-c", COMMAND, str(notebook)])
            ours.append(taken)
            imported.append(float(printed))
            if not missing:
                theirs.append(timed(webpdf(notebook))[0])
    print(f"ours {median(ours):.2f} s, of which {median(imported):.2f} s after the imports")
    if missing:
        print(f"nbconvert --to webpdf: skipped, {missing}")
    else:
        print(f"nbconvert --to webpdf {median(theirs):.2f} s")
        print(f"ratio {median(theirs) / median(ours):.2f} (webpdf / ours)")


def executed_notebook(root: Path) -> Path:
    for name in ("studies", "notebooks", "data/raw"):
        shutil.copytree(PROJECT / name, root / name)
    study = load_study(UNIT.study, root)
    quiet = Console(file=io.StringIO())
    outcome = run_batch(study, root, [UNIT], jobs=1, timeout=600, console=quiet)
    if outcome.exit_code:
        raise SystemExit(f"{UNIT} failed: {outcome.failed or outcome.problems}")
    return UNIT.executed(root)


def webpdf(notebook: Path) -> list[str]:
    nbconvert = [sys.executable, "-m", "nbconvert", "--to", "webpdf", "--no-input"]
    return [*nbconvert, "--output-dir", str(notebook.parent / "web"), str(notebook)]


def why_not_webpdf(notebook: Path) -> str:
    """Try it once; empty when it works."""
    try:
        timed(webpdf(notebook))
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.strip()]
        return lines[-1] if lines else f"exit code {error.returncode}"
    return ""


def timed(command: list[str]) -> tuple[float, str]:
    start = time.perf_counter()
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, ended.stdout


if __name__ == "__main__":
    main()
