"""A study file says what is studied; a slip in it is answered in one message."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import get_args

import polars as pl
import pytest
from pydantic import BaseModel

from analysis.ingest.making import ingest
from analysis.ingest.processed import load_tables
from analysis.problems import InputProblem
from analysis.study import (
    ClaimName,
    Costs,
    DeclaredTable,
    Period,
    PostField,
    Privacy,
    Range,
    RawFile,
    RawFiles,
    Study,
    Threshold,
    Tier,
)
from analysis.study_file import load_study

STUDY = """\
title = "A small study"
timezone = "Europe/Amsterdam"
register_of_pages = "data/raw/register.csv"

[period]
start = 2023-01-01
end = 2023-12-31

[[tiers]]
name = "provincie"
label = "Provincies"
census = true

[[tiers]]
name = "gemeente"
label = "Gemeenten"

[[raw.posts]]
path = "data/raw/provincies.csv"
tier = "provincie"
simulated = false
observed_at = 2024-01-31T12:00:00+01:00

[[raw.posts]]
path = "data/raw/others.csv"
simulated = false

[raw.posts.table]
tier_column = "Kind"

[raw.posts.table.columns]
reactions = "Likes"

[raw.posts.table.categories]
municipality = "gemeente"

[claims.few_reactions]
below = 0.5
above = 1.0
reason = "Medians over industries lie between 0.4 and 0.9."
"""

Load = Callable[[str], Study]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with the raw files that STUDY names."""
    (tmp_path / "studies").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    for name in ("register.csv", "provincies.csv", "others.csv"):
        (tmp_path / "data" / "raw" / name).touch()
    return tmp_path


@pytest.fixture
def load(root: Path) -> Load:
    """Load a study from the text of its file."""

    def load_text(text: str) -> Study:
        (root / "studies" / "small.toml").write_text(text, encoding="utf-8")
        return load_study("small", root)

    return load_text


@pytest.fixture
def refused(load: Load) -> Callable[[str, str], InputProblem]:
    """Load STUDY with one thing changed, and give the problem."""

    def refuse(before: str, after: str) -> InputProblem:
        assert STUDY.count(before) >= 1
        with pytest.raises(InputProblem) as problem:
            load(STUDY.replace(before, after, 1))
        assert "small.toml" in problem.value.where
        return problem.value

    return refuse


Refused = Callable[[str, str], InputProblem]


def test_a_study_knows_its_name_and_what_its_file_says(load: Load, root: Path) -> None:
    study = load(STUDY)
    assert study.name == "small"
    assert study.path == root / "studies" / "small.toml"
    assert study.tier_names == ("provincie", "gemeente")
    assert study.tier_label("gemeente") == "Gemeenten"
    assert study.tier_label("all") == "All tiers"
    assert study.period == Period(start=date(2023, 1, 1), end=date(2023, 12, 31))
    assert not study.simulated
    assert study.minimum_post_age_days == 7
    assert study.raw.posts[0].observed_at == datetime(2024, 1, 31, 11, tzinfo=UTC)


def test_counts_may_be_dated_by_the_day_alone(load: Load) -> None:
    study = load(STUDY.replace("2024-01-31T12:00:00+01:00", "2024-01-31"))
    assert study.raw.posts[0].observed_at == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("below = 0.5", "below = nan", "nan"),
        ("above = 1.0", "above = inf", "inf"),
        ("below = 0.5", "below = -0.5", "-0.5"),
        ('tier_column = "Kind"', 'tier_column = "Kind"\nseparator = "§"', "§"),
        ('tier_column = "Kind"', 'tier_column = "Kind"\ndate_format = "%Y-%m-%d %H"', "%H"),
        ('tier_column = "Kind"', 'tier_column = "Kind"\ndate_format = "%d-%m-%Y %I:%M"', "%I"),
        ("few_reactions]\nbelow = 0.5\nabove = 1.0", "few_comments]\nbelow = 3\nabove = 50", "50"),
    ],
)
def test_a_value_that_nothing_can_be_made_of_is_refused(
    refused: Refused, before: str, after: str, found: str
) -> None:
    assert found in refused(before, after).found


