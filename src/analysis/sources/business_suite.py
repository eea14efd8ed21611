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
from analysis.sources.boosting import remarks_on_parts, was_paid
from analysis.sources.canonical import (
    canonical_rows,
    column_marks,
    count_checks,
    decided_marks,
    kind_of,
    latest_post,
    unclear_marks,
    with_counts,
)
from analysis.sources.checks import damaged_id
from analysis.sources.definitions import IMPRESSIONS, REACH, VIEWS, definition_on
from analysis.sources.dialect import open_table, read_header
from analysis.sources.first_lines import columns_in_words
from analysis.sources.headers import Cells, columns_by_meaning
from analysis.sources.post_ids import plain_page_id, plain_post_id
from analysis.sources.published import PACIFIC, on_the_clock_of
from analysis.sources.reading import Reading, Source
from analysis.sources.remarks import Remark, not_the_sum, warnings_of
from analysis.sources.text_table import TextTable
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
INTERACTIONS = ("reactions", "comments", "shares")
INSTAGRAM = r"//(?:www\.)?instagram\.com/"
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
        When the file is no readable table, lacks the time, the page or the post, holds a row
        per post and day, or ids of posts that a spreadsheet rounded.
    """
    table = open_table(path, scratch)
    language, columns = _meanings(table.columns)
    _require(table, columns, language)
    _refuse_other_rows(Cells(table, columns))
    counted = [columns[meaning] for meaning in COUNTS if meaning in columns]
    marks = column_marks(table, counted)
    table = with_counts(table, marks)
    table, published = on_the_clock_of(table, columns["published"], PACIFIC, raw_file.date_order)
    cells = Cells(table, columns)
    counts_taken = observed(
        raw_file, path, zone, published.day_zone, lambda: latest_post(table, published.time)
    )
    return Reading(
        rows=canonical_rows(
            table,
            raw_file.path,
            _fields(cells, published.time) | {"published_at": published.time},
            counts_taken,
            [_one_day(cells), *published.checks, *count_checks(table, counted)],
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
            *published.warnings,
            *unclear_marks(marks),
            *warnings_of(table, [*published.remarks, *_remarks(cells)]),
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
                f"{listed(names)} among its columns {columns_in_words(table.columns)}",
            )


def _refuse_other_rows(cells: Cells) -> None:
    """Raise an InputProblem when the rows are days of posts, or nothing tells posts apart.

    Without the column that says so, posts that stand there twice and more on average tell it, in
    a file without times shown: those are what the export per day lacks. Ids that a spreadsheet
    rounded make different posts alike, too.
    """
    found = cells.table.rows.select(
        days=_is_day(cells).sum(),
        rows=pl.len(),
        posts=_post_id(cells).n_unique(),
        rounded=damaged_id(_post_id(cells), "").count(),
    ).collect()
    n_days, n_rows, n_posts, n_rounded = found.row(0)
    # A spreadsheet rounds all ids of a column; fewer of them cost their own rows only.
    if 2 * n_rounded > n_rows:
        raise InputProblem(
            str(cells.table.path),
            f"ids of posts that a spreadsheet rounded, in {n_rounded} of {n_rows} rows",
            "ids with all their digits",
            "What was rounded cannot be brought back. Download the file again, and use it as it "
            "is: do not open it in Excel or another spreadsheet program and save it.",
        )
    has_times_shown = cells.has("views") or cells.has("impressions")
    is_repeated = n_posts > 1 and n_rows >= 2 * n_posts
    if n_days == n_rows or (is_repeated and not has_times_shown):
        raise InputProblem(
            str(cells.table.path),
            f"an export per post and day: {n_rows} rows for {n_posts} posts",
            "one row per post, with what was counted since it was published",
            HOW_TO_EXPORT,
        )


def _one_day(cells: Cells) -> pl.Expr:
    """Say that a row among others is about one day of a post."""
    sentence = pl.lit("counts of one day, not of the post since it was published")
    return pl.when(_is_day(cells)).then(sentence)


def _is_day(cells: Cells) -> pl.Expr:
    """Whether the row names a day, where a post's row says that it is about its lifetime."""
    return cells.text("date").str.contains(DAY)


def _post_id(cells: Cells) -> pl.Expr:
    return pl.coalesce(plain_post_id(cells.text(m)) for m in ("post_id", "permalink"))


