"""Files of comments in a study: what comes into its tables, and what never does."""

from __future__ import annotations

import json
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pytest
from rich.console import Console

from analysis.check.files import check_file
from analysis.ingest.making import ensure_ingested, ingest
from analysis.ingest.passport import Passport
from analysis.ingest.processed import load_tables
from analysis.problems import InputProblem
from analysis.sources.comments import KnownPages
from analysis.sources.pseudonyms import KEY_VARIABLE
from analysis.sources.reading import CommentSource, sources
from analysis.study import RawFile, Study
from analysis.study_file import load_study
from analysis.tables import COMMENTS

from ..sources.json_twins import ALL_TWINS, GRAPH_COMMENT, JSON_TWINS, lines
from ..sources.planted import PAGE, PAGE_NAME, PLANTED
from ..terminal import printed

STUDY = """\
title = "Webcare"
period = {{start = 2023-01-01, end = 2023-12-31}}
tiers = [{{name = "gemeente", label = "Gemeenten"}}]
{privacy}

[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
tier = "gemeente"
table = {{columns = {{page_id = "page", page_name = "name", post_id = "post", message = "text"}}}}
{comments}
"""
POSTS = f"""\
page,name,post,text
{PAGE},{PAGE_NAME},1001,De brug is open
{PAGE},{PAGE_NAME},123456789012345678,De brug is dicht
"""
COMMENT_SOURCES = [name for name, source in sources().items() if isinstance(source, CommentSource)]


