"""Images made safe."""

from __future__ import annotations

import base64
import io

import pytest
from matplotlib.figure import Figure

from analysis.report.figures import FigureRefusedError, raster_image, safe_svg

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
)


def drawn(kind: str) -> bytes:
    figure = Figure(figsize=(2, 2))
    axes = figure.subplots()
    axes.bar([1, 2], [3, 4], hatch="//")
    axes.plot([1, 2], [3, 4], marker="o")
    axes.imshow([[0, 1]])
    written = io.BytesIO()
    figure.savefig(written, format=kind)
    return written.getvalue()


def test_a_drawing_of_matplotlib_loses_nothing_it_draws() -> None:
    source = drawn("svg").decode()
    safe = safe_svg(source)
    for element in ("<ns0:path", "<ns0:use", "<ns0:clipPath", "<ns0:pattern", "<ns0:image"):
        assert safe.count(element) == source.count(element.replace("ns0:", ""))
    assert safe.count("url(#") == source.count("url(#")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>fetch('http://x.nl')</script>",
        "<foreignObject><p>secret</p></foreignObject>",
        "<image href='file:///secret'/>",
        "<image xlink:href='http://x.nl/secret.png'/>",
        "<image href='secret.png'/>",
        "<image href='data:image/svg+xml;base64,c2VjcmV0'/>",
        "<use href='other.svg#secret'/>",
        "<rect onclick='secret()'/>",
        "<rect fill='url(http://x.nl/secret)'/>",
        "<rect style='fill: url(&quot;http://x.nl/secret&quot;)'/>",
        "<style>@import 'http://x.nl/secret';</style>",
        "<style>rect { fill: url(secret.png) }</style>",
        "<a href='javascript:secret()'><rect/></a>",
        "<animate attributeName='href' to='secret'/>",
    ],
)
def test_nothing_that_runs_or_loads_is_left(inside: str) -> None:
    safe = safe_svg(SVG.format("", inside))
    assert "secret" not in safe
    assert "http://x.nl" not in safe


def test_a_picture_of_pictures_of_pictures_stops_multiplying() -> None:
    layers = "".join(
        f"<g id='g{i}'>" + f"<use href='#g{i - 1}'/>" * 10 + "</g>" for i in range(1, 10)
    )
    safe = safe_svg(SVG.format("", f"<g id='g0'><rect/></g>{layers}<use href='#g9'/>"))
    assert safe.count("href") == 1


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + SVG.format("", "&b;"),
            "entit",
        ),
        ("<svg", "cannot be read"),
        ("<html/>", "no SVG"),
        (SVG.format(' width="0" height="0.0"', ""), "no size"),
        ("\ud800", "cannot be read"),
        (SVG.format("", "<g>" * 3000 + "</g>" * 3000), "cannot be read"),
    ],
    ids=["entities", "unclosed", "other", "no size", "half a character", "too deep"],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(source: str, why: str) -> None:
    with pytest.raises(FigureRefusedError, match=why):
        safe_svg(source)


@pytest.mark.parametrize(("kind", "ending"), [("png", "png"), ("jpeg", "jpg")])
def test_raster_images_are_passed_on_as_they_are(kind: str, ending: str) -> None:
    image = drawn(kind)
    assert raster_image(base64.b64encode(image).decode()) == (image, ending)


@pytest.mark.parametrize("data", [b"GIF89a", drawn("png")[:-20], b""])
def test_other_and_cut_off_images_are_refused(data: bytes) -> None:
    with pytest.raises(FigureRefusedError, match="no whole PNG or JPEG"):
        raster_image(base64.b64encode(data).decode())