def test_a_file_whose_name_is_dots_names_no_study(root: Path) -> None:
    (root / "studies" / "..toml").write_text(STUDY, encoding="utf-8")
    with pytest.raises(InputProblem, match="a study called"):
        load_study(root / "studies" / "..toml", root)


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_study_may_start_with_a_byte_order_mark(start: str, load: Load) -> None:
    assert load(start + STUDY).title == "A small study"


def test_a_study_can_be_named_by_its_path(load: Load, root: Path) -> None:
    study = load(STUDY)
    assert load_study("studies/small.toml", root) == study
    assert load_study(root / "studies" / "small.toml", root) == study


def test_a_study_cannot_be_changed_once_read(load: Load) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(load(STUDY), "title", "Another")  # noqa: B010


@pytest.mark.parametrize(
    ("before", "after", "key", "allowed", "meant"),
    [
        ("timezone =", "timezon =", "timezon", "'timezone'", "timezone"),
        ("[[tiers]]", "[[teirs]]", "teirs", "'tiers'", "tiers"),
        ("end = ", "stop = ", "period.stop", "'start', 'end'", ""),
        ("label =", "labels =", "tiers[1].labels", "'name', 'label', 'census'", "label"),
        ("simulated =", "simulate =", "raw.posts[1].simulate", "'simulated'", "simulated"),
        ("[[raw.posts]]", "[[raw.post]]", "raw.post", "'posts'", "posts"),
        (
            "tier_column",
            "tier_colunm",
            "raw.posts[2].table.tier_colunm",
            "'tier_column'",
            "tier_column",
        ),
        (
            "below =",
            "bellow =",
            "claims.few_reactions.bellow",
            "'below', 'above', 'reason'",
            "below",
        ),
    ],
)
def test_a_misspelt_key_is_named_with_the_allowed_and_the_nearest(
    *, before: str, after: str, key: str, allowed: str, meant: str, refused: Refused
) -> None:
    problem = refused(before, after)
    assert problem.where.endswith(f"key '{key}'")
    assert problem.found == "unknown key"
    assert allowed in problem.expected
    assert problem.remedy == (f"Did you mean '{meant}'?" if meant else "")


@pytest.mark.parametrize(
    ("before", "after", "key", "meant"),
    [
        ("claims.few_reactions", "claims.few_reaction", "claims.few_reaction", "few_reactions"),
        (
            "reactions = ",
            "reaction = ",
            "raw.posts[2].table.columns.reaction",
            "reactions",
        ),
    ],
)
def test_a_misspelt_claim_or_field_is_named_with_the_nearest(
    before: str, after: str, key: str, meant: str, refused: Refused
) -> None:
    problem = refused(before, after)
    assert problem.where.endswith(f"key '{key}'")
    assert f"'{meant}'" in problem.expected
    assert problem.remedy == f"Did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('tier = "provincie"', 'tier = "provincies"', "raw.posts[1].tier"),
        (
            'municipality = "gemeente"',
            'municipality = "gemeenten"',
            "raw.posts[2].table.categories.municipality",
        ),
    ],
)
def test_a_raw_file_of_an_unknown_tier_is_refused(
    before: str, after: str, key: str, refused: Refused
) -> None:
    problem = refused(before, after)
    assert problem.where.endswith(f"key '{key}'")
    assert problem.found.startswith("unknown tier")
    assert problem.expected == "'provincie', 'gemeente'"
    assert problem.remedy.startswith("Did you mean")


