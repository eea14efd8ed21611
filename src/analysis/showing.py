"""How results leave a notebook: shown to the reader, and carried as data in the same output."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.inference.estimate import Estimate
from analysis.registers.followers import FOLLOWERS_OF_REGISTER
from analysis.results import END_MIME, ESTIMATE_MIME
from analysis.selection import Selection

Bundle = tuple[dict[str, Any], dict[str, Any]]
OF_FOLLOWERS = re.compile(r"\bF\b|\bfollowers\b")
"""In a formula, F is the number of followers."""


def result_row(
    selection: Selection,
    estimate: Estimate,
    *,
    measure: str,
    definition: str,
    tier: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Make the tidy results row of one estimate.

    Parameters
    ----------
    selection : Selection
        Gives study, tier, page, platform, period and whether the data are simulated.
    estimate : Estimate
    measure, definition : str
        Name and formula of what is estimated. A number that takes followers says so of them when
        they are the register's.
    tier : str, optional
        Where the estimate is of another tier than the selection's.
    **more
        Further results columns: ``versus``, ``claim``, ``threshold``, ``verdict``.

    Returns
    -------
    dict
        Keys are names of ``analysis.results.RESULT_COLUMNS``, all but ``notebook``.
    """
    numbers = asdict(estimate)
    numbers["estimate"] = numbers.pop("value")
    if numbers.pop("approximate"):
        numbers["method"] += " (approximate)"
    return {
        "study": selection.study.name,
        "measure": measure,
        "definition": _with_followers(definition, estimate.unit, selection),
        "platform": selection.platform,
        "tier": tier or selection.tier,
        "page_id": selection.page or None,
        "period": str(selection.study.period),
        "simulated": selection.simulated,
        **numbers,
        "reason": estimate.reason or None,
        **more,
    }


def _with_followers(definition: str, unit: str, selection: Selection) -> str:
    if selection.has_followers_of_register and OF_FOLLOWERS.search(f"{definition}, {unit}"):
        return f"{definition}; F: {FOLLOWERS_OF_REGISTER}"
    return definition


@dataclass(frozen=True)
class Sentence:
    """A sentence in Markdown, with the estimates it states."""

    text: str
    rows: Sequence[dict[str, Any]] = ()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": self.text, "text/markdown": self.text, **_carried(self.rows)}


@dataclass(frozen=True)
class LastSentence(Sentence):
    """A sentence after which a report's chapter ends: nothing that follows has anything to show."""

    def _repr_mimebundle_(self, **more: Any) -> dict[str, Any]:
        return super()._repr_mimebundle_(**more) | {END_MIME: True}


@dataclass(frozen=True)
class ShownTable:
    """A table of text as a reader sees it, with the estimates it shows.

    ``frame`` holds formatted text only; its first column names the rows.
    """

    frame: pd.DataFrame
    caption: str
    rows: Sequence[dict[str, Any]] = ()
    note: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            "text/plain": self.frame.to_string(index=False),
            "text/html": self._as_html(),
            **_carried(self.rows),
        }

    def _as_html(self) -> str:
        first = self.frame.columns[0]
        headed = self.frame.set_index(first).rename_axis(index=None, columns=first or None)
        table = headed.to_html(border=0, justify="left")
        caption = f"<caption>{html.escape(self.caption)}</caption>"
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return table.replace("<thead>", f"{caption}<thead>", 1) + note


@dataclass(frozen=True)
class ShownFigure:
    """A figure, with the text that tells what it shows to who cannot see it."""

    figure: Figure
    alt: str
    caption: str = ""

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        data = {"text/plain": self.alt, "image/svg+xml": self._as_svg()}
        return data, {"image/svg+xml": {"alt": self.alt, "caption": self.caption}}

    def _as_svg(self) -> str:
        written = io.StringIO()
        self.figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
        return written.getvalue()


def _carried(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {ESTIMATE_MIME: list(rows)} if rows else {}
