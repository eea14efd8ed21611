"""Whom the organic posts of each page reach: measured where a page shared it, else modelled.

Everything is in people and between bounds. Where a page shared its reach, the two bounds of an
ordinary post are the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from analysis.inference.reach_model import ReachModel, fit
from analysis.measures.organic import organic_readings
from analysis.measures.reach import organic_reach
from analysis.selection import Selection, of_tier
from analysis.study import Period, Study

MEASURED_FROM = 0.5
"""A page is measured when at least this share of its organic posts has a reach."""

NOT_STATED = "what was counted is not stated"

BOUNDS = ("post_low", "post_high", "month_low", "month_high")
AUDIENCE = [
    *("name", "tier", "target_group", "target_group_size"),
    *("platform_share", "reached_otherwise_low", "reached_otherwise_high"),
]
FACTS = [
    *("shared", "followers", "interactions", "n_posts", "n_measured"),
    *("posts_per_month", "measured", "definition"),
]


@dataclass(frozen=True)
class Reach:
    """Whom the organic posts of some pages reach.

    Attributes
    ----------
    pages : pandas.DataFrame
        One row per page of the selection, indexed by ``page_id``, pages without posts included:

        - ``name``, ``tier``, ``target_group``, ``target_group_size``, ``platform_share``,
          ``reached_otherwise_low``, ``reached_otherwise_high``: as in the selection's pages;
        - ``shared`` (bool): its tier wants to reach the same people as others do;
        - ``followers`` (mean at posting), ``interactions`` (mean per organic post), ``n_posts``
          (organic), ``n_measured`` (of these, with a reach);
        - ``posts_per_month``: organic posts in the median month from its first post to its last,
          months without posts included; only months that lie wholly in the study's period count;
        - ``definition``: what the page's export counts as reach; missing where it does not say;
        - ``measured`` (bool): whether the bounds are its own numbers or the model's;
        - ``post_low``, ``post_value``, ``post_high``: people reached by an ordinary organic post,
          which is the median over them; one number three times where it was measured;
        - ``month_low``, ``month_high``: people reached by the organic posts of an ordinary month,
          from its best post to the sum of its posts: how many people see two of them is not known.

        Bounds are NaN where neither reach nor what the model needs was measured.
    model : ReachModel
        The model of an ordinary post, made from every measured page of the study.
    level : float
        Level of the modelled pages' intervals, two-sided.
    """

    pages: pd.DataFrame
    model: ReachModel
    level: float

    @property
    def definition(self) -> str:
        """What the model counts as reach: what the pages that it learned from do."""
        return self.model.definition

    @property
    def counted(self) -> str:
        """What is counted as reach here: as measured, and as modelled where nothing is."""
        measured = self.pages.loc[self.pages["measured"], "definition"]
        if measured.empty:
            return self.definition
        stated = measured.dropna()
        return NOT_STATED if stated.empty else str(stated.iloc[0])

    @property
    def any_modelled(self) -> bool:
        """Whether one of the bounds is the model's."""
        return bool((~self.pages["measured"] & self.pages["post_high"].notna()).any())

    def of(self, tier: str) -> Self:
        """Give the same of the pages of a tier alone; of ``all``, of every page."""
        return replace(self, pages=of_tier(self.pages, tier))

    def if_others_reach(self, factor: float) -> Self:
        """Give the same as if every page that was not measured reached so many times as many.

        Pages that share their reach are volunteers; this is what it takes if the others differ.
        """
        times = self.pages["measured"].map({True: 1.0, False: factor})
        people = self.pages[[*BOUNDS, "post_value"]].mul(times, axis="index")
        return replace(self, pages=self.pages.assign(**people))


def reach_per_page(
    selection: Selection, *, level: float = 0.95, with_interactions: bool = True
) -> Reach:
    """Say for every page of a selection whom its organic posts reach.

    Parameters
    ----------
    selection : Selection
        Its pages are described; all measured pages of its study on this platform make the model.
    level : float, default 0.95
        Level of the modelled pages' intervals, two-sided.
    with_interactions : bool, default True
        False leaves interactions out of the model, for a conclusion on reach that does not rest
        on reactions.

    Notes
    -----
    `analysis.inference.reach_model.BESIDE_EVERY_INTERVAL` belongs next to what is shown of modelled
    pages, and ``Reach.model.left_out()`` wherever a page was measured. An ordinary post is the
    median over the page's posts. A month's best post is taken to reach what an ordinary one does,
    at least; the sum of a month's posts goes by a second model, of the mean.
    Where it is not known which posts were paid for, the bounds span both readings of
    `analysis.measures.organic.organic_readings`; all other columns are of the first.
    """
    readings = organic_readings(selection.study_posts)
    # Always of all pages together, so that a page has the same bounds, to the last digit, in every
    # notebook.
    study = _spanning([_reading(selection, posts, level, with_interactions) for posts in readings])
    return replace(study, pages=study.pages.loc[selection.pages["page_id"]])


def _reading(
    selection: Selection, organic: pd.DataFrame, level: float, with_interactions: bool
) -> Reach:
    """Say whom the posts of the study's pages reach if these were the organic ones."""
    facts = _facts(organic.assign(reached=organic_reach(organic)), selection.study)
    models = {of: _fit(facts, of, with_interactions) for of in ("ordinary", "mean")}
    pages = selection.study_pages.set_index("page_id")[AUDIENCE].join(facts)
    counts = pages[["n_posts", "n_measured"]].fillna(0).astype(int)
    pages = pages.assign(
        **counts,
        measured=_measured(counts),
        shared=pages["tier"].isin(shared_tiers(selection.study)),
    )
    bounds = _measured_bounds(pages).combine_first(_modelled_bounds(pages, models, level))
    return Reach(pages[[*AUDIENCE, *FACTS]].join(bounds), models["ordinary"], level)


