"""Findings of notebook 00: what do we have, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.figures.time import coverage, has_dates
from analysis.measures.reach import organic_reach
from analysis.needs import NEEDS, ORGANIC_REACH, Need
from analysis.passport import RawFilePassport
from analysis.selection import Selection
from analysis.sentences import NOT_MEASURED, count, day, joined, percentage
from analysis.showing import Sentence, ShownFigure, ShownTable

FIELDS = {
    "published_at": "time of publication",
    "kind": "kind of post",
    "message": "text",
    "followers_at_posting": "followers at posting",
    "reactions": "reactions",
    "comments": "comments",
    "shares": "shares",
    "interactions": "interactions (all three together)",
    "views": "views",
    "reach": "people reached",
    "reach_organic": "people reached without payment",
    "paid": "whether it was paid for",
    "link_clicks": "clicks on the link",
    "target_group_size": "size of the page's target group",
}
DEFINITIONS = {
    "followers_at_posting": "followers_definition",
    "views": "views_definition",
    "reach": "reach_definition",
}
SHOWN_REJECTS = 20


BESIDE_POSTS = {
    ORGANIC_REACH: "people reached without payment, or by posts known to be unpaid",
    "by_page": "comments, and who wrote them",
    "needs_answer": "comments whose text was read",
    "reached_otherwise_low": "share of the target group that other channels reach",
    "elsewhere": "a page of the same organisation on another platform",
    "costs": "hours and prices",
    "spend": "what the page spends on ads",
}


def answer(selection: Selection) -> Sentence:
    """Say what there is, whether it is simulated, and what is not measured."""
    posts, period = selection.posts, selection.study.period
    unmeasured = [name for field, name in FIELDS.items() if not posts[field].notna().any()]
    said_unmeasured = f"**Not measured** in any post: {joined(unmeasured)}."
    kind = "**simulated**" if selection.simulated else "observed"
    lines = [
        f"**{selection.label}**: {count(len(posts), 'post')} of "
        f"{count(posts['page_id'].nunique(), 'page')} from {day(period.start)} to "
        f"{day(period.end)}. The data are {kind}.",
        said_unmeasured if unmeasured and len(posts) else _no_posts(selection),
        _beside_posts(selection),
        _pages_without_posts(selection),
    ]
    return Sentence("\n\n".join(filter(None, lines)))


def _no_posts(selection: Selection) -> str:
    """Say why there is no post to measure; empty where there are posts."""
    if len(selection.posts):
        return ""
    if selection.left_out.total:
        return f"**No post is left to measure.** {left_out(selection).text}"
    return "**There is no post in the data** about these pages."


def _beside_posts(selection: Selection) -> str:
    """Say what there is besides posts."""
    others = [platform for platform in selection.platforms if platform != selection.platform]
    said = {
        f"{count(len(selection.comments), 'comment')} under posts": len(selection.comments),
        f"pages on {joined(others)}": len(others),
        f"what {count(selection.spend['page_id'].nunique(), 'page')} spent on ads": len(
            selection.spend
        ),
    }
    there = [what for what, number in said.items() if number]
    return f"Besides posts: {joined(there)}." if there else "Besides posts there is nothing."


def _pages_without_posts(selection: Selection) -> str:
    silent = selection.pages[~selection.pages["page_id"].isin(selection.posts["page_id"])]
    if silent.empty:
        return ""
    return (
        f"Without any post in the data: {joined(list(silent['name']))}. Whether these pages were "
        "silent or are missing from the export cannot be told."
    )


def files(selection: Selection) -> ShownTable:
    """Tabulate the raw files and what became of their rows."""
    frame = pd.DataFrame([_file_row(file) for file in selection.passport.files])
    rows = selection.passport.rows
    note = (
        f"In all: {rows.read:,} rows read = {rows.kept:,} kept + {rows.merged:,} merged + "
        f"{rows.rejected:,} rejected. {_merges(selection)}{_corrected(selection)}"
    )
    return ShownTable(frame, "Raw files", note=note)


def _file_row(file: RawFilePassport) -> dict[str, str]:
    return {
        "File": _file_name(file),
        "Format": file.format,
        "First post": day(file.first_post) if file.first_post else "no dates",
        "Last post": day(file.last_post) if file.last_post else "no dates",
        "Read": f"{file.rows.read:,}",
        "Kept": f"{file.rows.kept:,}",
        "Merged": f"{file.rows.merged:,}",
        "Rejected": f"{file.rows.rejected:,}",
    }


def _file_name(file: RawFilePassport) -> str:
    return file.file.path.rsplit("/", maxsplit=1)[-1]


def _by_address(selection: Selection) -> str:
    by_address = selection.passport.merges.posts_by_address
    return f" ({by_address:,} under another id, known by its address)" if by_address else ""


def _merges(selection: Selection) -> str:
    merges = selection.passport.merges
    if not merges.posts:
        return "No post was seen twice."
    return (
        f"{count(merges.posts, 'post')} were seen more than once{_by_address(selection)}, "
        f"{count(merges.posts_changed, 'post')} of them with other counts; the latest count "
        f"stands. {_fallen(merges.counts_fallen)}"
    )


def _fallen(n_counts: int) -> str:
    if not n_counts:
        return "No count fell."
    return f"{count(n_counts, 'count')} fell, which is no error: people take reactions back."


def _corrected(selection: Selection) -> str:
    n_values = sum(file.values_corrected for file in selection.passport.files)
    return f" {count(n_values, 'value')} corrected, as reviewed." if n_values else ""


def decisions(selection: Selection) -> ShownTable:
    """Tabulate what was decided while reading; files with the same decisions share a row."""
    decided: dict[tuple[str, str], list[str]] = {}
    for file in selection.passport.files:
        for what, how in file.decided.items():
            decided.setdefault((what, how), []).append(_file_name(file))
    frame = pd.DataFrame(
        [
            {"What": what, "Decided": how, "Files": _which(names, selection)}
            for (what, how), names in decided.items()
        ]
    )
    return ShownTable(frame, "Decided while reading")


def _which(names: Sequence[str], selection: Selection) -> str:
    return "all" if len(names) == len(selection.passport.files) else joined(list(names))


def coverage_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw posts per page and month, or say that there are no dates."""
    if selection.posts.empty:
        return Sentence(_no_posts(selection))
    if not has_dates(selection):
        return Sentence("The data hold **no dates**, so months cannot be told apart.")
    return coverage(selection)


