"""Findings of notebook 06: do the tiers differ, or is it luck.

Each takes the comparison that ``tier_rates.compare`` makes once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.tiers import pages_by_tier, ratios
from analysis.findings.per_tier import UNMEASURED, Estimates, in_cell
from analysis.findings.tier_rates import PER_FOLLOWER, Comparison, inverted, median_rates
from analysis.inference.comparison import detectable_ratio
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.multiplicity import SIGNIFICANT
from analysis.inference.one_tier import geometric_mean_rate
from analysis.inference.several_tiers import Pair, TierComparison
from analysis.inference.shuffled_tiers import FalseAlarms, false_alarms
from analysis.inference.size_adjusted import SizeAdjusted, size_adjusted
from analysis.language import say
from analysis.sentences import (
    basis,
    capitalised,
    count,
    interval_in_words,
    level_in_words,
    missing_in_words,
    number,
    p_alone,
    p_value,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS


def answer(compared: Comparison) -> Sentence:
    """Say whether the tiers differ, and how much each pair does."""
    if compared.sums.empty:
        return Sentence(say("Interactions are **not measured**, so there is nothing to compare."))
    pairs = compared.shown(compared.tiers.ratios)
    omnibus = compared.tiers.omnibus
    lines = [_omnibus_in_words(omnibus), "", *(_pair_line(compared, pair) for pair in pairs)]
    return Sentence(
        "\n".join(lines),
        [
            result_row(
                compared.selection,
                omnibus,
                measure=compared.rate.mean.name,
                definition="omnibus test over tiers",
                tier=ALL_TIERS,
                page_id=None,
            )
        ],
    )


def _omnibus_in_words(omnibus: Estimate) -> str:
    if omnibus.p is None:
        not_known = say("Whether the tiers differ is **not estimable**.")
        return f"{not_known} {reason_in_words(omnibus)}"
    p, rests_on = p_value(omnibus.p), basis(omnibus)
    if omnibus.p < SIGNIFICANT:
        return say(
            "**The tiers differ by more than luck would give** (Welch's F, {p}; {basis}).",
            p=p,
            basis=rests_on,
        )
    return say(
        "**No difference between the tiers is shown**, which is not the same as no difference "
        "(Welch's F, {p}; {basis}).",
        p=p,
        basis=rests_on,
    )


def _pair_line(compared: Comparison, pair: Pair) -> str:
    label = compared.selection.study.tier_label
    first, second = label(pair.first), label(pair.second)
    estimate = pair.estimate
    if estimate.value is None:
        not_known = say("- {first} and {second}: **not estimable**.", first=first, second=second)
        return f"{not_known} {reason_in_words(estimate)}"
    if estimate.value < 1:
        first, second, estimate = second, first, inverted(estimate)
    times = {
        "first": first,
        "second": second,
        "ratio": value_in_words(estimate),
        "rate": compared.rate.words,
    }
    if not estimate.has_interval and estimate.p is not None:
        return say(
            "- {first} get **{ratio} times** the {rate} that {second} get ({decided}; no interval: "
            "{reason}).",
            decided=_decided(estimate),
            reason=say.reason(estimate.reason),
            **times,
        )
    if not estimate.has_interval:
        return say(
            "- {first} get **{ratio} times** the {rate} that {second} get. Whether that is luck "
            "cannot be said: {reason}.",
            reason=say.reason(estimate.reason),
            **times,
        )
    return say(
        "- {first} get **{ratio} times** the {rate} that {second} get ({level} interval "
        "{interval}; {decided}).",
        level=level_in_words(estimate.level),
        interval=interval_in_words(estimate),
        decided=_decided(estimate),
        **times,
    )


def _decided(estimate: Estimate) -> str:
    p = estimate.p if estimate.p_adjusted is None else estimate.p_adjusted
    if p is None:
        return say("not tested")
    if p < SIGNIFICANT:
        return say("differs, adjusted {p}", p=p_value(p))
    return say("not shown to differ, adjusted {p}", p=p_value(p))


def levels(compared: Comparison) -> ShownTable:
    """Tabulate the geometric mean rate of every tier."""
    selection, measure = compared.selection, compared.rate.mean
    estimates = _levels(compared)
    frame = pd.DataFrame(
        [
            {
                say("Tier"): selection.study.tier_label(tier),
                say("Pages"): number(estimate.n_pages),
                say("Posts"): number(estimate.n_posts),
                say("Geometric mean"): value_in_words(estimate),
                say("95% interval"): interval_in_words(estimate),
                say("The interval speaks of"): _speaks_of(compared, tier),
            }
            for tier, estimate in estimates.items()
        ]
    )
    rows = [
        result_row(
            selection,
            estimate,
            measure=measure.name,
            definition=f"geometric mean over pages of: {measure.formula}",
            tier=tier,
            page_id=None,
        )
        for tier, estimate in estimates.items()
    ]
    note = " ".join(sorted({reason_in_words(e) for e in estimates.values() if e.reason}))
    caption = say("{unit}, tier by tier", unit=capitalised(say(measure.unit)))
    return ShownTable(frame, caption, rows, note)


def _speaks_of(compared: Comparison, tier: str) -> str:
    tiers = compared.selection.study.tiers
    census = next(found.census for found in tiers if found.name == tier)
    if census:
        return say("all pages there are; like pages, another year")
    return say("pages like the chosen ones")


def levels_figure(compared: Comparison) -> ShownFigure:
    """Draw every page's rate, with the geometric mean of its tier."""
    return pages_by_tier(
        compared.selection,
        compared.rate.mean,
        _levels(compared),
        pages=compared.selection.study_measures,
        line=say("geometric mean"),
    )


