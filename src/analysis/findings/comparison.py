"""Findings of notebook 06: do the tiers differ, or is it luck.

Each takes the comparison that ``tier_rates.compare`` makes once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.tiers import pages_by_tier, ratios
from analysis.findings.per_tier import UNMEASURED, Estimates, in_cell
from analysis.findings.tier_rates import PER_FOLLOWER, Comparison, inverted, median_rates
from analysis.inference.comparison import detectable_ratio
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import geometric_mean_rate
from analysis.inference.several_tiers import Pair, TierComparison
from analysis.inference.shuffled_tiers import false_alarms
from analysis.inference.size_adjusted import SizeAdjusted, size_adjusted
from analysis.sentences import (
    NOT_MEASURED,
    basis,
    count,
    interval_in_words,
    missing_in_words,
    number,
    p_alone,
    p_value,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.study import ALL_TIERS

SIGNIFICANT = 0.05


def answer(compared: Comparison) -> Sentence:
    """Say whether the tiers differ, and how much each pair does."""
    if compared.sums.empty:
        return Sentence(f"Interactions are **{NOT_MEASURED}**, so there is nothing to compare.")
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
        return f"Whether the tiers differ is **not estimable**. {reason_in_words(omnibus)}"
    if omnibus.p < SIGNIFICANT:
        return (
            "**The tiers differ by more than luck would give** "
            f"({omnibus.unit}, {p_value(omnibus.p)}; {basis(omnibus)})."
        )
    return (
        "**No difference between the tiers is shown**, which is not the same as no difference "
        f"({omnibus.unit}, {p_value(omnibus.p)}; {basis(omnibus)})."
    )


def _pair_line(compared: Comparison, pair: Pair) -> str:
    label = compared.selection.study.tier_label
    first, second = label(pair.first), label(pair.second)
    estimate = pair.estimate
    if estimate.value is None:
        return f"- {first} and {second}: **not estimable**. {reason_in_words(estimate)}"
    if estimate.value < 1:
        first, second, estimate = second, first, inverted(estimate)
    said = (
        f"- {first} get **{value_in_words(estimate)} times** the {compared.rate.words} that "
        f"{second} get"
    )
    if not estimate.has_interval:
        return f"{said}. Whether that is luck cannot be said: {estimate.reason}."
    return f"{said} (95% interval {interval_in_words(estimate)}; {_decided(estimate)})."


def _decided(estimate: Estimate) -> str:
    p = estimate.p if estimate.p_adjusted is None else estimate.p_adjusted
    if p is None:
        return "not tested"
    word = "differs" if p < SIGNIFICANT else "not shown to differ"
    return f"{word}, adjusted {p_value(p)}"


def levels(compared: Comparison) -> ShownTable:
    """Tabulate the geometric mean rate of every tier."""
    selection, measure = compared.selection, compared.rate.mean
    estimates = _levels(compared)
    frame = pd.DataFrame(
        [
            {
                "Tier": selection.study.tier_label(tier),
                "Pages": f"{estimate.n_pages}",
                "Posts": f"{estimate.n_posts:,}",
                "Geometric mean": value_in_words(estimate),
                "95% interval": interval_in_words(estimate),
                "The interval speaks of": _speaks_of(compared, tier),
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
    return ShownTable(frame, f"{measure.unit.capitalize()}, tier by tier", rows, note)


def _speaks_of(compared: Comparison, tier: str) -> str:
    tiers = compared.selection.study.tiers
    census = next(found.census for found in tiers if found.name == tier)
    return (
        "all pages there are; like pages, another year" if census else "pages like the chosen ones"
    )


def levels_figure(compared: Comparison) -> ShownFigure:
    """Draw every page's rate, with the geometric mean of its tier."""
    return pages_by_tier(
        compared.selection,
        compared.rate.mean,
        _levels(compared),
        pages=compared.selection.study_measures,
        line="geometric mean",
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
        columns=["Pair", "Ratio", "p", "Adjusted p", "Cliff's delta", "Pages", "Posts"],
    )
    rows = [
        *_rows(compared, tiers.ratios, "ratio of geometric means"),
        *_rows(compared, tiers.deltas, "Cliff's delta"),
    ]
    return ShownTable(frame, "Pairs of tiers", rows, _reasons(tiers.ratios))


