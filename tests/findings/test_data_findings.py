"""What notebook 00 says of the questions that data can answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.findings import data, data_files
from analysis.ingest.passport import FileStamp, Merges, Passport, RawFilePassport, RowCounts
from analysis.language import CATALOGUES, REASON, Language, read_catalogue, say, speaking
from analysis.selection import Selection
from analysis.showing import Sentence, ShownFigure, ShownTable
from dutch import all_words_of, english_left
from selections import CLAIM, selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
SHOWN = (
    data.answer,
    data.coverage_figure,
    data.measured_fields,
    data.usable_for,
    data.left_out,
    data_files.files,
    data_files.decisions,
    data_files.rejects,
    data_files.warnings,
)
N_POSTS = 17 * 20
NO_DATES = pd.Series(pd.NaT, index=range(N_POSTS), dtype="datetime64[us, UTC]")
NO_TEXT = pd.array([None] * N_POSTS, dtype="string")
NOT_STATED = {"views_definition": NO_TEXT, "reach_definition": NO_TEXT}
MEASURED = NOT_STATED | {
    "reach": 500.0,
    "views": 900.0,
    "views_definition": "3-second video views",
    "followers_definition": "page_likes",
}
OUTSIDE = {"start": date(2031, 1, 1), "end": date(2031, 12, 31)}
DECIDED = {
    "encoding": "UTF-8 with a byte order mark",
    "separator": "semicolon",
    "observed_at": "2024-01-31 22:59 UTC, from the end of the day in the file's name",
    "followers": "Followers at Posting, and Likes at Posting where that is empty",
}


def row(question: str, **columns: object) -> dict[str, str]:
    table = data.usable_for(selection(PAGES, RATES, **columns)).frame
    (found,) = table[table["Question"] == question].to_dict("records")
    return found


def test_a_question_that_every_page_can_answer_misses_nothing() -> None:
    assert row("Does anyone react, per follower?")["Answer"] == "yes"
    assert row("Does anyone react, per follower?")["Missing"] == "nothing"


def test_a_question_that_no_page_can_answer_names_what_is_missing() -> None:
    found = row("Does anyone react, per follower?", followers_at_posting=np.nan)
    assert found["Answer"] == "no"
    assert found["Missing"] == "followers at posting"


def test_tiers_are_only_compared_where_two_of_them_have_two_pages() -> None:
    question = "Do the tiers differ, per post?"
    assert row(question)["Answer"] == "yes"

    one_page = data.usable_for(selection({"provincie": 1, "gemeente": 9}, RATES)).frame
    found = one_page.set_index("Question").loc[question]
    assert (found["Answer"], found["Missing"]) == ("no", "two tiers with two pages or more each")


def test_a_claim_without_thresholds_in_the_study_is_not_answered() -> None:
    question = "Does hardly anyone react?"
    found = row(question)
    assert (found["Answer"], found["Missing"]) == (
        "no",
        "thresholds in the study file, [claims.few_reactions]",
    )

    of = study(claims={"few_reactions": CLAIM})
    fixed = data.usable_for(selection(PAGES, RATES, of=of)).frame.set_index("Question")
    assert fixed.loc[question, "Answer"] == "yes"


def test_a_question_that_some_pages_can_answer_says_how_many_and_what_the_others_lack() -> None:
    reach = np.where(np.arange(17 * 20) < 3 * 20, 500.0, np.nan)
    found = row("Do people who are reached react?", reach=reach)
    assert found["Answer"] == "for 3 of 17 pages"
    assert found["Missing"] == "people reached"


@pytest.mark.parametrize(("paid", "answer"), [(False, "yes"), (True, "no"), (None, "no")])
def test_all_reach_of_posts_known_to_be_unpaid_is_reach_without_payment(
    paid: bool | None, answer: str
) -> None:
    known = pd.array([paid] * (17 * 20), dtype="boolean")
    found = row("Whom does a post reach, as measured?", reach=500.0, paid=known)
    assert found["Answer"] == answer


def test_what_stands_beside_posts_is_missing_where_there_is_none() -> None:
    for question in ("Does the page answer questions?", "What do other channels give?"):
        assert row(question)["Answer"] == "no"


def test_the_links_of_the_notebooks_lead_somewhere(project: Path) -> None:
    for notebook in (project / "notebooks").glob("*.ipynb"):
        for name in ("codebook.md", "getting-data.md", "methods.md", "teaching.md"):
            if f"../docs/{name}" in notebook.read_text(encoding="utf-8"):
                assert (project / "docs" / name).is_file()


def test_posts_outside_the_period_are_not_called_unmeasured() -> None:
    of = study(period={"start": date(2031, 1, 1), "end": date(2031, 12, 31)})
    said = data.answer(selection(PAGES, RATES, of=of)).text
    assert "340 posts read and not measured" in said.lower().replace("**", "").replace(":", "")
    assert "Not measured** in any post" not in said
    figure = data.coverage_figure(selection(PAGES, RATES, of=of))
    assert isinstance(figure, Sentence)
    assert "no dates" not in figure.text


def with_files(selected: Selection, *, rejected: int = 0) -> Selection:
    """The same pages from two files: one with all that can be said of a file, one with nothing."""
    kept = RowCounts(read=12_345 + rejected, kept=12_300, merged=45, rejected=rejected)
    warning = (
        "'Total' is not the sum of reactions, comments and shares in 12 of 2000 rows (first in "
    )
    said = file_passport("said.csv", kept, DECIDED, (f"{warning}row 1500); the sum is used.",))
    passport = Passport.model_construct(
        files=(said, file_passport("plain.csv", kept, {}, ())),
        rows=kept,
        merges=Merges(
            posts=45, posts_by_address=2, posts_changed=3, counts_fallen=1, posts_unlike=0
        ),
        study_warnings=(
            "Counts that fell between two pulls: 1. The later count stands; people take "
            "reactions back, and pages remove comments.",
        ),
    )
    reason = "'-3' in column 'reactions' is a negative count"
    rows = {"source_file": "raw/said.csv", "row": range(2, 2 + rejected), "reason": reason}
    return replace(selected, passport=passport, rejects=pd.DataFrame(rows))


def file_passport(
    name: str, rows: RowCounts, decided: dict[str, str], warnings: tuple[str, ...]
) -> RawFilePassport:
    return RawFilePassport(
        file=FileStamp(path=f"data/raw/{name}", size=1, modified_ns=1, sha256="0"),
        kind="posts",
        format="crowdtangle_csv",
        rows=rows,
        values_corrected=2 * len(warnings),
        earliest=datetime(2023, 3, 1, tzinfo=UTC) if warnings else None,
        latest=datetime(2023, 5, 1, tzinfo=UTC) if warnings else None,
        decided=decided,
        warnings=warnings,
    )


@pytest.mark.parametrize(
    ("language", "counted", "hidden"),
    [
        (
            "en",
            "12,370 rows read = 12,300 kept + 45 merged + 25 rejected. 45 posts were seen more "
            "than once (2 under another id, known by its address), 3 posts of them with other "
            "counts; the latest count stands. 1 count fell, which is no error: people take "
            "reactions back. 2 values corrected, as reviewed.",
            "And 5 rows more, in rejects.parquet of the processed data.",
        ),
        (
            "nl",
            "12.370 rijen gelezen = 12.300 behouden + 45 samengevoegd + 25 afgewezen. Vaker dan "
            "één keer gezien: 45 berichten (2 onder een ander id, herkend aan het adres), waarvan "
            "3 berichten met andere tellingen; de laatste telling geldt. Lager geworden: "
            "1 telling. Dat is geen fout: mensen trekken reacties in. Gecorrigeerd na "
            "beoordeling: 2 waarden.",
            "En nog 5 rijen, in rejects.parquet bij de verwerkte gegevens.",
        ),
    ],
)
def test_what_became_of_every_row_is_added_up(
    language: Language, counted: str, hidden: str
) -> None:
    chosen = with_files(selection(PAGES, RATES), rejected=25)
    with speaking(language):
        table, rejects = data_files.files(chosen), data_files.rejects(chosen)
    assert table.note.endswith(counted)
    assert isinstance(rejects, ShownTable)
    assert rejects.note == hidden


def test_what_the_data_are_is_said_in_dutch() -> None:
    with speaking("nl"):
        said = data.answer(with_files(selection(PAGES, RATES))).text
    assert "340 berichten van 17 pagina’s, van 1 januari 2023 tot en met 31 december 2023" in said
    assert "gesimuleerd" in said
    assert "Bij geen enkel bericht **gemeten**: weergaven, bereikte mensen" in said


@pytest.mark.parametrize(
    "chosen",
    [
        lambda: with_files(selection(PAGES, RATES, **MEASURED), rejected=25),
        lambda: with_files(
            selection(PAGES, RATES, **NOT_STATED, published_at=NO_DATES), rejected=1
        ),
        lambda: with_files(selection(PAGES, RATES, page="gemeente-1", **NOT_STATED)),
        lambda: with_files(selection(PAGES, RATES, of=study(period=OUTSIDE), **NOT_STATED)),
    ],
    ids=["all", "no dates", "one page", "no posts"],
)
@pytest.mark.parametrize("show", SHOWN)
def test_no_english_is_left_in_dutch(
    show: Callable[[Selection], Sentence | ShownTable | ShownFigure],
    chosen: Callable[[], Selection],
) -> None:
    with speaking("nl"):
        said = all_words_of(show(chosen()))
    assert said
    assert not english_left(said.replace("‘reactions’", "").replace("Followers at Posting", ""))


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        (
            "'views' cannot be read in 1234 of 20000 rows (first in row 2); it is not needed.",
            "‘views’ is niet te lezen in 1.234 van de 20.000 rijen (het eerst in rij 2); het is "
            "niet nodig.",
        ),
        (
            "'Views' is not the sum of 'Paid and boosted' and 'Organic' in 1 of 9 rows (first in "
            "row 2); the total is used as it stands.",
            "‘Views’ is niet de som van 'Paid and boosted' en 'Organic' in 1 van de 9 rijen (het "
            "eerst in rij 2); het totaal is gebruikt zoals het er staat.",
        ),
        (
            "published on 2024-02-01 09:00 UTC, after its counts were taken (2024-01-31 22:59 UTC, "
            "from the study file)",
            "geplaatst op 2024-02-01 09:00 UTC, nadat het is geteld (2024-01-31 22:59 UTC, uit het "
            "onderzoeksbestand)",
        ),
        (
            "by what the export says in 12, by id in 3,456, by name in 7, not known in 1,000",
            "aan wat de export zegt bij 12, aan het id bij 3.456, aan de naam bij 7, niet bekend "
            "bij 1.000",
        ),
        ("by id in 3", "aan het id bij 3"),
        (
            "Europe/Amsterdam, the study's; the times in the file name none",
            "Europe/Amsterdam, die van het onderzoek; de tijden in het bestand noemen er geen",
        ),
        (
            "On facebook, followers at posting are counted under two definitions, which are never "
            "put together. Used: 'followers' (posts: 1,200). Left out of every measure: "
            "'page_likes' (posts: 30, in a.csv, b.csv and 2 more files). A study of those "
            "posts alone measures them.",
            "Op facebook geteld volgens twee definities, die nooit worden samengevoegd: volgers "
            "bij plaatsing. Gebruikt: ‘volgers’ (berichten: 1.200). Buiten elke maat gelaten: "
            "‘vind-ik-leuks van de pagina’ (berichten: 30, in a.csv, b.csv en 2 andere bestanden). "
            "Een onderzoek van die berichten alleen meet ze wel.",
        ),
        (
            "Pages whose followers are those of the register: 1,200. They were counted on "
            "2024-01-31, not when the posts were made: a page that has grown since had fewer, and "
            "its numbers per follower are too low.",
            "Pagina’s waarvan de volgers uit het register komen: 1.200. Ze zijn geteld op "
            "2024-01-31, niet toen de berichten werden geplaatst: een pagina die sindsdien is "
            "gegroeid, had er minder, en haar getallen per volger zijn te laag.",
        ),
        (
            "Comments are 1 in 1,100 of 1,200 posts of Stad: a platform may show the same small "
            "number where it hides the real one.",
            "Opmerkingen: 1 bij 1.100 van de 1.200 berichten van Stad. Een platform kan hetzelfde "
            "kleine getal tonen waar het het echte verbergt.",
        ),
        (
            "Posts that were coded by hand and are not among the posts of the study: 7 ('1' of "
            "page '9', '2' of page '9' and 5 more). Their codes are not used; are the ids as "
            "they were drawn?",
            "Berichten die met de hand zijn gecodeerd en niet in het onderzoek zitten: 7 (‘1’ van "
            "pagina ‘9’, ‘2’ van pagina ‘9’ en nog 5). Hun codes zijn niet gebruikt; zijn de id’s "
            "zoals ze zijn getrokken?",
        ),
        (
            "data/raw/corrections.toml speaks of 'x.csv', which is not there.",
            "data/raw/corrections.toml noemt ‘x.csv’, en dat bestand is er niet.",
        ),
    ],
)
def test_what_was_written_while_reading_is_said_in_dutch(english: str, dutch: str) -> None:
    with speaking("nl"):
        assert say.reason(english) == dutch
    assert say.reason(english) == english


IN_PROBLEMS = ("InputProblem", "RuntimeError", "Source", "CommentSource", "Change", "compile")
"""Calls with texts that no notebook shows."""
WITHOUT_ROWS = ("encoding", "pseudonyms", "reading")
"""Modules that say nothing about rows that are read."""
COLUMNS = {"ENGLISH", "DUTCH", "SWEDISH", "WORDS", "REACTIONS", "HOW_TO_EXPORT"}
NOT_SHOWN = {
    *("Followers at Posting", "Likes at Posting", "link clicks", "native video|live video"),
    *("so often", "{} so often", "comments measured", "comments median", "comments so often"),
    "(its first line looks like data, not like headings)",
    "One name that is no longer valid fails the whole call.",
    "The access token has expired or was withdrawn: get a new one, and ask again.",
}
SEVERAL_WORDS = re.compile(r"[a-z]{2}[,:;]? [a-z{']")


def texts_of_readers(project: Path) -> set[str]:
    """What is written in English while raw files are read; ``{}`` where a value is filled in."""
    package = project / "src" / "analysis"
    sources = [file for file in (package / "sources").glob("*.py") if file.stem not in WITHOUT_ROWS]
    others = [package / "ingest" / name for name in ("suspicious.py", "raw_files.py")]
    texts = {
        text
        for file in [*sources, *others, package / "registers" / "post_codes.py"]
        for text in texts_in(ast.parse(file.read_text(encoding="utf-8")))
    }
    return {text for text in texts if SEVERAL_WORDS.search(text)} - NOT_SHOWN


def texts_in(node: ast.AST) -> Iterator[str]:
    is_problem = isinstance(node, ast.Call) and name_of(node.func) in IN_PROBLEMS
    is_names = isinstance(node, ast.Assign) and name_of(node.targets[0]) in COLUMNS
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if is_problem or is_names or is_docstring:
        return
    inside = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in inside
        )
        inside = [part for part in inside if isinstance(part, ast.FormattedValue)]
    for part in inside:
        yield from texts_in(part)


def name_of(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def test_everything_that_is_written_while_reading_has_a_dutch_text(project: Path) -> None:
    files = CATALOGUES.glob("*.po")
    known = "\n".join(
        str(message.id)
        for file in files
        for message in read_catalogue(file)
        if message.context == REASON
    )
    unknown = {
        text
        for text in texts_of_readers(project)
        if not re.search(".+".join(map(re.escape, re.split(r"\{\w*\}", text.strip()))), known)
    }
    assert not unknown