def _levels(compared: Comparison) -> Estimates:
    sums, unit = compared.sums, compared.rate.mean.unit
    tiers = compared.selection.study.tier_names
    return {tier: _level(sums[sums["tier"] == tier], unit) for tier in tiers}


def _level(sums: pd.DataFrame, unit: str) -> Estimate:
    if sums.empty:
        return not_estimable(UNMEASURED, n_pages=0, n_posts=0, unit=unit, method="geometric mean")
    n_posts = int(sums["n_posts"].sum())
    return geometric_mean_rate(sums["interactions"], sums["exposure"], n_posts=n_posts, unit=unit)


def pairs(compared: Comparison) -> ShownTable:
    """Tabulate every pair: ratio, interval, p, adjusted p, Cliff's delta."""
    tiers = compared.tiers
    both = zip(compared.shown(tiers.ratios), compared.shown(tiers.deltas), strict=True)
    frame = pd.DataFrame(
        [_pair_row(compared, ratio, delta.estimate) for ratio, delta in both],
        columns=_pair_heads(),
    )
    rows = [
        *_rows(compared, tiers.ratios, "ratio of geometric means"),
        *_rows(compared, tiers.deltas, "Cliff's delta"),
    ]
    return ShownTable(frame, say("Pairs of tiers"), rows, _reasons(tiers.ratios))


def _pair_heads() -> list[str]:
    return [
        say("Pair"),
        say("Ratio"),
        "p",
        say("Adjusted p"),
        say("Cliff's delta"),
        say("Pages"),
        say("Posts"),
    ]


def _pair_row(compared: Comparison, pair: Pair, delta: Estimate) -> list[str]:
    ratio = pair.estimate
    return [
        compared.label(pair),
        in_cell(ratio),
        p_alone(ratio.p),
        p_alone(ratio.p_adjusted),
        in_cell(delta),
        number(ratio.n_pages),
        number(ratio.n_posts),
    ]


def _rows(compared: Comparison, found: tuple[Pair, ...], definition: str) -> list[dict[str, Any]]:
    return [
        result_row(
            compared.selection,
            pair.estimate,
            measure=compared.rate.mean.name,
            definition=definition,
            tier=pair.first,
            versus=pair.second,
            page_id=None,
        )
        for pair in compared.shown(found)
    ]


def _reasons(shown: tuple[Pair, ...]) -> str:
    return " ".join(sorted({reason_in_words(p.estimate) for p in shown if p.estimate.reason}))


def pairs_figure(compared: Comparison) -> Sentence | ShownFigure:
    """Draw the ratios of the pairs, or say that there is none."""
    shown = compared.shown(compared.tiers.ratios)
    if not any(pair.estimate.estimable for pair in shown):
        return Sentence(say("There is no ratio to draw."))
    return ratios(
        compared.selection,
        say("How many times the {rate}", rate=compared.rate.words),
        {compared.label(pair): pair.estimate for pair in shown},
    )


def robustness(compared: Comparison) -> ShownTable:
    """Tabulate the ratios as they are, at equal followers, and on the ordinary post."""
    heads = [compared.label(pair) for pair in compared.shown(compared.tiers.ratios)]
    frame = pd.DataFrame({"": [say("Do the tiers differ at all?"), *heads]})
    otherwise = _measured_otherwise(compared)
    as_above = {say("As above: mean post"): compared.tiers}
    for head, found in (as_above | {way.head: way.found for way in otherwise}).items():
        cells = [in_cell(pair.estimate) for pair in compared.shown(found.ratios)]
        frame[head] = [_omnibus_cell(found.omnibus), *cells]
    rows = [
        row
        for way in otherwise
        for row in _rows(compared, way.found.ratios, f"ratio of geometric means, {way.name}")
    ]
    note = " ".join(sorted({_reasons(way.found.ratios) for way in otherwise}))
    return ShownTable(frame, say("The same ratios, measured otherwise"), rows, note.strip())


