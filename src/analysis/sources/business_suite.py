"""Meta Business Suite's CSV export of a page's own posts ("content"), for Facebook and Instagram.

The header is in the language of whoever exports; English, Dutch and Swedish are known, from
programs that read the export (English and Swedish:
https://github.com/cgillinger/metaDB/blob/main/shared/columnConfig.js). The Dutch columns with ids
and names of a Facebook page were not seen, so several spellings are accepted. Columns come and go
from month to month: none but the time, the page and the post is needed.

Counts are those since publication ("lifetime"), so a later export of the same post differs. Times
are Pacific without saying so. The same screen exports one row per post and day; that is another
table under nearly the same header, and is refused.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from analysis.problems import InputProblem, listed
from analysis.sources.boosting import split_of_reach, split_of_views, was_paid
from analysis.sources.canonical import (
    canonical_rows,
    column_marks,
    count,
    count_checks,
    decided_marks,
    kind_of,
    latest_post,
    unclear_marks,
    with_counts,
)
from analysis.sources.definitions import IMPRESSIONS, REACH, VIEWS, definition_on
from analysis.sources.dialect import TextTable, open_table, read_header
from analysis.sources.headers import columns_by_meaning
from analysis.sources.post_ids import plain_page_id, plain_post_id
from analysis.sources.published import PACIFIC, on_the_clock_of
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import Remark, not_the_sum, warnings_of
from analysis.sources.times import observed
from analysis.study import RawFile

ENGLISH = {
    "Post ID": "post_id",
    "Page ID": "page_id",
    "Page name": "page_name",
    "Account ID": "account_id",
    "Account username": "account_username",
    "Account name": "account_name",
    "Title": "title",
    "Description": "description",
    "Publish time": "published",
    "Post type": "kind",
    "Permalink": "permalink",
    "Date": "date",
    "Views": "views",
    "Views from Organic posts": "views_organic",
    "Views from Boosted posts": "views_paid",
    "Impressions": "impressions",
    "Impressions from Organic posts": "impressions_organic",
    "Impressions from Boosted posts": "impressions_paid",
    "Reach": "reach",
    "Reach from Organic posts": "reach_organic",
    "Reach from Boosted posts": "reach_paid",
    "Reactions, comments and shares": "interactions",
    "Reactions": "reactions",
    "Likes": "likes",
    "Comments": "comments",
    "Shares": "shares",
    "Link Clicks": "link_clicks",
}
DUTCH = {
    "Bericht-ID": "post_id",
    "Publicatie-ID": "post_id",
    "Pagina-ID": "page_id",
    "Paginanaam": "page_name",
    "Naam van pagina": "page_name",
    "Account-ID": "account_id",
    "Gebruikersnaam account": "account_username",
    "Accountnaam": "account_name",
    "Titel": "title",
    "Omschrijving": "description",
    "Beschrijving": "description",
    "Publicatietijdstip": "published",
    "Berichttype": "kind",
    "Permalink": "permalink",
    "Permanente link": "permalink",
    "Datum": "date",
    "Weergaven": "views",
    "Weergaven via Organische berichten": "views_organic",
    "Weergaven van Organische berichten": "views_organic",
    "Weergaven via Gepromote berichten": "views_paid",
    "Weergaven van Gepromote berichten": "views_paid",
    "Bereik": "reach",
    "Bereik via Organische berichten": "reach_organic",
    "Bereik via Gepromote berichten": "reach_paid",
    "Reacties, opmerkingen en deelacties": "interactions",
    "Reacties": "reactions",
    "Vind-ik-leuks": "likes",
    "Opmerkingen": "comments",
    "Deelacties": "shares",
    "Aantal keer gedeeld": "shares",
    "Klikken op link": "link_clicks",
}
SWEDISH = {
    "Publicerings-id": "post_id",
    "Sid-id": "page_id",
    "Sidnamn": "page_name",
    "Konto-id": "account_id",
    "Kontots användarnamn": "account_username",
    "Kontonamn": "account_name",
    "Titel": "title",
    "Beskrivning": "description",
    "Publiceringstid": "published",
    "Inläggstyp": "kind",
    "Permalänk": "permalink",
    "Datum": "date",
    "Visningar": "views",
    "Räckvidd": "reach",
    "Reaktioner, kommentarer och delningar": "interactions",
    "Reaktioner": "reactions",
    "Gilla-markeringar": "likes",
    "Kommentarer": "comments",
    "Delningar": "shares",
    "Länkklick": "link_clicks",
}
LANGUAGES = {"English": ENGLISH, "Dutch": DUTCH, "Swedish": SWEDISH}
"""What the words of the header mean. Dutch "Reacties" are reactions, "Opmerkingen" are comments."""

COUNTS = (
    *("reactions", "likes", "comments", "shares", "interactions", "link_clicks"),
    *("views", "views_organic", "views_paid"),
    *("impressions", "impressions_organic", "impressions_paid"),
    *("reach", "reach_organic", "reach_paid"),
)
PAGE = ("page_id", "account_id", "account_username", "page_name", "account_name")
COLUMNS_TO_RECOGNISE = 6
DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
HOW_TO_EXPORT = (
    "In Meta Business Suite choose Insights, Content, Export data, and there the lifetime of the "
    "posts, not their days."
)


def recognises(path: Path) -> bool:
    """Whether a file's header is this export's, in one of the languages."""
    _, found = _meanings(read_header(path))
    return {"published", "kind"} <= found.keys() and len(found) >= COLUMNS_TO_RECOGNISE


def read(path: Path, raw_file: RawFile, zone: ZoneInfo, scratch: Path) -> Reading:
    """Read an export of posts.

    On Instagram, likes are the only reaction. Views take the place of impressions in the rows
    that have both. A post is paid when a part of its reach or views is from boosting.

    Raises
    ------
    InputProblem
        When the file is no readable table, lacks the time, the page or the post, or holds a row
        per post and day.
    """
    table = open_table(path, scratch)
    language, columns = _meanings(table.columns)
    _require(table, columns, language)
    _refuse_days(table, columns)
    counted = [columns[meaning] for meaning in COUNTS if meaning in columns]
    marks = column_marks(table, counted)
    table = with_counts(table, marks)
    table, published = on_the_clock_of(table, columns["published"], PACIFIC)
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            _fields(table, columns, published.time) | {"published_at": published.time},
            counts_taken,
            [_one_day(table, columns), *published.checks, *count_checks(table, counted)],
        ),
        rows_read=table.rows_read,
        decided=table.decided
        | published.decided
        | {
            "language": language,
            "observed_at": counts_taken.decided,
            "columns": ", ".join(f"{meaning} = {name}" for meaning, name in columns.items()),
        }
        | decided_marks(marks),
        warnings=(
            *table.warnings,
            *unclear_marks(marks),
            *warnings_of(table, [*published.remarks, *_remarks(table, columns)]),
        ),
    )


def _meanings(header: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The language that most of the header is in, and its columns by what they mean."""
    found = {name: columns_by_meaning(header, words) for name, words in LANGUAGES.items()}
    language = max(found, key=lambda name: len(found[name]))
    return language, found[language]


