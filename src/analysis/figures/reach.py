"""Figures of whom posts reach: by size, by month, by payment, and what it would take."""

from __future__ import annotations

import numpy as np
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.style import INK, SOFT, canvas, log_axis, ticks, tier_looks
from analysis.figures.time import month_in_words
from analysis.language import say
from analysis.measures.measure import Measure
from analysis.selection import Selection
from analysis.sentences import amount, count, joined, percentage, span
from analysis.showing import ShownFigure

PER_FOLLOWER = "share of followers"
MOST_NAMED = 30
"""More pages than this are drawn without their names."""

ROW, NAMED_ROW = 0.11, 0.19
FULL_PAGE = 7.2


def reach_by_size(selection: Selection, pages: pd.DataFrame) -> ShownFigure:
    """Draw reach per follower against followers: a mark where measured, a line where modelled.

    Parameters
    ----------
    pages : pandas.DataFrame
        One row per page: ``tier``, ``followers``, ``measured``, ``low`` and ``high`` (shares of
        followers, the same where measured).
    """
    figure, axes = canvas(
        selection,
        say("Reach per follower by size of page"),
        say(
            "Mark: measured. Line: the model’s interval. n = {pages}",
            pages=_how_many(pages),
        ),
        height=3.4,
    )
    looks = tier_looks(selection.study.tier_names)
    for tier, of_tier in pages.groupby("tier", sort=False):
        look = looks[str(tier)]
        modelled = of_tier[~of_tier["measured"]]
        axes.vlines(
            modelled["followers"], modelled["low"], modelled["high"], look.colour, alpha=0.55, lw=1
        )
        shared = of_tier[of_tier["measured"]]
        axes.scatter(
            shared["followers"],
            shared["high"],
            s=46,
            color=look.colour,
            marker=look.marker,
            edgecolor=INK,
            linewidth=0.7,
            zorder=3,
        )
    log_axis(axes.xaxis, pages["followers"].min(), pages["followers"].max())
    log_axis_of_shares(axes, pages)
    axes.set_xlabel(say("followers (log scale)"))
    axes.xaxis.set_major_formatter(ticks("people"))
    axes.set_ylabel(say("reach per follower (log scale)"))
    figure.legend(handles=_key(selection, pages), loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _by_size_alt(selection, pages))


def log_axis_of_shares(axes: Axes, pages: pd.DataFrame) -> None:
    """Put readable percentages on a logarithmic vertical scale."""
    low, high = pages["low"].min(), pages["high"].max()
    axes.set_yscale("log")
    shown = [t for t in SHARE_TICKS if low / 1.6 <= t <= high * 1.6]
    axes.set_yticks(shown, [amount(t, PER_FOLLOWER) for t in shown])
    axes.minorticks_off()


SHARE_TICKS = tuple(step * 10.0**power for power in range(-6, 3) for step in (1, 2, 5))


def _how_many(pages: pd.DataFrame) -> str:
    n = int(pages["measured"].sum())
    return say(
        "{measured} measured, {modelled} modelled",
        measured=count(n, "page"),
        modelled=count(len(pages) - n, "page"),
    )


def _key(selection: Selection, pages: pd.DataFrame) -> list[Line2D]:
    looks = tier_looks(selection.study.tier_names)
    tiers = [tier for tier in selection.tiers if (pages["tier"] == tier).any()]
    return [
        Line2D(
            [],
            [],
            linewidth=1,
            color=looks[tier].colour,
            marker=looks[tier].marker,
            label=selection.heading(tier),
        )
        for tier in tiers
    ]


def _by_size_alt(selection: Selection, pages: pd.DataFrame) -> str:
    said = [f"{say('Reach per follower by size of page')}: {_how_many(pages)}."]
    for tier in selection.tiers:
        of_tier = pages[pages["tier"] == tier]
        if of_tier.empty:
            continue
        size = of_tier["followers"].round()
        sizes = say("{sizes} followers", sizes=span(size.min(), size.max(), "people"))
        parts = "; ".join([sizes, *_in_words(of_tier)])
        said.append(f"{selection.heading(tier)}: {parts}.")
    return " ".join(said)


def _in_words(pages: pd.DataFrame) -> list[str]:
    """Ranges of measured reach per follower, and of the model's intervals."""
    shared, modelled = pages[pages["measured"]], pages[~pages["measured"]]
    parts = []
    if len(shared):
        parts.append(say("measured reach {rates} of followers", rates=_rates(shared)))
    if len(modelled):
        parts.append(say("the model's intervals {rates} of followers", rates=_rates(modelled)))
    return parts


def _rates(pages: pd.DataFrame) -> str:
    return span(pages["low"].min(), pages["high"].max(), PER_FOLLOWER)


