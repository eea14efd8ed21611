"""Findings of notebook 06: do the tiers differ, or is it luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.figures.tiers import pages_by_tier, ratios
from analysis.findings.per_tier import UNMEASURED, Estimates, in_cell
from analysis.inference.comparison import detectable_ratio
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import geometric_mean_rate
from analysis.inference.pages import log_page_rates
from analysis.inference.several_tiers import Pair, TierComparison, compare_tiers
from analysis.inference.shuffled_tiers import false_alarms
from analysis.inference.size_adjusted import SizeAdjusted, size_adjusted
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.measure import Measure
from analysis.measures.sums import page_sums
from analysis.selection import Selection
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
AS_ABOVE = "As above: mean post"


@dataclass(frozen=True)
class Compared:
    """What is compared: interactions per follower, or per post where followers are not known."""

    per: Literal["followers", "posts"]
    mean: Measure
    median: Measure
    words: str


PER_FOLLOWER = Compared(
    "followers",
    CATALOGUE["mean_interactions_per_1000_followers"],
    CATALOGUE["interactions_per_1000_followers"],
    "interactions per follower",
)
PER_POST = Compared(
    "posts",
    CATALOGUE["mean_interactions_per_post"],
    CATALOGUE["interactions_per_post"],
    "interactions per post",
)


def _what(selection: Selection) -> Compared:
    known = selection.study_posts["followers_at_posting"].notna().any()
    return PER_FOLLOWER if known else PER_POST


@dataclass(frozen=True)
class Rates:
    """One log rate per page of the study, with what the comparisons need beside it."""

    values: np.ndarray
    tiers: np.ndarray
    followers: np.ndarray
    n_posts: np.ndarray

    def of(self, tier: str) -> np.ndarray:
        """Log rates of one tier's pages."""
        return self.values[self.tiers == tier]


def _mean_rates(selection: Selection) -> Rates:
    """Log of each page's rate over all its posts."""
    sums = page_sums(selection.study_posts, per=_what(selection).per)
    return Rates(
        log_page_rates(sums["interactions"], sums["exposure"]),
        sums["tier"].to_numpy(),
        sums["followers"].to_numpy(),
        sums["n_posts"].to_numpy(),
    )


def _median_rates(selection: Selection) -> Rates:
    """Log of each page's ordinary post; half an interaction keeps a silent page in."""
    what = _what(selection)
    pages = selection.study_measures.dropna(subset=[what.median.name])
    half = 0.5 * 1000 / pages["followers"] if what is PER_FOLLOWER else 0.5
    return Rates(
        np.log((pages[what.median.name] + half).to_numpy()),
        pages["tier"].to_numpy(),
        pages["followers"].to_numpy(),
        pages["n_posts"].to_numpy(),
    )


def _compared(selection: Selection, rates: Rates) -> TierComparison:
    return compare_tiers(
        rates.values,
        rates.tiers,
        order=selection.study.tier_names,
        posts_per_page=rates.n_posts,
    )


def _shown_pairs(selection: Selection, pairs: tuple[Pair, ...]) -> list[Pair]:
    """Pairs this notebook speaks about: all of them, or those of its tier, that tier first."""
    if selection.tier == ALL_TIERS:
        return list(pairs)
    turned = [_turned(pair) if pair.second == selection.tier else pair for pair in pairs]
    return [pair for pair in turned if pair.first == selection.tier]


def _turned(pair: Pair) -> Pair:
    """Put the second tier first: a ratio becomes its inverse, a delta changes sign."""
    turn = inverted if pair.estimate.unit == "ratio" else negated
    return Pair(pair.second, pair.first, turn(pair.estimate))


