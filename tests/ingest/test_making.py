"""Raw files to canonical tables."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest import making as module
from analysis.ingest.making import ensure_ingested, ingest, outside_period
from analysis.ingest.processed import load_tables, passport_of
from analysis.problems import InputProblem
from analysis.study import Study
from analysis.study_file import load_study

COLUMNS = ("page", "post", "date", "reactions", "comments", "shares")
MAPPING = {
    "page_id": "page",
    "post_id": "post",
    "published_at": "date",
    "reactions": "reactions",
    "comments": "comments",
    "shares": "shares",
}
TIERS = {"provincie": "Provinces", "gemeente": "Municipalities"}


class Project:
    """A project's folder with one study, ``here``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[dict[str, Any]] = []
        self.register = ""
        self.codes = ""
        for folder in ("studies", "notebooks", "data/raw"):
            (root / folder).mkdir(parents=True)

    def table(self, name: str, *rows: tuple[object, ...], **known: Any) -> Path:
        """Add a raw file of posts; a row is page, post, date, reactions, comments, shares."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
        return self.file(name, text.getvalue().encode(), table={"columns": MAPPING}, **known)

    def file(self, name: str, content: bytes, **known: Any) -> Path:
        """Add a raw file; ``known`` is what the study says about it."""
        path = self.root / "data" / "raw" / name
        path.write_bytes(content)
        said = {"path": f"data/raw/{name}", "simulated": False, "tier": "gemeente"} | known
        self.files.append({key: value for key, value in said.items() if value is not None})
        return path

    def corrections(self, **changes: Any) -> None:
        """Write a correction of page 7 in ``a.csv``."""
        values = {
            "file": "data/raw/a.csv",
            "page": "7",
            "why": "The page itself shows another number.",
            "rule": "Compared with the page by two people.",
        } | changes
        lines = "\n".join(_as_toml({key: value for key, value in values.items() if value}))
        path = self.root / "data" / "raw" / "corrections.toml"
        path.write_text(f"[[corrections]]\n{lines}\n", encoding="utf-8")

    def study(self) -> Study:
        """Write the study file and load it. Inline tables of TOML are nearly those of JSON."""
        tiers = [f'{{name = "{name}", label = "{label}"}}' for name, label in TIERS.items()]
        lines = [
            'title = "Here"',
            "period = {start = 2020-01-01, end = 2020-12-31}",
            f"tiers = [{', '.join(tiers)}]",
            f'register_of_pages = "{self.register}"' if self.register else "",
            f'hand_codes = "{self.codes}"' if self.codes else "",
            *(line for file in self.files for line in ("[[raw.posts]]", *_as_toml(file))),
        ]
        path = self.root / "studies" / "here.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_study("here", self.root)

    def ingest(self) -> module.Passport:
        """Ingest the study."""
        return ingest(self.study(), self.root)

    @property
    def processed(self) -> Path:
        """Folder of the study's tables."""
        return self.root / "data" / "processed" / "here"

    def read(self, table: str) -> pl.DataFrame:
        """Read a processed table."""
        return pl.read_parquet(self.processed / f"{table}.parquet")