def _spanning(readings: Sequence[Reach]) -> Reach:
    """Give the first reading with bounds that hold under all of them."""
    pages = readings[0].pages.copy()
    for name in BOUNDS:
        columns = pd.concat([reading.pages[name] for reading in readings], axis="columns")
        pages[name] = columns.min(axis=1) if name.endswith("low") else columns.max(axis=1)
    return replace(readings[0], pages=pages)


def shared_tiers(study: Study) -> tuple[str, ...]:
    """Tiers whose pages want to reach the same people."""
    return tuple(tier.name for tier in study.tiers if tier.audience == "shared")


def whole_months(period: Period) -> pd.PeriodIndex:
    """Calendar months that lie wholly in a period."""
    months = pd.period_range(period.start, period.end, freq="M")
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    return months[(months.start_time >= first) & (months.end_time.normalize() <= last)]


def _facts(organic: pd.DataFrame, study: Study) -> pd.DataFrame:
    """What is known of every page from its own organic posts; one row per page with posts."""
    by_page = organic.groupby("page_id")
    facts = pd.DataFrame(
        {
            "followers": by_page["followers_at_posting"].mean(),
            "interactions": by_page["interactions"].mean(),
            "n_posts": by_page.size(),
            "n_measured": by_page["reached"].count(),
            "ordinary": by_page["reached"].median(),
            "mean": by_page["reached"].mean(),
            "definition": by_page["reach_definition"].first(),
        }
    )
    return facts.join(_ordinary_month(organic, study))


def _ordinary_month(organic: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Median over a page's months of its number of posts, its best post and their sum.

    A post without a reach counts as the page's mean. Months before a page's first post and after
    its last do not count: whether it was silent or is not in the data then is not known.
    """
    clock = organic["published_at"].dt.tz_convert(study.timezone).dt.tz_localize(None)
    month = clock.dt.to_period("M")
    usual = organic.groupby("page_id")["reached"].transform("mean")
    dated = organic.assign(month=month, reached=organic["reached"].fillna(usual))
    by_month = dated.groupby(["page_id", "month"])["reached"].agg(["size", "max", "sum"])
    names = {"size": "posts_per_month", "max": "best_post", "sum": "all_posts"}
    months = whole_months(study.period)
    return pd.DataFrame(
        {
            name: _median_month(
                by_month.pivot_table(index="page_id", columns="month", values=of), months
            )
            for of, name in names.items()
        }
    )


def _median_month(pages: pd.DataFrame, months: pd.PeriodIndex) -> pd.Series:
    """Median over some months, from a page's first to its last; one without posts counts zero.

    Parameters
    ----------
    pages : pandas.DataFrame
        One row per page and one column per month, missing without posts.
    """
    known = pd.PeriodIndex(pages.columns, freq="M")
    every = pages.astype(float).reindex(columns=known.union(months))
    lasted = every.ffill(axis="columns").notna() & every.bfill(axis="columns").notna()
    return every.fillna(0).where(lasted)[months].median(axis="columns")


def _measured(facts: pd.DataFrame) -> pd.Series:
    return (facts["n_measured"] > 0) & (facts["n_measured"] >= MEASURED_FROM * facts["n_posts"])


def _fit(facts: pd.DataFrame, of: str, with_interactions: bool) -> ReachModel:
    """Learn from the pages that shared their reach what an ordinary or a mean post reaches."""
    known = facts[_measured(facts) & facts["definition"].notna() & (facts[of] > 0)]
    known = known[_predictable(known, with_interactions)]
    return fit(
        known["followers"],
        known["interactions"],
        known[of],
        definitions=known["definition"].tolist(),
        n_posts=int(known["n_measured"].sum()),
        with_interactions=with_interactions,
    )


def _predictable(facts: pd.DataFrame, with_interactions: bool) -> pd.Series:
    """Pages of which everything is known that the model looks at."""
    followed = facts["followers"] > 0
    return followed & facts["interactions"].notna() if with_interactions else followed


def _measured_bounds(pages: pd.DataFrame) -> pd.DataFrame:
    bounds = {"post_low": "ordinary", "post_value": "ordinary", "post_high": "ordinary"}
    bounds |= {"month_low": "best_post", "month_high": "all_posts"}
    return pd.DataFrame({name: pages[fact] for name, fact in bounds.items()})[pages["measured"]]


def _modelled_bounds(
    pages: pd.DataFrame, models: dict[str, ReachModel], level: float
) -> pd.DataFrame:
    """Bounds of the pages that were not measured.

    A month's best post reaches as many as an ordinary one at least: that of few posts is no better.
    """
    model = models["ordinary"]
    wanted = pages[~pages["measured"] & _predictable(pages, model.with_interactions)]
    ordinary, mean = (_people(wanted, models[of], level) for of in ("ordinary", "mean"))
    return pd.DataFrame(
        {
            "post_low": ordinary["low"],
            "post_value": ordinary["value"],
            "post_high": ordinary["high"],
            "month_low": ordinary["low"] * wanted["posts_per_month"].clip(upper=1),
            "month_high": mean["high"] * wanted["posts_per_month"],
        }
    )


def _people(pages: pd.DataFrame, model: ReachModel, level: float) -> pd.DataFrame:
    """People reached by a post of each page, as the model has it."""
    rates = model.predict(pages["followers"], pages["interactions"], level=level)
    shares = pd.DataFrame(
        [(rate.low, rate.value, rate.high) for rate in rates],
        index=pages.index,
        columns=["low", "value", "high"],
        dtype=float,
    )
    return shares.mul(pages["followers"], axis="index")
