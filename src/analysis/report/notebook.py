"""Reading an executed notebook.

Only what a report needs of format 4, so that making a PDF does not wait for the whole of nbformat
to be imported, which takes longer than making it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from analysis.problems import InputProblem


def _joined(text: object) -> object:
    """Put together what the format may keep as a list of lines."""
    return "".join(text) if isinstance(text, list) else text


def _joined_forms(forms: object) -> object:
    """Put together the forms of an output that are text; JSON stays as it is."""
    if not isinstance(forms, dict):
        return forms
    return {
        form: value if form.endswith("json") else _joined(value) for form, value in forms.items()
    }


Text = Annotated[str, BeforeValidator(_joined)]


class Output(TypedDict):
    """One output of a cell; which keys it has depends on its type."""

    output_type: str
    data: NotRequired[Annotated[dict[str, Any], BeforeValidator(_joined_forms)]]
    metadata: NotRequired[dict[str, Any]]
    name: NotRequired[str]
    text: NotRequired[Text]
    ename: NotRequired[str]
    evalue: NotRequired[str]
    traceback: NotRequired[list[str]]


class Cell(TypedDict):
    """One cell; only cells of code have outputs."""

    cell_type: str
    source: Text
    metadata: dict[str, Any]
    outputs: NotRequired[list[Output]]


class Notebook(TypedDict):
    """A notebook of format 4."""

    nbformat: Literal[4]
    metadata: dict[str, Any]
    cells: list[Cell]


_READER = TypeAdapter(Notebook)


def read_notebook(path: Path) -> Notebook:
    """Read an executed notebook.

    Raises
    ------
    InputProblem
        When there is no file, or it is no notebook of format 4.
    """
    try:
        return _READER.validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise InputProblem(str(path), "no such file", "an executed notebook") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = f"{place}: {first['msg']}" if place else first["msg"]
        raise InputProblem(str(path), f"no notebook ({said})", "an executed notebook") from error
