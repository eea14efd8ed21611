"""The channel advice that ends notebook 07: what to do, why, and the number to get."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.advice import Action, Advice, Numbers, Why, advise
from analysis.audience.loss import hurts_from, others_must_reach, others_must_reach_if_alike
from analysis.findings.costs import span_of
from analysis.findings.loss import Known
from analysis.inference.audiences import TARGET_GROUP_SHARE
from analysis.inference.estimate import Basis
from analysis.sentences import NOT_MEASURED, count, joined, number, percentage
from analysis.showing import Sentence, ShownTable, result_row
from analysis.study import Range, Threshold

NO_THRESHOLDS = Sentence(
    "This study fixes **no thresholds** for a loss that counts as small, so it gives **no "
    "advice**. They go into the study file as `[claims.small_loss]`, with a reason, before the "
    "data are read."
)
NO_PAGES_LEFT = Sentence("Every page here has its advice: no number is missing.")
OUTSIDE = (
    "The advice goes by reach. Answering people, speaking in a crisis, law and values are not in "
    "it; they may be reason enough to stay or to go."
)
MOST_ADVISED, MOST_WAITING = 15, 40
"""Rows of the two tables, so that the advice stays a page."""


def in_short(known: Known) -> Sentence:
    """Say what is advised, in one sentence."""
    threshold = known.threshold
    if threshold is None:
        return NO_THRESHOLDS
    advised = {page: _advice(known, page, threshold) for page in known.pages.index}
    if known.selection.page:
        (advice,) = advised.values()
        return Sentence(f"**The advice: {advice.action}.** {_capital(advice.why)}.")
    return Sentence(f"**The advice**, page by page: {_counted(advised)}. It ends this notebook.")


def channel_advice(known: Known) -> Sentence | ShownTable:
    """Advise on the organic posts of one page, or of every page of a tier that has the numbers."""
    threshold = known.threshold
    if threshold is None:
        return NO_THRESHOLDS
    if known.pages.empty:
        return Sentence("There is no page to advise on.")
    if known.selection.page:
        return _of_one_page(known, threshold)
    return _of_pages(known, threshold)


def _of_one_page(known: Known, threshold: Threshold) -> Sentence:
    page = next(iter(known.pages.index))
    advice = _advice(known, page, threshold)
    said = [
        f"**{known.selection.label}: {advice.action}.**",
        f"*Why.* {_reason(known, page, advice)}",
        f"*The number to get.* {_number_to_get(known, page, advice, threshold)}",
        f"*Thresholds.* {_thresholds(threshold)}",
        OUTSIDE,
    ]
    return Sentence("\n\n".join(said), [_row(known, page, advice)])


def _row(known: Known, page: Any, advice: Advice) -> dict[str, Any]:
    """Make the tidy row of an advice: the loss it went by, and what is advised as its verdict."""
    numbers = numbers_of(known, page)
    found = Basis(
        n_pages=1,
        n_posts=int(known.pages.loc[page, "n_posts"]),
        unit=TARGET_GROUP_SHARE,
        method="bounds of what a month of posts reaches and other channels do not",
    )
    loss = (
        found.bounds_alone(numbers.loss.low, numbers.loss.high, str(advice.why))
        if numbers.month
        else found.nothing(str(advice.why))
    )
    return result_row(
        known.selection,
        loss,
        measure="channel_advice",
        definition="rule over the loss, what other channels reach, and prices",
        verdict=str(advice.action),
    )


def _of_pages(known: Known, threshold: Threshold) -> ShownTable:
    """Tabulate the pages of which enough is known, and count the others."""
    advised = {page: _advice(known, page, threshold) for page in known.pages.index}
    decided = {page: advice for page, advice in advised.items() if _has_numbers(advice)}
    waiting = [advice for advice in advised.values() if not _has_numbers(advice)]
    rows = [
        _row_of_page(known, page, advice, threshold)
        for page, advice in list(decided.items())[:MOST_ADVISED]
    ]
    if waiting:
        rows.append(_row_of_others(waiting, alone=not rows))
    note = _note(len(decided) - MOST_ADVISED, threshold)
    return ShownTable(pd.DataFrame(rows), f"Channel advice: {_counted(advised)}", note=note)


def _row_of_page(known: Known, page: Any, advice: Advice, threshold: Threshold) -> dict[str, str]:
    numbers = numbers_of(known, page)
    return {
        "Page": str(known.pages.loc[page, "name"]),
        "Advice": str(advice.action),
        "A month reaches": _shares(numbers.month) if numbers.month else NOT_MEASURED,
        "Would hear less": _shares(numbers.loss) if numbers.month else NOT_MEASURED,
        "Why": _capital(advice.why),
        "The number to get": _number_to_get(known, page, advice, threshold),
    }


def _row_of_others(waiting: list[Advice], *, alone: bool) -> dict[str, str]:
    reasons = [advice.why for advice in waiting]
    why = [f"{reason} ({reasons.count(reason)})" for reason in Why if reason in reasons]
    pages = count(len(waiting), "page")
    return {
        "Page": pages if alone else f"{pages} more",
        "Advice": str(Action.MEASURE_FIRST),
        "A month reaches": NOT_MEASURED,
        "Would hear less": NOT_MEASURED,
        "Why": _capital("; ".join(why)),
        "The number to get": "See the next table",
    }


def _counted(advised: dict[Any, Advice]) -> str:
    actions = [advice.action for advice in advised.values()]
    present = [action for action in Action if action in actions]
    return joined([f"{action} {actions.count(action)}" for action in present])


def _note(more: int, threshold: Threshold) -> str:
    said = [f"{count(more, 'more page')} with numbers: see their own reports."] if more > 0 else []
    return " ".join([*said, _thresholds(threshold), OUTSIDE])


def _thresholds(threshold: Threshold) -> str:
    return (
        f"Little is lost under {percentage(threshold.below)} of the target group, much over "
        f"{percentage(threshold.above)}: {threshold.reason.rstrip('.')}."
    )


def _has_numbers(advice: Advice) -> bool:
    return advice.why not in (Why.NO_TARGET_GROUP, Why.REACH_NOT_MEASURED, Why.NO_MONTH)


def _advice(known: Known, page: Any, threshold: Threshold) -> Advice:
    return advise(numbers_of(known, page), threshold)


def numbers_of(known: Known, page: Any) -> Numbers:
    """Give what is known of one page, as the rule takes it."""
    row = known.pages.loc[page]
    stated = known.selection.study.costs
    post = None if known.costs is None else _range(known.costs.loc[page], "per_1000_reached")
    return Numbers(
        has_target_group=bool(row["target_group_size"] > 0),
        reach_measured=bool(row["measured"]),
        month=_range(row, "share"),
        not_otherwise=_range(row, "not_otherwise") if row["otherwise_known"] else None,
        post_price=post,
        ad_price=stated.ad_price_per_1000_reached if stated else None,
    )


def _range(row: pd.Series, name: str) -> Range | None:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return None if pd.isna(low) or pd.isna(high) else Range(low=float(low), high=float(high))


def _reason(known: Known, page: Any, advice: Advice) -> str:
    """Give the step that decided, with the numbers it went by."""
    numbers = numbers_of(known, page)
    if numbers.month is None:
        return f"{_capital(advice.why)}."
    month = f"A month of organic posts reaches {_shares(numbers.month)} of the target group"
    if not numbers.reach_measured:
        month += ", says a model; the page's own numbers are needed to decide"
    if numbers.not_otherwise is None:
        others = "what other channels reach is not known"
    else:
        others = f"other channels leave {_shares(numbers.not_otherwise)} of it unreached"
    lost = f"so {_shares(numbers.loss)} would hear less"
    said = [f"{month}; {others}; {lost}: {advice.why}."]
    if advice.why in BY_PRICE:
        said.append(_prices(known, numbers))
    return " ".join(said)


BY_PRICE = (
    Why.UNREACHED_AND_ADS_CHEAPER,
    Why.UNREACHED_AND_POSTS_CHEAPER,
    Why.IN_BETWEEN_AND_ADS_CHEAPER,
    Why.IN_BETWEEN_AND_POSTS_CHEAPER,
)


def _prices(known: Known, numbers: Numbers) -> str:
    stated, post, ad = known.selection.study.costs, numbers.post_price, numbers.ad_price
    if stated is None or post is None or ad is None:
        return ""
    posts, ads = span_of(post.low, post.high), span_of(ad.low, ad.high)
    return (
        f"Reaching 1,000 people costs {posts} {stated.currency} by posts, and {ads} by advertising."
    )


def _shares(bounds: Range) -> str:
    low, high = percentage(bounds.low), percentage(bounds.high)
    return low if low == high else f"between {low} and {high}"


def _capital(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}"


def _number_to_get(known: Known, page: Any, advice: Advice, threshold: Threshold) -> str:
    """Say which number would settle it, or change it, and from where on."""
    row = known.pages.loc[[page]]
    match advice.why:
        case Why.NO_TARGET_GROUP:
            return "How many people the page wants to reach."
        case Why.NO_MONTH:
            return "The posts of at least one whole month, with their dates."
        case Why.REACH_NOT_MEASURED:
            return _reach_to_get(row, threshold)
        case Why.OTHER_CHANNELS_NOT_KNOWN:
            return _others_to_get(row, threshold)
        case Why.PRICE_NOT_CLEAR:
            return "Hours per post, and the price of advertising to this target group."
        case _:
            return _people_to_get(row, advice, threshold)


def _others_to_get(row: pd.DataFrame, threshold: Threshold) -> str:
    whomever = percentage(float(others_must_reach(row, threshold).iloc[0]))
    alike = percentage(float(others_must_reach_if_alike(row, threshold).iloc[0]))
    return (
        f"What other channels reach: over {whomever} of the target group little is lost, whomever "
        f"they reach; over {alike} if they reach the posts' audience like everyone."
    )


def _reach_to_get(row: pd.DataFrame, threshold: Threshold) -> str:
    said = "Organic reach per post, from the page's own insights."
    return f"{said} {_hurts_in_words(row, threshold)}".strip()


def _hurts_in_words(row: pd.DataFrame, threshold: Threshold) -> str:
    per_follower = hurts_from(row, threshold).dropna()
    if per_follower.empty:
        return ""
    wanted = percentage(float(per_follower.iloc[0]))
    return f"Stopping can hurt only if a month of posts reaches {wanted} of the followers or more."


def _people_to_get(row: pd.DataFrame, advice: Advice, threshold: Threshold) -> str:
    """Different people reached in a month, as the page's own insights count them."""
    page = row.iloc[0]
    if advice.why is Why.LITTLE_IS_LOST and page["not_otherwise_high"] < threshold.below:
        return "None: other channels miss so few that no number of people changes this advice."
    return (
        "Different people reached in a month, from the page's insights: "
        f"{_from_how_many(page, advice, threshold)}."
    )


