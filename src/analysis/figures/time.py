"""Figures of when pages post."""

from __future__ import annotations

import numpy as np
import pandas as pd
from babel.dates import format_date, get_day_names

from analysis.figures.style import (
    SEQUENTIAL,
    EvenNumbers,
    canvas,
    colour_key,
    tier_looks,
    write_numbers,
)
from analysis.language import say
from analysis.selection import Selection
from analysis.sentences import capitalised, count, day, joined, number, percentage
from analysis.showing import ShownFigure

MAX_NAMED_PAGES = 60
MAX_COUNTED = (6, 24)
"""So few pages and months have room for a number in every block, and none for a key beside them."""


def weekdays() -> list[str]:
    """Name the days of the week, Monday first, in the language spoken."""
    names = get_day_names("wide", "stand-alone", say.language)
    return [names[day] for day in range(7)]


def month_in_words(month: pd.Timestamp) -> str:
    """Write a month in the language spoken: ``March 2023``."""
    return format_date(month, "LLLL y", locale=say.language)


def has_dates(selection: Selection) -> bool:
    """Whether any post has a date."""
    return bool(selection.posts["published_at"].notna().any())


def coverage(selection: Selection) -> ShownFigure:
    """Draw posts per page and month: where the data are and where they are not."""
    counts = posts_per_month(selection)
    names = selection.pages.set_index("page_id")["name"].reindex(counts.index)
    figure, axes = canvas(
        selection,
        say("Posts per page and month"),
        say(
            "White: no post in that month. n = {pages}, {posts}",
            pages=count(len(counts), "page"),
            posts=count(int(counts.to_numpy().sum()), "post"),
        ),
        height=1.2 + min(0.125 * len(counts), 6.5),
        beside=names if len(counts) <= MAX_NAMED_PAGES else (),
    )
    shown = counts.where(counts > 0).to_numpy(dtype=float)
    image = axes.pcolormesh(shown, cmap=SEQUENTIAL, edgecolors="white", linewidth=0.4, vmin=0)
    axes.set_xticks(np.arange(counts.shape[1]) + 0.5, _month_labels(counts.columns))
    axes.set_yticks(np.arange(len(counts)) + 0.5, list(names), fontsize=6.5)
    if len(counts) > MAX_NAMED_PAGES:
        axes.set_yticks([])
    axes.invert_yaxis()
    if all(np.less_equal(counts.shape, MAX_COUNTED)):
        write_numbers(axes, counts.to_numpy(), shown)
    else:
        colour_key(figure, image, say("posts in the month"))
    return ShownFigure(figure, _coverage_alt(counts, names))


def posts_per_month(selection: Selection) -> pd.DataFrame:
    """Count posts per page (rows) and month of the period (columns, first days)."""
    period = selection.study.period
    months = pd.period_range(period.start, period.end, freq="M")
    posts = selection.posts.dropna(subset=["published_at"])
    local = posts["published_at"].dt.tz_convert(selection.study.timezone).dt.tz_localize(None)
    counts = pd.crosstab(posts["page_id"], local.dt.to_period("M"))
    order = selection.pages.set_index("page_id").index
    table = counts.reindex(index=order, columns=months, fill_value=0)
    return table.set_axis(months.to_timestamp(), axis="columns")


def _month_labels(months: pd.Index) -> list[str]:
    """Name each month, with the year under the first of every year."""
    years = [month.year for month in months]
    names = [format_date(month, "LLL", locale=say.language) for month in months]
    return [
        f"{name}\n{years[i]}" if i == 0 or years[i] != years[i - 1] else name
        for i, name in enumerate(names)
    ]


def _coverage_alt(counts: pd.DataFrame, names: pd.Series) -> str:
    empty = counts.index[counts.sum(axis=1) == 0]
    gaps = int((counts == 0).to_numpy().sum())
    said = [
        say(
            "Posts of {pages} over {months}.",
            pages=count(len(counts), "page"),
            months=count(counts.shape[1], "month"),
        ),
        say(
            "A page has {n} posts in the middle month.",
            n=number(float(np.median(counts.to_numpy()))),
        ),
        say(
            "{gaps} of {all} without a post.",
            gaps=capitalised(count(gaps, "page-month")),
            all=say.decimal(counts.size, 0),
        ),
    ]
    if len(empty):
        pages = joined([str(names[page]) for page in empty])
        said.append(say("Without any post: {pages}.", pages=pages))
    return " ".join(said)


def rhythm(selection: Selection) -> ShownFigure:
    """Draw the share of posts per weekday and hour, or per weekday where hours are not known."""
    posts = selection.posts
    if (posts["published_precision"] == "second").any():
        return _weekday_and_hour(selection, posts[posts["published_precision"] == "second"])
    return _weekday(selection, posts[posts["published_precision"] == "day"])


