"""What is said of reach that was not measured: notebook 03."""

from __future__ import annotations

import pandas as pd

from analysis.audience.groups import FOLLOWER_SHARE, TARGET_GROUP_SHARE
from analysis.audience.reach import Reach, reach_per_page
from analysis.figures.reach import reach_by_size, reach_needed
from analysis.findings.per_tier import (
    Estimates,
    groups,
    rows_named,
    table_of,
)
from analysis.findings.reach_measured import RATE, reaching_nobody
from analysis.findings.reach_needed import wanted_share
from analysis.inference.estimate import Basis, Estimate
from analysis.inference.reach_model import BESIDE_EVERY_INTERVAL
from analysis.language import say, speaking
from analysis.selection import Selection
from analysis.sentences import NOT_MEASURED, capitalised, count, level_in_words
from analysis.showing import Sentence, ShownFigure, ShownTable

DIFFERENT_SIZES = 1.2
"""The largest page must be so many times the smallest to speak of different sizes."""
NOT_MODELLED = (
    f"{NOT_MEASURED}: without the followers of a page and its interactions there is nothing to "
    "estimate its reach from"
)
NO_SIZE = f"{NOT_MEASURED}: how many people the pages want to reach is not known"
ALL_MEASURED = "every page shared its reach, so there is nothing to estimate"
MODELLED_DEFINITION = "median over pages without measured reach of the model's two bounds"


def by_size(selection: Selection, reach: Reach) -> Sentence | ShownFigure:
    """Draw reach per follower against followers, measured and modelled."""
    pages = _rates(selection, reach)
    if pages.empty:
        return Sentence(say("Reach per follower of pages of different sizes is **not measured**."))
    pages = _on_a_log_scale(pages)
    if pages.empty:
        return reaching_nobody()
    if pages["followers"].max() < DIFFERENT_SIZES * pages["followers"].min():
        return Sentence(
            say("One size of page shows no difference: this question takes several pages.")
        )
    return reach_by_size(selection, pages)


def not_measured(selection: Selection, reach: Reach) -> Sentence | ShownTable:
    """Tabulate what the model says of pages that did not share their reach."""
    if not reach.any_modelled:
        return Sentence(f"{capitalised(say.reason(_why_not_modelled(reach.pages)))}.")
    alone = reach_per_page(selection, level=reach.level, with_interactions=False)
    found = {
        say("Reach per follower"): modelled_per_group(selection, reach, FOLLOWER_SHARE),
        say("… if interactions say nothing"): modelled_per_group(selection, alone, FOLLOWER_SHARE),
        say("Share of the target group"): modelled_per_group(selection, reach, TARGET_GROUP_SHARE),
    }
    definitions = [
        ("modelled_reach_rate", f"table: {MODELLED_DEFINITION}"),
        ("modelled_reach_rate", f"{MODELLED_DEFINITION}, without interactions"),
        ("modelled_reach_target_group", MODELLED_DEFINITION),
    ]
    rows = [
        row
        for (measure, text), estimates in zip(definitions, found.values(), strict=True)
        for row in rows_named(selection, measure, text, estimates)
    ]
    return table_of(
        selection,
        found,
        _caption(selection),
        rows,
        " ".join([_calibrated(reach), *map(say, BESIDE_EVERY_INTERVAL)]),
    )


def _caption(selection: Selection) -> str:
    if selection.page:
        return say("An ordinary organic post of this page, which did not share its reach")
    return say("An ordinary organic post of the middle page that did not share its reach")


def modelled_per_group(selection: Selection, reach: Reach, unit: str) -> Estimates:
    """Bounds of the middle page that was not measured, for every group shown."""
    return {tier: _modelled(reach, tier, unit) for tier in groups(selection)}


def _modelled(reach: Reach, tier: str, unit: str) -> Estimate:
    """Bounds of the middle page that was not measured; nothing in the middle of them."""
    pages = reach.of(tier).pages
    wanted = pages[~pages["measured"]].dropna(subset=["post_low", "post_high"])
    exposure = "followers" if unit == FOLLOWER_SHARE else "target_group_size"
    why_nothing = _why_not_modelled(pages) if wanted.empty else NO_SIZE
    wanted = wanted[wanted[exposure] > 0]
    with speaking("en"):  # as all results do
        calibrated = _calibrated(reach)
    found = Basis(
        n_pages=len(wanted),
        n_posts=int(wanted["n_posts"].sum()),
        unit=unit,
        level=reach.level,
        method=f"model of reach ({reach.definition}), {calibrated}",
        approximate=True,
    )
    if wanted.empty:
        return found.nothing(why_nothing)
    low, high = ((wanted[f"post_{end}"] / wanted[exposure]).median() for end in ("low", "high"))
    return found.bounds_alone(
        low, high, "reach that was not measured has no value between its bounds"
    )


def _why_not_modelled(pages: pd.DataFrame) -> str:
    """Say why the model says nothing of pages: none needs it, or it has nothing to go by."""
    posted = pages[pages["n_posts"] > 0]
    all_measured = len(posted) and posted["measured"].all()
    return ALL_MEASURED if all_measured else NOT_MODELLED


def _calibrated(reach: Reach) -> str:
    """Say from which pages the model learned, and how often it is right about them."""
    model = reach.model
    if model.n_pages == 0:
        return say("No page shared its reach: the bounds are those of published benchmarks.")
    left_out = model.left_out(reach.level)
    return say(
        "Learned from {pages} with {posts}: {inside} of {n} measured pages inside their {level} "
        "interval when left out.",
        pages=count(model.n_pages, "page"),
        posts=count(model.n_posts, "post"),
        inside=left_out.inside,
        n=left_out.n_pages,
        level=level_in_words(left_out.level),
    )


def not_measured_figure(selection: Selection, reach: Reach) -> Sentence | ShownFigure:
    """Draw what is known of every page's reach, beside the reach it would need."""
    pages = _rates(selection, reach)
    if pages.empty and reach.pages["measured"].any():
        return Sentence(
            say("There is nothing to draw: reach is measured, and these data have no followers.")
        )
    if pages.empty:
        return Sentence(
            say(
                "There is nothing to draw: reach is not measured, and so is what an estimate would "
                "need."
            )
        )
    pages = _on_a_log_scale(pages)
    if pages.empty:
        return reaching_nobody()
    share = wanted_share(selection)
    pages = pages.assign(needed=share * pages["target_group_size"] / pages["followers"])
    return reach_needed(selection, pages, share, level_in_words(reach.level))


def _rates(selection: Selection, reach: Reach) -> pd.DataFrame:
    """Pages with bounds, per follower: ``low`` and ``high``; measured ones have them in one."""
    known = reach.pages.dropna(subset=["post_low", "post_high"])
    known = known[known["followers"] > 0]
    rate = selection.measures[RATE.name].reindex(known.index).where(known["measured"])
    bounds = {
        end: rate.fillna(known[f"post_{end}"] / known["followers"]) for end in ("low", "high")
    }
    return known.assign(**bounds)


def _on_a_log_scale(pages: pd.DataFrame) -> pd.DataFrame:
    """Pages that reach anybody: a logarithmic scale has no zero."""
    return pages[pages["low"] > 0]
