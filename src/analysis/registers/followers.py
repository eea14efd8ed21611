"""Followers that the register of pages tells, for pages of which no post has any."""

from __future__ import annotations

import polars as pl

KEY = ("platform", "page_id")
FOLLOWERS_OF_REGISTER = "followers on one day, as the register of pages says"
"""A definition of its own, the same whatever the day, so that pages can be compared."""


def with_followers_of_register(posts: pl.LazyFrame, pages: pl.DataFrame) -> pl.LazyFrame:
    """Give posts the followers of the register where no post of their page has any of its own.

    Within a page, followers of the register and those when a post was made are never mixed.

    Parameters
    ----------
    posts : polars.LazyFrame
        The posts table.
    pages : polars.DataFrame
        The pages table.

    Returns
    -------
    polars.LazyFrame
        The posts in the same order; those that were given followers have the definition
        :data:`FOLLOWERS_OF_REGISTER`.
    """
    known = pages.drop_nulls("followers").select(*KEY, of_register="followers")
    if known.is_empty():
        return posts
    with_own = posts.drop_nulls("followers_at_posting").select(KEY).unique()
    given = known.lazy().join(with_own, on=KEY, how="anti")
    of_register = pl.col("of_register")
    definition = pl.when(of_register.is_not_null()).then(pl.lit(FOLLOWERS_OF_REGISTER))
    return (
        posts.join(given, on=KEY, how="left", maintain_order="left")
        .with_columns(
            followers_at_posting=pl.coalesce("followers_at_posting", of_register),
            followers_definition=pl.coalesce(definition, "followers_definition"),
        )
        .drop("of_register")
    )
