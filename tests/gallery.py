"""Every figure there is, drawn from the same small data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.findings import (
    activity,
    claims,
    comparison,
    content,
    data,
    engagement,
    responses,
    webcare,
    webcare_speed,
)
from analysis.findings.asked import gather
from analysis.findings.post_purposes import Content
from analysis.findings.tier_rates import compare
from analysis.selection import Selection
from selections import CLAIM, comments, selection, study

PAGES = {"provincie": 8, "gemeente": 9}
RATES = {"provincie": 5.0, "gemeente": 20.0}
FIGURES: dict[str, Any] = {
    "coverage": data.coverage_figure,
    "ranking": engagement.ranking_figure,
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
    "verdicts": lambda chosen: claims.by_threshold(claims.judge(chosen), "few_reactions"),
}


def _with_texts(chosen: Selection) -> Content:
    """The same posts, a quarter of them with the words of a crisis."""
    texts = ["Grote brand", "De balie is gesloten", "Gefeliciteerd", "Fietslicht aan"]
    posts = chosen.study_posts
    return content.classify(
        replace(chosen, study_posts=posts.assign(message=texts * (len(posts) // len(texts))))
    )


def chosen(*, simulated: bool) -> Selection:
    of = study(simulated=simulated, claims={"few_reactions": CLAIM})
    under = comments(PAGES, {"provincie": 25, "gemeente": 12}, {"provincie": 3, "gemeente": 7})
    return selection(PAGES, RATES, of=of, under=under)
