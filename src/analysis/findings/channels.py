"""Findings of notebook 08: what do other channels give.

An organisation is the same on two platforms where the register of pages gives both pages the same
``organisation_code``. Each finding takes what ``gather`` puts together once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.channels import audience_and_response
from analysis.findings.per_tier import UNMEASURED, has_brackets, in_cell
from analysis.findings.platforms import (
    counts_in_words,
    described,
    platform_name,
    what_is_described,
)
from analysis.inference.estimate import Estimate, not_estimable
from analysis.inference.one_tier import typical_page
from analysis.inference.paired import METHOD, paired_rate_ratio, paired_value_ratio
from analysis.language import say
from analysis.measures.channels import (
    FOLLOWERS,
    MEASURES,
    PER_FOLLOWER,
    PER_POST,
    PER_USER,
    POSTS_PER_WEEK,
    with_response,
)
from analysis.measures.measure import Measure
from analysis.selection import Selection
from analysis.sentences import (
    count,
    interval_and_level,
    joined,
    number,
    p_alone,
    pages_and_posts,
    reason_in_words,
    value_in_words,
)
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable, result_row

EXPOSURES = {
    PER_POST.name: None,
    PER_FOLLOWER.name: "followers_at_posting",
    PER_USER.name: "users",
}
ORGANISATIONS = "organisations"
COMPARED = (FOLLOWERS, POSTS_PER_WEEK, PER_POST, PER_FOLLOWER, PER_USER)


@dataclass(frozen=True)
class Channels:
    """The organisations that are on several platforms.

    Attributes
    ----------
    platforms : tuple of str
        That of the selection first.
    pages : pandas.DataFrame
        One row per page of such an organisation: ``platform``, ``page_id``, ``organisation``,
        ``name``, ``tier``, ``n_posts``, and a column per measure of ``measures.channels``.
    posts : pandas.DataFrame
        Their posts, with ``organisation``, ``response`` and ``users``.
    """

    selection: Selection
    platforms: tuple[str, ...]
    pages: pd.DataFrame
    posts: pd.DataFrame

    @property
    def others(self) -> tuple[str, ...]:
        """The platforms beside that of the selection on which organisations were found."""
        return self.platforms[1:]

    def on(self, platform: str) -> pd.DataFrame:
        """Give the pages on one platform."""
        return self.pages[self.pages["platform"] == platform]


def gather(selection: Selection) -> Channels:
    """Find the organisations of this selection on every platform, and measure their pages."""
    first = selection.platform
    everywhere = [first, *(name for name in selection.platforms if name != first)]
    found = [_on(selection if name == first else selection.on(name)) for name in everywhere]
    pages, posts = (pd.concat(tables, ignore_index=True) for tables in zip(*found, strict=True))
    here = set(pages.loc[pages["platform"] == first, "organisation"])
    several = pages.groupby("organisation")["platform"].nunique()
    linked = here & set(several[several > 1].index)
    pages, posts = (table[table["organisation"].isin(linked)] for table in (pages, posts))
    platforms = [name for name in everywhere if (pages["platform"] == name).any()]
    return Channels(selection, tuple(platforms), pages, posts)


def _on(selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pages with their measures, and posts, of the organisations on one platform."""
    pages = selection.pages.dropna(subset=["organisation_code"]).set_index("page_id")
    users = pages["platform_share"].astype(float) * pages["target_group_size"].astype(float)
    posts = with_response(selection.posts, users)
    material = replace(selection.material, posts=posts)
    measured = {
        measure.name: measure.compute(material).reindex(pages.index).astype(float)
        for measure in MEASURES
    }
    table = pages[["platform", "name", "tier"]].assign(
        organisation=pages["organisation_code"],
        n_posts=posts.groupby("page_id").size().reindex(pages.index).fillna(0).astype(int),
        **measured,
    )
    named = posts.assign(organisation=posts["page_id"].map(pages["organisation_code"]))
    columns = ["platform", "organisation", "response", "users", "followers_at_posting"]
    return table.reset_index(), named.loc[named["organisation"].notna(), columns]


def _nothing() -> Sentence:
    return Sentence(say("There is no second channel here to compare with."))


