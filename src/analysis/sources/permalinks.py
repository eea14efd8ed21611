"""One id for a post that exports know under different ids, found by its address.

A page owner's export may give a post a number and an address with another id in it, such as
``/posts/pfbid0abc``, while a public export knows the post by the id in that address alone.
"""

from __future__ import annotations

import polars as pl

from analysis.sources.post_ids import plain_post_id

PAGE = ("platform", "page_id")
NO_OTHER_IDS = pl.DataFrame(schema=dict.fromkeys((*PAGE, "post_id", "same_as"), pl.String))


def other_ids(rows: pl.LazyFrame) -> pl.DataFrame:
    """Find the ids that are other names of a post of the same page.

    An address says nothing when it stands under two posts of one file, when a post has several, or
    when one file holds both ids: then they are two posts.

    Parameters
    ----------
    rows : polars.LazyFrame
        The columns of ``analysis.tables.POSTS``; several files.

    Returns
    -------
    polars.DataFrame
        ``platform, page_id, post_id, same_as``: only ids that posts in these rows have; no id is
        both the other name of a post and a post that has one.
    """
    in_address = pl.when(pl.col("permalink").str.contains("/", literal=True)).then(
        plain_post_id(pl.col("permalink"))
    )
    posts = (
        rows.select(*PAGE, "post_id", "source_file", name=in_address)
        .unique(maintain_order=True)
        .collect(engine="streaming")
    )
    together = posts.select(*PAGE, "source_file", name="post_id")
    named = (
        posts.filter(pl.col("name") != pl.col("post_id"))
        .join(together, on=[*PAGE, "source_file", "name"], how="anti", maintain_order="left")
        .filter(
            pl.col("post_id").n_unique().over(*PAGE, "name", "source_file") == 1,
            pl.col("name").n_unique().over(*PAGE, "post_id") == 1,
        )
        .with_columns(same_as=pl.col("post_id").first().over(*PAGE, "name"))
    )
    ids = [
        named.select(*PAGE, pl.col(id_).alias("post_id"), "same_as") for id_ in ("name", "post_id")
    ]
    return (
        pl.concat(ids)
        .filter(pl.col("post_id") != pl.col("same_as"))
        .unique()
        .join(posts, on=[*PAGE, "post_id"], how="semi")
        .join(named, left_on=[*PAGE, "post_id"], right_on=[*PAGE, "same_as"], how="anti")
        .sort(*PAGE, "post_id")
    )


def with_one_id(rows: pl.LazyFrame, ids: pl.DataFrame) -> pl.LazyFrame:
    """Give posts, or comments under them, the one id of their post."""
    if ids.is_empty():
        return rows
    on = [*PAGE, "post_id"]
    return (
        rows.join(ids.lazy(), on=on, how="left", maintain_order="left")
        .with_columns(post_id=pl.coalesce("same_as", "post_id"))
        .drop("same_as")
    )
