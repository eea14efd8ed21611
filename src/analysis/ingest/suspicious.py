"""What looks odd about a study's posts, said in sentences. Nothing is changed here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from analysis.registers.followers import FOLLOWERS_OF_REGISTER, KEY, with_followers_of_register
from analysis.sources.definitions import DEFINED, leading_definition, stated

ENOUGH_POSTS = 20
"""Fewer posts of a page may well have the same count."""

SMALL_COUNT = 10
"""Platforms stand in for a hidden count with a small number."""

MOST_POSTS = 0.5
"""Of independent posts, no count above zero is on more than 37 % (Poisson with mean 1)."""

LARGEST = 2**31 - 1
CONSTANT = ("reactions", "reactions_like", "comments", "shares")
NAMED = 5
NOWHERE = pl.lit(value=False)


def what_looks_odd(
    posts: pl.LazyFrame, pages: pl.DataFrame, youngest: timedelta, outside: pl.Expr = NOWHERE
) -> list[str]:
    """Name what a reader of the results should know about the posts of a study.

    Parameters
    ----------
    posts : polars.LazyFrame
        The posts table, merged; it is read a part at a time.
    pages : polars.DataFrame
        The pages table, for the pages' names, and their followers where the register has them.
    youngest : datetime.timedelta
        Posts younger than this when they were counted are too young to judge.
    outside : polars.Expr, optional
        Whether a post lies outside the study's period, where its definitions do not matter.

    Returns
    -------
    list of str
        One sentence each: the same small count on most posts of a page, pages on which every
        comment count is zero, posts too young, followers that the register tells, and two
        definitions of one number.
    """
    facts = page_facts(posts).join(pages, on=["platform", "page_id"]).sort("name")
    followed = with_followers_of_register(posts, pages)
    measured = followed.filter(~outside, ~_is_young(youngest))
    return [
        *_same_count(facts),
        *_no_comments(facts),
        *_too_young(posts, youngest),
        *_followers_of_register(measured, pages),
        *_two_definitions(measured),
    ]


def odd_repeats(n_fallen: int, n_unlike: int, n_days_unlike: int = 0) -> list[str]:
    """Name what looks odd about posts, and days of a page, that were seen more than once.

    Parameters
    ----------
    n_fallen : int
        Counts that are lower in a later pull than in the one before.
    n_unlike : int
        Posts with two rows in one file that tell another text, address or time of publication.
    n_days_unlike : int, default 0
        Days of a page that two rows count differently.
    """
    said = {
        f"Counts that fell between two pulls: {n_fallen:,}. The later count stands; people take "
        "reactions back, and pages remove comments.": n_fallen,
        "Posts that stand in one file twice with another text, address or time of publication: "
        f"{n_unlike:,}. The last row counts; is it one post, or an id used twice?": n_unlike,
        "Days of a page that two rows count differently: "
        f"{n_days_unlike:,}. The later count stands.": n_days_unlike,
    }
    return [sentence for sentence, n in said.items() if n]


def page_facts(posts: pl.LazyFrame) -> pl.DataFrame:
    """Summarise the counts of every page.

    Returns
    -------
    polars.DataFrame
        One row per page: ``platform``, ``page_id``, ``posts``, and for each of :data:`CONSTANT`
        ``<count> measured`` (posts in which it is), ``<count> median`` and ``<count> so often``
        (posts with just the median). A count that most posts of a page have is their median.
    """
    summaries = [
        summary.alias(f"{name} {what}")
        for name in CONSTANT
        for what, summary in (
            ("measured", pl.col(name).count()),
            ("median", pl.col(name).median()),
            ("so often", (pl.col(name) == pl.col(name).median()).sum()),
        )
    ]
    # A median needs much memory, of which a page's id takes little as a category, and a count half
    # in 32 bits; none of more than two billion is small.
    ids, counts = pl.col("platform", "page_id"), pl.col(CONSTANT)
    small = (ids.cast(pl.Categorical), counts.clip(upper_bound=LARGEST).cast(pl.Int32))
    pages = posts.with_columns(*small).group_by("platform", "page_id")
    facts = pages.agg(pl.len().alias("posts"), *summaries).collect(engine="streaming")
    return facts.with_columns(ids.cast(pl.String))


def _same_count(facts: pl.DataFrame) -> Iterator[str]:
    for name in CONSTANT:
        measured, value = pl.col(f"{name} measured"), pl.col(f"{name} median")
        odd = facts.filter(
            measured >= ENOUGH_POSTS,
            value.is_between(1, SMALL_COUNT),
            pl.col(f"{name} so often") > MOST_POSTS * measured,
        )
        columns = ("name", f"{name} median", f"{name} so often", f"{name} measured")
        for page, count, often, posts in odd.select(columns).rows():
            yield (
                f"{_in_words(name).capitalize()} are {int(count)} in {often:,} of {posts:,} posts "
                f"of {page}: a platform may show the same small number where it hides the real one."
            )


def _no_comments(facts: pl.DataFrame) -> Iterator[str]:
    silent = facts.filter(
        pl.col("comments measured") >= ENOUGH_POSTS,
        pl.col("comments median") == 0,
        pl.col("comments so often") == pl.col("comments measured"),
    )
    if silent.height:
        pages = _named(silent["name"].to_list(), "pages")
        yield (
            f"Every comment count is zero on {pages}: nobody comments, or comments are closed, "
            "hidden or not in the export."
        )


def _is_young(youngest: timedelta) -> pl.Expr:
    age = pl.col("observed_at") - pl.col("published_at")
    return (age < youngest).fill_null(value=False)


def _too_young(posts: pl.LazyFrame, youngest: timedelta) -> Iterator[str]:
    n_young = posts.select(_is_young(youngest).sum()).collect(engine="streaming").item()
    if n_young:
        yield (
            f"Posts younger than {youngest.days} days when they were counted: {n_young:,}. "
            "They are too young to judge and not measured."
        )


def _followers_of_register(posts: pl.LazyFrame, pages: pl.DataFrame) -> Iterator[str]:
    if not pages["followers"].count():
        return
    given = posts.filter(pl.col("followers_definition") == FOLLOWERS_OF_REGISTER)
    whose = given.select(KEY).unique().collect(engine="streaming")
    days = pages.join(whose, on=KEY, how="semi")["followers_date"].cast(pl.String)
    if len(days):
        when = " – ".join(sorted({str(days.min()), str(days.max())}))
        yield (
            f"Pages whose followers are those of the register: {len(days):,}. They were counted on "
            f"{when}, not when the posts were made: a page that has grown since had fewer, and its "
            "numbers per follower are too low."
        )


def _two_definitions(posts: pl.LazyFrame) -> Iterator[str]:
    counted = posts.group_by("platform", "source_file", *map(stated, DEFINED)).len()
    in_files = counted.collect(engine="streaming")
    for column, numbers in DEFINED.items():
        key = ("platform", column, "source_file")
        n_posts = in_files.drop_nulls(column).group_by(key).agg(pl.sum("len")).sort(key)
        for (platform,), definitions in n_posts.group_by("platform", maintain_order=True):
            yield from _set_aside(str(platform), numbers[0], definitions.drop("platform"))


def _set_aside(platform: str, number: str, counted: pl.DataFrame) -> Iterator[str]:
    """Say which definitions are left out, given the posts under each in each file."""
    posts: Counter[str] = Counter()
    files: defaultdict[str, list[str]] = defaultdict(list)
    for definition, file, n_posts in counted.rows():
        posts[definition] += n_posts
        files[definition].append(file)
    stays, what = leading_definition(posts), _in_words(number)
    for definition in sorted(posts.keys() - {stays}):
        where = _named(files[definition], "files")
        yield (
            f"On {platform}, {what} are counted under two definitions, which are never put "
            f"together. Used: '{stays}' (posts: {posts[stays]:,}). Left out of every measure: "
            f"'{definition}' (posts: {posts[definition]:,}, in {where}). A study of those posts "
            "alone measures them."
        )


def _in_words(name: str) -> str:
    return "likes" if name == "reactions_like" else name.replace("_", " ")


def _named(names: list[str], what: str) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more {what}" if more > 0 else "")