@dataclass(frozen=True)
class _Way:
    """One way to compare the tiers: its name in the results, and its head in a table."""

    name: str
    head: str
    found: TierComparison | SizeAdjusted


def _measured_otherwise(compared: Comparison) -> list[_Way]:
    rates, tiers = compared.rates, compared.selection.study.tier_names
    ways = []
    if compared.rate is PER_FOLLOWER:
        adjusted = size_adjusted(
            rates.values,
            rates.tiers,
            np.log(rates.followers),
            order=tiers,
            posts_per_page=rates.n_posts,
        )
        ways.append(_Way("at equal followers", say("At equal followers"), adjusted))
    on_medians = median_rates(compared).compared(tiers)
    return [*ways, _Way("on the ordinary post", say("On the ordinary post"), on_medians)]


def _omnibus_cell(test: Estimate) -> str:
    if test.p is None:
        return missing_in_words(test)
    if test.p < SIGNIFICANT:
        return say("differ ({p})", p=p_value(test.p))
    return say("not shown to differ ({p})", p=p_value(test.p))


def detectable(compared: Comparison) -> ShownTable:
    """Tabulate, per pair, the smallest ratio these pages would likely show."""
    of = compared.rates.of
    found = {
        compared.label(pair): detectable_ratio(
            of(pair.first), of(pair.second), n_posts=pair.estimate.n_posts
        )
        for pair in compared.shown(compared.tiers.ratios)
    }
    frame = pd.DataFrame(
        [
            [label, number(one.n_pages), value_in_words(one), _inverse_in_words(one)]
            for label, one in found.items()
        ],
        columns=[say("Pair"), say("Pages"), say("Detectable ratio"), say("or its inverse")],
    )
    note = " ".join(sorted({reason_in_words(e) for e in found.values() if not e.estimable}))
    caption = say("Smallest ratio seen in four of five such studies")
    return ShownTable(frame, caption, note=note)


def _inverse_in_words(estimate: Estimate) -> str:
    if estimate.value is None:
        return missing_in_words(estimate)
    return number(1 / estimate.value)


def shuffled_tiers(compared: Comparison) -> Sentence:
    """Say how often tiers put together at random "differ", by posts and by pages."""
    per_follower = compared.rate is PER_FOLLOWER
    needed = ["interactions", *(["followers_at_posting"] if per_follower else [])]
    posts = compared.selection.study_posts.dropna(subset=needed)
    exposure = posts["followers_at_posting"] / 1000 if per_follower else 1.0
    pages_per_tier = posts.groupby("tier")["page_id"].nunique()
    alarms = false_alarms(
        np.log(((posts["interactions"] + 0.5) / exposure).to_numpy(dtype=float)),
        posts["page_id"],
        sizes=list(pages_per_tier),
    )
    if alarms.by_posts.value is None:
        reason = say.reason(alarms.by_posts.reason)
        return Sentence(say("This is **not estimable** here: {reason}.", reason=reason))
    return Sentence(
        _alarms_in_words(alarms),
        [
            result_row(
                compared.selection,
                share,
                measure="false_alarms",
                definition=definition,
                tier=ALL_TIERS,
                page_id=None,
            )
            for definition, share in (
                ("shuffled tiers, posts as the unit", alarms.by_posts),
                ("shuffled tiers, pages as the unit", alarms.by_pages),
            )
        ],
    )


def _alarms_in_words(alarms: FalseAlarms) -> str:
    by_posts, by_pages = alarms.by_posts, alarms.by_pages
    return say(
        "When the pages of these data are dealt out to tiers at random, a test that takes all "
        "{posts} as independent finds a difference in **{share_by_posts}** of the shuffles "
        "({interval_by_posts}). The same test over the {pages} finds one in **{share_by_pages}** "
        "({interval_by_pages}). It should be 5%.",
        posts=count(by_posts.n_posts, "post"),
        share_by_posts=value_in_words(by_posts),
        interval_by_posts=interval_in_words(by_posts),
        pages=count(by_pages.n_pages, "page"),
        share_by_pages=value_in_words(by_pages),
        interval_by_pages=interval_in_words(by_pages),
    )
