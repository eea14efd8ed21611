"""Figures of pages within tiers, and of tiers against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import INK, SOFT, TierLook, canvas, log_axis, ticks, tier_looks
from analysis.inference.estimate import Estimate
from analysis.inference.pages import BoolArray
from analysis.language import say
from analysis.measures.measure import Measure
from analysis.selection import Selection
from analysis.sentences import amount, count, in_brackets, joined, number, value_in_words
from analysis.showing import ShownFigure

ROW_HEIGHT = 0.55
LOG_FROM = 8  # a largest value so many times the smallest asks for a log scale


def pages_by_tier(
    selection: Selection,
    measure: Measure,
    estimates: Mapping[str, Estimate],
    *,
    pages: pd.DataFrame | None = None,
    line: str = "",
) -> ShownFigure:
    """Draw every page as a mark, with each tier's estimate and interval above its pages.

    Parameters
    ----------
    selection : Selection
    measure : Measure
        What is drawn, one value per page.
    estimates : mapping of str to Estimate
        The tiers shown, in order, with the estimate drawn above their pages.
    pages : pandas.DataFrame, optional
        Measures of the pages drawn; those of the selection when left out.
    line : str
        What the estimate is of; the typical page when left out.

    Returns
    -------
    ShownFigure
    """
    drawn, line = selection.measures if pages is None else pages, line or say("typical page")
    table = drawn[["name", "tier", measure.name]].dropna(subset=[measure.name])
    figure, axes = canvas(
        selection,
        say(measure.label),
        _reading_key(selection, _bar_in_words(line, estimates.values()), len(table)),
        height=1.2 + ROW_HEIGHT * len(estimates),
    )
    log = _log_scale(axes, table[measure.name], estimates.values())
    looks = tier_looks(selection.study.tier_names)
    for row, (tier, estimate) in enumerate(estimates.items()):
        values = table.loc[table["tier"] == tier, measure.name]
        own = table.index[table["tier"] == tier] == selection.page
        _marks(axes, values, row, looks[tier], own)
        _interval(axes, estimate, row - 0.28)
    axes.set_yticks(range(len(estimates)), [selection.study.tier_label(t) for t in estimates])
    axes.set_ylim(len(estimates) - 0.4, -0.6)
    axes.set_xlabel(f"{say(measure.unit)} {say('(log scale)')}" if log else say(measure.unit))
    axes.xaxis.set_major_formatter(ticks(measure.unit))
    return ShownFigure(figure, _pages_alt(selection, measure, table, estimates, line))


def _bar_in_words(line: str, estimates: Iterable[Estimate]) -> str:
    with_interval = [estimate for estimate in estimates if estimate.has_interval]
    if not with_interval:
        return line
    if any(estimate.approximate for estimate in with_interval):
        return say("{line} with an interval of about 95%", line=line)
    return say("{line} with its 95% interval", line=line)


def _reading_key(selection: Selection, bar: str, n_pages: int) -> str:
    if n_pages == 1:
        return say("Mark and bar: the only page measured. n = {pages}", pages=count(1, "page"))
    if selection.page:
        return say(
            "One mark per page, {page} ringed; bar: {bar}. n = {pages}",
            page=selection.label,
            bar=bar,
            pages=count(n_pages, "page"),
        )
    return say("One mark per page; bar: {bar}. n = {pages}", bar=bar, pages=count(n_pages, "page"))


def _log_scale(axes: Axes, values: pd.Series, estimates: Iterable[Estimate]) -> bool:
    log = bool(len(values) and values.min() > 0 and values.max() / values.min() >= LOG_FROM)
    if log:
        limits = [end for e in estimates for end in (e.low, e.high) if end]
        log_axis(axes.xaxis, min([values.min(), *limits]), max([values.max(), *limits]))
    return log


def _marks(axes: Axes, values: pd.Series, row: int, look: TierLook, own: BoolArray) -> None:
    """Pages side by side on one line; a fixed spread keeps equal values apart."""
    height = row + 0.08 + np.linspace(-0.14, 0.14, 5)[np.arange(len(values)) % 5]
    axes.scatter(values[own], height[own], s=120, facecolor="none", edgecolor=INK, linewidth=1.6)
    axes.scatter(
        values,
        height,
        s=32,
        color=look.colour,
        marker=look.marker,
        edgecolor="white",
        linewidth=0.5,
    )


def _interval(axes: Axes, estimate: Estimate, y: float) -> None:
    if estimate.low is not None and estimate.high is not None:
        axes.plot([estimate.low, estimate.high], [y, y], color=INK, linewidth=1.6)
    if estimate.value is not None:
        axes.plot([estimate.value], [y], marker="|", markersize=11, markeredgewidth=2.2, color=INK)


def _pages_alt(
    selection: Selection,
    measure: Measure,
    table: pd.DataFrame,
    estimates: Mapping[str, Estimate],
    line: str,
) -> str:
    said = [
        say(
            "{measure} of {pages}, in {unit}.",
            measure=say(measure.label),
            pages=count(len(table), "page"),
            unit=say(measure.unit),
        )
    ]
    for tier, estimate in estimates.items():
        values = table.loc[table["tier"] == tier, measure.name]
        label = selection.study.tier_label(tier)
        if values.empty:
            said.append(say("{label}: no page measured.", label=label))
            continue
        if len(table) == 1:
            only = amount(values.iloc[0], measure.unit)
            said.append(say("{label}: one page, {value}.", label=label, value=only))
            continue
        said.append(
            say(
                "{label}: pages from {lowest} to {highest}; {line} {value} ({brackets}).",
                label=label,
                lowest=amount(values.min(), measure.unit),
                highest=amount(values.max(), measure.unit),
                line=line,
                value=value_in_words(estimate),
                brackets=in_brackets(estimate),
            )
        )
    for value in table.loc[table.index == selection.page, measure.name]:
        own = amount(value, measure.unit)
        said.append(say("{page}, ringed: {value}.", page=selection.label, value=own))
    return " ".join(said)


def ratios(selection: Selection, title: str, comparisons: Mapping[str, Estimate]) -> ShownFigure:
    """Draw ratios between tiers with their intervals, on a log scale around 1.

    Parameters
    ----------
    comparisons : mapping of str to Estimate
        Label of each pair and its ratio; what is not estimable is named and not drawn.
    """
    figure, axes = canvas(
        selection,
        title,
        _what_dots_are(comparisons.values()),
        height=1.3 + 0.42 * len(comparisons),
    )
    for row, estimate in enumerate(comparisons.values()):
        _ratio(axes, estimate, row)
    axes.axvline(1, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    ends = [1.0, *(end for e in comparisons.values() for end in (e.low, e.value, e.high) if end)]
    log_axis(axes.xaxis, min(ends), max(ends))
    axes.set_yticks(range(len(comparisons)), list(comparisons))
    axes.set_ylim(len(comparisons) - 0.4, -0.6)
    axes.set_xlabel(say("ratio (log scale)"))
    axes.xaxis.set_major_formatter(ticks("ratio"))
    return ShownFigure(figure, _ratios_alt(title, comparisons))


def _what_dots_are(ratios: Iterable[Estimate]) -> str:
    if any(ratio.has_interval for ratio in ratios):
        return say("Dot: ratio; line: its 95% interval; 1 = no difference")
    return say("Dot: ratio; 1 = no difference")


def _ratio(axes: Axes, estimate: Estimate, row: int) -> None:
    if estimate.value is None:
        axes.annotate(say("not estimable"), xy=(1, row), color=SOFT, fontsize=8, va="center")
        return
    if estimate.low is not None and estimate.high is not None:
        axes.plot([estimate.low, estimate.high], [row, row], color=INK, linewidth=1.6)
    axes.plot([estimate.value], [row], "o", color=INK, markersize=6)
    axes.annotate(
        number(estimate.value),
        xy=(estimate.value, row),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        fontsize=8,
    )


def _ratios_alt(title: str, comparisons: Mapping[str, Estimate]) -> str:
    said = [_ratio_in_words(pair, estimate) for pair, estimate in comparisons.items()]
    return " ".join([f"{title}.", *said])


def _ratio_in_words(pair: str, estimate: Estimate) -> str:
    if not estimate.estimable:
        reason = say.reason(estimate.reason)
        return say("{pair}: not estimable, {reason}.", pair=pair, reason=reason)
    return say(
        "{pair}: ratio {value} ({brackets}).",
        pair=pair,
        value=value_in_words(estimate),
        brackets=in_brackets(estimate),
    )


def shares_per_tier(
    selection: Selection, title: str, shares: pd.DataFrame, parts: Sequence[str]
) -> ShownFigure:
    """Draw shares that sum to one as a stacked bar per tier.

    Parameters
    ----------
    shares : pandas.DataFrame
        One row per tier (index: its label), one column per part, shares from 0 to 1.
    parts : sequence of str
        Columns in the order in which they are stacked.
    """
    figure, axes = canvas(
        selection,
        title,
        say("Share of the posts of this page")
        if selection.page
        else say("Mean of the pages' shares, so that a page counts once"),
        height=1.5 + 0.45 * len(shares),
    )
    looks = tier_looks(parts)
    left = np.zeros(len(shares))
    for part in parts:
        look = looks[part]
        axes.barh(
            list(shares.index),
            shares[part],
            left=left,
            height=0.6,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="white",
            label=part,
        )
        _label_wide_parts(axes, shares[part].to_numpy(), left)
        left = left + shares[part].to_numpy()
    axes.set_xlim(0, 1)
    axes.invert_yaxis()
    axes.set_xlabel(say("share of posts"))
    axes.xaxis.set_major_formatter(ticks("share of posts"))
    figure.legend(loc="outside lower left", ncols=len(parts), fontsize=8)
    said = [
        f"{tier}: " + joined([f"{part} {row[part]:.0%}" for part in parts])
        for tier, row in shares.iterrows()
    ]
    return ShownFigure(figure, f"{title}. {'. '.join(said)}.")


def _label_wide_parts(axes: Axes, widths: np.ndarray, left: np.ndarray) -> None:
    for row, (width, start) in enumerate(zip(widths, left, strict=True)):
        if width >= 0.08:
            axes.text(
                start + width / 2,
                row,
                f"{width:.0%}",
                ha="center",
                va="center",
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85},
            )
