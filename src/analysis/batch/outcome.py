"""What a batch gave, and how it is told at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis.batch.records import UnitRecord
from analysis.batch.tasks import TierPdf
from analysis.project import reports_folder
from analysis.study import Study


@dataclass
class BatchOutcome:
    """What a batch gave.

    Attributes
    ----------
    records : list of UnitRecord
        One per unit, in the order in which they were done.
    tier_pdfs : list of pathlib.Path
        The PDFs of whole tiers.
    problems : list of str
        What went wrong outside the units.
    """

    records: list[UnitRecord] = field(default_factory=list)
    tier_pdfs: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[UnitRecord]:
        """The units that failed."""
        return [record for record in self.records if record.failure]

    @property
    def exit_code(self) -> int:
        """0 when all went well, 1 when a unit failed or something could not be written."""
        return 1 if self.failed or self.problems else 0

    def add_tier_pdf(self, made: TierPdf) -> None:
        """Note a tier's PDF, or why there is none."""
        if made.problem:
            self.problems.append(made.problem)
        else:
            self.tier_pdfs.append(made.path)


def summary(outcome: BatchOutcome, study: Study, root: Path) -> RenderableType:
    """Tell what was made, what failed and where to look."""
    done = len(outcome.records) - len(outcome.failed)
    parts: list[RenderableType] = [Text(f"{done} of {len(outcome.records)} notebooks are done.")]
    if outcome.failed:
        parts.append(_failures(outcome.failed, study, root))
    parts += [Text(problem, style="red") for problem in outcome.problems]
    if outcome.records:
        folder = reports_folder(root, study.name)
        places = [f"Report: {_short(path, root)}" for path in outcome.tier_pdfs]
        places.append(f"Notebooks, their PDFs, results and manifest: {_short(folder, root)}")
        parts += [Text(place, no_wrap=True, overflow="ignore") for place in places]
    return Group(*parts)


def _failures(records: list[UnitRecord], study: Study, root: Path) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0))
    for heading in (
        "Failed",
        "Tier",
        "Cell",
        "What went wrong, and the notebook as far as it came",
    ):
        table.add_column(heading, overflow="fold")
    for record in records:
        assert record.failure is not None
        notebook = record.unit(study.name).executed(root)
        where = _short(notebook, root) if notebook.is_file() else "(no notebook was written)"
        table.add_row(
            record.notebook,
            record.tier,
            str(record.failure.cell or ""),
            escape(f"{record.failure.exception}\n{where}"),
        )
    return table


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