def ratio(channels: Channels, platform: str, measure: Measure) -> Estimate:
    """Hold a platform against the selection's own, within organisations that are on both."""
    first = channels.platforms[0]
    if measure.name in EXPOSURES:
        return _rate_ratio(channels.posts, first, platform, EXPOSURES[measure.name])
    there, here = (
        channels.on(name).dropna(subset=[measure.name]).groupby("organisation")
        for name in (platform, first)
    )
    both = pd.DataFrame(
        {
            "there": there[measure.name].sum(),
            "here": here[measure.name].sum(),
            "n_posts": there["n_posts"].sum() + here["n_posts"].sum(),
        }
    ).dropna()
    both = both[(both["there"] > 0) & (both["here"] > 0)]
    if both.empty:
        return _unmeasured()
    return paired_value_ratio(
        both["there"], both["here"], n_posts=int(both["n_posts"].sum()), of=ORGANISATIONS
    )


def _rate_ratio(posts: pd.DataFrame, first: str, platform: str, exposure: str | None) -> Estimate:
    needed = ["response", *([exposure] if exposure else [])]
    both = posts[posts["platform"].isin([first, platform])].dropna(subset=needed)
    exposures = both[exposure].to_numpy(dtype=float) / 1000 if exposure else np.ones(len(both))
    counted = exposures > 0
    if not counted.any():
        return _unmeasured()
    both = both[counted]
    return paired_rate_ratio(
        both["response"].to_numpy(dtype=float),
        exposures[counted],
        both["organisation"].to_numpy(dtype=str),
        (both["platform"] == platform).to_numpy(),
        of=ORGANISATIONS,
    )


def _unmeasured() -> Estimate:
    return not_estimable(UNMEASURED, n_pages=0, n_posts=0, unit="ratio", method=METHOD)


def answer(channels: Channels) -> Sentence:
    """Say what each other channel offers the same organisations, beside the first."""
    if not channels.others:
        return _what_is_needed(channels.selection)
    first = platform_name(channels.platforms[0])
    found = {platform: _ratios(channels, platform) for platform in channels.others}
    lines = [
        _answer_line(platform, first, channels.on(platform)["organisation"].nunique(), ratios)
        for platform, ratios in found.items()
    ]
    rows = [
        row for platform, ratios in found.items() for row in _ratio_rows(channels, platform, ratios)
    ]
    return Sentence("\n".join(lines), rows)


def _what_is_needed(selection: Selection) -> Sentence:
    here = platform_name(selection.platform)
    there = [platform_name(name) for name in selection.platforms if name != selection.platform]
    if not there:
        return LastSentence(
            say(
                "What other channels give is **not measured**: these data hold {platform} alone. "
                "It takes an export of the same organisations on another platform, such as "
                "Instagram or Mastodon, and a register of pages that gives an organisation the "
                "same `organisation_code` on each.",
                platform=here,
            )
        )
    return Sentence(
        say(
            "What other channels give **{pages}** is **not measured**: the data hold {others} "
            "too, but no organisation of this selection is on {platform} and there with the same "
            "`organisation_code` in the register of pages.",
            pages=selection.label,
            others=joined(there),
            platform=here,
        )
    )


def _ratios(channels: Channels, platform: str) -> dict[str, Estimate]:
    return {measure.name: ratio(channels, platform, measure) for measure in COMPARED}


def _answer_line(platform: str, first: str, organisations: int, ratios: dict[str, Estimate]) -> str:
    words = {
        say("the followers"): ratios[FOLLOWERS.name],
        say("the response per post"): ratios[PER_POST.name],
        say("the response per follower"): ratios[PER_FOLLOWER.name],
    }
    given = [_times(one, what) for what, one in words.items() if one.estimable]
    missing = [what for what, one in words.items() if not one.estimable]
    said = [
        joined(given),
        say("{numbers}: **not measured**", numbers=joined(missing)) if missing else "",
    ]
    line = say(
        "- **{platform}**, for {organisations} also on {first}: {numbers}.",
        platform=platform_name(platform),
        organisations=count(organisations, "organisation"),
        first=first,
        numbers="; ".join(filter(None, said)),
    )
    why = {reason_in_words(one) for one in words.values() if one.estimable and one.reason}
    return " ".join([line, *sorted(why)])


def _times(estimate: Estimate, what: str) -> str:
    return say(
        "**{times} times** ({interval}) {what}",
        times=value_in_words(estimate),
        interval=interval_and_level(estimate) if estimate.has_interval else say("no interval"),
        what=what,
    )