@pytest.mark.parametrize(
    ("precision", "date_format"),
    [("second", "%Y-%m-%d"), ("second", "%d/%m/%Y"), ("day", "%Y-%m"), ("day", "%B %Y")],
)
def test_a_precision_that_the_dates_do_not_have_is_refused(
    precision: str, date_format: str, refused: Refused
) -> None:
    opening = "[raw.posts.table.columns]\n"
    said = f'published_precision = "{precision}"\ndate_format = "{date_format}"\n'
    problem = refused(opening, f'{said}{opening}published_at = "Date"\n')

    assert problem.where.endswith("key 'raw.posts[2].table.published_precision'")
    assert problem.found == f"'{precision}', but '{date_format}' does not tell it"


@pytest.mark.parametrize(
    ("precision", "date_format"),
    [
        ("second", "%d-%m-%Y %H:%M"),
        ("second", "%Y-%m-%dT%H:%M:%S%z"),
        ("second", "%m/%d/%Y %I:%M %p"),
        ("day", "%-d %B %Y"),
        ("day", "%d-%m-%Y %H:%M"),
        ("month", "%Y-%m"),
    ],
)
def test_dates_may_be_written_as_exact_as_they_are_or_more(
    precision: str, date_format: str, load: Load
) -> None:
    opening = "[raw.posts.table.columns]\n"
    said = f'published_precision = "{precision}"\ndate_format = "{date_format}"\n'
    (_, file) = load(STUDY.replace(opening, f'{said}{opening}published_at = "Date"\n')).raw.posts

    assert file.table is not None
    assert file.table.published_precision == precision


def test_a_missing_key_is_named(refused: Refused) -> None:
    problem = refused('title = "A small study"', "")
    assert problem.where.endswith("key 'title'")
    assert problem.found == "this key is missing"


@pytest.mark.parametrize(
    ("before", "after", "key", "found", "expected"),
    [
        ("census = true", 'census = "perhaps"', "tiers[1].census", "'perhaps'", "boolean"),
        ("start = 2023-01-01", 'start = "spring"', "period.start", "'spring'", "date"),
        ("below = 0.5", 'below = "few"', "claims.few_reactions.below", "'few'", "number"),
        ('title = "A small study"', "title = 5", "title", "'5'", "string"),
        ('reason = "Medians', 'reason = "" #', "claims.few_reactions.reason", "''", "20 char"),
        ('timezone = "', 'minimum_post_age_days = -1\ntimezone = "', "", "'-1'", "0"),
        (
            "observed_at = 2024-01-31T12:00:00+01:00",
            'observed_at = "31 January 2024"',
            "raw.posts[1].observed_at",
            "'31 January 2024'",
            "2024-01-31",
        ),
        ('name = "gemeente"', 'name = "Gemeente"', "tiers[2].name", "'Gemeente'", "lower-case"),
    ],
)
def test_a_value_of_the_wrong_type_is_shown_with_what_was_expected(
    *, before: str, after: str, key: str, found: str, expected: str, refused: Refused
) -> None:
    problem = refused(before, after)
    assert key in problem.where
    assert found in problem.found
    assert expected in problem.expected


def test_a_bad_time_zone_is_answered_with_the_nearest(refused: Refused) -> None:
    problem = refused("Europe/Amsterdam", "Europe/Amsterdm")
    assert problem.where.endswith("key 'timezone'")
    assert problem.remedy == "Did you mean 'Europe/Amsterdam'?"


def test_a_period_that_ends_before_it_starts_is_refused(refused: Refused) -> None:
    problem = refused("end = 2023-12-31", "end = 2022-12-31")
    assert problem.where.endswith("key 'period.end'")
    assert "2023-01-01" in problem.expected


def test_thresholds_in_the_wrong_order_are_refused(refused: Refused) -> None:
    problem = refused("above = 1.0", "above = 0.1")
    assert problem.where.endswith("key 'claims.few_reactions.above'")
    assert "0.5" in problem.expected


def test_simulated_and_observed_files_do_not_mix(refused: Refused) -> None:
    problem = refused("simulated = false", "simulated = true")
    assert problem.where.endswith("key 'raw.posts'")
    assert "simulated and observed" in problem.found


