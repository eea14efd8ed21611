"""Images in outputs: vector figures made safe, raster images as they are."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
_DRAWN_WITH = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath image
clipPath mask pattern marker linearGradient radialGradient stop style title desc filter
feGaussianBlur feOffset feMerge feMergeNode feFlood feComposite feColorMatrix feBlend
feComponentTransfer feFuncR feFuncG feFuncB feFuncA feMorphology
"""
_DRAWN = frozenset(_DRAWN_WITH.split())
"""What a picture is drawn with. Scripts, foreign objects, frames and animation are not in it."""

_WITHIN = re.compile(r"#[\w.:-]+")
_EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_REFERENCE = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)")
_NUMBER = re.compile(r"\s*\d*\.?\d+")
_RASTER_ENDS = {
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    "jpg": (b"\xff\xd8\xff", b"\xff\xd9"),
}
"""How a file of a format starts and ends."""


class FigureRefusedError(Exception):
    """An image that cannot be shown, with the reason."""


def safe_svg(source: str) -> str:
    """Keep of an SVG what draws, and nothing that runs, loads or multiplies.

    Parameters
    ----------
    source : str
        As a notebook holds it.

    Returns
    -------
    str
        The same picture. Elements and references that are left out: scripts, foreign objects,
        event handlers, everything that points outside the file, and pictures within pictures
        within pictures, which a small file can blow up to any size.

    Raises
    ------
    FigureRefusedError
        When it is no SVG, has no size, or declares entities.
    """
    # Expat expands entities while it reads; a handful of lines can expand to gigabytes.
    if "<!ENTITY" in source:
        raise FigureRefusedError("the SVG declares entities")
    try:
        return _cleaned(ElementTree.fromstring(source))  # noqa: S314
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise FigureRefusedError(f"the SVG cannot be read ({error})") from error


def raster_image(encoded: str) -> tuple[bytes, str]:
    """Decode a PNG or JPEG.

    Returns
    -------
    (bytes, str)
        The image and the ending of its file name.

    Raises
    ------
    FigureRefusedError
        When it is neither.
    """
    try:
        data = base64.b64decode(encoded)
    except ValueError as error:
        raise FigureRefusedError(f"the image cannot be decoded ({error})") from error
    for ending, (first, last) in _RASTER_ENDS.items():
        if data.startswith(first) and data.endswith(last):
            return data, ending
    raise FigureRefusedError("the image is no whole PNG or JPEG")


def _cleaned(root: Element) -> str:
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        raise FigureRefusedError("the image is no SVG")
    if any(_is_zero(root.get(side, "")) for side in ("width", "height")):
        raise FigureRefusedError("the SVG has no size")
    for element in list(root.iter()):
        _drop_attributes(element, lambda name, value: not _harmless(name, value))
        for child in list(element):
            if _name(child.tag) not in _DRAWN or not _harmless_style(child):
                element.remove(child)
    _end_chains_of_references(root)
    return ElementTree.tostring(root, encoding="unicode")


def _is_zero(length: str) -> bool:
    number = _NUMBER.match(length)
    return number is not None and float(number[0]) == 0


def _name(tag: object) -> str:
    """Name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def _drop_attributes(element: Element, unwanted: Callable[[str, str], bool]) -> None:
    for attribute, value in list(element.attrib.items()):
        if unwanted(_name(attribute), value):
            del element.attrib[attribute]


def _harmless(attribute: str, value: str) -> bool:
    if attribute.lower().startswith("on"):
        return False
    if attribute == "href":
        return bool(_WITHIN.fullmatch(value) or _EMBEDDED.fullmatch(value))
    return all(_WITHIN.fullmatch(target.strip()) for target in _REFERENCE.findall(value))


def _harmless_style(element: Element) -> bool:
    if _name(element.tag) != "style":
        return True
    css = element.text or ""
    return "@" not in css and "\\" not in css and not _REFERENCE.search(css)


def _end_chains_of_references(root: Element) -> None:
    """Let what is referred to not refer on: ten such steps of ten would draw 10¹⁰ pictures."""
    by_id = {element.get("id", ""): element for element in root.iter()}
    used = {by_id[name] for element in root.iter() for name in _targets(element) if name in by_id}
    for target in used:
        if _name(target.tag) not in ("linearGradient", "radialGradient"):
            for element in target.iter():
                _drop_attributes(element, _refers)


def _targets(element: Element) -> set[str]:
    """Ids that an element refers to."""
    found: set[str] = set()
    for attribute, value in element.attrib.items():
        found.update([value] if _name(attribute) == "href" else _REFERENCE.findall(value))
    return {target.strip().removeprefix("#") for target in found}


def _refers(attribute: str, value: str) -> bool:
    return (attribute == "href" and value.startswith("#")) or bool(_REFERENCE.search(value))