def _ratio_rows(
    channels: Channels, platform: str, ratios: dict[str, Estimate]
) -> list[dict[str, Any]]:
    return [
        result_row(
            channels.selection,
            estimate,
            measure=name,
            definition=f"ratio to {channels.platforms[0]}, within organisations",
            platform=platform,
            versus=channels.platforms[0],
        )
        for name, estimate in ratios.items()
    ]


def side_by_side(channels: Channels) -> Sentence | ShownTable:
    """Tabulate audience, activity and response of the typical page on every platform."""
    if not channels.others:
        return _nothing()
    found = {
        measure: {name: _typical(channels.on(name), measure) for name in channels.platforms}
        for measure in MEASURES
    }
    frame = pd.DataFrame({"": [say("Rests on"), *(say(measure.label) for measure in found)]})
    for name in channels.platforms:
        pages = channels.on(name)
        rests_on = pages_and_posts(len(pages), int(pages["n_posts"].sum()))
        frame[platform_name(name)] = [rests_on, *(in_cell(row[name]) for row in found.values())]
    rows = [
        result_row(
            channels.selection,
            estimate,
            measure=measure.name,
            definition=f"median over pages of organisations on several platforms of: "
            f"{measure.formula}",
            platform=name,
        )
        for measure, row in found.items()
        for name, estimate in row.items()
    ]
    note = _note([estimate for row in found.values() for estimate in row.values()])
    return ShownTable(frame, say("The same organisations, channel by channel"), rows, note)


def _typical(pages: pd.DataFrame, measure: Measure) -> Estimate:
    measured = pages.dropna(subset=[measure.name])
    n_posts = int(measured["n_posts"].sum())
    if measured.empty:
        return replace(_unmeasured(), unit=measure.unit)
    return typical_page(measured[measure.name].to_numpy(), n_posts=n_posts, unit=measure.unit)


def _note(estimates: Sequence[Estimate]) -> str:
    known = [one for one in estimates if one.reason not in ("", UNMEASURED)]
    reasons = sorted({reason_in_words(estimate) for estimate in known})
    brackets = [say("In brackets: 95% interval.")] if any(map(has_brackets, estimates)) else []
    return " ".join([*brackets, *reasons])


def ratios_table(channels: Channels) -> Sentence | ShownTable:
    """Tabulate every other channel against the first, within organisations that are on both."""
    if not channels.others:
        return _nothing()
    found = {platform: _ratios(channels, platform) for platform in channels.others}
    first = platform_name(channels.platforms[0])
    frame = pd.DataFrame(
        [
            {
                say("Times as much as on {platform}", platform=first): _of(platform, measure),
                say("Ratio"): in_cell(ratios[measure.name]),
                "p": p_alone(ratios[measure.name].p),
                say("Organisations"): number(ratios[measure.name].n_pages),
            }
            for platform, ratios in found.items()
            for measure in COMPARED
        ]
    )
    note = _note([estimate for ratios in found.values() for estimate in ratios.values()])
    return ShownTable(frame, say("Other channels against {platform}", platform=first), note=note)


def _of(platform: str, measure: Measure) -> str:
    label = say(measure.label)
    return f"{platform_name(platform)}: {label[0].lower()}{label[1:]}"


def figure(channels: Channels) -> Sentence | ShownFigure:
    """Draw audience and response of every channel, joined within an organisation."""
    drawn = channels.pages.dropna(subset=[FOLLOWERS.name, PER_FOLLOWER.name])
    drawn = drawn[(drawn[FOLLOWERS.name] > 0) & (drawn[PER_FOLLOWER.name] > 0)]
    if drawn["platform"].nunique() < 2:
        return _nothing()
    labels = {name: platform_name(name) for name in channels.platforms}
    return audience_and_response(channels.selection, drawn, labels)


def comparable(channels: Channels) -> Sentence | ShownTable:
    """Tabulate what a count means on each platform, and which counts these data hold."""
    selection = channels.selection
    frame = pd.DataFrame({"": [say("In these data"), *what_is_described()]})
    for name in dict.fromkeys((selection.platform, *selection.platforms)):
        frame[platform_name(name)] = [_measured_counts(selection, name), *described(name)]
    return ShownTable(frame, say("What is counted, platform by platform"))


def _measured_counts(selection: Selection, platform: str) -> str:
    posts = selection.tables.posts
    posts = posts[posts["platform"] == platform]
    there = [words for column, words in counts_in_words().items() if posts[column].notna().any()]
    return joined(there) if there else say("nothing counted")