COSTS_OF_THE_DEMO = """
[costs]
hours_per_post = { low = 1.0, high = 3.0 }
webcare_hours_per_week = { low = 1.0, high = 6.0 }
price_per_hour = 60
reason = "Invented for the demo. Round numbers."
"""


def test_costs_that_were_invented_for_the_demo_are_refused_beside_observed_data(
    load: Load,
) -> None:
    with pytest.raises(InputProblem, match="numbers that are invented for the demo") as problem:
        load(STUDY + COSTS_OF_THE_DEMO)

    assert problem.value.where.endswith("key 'costs'")
    assert "Leave [costs] out" in problem.value.remedy


def test_simulated_data_and_costs_of_ones_own_go_with_costs(load: Load) -> None:
    own = COSTS_OF_THE_DEMO.replace("Invented for the demo.", "Hours as kept in 2023.")

    assert load(STUDY.replace("simulated = false", "simulated = true") + COSTS_OF_THE_DEMO).costs
    assert load(STUDY + own).costs


def test_no_tier_is_called_all(refused: Refused) -> None:
    problem = refused('name = "provincie"', 'name = "all"')
    assert problem.where.endswith("key 'tiers'")
    assert "every tier together" in problem.expected


def test_no_tier_is_named_twice(refused: Refused) -> None:
    assert "once" in refused('name = "provincie"', 'name = "gemeente"').expected


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("data/raw/provincies.csv", "raw.posts[1].path"),
        ("data/raw/register.csv", "register_of_pages"),
    ],
)
def test_a_path_that_leads_nowhere_is_answered_with_the_nearest_file(
    path: str, key: str, refused: Refused
) -> None:
    problem = refused(path, path.replace(".csv", "s.csv"))
    assert problem.where.endswith(f"key '{key}'")
    assert problem.remedy == f"Did you mean '{Path(path).name}'?"


def test_a_file_in_a_folder_that_is_not_there_leads_to_the_readme(refused: Refused) -> None:
    problem = refused("data/raw/provincies.csv", "data/raw/elsewhere/posts.csv")
    assert "data/raw/README.md" in problem.remedy


def test_a_file_that_is_no_toml_is_refused_with_the_line(refused: Refused) -> None:
    problem = refused("[period]", "[period")
    assert "not readable as TOML" in problem.found
    assert "line 5" in problem.found


