"""One id for a page and for a post, however an export writes them."""

from __future__ import annotations

import polars as pl

_ID = r"(pfbid\w+|\d+)"
_END = r"(?:[/?#&:]|$)"
_IN_ADDRESS = (
    rf"[?&](?:story_fbid|multi_permalinks|fbid|v)={_ID}{_END}",
    rf"/(?:posts|permalink|activity)/(?:[^/?#]+/)?{_ID}{_END}",
    rf"/(?:photos|videos|reels?|events|notes)/(?:[^/?#]+/)*{_ID}{_END}",
    r"[?&]set=(?:a|pcb|vb|ecnf)\.(\d+)",
)
_SITE, _POSTS = "https://www.facebook.com/", "/posts/"
_BEFORE_OTHER_IDS = ["?", "&", "/permalink/", "/activity/"]
_WITH_DECIMAL = r"^(\d+)\.0$"
_WITH_PAGE = r"^(\d+)_(\d+)$"
_ADDRESS = r"^(?:https?:)?/|^www\.|\.com/"


def plain_page_id(text: pl.Expr) -> pl.Expr:
    """Give the id of a page without the ``.0`` that programs add when they take it for a number."""
    with_decimal = pl.when(text.str.ends_with(".0")).then(text)
    return pl.coalesce(with_decimal.str.extract(_WITH_DECIMAL, 1), text)


def page_of_post_id(text: pl.Expr) -> pl.Expr:
    """Give the page in ``<page>_<post>``; null where the id of a post names no page."""
    return text.str.extract(_WITH_PAGE, 1)


def usual_post_id(text: pl.Expr) -> pl.Expr:
    """Give the id in ``https://www.facebook.com/<page>/posts/<id>``; null for any other text.

    Most addresses are like this, and patterns that find an id anywhere take longer.
    """
    id_ = text.str.splitn(_POSTS, 2).struct.field("field_1")
    is_usual = (
        text.str.starts_with(_SITE)
        & ~text.str.contains_any(_BEFORE_OTHER_IDS)
        & id_.str.contains(r"^\d+$")
    )
    return pl.when(is_usual).then(id_)


def plain_post_id(text: pl.Expr, usual: pl.Expr | None = None) -> pl.Expr:
    """Give the id of a post without its page and without its address.

    ``<page>_<post>``, ``/posts/<id>``, ``permalink.php?story_fbid=<id>``, photos, videos, reels
    and plain ids of the same post all become ``<id>``, so that exports about it meet.

    Parameters
    ----------
    text : polars.Expr
        An id or an address, trimmed, or null.
    usual : polars.Expr, optional
        A column with what :func:`usual_post_id` gives, so that it is not worked out again.

    Returns
    -------
    polars.Expr
        The id as text; null when there is none, such as in the address of a page.
    """
    usual = usual_post_id(text) if usual is None else usual
    return pl.coalesce(usual, _by_patterns(pl.when(usual.is_null()).then(text)))


def _by_patterns(text: pl.Expr) -> pl.Expr:
    in_address = pl.coalesce(text.str.extract(pattern, 1) for pattern in _IN_ADDRESS)
    plain = pl.coalesce(text.str.extract(_WITH_PAGE, 2), plain_page_id(text))
    return pl.when(text.str.contains(_ADDRESS)).then(in_address).otherwise(plain)
