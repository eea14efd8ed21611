"""Small files in the form of each export, made up, and where their counts are written.

Headers are the documented ones, names and numbers are invented. A reader of a new format adds its
twin to ``TWINS``; it is then fuzzed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .planted import ANSWER, PAGE, PAGE_NAME, PERSON, PERSON_ID, QUESTION

Row = Mapping[str, str]
Written = Iterator[tuple[int, dict[str, str]]]
"""Number of a record, the header being 1, and its cells by the names of their columns."""

FACEBOOK_POST = "https://www.facebook.com/voorbeeld/posts/1001"
INSTAGRAM_POST = "https://www.instagram.com/p/CwXyZ_12-ab/"

CROWDTANGLE = {
    "Page Name": "Gemeente Voorbeeld",
    "User Name": "voorbeeld",
    "Facebook Id": "100000000000001",
    "Page Category": "GOVERNMENT_ORGANIZATION",
    "Page Admin Top Country": "NL",
    "Page Description": "",
    "Page Created": "2012-01-01 10:00:00",
    "Likes at Posting": "1200",
    "Followers at Posting": "1500",
    "Post Created": "2021-07-06 10:00:00 CEST",
    "Post Created Date": "2021-07-06",
    "Post Created Time": "10:00:00",
    "Type": "Native Video",
    "Total Interactions": "1,621",
    "Likes": "1610",
    "Comments": "3",
    "Shares": "2",
    "Love": "1",
    "Wow": "0",
    "Haha": "0",
    "Sad": "0",
    "Angry": "4",
    "Care": "1",
    "Video Share Status": "owned",
    "Is Video Owner?": "Yes",
    "Post Views": "20450",
    "Total Views": "20450",
    "Total Views For All Crossposts": "0",
    "Video Length": "00:01:10",
    "URL": FACEBOOK_POST,
    "Message": 'De brug is "open".\nKom kijken, morgen.',
    "Link": "",
    "Final Link": "",
    "Image Text": "",
    "Link Text": "",
    "Description": "",
    "Sponsor Id": "",
    "Sponsor Name": "",
    "Sponsor Category": "",
    "Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x )": "1,4",
}

CROWDTANGLE_GROUP = {
    "Group Name" if column == "Page Name" else column: cell for column, cell in CROWDTANGLE.items()
}

CROWDTANGLE_INSTAGRAM = {
    "Account": "Gemeente Voorbeeld",
    "User Name": "GemeenteVoorbeeld",
    "Followers at Posting": "900",
    "Post Created": "2021-07-06 10:00:00 CEST",
    "Post Created Date": "2021-07-06",
    "Post Created Time": "10:00:00",
    "Type": "Video",
    "Total Interactions": "1,621",
    "Likes": "1610",
    "Comments": "11",
    "Views": "4000",
    "URL": INSTAGRAM_POST,
    "Link": INSTAGRAM_POST,
    "Photo": "https://example.org/1.jpg",
    "Title": "",
    "Description": "De brug is open.",
    "Image Text": "",
    "Sponsor Id": "",
    "Sponsor Name": "",
    "Overperforming Score (weighted  —  Likes 1x Comments 1x )": "1,4",
}

BUSINESS_SUITE = {
    "Post ID": "1001",
    "Page ID": "100000000000001",
    "Page name": "Gemeente Voorbeeld",
    "Title": "",
    "Description": 'De brug is "open".\nKom kijken, morgen.',
    "Duration (sec)": "0",
    "Publish time": "03/28/2025 18:12",
    "Caption type": "N/A",
    "Permalink": FACEBOOK_POST,
    "Is crosspost": "0",
    "Is share": "0",
    "Post type": "Photos",
    "Languages": "",
    "Custom labels": "",
    "Funded content status": "",
    "Data comment": "",
    "Date": "Lifetime",
    "Views": "2100",
    "Views from Organic posts": "1500",
    "Views from Boosted posts": "600",
    "Reach": "1234",
    "Reach from Organic posts": "900",
    "Reach from Boosted posts": "400",
    "Reactions, Comments and Shares": "21",
    "Reactions": "16",
    "Comments": "3",
    "Shares": "2",
    "Total clicks": "30",
    "Link Clicks": "7",
    "Other Clicks": "23",
    "Negative feedback from users: Hide all": "0",
    "Seconds viewed": "",
    "Average Seconds viewed": "",
    "Estimated earnings (USD)": "0",
}

BUSINESS_SUITE_DUTCH = {
    "Bericht-ID": "1001",
    "Pagina-ID": "100000000000001",
    "Paginanaam": "Gemeente Voorbeeld",
    "Titel": "De brug is open.",
    "Publicatietijdstip": "03/28/2025 18:12",
    "Permalink": FACEBOOK_POST,
    "Berichttype": "Foto's",
    "Datum": "Levensduur",
    "Reacties, opmerkingen en deelacties": "21",
    "Reacties": "16",
    "Opmerkingen": "3",
    "Deelacties": "2",
    "Totaal aantal klikken": "30",
    "Klikken op link": "7",
    "Overige klikken": "23",
    "Consumptie overeenkomend met doelgroeptargeting (Video Click)": "0",
    "Bereik": "1.234",
    "Bereik via Organische berichten": "900",
    "Bereik via Gepromote berichten": "400",
    "Videoweergaven van 3 seconden": "0",
    "Seconden bekeken": "0",
    "Duur (sec.)": "0",
    "Is een gedeeld bericht": "0",
}

BUSINESS_SUITE_SWEDISH = {
    "Publicerings-id": "1001",
    "Sid-id": "100000000000001",
    "Sidnamn": "Exempel kommun",
    "Titel": "Bron är öppen.",
    "Publiceringstid": "03/28/2025 18:12",
    "Inläggstyp": "Länkar",
    "Permalänk": FACEBOOK_POST,
    "Visningar": "2100",
    "Räckvidd": "1 234",
    "Reaktioner, kommentarer och delningar": "21",
    "Reaktioner": "16",
    "Kommentarer": "3",
    "Delningar": "2",
    "Totalt antal klick": "30",
    "Länkklick": "7",
    "Övriga klick": "23",
}

BUSINESS_SUITE_INSTAGRAM = {
    "Post ID": "18012345678901234",
    "Account ID": "17841400000000001",
    "Account username": "voorbeeld",
    "Account name": "Gemeente Voorbeeld",
    "Description": "De brug is open.",
    "Duration (sec)": "0",
    "Publish time": "03/28/2025 18:12",
    "Permalink": INSTAGRAM_POST,
    "Post type": "IG carousel",
    "Data comment": "",
    "Date": "Lifetime",
    "Views": "99",
    "Reach": "40",
    "Likes": "4",
    "Shares": "1",
    "Follows": "0",
    "Comments": "2",
    "Saves": "0",
}

BUSINESS_SUITE_INSTAGRAM_DUTCH = {
    "Bericht-ID": "18012345678901234",
    "Account-ID": "17841400000000001",
    "Gebruikersnaam account": "voorbeeld",
    "Accountnaam": "Gemeente Voorbeeld",
    "Omschrijving": "De brug is open.",
    "Publicatietijdstip": "03/28/2025 18:12",
    "Permalink": INSTAGRAM_POST,
    "Berichttype": "IG-carrousel",
    "Datum": "Levensduur",
    "Weergaven": "99",
    "Bereik": "40",
    "Vind-ik-leuks": "4",
    "Aantal keer gedeeld": "1",
    "Opmerkingen": "2",
    "Aantal keer opgeslagen": "0",
    "Volgt": "0",
}

PAGE_INSIGHTS = {
    "Post ID": "100000000000001_1001",
    "Permalink": f"{FACEBOOK_POST}:0",
    "Post Message": "De brug is open.",
    "Type": "Photo",
    "Countries": "",
    "Languages": "",
    "Posted": "10/21/2019 09:22:41 PM",
    "Audience Targeting": "",
    "Lifetime Post Total Reach": "1234",
    "Lifetime Post organic reach": "900",
    "Lifetime Post Paid Reach": "400",
    "Lifetime Post Total Impressions": "2100",
    "Lifetime Post Organic Impressions": "1500",
    "Lifetime Post Paid Impressions": "600",
    "Lifetime Engaged Users": "30",
    "Lifetime Post Stories by action type - comment": "3",
    "Lifetime Post Stories by action type - like": "16",
    "Lifetime Post Stories by action type - share": "2",
    "Lifetime Post Consumptions by type - link clicks": "7",
}
VIDEO_VIEWS = "Lifetime Organic Video Views"
"""A name that stands in the header twice, for times and for people."""

PAGE_INSIGHTS_DESCRIPTIONS = {
    "Lifetime Post Total Reach": "Lifetime: People who had the post on their screen. (Unique)",
    "Lifetime Post organic reach": "Lifetime: As above, through unpaid distribution. (Unique)",
    "Lifetime Post Total Impressions": "Lifetime: Times the post came on screen. (Total Count)",
}

CONTENT_LIBRARY = {
    "activities": "",
    "content_type": "photos",
    "creation_time": "2024-05-01T12:34:56+00:00",
    "id": "123456789012345678",
    "is_branded_content": "false",
    "lang": "nl",
    "link_attachment.link": "",
    "link_attachment.name": "",
    "match_type": "text",
    "mcl_url": "https://example.org/library/1",
    "modified_time": "2024-05-01T12:34:56+00:00",
    "multimedia": "[]",
    "post_owner.type": "page",
    "post_owner.id": "987654321098765432",
    "post_owner.name": "Gemeente Voorbeeld",
    "post_owner.username": "voorbeeld",
    "shared_post_id": "",
    "statistics.angry_count": "4",
    "statistics.care_count": "1",
    "statistics.comment_count": "3",
    "statistics.haha_count": "0",
    "statistics.like_count": "10",
    "statistics.love_count": "1",
    "statistics.reaction_count": "16",
    "statistics.sad_count": "0",
    "statistics.share_count": "2",
    "statistics.views": "2100",
    "statistics.views_date_last_refreshed": "2024-06-01",
    "statistics.wow_count": "0",
    "surface.type": "page",
    "surface.id": "987654321098765432",
    "surface.name": "Gemeente Voorbeeld",
    "surface.username": "voorbeeld",
    "text": 'De brug is "open".\nKom kijken, morgen.',
}

CONTENT_LIBRARY_INSTAGRAM = {
    "content_type": "albums",
    "creation_time": "2024-05-01T12:34:56+00:00",
    "hashtags": "[]",
    "id": "123456789012345678",
    "is_branded_content": "false",
    "lang": "nl",
    "match_type": "text",
    "mcl_url": "https://example.org/library/1",
    "modified_time": "2024-05-01T12:34:56+00:00",
    "multimedia": "[]",
    "post_owner.type": "business",
    "post_owner.id": "987654321098765432",
    "post_owner.name": "Gemeente Voorbeeld",
    "post_owner.username": "voorbeeld",
    "statistics.comment_count": "3",
    "statistics.like_count": "10",
    "statistics.views": "2100",
    "statistics.views_date_last_refreshed": "2024-06-01",
    "text": "De brug is open.",
}

MINIMAXIR = {
    "status_id": "100000000000001_1001",
    "status_message": 'De brug is "open".\nKom kijken, morgen.',
    "link_name": "",
    "status_type": "photo",
    "status_link": "https://example.org/photo",
    "status_published": "2017-07-06 10:00:00",
    "num_reactions": "16",
    "num_comments": "3",
    "num_shares": "2",
    "num_likes": "10",
    "num_loves": "1",
    "num_wows": "0",
    "num_hahas": "0",
    "num_sads": "0",
    "num_angrys": "4",
    "num_special": "1",
}

MINIMAXIR_COMMENT = {
    "comment_id": "1001_9001",
    "status_id": f"{PAGE}_1001",
    "parent_id": "",
    "comment_message": QUESTION,
    "comment_author": f"{PERSON} {PERSON_ID}",
    "comment_published": "2023-07-06 11:00:00",
    "num_reactions": "3",
    "num_likes": "3",
    "num_loves": "0",
    "num_wows": "0",
    "num_hahas": "0",
    "num_sads": "0",
    "num_angrys": "0",
    "num_special": "0",
}
MINIMAXIR_REPLY = MINIMAXIR_COMMENT | {
    "comment_id": "1001_9002",
    "parent_id": "1001_9001",
    "comment_message": ANSWER,
    "comment_author": PAGE_NAME,
    "comment_published": "2023-07-06 13:00:00",
}

AD_LIBRARY = {
    "Page ID": "100000000000001",
    "Page name": "Gemeente Voorbeeld",
    "Disclaimer": "Gemeente Voorbeeld",
    "Amount spent (EUR)": "1610",
    "Number of ads in Library": "16",
}

PAGE_DAILY = (
    "sep=,\n"
    '"Facebook follows"\n'
    '"Date","Primary"\n'
    '"2025-08-01T00:00:00","20"\n'
    '"2025-08-02T00:00:00","0"\n'
    '"2025-08-04T00:00:00","1,207"\n'
)

DECLARED = {
    "pagina": "Gemeente Voorbeeld",
    "bericht": "1001",
    "datum": "2021-07-06",
    "reacties": "1.610",
    "opmerkingen": "3",
    "bereik": "12",
}
DECLARED_COLUMNS = {
    "page_name": "pagina",
    "post_id": "bericht",
    "published_at": "datum",
    "reactions": "reacties",
    "comments": "opmerkingen",
    "reach": "bereik",
}


def csv_bytes(*rows: Row, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """Write rows under the header of the first one."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def page_insights_bytes(*rows: Row) -> bytes:
    """Write rows under the two header rows, with a name that stands there twice."""
    columns = list(PAGE_INSIGHTS)
    descriptions = [PAGE_INSIGHTS_DESCRIPTIONS.get(column, "") for column in columns]
    video = "Lifetime: Times the video was viewed. (Total Count)", "Lifetime: As above. (Unique)"
    lines = [
        [*columns, VIDEO_VIEWS, VIDEO_VIEWS],
        [*descriptions, *video],
        *([*row.values(), "0", "0"] for row in rows),
    ]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def three(row: Row, **changes: str) -> Sequence[Row]:
    """A row, one with changes, and one whose counts are larger."""
    larger = {name: f"{cell}7" if cell.isdigit() else cell for name, cell in row.items()}
    return row, {**row, **changes}, larger