def _pair_row(compared: Comparison, pair: Pair, delta: Estimate) -> dict[str, str]:
    ratio = pair.estimate
    return {
        "Pair": compared.label(pair),
        "Ratio": in_cell(ratio),
        "p": p_alone(ratio.p),
        "Adjusted p": p_alone(ratio.p_adjusted),
        "Cliff's delta": in_cell(delta),
        "Pages": f"{ratio.n_pages}",
        "Posts": f"{ratio.n_posts:,}",
    }


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
        return Sentence("There is no ratio to draw.")
    return ratios(
        compared.selection,
        f"How many times the {compared.rate.words}",
        {compared.label(pair): pair.estimate for pair in shown},
    )


def robustness(compared: Comparison) -> ShownTable:
    """Tabulate the ratios as they are, at equal followers, and on the ordinary post."""
    heads = [compared.label(pair) for pair in compared.shown(compared.tiers.ratios)]
    frame = pd.DataFrame({"": ["Do the tiers differ at all?", *heads]})
    otherwise = _measured_otherwise(compared)
    for name, way in {"As above: mean post": compared.tiers, **otherwise}.items():
        cells = [in_cell(pair.estimate) for pair in compared.shown(way.ratios)]
        frame[name] = [_omnibus_cell(way.omnibus), *cells]
    rows = [
        row
        for name, way in otherwise.items()
        for row in _rows(compared, way.ratios, f"ratio of geometric means, {name.lower()}")
    ]
    note = " ".join(sorted({_reasons(way.ratios) for way in otherwise.values()}))
    return ShownTable(frame, "The same ratios, measured otherwise", rows, note.strip())


def _measured_otherwise(compared: Comparison) -> dict[str, TierComparison | SizeAdjusted]:
    rates, tiers = compared.rates, compared.selection.study.tier_names
    ways: dict[str, TierComparison | SizeAdjusted] = {}
    if compared.rate is PER_FOLLOWER:
        ways["At equal followers"] = size_adjusted(
            rates.values,
            rates.tiers,
            np.log(rates.followers),
            order=tiers,
            posts_per_page=rates.n_posts,
        )
    ways["On the ordinary post"] = median_rates(compared).compared(tiers)
    return ways


def _omnibus_cell(test: Estimate) -> str:
    if test.p is None:
        return missing_in_words(test)
    word = "differ" if test.p < SIGNIFICANT else "not shown to differ"
    return f"{word} ({p_value(test.p)})"


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
            {
                "Pair": label,
                "Pages": f"{estimate.n_pages}",
                "Detectable ratio": value_in_words(estimate),
                "or its inverse": number(1 / estimate.value)
                if estimate.value is not None
                else missing_in_words(estimate),
            }
            for label, estimate in found.items()
        ],
        columns=["Pair", "Pages", "Detectable ratio", "or its inverse"],
    )
    note = " ".join(sorted({reason_in_words(e) for e in found.values() if not e.estimable}))
    return ShownTable(frame, "Smallest ratio seen in four of five such studies", note=note)


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
        return Sentence(f"This is **not estimable** here: {alarms.by_posts.reason}.")
    return Sentence(
        f"When the pages of these data are dealt out to tiers at random, a test that takes all "
        f"{count(alarms.by_posts.n_posts, 'post')} as independent finds a difference in "
        f"**{value_in_words(alarms.by_posts)}** of the shuffles "
        f"({interval_in_words(alarms.by_posts)}). The same test over the "
        f"{count(alarms.by_pages.n_pages, 'page')} finds one in "
        f"**{value_in_words(alarms.by_pages)}** ({interval_in_words(alarms.by_pages)}). "
        "It should be 5%.",
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
