"""A notebook that tries to run code and read files while the report is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from analysis.report.document import write_pdf
from analysis.report.edition import Chapter, Edition

if TYPE_CHECKING:
    from conftest import ReadPdf

SECRET = "the secret of another file"


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


def attacks(file: Path) -> list[Any]:
    """Try every road from the words of a notebook to a file."""
    in_typst = f'#read("{file}") ]#panic(1)[ #eval("1/0") #image("{file}") @ref <label> $ #('
    in_latex = rf"\input{{{file}}} \write18{{id}} $\input{{{file}}}$ $#read(\"{file}\")$"
    in_html = (
        f"<script>fetch('file://{file}')</script><iframe src='file://{file}'></iframe>"
        f"<img src='file://{file}'><link rel='attachment' href='file://{file}'>"
        f"<object data='{file}'></object><table><tr><th>{in_typst}</th></tr></table>"
        f"<a href='javascript:alert(1)'>link</a>"
    )
    in_svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'><script>x</script>"
        f"<image href='file://{file}' width='9' height='9'/><image href='secret.txt'/>"
        f"<foreignObject><iframe src='file://{file}'/></foreignObject><rect width='9'/></svg>"
    )
    external_entity = (
        f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://{file}'>]>"
        "<svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>"
    )
    outputs = [
        new_output("display_data", data=data)
        for data in (
            {"text/html": in_html},
            {"text/markdown": f"{in_typst}\n\n```{{=typst}}\n{in_typst}\n```"},
            {"text/latex": f"${in_latex}$", "text/plain": in_typst},
            {"image/svg+xml": in_svg},
            {"image/svg+xml": external_entity},
        )
    ]
    outputs.append(new_output("stream", name="stdout", text=f"```\n{in_typst}\n{in_latex}"))
    links = f"[a](file://{file}) [b](javascript:alert(1)) [c](data:text/html,x) ![d]({file})"
    return [
        new_markdown_cell(f"# {in_typst}\n\n{in_typst} {in_latex} {in_html} {links}"),
        new_markdown_cell(f"{in_html}\n\n## {in_latex}"),
        new_code_cell("code", outputs=outputs, metadata={"alt": in_typst, "caption": in_typst}),
    ]


def test_words_of_a_notebook_stay_words(
    make_pdf: Callable[..., ReadPdf], secret_file: Path
) -> None:
    pdf = make_pdf(*attacks(secret_file), show_code=True)
    assert SECRET not in pdf.text
    assert SECRET.encode() not in pdf.path.read_bytes()
    assert '#eval("1/0")' in pdf.text


def test_no_link_leads_to_a_file_or_a_script(
    make_pdf: Callable[..., ReadPdf], secret_file: Path
) -> None:
    pdf = make_pdf(*attacks(secret_file))
    annotations = [a for page in pdf.file.pages for a in page.get("/Annots", [])]
    assert not [a for a in annotations if "/A" in a]
    assert "/AF" not in pdf.file.Root
    assert "/JavaScript" not in pdf.file.Root.get("/Names", {})
    assert not pdf.file.attachments


def test_words_of_the_edition_stay_words_too(
    edition: Edition, tmp_path: Path, secret_file: Path, read_pdf: type[ReadPdf]
) -> None:
    attack = f'#read("{secret_file}")'
    hostile = replace(edition, title=attack, header=attack, mark=attack, facts=((attack, attack),))
    write_pdf([Chapter(attack, None, attack)] * 2, hostile, tmp_path / "report.pdf")
    assert SECRET not in read_pdf(tmp_path / "report.pdf").text
