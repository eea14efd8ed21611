"""Figure of a verdict as a function of its threshold, so that nobody has to accept ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.claims.rule import CLAIMS, Claim, Outcome, Verdict
from analysis.claims.words import outcome_in_words, quoted, unit_in_words
from analysis.figures.style import INK, SOFT, canvas, ticks
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import amount, count, interval_in_words, reason_in_words
from analysis.showing import ShownFigure
from analysis.study import ClaimName

_LOOKS: dict[Outcome, dict[str, Any]] = {
    Outcome.SUPPORTED: {"facecolor": "#9ecae1", "edgecolor": "white"},
    Outcome.UNDECIDED: {"facecolor": "#f0f0f0", "edgecolor": "#bdbdbd", "hatch": "///"},
    Outcome.CONTRADICTED: {"facecolor": "#fdae6b", "edgecolor": "white", "hatch": "..."},
}
_TINTS = {
    Outcome.SUPPORTED: "#d6e7f3",
    Outcome.IN_BETWEEN: "#f4f4f4",
    Outcome.CONTRADICTED: "#fde3c8",
}
BAR = 0.5


def verdict_by_threshold(
    selection: Selection, name: ClaimName, verdicts: Mapping[str, Verdict]
) -> ShownFigure:
    """Draw, for every threshold one might choose, what the verdict would be.

    Parameters
    ----------
    verdicts : mapping of str to Verdict
        Label of each group of pages and its verdict; groups that are not estimable are named.
    """
    claim = CLAIMS[name]
    figure, axes = canvas(
        selection,
        quoted(name),
        say(
            "The verdict for every threshold: read up from it. Mark: the number. Dashed: thresholds"
        ),
        height=1.5 + 0.42 * len(verdicts),
    )
    axes.set_xlim(0, _right_end(claim, verdicts))
    for row, verdict in enumerate(verdicts.values()):
        _zones(axes, verdict, row)
    _thresholds(axes, next(iter(verdicts.values())))
    axes.set_yticks(range(len(verdicts)), list(verdicts))
    axes.set_ylim(len(verdicts) - 0.5, -0.75)
    axes.set_xlabel(say("threshold, in {unit}", unit=unit_in_words(claim)))
    axes.xaxis.set_major_formatter(ticks(claim.unit))
    figure.legend(handles=_key(), loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _alt(claim, verdicts))


def verdicts_at_a_glance(selection: Selection, verdicts: Mapping[str, Verdict]) -> ShownFigure:
    """Draw where the bounds of every claim lie between its two thresholds.

    Parameters
    ----------
    verdicts : mapping of str to Verdict
        Label of each claim and its verdict.
    """
    figure, axes = canvas(
        selection,
        say("Where the numbers lie"),
        say("Bar: bound to bound. Diamond: the number. Triangle: further on. Dashed: thresholds"),
        height=0.75 + 0.4 * len(verdicts),
    )
    outcomes = (Outcome.SUPPORTED, Outcome.IN_BETWEEN, Outcome.CONTRADICTED)
    for zone, outcome in enumerate(outcomes):
        axes.axvspan(zone, zone + 1, color=_TINTS[outcome], linewidth=0)
        axes.annotate(
            outcome_in_words(outcome), (zone + 0.5, -0.95), ha="center", va="top", fontsize=8
        )
    for row, (label, verdict) in enumerate(verdicts.items()):
        axes.annotate(label, (0.02, row - 0.18), va="bottom", fontsize=8)
        _between_thresholds(axes, verdict, row)
    axes.set_xlim(0, len(outcomes))
    axes.set_ylim(len(verdicts) - 0.5, -1)
    axes.set_axis_off()
    return ShownFigure(figure, _alt_at_a_glance(verdicts))


def place(value: float, verdict: Verdict) -> float:
    """Say where a number lies: 0 to 1 supports, 1 to 2 is in between, 2 to 3 contradicts.

    The scale is straight between 0, the two thresholds and its end.
    """
    threshold = verdict.threshold
    ends = [0.0, threshold.below, max(threshold.above, threshold.below), _scale_end(verdict)]
    along = float(np.interp(value, ends, [0, 1, 2, 3]))
    return along if verdict.claim.supported_when == "below" else 3 - along


def _scale_end(verdict: Verdict) -> float:
    return 2 * verdict.threshold.above


def _between_thresholds(axes: Axes, verdict: Verdict, row: int) -> None:
    """Draw one claim's bounds, and write its thresholds beside the lines that stand for them."""
    estimate, threshold = verdict.estimate, verdict.threshold
    for value in (threshold.below, threshold.above):
        at = place(value, verdict)
        axes.plot([at, at], [row - 0.16, row + 0.4], color=INK, linewidth=1, linestyle=(0, (3, 2)))
        axes.annotate(
            amount(value, verdict.claim.unit),
            xy=(at, row + 0.42),
            xytext=(2, 0),
            textcoords="offset points",
            fontsize=7,
            color=SOFT,
            va="bottom",
        )
    if estimate.low is None or estimate.high is None:
        words = outcome_in_words(Outcome.NOT_ESTIMABLE)
        axes.annotate(words, (0.02, row + 0.05), va="center", fontsize=8, color=SOFT)
        return
    start, end = sorted(place(bound, verdict) for bound in (estimate.low, estimate.high))
    axes.barh(row, max(end - start, 0.01), left=start, height=0.28, color=INK, alpha=0.75)
    end = _scale_end(verdict)
    if estimate.high > end:
        _further_on(axes, place(estimate.high, verdict), row)
    if estimate.value is not None and estimate.value <= end:
        at = place(estimate.value, verdict)
        axes.plot([at], [row], "D", color="white", mec=INK, markersize=5)