def _as_toml(values: dict[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key} = {_toml_value(value)}"


def _toml_value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml_value(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with nothing in it yet."""
    return Project(tmp_path / "project")


def test_when_not_one_row_can_be_used_a_reason_is_an_example_and_not_a_count(
    project: Project,
) -> None:
    project.table("a.csv", *((7, post, f"maart {post}", 1, 1, 1) for post in range(3)))

    with pytest.raises(InputProblem, match=r"can be used; for example because 'maart \d' "):
        project.ingest()


def test_raw_files_become_tables_and_a_passport(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 2, "2020-03-05", 4, 0, ""))
    passport = project.ingest()

    assert sorted(path.name for path in project.processed.iterdir()) == [
        *("audiences.parquet", "comments.parquet", "page_days.parquet", "pages.parquet"),
        *("passport.json", "posts.parquet", "rejects.parquet", "spend.parquet"),
    ]
    assert project.read("posts").select("post_id", "reactions", "shares").rows() == [
        ("1", 10, 1),
        ("2", 4, None),
    ]
    assert project.read("pages").select("page_id", "name", "tier").rows() == [
        ("7", "7", "gemeente")
    ]
    assert (passport.pages, passport.posts, passport.simulated) == (1, 2, False)
    assert passport_of(project.study(), project.root) == passport


def test_the_passport_says_what_each_file_is(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 2, "2020-03-05", 4, "x", 1))
    file = project.ingest().files[0]

    assert file.file.path == "data/raw/a.csv"
    assert file.file.size == path.stat().st_size
    assert len(file.file.sha256) == 64
    assert file.format == "declared_table"
    assert file.rows.model_dump() == {"read": 2, "kept": 1, "merged": 0, "rejected": 1}
    assert f"{file.earliest:%Y-%m-%d} {file.latest:%Y-%m-%d}" == "2020-03-01 2020-03-01"
    assert file.decided["encoding"] == "UTF-8"
    assert "observed_at" in file.decided


def test_a_row_that_cannot_be_used_is_rejected_with_its_number_and_text(project: Project) -> None:
    project.table(
        "a.csv",
        (7, 1, "2020-03-01", 10, 2, 1),
        (7, 2, "2020-03-01", -1, 2, 1),
        (7, 3, "gisteren", 10, 2, 1),
        (7, 4, "2020-04-02", 10, 2, 1),
        observed_at=date(2020, 4, 1),
    )
    passport = project.ingest()

    rejects = project.read("rejects")
    assert rejects.select("source_file", "row").rows() == [
        ("data/raw/a.csv", row) for row in (3, 4, 5)
    ]
    assert rejects["reason"].to_list() == [
        "'-1' in column 'reactions' is a negative count",
        "'gisteren' in column 'date' is no date that can be read",
        "published on 2020-04-01 22:00 UTC, after its counts were taken "
        "(2020-04-01 21:59 UTC, from the study file)",
    ]
    assert rejects["raw"][0] == "7,2,2020-03-01,-1,2,1"
    assert passport.rows.model_dump() == {"read": 4, "kept": 1, "merged": 0, "rejected": 3}


def test_a_post_of_a_page_that_is_not_in_the_register_is_rejected(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 1, 1, 1), (8, 2, "2020-03-01", 1, 1, 1), tier=None)
    project.register = "data/raw/register.csv"
    (project.root / project.register).write_text(
        "page_id,name,tier\n7,Gemeente Zeven,gemeente\n9,Provincie Negen,provincie\n"
    )
    passport = project.ingest()

    assert project.read("posts")["page_id"].to_list() == ["7"]
    assert project.read("rejects")["reason"].to_list() == [
        "page '8' is not in the register of pages"
    ]
    assert project.read("pages").select("page_id", "name", "tier").rows() == [
        ("7", "Gemeente Zeven", "gemeente"),
        ("9", "Provincie Negen", "provincie"),
    ]
    assert any(stamp.path.endswith("register.csv") for stamp in passport.beside)


@pytest.mark.parametrize("by", ["file", "row"])
def test_a_page_of_another_tier_in_the_register_than_in_its_file_is_refused(
    project: Project, by: str
) -> None:
    project.register = "data/raw/register.csv"
    (project.root / project.register).write_text("page_id,name,tier\n7,Zeven,provincie\n")
    if by == "file":
        project.table("a.csv", (7, 1, "2020-03-01", 1, 1, 1), tier="gemeente")
    else:
        table = {"columns": {"page_id": "page"}, "tier_column": "soort"}
        project.file("a.csv", b"page,soort\n7,gemeente\n", table=table, tier=None)

    with pytest.raises(InputProblem) as problem:
        project.ingest()
    assert problem.value.where == "data/raw/a.csv"
    assert problem.value.found == (
        "its page '7' is of tier 'gemeente', and of 'provincie' in the register"
    )


def test_a_tier_that_a_row_names_and_the_study_does_not_is_a_reason(project: Project) -> None:
    table = {"columns": {"page_id": "page"}, "tier_column": "soort"}
    content = b"page,soort\n7,gemeente\n8,waterschap\n"
    project.file("a.csv", content, table=table, tier=None)
    project.ingest()

    assert project.read("rejects")["reason"].to_list() == ["tier 'waterschap' is not in the study"]


def test_a_file_of_which_nothing_tells_the_tier_is_refused(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 1, 1, 1), tier=None)

    with pytest.raises(InputProblem, match="nothing tells the tier"):
        project.ingest()


def test_a_page_in_two_tiers_is_refused(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 1, 1, 1))
    project.table("b.csv", (7, 2, "2020-03-01", 1, 1, 1), tier="provincie")

    with pytest.raises(InputProblem, match="'gemeente', 'provincie'"):
        project.ingest()


def test_the_same_post_in_two_files_becomes_one_with_the_later_counts(project: Project) -> None:
    project.table("2020-04-08.csv", (7, 1, "2020-03-01", 9, 5, 1), (7, 2, "2020-03-02", 1, 1, 1))
    project.table("2020-04-01.csv", (7, 1, "2020-03-01", 10, 3, 1))
    passport = project.ingest()

    posts = project.read("posts").sort("post_id")
    assert posts.select("post_id", "reactions", "comments").rows() == [("1", 9, 5), ("2", 1, 1)]
    assert passport.merges.model_dump() == {
        "posts": 1,
        "posts_by_address": 0,
        "posts_changed": 1,
        "counts_fallen": 1,
        "posts_unlike": 0,
    }
    assert [file.rows.merged for file in passport.files] == [0, 1]
    assert [file.rows.kept for file in passport.files] == [2, 0]


def test_a_last_record_that_is_cut_off_is_rejected_and_the_rest_is_used(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 2, "2020-03-05", 4, 0, 3))
    path.write_bytes(path.read_bytes()[:-4])
    passport = project.ingest()

    assert project.read("posts")["post_id"].to_list() == ["1"]
    assert project.read("rejects").select("row", "reason", "raw").rows() == [
        (3, "the file ends in the middle of this row", "7,2,2020-03-05,4,")
    ]
    assert "ends in the middle" in passport.files[0].warnings[0]


def test_utf16_is_read(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    path.write_bytes(path.read_text().encode("utf-16"))

    assert project.ingest().files[0].decided["encoding"] == "UTF-16"
    assert project.read("posts")["reactions"].to_list() == [10]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b"page,post,date,reactions,comments,shares\n", "a header and no rows"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "an image"),
        ("page,post\n7,мост открыт\n".encode("koi8-r"), "unreadable characters"),
        (b"page,post,date,reactions,comments\n7,1,2020-01-01,1,1\n", "no column 'shares'"),
    ],
    ids=["empty", "header only", "binary", "encoding", "missing column"],
)
def test_a_file_that_cannot_be_used_at_all_is_named_and_nothing_is_written(
    project: Project, content: bytes, found: str
) -> None:
    project.table("good.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.file("bad.csv", content, table={"columns": MAPPING})

    with pytest.raises(InputProblem, match=found) as problem:
        project.ingest()
    assert "bad.csv" in problem.value.where
    assert not project.processed.exists()


def test_a_file_that_no_reader_knows_points_to_a_declared_table(project: Project) -> None:
    project.file("a.csv", b"pagina,reacties\n7,1\n")

    with pytest.raises(InputProblem, match="declared in the study file"):
        project.ingest()


def test_a_study_of_which_no_row_can_be_used_says_why(project: Project) -> None:
    project.table("a.csv", (7, 1, "01-03-2020", 1, 1, 1))

    with pytest.raises(InputProblem, match="is no date that can be read"):
        project.ingest()


def test_a_file_with_another_hash_than_the_study_says_is_refused(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), sha256="0" * 64)

    with pytest.raises(InputProblem, match="0000, as the study file says"):
        project.ingest()


def test_a_raw_file_that_is_listed_twice_is_refused(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.files *= 2

    with pytest.raises(InputProblem, match="twice"):
        project.ingest()


@settings(deadline=None, max_examples=25)
@given(
    files=st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["7", "8", "", "1.0E+14"]),
                st.sampled_from(["1", "2", "7_1", ""]),
                st.sampled_from(["2020-03-01", "2020-02-30", "", "2999-01-01"]),
                st.sampled_from(["1", "-1", "x", "", "1,234"]),
                st.sampled_from(["2", "NA"]),
                st.sampled_from(["3", "3.0"]),
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=3,
    ),
    cut=st.integers(0, 12),
)
def test_however_rows_are_damaged_they_add_up(files: list[list[tuple[str, ...]]], cut: int) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        project.table("good.csv", (7, 1, "2020-03-01", 1, 1, 1))
        for number, rows in enumerate(files):
            path = project.table(f"{number}.csv", *rows)
            whole = path.read_bytes()
            header = whole.index(b"\n") + 2
            path.write_bytes(whole[: max(header, len(whole) - cut)])
        passport = project.ingest()
        posts, rejects = project.read("posts"), project.read("rejects")

    for counts in (passport.rows, *(file.rows for file in passport.files)):
        assert counts.read == counts.kept + counts.merged + counts.rejected
    assert (passport.rows.kept, passport.rows.rejected) == (posts.height, rejects.height)
    assert all(rejects["reason"])


def test_a_file_in_place_of_the_folder_is_a_clear_problem(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.processed.parent.mkdir(parents=True)
    project.processed.write_text("mine")

    with pytest.raises(InputProblem, match="a folder for the tables"):
        project.ingest()
    assert project.processed.read_text() == "mine"


def test_a_full_disk_leaves_the_earlier_tables_whole(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.ingest()
    before = {file.name: file.read_bytes() for file in project.processed.iterdir()}
    rng = np.random.default_rng(1)
    many = "".join(f"7,{post},2020-03-01,{rng.integers(10**9)},1,1\n" for post in range(20_000))
    path.write_text(",".join(COLUMNS) + "\n" + many)
    script = """
import resource, sys
from pathlib import Path
from analysis.ingest.making import ingest
from analysis.study_file import load_study
root = Path(sys.argv[1])
study = load_study("here", root)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    ingest(study, root)
except OSError as error:
    print("OSError", error.errno)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(project.root)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split() == ["OSError", str(errno.EFBIG)]
    assert {file.name: file.read_bytes() for file in project.processed.iterdir()} == before
    left_over = {entry.name for entry in project.processed.parent.iterdir()}
    assert left_over == {"here", ".here.lock"}


def test_what_a_run_that_was_killed_left_behind_does_no_harm(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.ingest()
    for left_over in (".here.new", ".here.old"):
        shutil.copytree(project.processed, project.processed.with_name(left_over))
    project.ingest()

    assert {entry.name for entry in project.processed.parent.iterdir()} == {"here", ".here.lock"}


def test_a_correction_is_applied_and_counted_and_the_raw_file_stays(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 2, "2020-03-05", 10, 0, 3))
    before = path.read_bytes()
    project.corrections(post="2", field="reactions", old=10, new=4)
    passport = project.ingest()

    assert project.read("posts")["reactions"].to_list() == [10, 4]
    assert [file.values_corrected for file in passport.files] == [1]
    assert [stamp.path for stamp in passport.beside] == ["data/raw/corrections.toml"]
    assert path.read_bytes() == before


def test_a_correction_whose_old_value_is_not_there_stops_the_reading(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.corrections(post="1", field="reactions", old=11, new=4)

    with pytest.raises(InputProblem, match=r"the value is '10'\. Expected: the old value 11"):
        project.ingest()
    assert not project.processed.exists()


def test_a_correction_of_a_file_that_is_not_there_is_named(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.corrections(file="data/raw/b.csv", field="reactions", old=10, new=4)

    assert "'data/raw/b.csv', which is not there" in project.ingest().study_warnings[0]


def code_by_hand(project: Project, *posts: str, purpose: str = "crisis") -> None:
    """Write codes of posts of page 7."""
    project.codes = "data/raw/codes.csv"
    rows = [f"facebook,7,{post},A,{purpose},push" for post in posts]
    header = "platform,page_id,post_id,coder,purpose,strategy"
    (project.root / project.codes).write_text("\n".join([header, *rows]) + "\n")


def test_codes_of_posts_that_are_not_in_the_study_are_counted_and_named(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), observed_at=date(2020, 4, 1))
    code_by_hand(project, "1")
    assert project.ingest().study_warnings == ()

    code_by_hand(project, "1", "12")
    (said,) = ensure_ingested(project.study(), project.root).study_warnings
    assert "not among the posts of the study: 1 ('12' of page '7')" in said


def test_codes_that_cannot_be_used_stop_the_reading(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    code_by_hand(project, "1", purpose="crises")

    with pytest.raises(InputProblem, match="Did you mean 'crisis'"):
        project.ingest()
    assert not project.processed.exists()


def test_one_id_with_two_contents_in_one_file_is_named(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 1, "2020-03-05", 4, 0, 3))
    passport = project.ingest()

    assert passport.merges.posts_unlike == 1
    assert "stand in one file twice with another text" in passport.study_warnings[1]


def test_tables_are_made_once_and_used_again(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study = project.study()
    first = ensure_ingested(study, project.root)
    written = (project.processed / "posts.parquet").stat().st_mtime_ns

    assert ensure_ingested(study, project.root) == first
    assert (project.processed / "posts.parquet").stat().st_mtime_ns == written


def test_asking_again_is_fast(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study = project.study()
    ensure_ingested(study, project.root)

    def seconds() -> float:
        start = time.perf_counter()
        ensure_ingested(study, project.root)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.03


def change_raw_file(project: Project) -> None:
    path = project.root / "data" / "raw" / "a.csv"
    path.write_text(path.read_text().replace("10", "11"))


def change_study(project: Project) -> None:
    path = project.root / "studies" / "here.toml"
    path.write_text(path.read_text().replace("Here", "There"))


def correct_a_value(project: Project) -> None:
    project.corrections(field="reactions", old=10, new=11)


def change_readers(project: Project) -> None:
    path = project.processed / "passport.json"
    said = json.loads(path.read_text()) | {"readers_sha256": "another"}
    path.write_text(json.dumps(said))


def lose_a_table(project: Project) -> None:
    (project.processed / "rejects.parquet").unlink()


def damage_the_passport(project: Project) -> None:
    (project.processed / "passport.json").write_text("{}")


@pytest.mark.parametrize(
    "change",
    [
        *(change_raw_file, change_study, correct_a_value, change_readers),
        *(lose_a_table, damage_the_passport),
    ],
    ids=lambda change: change.__name__.replace("_", " "),
)
def test_tables_are_made_again_when_they_are_stale(
    project: Project, change: Callable[[Project], None]
) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    project.ingest()
    written = (project.processed / "posts.parquet").stat().st_ino
    change(project)
    ensure_ingested(load_study("here", project.root), project.root)

    assert (project.processed / "posts.parquet").stat().st_ino != written


def test_a_file_that_was_only_touched_is_not_read_again(project: Project) -> None:
    path = project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    first = ensure_ingested(project.study(), project.root)
    os.utime(path, (1, 1))

    assert ensure_ingested(load_study("here", project.root), project.root) == first


def test_several_notebooks_at_once_ingest_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study, times = project.study(), []
    slow = module._ingest

    def counted(study: Study, root: Path) -> module.Passport:
        times.append(time.monotonic())
        time.sleep(0.1)
        return slow(study, root)

    monkeypatch.setattr(module, "_ingest", counted)
    notebooks = [
        threading.Thread(target=ensure_ingested, args=(study, project.root)) for _ in range(4)
    ]
    for notebook in notebooks:
        notebook.start()
    for notebook in notebooks:
        notebook.join()

    assert len(times) == 1


def test_tables_are_loaded_ready_for_arithmetic(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1), (7, 2, "", "", 0, "x"))
    project.table("b.csv", (7, 3, "", 5, "", ""))
    project.ingest()
    tables = load_tables(project.study(), project.root)

    assert tables.posts["reactions"].dtype == np.float64
    assert tables.posts["reactions_love"].dtype == np.float64
    assert tables.posts.groupby("page_id")["reactions"].sum().loc["7"] == 15
    assert str(tables.posts["published_at"].dtype) == "datetime64[us, UTC]"
    assert tables.posts["published_at"].isna().sum() == 1
    assert tables.posts["paid"].dtype == pd.BooleanDtype()
    assert tables.posts["shares"].isna().sum() == 1
    assert tables.audiences["size"].dtype == np.float64
    assert tables.rejects["row"].tolist() == [3]


def test_tables_that_are_not_there_say_how_to_make_them(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study = project.study()

    assert passport_of(study, project.root) is None
    with pytest.raises(InputProblem, match="bereik ingest here"):
        load_tables(study, project.root)


def test_two_study_files_of_one_name_do_not_take_each_others_place(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study = project.study()
    made = ingest(study, project.root)
    elsewhere = project.root / "data" / "here.toml"
    shutil.copyfile(study.path, elsewhere)

    for read in (ingest, ensure_ingested):
        with pytest.raises(InputProblem, match=r"as studies/here\.toml is") as problem:
            read(load_study(elsewhere, project.root), project.root)
        assert problem.value.where == "data/here.toml"
    assert passport_of(study, project.root) == made


def test_a_study_file_that_was_moved_keeps_its_place(project: Project) -> None:
    project.table("a.csv", (7, 1, "2020-03-01", 10, 2, 1))
    study = project.study()
    ingest(study, project.root)
    moved = study.path.rename(project.root / "data" / "here.toml")

    assert ingest(load_study(moved, project.root), project.root).posts == 1


def uganda(project: Project, real_data: Path, *names: str) -> module.Passport:
    for name in names:
        content = (real_data / "crowdtangle-uganda" / name).read_bytes()
        project.file(name, content)
    return project.ingest()


def test_two_real_exports_of_a_page_a_week_apart_become_one(
    project: Project, real_data: Path
) -> None:
    passport = uganda(project, real_data, "2020-10-22-MoH-posts.csv", "2020-10-29-MoH-posts.csv")
    later = pl.read_csv(
        project.root / "data" / "raw" / "2020-10-29-MoH-posts.csv", infer_schema_length=None
    )
    posts = project.read("posts")

    assert passport.rows.model_dump() == {"read": 67, "kept": 39, "merged": 28, "rejected": 0}
    assert passport.merges.model_dump() == {
        "posts": 28,
        "posts_by_address": 0,
        "posts_changed": 26,
        "counts_fallen": 7,
        "posts_unlike": 0,
    }
    assert any("fell between two pulls: 7." in said for said in passport.study_warnings)
    merged = posts.join(later, left_on="permalink", right_on="URL", validate="1:1")
    assert merged.height == 39
    for field, column in {
        "reactions_like": "Likes",
        "comments": "Comments",
        "shares": "Shares",
    }.items():
        assert merged[field].to_list() == merged[column].to_list()


def test_real_exports_of_two_pages_go_together(project: Project, real_data: Path) -> None:
    passport = uganda(
        project,
        real_data,
        "2020-10-07-MoH-posts.csv",
        "2020-10-22-MoH-posts.csv",
        "2020-10-29-MoH-posts.csv",
        "KCCA-Oct-12-27-posts.csv",
    )

    assert (passport.pages, passport.rows.rejected) == (2, 0)
    assert project.read("pages")["name"].to_list() == [
        "Kampala Capital City Authority - KCCA",
        "Ministry of Health- Uganda",
    ]


def study_of(zone: str, start: date, end: date) -> Study:
    return Study.model_validate(
        {
            "title": "Here",
            "timezone": zone,
            "period": {"start": start, "end": end},
            "tiers": [{"name": "gemeente", "label": "Municipalities"}],
            "raw": {"posts": [{"path": "posts.csv", "simulated": False}]},
        }
    )


@pytest.mark.parametrize(
    ("zone", "start", "end", "inside"),
    [
        ("Europe/Amsterdam", "2020-01-01", "2020-06-30", [False, True, True, False]),
        ("UTC", "2020-01-01", "2020-06-30", [False, False, True, True]),
        ("UTC", "0001-01-01", "9999-12-31", [True, True, True, True]),
    ],
)
def test_the_days_of_a_period_are_those_of_the_studys_zone(
    zone: str, start: str, end: str, inside: list[bool]
) -> None:
    study = study_of(zone, date.fromisoformat(start), date.fromisoformat(end))
    times = ["2019-12-31 22:59", "2019-12-31 23:00", "2020-06-30 21:59", "2020-06-30 22:00"]
    posts = pl.DataFrame({"published_at": times}).with_columns(
        pl.col("published_at").str.to_datetime("%Y-%m-%d %H:%M", time_zone="UTC")
    )

    assert posts.select(~outside_period(study)).to_series().to_list() == inside


def test_a_day_that_begins_at_one_o_clock_is_in_the_period() -> None:
    day = date(2018, 11, 4)  # in São Paulo the clock went from midnight to one
    study = study_of("America/Sao_Paulo", day, day)
    hours = [datetime(2018, 11, 4, hour, tzinfo=UTC) for hour in (2, 3)]
    posts = pl.DataFrame({"published_at": hours})

    assert posts.select(outside_period(study)).to_series().to_list() == [True, False]


def test_a_post_without_a_date_is_not_known_to_lie_outside() -> None:
    unknown = pl.Series("published_at", [None], pl.Datetime("us", "UTC"))
    study = study_of("UTC", date(2020, 1, 1), date(2020, 12, 31))

    assert not unknown.to_frame().select(outside_period(study)).item()
