"""What the posts of a page and its answers cost, and what the same reach costs as advertising.

Hours and prices are the study's, most of them between two ends; so is every cost.
"""

from __future__ import annotations

import pandas as pd

from analysis.measures.organic import not_paid
from analysis.measures.reach import organic_reach
from analysis.selection import DAYS_PER_WEEK, Selection
from analysis.study import Costs, Period, Range

COSTS = ("per_1000_reached", "per_interaction", "per_click", "per_answer")


def price_of_post(costs: Costs) -> Range:
    """Price of the hours of one post."""
    hours = costs.hours_per_post
    return Range(low=hours.low * costs.price_per_hour, high=hours.high * costs.price_per_hour)


def price_of_webcare(costs: Costs, period: Period) -> Range:
    """Price of reading and answering for one page, over the whole period."""
    weeks = ((period.end - period.start).days + 1) / DAYS_PER_WEEK
    price = weeks * costs.price_per_hour
    hours = costs.webcare_hours_per_week
    return Range(low=hours.low * price, high=hours.high * price)


def page_costs(selection: Selection, costs: Costs) -> pd.DataFrame:
    """Bound for every page what its organic posts and its answers cost for what they give.

    Returns
    -------
    pandas.DataFrame
        One row per page, indexed by ``page_id``: ``tier`` and, in the study's currency, a ``low``
        and a ``high`` of

        - ``per_1000_reached``: organic posts with a reach: their price / people reached × 1,000;
        - ``per_interaction``, ``per_click``: the same for interactions, and for clicks on links;
        - ``per_answer``: webcare of the whole period / public answers of the page to comments.

        NaN where nothing was measured, or where there was nothing to divide by.
    """
    organic = not_paid(selection.posts)
    post = price_of_post(costs)
    webcare = price_of_webcare(costs, selection.study.period)
    per_unit_of_price = {
        "per_1000_reached": (1000 / _mean(organic, organic_reach(organic)), post),
        "per_interaction": (1 / _mean(organic, organic["interactions"]), post),
        "per_click": (1 / _mean(organic, organic["link_clicks"]), post),
        "per_answer": (1 / _answers(selection.comments), webcare),
    }
    bounds = {
        f"{name}_{end}": getattr(price, end) * factor
        for name, (factor, price) in per_unit_of_price.items()
        for end in ("low", "high")
    }
    return selection.pages.set_index("page_id")[["name", "tier"]].assign(**bounds)


def _mean(posts: pd.DataFrame, counts: pd.Series) -> pd.Series:
    """Mean count per post of each page; NaN where it is zero, since that buys nothing."""
    mean = counts.groupby(posts["page_id"]).mean()
    return mean.where(mean > 0)


def _answers(comments: pd.DataFrame) -> pd.Series:
    """Replies of each page to comments; pages without any are not in it."""
    answers = comments[comments["by_page"].fillna(value=False) & comments["parent_id"].notna()]
    return answers.groupby("page_id").size().astype(float)


def people_per_post_for(costs: Costs) -> Range | None:
    """People a post must reach to cost no more than advertising; None without a price of ads.

    Under the lower number advertising is cheaper whatever the hours; over the higher one posts are.
    """
    ad, post = costs.ad_price_per_1000_reached, price_of_post(costs)
    if ad is None or ad.low == 0:
        return None
    return Range(low=1000 * post.low / ad.high, high=1000 * post.high / ad.low)
