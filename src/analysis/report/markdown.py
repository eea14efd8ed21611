"""Markdown of notebooks, as nodes."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from analysis.report import nodes, tables
from analysis.report.draft import Draft
from analysis.report.formulas import formula_tree
from analysis.report.html_nodes import html_nodes
from analysis.report.html_tree import LEFT_OUT
from analysis.report.links import link_node
from analysis.report.nodes import Node, Nodes

_DEEPEST = 10
_PARSER = (
    MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    .enable(["table", "strikethrough"])
    # "$5 and $10" is money: a formula has no space inside its dollar signs, no digit after them.
    .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    .use(footnote_plugin)
)
_STYLES = {"strong": "strong", "em": "emphasis", "s": "strike"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TEXT_ALIGN = re.compile(r"text-align:(left|right|center)")


def markdown_nodes(source: str, draft: Draft) -> Nodes:
    """Read Markdown.

    Parameters
    ----------
    source : str
        CommonMark with tables, footnotes, strikethrough, and LaTeX between dollar signs.
    draft : Draft
        Of the chapter this stands in. Gets a note for every formula that cannot be set and stands
        as its source instead.

    Returns
    -------
    list of dict
        Blocks.
    """
    return _MarkdownReader(draft).document(SyntaxTreeNode(_PARSER.parse(source)))


class _MarkdownReader:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.footnotes: dict[int, Nodes] = {}

    def document(self, tree: SyntaxTreeNode) -> Nodes:
        """Read a whole tree; footnotes are read first, since they are shown where they are used."""
        for block in tree.children:
            if block.type == "footnote_block":
                self.footnotes = {
                    note.meta["id"]: self._blocks(note.children) for note in block.children
                }
        return self._blocks(tree.children)

    def _blocks(self, parts: list[SyntaxTreeNode]) -> Nodes:
        return [node for part in parts for node in self._block(part)]

    def _block(self, part: SyntaxTreeNode) -> Nodes:
        match part.type:
            case "heading":
                found = [self.draft.headings.place(int(part.tag[1]), self._inline(part.children))]
            case "paragraph":
                found = [nodes.paragraph(self._inline(part.children))]
            case "bullet_list":
                found = [nodes.bullets([self._blocks(item.children) for item in part.children])]
            case "ordered_list":
                items = [self._blocks(item.children) for item in part.children]
                found = [nodes.numbers(items, int(part.attrs.get("start", 1)))]
            case "blockquote":
                found = [_boxed_or_quoted(self._blocks(part.children))]
            case "fence" | "code_block":
                found = [nodes.listing(part.content, _language(part.info))]
            case "math_block":
                found = [self._formula(part.content, display=True)]
            case "table":
                found = self._table(part)
            case "html_block":
                found = html_nodes(part.content, self.draft.headings)
            case "hr":
                found = [nodes.rule()]
            case _:
                found = []
        return found

    def _inline(self, parts: list[SyntaxTreeNode]) -> Nodes:
        """Read what stands in a line; text between the tags of a script is no text."""
        content: Nodes = []
        left_out = ""
        for part in parts:
            tag = _TAG.match(part.content) if part.type == "html_inline" else None
            if left_out:
                left_out = "" if tag and (tag[1], tag[2].lower()) == ("/", left_out) else left_out
            elif tag and not tag[1] and tag[2].lower() in LEFT_OUT:
                left_out = tag[2].lower()
            else:
                content += self._inline_part(part)
        return content

    def _inline_part(self, part: SyntaxTreeNode) -> Nodes:
        match part.type:
            case "inline":
                found = self._inline(part.children)
            case "text":
                found = [nodes.text(part.content)] if part.content else []
            case "strong" | "em" | "s":
                found = [nodes.styled(_STYLES[part.type], self._inline(part.children))]
            case "softbreak":
                found = [nodes.text(" ")]
            case "hardbreak":
                found = [nodes.line_break()]
            case "code_inline":
                found = [nodes.code(part.content)]
            case "math_inline" | "math_inline_double":
                found = [self._formula(part.content, display=False)]
            case "link":
                words = self._inline(part.children)
                found = link_node(str(part.attrs.get("href", "")), words, self.draft.headings)
            case "image":
                said = nodes.plain_text(self._inline(part.children)) or "image"
                found = [nodes.text(f"[{said}]")]
            case "footnote_ref":
                found = [nodes.footnote(self.footnotes.get(part.meta["id"], []))]
            case "html_inline" if part.content.lower().startswith("<br"):
                found = [nodes.line_break()]
            case _:
                found = []
        return found

    def _formula(self, latex: str, *, display: bool) -> Node:
        tree = formula_tree(latex)
        if tree:
            return nodes.formula(tree, latex, display=display)
        self.draft.note(f"a formula cannot be set and stands as its source: {latex.strip()}")
        return nodes.listing(latex) if display else nodes.code(latex)

    def _table(self, part: SyntaxTreeNode) -> Nodes:
        head, *bodies = [
            [[self._cell(cell) for cell in row.children] for row in section.children]
            for section in part.children
        ]
        made = tables.table(head, [row for body in bodies for row in body])
        return [made] if made else []

    def _cell(self, part: SyntaxTreeNode) -> Node:
        align = _TEXT_ALIGN.search(str(part.attrs.get("style", "")))
        return tables.cell(
            self._inline(part.children),
            header=part.type == "th",
            align=align[1] if align else "",
        )


def _boxed_or_quoted(blocks: Nodes) -> Node:
    """Make a box of a quotation whose first word is strong: **Note**, **What this is not**."""
    first = blocks[0].get("content", []) if blocks and blocks[0]["kind"] == "paragraph" else []
    boxed = bool(first) and first[0]["kind"] == "strong"
    return nodes.callout(blocks) if boxed else nodes.quote(blocks)


def _language(info: str) -> str:
    words = re.findall(r"^\w+", info)
    return words[0] if words else ""