def cells(text: str, separator: str) -> Written:
    """Read a table as Python's own reader does; a carriage return alone ends no line."""
    lines = text.replace("\r\n", "\n").replace("\r", " ")
    records = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    header = [name.strip() for name in next(records, [])]
    for number, record in enumerate(records, start=2):
        yield number, dict(zip(reversed(header), reversed(record), strict=False))


def numbers_of_days(text: str, separator: str) -> Written:
    """The cells below the line that names the number, the second one as the number."""
    lines = text.replace("\r\n", "\n").split("\n")
    lines = lines[1:] if lines[0].strip('"').startswith("sep=") else lines
    is_named = len(lines) > 1 and "T00:00:00" not in lines[1]
    below = "\n".join(lines[1:] if is_named else lines)
    for number, record in enumerate(csv.reader(io.StringIO(below), delimiter=separator), start=1):
        yield number, {"Primary": record[1] if len(record) > 1 else ""}


def amount_and_cells(text: str, separator: str) -> Written:
    """The cells, and the amount that is spent, whatever its currency."""
    for number, row in cells(text, separator):
        amounts = (row[name] for name in row if re.match(r"(?i)amount\s+spent\s+\(", name))
        yield number, {"amount": next(amounts, ""), **row}


def plain_number(cell: str) -> int | None:
    """Read a whole number by its digits alone, whatever marks its thousands."""
    found = re.fullmatch(r"([+-]?\d[\d.,'’ \u00a0\u202f]*?)(?:[.,]0{1,2})?", cell.strip())
    return int(re.sub(r"[^\d-]", "", found[1])) if found else None


