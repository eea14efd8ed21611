"""Findings of notebook 00: what became of the raw files."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.ingest.passport import RawFilePassport, RowCounts
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import capitalised, count, day, joined, number
from analysis.showing import Sentence, ShownTable

SHOWN_REJECTS = 20
NAMED = 3
"""How many files are named of many with the same decision."""


def files(selection: Selection) -> ShownTable:
    """Tabulate the raw files and what became of their rows."""
    frame = pd.DataFrame([_file_row(file) for file in selection.passport.files])
    said = [_all_rows(selection.passport.rows), _merges(selection), _corrected(selection)]
    return ShownTable(frame, say("Raw files"), note=" ".join(filter(None, said)))


def _file_row(file: RawFilePassport) -> dict[str, str]:
    no_dates = say("no dates")
    return {
        say("File"): _file_name(file),
        say("Format"): file.format,
        say("From"): day(file.earliest) if file.earliest else no_dates,
        say("To"): day(file.latest) if file.latest else no_dates,
        say("Read"): number(file.rows.read),
        say("Kept"): number(file.rows.kept),
        say("Merged"): number(file.rows.merged),
        say("Rejected"): number(file.rows.rejected),
    }


def _all_rows(rows: RowCounts) -> str:
    return say(
        "In all: {read} rows read = {kept} kept + {merged} merged + {rejected} rejected.",
        read=number(rows.read),
        kept=number(rows.kept),
        merged=number(rows.merged),
        rejected=number(rows.rejected),
    )


def _file_name(file: RawFilePassport) -> str:
    return file.file.path.rsplit("/", maxsplit=1)[-1]


def _merges(selection: Selection) -> str:
    merges = selection.passport.merges
    if not merges.posts:
        return say("No post was seen twice.")
    seen_again = say(
        "{posts} were seen more than once{by_address}, {changed} of them with other counts; the "
        "latest count stands.",
        posts=count(merges.posts, "post"),
        by_address=_by_address(merges.posts_by_address),
        changed=count(merges.posts_changed, "post"),
    )
    return f"{seen_again} {_fallen(merges.counts_fallen)}"


def _by_address(n_posts: int) -> str:
    if not n_posts:
        return ""
    return " " + say("({n} under another id, known by its address)", n=number(n_posts))


def _fallen(n_counts: int) -> str:
    if not n_counts:
        return say("No count fell.")
    return say(
        "{counts} fell, which is no error: people take reactions back.",
        counts=count(n_counts, "count"),
    )


def _corrected(selection: Selection) -> str:
    n_values = sum(file.values_corrected for file in selection.passport.files)
    if not n_values:
        return ""
    return say("{values} corrected, as reviewed.", values=count(n_values, "value"))


def decisions(selection: Selection) -> ShownTable:
    """Tabulate what was decided while reading; files with the same decisions share a row."""
    decided: dict[tuple[str, str], list[str]] = {}
    for file in selection.passport.files:
        for what, how in file.decided.items():
            decided.setdefault((what, how), []).append(_file_name(file))
    frame = pd.DataFrame(
        [
            {
                say("What"): say.reason(what),
                say("Decided"): say.reason(how),
                say("Files"): _which(names, selection),
            }
            for (what, how), names in decided.items()
        ]
    )
    return ShownTable(frame, say("Decided while reading"))


def _which(names: Sequence[str], selection: Selection) -> str:
    if len(names) == len(selection.passport.files):
        return say("all")
    if len(names) <= NAMED + 1:
        return joined(list(names))
    others = count(len(names) - NAMED, "other file")
    return joined([*names[:NAMED], others])


def rejects(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the rows that could not be used, with the reason."""
    table = selection.rejects
    if table.empty:
        return Sentence(say("**No row is rejected.**"))
    shown = table.head(SHOWN_REJECTS)
    frame = pd.DataFrame(
        {
            say("File"): shown["source_file"].str.rsplit("/", n=1).str[-1],
            say("Row"): shown["row"].map(number),
            say("Reason"): shown["reason"].map(say.reason),
        }
    )
    caption = capitalised(count(len(table), "rejected row"))
    return ShownTable(frame, caption, note=_hidden(len(table) - len(shown)))


def _hidden(n_rows: int) -> str:
    if not n_rows:
        return ""
    return say(
        "And {rows} more, in rejects.parquet of the processed data.", rows=count(n_rows, "row")
    )


def warnings(selection: Selection) -> Sentence:
    """List what looked odd while reading."""
    said = [
        f"- {_file_name(file)}: {say.reason(warning)}"
        for file in selection.passport.files
        for warning in file.warnings
    ]
    said += [f"- {say.reason(warning)}" for warning in selection.passport.study_warnings]
    return Sentence("\n".join(said) or say("Nothing looked odd while reading."))
