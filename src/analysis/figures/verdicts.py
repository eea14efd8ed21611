"""Figure of a verdict as a function of its threshold, so that nobody has to accept ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.claims import Claim, Outcome, Verdict
from analysis.figures.style import INK, SOFT, canvas, ticks
from analysis.measures.catalogue import CATALOGUE
from analysis.selection import Selection
from analysis.sentences import amount, count
from analysis.showing import ShownFigure

_LOOKS: dict[Outcome, dict[str, Any]] = {
    Outcome.SUPPORTED: {"facecolor": "#9ecae1", "edgecolor": "white"},
    Outcome.UNDECIDED: {"facecolor": "#f0f0f0", "edgecolor": "#bdbdbd", "hatch": "///"},
    Outcome.CONTRADICTED: {"facecolor": "#fdae6b", "edgecolor": "white", "hatch": "..."},
}
BAR = 0.5


def verdict_by_threshold(
    selection: Selection, claim: Claim, verdicts: Mapping[str, Verdict]
) -> ShownFigure:
    """Draw, for every threshold one might choose, what the verdict would be.

    Parameters
    ----------
    verdicts : mapping of str to Verdict
        Label of each group of pages and its verdict; groups that are not estimable are named.
    """
    unit = CATALOGUE[claim.measure].unit
    figure, axes = canvas(
        selection,
        f"“{claim.sentence}”: the verdict under any threshold",
        "Read up from a threshold. Mark: typical page. Dashed: the study's two thresholds",
        height=1.5 + 0.42 * len(verdicts),
    )
    axes.set_xlim(*_range(verdicts, unit))
    for row, verdict in enumerate(verdicts.values()):
        _zones(axes, verdict, row)
    _thresholds(axes, next(iter(verdicts.values())), unit)
    axes.set_yticks(range(len(verdicts)), list(verdicts))
    axes.set_ylim(len(verdicts) - 0.5, -0.75)
    axes.set_xlabel(f"threshold, in {unit}")
    axes.xaxis.set_major_formatter(ticks(unit))
    figure.legend(handles=_key(), loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _alt(claim, verdicts, unit))


def _range(verdicts: Mapping[str, Verdict], unit: str) -> tuple[float, float]:
    if unit.startswith("share"):
        return 0.0, 1.0
    ends = [verdict.estimate.high or 0.0 for verdict in verdicts.values()]
    threshold = next(iter(verdicts.values())).threshold
    return 0.0, 1.15 * max(*ends, threshold.above)


def _zones(axes: Axes, verdict: Verdict, row: int) -> None:
    """Three zones: thresholds the pages lie above, cannot be told from, and lie below."""
    left, right = axes.get_xlim()
    estimate = verdict.estimate
    if estimate.low is None or estimate.high is None:
        axes.annotate(
            "not estimable",
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


def _thresholds(axes: Axes, verdict: Verdict, unit: str) -> None:
    sides = ((verdict.threshold.below, -3, "right"), (verdict.threshold.above, 3, "left"))
    for value, shift, side in sides:
        axes.axvline(value, color=INK, linewidth=1, linestyle=(0, (4, 2)))
        axes.annotate(
            amount(value, unit),
            xy=(value, -0.7),
            xytext=(shift, 0),
            textcoords="offset points",
            fontsize=8,
            ha=side,
            va="top",
        )


def _key() -> list[Patch]:
    return [Patch(**look, label=str(outcome)) for outcome, look in _LOOKS.items()]


def _alt(claim: Claim, verdicts: Mapping[str, Verdict], unit: str) -> str:
    above, _, below = zones_of(claim)
    said = [f"Verdict on “{claim.sentence}” for every threshold, in {unit}."]
    for label, verdict in verdicts.items():
        estimate = verdict.estimate
        if estimate.low is None or estimate.high is None:
            said.append(f"{label}: not estimable, {estimate.reason}.")
            continue
        low, high = amount(estimate.low, unit), amount(estimate.high, unit)
        said.append(
            f"{label} ({count(estimate.n_pages, 'page')}): {above} for thresholds under {low}, "
            f"undecided from {low} to {high}, {below} over {high}."
        )
    return " ".join(said)
