"""What a check tells of one raw file, in a terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.ingest.rejections import Rejected
from analysis.needs import ASK_FOR, IN_WORDS
from analysis.study import FileKind

USABLE, WITH_PROBLEMS, NOT_USABLE = 0, 1, 2


@dataclass(frozen=True)
class Answer:
    """Whether a file answers a question of a notebook.

    Attributes
    ----------
    share : float
        Share of the usable rows that answer it.
    missing : tuple of str
        What it takes and is not in the file.
    of_study : str
        What it takes of a study beside the data; empty when nothing.
    in_study : bool or None
        Whether the study has that; None when that is not known.
    of_register : bool
        Whether some rows answer it with the followers of the study's register only.
    """

    notebook: str
    question: str
    share: float
    missing: tuple[str, ...]
    of_study: str = ""
    in_study: bool | None = None
    of_register: bool = False

    def __str__(self) -> str:
        lacking = [IN_WORDS[name] for name in self.missing]
        if self.in_study is False:
            lacking.append(self.of_study)
        if lacking:
            return f"no, without {', '.join(lacking)}"
        if not self.share:
            return "no, what it takes is never in one row"
        found = "yes" if self.share == 1 else f"for {self.share:.1%} of the rows"
        if self.of_register:
            found += ", with the register's followers"
        return (
            found
            if self.in_study or not self.of_study
            else f"{found}, in a study with {self.of_study}"
        )


@dataclass(frozen=True)
class CheckReport:
    """What is known about one raw file.

    Attributes
    ----------
    path : str
        The file.
    format : str
        What it is; empty when that is not known.
    problem : str
        Why nothing of it can be used; empty when something can.
    kind : str
        What it holds: posts, comments, what pages spend, or the days of whole pages.
    earliest, latest : datetime.datetime or None
        Period of the usable rows, in the time zone that was given; None without dates.
    measured : dict of str to float
        Share of the usable rows in which each canonical column has a value; 0 when none has.
    definitions : dict of str to dict of str to int
        What followers, views and reach count in this file, where they are measured: usable rows
        under each definition.
    pages_seen : set of tuple of str
        Platform, id and, where the file or the study about it tells, tier of its pages.
    """

    path: str
    format: str = ""
    kind: FileKind = "posts"
    problem: str = ""
    rows_read: int = 0
    rows_usable: int = 0
    pages: int = 0
    earliest: datetime | None = None
    latest: datetime | None = None
    measured: dict[str, float] = field(default_factory=dict)
    definitions: dict[str, dict[str, int]] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    answers: tuple[Answer, ...] = ()
    pages_seen: frozenset[tuple[str, str, str | None]] = frozenset()

    @property
    def ask_for(self) -> dict[str, str]:
        """What is missing for some question, and what gives it."""
        missing = dict.fromkeys(field for found in self.answers for field in found.missing)
        return {field: ASK_FOR[field] for field in missing}

    @property
    def exit_code(self) -> int:
        """0 usable, 1 usable with problems, 2 not usable."""
        if self.problem:
            return NOT_USABLE
        return WITH_PROBLEMS if self.rejected or self.warnings else USABLE

    def to_json(self) -> dict[str, Any]:
        """Give everything as values that ``json`` can write."""
        times = {
            name: time.isoformat() if time else None
            for name, time in (("earliest", self.earliest), ("latest", self.latest))
        }
        told = asdict(self) | times | {"ask_for": self.ask_for, "exit_code": self.exit_code}
        del told["pages_seen"]
        return told

    def __rich__(self) -> RenderableType:
        """Show the report in a terminal."""
        parts: list[RenderableType] = [Text(self.path, style="bold"), self._facts()]
        if self.rejected:
            parts.append(self._rejected_table())
        if self.answers:
            parts.append(self._answers_table())
        if self.ask_for:
            parts += [Text("What gives the rest (docs/getting-data.md says how):"), self._gaps()]
        return Group(*parts)

    def _facts(self) -> Table:
        facts = {"format": self.format or "not known", "not usable": self.problem}
        if self.rows_read:
            facts["rows"] = f"{self.rows_usable:,} of {self.rows_read:,} can be used"
            facts["pages"] = f"{self.pages:,}"
        if self.earliest and self.latest:
            facts[self.kind.replace("_", " ")] = (
                f"from {self.earliest:%Y-%m-%d} to {self.latest:%Y-%m-%d}"
            )
        if self.measured:
            facts["measured"] = ", ".join(_shares(self.measured))
            facts["not measured"] = ", ".join(n for n, share in self.measured.items() if not share)
        facts["definitions"] = "\n".join(_in_words(self.definitions))
        table = Table(show_header=False, box=None)
        for name, text in (facts | self.decided).items():
            if text:
                table.add_row(Text(name), Text(text))
        for warning in self.warnings:
            table.add_row(Text("look at", style="yellow"), Text(warning))
        return table

    def _rejected_table(self) -> Table:
        table = Table("rows", "not used because", "in row")
        for rejected in self.rejected:
            rows = ", ".join(str(row) for row in rejected.first_rows)
            more = ", …" if rejected.n_rows > len(rejected.first_rows) else ""
            table.add_row(f"{rejected.n_rows:,}", Text(str(rejected)), rows + more)
        return table

    def _answers_table(self) -> Table:
        table = Table("notebook", "question", "does this file answer it")
        for found in self.answers:
            table.add_row(found.notebook, found.question, Text(str(found)))
        return table

    def _gaps(self) -> Table:
        table = Table(show_header=False, box=None)
        for field_name, source in self.ask_for.items():
            table.add_row(Text(IN_WORDS[field_name]), Text(source))
        return table


def _in_words(definitions: dict[str, dict[str, int]]) -> list[str]:
    """Say what each number counts, and of how many rows."""
    return [
        f"{number}: {text} (rows: {n_rows:,})"
        for number, counted in definitions.items()
        for text, n_rows in counted.items()
    ]


def _shares(measured: dict[str, float]) -> list[str]:
    """Name the columns that are measured, with their share of the rows when that is not all."""
    return [
        name if share == 1 else f"{name} ({share:.1%})" for name, share in measured.items() if share
    ]