def measured_fields(selection: Selection) -> ShownTable:
    """Tabulate, per tier, in how many of the posts each field was measured."""
    by_tier = {
        selection.heading(tier): selection.posts[selection.posts["tier"] == tier]
        for tier in selection.tiers
    }
    frame = pd.DataFrame(
        {
            "Field": list(FIELDS.values()),
            **{
                f"{label} ({count(len(posts), 'post')})": [
                    _share_measured(posts, field) for field in FIELDS
                ]
                for label, posts in by_tier.items()
            },
            "Definition": [_definition(selection, field) for field in FIELDS],
        }
    )
    return ShownTable(frame, "Posts in which a field was measured")


def _share_measured(posts: pd.DataFrame, field: str) -> str:
    if posts.empty:
        return "no posts"
    share = float(posts[field].notna().mean())
    return percentage(share) if share > 0 else NOT_MEASURED


def _definition(selection: Selection, field: str) -> str:
    column = DEFINITIONS.get(field)
    if column is None:
        return ""
    definitions = selection.posts[column].dropna().str.replace("_", " ")
    return joined(sorted(definitions.unique()))


def usable_for(selection: Selection) -> ShownTable:
    """Tabulate which questions these data can answer, and what is missing for the others."""
    frame = pd.DataFrame([_need_row(selection, need) for need in NEEDS])
    return ShownTable(frame, "Questions and the data they need")


def _need_row(selection: Selection, need: Need) -> dict[str, str]:
    having = [_pages_with(selection, field) for field in need.fields]
    n_answered, n_pages = len(set.intersection(*having)), len(selection.pages)
    names = FIELDS | BESIDE_POSTS
    missing = [
        names[f] for f, pages in zip(need.fields, having, strict=True) if len(pages) < n_pages
    ]
    return {
        "Notebook": need.notebook,
        "Question": need.question,
        "Answer": _for_how_many(n_answered, n_pages),
        "Missing": joined(missing) if missing else "nothing",
    }


def _for_how_many(n_answered: int, n_pages: int) -> str:
    if n_answered == n_pages:
        return "yes"
    return f"for {n_answered:,} of {count(n_pages, 'page')}" if n_answered else "no"


def _pages_with(selection: Selection, field: str) -> set[str]:
    """Pages of which something is known in at least one row."""
    everyone = set(selection.pages["page_id"])
    if field == "costs":
        return everyone if selection.study.costs else set()
    if field == "spend":
        return set(selection.spend["page_id"])
    if field == "elsewhere":
        return _on_other_platforms(selection)
    if field == ORGANIC_REACH:
        return set(selection.posts.loc[organic_reach(selection.posts).notna(), "page_id"])
    tables = (selection.posts, selection.comments, selection.pages)
    table = next(table for table in tables if field in table.columns)
    return set(table.loc[table[field].notna(), "page_id"])


def _on_other_platforms(selection: Selection) -> set[str]:
    everywhere = selection.tables.pages.dropna(subset=["organisation_code"])
    others = everywhere.loc[everywhere["platform"] != selection.platform, "organisation_code"]
    return set(selection.pages.loc[selection.pages["organisation_code"].isin(others), "page_id"])


def left_out(selection: Selection) -> Sentence:
    """Say which posts are in the data and not in the measures."""
    left = selection.left_out
    if not left.total:
        return Sentence("**No post is left out** for its age or its date.")
    age = f"younger than {selection.study.minimum_post_age_days} days when they were counted"
    reasons = {age: left.too_young, "outside the period": left.outside_period}
    said = [f"{posts:,} {reason}" for reason, posts in reasons.items() if posts]
    return Sentence(
        f"**{count(left.total, 'post').capitalize()} read and not measured**: {joined(said)}."
    )


def rejects(selection: Selection) -> Sentence | ShownTable:
    """Tabulate the rows that could not be used, with the reason."""
    table = selection.rejects
    if table.empty:
        return Sentence("**No row is rejected.**")
    frame = pd.DataFrame(
        {
            "File": table["source_file"].str.rsplit("/", n=1).str[-1],
            "Row": table["row"].map("{:,}".format),
            "Reason": table["reason"],
        }
    ).head(SHOWN_REJECTS)
    hidden = len(table) - len(frame)
    note = (
        f"And {count(hidden, 'row')} more, in rejects.parquet of the processed data."
        if hidden
        else ""
    )
    return ShownTable(frame, f"{count(len(table), 'rejected row').capitalize()}", note=note)


def warnings(selection: Selection) -> Sentence:
    """List what looked odd while reading."""
    said = [
        f"- {_file_name(file)}: {warning}"
        for file in selection.passport.files
        for warning in file.warnings
    ]
    said += [f"- {warning}" for warning in selection.passport.study_warnings]
    if not said:
        return Sentence("Nothing looked odd while reading.")
    return Sentence("\n".join(said))