def _further_on(axes: Axes, edge: float, row: int) -> None:
    """Mark at an edge of the scale that a bar goes on beyond it."""
    is_left = edge == 0
    axes.plot([edge], [row], "<" if is_left else ">", color=INK, markersize=7, clip_on=False)


def _alt_at_a_glance(verdicts: Mapping[str, Verdict]) -> str:
    said = [say("Bounds of every claim against its two thresholds.")]
    for label, verdict in verdicts.items():
        unit = verdict.claim.unit
        outcome = outcome_in_words(verdict.outcome)
        if not verdict.estimate.has_interval:
            said.append(f"{label}: {outcome}.")
            continue
        said.append(
            say(
                "{label}: bounds {bounds}, thresholds {below} and {above}; {outcome}.",
                label=label,
                bounds=interval_in_words(verdict.estimate),
                below=amount(verdict.threshold.below, unit),
                above=amount(verdict.threshold.above, unit),
                outcome=outcome,
            )
        )
    return " ".join(said)


def _right_end(claim: Claim, verdicts: Mapping[str, Verdict]) -> float:
    """Where the axis ends: beyond every bound and threshold, and no share beyond all of it."""
    ends = [verdict.estimate.high or 0.0 for verdict in verdicts.values()]
    threshold = next(iter(verdicts.values())).threshold
    furthest = 1.15 * max(*ends, threshold.above)
    return min(1.0, furthest) if claim.unit.startswith("share") else furthest


def _zones(axes: Axes, verdict: Verdict, row: int) -> None:
    """Three zones: thresholds the pages lie above, cannot be told from, and lie below."""
    left, right = axes.get_xlim()
    estimate = verdict.estimate
    if estimate.low is None or estimate.high is None:
        axes.annotate(
            outcome_in_words(verdict.outcome),
            xy=(left, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=SOFT,
        )
        return
    ends = [left, estimate.low, estimate.high, right]
    for start, end, zone in zip(ends, ends[1:], zones_of(verdict.claim), strict=False):
        axes.barh(row, end - start, left=start, height=BAR, **_LOOKS[zone])
    if estimate.value is not None:
        axes.plot([estimate.value], [row], "|", color=INK, markersize=14, markeredgewidth=2)


def zones_of(claim: Claim) -> tuple[Outcome, Outcome, Outcome]:
    """Verdicts for thresholds below, between and above a claim's two bounds."""
    if claim.supported_when == "below":
        return Outcome.CONTRADICTED, Outcome.UNDECIDED, Outcome.SUPPORTED
    return Outcome.SUPPORTED, Outcome.UNDECIDED, Outcome.CONTRADICTED


def _thresholds(axes: Axes, verdict: Verdict) -> None:
    sides = ((verdict.threshold.below, -3, "right"), (verdict.threshold.above, 3, "left"))
    for value, shift, side in sides:
        axes.axvline(value, color=INK, linewidth=1, linestyle=(0, (4, 2)))
        axes.annotate(
            amount(value, verdict.claim.unit),
            xy=(value, -0.7),
            xytext=(shift, 0),
            textcoords="offset points",
            fontsize=8,
            ha=side,
            va="top",
        )


def _key() -> list[Patch]:
    return [Patch(**look, label=outcome_in_words(outcome)) for outcome, look in _LOOKS.items()]


def _alt(claim: Claim, verdicts: Mapping[str, Verdict]) -> str:
    above, undecided, below = (outcome_in_words(zone) for zone in zones_of(claim))
    said = [
        say(
            "Verdict on {sentence} for every threshold, in {unit}.",
            sentence=quoted(claim.name),
            unit=unit_in_words(claim),
        )
    ]
    for label, verdict in verdicts.items():
        estimate = verdict.estimate
        if estimate.low is None or estimate.high is None:
            said.append(f"{label}: {reason_in_words(estimate)}")
            continue
        said.append(
            say(
                "{label} ({pages}): {above} for thresholds under {low}, {undecided} from {low} to "
                "{high}, {below} over {high}.",
                label=label,
                pages=count(estimate.n_pages, "page"),
                above=above,
                undecided=undecided,
                below=below,
                low=amount(estimate.low, claim.unit),
                high=amount(estimate.high, claim.unit),
            )
        )
    return " ".join(said)