def _from_how_many(page: pd.Series, advice: Advice, threshold: Threshold) -> str:
    """Say between which numbers of people an advice stands, by the bounds of the loss."""
    size, others = page["target_group_size"], page["otherwise_high"]
    much = _about((threshold.above + others) * size)
    match advice.why:
        case Why.MUCH_IS_LOST:
            return f"the advice stands over {much}"
        case Why.IN_BETWEEN_AND_ADS_CHEAPER | Why.IN_BETWEEN_AND_POSTS_CHEAPER:
            from_here = f"the advice stands from {_about((threshold.below + others) * size)}"
            if page["not_otherwise_high"] <= threshold.above:
                return f"{from_here} on"
            return f"{from_here} to {_about(threshold.above * size)}"
        case Why.BOUNDS_TOO_WIDE:
            little = f"under {_about(threshold.below * size)} little is lost"
            return little if threshold.above + others >= 1 else f"{little}, over {much} much"
        case _:
            return f"the advice stands under {_about(threshold.below * size)}"


def _about(people: float) -> str:
    """Write a number of people in three figures: what it is made from is not known better."""
    return number(float(f"{people:.3g}"))


def numbers_to_get(known: Known) -> Sentence | ShownTable:
    """List the number that each page without enough of them has to get."""
    threshold = known.threshold
    if threshold is None:
        return Sentence("Without thresholds no number settles anything.")
    waiting = {
        page: advice
        for page in known.pages.index
        if not _has_numbers(advice := _advice(known, page, threshold))
    }
    if not waiting:
        return NO_PAGES_LEFT
    if known.selection.page:
        return Sentence("Which number that is, the advice says.")
    frame = pd.DataFrame(
        [
            _row_of_waiting(known, page, advice, threshold)
            for page, advice in list(waiting.items())[:MOST_WAITING]
        ]
    )
    more = len(waiting) - MOST_WAITING
    note = f"{count(more, 'more page')}: see their own reports." if more > 0 else ""
    return ShownTable(frame, "What each page has to measure first", note=note)


def _row_of_waiting(
    known: Known, page: Any, advice: Advice, threshold: Threshold
) -> dict[str, str]:
    row = known.pages.loc[[page]]
    if advice.why is not Why.REACH_NOT_MEASURED:
        wanted, from_where = _number_to_get(known, page, advice, threshold), "not known"
    else:
        needed = hurts_from(row, threshold).iloc[0]
        wanted = "Organic reach per post"
        from_where = "not known" if pd.isna(needed) else f"{percentage(needed)} of its followers"
    return {
        "Page": str(known.pages.loc[page, "name"]),
        "The number to get": wanted,
        "Stopping can hurt if a month reaches": from_where,
    }
