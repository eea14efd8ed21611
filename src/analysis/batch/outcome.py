"""What a batch gave, and how it is told at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console, Group
from rich.text import Text

from analysis.batch.records import UnitRecord, described
from analysis.batch.tasks import ReportPdf
from analysis.project import reports_folder
from analysis.study import Study

MOST_REPORTS_NAMED = 20


@dataclass
class BatchOutcome:
    """What a batch gave.

    Attributes
    ----------
    records : list of UnitRecord
        One per unit, in the order in which they were done.
    reports : list of pathlib.Path
        The PDFs of whole tiers, and of whole pages.
    problems : list of str
        What went wrong outside the units.
    on_other_data : int
        Units in the reports that are from earlier runs, on other input files than this run's.
    """

    records: list[UnitRecord] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    on_other_data: int = 0

    @property
    def failed(self) -> list[UnitRecord]:
        """The units that failed."""
        return [record for record in self.records if record.failure]

    @property
    def exit_code(self) -> int:
        """0 when all went well, 1 when a unit failed or something could not be written."""
        return 1 if self.failed or self.problems else 0

    def add_report(self, made: ReportPdf) -> None:
        """Note the PDF of a tier or a page, or why there is none."""
        if made.problem:
            self.problems.append(made.problem)
        else:
            self.reports.append(made.path)


def tell(
    console: Console, outcome: BatchOutcome, study: Study, root: Path, *, worth_a_look: int = 0
) -> None:
    """Print what was made, what failed and where to look.

    ``worth_a_look`` counts what was said of the raw files beforehand and changes every result.
    """
    done = len(outcome.records) - len(outcome.failed)
    lines = [Text(f"{done} of {len(outcome.records)} done.")] if outcome.records else []
    if worth_a_look:
        told = f"Worth a look before you use them: {worth_a_look} remarks on the raw files, above."
        lines.append(Text(told, style="bold yellow"))
    for record in outcome.failed:
        lines += _failed_unit(record, record.unit(study.name).executed(root), root)
    lines += [_unbroken(problem, style="red") for problem in outcome.problems]
    if outcome.on_other_data:
        told = f"{outcome.on_other_data} units in the reports are from before the data changed."
        lines.append(Text(f"{told} Run the whole study to renew them.", style="yellow"))
    lines += [_unbroken(f"Report: {told}") for told in _where(outcome.reports, root)]
    if outcome.records:
        folder = _short(reports_folder(root, study.name), root)
        lines.append(_unbroken(f"Notebooks, their PDFs, results and manifest: {folder}"))
    console.print(Group(*lines), crop=False)


def _where(reports: list[Path], root: Path) -> list[str]:
    """Name the reports, or where they are when there are too many to name."""
    if len(reports) <= MOST_REPORTS_NAMED:
        return [_short(path, root) for path in reports]
    per_folder = Counter(path.parent for path in reports)
    return [f"{n} in {_short(folder, root)}" for folder, n in per_folder.items()]


def _failed_unit(record: UnitRecord, notebook: Path, root: Path) -> list[Text]:
    """Say what went wrong, and under it which notebook to open."""
    there = notebook.is_file()
    look = f"as far as it came: {_short(notebook, root)}" if there else "no notebook was written"
    return [Text(described(record), style="red"), _unbroken(f"    {look}")]


def _unbroken(line: str, *, style: str = "") -> Text:
    """Make a line that is not wrapped, so that a path in it can be copied."""
    return Text(line, style=style, no_wrap=True, overflow="ignore")


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