class Project:
    """A study of one page's posts with files of comments."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.privacy = ""
        self.formats: dict[str, str] = {}
        for folder in ("studies", "notebooks", "data/raw"):
            (root / folder).mkdir(parents=True)
        (root / "data/raw/posts.csv").write_text(POSTS, encoding="utf-8")

    def comments(self, name: str, content: bytes, format_: str = "graph_comments") -> None:
        """Add a file of comments."""
        (self.root / "data/raw" / name).write_bytes(content)
        self.formats[name] = format_

    def study(self) -> Study:
        """Write and load the study."""
        files = "".join(
            f'\n[[raw.comments]]\npath = "data/raw/{name}"\nformat = "{format_}"\n'
            f"simulated = false\nobserved_at = 2023-12-31\n"
            for name, format_ in self.formats.items()
        )
        path = self.root / "studies" / "here.toml"
        path.write_text(STUDY.format(privacy=self.privacy, comments=files), encoding="utf-8")
        return load_study("here", self.root)

    def ingest(self) -> Passport:
        """Ingest the study."""
        return ingest(self.study(), self.root)

    @property
    def processed(self) -> Path:
        """Folder of the study's tables."""
        return self.root / "data" / "processed" / "here"

    def read(self, table: str) -> pl.DataFrame:
        """Read a processed table."""
        return pl.read_parquet(self.processed / f"{table}.parquet")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without comments yet."""
    return Project(tmp_path / "project")


def test_comments_come_into_a_table_of_their_own_with_their_passport(project: Project) -> None:
    project.comments("comments.json", lines(GRAPH_COMMENT, "x"))
    passport = project.ingest()

    COMMENTS.validate(project.read("comments"))
    assert project.read("comments").select("comment_id", "parent_id", "by_page").rows() == [
        ("9001", None, False),
        ("9002", "9001", True),
    ]
    posts, comments = passport.files
    assert (posts.kind, comments.kind, comments.format) == ("posts", "comments", "graph_comments")
    assert comments.rows.model_dump() == {"read": 3, "kept": 2, "merged": 0, "rejected": 1}
    assert passport.rows.model_dump() == {"read": 5, "kept": 4, "merged": 0, "rejected": 1}
    assert (passport.posts, passport.comments) == (2, 2)
    assert f"{comments.earliest:%H:%M} {comments.latest:%H:%M}" == "12:00 14:00"
    assert comments.decided["by_page"] == "by id in 2"


def test_a_study_without_comments_has_none_in_their_table(project: Project) -> None:
    project.ingest()

    tables = load_tables(project.study(), project.root)
    assert list(tables.comments.columns) == list(COMMENTS.columns)
    assert tables.comments.empty


def test_comments_are_loaded_ready_for_arithmetic(project: Project) -> None:
    project.comments("comments.json", lines(GRAPH_COMMENT))
    project.ingest()
    comments = load_tables(project.study(), project.root).comments

    assert comments["by_page"].dtype == comments["redirects"].dtype == pd.BooleanDtype()
    assert comments["by_page"].sum() == 1
    assert str(comments["created_at"].dtype) == "datetime64[us, UTC]"
    assert comments["needs_answer"].tolist()[0] == "question"
    assert comments["needs_answer"].isna().to_numpy().tolist() == [False, True]
    assert np.issubdtype(comments["created_at"].dt.hour.dtype, np.integer)


def test_tables_are_made_again_when_the_comments_are_gone(project: Project) -> None:
    project.comments("comments.json", lines(GRAPH_COMMENT))
    project.ingest()
    (project.processed / "comments.parquet").unlink()
    ensure_ingested(project.study(), project.root)

    assert project.read("comments").height == 2


def test_a_comment_in_two_files_becomes_one(project: Project) -> None:
    without_author = {key: value for key, value in GRAPH_COMMENT.items() if key != "from"}
    project.comments("a.json", lines(GRAPH_COMMENT))
    project.comments("b.json", lines(without_author))
    passport = project.ingest()

    assert project.read("comments")["by_page"].to_list() == [False, True]
    assert [file.rows.merged for file in passport.files] == [0, 2, 0]
    assert passport.rows.read == passport.rows.kept + passport.rows.merged == 6


def test_comments_under_posts_that_are_not_in_the_study_are_rejected(project: Project) -> None:
    project.comments("a.json", lines(GRAPH_COMMENT | {"id": "5_9001", "comments": {}}))
    elsewhere = {"id": "8_1", "comments": {"data": [GRAPH_COMMENT | {"id": "1_2"}]}}
    project.comments("b.json", lines(elsewhere))
    project.ingest()

    assert set(project.read("rejects").select("reason", "raw").rows()) == {
        ("its post is not among the posts of the study", None),
        ("its page is not among the pages of the study", None),
    }


def test_the_name_of_a_page_is_known_from_its_posts(project: Project) -> None:
    by_name = GRAPH_COMMENT | {"from": {"name": PAGE_NAME.upper()}, "comments": {}}
    project.comments("a.json", lines(by_name))
    passport = project.ingest()

    assert project.read("comments")["by_page"].to_list() == [True]
    assert passport.files[1].decided["by_page"] == "by name in 1"


@pytest.mark.parametrize("key", ["tier", "table"])
def test_a_file_of_comments_has_no_tier_and_no_declared_table(project: Project, key: str) -> None:
    project.comments("a.json", lines(GRAPH_COMMENT))
    value = {"tier": '"gemeente"', "table": '{columns = {page_id = "x"}}'}[key]
    project.formats["a.json"] += f'"\n{key} = {value}\ncitation = "x'

    with pytest.raises(InputProblem, match="no such key beside a file of comments") as problem:
        project.study()
    assert f"raw.comments[1].{key}" in problem.value.where


def test_posts_listed_as_comments_are_refused(project: Project) -> None:
    project.comments("posts.json", JSON_TWINS["graph_posts"].content, "graph_posts")

    with pytest.raises(InputProblem, match="'graph_posts' is a format of posts"):
        project.ingest()


def test_messages_of_pages_may_be_left_out(project: Project) -> None:
    assert found_in(everything_in(project, project.ingest()), "De brug")
    project.privacy = "privacy = {leave_out_messages = true}"
    (project.root / "data/raw/posts.csv").write_text(POSTS + f",{PAGE_NAME},3,De brug is nat\n")

    assert not found_in(everything_in(project, project.ingest()), "De brug")


def test_pseudonyms_are_made_where_the_study_asks_for_them(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    project.comments("a.json", lines(GRAPH_COMMENT))
    project.ingest()
    assert project.read("comments")["person"].to_list() == [None, None]

    project.privacy = "privacy = {pseudonyms = true}"
    with pytest.raises(InputProblem, match=KEY_VARIABLE):
        project.ingest()
    monkeypatch.setenv(KEY_VARIABLE, "sixteen characters")
    passport = project.ingest()
    person, page = project.read("comments")["person"].to_list()
    assert len(person) == 64
    assert page is None
    assert not found_in(everything_in(project, passport), "sixteen characters")


def test_tables_are_made_again_with_another_key_and_read_without_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def person() -> str:
        ensure_ingested(project.study(), project.root)
        return str(project.read("comments")["person"][0])

    project.comments("a.json", lines(GRAPH_COMMENT))
    project.privacy = "privacy = {pseudonyms = true}"
    monkeypatch.setenv(KEY_VARIABLE, "sixteen characters")
    first = person()
    monkeypatch.delenv(KEY_VARIABLE)
    assert person() == first
    monkeypatch.setenv(KEY_VARIABLE, "another sixteen characters")
    assert person() != first


# Privacy: names and texts of people are planted in every export and looked for everywhere.


def everything_in(project: Project, passport: Passport) -> Iterator[str]:
    """Whatever ingesting a study leaves behind, as text; tables read back, for they are packed."""
    yield printed(passport)
    yield str(project.study())
    yield from files_under(project.root / "data" / "processed")


def files_under(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield path.name
        yield path.read_bytes().decode("utf-8", errors="ignore")
        yield path.read_bytes().decode("utf-16", errors="ignore")
        if path.read_bytes().startswith(b"PAR1"):
            yield pl.read_parquet(path).write_json()


def found_in(texts: Iterator[str], *planted: str) -> list[str]:
    seen = "\n".join(texts).lower()
    return [word for word in planted if word.lower() in seen]


def damages(content: bytes) -> dict[str, bytes]:
    """The same export, and versions of it that cannot be read in whole or in part."""
    return {
        "whole": content,
        "utf-16": content.decode().encode("utf-16"),
        "cut off": content[:-40],
        "no line ends": content.replace(b"\n", b" "),
        "a broken line": content.replace(b'": ', b'" ', 1),
        "no times": content.replace(b"2023-", b"Wilhelmina Zandstra-Plant "),
        "no ids": content.replace(b'"id"', b'"Wilhelmina Zandstra-Plant"'),
        "a table": b"Wilhelmina Zandstra-Plant,Wanneer gaat de Kornelisbrug weer open?\n1,2\n",
    }


@pytest.fixture
def put_aside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What temporary folders held before they were cleared."""
    held: list[str] = []

    class Watched(tempfile.TemporaryDirectory[str]):
        def cleanup(self) -> None:
            held.extend(files_under(Path(self.name)))
            super().cleanup()

        def __exit__(self, *error: object) -> None:
            self.cleanup()

    monkeypatch.setattr(tempfile, "TemporaryDirectory", Watched)
    return held