def _weekday_and_hour(selection: Selection, posts: pd.DataFrame) -> ShownFigure:
    local = posts["published_at"].dt.tz_convert(selection.study.timezone).dt
    shares = pd.crosstab(local.day_of_week, local.hour, normalize="all")
    shares = shares.reindex(index=range(7), columns=range(24), fill_value=0.0)
    figure, axes = canvas(
        selection,
        say("When posts are published"),
        say(
            "Share of all posts per weekday and hour, {timezone}. n = {posts}",
            timezone=selection.study.timezone,
            posts=count(len(posts), "post"),
        ),
        height=2.9,
    )
    shown = shares.where(shares > 0).to_numpy(dtype=float)
    image = axes.pcolormesh(100 * shown, cmap=SEQUENTIAL, edgecolors="white", linewidth=0.4)
    axes.set_xticks(np.arange(0, 25, 3), [f"{hour}:00" for hour in range(0, 25, 3)])
    axes.set_yticks(np.arange(7) + 0.5, weekdays())
    axes.invert_yaxis()
    axes.set_xlabel(say("hour"))
    colour_key(figure, image, say("% of posts"))
    per_day = shares.sum(axis=1)
    return ShownFigure(figure, f"{_busiest_in_words(shares)} {_per_day_in_words(per_day)}")


def _busiest_in_words(shares: pd.DataFrame) -> str:
    day_of_week, hour = np.unravel_index(shares.to_numpy().argmax(), shares.shape)
    return say(
        "Posts per weekday and hour. Busiest: {day} between {start}:00 and {end}:00, with {share} "
        "of posts.",
        day=weekdays()[day_of_week],
        start=hour,
        end=hour + 1,
        share=percentage(shares.to_numpy().max()),
    )


def _weekday(selection: Selection, posts: pd.DataFrame) -> ShownFigure:
    local = posts["published_at"].dt.tz_convert(selection.study.timezone).dt
    shares = local.day_of_week.value_counts(normalize=True).reindex(range(7), fill_value=0.0)
    figure, axes = canvas(
        selection,
        say("On which days posts are published"),
        say(
            "Share of all posts; the data hold no hours. n = {posts}",
            posts=count(len(posts), "post"),
        ),
        height=2.6,
    )
    axes.bar(weekdays(), 100 * shares, color=tier_looks(["posts"])["posts"].colour, width=0.7)
    axes.set_ylabel(say("% of posts"))
    axes.yaxis.set_major_formatter(EvenNumbers())
    axes.tick_params(axis="x", labelsize=8)
    return ShownFigure(figure, f"{say('Posts per weekday.')} {_per_day_in_words(shares)}")


def _per_day_in_words(per_day: pd.Series) -> str:
    days = [f"{day} {percentage(share)}" for day, share in zip(weekdays(), per_day, strict=True)]
    return say("Per day: {days}.", days=joined(days))


def monthly_activity(selection: Selection) -> ShownFigure:
    """Draw posts per page and month, one line per tier."""
    counts = posts_per_month(selection)
    tier_of = selection.pages.set_index("page_id")["tier"]
    per_tier = counts.groupby(tier_of).mean().reindex(selection.tiers).dropna(how="all")
    figure, axes = canvas(
        selection, say("Posts per page in each month"), _over_what(selection), height=2.6
    )
    looks = tier_looks(selection.study.tier_names)
    for tier, values in per_tier.iterrows():
        look = looks[str(tier)]
        axes.plot(
            values.to_numpy(),
            color=look.colour,
            marker=look.marker,
            linestyle=look.line,
            label=selection.heading(str(tier)),
        )
    axes.set_xticks(range(per_tier.shape[1]), _month_labels(per_tier.columns))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(say("posts per page"))
    axes.yaxis.set_major_formatter(EvenNumbers())
    figure.legend(loc="outside lower left", ncols=3, fontsize=8)
    said = [
        _months_in_words(selection.heading(str(tier)), values)
        for tier, values in per_tier.iterrows()
    ]
    return ShownFigure(figure, f"{say('Posts per page in each month')}. {' '.join(said)}")


def _over_what(selection: Selection) -> str:
    start, end = day(selection.study.period.start), day(selection.study.period.end)
    if selection.page:
        return say("{start} to {end}", start=start, end=end)
    return say("Mean over the pages of a tier, {start} to {end}", start=start, end=end)


def _months_in_words(label: str, per_month: pd.Series) -> str:
    months = pd.DatetimeIndex(per_month.index)
    return say(
        "{label}: from {fewest} in {quietest} to {most} in {busiest}.",
        label=label,
        fewest=number(per_month.min()),
        quietest=month_in_words(months[int(per_month.argmin())]),
        most=number(per_month.max()),
        busiest=month_in_words(months[int(per_month.argmax())]),
    )
