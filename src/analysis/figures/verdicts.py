"""Figure of a verdict as a function of its threshold, so that nobody has to accept ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.claims import Claim, Verdict
from analysis.figures.style import INK, SOFT, canvas
from analysis.measures.catalogue import CATALOGUE
from analysis.selection import Selection
from analysis.sentences import amount, count
from analysis.showing import ShownFigure

_BELOW: dict[str, Any] = {"facecolor": "#9ecae1", "edgecolor": "white"}
_BETWEEN: dict[str, Any] = {"facecolor": "#f0f0f0", "edgecolor": "#bdbdbd", "hatch": "///"}
_ABOVE: dict[str, Any] = {"facecolor": "#fdae6b", "edgecolor": "white", "hatch": "..."}
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
        "Read up from a threshold: below a bar's left end the page is above it, and the reverse",
        height=1.7 + 0.5 * len(verdicts),
    )
    axes.set_xlim(*_range(verdicts, unit))
    for row, verdict in enumerate(verdicts.values()):
        _zones(axes, verdict, row)
    _thresholds(axes, next(iter(verdicts.values())), unit)
    axes.set_yticks(range(len(verdicts)), list(verdicts))
    axes.set_ylim(len(verdicts) - 0.5, -0.75)
    axes.set_xlabel(f"threshold, in {unit}")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(value, unit)))
    figure.legend(handles=_key(claim), loc="outside lower left", ncols=3, fontsize=8)
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
    axes.barh(row, estimate.low - left, left=left, height=BAR, **_ABOVE)
    axes.barh(row, estimate.high - estimate.low, left=estimate.low, height=BAR, **_BETWEEN)
    axes.barh(row, right - estimate.high, left=estimate.high, height=BAR, **_BELOW)
    if estimate.value is not None:
        axes.plot([estimate.value], [row], "|", color=INK, markersize=14, markeredgewidth=2)


def _thresholds(axes: Axes, verdict: Verdict, unit: str) -> None:
    for value in (verdict.threshold.below, verdict.threshold.above):
        axes.axvline(value, color=INK, linewidth=1, linestyle=(0, (4, 2)))
        axes.annotate(
            f"our threshold {amount(value, unit)}",
            xy=(value, -0.7),
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=7.5,
            va="top",
        )


def _key(claim: Claim) -> list[Patch]:
    supported_below = claim.supported_when == "below"
    return [
        Patch(**_ABOVE, label="contradicted" if supported_below else "supported"),
        Patch(**_BETWEEN, label="undecided"),
        Patch(**_BELOW, label="supported" if supported_below else "contradicted"),
    ]


def _alt(claim: Claim, verdicts: Mapping[str, Verdict], unit: str) -> str:
    above, _, below = (patch.get_label() for patch in _key(claim))
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
