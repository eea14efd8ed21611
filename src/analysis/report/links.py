"""Where links may lead: the web, a mailbox, or elsewhere in the same document."""

from __future__ import annotations

from urllib.parse import unquote

from analysis.report import nodes
from analysis.report.headings import Headings
from analysis.report.nodes import Nodes

_OUTSIDE = ("https://", "http://", "mailto:")


def link_node(address: str, content: Nodes, headings: Headings) -> Nodes:
    """Make a link, or keep only its words when it leads to a file, a script or nowhere.

    Parameters
    ----------
    address : str
        As the notebook has it; ``#section`` is a heading of the same chapter.
    content : list of dict
        The words of the link.
    headings : Headings
        Of the chapter this stands in.
    """
    if not nodes.plain_text(content).strip():
        return content
    if address.lower().startswith(_OUTSIDE):
        return [nodes.link(address, content)]
    if address.startswith("#"):
        return [nodes.link("#" + headings.target(unquote(address[1:])), content)]
    return content