@pytest.fixture
def said(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Callable[[], list[str]]:
    """What was printed and logged."""
    return lambda: [*capfd.readouterr(), caplog.text]


@pytest.mark.parametrize("damage", damages(b"{}"))
@pytest.mark.parametrize("name", COMMENT_SOURCES)
def test_no_name_and_no_text_of_people_is_written_logged_or_said(
    project: Project,
    name: str,
    damage: str,
    put_aside: list[str],
    said: Callable[[], list[str]],
) -> None:
    content = ALL_TWINS[name].content
    assert found_in(iter([content.decode()]), *PLANTED[:3])
    project.comments("export.json", damages(content)[damage], name)
    left = []
    try:
        left.extend(everything_in(project, project.ingest()))
    except InputProblem as problem:
        left.extend([*traceback.format_exception(problem), repr(vars(problem))])
    known = RawFile(path="export.json", simulated=False, format=name)
    report = check_file(project.root / "data" / "raw" / "export.json", known)
    Console(width=300).print(report)
    left.extend([json.dumps(report.to_json()), *put_aside, *said()])

    assert found_in(iter(left), *PLANTED) == []


@pytest.mark.parametrize("name", COMMENT_SOURCES)
def test_what_a_reader_of_comments_gives_holds_nobody(name: str, tmp_path: Path) -> None:
    source: Any = sources()[name]
    path = tmp_path / "export.json"
    path.write_bytes(ALL_TWINS[name].content)
    reading = source.read(
        path, RawFile(path="export.json", simulated=False), ZoneInfo("UTC"), tmp_path, KnownPages()
    )
    rows = reading.rows.collect()

    assert rows.height
    assert found_in(iter([rows.write_json(), repr(reading.decided)]), *PLANTED) == []


def test_public_counts_insights_and_comments_of_a_post_meet(project: Project) -> None:
    insights = {
        "id": f"{PAGE}_1001",
        "permalink_url": "https://www.facebook.com/voorbeeld/posts/pfbid0abc",
        "created_time": "2023-05-01T09:00:00+0000",
        "insights": {"data": [{"name": "post_impressions", "values": [{"value": 40}]}]},
    }
    (project.root / "data/raw/insights.json").write_bytes(lines(insights))
    posts = project.root / "data/raw/posts.csv"
    posts.write_text(f"page,name,post,text\n{PAGE},{PAGE_NAME},pfbid0abc,De brug is open\n")
    project.comments("a.json", lines(GRAPH_COMMENT))
    project.privacy = (
        "[[raw.posts]]\npath = 'data/raw/insights.json'\nsimulated = false\ntier = 'gemeente'"
    )
    passport = project.ingest()

    (post,) = project.read("posts").rows(named=True)
    assert (post["post_id"], post["views"], post["message"]) == ("1001", 40, "De brug is open")
    assert project.read("comments")["post_id"].to_list() == ["1001", "1001"]
    assert passport.merges.posts == passport.merges.posts_by_address == 1