def _fields(cells: Cells, published: pl.Expr) -> dict[str, pl.Expr]:
    text, number = cells.text, cells.number
    is_instagram = _is_instagram(cells)
    likes = pl.when(is_instagram).then(number("likes"))
    views = _times_shown(cells)
    return {
        "platform": pl.when(is_instagram).then(pl.lit("instagram")).otherwise(pl.lit("facebook")),
        "page_id": pl.coalesce(plain_page_id(text(meaning)) for meaning in PAGE),
        "page_name": pl.coalesce(text("page_name"), text("account_name")),
        "post_id": _post_id(cells),
        "published_precision": pl.lit("second"),
        "kind": kind_of(text("kind")),
        "message": _caption(text("title"), text("description")),
        "permalink": text("permalink"),
        "reactions": pl.coalesce(number("reactions"), likes),
        "reactions_like": likes,
        "comments": number("comments"),
        "shares": number("shares"),
        **views,
        "views_definition": pl.when(number("views").is_not_null())
        .then(definition_on(VIEWS, published))
        .otherwise(definition_on(IMPRESSIONS, published)),
        "reach": number("reach"),
        "reach_organic": number("reach_organic"),
        "reach_paid": number("reach_paid"),
        "reach_definition": definition_on(REACH, published),
        "link_clicks": number("link_clicks"),
        "paid": was_paid(number("reach_paid"), views["views_paid"]),
    }


def _is_instagram(cells: Cells) -> pl.Expr:
    """Whether the post's address is there, or the file speaks of accounts and not of pages."""
    about_pages = cells.has("page_id") or cells.has("page_name")
    about_accounts = cells.has("account_id") or cells.has("account_username")
    address = cells.text("permalink").str.contains(INSTAGRAM).fill_null(value=False)
    return address | pl.lit(about_accounts and not about_pages)


def _times_shown(cells: Cells) -> dict[str, pl.Expr]:
    """Views with their parts; impressions in the rows without views."""
    has_views = cells.number("views").is_not_null()
    return {
        f"views{part}": pl.when(has_views)
        .then(cells.number(f"views{part}"))
        .otherwise(cells.number(f"impressions{part}"))
        for part in ("", "_organic", "_paid")
    }


def _caption(title: pl.Expr, description: pl.Expr) -> pl.Expr:
    """The text of a post: the longer one where both cells hold something."""
    is_longer = description.str.len_chars() > title.str.len_chars()
    return pl.when(is_longer).then(description).otherwise(pl.coalesce(title, description))


def _remarks(cells: Cells) -> list[Remark]:
    remarks = []
    if cells.has("post_id"):
        ids = cells.text("post_id")
        what = f"'{cells.columns['post_id']}' is the id of another row too"
        remarks.append(Remark(ids.is_duplicated() & ids.is_not_null(), what, "the last row counts"))
    if cells.has("interactions", *INTERACTIONS):
        parts = {f"'{cells.columns[part]}'": cells.number(part) for part in INTERACTIONS}
        whole = cells.columns["interactions"]
        remarks.append(
            not_the_sum(whole, cells.number("interactions"), parts, "the parts are used")
        )
    return [*remarks, *remarks_on_parts(cells, "views", "impressions")]


def _in_every_language(meaning: str) -> str:
    """The first word of each language, English first."""
    words = (by_word for by_word in LANGUAGES.values() if meaning in by_word.values())
    return " / ".join(next(w for w, m in by_word.items() if m == meaning) for by_word in words)


SOURCE = Source(
    name="business_suite_csv",
    title="Meta Business Suite CSV export of posts",
    recognises=recognises,
    read=read,
    takes_date_order=True,
    gives={
        "platform": "(facebook, or instagram where the file speaks of accounts)",
        "published_at": _in_every_language("published"),
        "message": _in_every_language("title"),
        "reactions_like": _in_every_language("likes"),
        **{
            column: _in_every_language(column)
            for column in (
                *("page_id", "post_id", "kind", "permalink", "reactions", "comments", "shares"),
                *("views", "views_organic", "views_paid"),
                *("reach", "reach_organic", "reach_paid", "link_clicks"),
            )
        },
        "paid": "(whether a part of reach or views is from boosting)",
    },
)