def reach_needed(
    selection: Selection, pages: pd.DataFrame, share: float, level: str
) -> ShownFigure:
    """Draw for every page the reach it has, and the reach it would need.

    Parameters
    ----------
    pages : pandas.DataFrame
        As for `reach_by_size`, with ``name`` and ``needed``: reach per follower at which a post
        reaches ``share`` of the target group; NaN where the target group is not known.
    share : float
        Share of the target group.
    level : str
        Level of the intervals, in words.
    """
    ordered = rows_by_tier(selection, pages)
    named = len(ordered) <= MOST_NAMED
    figure, axes = canvas(
        selection,
        say("Reach, and the reach that {share} of the target group takes", share=percentage(share)),
        say(
            "Line: {level} interval of the model. n = {pages}", level=level, pages=_how_many(pages)
        ),
        height=min(1.9 + (NAMED_ROW if named else ROW) * len(ordered), FULL_PAGE),
        beside=ordered["name"] if named else (),
    )
    _reach_and_needed(axes, selection, ordered)
    _scale_with_all_followers(axes, pd.concat([ordered[end] for end in ("low", "high", "needed")]))
    if named:
        axes.set_yticks(range(len(ordered)), ordered["name"], fontsize=7)
    else:
        tier_names_on_rows(axes, selection, ordered)
    axes.set_ylim(len(ordered) - 0.4, -1.1)
    figure.legend(
        handles=_key_of_needed(selection, ordered), loc="outside lower left", ncols=3, fontsize=8
    )
    return ShownFigure(figure, _needed_alt(ordered, share))


def _reach_and_needed(axes: Axes, selection: Selection, ordered: pd.DataFrame) -> None:
    """One page on each row: a line or a dot for its reach, and a bar for what it would need."""
    looks = tier_looks(selection.study.tier_names)
    modelled, shared = ordered[~ordered["measured"]], ordered[ordered["measured"]]
    axes.hlines(
        modelled.index,
        modelled["low"],
        modelled["high"],
        [looks[tier].colour for tier in modelled["tier"]],
        linewidth=2,
    )
    axes.plot(shared["high"], shared.index, "o", color=INK, markersize=5)
    axes.plot(ordered["needed"], ordered.index, "|", color=INK, markersize=9, markeredgewidth=2)


def _scale_with_all_followers(axes: Axes, ends: pd.Series) -> None:
    log_axis(axes.xaxis, ends.min(), ends.max())
    axes.xaxis.set_major_formatter(ticks(PER_FOLLOWER))
    axes.set_xlabel(say("reach per follower (log scale)"))
    if ends.min() < 1 < ends.max():
        axes.axvline(1, color=SOFT, linewidth=1, linestyle=(0, (1, 2)))
        words = f" {say('all followers')}"
        axes.annotate(words, xy=(1, -0.5), fontsize=7, color=SOFT, va="center")


def rows_by_tier(selection: Selection, pages: pd.DataFrame) -> pd.DataFrame:
    """Order pages by tier, and within it by followers, most first."""
    order = {tier: number for number, tier in enumerate(selection.study.tier_names)}
    ranked = pages.assign(rank=pages["tier"].map(order))
    return ranked.sort_values(["rank", "followers"], ascending=[True, False], ignore_index=True)


def tier_names_on_rows(axes: Axes, selection: Selection, ordered: pd.DataFrame) -> None:
    """Name the block of rows of each tier, where pages are too many to be named."""
    centres = ordered.reset_index().groupby("tier", sort=False)["index"].mean()
    labels = [selection.heading(str(tier)) for tier in centres.index]
    axes.set_yticks(centres.to_numpy(), labels)
    axes.tick_params(axis="y", length=0)


def _key_of_needed(selection: Selection, pages: pd.DataFrame) -> list[Line2D]:
    looks = tier_looks(selection.study.tier_names)
    modelled = pages[~pages["measured"]]
    lines = [
        Line2D([], [], color=looks[tier].colour, lw=2, label=selection.heading(tier))
        for tier in selection.tiers
        if (modelled["tier"] == tier).any()
    ]
    if pages["measured"].any():
        lines.append(Line2D([], [], color=INK, linestyle="", marker="o", label=say("measured")))
    if pages["needed"].notna().any():
        needed = say("needed")
        lines.append(Line2D([], [], color=INK, linestyle="", marker="|", ms=9, mew=2, label=needed))
    return lines


def _needed_alt(pages: pd.DataFrame, share: float) -> str:
    said = [
        say(
            "Reach per follower of {pages}: {ranges}.",
            pages=_how_many(pages),
            ranges=joined(_in_words(pages)),
        )
    ]
    known = pages.dropna(subset=["needed"])
    if len(known):
        needed = say(
            "For {share} of the target group {needed} of followers are needed.",
            share=percentage(share),
            needed=span(known["needed"].min(), known["needed"].max(), PER_FOLLOWER),
        )
        said += [needed, _whether_enough(known["high"] < known["needed"])]
    return " ".join(said)


def _whether_enough(under: pd.Series) -> str:
    if len(under) > 1:
        return say(
            "Even the upper bound is lower on {under} of {pages}.",
            under=int(under.sum()),
            pages=count(len(under), "page"),
        )
    if under.all():
        return say("Even the upper bound is lower.")
    return say("The upper bound is not lower.")


