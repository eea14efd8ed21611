"""The ``bereik`` command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from analysis.problems import InputProblem
from analysis.project import find_root
from analysis.study import Study
from analysis.study_file import load_study

USABLE, WORTH_A_LOOK, WRONG_INPUT = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bereik")
def bereik() -> None:
    """Ask what would be lost if government stopped posting on Facebook."""


@bereik.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--study", help="Read each FILE as STUDY declares it; without FILE, all of its files."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def check(files: tuple[Path, ...], study: str | None, as_json: bool) -> None:
    """Say what each FILE is, what can be used of it, and what is wrong with it.

    Exit code 0: usable. 1: usable, and worth a look. 2: not usable.
    """
    from analysis.check.files import check_file
    from analysis.check.study_files import check_files_of

    if study is not None:
        root = find_root()
        reports = check_files_of(load_study(study, root), root, files)
    elif files:
        reports = [check_file(file) for file in files]
    else:
        raise click.UsageError("Name a FILE, or a study with --study.")
    if as_json:
        click.echo(json.dumps([report.to_json() for report in reports], indent=2))
    else:
        console = Console()
        for report in reports:
            console.print(report)
    sys.exit(max(report.exit_code for report in reports))


@bereik.command()
@click.argument("study")
def ingest(study: str) -> None:
    """Read the raw files of STUDY into data/processed.

    Says of every file how many rows were read, kept, merged (a post seen twice) and rejected, and
    why. Exit code 0: all rows are used. 1, worth a look: rows were rejected, or a tier of the study
    has no page or nothing that is measured; the rest was kept. 2: the study or a file is wrong, and
    nothing was written.
    """
    from analysis.ingest.making import ingest as ingest_study
    from analysis.ingested import ingest_report

    root = find_root()
    chosen = load_study(study, root)
    report = ingest_report(chosen, root, ingest_study(chosen, root))
    Console().print(report)
    sys.exit(report.exit_code)


@bereik.command()
@click.argument("study")
@click.option("--tier", "tiers", multiple=True, help="Only this tier; may be repeated.")
@click.option("--notebook", "notebooks", multiple=True, help="Only this notebook, e.g. 02.")
@click.option(
    "--page", default="", help="A report of this page, by its id or name; or of 'all' pages."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks at a time.")
def run(
    study: str, tiers: tuple[str, ...], notebooks: tuple[str, ...], page: str, jobs: int | None
) -> None:
    """Run the notebooks for every tier of STUDY, or for its pages, into reports/STUDY.

    Reads the raw files first where that is needed, and says what became of their rows.

    Exit code 0: all reports were made. 1: something failed, the rest was kept. 2: the call, the
    study or a file is wrong, and nothing was written.
    """
    from analysis.batch.runner import run_study

    root = find_root()
    chosen = load_study(study, root)
    sys.exit(run_study(chosen, root, tiers=tiers, notebooks=notebooks, page=page, jobs=jobs))


@bereik.command()
@click.argument("study")
def freeze(study: str) -> None:
    """Fix the thresholds of STUDY before its data are read."""
    from analysis.freeze import fixed_in_words
    from analysis.freeze import freeze as freeze_study

    root = find_root()
    chosen = load_study(study, root)
    freeze_study(chosen, root)
    click.echo(fixed_in_words(chosen).replace("**", ""))


@bereik.group()
def code() -> None:
    """Find out how often the rules for comments and for posts are wrong."""


_WHAT = click.option(
    "--what",
    type=click.Choice(["comments", "posts"]),
    default="comments",
    show_default=True,
    help="What is coded.",
)


@code.command()
@click.argument("study")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_WHAT
@click.option("--number", type=int, default=200, show_default=True, help="How many.")
def draw(study: str, file: Path, what: str, number: int) -> None:
    """Draw comments or posts of STUDY to FILE, outside the project, to be coded by hand."""
    root = find_root()
    chosen = load_study(study, root)
    if what == "posts":
        from analysis.coding.posts import draw_posts, what_to_write

        drawn = draw_posts(chosen, root, file, number)
        click.echo(f"{drawn} posts in {file}. {what_to_write()}")
        return
    from analysis.coding.comments import CODES, draw_sample

    drawn = draw_sample(chosen, root, file, number)
    click.echo(f"{drawn} comments in {file}. Write one of {', '.join(CODES)} behind each.")


@code.command()
@click.argument("study")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@_WHAT
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Posts only: write the codes of all FILES to this file, without the texts.",
)
def read(study: str, files: tuple[Path, ...], what: str, to: Path | None) -> None:
    """Read the codes in FILES and say how often coders and rules agree.

    Of comments there is one file, and only the error rates of the rules are kept. Of posts there
    may be one file per coder; with --to the codes become a file for the study.
    """
    root = find_root()
    chosen = load_study(study, root)
    if what == "posts":
        _read_posts(chosen, root, files, to)
    elif to or len(files) > 1:
        raise click.UsageError("of comments there is one FILE, and no --to")
    else:
        _read_comments(chosen, root, files[0])


def _read_posts(study: Study, root: Path, files: tuple[Path, ...], to: Path | None) -> None:
    from analysis.coding.posts import (
        agreements_of,
        how_many_in_words,
        read_coded_posts,
        write_codes,
    )

    codes = read_coded_posts(study, root, files)
    click.echo(how_many_in_words(codes))
    for agreement in agreements_of(study, root, codes):
        click.echo(agreement)
    if to:
        write_codes(codes, to)
        click.echo(f"{to} holds the codes. Name it in {study.path} under hand_codes.")


def _read_comments(study: Study, root: Path, file: Path) -> None:
    from analysis.coding.comments import in_words, read_codes

    coding = read_codes(study, root, file)
    for sentence in in_words(coding):
        click.echo(sentence)
    click.echo(f"The error rates are kept. {file} holds what people wrote: delete it when done.")


@bereik.command()
def codebook() -> None:
    """Write docs/codebook.md: every variable and measure, from the code."""
    from analysis.codebook import write_codebook

    click.echo(write_codebook(find_root()))


@bereik.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def demo(folder: Path) -> None:
    """Write the simulated raw files of the demo study into FOLDER."""
    from analysis.demo import write_demo

    for path in write_demo(folder):
        click.echo(path)


def main() -> None:
    """Run the command; a problem with what the user brought is one message and exit code 2."""
    try:
        bereik.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_INPUT)
    except click.exceptions.Abort:
        sys.exit(WORTH_A_LOOK)
    except InputProblem as problem:
        click.echo(f"bereik: {problem}", err=True)
        sys.exit(WRONG_INPUT)
    except OSError as error:
        click.echo(f"bereik: {error}", err=True)
        sys.exit(WORTH_A_LOOK)
