"""The pages of one tier held against each other: which differ by more than luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from analysis.findings.tier_rates import PER_FOLLOWER, PER_POST
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.funnel import METHOD, Funnel, each_against_the_others, log_rate_errors
from analysis.inference.multiplicity import SIGNIFICANT
from analysis.inference.pages import log_page_rates
from analysis.inference.ranks import place_of
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.spread import per_post, posts_per_week
from analysis.selection import Selection

What = Literal["interactions", "posts"]
LIKE_SIZED = 10
FEWEST_LIKE_PAGES = 5
"""Two other pages give a funnel, and one so wide that it says nothing about anybody."""

TOO_FEW = f"luck is told from more by {FEWEST_LIKE_PAGES} like pages or more"
SIZE_UNKNOWN = "the page's own followers are not known"


@dataclass(frozen=True)
class TierPages:
    """The pages of one tier, with one rate each.

    Attributes
    ----------
    measure : Measure
        Whose rate it is.
    words : str
        The rate in a sentence: ``interactions per follower``.
    table : pandas.DataFrame
        Indexed by ``page_id``: ``name``, ``followers`` (mean, NaN where not known), ``n_posts``,
        ``log_rate`` and its standard error ``error``.
    """

    tier: str
    measure: Measure
    words: str
    table: pd.DataFrame

    @cached_property
    def against_the_others(self) -> dict[str, Estimate]:
        """Hold every page against the funnel of the tier's others; by page id."""
        if len(self.table) <= FEWEST_LIKE_PAGES:
            like = len(self.table) - 1
            return {page: self._nothing(page, like, TOO_FEW) for page in self.table.index}
        placed = each_against_the_others(
            self.table["log_rate"], self.table["error"], posts_per_page=self.table["n_posts"]
        )
        return dict(zip(self.table.index, placed, strict=True))

    @property
    def standing_out(self) -> dict[str, Estimate]:
        """Pages outside the funnel of the others, after allowing for how many were looked at."""
        found = self.against_the_others
        far = {
            page: estimate
            for page, estimate in found.items()
            if estimate.p_adjusted is not None and estimate.p_adjusted < SIGNIFICANT
        }
        return dict(sorted(far.items(), key=lambda item: -(item[1].value or 0)))

    def place(self, page: str) -> Estimate:
        """Give a page's place in the tier."""
        return place_of(
            self.table["log_rate"],
            self.table["error"],
            list(self.table.index).index(page),
            n_posts=int(self._of(page, "n_posts")),
        )

    def _of(self, page: str, column: str) -> float:
        return float(self.table[column].to_dict()[page])

    def _nothing(self, page: str, like: int, reason: str) -> Estimate:
        n_posts = int(self._of(page, "n_posts"))
        return not_estimable(reason, n_pages=like, n_posts=n_posts, unit="ratio", method=METHOD)

    def like_sized(self, page: str) -> pd.DataFrame:
        """Give the pages nearest in followers, on the log scale, without the page itself."""
        return nearest_in_followers(self.table, page)

    def against_like_sized(self, page: str) -> Estimate:
        """Hold a page against the funnel of the pages nearest in followers."""
        like = self.like_sized(page)
        if len(like) < FEWEST_LIKE_PAGES:
            size_known = self._of(page, "followers") > 0
            return self._nothing(page, len(like), TOO_FEW if size_known else SIZE_UNKNOWN)
        placed = Funnel.of(like["log_rate"], like["error"]).place(
            self._of(page, "log_rate"),
            self._of(page, "error"),
            n_posts=int(self._of(page, "n_posts")),
        )
        return replace(placed, method=placed.method.replace("other pages", "like-sized pages"))


def nearest_in_followers(pages: pd.DataFrame, page: str) -> pd.DataFrame:
    """Give the pages whose followers are nearest to those of one page, by ratio.

    Parameters
    ----------
    pages : pandas.DataFrame
        Indexed by ``page_id``, with ``followers``.
    page : str
        Is left out itself.
    """
    known = pages[pages["followers"] > 0]
    if page not in known.index:
        return known.iloc[:0]
    sizes = pd.Series(np.log(known["followers"].to_numpy(dtype=float)), index=known.index)
    apart = (sizes - sizes[page]).abs().drop(page)
    return known.loc[apart.sort_values(kind="stable").index[:LIKE_SIZED]]


def pages_of_tier(selection: Selection, what: What, tier: str) -> TierPages:
    """Give every page of a tier its rate; pages with fewer than two posts have none."""
    posts = selection.study_posts[selection.study_posts["tier"] == tier]
    if what == "posts":
        measure, words = CATALOGUE["posts_per_week"], say("posts per week")
        material = replace(selection.material, posts=posts)
        start = pd.Timestamp(selection.study.period.start, tz=selection.study.timezone)
        counts = posts_per_week(material, start)
    else:
        known = selection.study_posts["followers_at_posting"].notna().any()
        rate = PER_FOLLOWER if known else PER_POST
        measure, words = rate.mean, rate.words
        counts = per_post(posts, "interactions", "followers_at_posting" if known else None)
    counts["log_rate"] = log_page_rates(counts["total"], counts["exposure"])
    counts["error"] = log_rate_errors(counts["total"], counts["squares"], counts["units"])
    names = selection.study_pages.set_index("page_id")["name"]
    followers = posts.groupby("page_id")["followers_at_posting"].mean()
    counts = counts.join(names).join(followers.rename("followers"))
    return TierPages(tier, measure, words, counts)
