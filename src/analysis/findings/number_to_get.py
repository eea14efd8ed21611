"""The number that would settle an advice, or change it: the end of notebook 07."""

from __future__ import annotations

import pandas as pd

from analysis.audience.advice import Advice, Why
from analysis.audience.loss import hurts_from, others_must_reach, others_must_reach_if_alike
from analysis.language import say
from analysis.sentences import about, percentage
from analysis.study import Threshold


def number_to_get(row: pd.DataFrame, advice: Advice, threshold: Threshold) -> str:
    """Say which number would settle it, or change it, and from where on.

    Parameters
    ----------
    row : pandas.DataFrame
        The row of the page, as `analysis.audience.loss.losses` gives it.
    advice : Advice
    threshold : Threshold
        Of a loss that is small.
    """
    match advice.why:
        case Why.NO_TARGET_GROUP:
            return say("How many people the page wants to reach.")
        case Why.NO_MONTH:
            return say("The posts of at least one whole month, with their dates.")
        case Why.REACH_NOT_MEASURED:
            return _reach_to_get(row, threshold)
        case Why.OTHER_CHANNELS_NOT_KNOWN:
            return _others_to_get(row, threshold)
        case Why.PRICE_NOT_CLEAR:
            return say("Hours per post, and the price of advertising to this target group.")
        case _:
            return _people_to_get(row, advice, threshold)


def _others_to_get(row: pd.DataFrame, threshold: Threshold) -> str:
    whomever = percentage(float(others_must_reach(row, threshold).iloc[0]))
    alike = percentage(float(others_must_reach_if_alike(row, threshold).iloc[0]))
    return say(
        "What other channels reach: over {whomever} of the target group little is lost, whomever "
        "they reach; over {alike} if they reach the posts' audience like everyone.",
        whomever=whomever,
        alike=alike,
    )


def _reach_to_get(row: pd.DataFrame, threshold: Threshold) -> str:
    said = say("Organic reach per post, from the page's own insights.")
    return f"{said} {_hurts_in_words(row, threshold)}".strip()


def _hurts_in_words(row: pd.DataFrame, threshold: Threshold) -> str:
    per_follower = hurts_from(row, threshold).dropna()
    if per_follower.empty:
        return ""
    wanted = percentage(float(per_follower.iloc[0]))
    return say(
        "Stopping can hurt only if a month of posts reaches {share} of the followers or more.",
        share=wanted,
    )


def _people_to_get(row: pd.DataFrame, advice: Advice, threshold: Threshold) -> str:
    """Different people reached in a month, as the page's own insights count them."""
    page = row.iloc[0]
    if advice.why is Why.LITTLE_IS_LOST and page["not_otherwise_high"] < threshold.below:
        return say("None: other channels miss so few that no number of people changes this advice.")
    return say(
        "Different people reached in a month, from the page's insights: {from_where}.",
        from_where=_from_how_many(page, advice, threshold),
    )


def _from_how_many(page: pd.Series, advice: Advice, threshold: Threshold) -> str:
    """Say between which numbers of people an advice stands, by the bounds of the loss."""
    size, others = page["target_group_size"], page["otherwise_high"]
    much = about((threshold.above + others) * size)
    little = about(threshold.below * size)
    match advice.why:
        case Why.MUCH_IS_LOST:
            return say("the advice stands over {people}", people=much)
        case Why.IN_BETWEEN_AND_ADS_CHEAPER | Why.IN_BETWEEN_AND_POSTS_CHEAPER:
            low = about((threshold.below + others) * size)
            if page["not_otherwise_high"] <= threshold.above:
                return say("the advice stands from {people} on", people=low)
            high = about(threshold.above * size)
            return say("the advice stands from {low} to {high}", low=low, high=high)
        case Why.BOUNDS_TOO_WIDE if threshold.above + others >= 1:
            return say("under {people} little is lost", people=little)
        case Why.BOUNDS_TOO_WIDE:
            return say("under {little} little is lost, over {much} much", little=little, much=much)
        case _:
            return say("the advice stands under {people}", people=little)
