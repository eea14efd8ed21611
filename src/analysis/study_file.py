"""Reading a study file, with one clear message for what does not fit."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from analysis.problems import InputProblem, listed, nearest
from analysis.study import Study


def load_study(name_or_path: str | Path, root: Path) -> Study:
    """Read a study file.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        A name (``demo`` is ``studies/demo.toml``) or the path of a TOML file.
    root : pathlib.Path
        The project's root; the paths in the file are relative to it.

    Returns
    -------
    Study

    Raises
    ------
    InputProblem
        When the study is not there, is no TOML, or holds a key or value that does not fit.
    """
    path = _study_path(name_or_path, root)
    _require_plain_name(path)
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputProblem(
            str(path), f"not readable as TOML ({error})", "a TOML file in UTF-8"
        ) from error
    try:
        study = Study.model_validate(declared).at(path)
    except ValidationError as error:
        raise _as_problem(error, path) from error
    _require_raw_files(study, root)
    return study


def _study_path(name_or_path: str | Path, root: Path) -> Path:
    text = str(name_or_path)
    if text.endswith(".toml"):
        path = Path(text) if Path(text).is_absolute() or Path(text).exists() else root / text
    else:
        path = root / "studies" / f"{text}.toml"
    if path.is_file():
        return path.resolve()
    names = sorted(file.stem for file in (root / "studies").glob("*.toml"))
    raise InputProblem(
        f"study '{text}'",
        f"no file {path}",
        f"one of {listed(names)}, or the path of a TOML file",
        nearest(Path(text).stem, names),
    )


def _require_plain_name(path: Path) -> None:
    """Refuse a name such as ``..``: the study's tables and reports lie in a folder called so."""
    if path.stem.startswith("."):
        raise InputProblem(
            str(path), f"a study called '{path.stem}'", "a file name such as 'my-study.toml'"
        )


def _require_raw_files(study: Study, root: Path) -> None:
    wanted = [
        (f"raw.{kind}[{number}].path", file.path)
        for kind, files in study.raw.by_kind.items()
        for number, file in enumerate(files, start=1)
    ]
    lists = ("register_of_pages", "audiences", "hand_codes", "comment_rule_errors")
    wanted += [(key, getattr(study, key)) for key in lists if getattr(study, key)]
    for key, path in wanted:
        if not (root / path).is_file():
            folder = (root / path).parent
            names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
            raise InputProblem(
                f"{study.path}, key '{key}'",
                f"no file '{path}'",
                "the path of a file, from the project's root",
                nearest(Path(path).name, names) or "data/raw/README.md says how to get it.",
            )


def _as_problem(error: ValidationError, path: Path) -> InputProblem:
    """Turn pydantic's errors into the one message a user needs."""
    # A misspelt key is both missing and unknown; that it is unknown says more.
    first = min(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
    problem = _what_is_wrong(first)
    key = ".".join(part for part in (_key(first["loc"]), problem.where) if part)
    return InputProblem(f"{path}, key '{key}'", problem.found, problem.expected, problem.remedy)


def _what_is_wrong(detail: ErrorDetails) -> InputProblem:
    location, given, context = detail["loc"], detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "value_error" if isinstance(context["error"], InputProblem):
            return context["error"]
        case "extra_forbidden":
            allowed = _allowed_keys(location[:-1])
            remedy = nearest(str(location[-1]), allowed)
            return InputProblem("", "unknown key", listed(allowed), remedy)
        case "missing":
            return InputProblem("", "this key is missing", "a value", "See docs/study-file.md.")
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", context["expected"])
            return InputProblem("", f"'{given}'", listed(allowed), nearest(str(given), allowed))
        case _:
            found = textwrap.shorten(str(given), width=60, placeholder=" …")
            expected = re.sub(r"^\w+ should (be|have|match) ", "", detail["msg"])
            return InputProblem("", f"'{found}'", expected, "See docs/study-file.md.")


def _key(location: tuple[int | str, ...]) -> str:
    """Name a place in the study file, counted from 1: ``raw.posts[2].tier``."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        elif part != "[key]":
            key += f".{part}" if key else part
    return key


def _allowed_keys(location: tuple[int | str, ...]) -> list[str]:
    """Names of the keys allowed at a place in the study file."""
    model: type[BaseModel] = Study
    for part in location:
        if part in model.model_fields:
            model = _model_inside(model.model_fields[str(part)].annotation) or model
    return list(model.model_fields)


def _model_inside(annotation: object) -> type[BaseModel] | None:
    """The pydantic model in an annotation such as ``tuple[Tier, ...]`` or ``Table | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_model_inside(argument) for argument in get_args(annotation))
    return next(filter(None, inside), None)