def reach_by_month(selection: Selection, posts: pd.DataFrame, measure: Measure) -> ShownFigure:
    """Draw the ordinary organic post of the middle page in every month, one line per tier.

    Parameters
    ----------
    posts : pandas.DataFrame
        Organic posts with a date and ``reached``, in the unit of ``measure``.
    """
    monthly = _per_tier_and_month(selection, posts)
    months = pd.DatetimeIndex(monthly.columns)
    figure, axes = canvas(
        selection,
        say("{measure}, by month", measure=say(measure.label)),
        say(
            "Median over pages of each page's median. n = {pages}, {posts}",
            pages=count(posts["page_id"].nunique(), "page"),
            posts=count(len(posts), "post"),
        ),
        height=2.8,
    )
    looks = tier_looks(selection.study.tier_names)
    for tier, values in monthly.iterrows():
        look = looks[str(tier)]
        axes.plot(
            range(len(months)),
            values.to_numpy(),
            color=look.colour,
            marker=look.marker,
            linestyle=look.line,
            label=selection.heading(str(tier)),
        )
    names = [format_date(month, "LLL", locale=say.language) for month in months]
    axes.set_xticks(range(len(months)), names)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(say(measure.unit))
    axes.yaxis.set_major_formatter(ticks(measure.unit))
    figure.legend(loc="outside lower left", ncols=3, fontsize=8)
    return ShownFigure(figure, _by_month_alt(selection, monthly, measure))


def _per_tier_and_month(selection: Selection, posts: pd.DataFrame) -> pd.DataFrame:
    """Median over pages of each page's median: a row per tier, a column per month."""
    clock = posts["published_at"].dt.tz_convert(selection.study.timezone).dt.tz_localize(None)
    months = pd.period_range(selection.study.period.start, selection.study.period.end, freq="M")
    dated = posts.assign(month=clock.dt.to_period("M"))
    per_page = dated.groupby(["tier", "page_id", "month"], as_index=False)["reached"].median()
    monthly = per_page.pivot_table("reached", index="tier", columns="month", aggfunc="median")
    monthly = monthly.reindex(index=[t for t in selection.tiers if t in monthly.index])
    return monthly.reindex(columns=months).set_axis(months.to_timestamp(), axis="columns")


def _by_month_alt(selection: Selection, monthly: pd.DataFrame, measure: Measure) -> str:
    said = [
        say("{measure}, by month, in {unit}.", measure=say(measure.label), unit=say(measure.unit))
    ]
    said += [
        _months_in_words(selection.heading(str(tier)), values, measure.unit)
        for tier, values in monthly.iterrows()
    ]
    return " ".join(said)


def _months_in_words(label: str, per_month: pd.Series, unit: str) -> str:
    months = pd.DatetimeIndex(per_month.index)
    return say(
        "{label}: from {lowest} in {lowest_month} to {highest} in {highest_month}.",
        label=label,
        lowest=amount(per_month.min(), unit),
        lowest_month=month_in_words(months[int(per_month.argmin())]),
        highest=amount(per_month.max(), unit),
        highest_month=month_in_words(months[int(per_month.argmax())]),
    )


def paid_beside_organic(selection: Selection, pages: pd.DataFrame) -> ShownFigure:
    """Draw the ordinary boosted post beside the ordinary organic one, page by page.

    Parameters
    ----------
    pages : pandas.DataFrame
        Measures of the pages that have both.
    """
    ordered = pages.sort_values("organic_reach_per_post", ascending=False, ignore_index=True)
    organic, boosted = ordered["organic_reach_per_post"], ordered["boosted_reach_per_post"]
    figure, axes = canvas(
        selection,
        say("Boosted beside organic posts"),
        say(
            "People reached by the ordinary post of each page. n = {pages}",
            pages=count(len(ordered), "page"),
        ),
        height=1.8 + 0.24 * len(ordered),
        beside=ordered["name"],
    )
    rows = np.arange(len(ordered))
    axes.hlines(rows, organic, boosted, color=SOFT, linewidth=1)
    axes.plot(organic, rows, "o", color=INK, markersize=6, label=say("organic"))
    axes.plot(boosted, rows, "D", color="white", mec=INK, markersize=6, label=say("boosted"))
    both = pd.concat([organic, boosted])
    log_axis(axes.xaxis, both.min(), both.max())
    axes.set_yticks(rows, ordered["name"], fontsize=8)
    axes.set_ylim(len(ordered) - 0.4, -0.6)
    axes.set_xlabel(say("people reached by an ordinary post (log scale)"))
    axes.xaxis.set_major_formatter(ticks("people"))
    figure.legend(loc="outside lower left", ncols=2, fontsize=8)
    return ShownFigure(figure, _paid_alt(organic, boosted))


def _paid_alt(organic: pd.Series, boosted: pd.Series) -> str:
    times = boosted / organic
    return say(
        "People reached by the ordinary post of {pages}. Organic: {organic}. Boosted: {boosted}, "
        "{times} times as many as organic.",
        pages=count(len(organic), "page"),
        organic=span(organic.min(), organic.max(), "people"),
        boosted=span(boosted.min(), boosted.max(), "people"),
        times=span(times.min(), times.max(), "times"),
    )