def _require(table: TextTable, columns: dict[str, str], language: str) -> None:
    for what, meanings in {
        "the time of publication": ("published",),
        "the page": PAGE,
        "the post": ("post_id", "permalink"),
    }.items():
        if not columns.keys() & set(meanings):
            names = [word for word, meaning in LANGUAGES[language].items() if meaning in meanings]
            raise InputProblem(
                str(table.path),
                f"no column tells {what}",
                f"{listed(names)} among its columns {listed(table.columns)}",
            )


def _refuse_days(table: TextTable, columns: dict[str, str]) -> None:
    """Raise an InputProblem when the rows are days of posts, not posts."""
    days = table.cell(columns.get("date", "")).str.contains(DAY)
    found = table.rows.select(
        days=days.sum(), rows=pl.len(), posts=_post_id(table, columns).n_unique()
    ).collect()
    n_days, n_rows, n_posts = found.row(0)
    has_views = columns.keys() & {"views", "impressions"}
    if n_days == n_rows or (not has_views and n_rows >= 2 * n_posts > 2):
        raise InputProblem(
            str(table.path),
            f"an export per post and day: {n_rows} rows for {n_posts} posts",
            "one row per post, with what was counted since it was published",
            HOW_TO_EXPORT,
        )


def _one_day(table: TextTable, columns: dict[str, str]) -> pl.Expr:
    """Say that a row among others is about one day of a post."""
    days = table.cell(columns.get("date", "")).str.contains(DAY)
    return pl.when(days).then(pl.lit("counts of one day, not of the post since it was published"))


