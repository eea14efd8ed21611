"""Every figure there is, drawn from the same small data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.audience.reach import Reach, reach_per_page
from analysis.findings import (
    activity,
    channels,
    claims,
    comparison,
    content,
    costs,
    data,
    engagement,
    loss,
    loss_conditions,
    one_page,
    reach_measured,
    reach_modelled,
    responses,
    webcare,
    webcare_speed,
)
from analysis.findings.asked import gather
from analysis.findings.post_purposes import Content
from analysis.findings.tier_rates import compare
from analysis.selection import Selection
from selections import CLAIM, POSTS_PER_PAGE, comments, on_mastodon, selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
PRICES = {
    "hours_per_post": {"low": 1, "high": 3},
    "webcare_hours_per_week": {"low": 1, "high": 2},
    "price_per_hour": 60,
    "ad_price_per_1000_reached": {"low": 4, "high": 12},
    "reason": "invented for the pictures",
}
FIGURES: dict[str, Any] = {
    "coverage": data.coverage_figure,
    "ranking": lambda chosen: engagement.ranking_figure(_with_reach(chosen)[0]),
    "posts per week": activity.posts_per_week_figure,
    "months": activity.months_figure,
    "rhythm": activity.rhythm_figure,
    "kinds": activity.kinds,
    "ordinary post": engagement.ordinary_post_figure,
    "spread": engagement.spread_figure,
    "concentration": engagement.concentration_figure,
    "levels": lambda chosen: comparison.levels_figure(compare(chosen)),
    "ratios": lambda chosen: comparison.pairs_figure(compare(chosen)),
    "reply rates": lambda chosen: webcare.rates_figure(gather(chosen)),
    "waiting": lambda chosen: webcare_speed.waiting_figure(gather(chosen)),
    "questions by hour": lambda chosen: webcare_speed.by_hour_figure(gather(chosen)),
    "purposes": lambda chosen: content.shares_figure(_with_texts(chosen), "purpose"),
    "responses": lambda chosen: responses.ratios_figure(_with_texts(chosen), "purpose"),
    "tails": lambda chosen: responses.tails_figure(_with_texts(chosen)),
    "reach by size": lambda chosen: reach_modelled.by_size(*_with_reach(chosen)),
    "reach needed": lambda chosen: reach_modelled.not_measured_figure(*_with_reach(chosen)),
    "reach by month": lambda chosen: reach_measured.by_month(_with_reach(chosen)[0]),
    "paid beside organic": lambda chosen: reach_measured.paid_figure(_with_reach(chosen)[0]),
    "audiences": lambda chosen: loss.audience_figure(_with_costs(chosen)),
    "loss by other channels": lambda chosen: loss_conditions.others_figure(_with_costs(chosen)),
    "price of reach": lambda chosen: costs.costs_figure(_with_costs(chosen)),
    "channels": lambda chosen: channels.figure(channels.gather(_with_mastodon(chosen))),
    "funnel": lambda chosen: one_page.in_its_tier(_of_page(chosen), "interactions"),
    "verdicts": lambda chosen: claims.by_threshold(claims.judge(chosen), "few_reactions"),
    "verdicts at a glance": lambda chosen: claims.between_thresholds(claims.judge(chosen)),
}


def _of_page(chosen: Selection) -> Selection:
    """One page within its tier."""
    return replace(chosen, tier="gemeente", page="gemeente-4")


def _with_mastodon(chosen: Selection) -> Selection:
    """The same pages, six of which are on another platform too."""
    pages = chosen.tables.pages.assign(organisation_code=chosen.tables.pages["page_id"])
    linked = on_mastodon(replace(chosen.tables, pages=pages), 6)
    return replace(chosen, tables=linked).on("facebook")


def _with_texts(chosen: Selection) -> Content:
    """The same posts, a quarter of them with the words of a crisis."""
    texts = ["Grote brand", "De balie is gesloten", "Gefeliciteerd", "Fietslicht aan"]
    posts = chosen.study_posts
    return content.classify(
        replace(chosen, study_posts=posts.assign(message=texts * (len(posts) // len(texts))))
    )


def _with_reach(chosen: Selection) -> tuple[Selection, Reach]:
    """The same posts of which a third of the pages shared whom they reach; some were boosted."""
    posts = chosen.study_posts
    number = np.arange(len(posts))
    shared = number // POSTS_PER_PAGE % 3 == 0
    organic = 150 + 40 * (number % 7) + 5 * (number // POSTS_PER_PAGE)
    boosted = shared & (number % 10 == 0)
    posts = posts.assign(
        reach_organic=np.where(shared, organic, np.nan),
        reach=np.where(shared, organic * np.where(boosted, 6, 1), np.nan),
        reach_definition=np.where(shared, "unique people", None),
        paid=pd.array(boosted, dtype="boolean"),
        followers_at_posting=3000.0 * (1 + number // POSTS_PER_PAGE),
    )
    changed = replace(chosen, study_posts=posts)
    return changed, reach_per_page(changed)


def _with_costs(chosen: Selection) -> loss.Known:
    """The same in a study that fixes what a small loss is, and names prices."""
    changed, _ = _with_reach(chosen)
    limits = {"below": 0.02, "above": 0.05, "reason": "two numbers that the bounds lie around"}
    of = study(
        simulated=chosen.simulated,
        claims={"small_loss": limits, "small_audience_month": limits},
        costs=PRICES,
    )
    return loss.what_is_known(replace(changed, study=of))


def chosen(*, simulated: bool) -> Selection:
    of = study(simulated=simulated, claims={"few_reactions": CLAIM})
    under = comments(PAGES, {"provincie": 25, "gemeente": 12}, {"provincie": 3, "gemeente": 7})
    return selection(PAGES, RATES, of=of, under=under)
