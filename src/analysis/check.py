"""What a raw file is, what of it can be used, and what is wrong with it."""

from __future__ import annotations

import shlex
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.ingest.rejections import Rejected, by_reason, turned_dates
from analysis.needs import ASK_FOR, FEWEST, IN_WORDS, NEEDS, ORGANIC_REACH, Need
from analysis.problems import InputProblem, listed, nearest
from analysis.registers.followers import KEY, with_followers_of_register
from analysis.registers.pages import read_register
from analysis.sources.reading import KINDS, Kind, Reading, source_of
from analysis.study import RawFile, Study
from analysis.study_lists import LISTS, facts_of, list_of, what_to_do
from analysis.tables import COMMENTS, PAGES, POSTS, SPEND, dtypes

USABLE, WITH_PROBLEMS, NOT_USABLE = 0, 1, 2
BOOKKEEPING = (
    *("platform", "published_precision", "person", "observed_at", "source_file"),
    *("currency", "period_start", "period_end"),
)
SCHEMAS = {"posts": POSTS, "comments": COMMENTS, "spend": SPEND}
TIMES = {"posts": "published_at", "comments": "created_at"}
NO_PAGES = pl.DataFrame(schema=dtypes(PAGES))
INTERACTIONS = ("reactions", "comments", "shares")
TOGETHER = {
    "interactions": INTERACTIONS,
    "spend": ("amount_high",),
    ORGANIC_REACH: ("reach", "reach_organic", "paid"),
}
"""Fields that stand for columns."""


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
        Whether it holds posts, comments, or what pages spend.
    first_post, last_post : datetime.datetime or None
        Period of the usable posts or comments, in the time zone that was given.
    measured : dict of str to float
        Share of the usable rows in which each canonical column has a value; 0 when none has.
    pages_seen : set of tuple of str
        Platform, id and, where the file or the study about it tells, tier of its pages.
    """

    path: str
    format: str = ""
    kind: Kind = "posts"
    problem: str = ""
    rows_read: int = 0
    rows_usable: int = 0
    pages: int = 0
    first_post: datetime | None = None
    last_post: datetime | None = None
    measured: dict[str, float] = field(default_factory=dict)
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
            for name, time in (("first_post", self.first_post), ("last_post", self.last_post))
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
        if self.first_post and self.last_post:
            facts[self.kind] = f"from {self.first_post:%Y-%m-%d} to {self.last_post:%Y-%m-%d}"
        if self.measured:
            facts["measured"] = ", ".join(_shares(self.measured))
            facts["not measured"] = ", ".join(n for n, share in self.measured.items() if not share)
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


def check_files_of(study: Study, root: Path, files: Sequence[Path] = ()) -> list[CheckReport]:
    """Find out what raw files of a study are, read as the study declares them.

    Parameters
    ----------
    study : Study
        Declares tables, formats, and when counts were taken.
    root : pathlib.Path
        The project's root.
    files : sequence of pathlib.Path, optional
        Only these files; all of the study's, and the lists that it names, when left out.

    Raises
    ------
    InputProblem
        When the study lists no such file.
    """
    declared = {
        (root / raw_file.path).resolve(): (raw_file, kind)
        for kind in KINDS
        for raw_file in study.raw.by_kind[kind]
    }
    lists = {(root / getattr(study, key)).resolve(): key for key in LISTS if getattr(study, key)}
    for file in files:
        _require_file(file)
        if file.resolve() not in declared | lists:
            names = [raw_file.path for raw_file, _ in declared.values()]
            names += [getattr(study, key) for key in lists.values()]
            raise InputProblem(
                str(file),
                f"no raw file of study '{study.name}'",
                listed(names),
                nearest(str(file), names),
            )
    places = [file.resolve() for file in files] or [*declared, *lists]
    register = _register(study, root)
    reports = {
        place: check_file(place, *declared[place], zone=study.zone, register=register)
        for place in places
        if place in declared
    }
    n_tiers = _tiers_to_compare(study, root, reports, register)
    return [
        *(_in_study(report, study, n_tiers) for report in reports.values()),
        *(_check_list(lists[place], study, root) for place in places if place in lists),
    ]


def _require_file(path: Path) -> None:
    if path.is_dir():
        files = f"{shlex.quote(path.as_posix())}/*"
        raise InputProblem(
            str(path), "a folder", "a file", f"Check its files: bereik check {files}"
        )


def _check_list(key: str, study: Study, root: Path) -> CheckReport:
    found = CheckReport(path=getattr(study, key), format=LISTS[key])
    try:
        decided, warnings = facts_of(key, study, root)
    except (InputProblem, OSError) as error:
        return replace(found, problem=str(error))
    return replace(found, decided=decided, warnings=warnings)


def _tiers_to_compare(
    study: Study, root: Path, reports: Mapping[Path, CheckReport], register: pl.DataFrame | None
) -> int | None:
    """Count the tiers with enough pages that have posts; None when not all posts were read."""
    posts = [reports.get((root / raw_file.path).resolve()) for raw_file in study.raw.posts]
    if register is None or any(report is None or report.problem for report in posts):
        return None
    tier_of = {(platform, page): tier for platform, page, tier in register[*KEY, "tier"].rows()}
    seen = set[tuple[str, str, str | None]]().union(*(found.pages_seen for found in posts if found))
    pages = {(platform, page, tier_of.get((platform, page), tier)) for platform, page, tier in seen}
    per_tier = Counter((platform, tier) for platform, _, tier in pages)
    enough = Counter(platform for (platform, tier), n in per_tier.items() if tier and n >= FEWEST)
    return max(enough.values(), default=0)


def _register(study: Study, root: Path) -> pl.DataFrame | None:
    """The pages of the register; none where there is no register, None when it cannot be read."""
    if not study.register_of_pages:
        return NO_PAGES
    try:
        return read_register(root / study.register_of_pages, study)
    except (InputProblem, OSError):  # the report on the register says why
        return None


def _in_study(report: CheckReport, study: Study, tiers_to_compare: int | None) -> CheckReport:
    """Say of each answer whether the study has what it takes beside the data."""
    needs = _needs(report.kind) if report.answers else []
    answers = tuple(
        replace(found, in_study=need.is_met_by(study, tiers_to_compare))
        for found, need in zip(report.answers, needs, strict=True)
    )
    return replace(report, answers=answers)


def check_file(
    path: Path,
    raw_file: RawFile | None = None,
    kind: Kind | None = None,
    *,
    zone: ZoneInfo | None = None,
    register: pl.DataFrame | None = None,
) -> CheckReport:
    """Find out what a raw file is and what can be used of it. Nothing is written.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    raw_file : RawFile, optional
        What a study says about it; needed for a declared table.
    kind : str, optional
        What the file holds; found out when left out.
    zone : zoneinfo.ZoneInfo, optional
        Of times that name none; Europe/Amsterdam when left out.
    register : polars.DataFrame, optional
        The register of pages, for followers that the file does not have.

    Returns
    -------
    CheckReport
        Also when the file cannot be used: ``problem`` then says why.
    """
    raw_file = raw_file or RawFile(path=str(path), simulated=False)
    zone = zone or ZoneInfo("Europe/Amsterdam")
    title = ""
    try:
        _require_file(path)
        if key := _list_at(path, raw_file, kind):
            decided = what_to_do(key, path)
            return CheckReport(path=raw_file.path, format=LISTS[key], decided=decided)
        source = source_of(path, raw_file, kind)
        title = source.title
        found = CheckReport(path=raw_file.path, format=title, kind=source.kind)
        with tempfile.TemporaryDirectory() as scratch:
            reading = source.read(path, raw_file, zone, Path(scratch))
            pages = NO_PAGES if register is None else register
            return _report(found, reading.read_through(), raw_file, zone, pages)
    except (InputProblem, OSError) as error:
        return CheckReport(path=raw_file.path, format=title, problem=str(error))


def _list_at(path: Path, raw_file: RawFile, kind: Kind | None) -> str:
    """Say which list of a study's a file is, when nothing tells that it is something else."""
    is_told = raw_file.table is not None or raw_file.format is not None or kind is not None
    return "" if is_told else list_of(path)