def test_a_file_that_is_no_text_is_refused(root: Path) -> None:
    (root / "studies" / "small.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(InputProblem, match="not readable as TOML"):
        load_study("small", root)


def test_an_unknown_study_is_answered_with_the_nearest(load: Load, root: Path) -> None:
    load(STUDY)
    with pytest.raises(InputProblem) as problem:
        load_study("smal", root)
    assert problem.value.where == "study 'smal'"
    assert "'small'" in problem.value.expected
    assert problem.value.remedy == "Did you mean 'small'?"


def test_the_first_of_several_slips_is_one_message(load: Load) -> None:
    with pytest.raises(InputProblem) as problem:
        load("titel = 1\nperiods = 2\n")
    assert problem.value.where.endswith("key 'titel'")
    assert "\n" not in str(problem.value)


# The studies that come with the project


def test_the_demo_study_is_simulated_and_has_both_claims(project: Path) -> None:
    study = load_study("demo", project)
    assert study.simulated
    assert study.tier_names == ("rijksoverheid", "provincie", "gemeente")
    assert [tier.name for tier in study.tiers if tier.census] == ["provincie"]
    assert study.claims.keys() == set(get_args(ClaimName))
    assert study.claims["few_reactions"].below == 0.5
    assert study.claims["few_reactions"].above == 1.0
    assert study.claims["few_comments"].below == 0.25
    assert study.claims["few_comments"].above == 0.5
    assert all("\n" not in threshold.reason for threshold in study.claims.values())


@pytest.fixture
def with_real_data(real_data: Path, project: Path, tmp_path: Path) -> Path:
    """A project that also has the raw files that are not part of it."""
    shutil.copytree(project / "studies", tmp_path / "studies")
    for folder in ("buzzfeed-2016", "crowdtangle-uganda"):
        shutil.copytree(real_data / folder, tmp_path / "data" / "raw" / folder)
    return tmp_path


@pytest.mark.parametrize("name", ["buzzfeed-2016", "crowdtangle-uganda"])
def test_a_study_of_real_data_names_the_very_files_and_makes_no_claims(
    name: str, with_real_data: Path
) -> None:
    study = load_study(name, with_real_data)
    assert not study.simulated
    assert not study.claims
    for file in study.raw.posts:
        assert sha256((with_real_data / file.path).read_bytes()).hexdigest() == file.sha256


def test_the_declared_table_of_the_buzzfeed_study_fits_its_file(with_real_data: Path) -> None:
    study = load_study("buzzfeed-2016", with_real_data)
    (file,) = study.raw.posts
    assert file.table is not None
    posts = pl.read_csv(with_real_data / file.path, infer_schema=False)
    assert set(file.table.columns.values()) <= set(posts.columns)
    assert set(file.table.categories) == set(posts[file.table.tier_column or ""])
    days = posts[file.table.columns["published_at"]].str.to_date(file.table.date_format)
    assert days.min() == study.period.start
    assert days.max() == study.period.end


def test_the_uganda_study_has_one_page_per_tier(with_real_data: Path) -> None:
    study = load_study("crowdtangle-uganda", with_real_data)
    pages = {name: set[str]() for name in study.tier_names}
    for file in study.raw.posts:
        exported = pl.read_csv(with_real_data / file.path, infer_schema=False)
        pages[file.tier or ""] |= set(exported["Facebook Id"])
    assert [len(ids) for ids in pages.values()] == [1, 1]


def test_every_post_of_the_uganda_study_was_made_by_the_day_of_its_pull(
    with_real_data: Path,
) -> None:
    for file in load_study("crowdtangle-uganda", with_real_data).raw.posts:
        created = pl.read_csv(with_real_data / file.path, infer_schema=False)["Created"]
        assert created.str.head(10).max() == str(file.observed_at)


# The page that explains the study file


MODELS: tuple[type[BaseModel], ...] = (
    Study,
    Period,
    Tier,
    RawFiles,
    RawFile,
    DeclaredTable,
    Privacy,
    Costs,
    Range,
    Threshold,
)


@pytest.fixture(scope="session")
def explanation(project: Path) -> str:
    return (project / "docs" / "study-file.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(model: type[BaseModel], explanation: str) -> None:
    missing = [key for key in model.model_fields if f"`{key}`" not in explanation]
    assert not missing


def test_every_field_of_a_declared_table_and_every_claim_is_explained(explanation: str) -> None:
    words = (*get_args(PostField), *get_args(ClaimName))
    assert not [word for word in words if f"`{word}`" not in explanation]


def test_every_key_explained_exists(explanation: str) -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", explanation, re.MULTILINE))
    keys = {key for model in MODELS for key in model.model_fields}
    assert explained <= keys | set(get_args(PostField)) | set(get_args(ClaimName))


def test_the_example_reads_the_table_shown_below_it(explanation: str, root: Path) -> None:
    (study_file,) = re.findall(r"```toml\n(title = .*?)```", explanation, re.DOTALL)
    (table,) = re.findall(r"```\n(Page;.*?)```", explanation, re.DOTALL)
    (root / "studies" / "example.toml").write_text(study_file, encoding="utf-8")
    (root / "data" / "raw" / "three-bodies").mkdir()
    (root / "data" / "raw" / "three-bodies" / "posts.csv").write_text(table, encoding="utf-8")
    study = load_study("example", root)
    ingest(study, root)
    tables = load_tables(study, root)
    assert dict(zip(tables.pages["name"], tables.pages["tier"], strict=True)) == {
        "Provincie Noorderwold": "provincie",
        "Gemeente Elzenbrink": "gemeente",
    }
    assert sorted(tables.posts["reactions"]) == [12, 31]
