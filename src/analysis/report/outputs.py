"""Outputs of code, in the form that says most on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.report import nodes
from analysis.report.characters import as_printed, readable
from analysis.report.draft import Draft
from analysis.report.figures import FigureRefusedError, raster_image, safe_svg
from analysis.report.html_nodes import html_nodes
from analysis.report.markdown import markdown_nodes
from analysis.report.nodes import Nodes

NO_DESCRIPTION = "Figure without a description."

_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_OBJECT_NAME = re.compile(r"\[?<.*>\]?", re.DOTALL)
_LATEX_IN_DOLLARS = re.compile(r"\s*\$.*\$\s*", re.DOTALL)


def output_nodes(
    output: Mapping[str, Any], cell_metadata: Mapping[str, Any], draft: Draft
) -> Nodes:
    """Read an output.

    What a cell wrote to stderr and the errors it raised become notes: the notebook got through,
    and a reader has no use for them.

    Parameters
    ----------
    output : mapping
        As nbformat 4 has it. ``alt`` and ``caption`` are looked for in the metadata of its form
        (``{"image/svg+xml": {"alt": …}}``), then in its own metadata, then in the cell's.
    cell_metadata : mapping
    draft : Draft
        Gets the images and the notes.
    """
    match output["output_type"]:
        case "stream" if output["name"] == "stderr":
            draft.note(f"wrote to stderr: {readable(output['text'])}")
            return []
        case "stream":
            return _printed(output["text"])
        case "error":
            draft.note(f"raised {output['ename']}: {readable(output['evalue'])}")
            return []
        case _:
            return _displayed(output, cell_metadata, draft)


def _displayed(output: Mapping[str, Any], cell_metadata: Mapping[str, Any], draft: Draft) -> Nodes:
    data = output["data"]
    for form in _forms(data):
        said = _said_about(form, output["metadata"], cell_metadata)
        shown = _shown(form, data[form], said, draft)
        if shown:
            return shown
    unshown = [form for form, held in data.items() if form != "text/plain" and held]
    if unshown:
        draft.note(f"an output has no form for paper and is left out ({', '.join(unshown)})")
    return []


def _forms(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the forms of an output that can be shown, best first."""
    tables_first = ["text/html", "text/markdown"]
    if "<table" not in data.get("text/html", ""):
        tables_first.reverse()
    for form in (*_IMAGES, *tables_first, "text/latex", "text/plain"):
        if form in data:
            yield form


def _said_about(form: str, *sources: Mapping[str, Any]) -> dict[str, str]:
    """Find ``alt`` and ``caption``: the nearer to the output, the better it fits."""
    of_form = sources[0].get(form)
    metadata = [of_form, *sources] if isinstance(of_form, Mapping) else sources
    said = {}
    for key in ("alt", "caption"):
        words = [str(source[key]).strip() for source in metadata if source.get(key)]
        said[key] = next(iter(words), "")
    return said


def _shown(form: str, data: str, said: Mapping[str, str], draft: Draft) -> Nodes:
    match form:
        case "image/svg+xml" | "image/png" | "image/jpeg":
            return _figure(form, data, said, draft)
        case "text/html":
            return _around_tables(html_nodes(data, draft.headings), said["caption"])
        case "text/markdown":
            return markdown_nodes(data, draft)
        case "text/latex":
            return markdown_nodes(data, draft) if _LATEX_IN_DOLLARS.fullmatch(data) else []
        case _:
            return [] if _OBJECT_NAME.fullmatch(data.strip()) else _printed(data)


def _figure(form: str, data: str, said: Mapping[str, str], draft: Draft) -> Nodes:
    try:
        if form == "image/svg+xml":
            content, ending = safe_svg(data).encode(), "svg"
        else:
            content, ending = raster_image(data)
    except FigureRefusedError as refusal:
        draft.note(f"a figure is left out: {refusal}")
        return [nodes.paragraph([nodes.text("[A figure could not be shown.]")])]
    if not said["alt"]:
        draft.note("a figure has no description (alt) for who cannot see it")
    alt = said["alt"] or f"{NO_DESCRIPTION} {said['caption']}".strip()
    return [nodes.figure(draft.add_image(content, ending), alt, said["caption"])]


def _around_tables(blocks: Nodes, caption: str) -> Nodes:
    """Put text that follows a table right below it; caption the first that has no caption."""
    kept: Nodes = []
    for block in blocks:
        if block["kind"] == "table":
            block["caption"] = block["caption"] or nodes.text(caption)["text"]
            caption = ""
        if block["kind"] == "paragraph" and kept and kept[-1]["kind"] == "table":
            kept[-1]["remarks"].append(block["content"])
        else:
            kept.append(block)
    return kept


def _printed(text: str) -> Nodes:
    shown = as_printed(text)
    return [nodes.printed(shown)] if shown.strip() else []