def _report(
    report: CheckReport, reading: Reading, raw_file: RawFile, zone: ZoneInfo, register: pl.DataFrame
) -> CheckReport:
    """Add what the rows of a file say to what is known of it."""
    report = replace(report, rows_read=reading.rows_read, decided=reading.decided)
    is_usable = pl.col("reason").is_null()
    rows = reading.rows.filter(is_usable)
    columns, period = _columns_and_period(report.kind, zone)
    needs = _needs(report.kind)
    fields = dict.fromkeys(chain.from_iterable(_parts(need) for need in needs))
    answering = [
        *(
            _answers(need, report.kind).mean().alias(f"answer {number}")
            for number, need in enumerate(needs)
        ),
        *(_is_known(field, report.kind).any().alias(f"any {field}") for field in fields),
    ]
    with_register = rows
    if report.kind == "posts":
        with_register = with_followers_of_register(rows, register)
    summary, alone, together, rejects, pages = pl.collect_all(
        [
            rows.select(
                pl.len().alias("rows_usable"),
                pl.struct("platform", "page_id")
                .filter(pl.col("page_id").is_not_null())
                .n_unique()
                .alias("pages"),
                *period,
                *(pl.col(name).is_not_null().mean().alias(f"share {name}") for name in columns),
            ),
            rows.select(answering),
            with_register.select(answering),
            reading.rows.filter(~is_usable).select("row", "reason"),
            _pages(rows, report.kind, raw_file),
        ]
    )
    found = summary.row(0, named=True)
    of_file, answered = alone.row(0, named=True), together.row(0, named=True)
    rejected, question = by_reason(rejects.lazy()), turned_dates(raw_file, rejects.lazy())
    report = replace(report, warnings=(*reading.warnings, *filter(None, [question])))
    if not found["rows_usable"]:
        problem = f"not one row can be used; for example because {rejected[0].reason}"
        return replace(report, problem=problem, rejected=rejected)
    known = {field for field in fields if answered[f"any {field}"]}
    return replace(
        report,
        rows_usable=found["rows_usable"],
        pages=found["pages"],
        pages_seen=frozenset(pages.rows()),
        first_post=found["first"],
        last_post=found["last"],
        measured={name: found[f"share {name}"] for name in columns},
        rejected=rejected,
        answers=tuple(
            replace(
                _answer(need, answered[name], known), of_register=answered[name] > of_file[name]
            )
            for name, need in ((f"answer {number}", need) for number, need in enumerate(needs))
        ),
    )