def answer(selection: Selection) -> Sentence:
    """Say whether the tiers differ, and how much each pair does."""
    rates = _mean_rates(selection)
    if len(rates.values) == 0:
        return Sentence(f"Interactions are **{NOT_MEASURED}**, so there is nothing to compare.")
    compared = _compared(selection, rates)
    pairs = _shown_pairs(selection, compared.ratios)
    lines = [_omnibus_in_words(compared.omnibus), "", *(_pair_line(selection, p) for p in pairs)]
    return Sentence(
        "\n".join(lines),
        [
            result_row(
                selection,
                compared.omnibus,
                measure=_what(selection).mean.name,
                definition="omnibus test over tiers",
                tier=ALL_TIERS,
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


def _pair_line(selection: Selection, pair: Pair) -> str:
    first, second = (selection.study.tier_label(tier) for tier in (pair.first, pair.second))
    estimate = pair.estimate
    if estimate.value is None:
        return f"- {first} and {second}: **not estimable**. {reason_in_words(estimate)}"
    if estimate.value < 1:
        first, second, estimate = second, first, inverted(estimate)
    said = (
        f"- {first} get **{value_in_words(estimate)} times** the {_what(selection).words} that "
        f"{second} get"
    )
    if not estimate.has_interval:
        return f"{said}. Whether that is luck cannot be said: {estimate.reason}."
    return f"{said} (95% interval {interval_in_words(estimate)}; {_decided(estimate)})."


def inverted(ratio: Estimate) -> Estimate:
    """Turn the ratio of first to second into that of second to first."""
    turned = [None if end is None else 1 / end for end in (ratio.value, ratio.high, ratio.low)]
    return replace(ratio, value=turned[0], low=turned[1], high=turned[2])


def negated(delta: Estimate) -> Estimate:
    """Turn the delta of first over second into that of second over first."""
    turned = [None if end is None else -end for end in (delta.value, delta.high, delta.low)]
    return replace(delta, value=turned[0], low=turned[1], high=turned[2])


def _decided(estimate: Estimate) -> str:
    p = estimate.p if estimate.p_adjusted is None else estimate.p_adjusted
    if p is None:
        return "not tested"
    word = "differs" if p < SIGNIFICANT else "not shown to differ"
    return f"{word}, adjusted {p_value(p)}"


def levels(selection: Selection) -> ShownTable:
    """Tabulate the geometric mean rate of every tier."""
    estimates = _levels(selection)
    frame = pd.DataFrame(
        [
            {
                "Tier": selection.study.tier_label(tier),
                "Pages": f"{estimate.n_pages}",
                "Posts": f"{estimate.n_posts:,}",
                "Geometric mean": value_in_words(estimate),
                "95% interval": interval_in_words(estimate),
                "The interval speaks of": _speaks_of(selection, tier),
            }
            for tier, estimate in estimates.items()
        ]
    )
    rows = [
        result_row(
            selection,
            estimate,
            measure=_what(selection).mean.name,
            definition=f"geometric mean over pages of: {_what(selection).mean.formula}",
            tier=tier,
        )
        for tier, estimate in estimates.items()
    ]
    note = " ".join(sorted({reason_in_words(e) for e in estimates.values() if e.reason}))
    return ShownTable(frame, f"{_what(selection).mean.unit.capitalize()}, tier by tier", rows, note)


def _speaks_of(selection: Selection, tier: str) -> str:
    census = next(found.census for found in selection.study.tiers if found.name == tier)
    return (
        "all pages there are; like pages, another year" if census else "pages like the chosen ones"
    )


def levels_figure(selection: Selection) -> ShownFigure:
    """Draw every page's rate, with the geometric mean of its tier."""
    return pages_by_tier(
        selection,
        _what(selection).mean,
        _levels(selection),
        pages=selection.study_measures,
        line="geometric mean",
    )


def _levels(selection: Selection) -> Estimates:
    what = _what(selection)
    sums = page_sums(selection.study_posts, per=what.per)
    return {
        tier: _level(sums[sums["tier"] == tier], what.mean.unit)
        for tier in selection.study.tier_names
    }


def _level(sums: pd.DataFrame, unit: str) -> Estimate:
    if sums.empty:
        return not_estimable(UNMEASURED, n_pages=0, n_posts=0, unit=unit, method="geometric mean")
    n_posts = int(sums["n_posts"].sum())
    return geometric_mean_rate(sums["interactions"], sums["exposure"], n_posts=n_posts, unit=unit)


def pairs(selection: Selection) -> ShownTable:
    """Tabulate every pair: ratio, interval, p, adjusted p, Cliff's delta."""
    compared = _compared(selection, _mean_rates(selection))
    both = zip(
        _shown_pairs(selection, compared.ratios),
        _shown_pairs(selection, compared.deltas),
        strict=True,
    )
    frame = pd.DataFrame(
        [_pair_row(selection, ratio, delta.estimate) for ratio, delta in both],
        columns=["Pair", "Ratio", "p", "Adjusted p", "Cliff's delta", "Pages", "Posts"],
    )
    rows = [
        *_rows(selection, compared.ratios, "ratio of geometric means"),
        *_rows(selection, compared.deltas, "Cliff's delta"),
    ]
    return ShownTable(frame, "Pairs of tiers", rows, _reasons(compared.ratios))


def _pair_row(selection: Selection, pair: Pair, delta: Estimate) -> dict[str, str]:
    ratio = pair.estimate
    return {
        "Pair": _pair_label(selection, pair),
        "Ratio": in_cell(ratio),
        "p": p_alone(ratio.p),
        "Adjusted p": p_alone(ratio.p_adjusted),
        "Cliff's delta": in_cell(delta),
        "Pages": f"{ratio.n_pages}",
        "Posts": f"{ratio.n_posts:,}",
    }


def _pair_label(selection: Selection, pair: Pair) -> str:
    first, second = (selection.study.tier_label(tier) for tier in (pair.first, pair.second))
    return f"{first} / {second}"


def _rows(
    selection: Selection, shown: tuple[Pair, ...], definition: str
) -> list[dict[str, object]]:
    return [
        result_row(
            selection,
            pair.estimate,
            measure=_what(selection).mean.name,
            definition=definition,
            tier=pair.first,
            versus=pair.second,
        )
        for pair in _shown_pairs(selection, shown)
    ]


def _reasons(shown: tuple[Pair, ...]) -> str:
    return " ".join(sorted({reason_in_words(p.estimate) for p in shown if p.estimate.reason}))


def pairs_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw the ratios of the pairs, or say that there is none."""
    compared = _compared(selection, _mean_rates(selection))
    shown = _shown_pairs(selection, compared.ratios)
    if not any(pair.estimate.estimable for pair in shown):
        return Sentence("There is no ratio to draw.")
    return ratios(
        selection,
        f"How many times the {_what(selection).words}",
        {_pair_label(selection, pair): pair.estimate for pair in shown},
    )


def robustness(selection: Selection) -> ShownTable:
    """Tabulate the ratios as they are, at equal followers, and on the ordinary post."""
    ways = _ways_to_compare(selection)
    frame = pd.DataFrame({"": _row_heads(selection, ways[AS_ABOVE])})
    for name, compared in ways.items():
        shown = _shown_pairs(selection, compared.ratios)
        frame[name] = [_omnibus_cell(compared.omnibus), *(in_cell(p.estimate) for p in shown)]
    rows = [
        row
        for name, compared in list(ways.items())[1:]
        for row in _rows(selection, compared.ratios, f"ratio of geometric means, {name.lower()}")
    ]
    note = " ".join(sorted({_reasons(compared.ratios) for compared in ways.values()}))
    return ShownTable(frame, "The same ratios, measured otherwise", rows, note.strip())


def _ways_to_compare(selection: Selection) -> dict[str, TierComparison | SizeAdjusted]:
    rates = _mean_rates(selection)
    ways: dict[str, TierComparison | SizeAdjusted] = {AS_ABOVE: _compared(selection, rates)}
    if _what(selection) is PER_FOLLOWER:
        ways["At equal followers"] = size_adjusted(
            rates.values,
            rates.tiers,
            np.log(rates.followers),
            order=selection.study.tier_names,
            posts_per_page=rates.n_posts,
        )
    ways["On the ordinary post"] = _compared(selection, _median_rates(selection))
    return ways


def _row_heads(selection: Selection, compared: TierComparison | SizeAdjusted) -> list[str]:
    pairs = _shown_pairs(selection, compared.ratios)
    return ["Do the tiers differ at all?", *(_pair_label(selection, pair) for pair in pairs)]


def _omnibus_cell(test: Estimate) -> str:
    if test.p is None:
        return missing_in_words(test)
    word = "differ" if test.p < SIGNIFICANT else "not shown to differ"
    return f"{word} ({p_value(test.p)})"


def detectable(selection: Selection) -> ShownTable:
    """Tabulate, per pair, the smallest ratio these pages would likely show."""
    rates = _mean_rates(selection)
    shown = _shown_pairs(selection, _compared(selection, rates).ratios)
    found = {
        _pair_label(selection, pair): detectable_ratio(
            rates.of(pair.first), rates.of(pair.second), n_posts=pair.estimate.n_posts
        )
        for pair in shown
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


def shuffled_tiers(selection: Selection) -> Sentence:
    """Say how often tiers put together at random "differ", by posts and by pages."""
    per_follower = _what(selection) is PER_FOLLOWER
    needed = ["interactions", *(["followers_at_posting"] if per_follower else [])]
    posts = selection.study_posts.dropna(subset=needed)
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
                selection, share, measure="false_alarms", definition=definition, tier=ALL_TIERS
            )
            for definition, share in (
                ("shuffled tiers, posts as the unit", alarms.by_posts),
                ("shuffled tiers, pages as the unit", alarms.by_pages),
            )
        ],
    )
