"""Findings of notebook 05: which posts get a response, and of which kind.

Each takes the ``Content`` that `content.classify` makes once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.content.words import class_in_words, dimension_in_words
from analysis.figures.content import ratios_to_other_posts as draw_ratios
from analysis.figures.content import tails
from analysis.findings.per_tier import (
    estimate_table,
    groups,
    has_brackets,
    in_cell,
    rows_of,
    table_of,
    the_page,
    typical,
)
from analysis.findings.post_purposes import (
    FOLLOWERS,
    Content,
    differs,
    no_purposes,
    ratios_to_other_posts,
    typical_of_class,
    with_note,
)
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.content import PURPOSES, UNPLEASANT
from analysis.measures.measure import Measure
from analysis.sentences import basis, capitalised, in_brackets, p_alone, value_in_words
from analysis.showing import Sentence, ShownFigure, ShownTable, result_row
from analysis.vocabulary import REACTION_KINDS

CRISIS_SHARE = "crisis_share_of_interactions"
TAIL = [
    "share_purpose_crisis",
    "crisis_in_top_tenth",
    CRISIS_SHARE,
    "top_tenth_over_ordinary",
]
TAIL_QUANTILES = {"middle": 0.5, "top_tenth": 0.9, "top_hundredth": 0.99}


def ratios(content: Content, column: str, what: str = "interactions") -> Sentence | ShownTable:
    """Tabulate what posts of each class get beside the other posts of their page.

    Parameters
    ----------
    column : {"purpose", "strategy", "kind"}
    what : {"interactions", "link_clicks"}
    """
    if reason := _why_no_ratios(content, column, what):
        return Sentence(reason)
    ratios = ratios_to_other_posts(content, column, what)
    frame = pd.DataFrame(
        [
            {
                capitalised(dimension_in_words(column)): class_in_words(name),
                say("Times the page's other posts"): in_cell(ratio),
                "p": p_alone(ratio.p_adjusted),
                say("Rests on"): basis(ratio),
                say("What may be said"): _what_may_be_said(content, column, name, ratio),
            }
            for name, ratio in ratios.items()
        ]
    )
    counted = capitalised(_counted(what))
    caption = say(
        "{counts} by {dimension}, beside the other posts of the same page",
        counts=counted,
        dimension=dimension_in_words(column),
    )
    per = say("per follower") if _has_followers(content) else say("per post")
    note = [f"{counted} {per}.", *_intervals_and_p(ratios.values())]
    note.append(say("Posts counted are those of the class."))
    return ShownTable(frame, caption, _ratio_rows(content, column, what, ratios), " ".join(note))


def _intervals_and_p(ratios: Iterable[Estimate]) -> list[str]:
    """Say how intervals and p-values are made; where there are none, nothing."""
    if not any(map(has_brackets, ratios)):
        return []
    return [
        say(
            "In brackets: 95% interval (geometric mean of the pages' own ratios, t interval); p "
            "adjusted for all rows (Holm)."
        )
    ]


def _counted(what: str) -> str:
    return {"interactions": say("interactions"), "link_clicks": say("link clicks")}[what]


def _why_no_ratios(content: Content, column: str, what: str) -> str:
    """Say what is missing for a comparison; empty when nothing is."""
    posts = content.selection.posts
    if column != "kind" and not content.measured:
        return no_purposes().text
    if posts[column].isna().all():
        return say(
            "The {dimension} of posts is **not measured** in these data.",
            dimension=dimension_in_words(column),
        )
    if posts[what].isna().all():
        return _not_counted(what)
    if not ratios_to_other_posts(content, column, what):
        return say(
            "No post has both a {dimension} and {counts}, so there is nothing to compare.",
            dimension=dimension_in_words(column),
            counts=_counted(what),
        )
    return ""


def _not_counted(what: str) -> str:
    return {
        "interactions": say(
            "Interactions are **not measured** in these data. Needed: an export with reactions, "
            "comments and shares."
        ),
        "link_clicks": say(
            "Link clicks are **not measured** in these data. Needed: an export of the pages' own "
            "insights."
        ),
    }[what]


def _has_followers(content: Content) -> bool:
    return bool(content.selection.posts[FOLLOWERS].notna().any())


def _what_may_be_said(content: Content, column: str, name: str, ratio: Estimate) -> str:
    if not content.reliable(column, name):
        return say("nothing: the class is not reliable")
    if not ratio.has_interval:
        return say("nothing: {reason}", reason=say.reason(ratio.reason))
    if not differs(ratio):
        return say("no difference shown")
    return say("more") if ratio.value is not None and ratio.value > 1 else say("less")


def _ratio_rows(
    content: Content, column: str, what: str, ratios: dict[str, Estimate]
) -> list[dict[str, Any]]:
    per = "1000_followers" if _has_followers(content) else "post"
    return [
        result_row(
            content.selection,
            ratio,
            measure=f"mean_{what}_per_{per}",
            definition=f"geometric mean over pages of: mean post with {column} = {name} / mean "
            "other post of the page",
            versus="other posts of the same page",
        )
        for name, ratio in ratios.items()
    ]


def ratios_figure(content: Content, column: str) -> Sentence | ShownFigure:
    """Draw what posts of each class get beside the other posts of their page."""
    if reason := _why_no_ratios(content, column, "interactions"):
        return Sentence(reason)
    ratios = ratios_to_other_posts(content, column, "interactions")
    return draw_ratios(
        content.selection,
        say("Interactions by {dimension}", dimension=dimension_in_words(column)),
        {class_in_words(name): ratio for name, ratio in ratios.items()},
        [class_in_words(name) for name in ratios if not content.reliable(column, name)],
    )


def ordinary_posts(content: Content) -> Sentence | ShownTable:
    """Tabulate what the ordinary post of each purpose gets per 1,000 followers."""
    if reason := _why_no_ratios(content, "purpose", "interactions"):
        return Sentence(reason)
    if not _has_followers(content):
        return Sentence(
            say("Followers at posting are **not measured**, so nothing is per follower.")
        )
    measures = {
        name: CATALOGUE[f"interactions_per_1000_followers_{name}"] for name in _present(content)
    }
    found = {
        name: {
            tier: typical_of_class(content, measure, tier, _n_posts(content, tier, name))
            for tier in groups(content.selection)
        }
        for name, measure in measures.items()
    }
    rows = [
        row
        for name, measure in measures.items()
        for row in rows_of(content.selection, measure, found[name])
    ]
    table = table_of(
        content.selection,
        {class_in_words(name): estimates for name, estimates in found.items()},
        say(
            "Interactions per 1,000 followers of the ordinary post, at {page}",
            page=the_page(content.selection),
        ),
        rows,
    )
    counted = say("What a column rests on is said of the purpose with the most posts.")
    return with_note(with_note(table, counted), content.no_conclusion("purpose"))


def _present(content: Content) -> list[str]:
    """Purposes that posts have."""
    found = set(content.selection.posts["purpose"].dropna())
    return [name for name in PURPOSES if name in found]


def _n_posts(content: Content, tier: str, purpose: str) -> int:
    posts = content.posts_of(tier).dropna(subset=["interactions", FOLLOWERS])
    return int((posts["purpose"] == purpose).sum())


def reaction_kinds(content: Content) -> Sentence | ShownTable:
    """Tabulate which kinds of reactions posts get."""
    columns = [f"reactions_{kind}" for kind in REACTION_KINDS]
    known = content.selection.posts[columns].notna().any()
    if not known.any():
        return Sentence(say("Kinds of reactions are **not measured** in these data."))
    kinds = [kind for kind in REACTION_KINDS if known[f"reactions_{kind}"]]
    return estimate_table(
        content.selection,
        [f"share_reactions_{kind}" for kind in kinds],
        say("Kinds of reactions at {page}", page=the_page(content.selection)),
    )


def anger(content: Content) -> Sentence | ShownTable:
    """Tabulate the share of angry and sad reactions under posts of each purpose."""
    if not content.measured:
        return no_purposes()
    columns = [f"reactions_{kind}" for kind in UNPLEASANT]
    if content.selection.posts[columns].isna().all(axis=None):
        return Sentence(say("Angry and sad reactions are **not measured** in these data."))
    measures = {
        (name, kind): CATALOGUE[f"share_{kind}_{name}"]
        for name in _present(content)
        for kind in UNPLEASANT
    }
    tier = content.selection.tier
    found = {key: _of_reactions(content, measure, *key) for key, measure in measures.items()}
    headings = {"angry": say("Angry"), "sad": say("Sad")}
    frame = pd.DataFrame(
        [
            {
                capitalised(dimension_in_words("purpose")): class_in_words(name),
                **{headings[kind]: in_cell(found[name, kind]) for kind in UNPLEASANT},
                say("Rests on"): basis(found[name, UNPLEASANT[0]]),
            }
            for name in _present(content)
        ]
    )
    rows = [
        row
        for key, measure in measures.items()
        for row in rows_of(content.selection, measure, {tier: found[key]})
    ]
    note = say("Share of reactions at {page}.", page=the_page(content.selection))
    if any(map(has_brackets, found.values())):
        note = f"{note} {say('In brackets: 95% interval from the ordered pages.')}"
    caption = say("Angry and sad reactions by purpose")
    table = ShownTable(frame, caption, rows, note)
    return with_note(table, content.no_conclusion("purpose"))


def _of_reactions(content: Content, measure: Measure, name: str, kind: str) -> Estimate:
    posts = content.selection.posts.dropna(subset=["reactions", f"reactions_{kind}"])
    n_posts = int((posts["purpose"] == name).sum())
    return typical_of_class(content, measure, content.selection.tier, n_posts)


def crisis_tail(content: Content) -> Sentence | ShownTable:
    """Tabulate crisis posts among all posts, among the most reacted, and in the interactions."""
    if reason := _why_no_ratios(content, "purpose", "interactions"):
        return Sentence(reason)
    caption = say(
        "The crisis tail beside the ordinary post, at {page}", page=the_page(content.selection)
    )
    table = estimate_table(content.selection, TAIL, caption)
    return with_note(table, content.no_conclusion("purpose"))


def tails_figure(content: Content) -> Sentence | ShownFigure:
    """Draw how far the most reacted posts of each purpose lie from the ordinary post."""
    if reason := _why_no_ratios(content, "purpose", "interactions"):
        return Sentence(reason)
    posts = content.selection.posts.dropna(subset=["purpose", "interactions"])
    ordinary = posts.groupby("page_id")["interactions"].transform("median")
    times = (posts["interactions"] / ordinary)[ordinary > 0]
    if times.empty:
        return Sentence(
            say("There is nothing to draw: the ordinary post of every page gets nothing.")
        )
    return tails(content.selection, _quantiles(times.groupby(posts["purpose"])))


def _quantiles(by_purpose: Any) -> pd.DataFrame:
    """Quantiles per purpose; a middle post without interactions is drawn at a twentieth."""
    quantiles = {
        name: by_purpose.quantile(q).clip(lower=0.05) for name, q in TAIL_QUANTILES.items()
    }
    tail = pd.DataFrame({**quantiles, "n": by_purpose.size()})
    tail = tail.reindex([name for name in PURPOSES if name in tail.index])
    return tail.rename(index=class_in_words)


def tail_in_words(content: Content) -> Sentence:
    """Say which share of the interactions at the typical page goes to crisis posts."""
    if reason := _why_no_ratios(content, "purpose", "interactions"):
        return Sentence(reason)
    selection = content.selection
    is_crisis = selection.posts.dropna(subset=["purpose", "interactions"])["purpose"] == "crisis"
    if is_crisis.all() or not is_crisis.any():
        return Sentence(say("There are no crisis posts to hold against other posts here."))
    measures = [CATALOGUE[name] for name in ("share_purpose_crisis", CRISIS_SHARE)]
    of_posts, of_interactions = (typical(selection, one, selection.tier) for one in measures)
    if not of_interactions.estimable:
        return Sentence(
            say("There are no interactions that crisis posts could have a share of here.")
        )
    said = [_crises_weigh(content, of_posts, of_interactions)]
    if not content.reliable("purpose", "crisis"):
        said.append(say("That is what the rules find; no conclusion rests on it."))
    rows = rows_of(selection, measures[1], {selection.tier: of_interactions})
    return Sentence(" ".join(said), rows)


def _crises_weigh(content: Content, of_posts: Estimate, of_interactions: Estimate) -> str:
    return say(
        "At {page} {posts} of the posts are crisis posts ({of_posts}), and crisis posts get "
        "{interactions} of the interactions ({of_interactions}).",
        page=the_page(content.selection),
        posts=value_in_words(of_posts),
        of_posts=in_brackets(of_posts),
        interactions=value_in_words(of_interactions),
        of_interactions=in_brackets(of_interactions),
    )
