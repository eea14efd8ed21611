"""The channel advice that ends notebook 07: what to do, why, and the number to get."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.audience.advice import Action, Advice, Numbers, Why, advise
from analysis.audience.groups import TARGET_GROUP_SHARE
from analysis.audience.loss import hurts_from
from analysis.findings.loss import Known
from analysis.findings.number_to_get import number_to_get
from analysis.inference.estimate import Basis
from analysis.language import say
from analysis.sentences import capitalised, count, joined, number, percentage, span
from analysis.showing import Sentence, ShownTable, result_row
from analysis.study import Range, Threshold

MOST_ADVISED, MOST_WAITING = 15, 40
"""Rows of the two tables, so that the advice stays a page."""


def _no_thresholds() -> Sentence:
    return Sentence(
        say(
            "This study fixes **no thresholds** for a loss that counts as small, so it gives **no "
            "advice**. They go into the study file as `[claims.small_loss]`, with a reason, before "
            "the data are read."
        )
    )


def _outside() -> str:
    return say(
        "The advice goes by reach. Answering people, speaking in a crisis, law and values are not "
        "in it; they may be reason enough to stay or to go."
    )


def _in_words(action: Action) -> str:
    return {
        Action.KEEP: say("keep"),
        Action.STOP: say("stop"),
        Action.ADVERTISE: say("advertise"),
        Action.MEASURE_FIRST: say("measure first"),
    }[action]


def in_short(known: Known) -> Sentence:
    """Say what is advised, in one sentence."""
    threshold = known.threshold
    if threshold is None:
        return _no_thresholds()
    advised = {page: _advice(known, page, threshold) for page in known.pages.index}
    if known.selection.page:
        (advice,) = advised.values()
        said = say("**The advice: {action}.**", action=_in_words(advice.action))
        return Sentence(f"{said} {_as_sentence(advice.why)}")
    return Sentence(
        say(
            "**The advice**, page by page: {counted}. It ends this notebook.",
            counted=_counted(advised),
        )
    )


def channel_advice(known: Known) -> Sentence | ShownTable:
    """Advise on the organic posts of one page, or of every page of a tier that has the numbers."""
    threshold = known.threshold
    if threshold is None:
        return _no_thresholds()
    if known.pages.empty:
        return Sentence(say("There is no page to advise on."))
    if known.selection.page:
        return _of_one_page(known, threshold)
    return _of_pages(known, threshold)


def _of_one_page(known: Known, threshold: Threshold) -> Sentence:
    page = next(iter(known.pages.index))
    advice = _advice(known, page, threshold)
    said = [
        f"**{known.selection.label}: {_in_words(advice.action)}.**",
        say("*Why.* {reason}", reason=_reason(known, page, advice)),
        say(
            "*The number to get.* {number}",
            number=number_to_get(known.pages.loc[[page]], advice, threshold),
        ),
        say("*Thresholds.* {thresholds}", thresholds=_thresholds(threshold)),
        _outside(),
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
    caption = say("Channel advice: {counted}", counted=_counted(advised))
    return ShownTable(pd.DataFrame(rows, columns=_heads()), caption, note=note)


def _heads() -> list[str]:
    return [
        say("Page"),
        say("Advice"),
        say("A month reaches"),
        say("Would hear less"),
        say("Why"),
        say("The number to get"),
    ]


def _row_of_page(known: Known, page: Any, advice: Advice, threshold: Threshold) -> list[str]:
    numbers = numbers_of(known, page)
    return [
        str(known.pages.loc[page, "name"]),
        _in_words(advice.action),
        _shares(numbers.month) if numbers.month else say("not measured"),
        _shares(numbers.loss) if numbers.month else say("not measured"),
        capitalised(say.reason(advice.why)),
        number_to_get(known.pages.loc[[page]], advice, threshold),
    ]


def _row_of_others(waiting: list[Advice], *, alone: bool) -> list[str]:
    reasons = [advice.why for advice in waiting]
    why = [
        f"{say.reason(reason)} ({number(reasons.count(reason))})"
        for reason in Why
        if reason in reasons
    ]
    pages = count(len(waiting), "page")
    return [
        pages if alone else say("{pages} more", pages=pages),
        _in_words(Action.MEASURE_FIRST),
        say("not measured"),
        say("not measured"),
        capitalised("; ".join(why)),
        say("See the next table"),
    ]


def _counted(advised: dict[Any, Advice]) -> str:
    actions = [advice.action for advice in advised.values()]
    present = [action for action in Action if action in actions]
    return joined([f"{_in_words(action)} ({number(actions.count(action))})" for action in present])


def _note(more: int, threshold: Threshold) -> str:
    if more <= 0:
        return f"{_thresholds(threshold)} {_outside()}"
    not_listed = say("{pages} with numbers: see their own reports.", pages=count(more, "more page"))
    return f"{not_listed} {_thresholds(threshold)} {_outside()}"


def _thresholds(threshold: Threshold) -> str:
    return say(
        "Little is lost under {below} of the target group, much over {above}: {reason}.",
        below=percentage(threshold.below),
        above=percentage(threshold.above),
        reason=threshold.reason.rstrip("."),
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
        return _as_sentence(advice.why)
    lost = say("so {share} would hear less", share=_shares(numbers.loss))
    steps = [_month_in_words(numbers, numbers.month), _others_in_words(numbers), lost]
    said = [f"{'; '.join(steps)}: {say.reason(advice.why)}."]
    if advice.why in BY_PRICE:
        said.append(_prices(known, numbers))
    return " ".join(said)


def _month_in_words(numbers: Numbers, month: Range) -> str:
    if numbers.reach_measured:
        return say(
            "A month of organic posts reaches {share} of the target group", share=_shares(month)
        )
    return say(
        "A month of organic posts reaches {share} of the target group, says a model; the page's "
        "own numbers are needed to decide",
        share=_shares(month),
    )


def _others_in_words(numbers: Numbers) -> str:
    if numbers.not_otherwise is None:
        return say("what other channels reach is not known")
    return say("other channels leave {share} of it unreached", share=_shares(numbers.not_otherwise))


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
    return say(
        "Reaching 1,000 people costs {posts} {currency} by posts, and {ads} by advertising.",
        posts=span(round(post.low), round(post.high), stated.currency),
        currency=stated.currency,
        ads=span(round(ad.low), round(ad.high), stated.currency),
    )


def _shares(bounds: Range) -> str:
    low, high = percentage(bounds.low), percentage(bounds.high)
    return low if low == high else say("between {low} and {high}", low=low, high=high)


def _as_sentence(why: Why) -> str:
    return f"{capitalised(say.reason(why))}."


def numbers_to_get(known: Known) -> Sentence | ShownTable:
    """List the number that each page without enough of them has to get."""
    threshold = known.threshold
    if threshold is None:
        return Sentence(say("Without thresholds no number settles anything."))
    waiting = {
        page: advice
        for page in known.pages.index
        if not _has_numbers(advice := _advice(known, page, threshold))
    }
    if not waiting:
        return Sentence(say("Every page here has its advice: no number is missing."))
    if known.selection.page:
        return Sentence(say("Which number that is, the advice says."))
    rows = [
        _row_of_waiting(known, page, advice, threshold)
        for page, advice in list(waiting.items())[:MOST_WAITING]
    ]
    heads = [say("Page"), say("The number to get"), say("Stopping can hurt if a month reaches")]
    caption = say("What each page has to measure first")
    return ShownTable(pd.DataFrame(rows, columns=heads), caption, note=_not_listed(len(waiting)))


def _not_listed(waiting: int) -> str:
    more = waiting - MOST_WAITING
    if more <= 0:
        return ""
    return say("{pages}: see their own reports.", pages=count(more, "more page"))


def _row_of_waiting(known: Known, page: Any, advice: Advice, threshold: Threshold) -> list[str]:
    name, row = str(known.pages.loc[page, "name"]), known.pages.loc[[page]]
    if advice.why is not Why.REACH_NOT_MEASURED:
        return [name, number_to_get(row, advice, threshold), say("not known")]
    needed = hurts_from(row, threshold).iloc[0]
    if pd.isna(needed):
        return [name, say("Organic reach per post"), say("not known")]
    return [
        name,
        say("Organic reach per post"),
        say("{share} of its followers", share=percentage(needed)),
    ]