def _post_id(table: TextTable, columns: dict[str, str]) -> pl.Expr:
    def text(meaning: str) -> pl.Expr:
        return plain_post_id(table.cell(columns.get(meaning, "")))

    return pl.coalesce(text("post_id"), text("permalink"))


def _fields(table: TextTable, columns: dict[str, str], published: pl.Expr) -> dict[str, pl.Expr]:
    def text(meaning: str) -> pl.Expr:
        return table.cell(columns.get(meaning, ""))

    def number(meaning: str) -> pl.Expr:
        return count(table, columns.get(meaning, ""))

    is_instagram = pl.lit(_is_about_accounts(columns)) | text("permalink").str.contains(
        r"//(?:www\.)?instagram\.com/"
    ).fill_null(value=False)
    has_views = number("views").is_not_null()
    views = {
        f"views{part}": pl.when(has_views)
        .then(number(f"views{part}"))
        .otherwise(number(f"impressions{part}"))
        for part in ("", "_organic", "_paid")
    }
    likes = pl.when(is_instagram).then(number("likes"))
    return {
        "platform": pl.when(is_instagram).then(pl.lit("instagram")).otherwise(pl.lit("facebook")),
        "page_id": pl.coalesce(plain_page_id(text(meaning)) for meaning in PAGE),
        "page_name": pl.coalesce(text(m) for m in ("page_name", "account_name")),
        "post_id": _post_id(table, columns),
        "published_precision": pl.lit("second"),
        "kind": kind_of(text("kind")),
        "message": _caption(text("title"), text("description")),
        "permalink": text("permalink"),
        "reactions": pl.coalesce(number("reactions"), likes),
        "reactions_like": likes,
        "comments": number("comments"),
        "shares": number("shares"),
        **views,
        "views_definition": pl.when(has_views)
        .then(definition_on(VIEWS, published))
        .otherwise(definition_on(IMPRESSIONS, published)),
        "reach": number("reach"),
        "reach_organic": number("reach_organic"),
        "reach_paid": number("reach_paid"),
        "reach_definition": definition_on(REACH, published),
        "link_clicks": number("link_clicks"),
        "paid": was_paid(number("reach_paid"), views["views_paid"]),
    }


def _is_about_accounts(columns: dict[str, str]) -> bool:
    """Whether the file speaks of accounts, as it does for Instagram, and not of pages."""
    is_page = columns.keys() & {"page_id", "page_name"}
    return not is_page and bool(columns.keys() & {"account_id", "account_username"})


def _caption(title: pl.Expr, description: pl.Expr) -> pl.Expr:
    """The text of a post: the longer one where both cells hold something."""
    is_longer = description.str.len_chars() > title.str.len_chars()
    return pl.when(is_longer).then(description).otherwise(pl.coalesce(title, description))


def _remarks(table: TextTable, columns: dict[str, str]) -> list[Remark]:
    def has(*meanings: str) -> bool:
        return columns.keys() >= set(meanings)

    def named(*meanings: str) -> list[str]:
        return [columns[meaning] for meaning in meanings]

    remarks = []
    if has("post_id"):
        ids = table.cell(columns["post_id"])
        what = f"'{columns['post_id']}' is the id of another row too"
        remarks.append(Remark(ids.is_duplicated() & ids.is_not_null(), what, "the last row counts"))
    if has("interactions", "reactions", "comments", "shares"):
        whole, *names = named("interactions", "reactions", "comments", "shares")
        parts = {f"'{name}'": count(table, name) for name in names}
        remarks.append(not_the_sum(whole, count(table, whole), parts, "the parts are used"))
    for kind in ("views", "impressions"):
        split = (kind, f"{kind}_organic", f"{kind}_paid")
        if has(*split):
            remarks.append(split_of_views(table, *named(*split)))
    for part in ("reach_organic", "reach_paid"):
        if has("reach", part):
            remarks.append(split_of_reach(table, *named("reach", part)))
    return remarks


SOURCE = Source(
    name="business_suite_csv",
    title="Meta Business Suite CSV export of posts",
    recognises=recognises,
    read=read,
    gives=(
        *("platform", "page_id", "post_id", "published_at", "kind", "message", "permalink"),
        *("reactions", "reactions_like", "comments", "shares"),
        *("views", "views_organic", "views_paid"),
        *("reach", "reach_organic", "reach_paid", "link_clicks", "paid"),
    ),
)
