"""The true values of what the notebooks answer, under the demo's generator.

A true value is what an estimate goes to with more and more years of such pages. It is found by
drawing the demo under many other seeds, and is computed from what was drawn, not from what exports
show: whom every page reached, which posts were boosted, which comments truly need an answer.

- Of the *typical page* it is the median over the pages of all draws.
- Of a *ratio of tiers* it is the ratio of the geometric means over those pages.
- Of *replies* it is the mean over the pages with enough comments that truly need one; of the claim
  on webcare a range, from there to the pooled rate, since its bounds are to hold for both. The same
  *as the rules have it*: over the comments that the rules take for such. That is what is printed
  without hand-coded comments, and how far it is from the truth is not known.
- Of *another platform beside Facebook* it is the geometric mean, over the organisations that are on
  both, of what they have there for each they have on Facebook.
- Of an *audience* it is a range, since the generator does not say how many people two posts, or two
  pages, both reach: from the best post, or the largest page, to the sum. So is what would be
  *lost*: other channels may reach first of all whom posts reach, or first of all the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl
from elsewhere import beside_facebook, true_channels
from true_value import ALL, WEEKS, TrueValue, key, mean

from analysis.demo.business_suite import OWNERS
from analysis.demo.comment_texts import NEEDS_ANSWER
from analysis.demo.comments import simulate_comments
from analysis.demo.crowdtangle import id_of_post
from analysis.demo.organisations import ORGANISATIONS
from analysis.demo.posts import simulate
from analysis.demo.reach import with_reach
from analysis.demo.registers import REACHED_OTHERWISE
from analysis.demo.truth import Truth
from analysis.sources.wording import needs_answer
from analysis.vocabulary import NO_NEED

FIRST_SEED = 1_000_000
"""Far from the seeds that are judged."""

FEWEST_QUESTIONS = 10

INTERACTIONS_RATE = "interactions_per_1000_followers"
RATIO = "ratio of geometric means"
TYPICAL = (
    *("posts_per_week", INTERACTIONS_RATE, "no_comment"),
    *("organic_reach_rate", "crisis_share_of_interactions"),
)

TRULY = pl.col("wants").is_in(NEEDS_ANSWER)
BY_THE_RULES = needs_answer(pl.col("text")) != NO_NEED
RULES = ", as the rules have it"
REPLIES = ("reply_rate", "answered_within_24_hours", "answered_within_7_days")

MEASURED = [page.page_id for page in ORGANISATIONS if page.name in OWNERS]
"""Pages that share whom they reach."""

SIZES = pl.DataFrame(
    [
        {
            "page_id": page.page_id,
            "group": page.target_group if page.tier == "rijksoverheid" else page.page_id,
            "size": page.target_group_size,
            "otherwise_low": REACHED_OTHERWISE.get(page.name, (None, None))[0],
            "otherwise_high": REACHED_OTHERWISE.get(page.name, (None, None))[1],
        }
        for page in ORGANISATIONS
    ],
    schema_overrides={"otherwise_low": pl.Float64, "otherwise_high": pl.Float64},
)
"""Target groups: those of the Rijk are shared by name, every other page has its own."""


def true_values(truth: Truth, draws: int) -> dict[str, TrueValue]:
    """Give the true value of every answer, by ``key``.

    Parameters
    ----------
    truth : Truth
        The world. Its seed is not used.
    draws : int
        How many years of all pages are drawn.
    """
    seeds = range(FIRST_SEED, FIRST_SEED + draws)
    drawn = [_draw(replace(truth, seed=seed)) for seed in seeds]
    pages, elsewhere = (pl.concat(tables) for tables in zip(*drawn, strict=True))
    return dict(_values(pages)) | dict(beside_facebook(elsewhere))


def draw_posts(truth: Truth) -> pl.DataFrame:
    """Draw a year of posts, with everything that is true about them."""
    ids = pl.struct("page_id", "number").map_elements(id_of_post, return_dtype=pl.String)
    return with_reach(simulate(truth), truth).with_columns(
        interactions=pl.sum_horizontal(*truth.interactions),
        month=pl.col("published_at").dt.month(),
        post_id=ids,
    )


def ordinary_reach(truth: Truth) -> dict[str, float]:
    """Give how many people an ordinary organic post of every page reaches in one draw."""
    organic = draw_posts(truth).filter(~pl.col("boosted"))
    reached = organic.group_by("page_id").agg(pl.col("reach_organic").median())
    return dict(reached.iter_rows())


def true_pages(posts: pl.DataFrame, comments: pl.DataFrame) -> pl.DataFrame:
    """Give what is true of every page in one draw; one row per page."""
    own = comments.filter(pl.col("author").is_null()).group_by("post_id").agg(own=pl.len())
    posts = posts.join(own, on="post_id", how="left").with_columns(
        by_others=pl.col("Comments") - pl.col("own").fill_null(0),
        rate=1000 * pl.col("interactions") / pl.col("followers"),
        reach_rate=pl.col("reach_organic") / pl.col("followers"),
    )
    organic = posts.filter(~pl.col("boosted"))
    purposes = posts["purpose"].unique().sort()
    of_crisis = pl.col("interactions") * (pl.col("purpose") == "crisis")
    of_all = posts.group_by("tier", "page_id").agg(
        *((pl.col("purpose") == name).mean().alias(f"share_purpose_{name}") for name in purposes),
        (pl.len() / WEEKS).alias("posts_per_week"),
        pl.col("rate").median().alias(INTERACTIONS_RATE),
        (pl.col("Comments") == 0).mean().alias("no_comment"),
        (of_crisis.sum() / pl.col("interactions").sum()).alias("crisis_share_of_interactions"),
        log_rate=((pl.col("interactions").sum() + 0.5) / (pl.col("followers").sum() / 1000)).log(),
    )
    of_organic = organic.group_by("page_id").agg(
        pl.col("reach_rate").median().alias("organic_reach_rate"),
        few_reactions=pl.col("rate").median(),
        few_comments=(pl.col("by_others") <= 1).mean(),
        post=pl.col("reach_organic").median(),
    )
    in_month = organic.group_by("page_id", "month").agg(
        best=pl.col("reach_organic").max(), total=pl.col("reach_organic").sum()
    )
    months = in_month.group_by("page_id").agg(pl.col("best", "total").median())
    return (
        of_all.join(of_organic, on="page_id")
        .join(months, on="page_id")
        .join(_webcare(comments, TRULY), on="page_id", how="left")
        .join(_webcare(comments, BY_THE_RULES), on="page_id", how="left", suffix=RULES)
        .join(SIZES, on="page_id")
    )


def _draw(truth: Truth) -> tuple[pl.DataFrame, pl.DataFrame]:
    posts = draw_posts(truth)
    pages = true_pages(posts, simulate_comments(posts, truth))
    return pages.with_columns(draw=pl.lit(truth.seed)), true_channels(posts, truth)


def _webcare(comments: pl.DataFrame, needs: pl.Expr) -> pl.DataFrame:
    """Reply rates per page, of the comments that need an answer."""
    answers = (
        comments.filter(pl.col("author").is_null())
        .group_by("parent_id")
        .agg(answered_at=pl.col("created_at").min())
    )
    is_asked = needs & pl.col("author").is_not_null() & pl.col("parent_id").is_null()
    asked = comments.filter(is_asked).join(
        answers, left_on="comment_id", right_on="parent_id", how="left"
    )
    waited = pl.col("answered_at") - pl.col("created_at")
    return asked.group_by("page_id").agg(
        pl.col("answered_at").is_not_null().mean().alias("reply_rate"),
        (waited <= pl.duration(hours=24)).fill_null(False).mean().alias("answered_within_24_hours"),
        (waited <= pl.duration(days=7)).fill_null(False).mean().alias("answered_within_7_days"),
        asked=pl.len(),
        answered=pl.col("answered_at").is_not_null().sum(),
    )


def _values(pages: pl.DataFrame) -> Iterator[tuple[str, TrueValue]]:
    tiers = pages["tier"].unique(maintain_order=True).to_list()
    for tier in (*tiers, ALL):
        of_tier = pages if tier == ALL else pages.filter(tier=tier)
        purposes = [name for name in pages.columns if name.startswith("share_purpose_")]
        for measure in (*TYPICAL, *purposes):
            yield key(measure, tier), _median(of_tier[measure])
        yield key("share_purpose_none", tier), TrueValue.of(0)
        hidden = of_tier.filter(~pl.col("page_id").is_in(MEASURED))
        yield key("modelled_reach_rate", tier), _median(hidden["organic_reach_rate"])
        for by in ("", RULES):
            yield from ((key(name, tier), value) for name, value in _answers(of_tier, by))
        for claim in ("few_reactions", "few_comments"):
            yield key(claim, tier), _median(of_tier[claim])
        yield from ((key(claim, tier), value) for claim, value in _audiences(of_tier))
    log_rate = {tier: mean(pages.filter(tier=tier)["log_rate"]) for tier in tiers}
    for first in tiers:
        for second in tiers:
            ratio = math.exp(log_rate[first] - log_rate[second])
            yield key(RATIO, first, second), TrueValue.of(ratio)


def _median(values: pl.Series) -> TrueValue:
    return TrueValue.of(float(np.median(values.drop_nulls().to_numpy())))


def _answers(pages: pl.DataFrame, by: str) -> Iterator[tuple[str, TrueValue]]:
    """Share of comments that are answered: on the mean page, in time, and pooled as well."""
    enough = pages.filter(pl.col(f"asked{by}") >= FEWEST_QUESTIONS)
    mean_page = {name: mean(enough[f"{name}{by}"]) for name in REPLIES}
    pooled = mean(enough[f"answered{by}"]) / mean(enough[f"asked{by}"])
    yield from ((f"{name}{by}", TrueValue.of(value)) for name, value in mean_page.items())
    yield f"webcare_absent{by}", _range(pooled, mean_page["reply_rate"])


def _audiences(pages: pl.DataFrame) -> Iterator[tuple[str, TrueValue]]:
    """Shares of the median target group reached by an ordinary post and in a month, and lost."""
    groups = pages.group_by("draw", "group").agg(
        post_low=pl.col("post").max() / pl.col("size").max(),
        post_high=pl.col("post").sum() / pl.col("size").max(),
        month_low=pl.col("best").max() / pl.col("size").max(),
        month_high=(pl.col("total").sum() / pl.col("size").max()).clip(upper_bound=1),
        otherwise_low=pl.col("otherwise_low").min(),
        otherwise_high=pl.col("otherwise_high").max(),
    )
    lost = groups.drop_nulls("otherwise_low").with_columns(
        loss_low=(pl.col("month_low") - pl.col("otherwise_high")).clip(lower_bound=0),
        loss_high=pl.min_horizontal("month_high", 1 - pl.col("otherwise_low")),
    )
    yield "small_audience_post", _medians(groups, "post")
    yield "small_audience_month", _medians(groups, "month")
    if not lost.is_empty():
        yield "small_loss", _medians(lost, "loss")


def _medians(groups: pl.DataFrame, of: str) -> TrueValue:
    low, high = (_median(groups[f"{of}_{end}"]).low for end in ("low", "high"))
    return _range(low, high)


def _range(*ends: float) -> TrueValue:
    return TrueValue(min(ends), max(ends))