def _pages(rows: pl.LazyFrame, kind: Kind, raw_file: RawFile) -> pl.LazyFrame:
    """The pages of posts, with the tier that the file or the study about it tells."""
    tier = pl.lit(raw_file.tier, pl.String)
    if kind == "posts":
        tier = pl.coalesce("category", tier)
    return rows.select(*KEY, tier=tier).drop_nulls("page_id").unique()


def _columns_and_period(kind: Kind, zone: ZoneInfo) -> tuple[list[str], list[pl.Expr]]:
    """The columns of which is told how often they are measured, and the period of the rows."""
    time = pl.lit(None, pl.Datetime("us", "UTC"))
    if kind in TIMES:
        time = pl.col(TIMES[kind]).dt.convert_time_zone(zone.key)
    columns = [
        name
        for name in SCHEMAS[kind].columns
        if name not in BOOKKEEPING and not name.endswith("_definition")
    ]
    return columns, [time.min().alias("first"), time.max().alias("last")]


def _needs(kind: Kind) -> list[Need]:
    """The questions a file may answer; one of posts is held against all of them."""
    if kind == "posts":
        return list(NEEDS)
    return [need for need in NEEDS if any(_columns(field, kind) for field in need.fields)]


def _columns(field: str, kind: Kind) -> tuple[str, ...]:
    """The columns that a field stands for; none when such files do not have it."""
    columns = TOGETHER.get(field, (field,))
    return columns if set(columns) <= SCHEMAS[kind].columns.keys() else ()


def _answers(need: Need, kind: Kind) -> pl.Expr:
    """Whether a row has all that a question needs."""
    return pl.all_horizontal(_is_known(field, kind) for field in need.fields)


def _is_known(field: str, kind: Kind) -> pl.Expr:
    """Whether a row has all of a field; what a comment asks is not asked of the page's own."""
    columns = _columns(field, kind)
    if not columns:
        return pl.lit(value=False)
    if field == ORGANIC_REACH:
        return _has_organic_reach()
    value = pl.all_horizontal(pl.col(name).is_not_null() for name in columns)
    return value | pl.col("by_page").fill_null(value=False) if field == "needs_answer" else value


def _has_organic_reach() -> pl.Expr:
    """Whether `measures.reach.organic_reach` finds one."""
    paid = pl.col("paid")
    of_unpaid = pl.col("reach").is_not_null() & ~paid.fill_null(value=True)
    return ~paid.fill_null(value=False) & (pl.col("reach_organic").is_not_null() | of_unpaid)


def _parts(need: Need) -> list[str]:
    """The fields of a need; interactions as the counts that they are made of."""
    parts = (INTERACTIONS if field == "interactions" else (field,) for field in need.fields)
    return list(chain.from_iterable(parts))


def _answer(need: Need, share: float, known: Set[str]) -> Answer:
    missing = tuple(field for field in _parts(need) if field not in known)
    return Answer(need.notebook, need.question, share, missing, need.of_study)


def _shares(measured: dict[str, float]) -> list[str]:
    """Name the columns that are measured, with their share of the rows when that is not all."""
    return [
        name if share == 1 else f"{name} ({share:.1%})" for name, share in measured.items() if share
    ]
