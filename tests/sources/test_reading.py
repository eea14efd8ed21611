"""How the reader of a raw file is chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.check.files import check_file
from analysis.problems import InputProblem
from analysis.sources.reading import source_of, sources
from analysis.study import RawFile

from .conftest import Writer


def raw(path: Path, **known: object) -> RawFile:
    return RawFile.model_validate({"path": path.name, "simulated": False, **known})


def test_every_format_has_a_name_and_fills_canonical_columns() -> None:
    assert {"crowdtangle_csv", "declared_table"} <= sources().keys()
    assert all(source.title and source.gives for source in sources().values())


def test_a_file_is_recognised_by_its_header(write_posts: Writer) -> None:
    path = write_posts()

    assert source_of(path, raw(path)).name == "crowdtangle_csv"


def test_a_declared_table_is_read_as_one(write_posts: Writer) -> None:
    path = write_posts()
    table = {"columns": {"page_id": "Facebook Id"}}

    assert source_of(path, raw(path, table=table)).name == "declared_table"


def test_the_format_that_a_study_names_needs_no_recognising(write_posts: Writer) -> None:
    path = write_posts(post={"a": "1", "b": "2"})

    assert source_of(path, raw(path, format="crowdtangle_csv")).name == "crowdtangle_csv"


def test_an_order_of_dates_is_said_of_exports_that_need_it_only(write_posts: Writer) -> None:
    path = write_posts()
    raw_file = RawFile(path="posts.csv", simulated=False, date_order="day first")

    with pytest.raises(InputProblem, match=r"posts\.csv, key 'date_order'"):
        source_of(path, raw_file)


def test_an_unknown_format_is_named_with_the_nearest_one(write_posts: Writer) -> None:
    path = write_posts()

    with pytest.raises(InputProblem, match="unknown format 'crowdtangle'") as problem:
        source_of(path, raw(path, format="crowdtangle"))
    assert problem.value.remedy == "Did you mean 'crowdtangle_csv'?"


def test_an_unknown_file_lists_what_was_tried_and_points_to_a_declared_table(
    write_posts: Writer,
) -> None:
    path = write_posts(post={"pagina": "1", "reacties": "2"})

    with pytest.raises(InputProblem, match="no known export") as problem:
        source_of(path, raw(path))
    assert "declared" in problem.value.expected
    advice, tried = problem.value.remedy.split(" Tried: ")
    assert "'pagina', 'reacties'" in advice
    assert "If that first line is data" in advice
    assert "'crowdtangle_csv'" in tried


def test_one_long_line_of_json_is_no_table_to_any_reader(tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text('{"a":[' + ",".join(["1"] * 100_000) + "]}", encoding="utf-8")

    assert not [source.name for source in sources().values() if source.recognises(path)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"error": {"message": "Zebratekst", "code": 190}}', "message of an error, code 190"),
        ("[]", "not one record"),
        ('{"data": [], "paging": {}}', "not one record"),
        ("[" * 10_000, "no known export"),
    ],
    ids=["error", "empty list", "empty answer", "deep"],
)
def test_json_without_records_is_called_what_it_is(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "posts.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputProblem, match=found) as problem:
        source_of(path, raw(path))
    assert "Zebratekst" not in str(problem.value)


HEADERLESS = {
    "comments": "1_1,Zebranaam,2023-05-01 10:00:00,Zebratekst hallo\n1_2,A,2023-05-02 10:00:00,B\n",
    "semicolons": "Zebranaam;1 mei 2023;Zebratekst\nA;2 mei 2023;B\n",
    "pfbid": "pfbid02Zebra,Zebranaam,Zebratekst\npfbid03,A,B\n",
    "one column": "Zebranaam zegt hallo\nB\n",
    "a long text": f"Zebranaam,{'zebra ' * 20}\nA,B\n",
    "a string": '"Zebranaam"',
    "a list of strings": '["Zebranaam", "Zebratekst"]',
    "lines of JSON": '{"Zebranaam": "Zebratekst, hallo"}\n{"Zebranaam": "B, C"}\n',
}


@pytest.mark.parametrize("known", [{}, {"table": {"columns": {"page_id": "Zebra"}}}])
@pytest.mark.parametrize("text", HEADERLESS.values(), ids=HEADERLESS)
def test_a_first_line_that_may_be_what_people_wrote_is_not_quoted(
    tmp_path: Path, text: str, known: dict[str, object]
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(text, encoding="utf-8")
    report = check_file(path, raw(path, **known))

    assert report.problem
    assert "zebra" not in json.dumps(report.to_json()).lower().replace("'zebra'", "")


@pytest.mark.parametrize("name", sorted(sources().keys() - {"declared_table"}))
@pytest.mark.parametrize("text", HEADERLESS.values(), ids=HEADERLESS)
def test_no_format_quotes_the_first_line_of_a_file_without_a_header(
    tmp_path: Path, text: str, name: str
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(text, encoding="utf-8")
    report = check_file(path, raw(path, format=name))

    assert report.problem
    assert "zebra" not in json.dumps(report.to_json()).lower()