def plain_amount(cell: str) -> float | None:
    """Read an amount that is exact or a bound, with or without cents."""
    found = re.fullmatch(r"(?:≤|<=?)?\s*(\d.*?)(?:[.,](\d{1,2}))?", cell.strip())
    whole = plain_number(found[1]) if found else None
    return None if found is None or whole is None else float(f"{whole}.{found[2] or 0}")


@dataclass(frozen=True)
class Twin:
    """A small made-up file of an export.

    Attributes
    ----------
    content : bytes
        The file.
    counts : mapping of str to str
        The columns in which counts are written: canonical fields to names.
    may_be_missing : tuple of str
        Of these, fields that a reader leaves out for a reason although a number is written.
    name : str
        The file's name.
    known : mapping of str to object
        What the study says about the file.
    written : callable
        Reads the cells of the file's text without the reader under test.
    number : callable
        Reads the number in a cell, likewise.
    """

    content: bytes
    counts: Mapping[str, str]
    may_be_missing: tuple[str, ...] = ()
    name: str = "posts.csv"
    known: Mapping[str, object] = field(default_factory=dict)
    written: Callable[[str, str], Written] = cells
    number: Callable[[str], float | None] = plain_number


KINDS = ("like", "love", "wow", "haha", "sad", "angry")

TWINS: dict[str, Twin] = {
    "crowdtangle_csv": Twin(
        csv_bytes(*three(CROWDTANGLE, URL="")),
        {"comments": "Comments", "shares": "Shares", "views": "Post Views"}
        | {f"reactions_{kind}": kind.title() for kind in (*KINDS[1:], "care")}
        | {"reactions_like": "Likes"},
        may_be_missing=("views",),
    ),
    "crowdtangle_instagram_csv": Twin(
        csv_bytes(*three(CROWDTANGLE_INSTAGRAM)),
        {"reactions": "Likes", "comments": "Comments", "views": "Views"},
        may_be_missing=("views",),
    ),
    "business_suite_csv": Twin(
        csv_bytes(*three(BUSINESS_SUITE, Reach="1,234")),
        {
            "reactions": "Reactions",
            "comments": "Comments",
            "shares": "Shares",
            "views": "Views",
            "reach": "Reach",
            "reach_organic": "Reach from Organic posts",
            "reach_paid": "Reach from Boosted posts",
            "link_clicks": "Link Clicks",
        },
    ),
    "ad_library_report": Twin(
        csv_bytes(*three(AD_LIBRARY, **{"Amount spent (EUR)": "≤100"})),
        {"n_ads": "Number of ads in Library", "amount_high": "amount"},
        name="FacebookAdLibraryReport_2023-06-01_NL_last_7_days_advertisers.csv",
        written=amount_and_cells,
        number=plain_amount,
    ),
    "business_suite_page_daily": Twin(
        PAGE_DAILY.encode("utf-16"),
        {"value": "Primary"},
        name="Follows.csv",
        known={"page": PAGE},
        written=numbers_of_days,
    ),
    "page_insights_csv": Twin(
        page_insights_bytes(*three(PAGE_INSIGHTS)),
        {
            "reach": "Lifetime Post Total Reach",
            "reach_organic": "Lifetime Post organic reach",
            "views": "Lifetime Post Total Impressions",
            "comments": "Lifetime Post Stories by action type - comment",
            "shares": "Lifetime Post Stories by action type - share",
        },
    ),
    "content_library_csv": Twin(
        csv_bytes(*three(CONTENT_LIBRARY)),
        {"views": "statistics.views"}
        | {name: f"statistics.{name[:-1]}_count" for name in ("comments", "shares")}
        | {f"reactions_{kind}": f"statistics.{kind}_count" for kind in KINDS},
        may_be_missing=("views",),
    ),
    "minimaxir_csv": Twin(
        csv_bytes(*three(MINIMAXIR)),
        {name: f"num_{name}" for name in ("reactions", "comments", "shares")}
        | {f"reactions_{kind}": f"num_{kind}s" for kind in KINDS},
    ),
    "minimaxir_comments": Twin(
        csv_bytes(MINIMAXIR_COMMENT, MINIMAXIR_REPLY, MINIMAXIR_COMMENT), {}, name="comments.csv"
    ),
    "declared_table": Twin(
        csv_bytes(*three(DECLARED), separator=";"),
        {"reactions": "reacties", "comments": "opmerkingen", "reach": "bereik"},
        known={"table": {"columns": DECLARED_COLUMNS, "separator": ";"}},
    ),
}
