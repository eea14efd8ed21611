"""Findings of notebook 00: what do we have, and what is missing."""

from __future__ import annotations

import pandas as pd

from analysis.figures.time import coverage, has_dates
from analysis.findings.platforms import platform_name
from analysis.language import say
from analysis.measures.reach import organic_reach
from analysis.needs import FEWEST, NEEDS, ORGANIC_REACH, PAGE_REACH, Need
from analysis.selection import Selection
from analysis.sentences import capitalised, count, day, joined, number, percentage
from analysis.showing import Sentence, ShownFigure, ShownTable

DEFINITIONS = {
    "followers_at_posting": "followers_definition",
    "views": "views_definition",
    "reach": "reach_definition",
}


def _fields() -> dict[str, str]:
    """Name what may be measured of a post."""
    return {
        "published_at": say("time of publication"),
        "kind": say("kind of post"),
        "message": say("text"),
        "followers_at_posting": say("followers at posting"),
        "reactions": say("reactions"),
        "comments": say("comments"),
        "shares": say("shares"),
        "interactions": say("interactions (all three together)"),
        "views": say("views"),
        "reach": say("people reached"),
        "reach_organic": say("people reached without payment"),
        "paid": say("whether it was paid for"),
        "link_clicks": say("clicks on the link"),
        "target_group_size": say("size of the page's target group"),
    }


def _beside_fields() -> dict[str, str]:
    """Name what a question may need besides what is measured of a post."""
    return {
        ORGANIC_REACH: say("people reached without payment, or by posts known to be unpaid"),
        "by_page": say("who wrote the comments"),
        "needs_answer": say("the text of comments"),
        "reached_otherwise_low": say("share of the target group that other channels reach"),
        "elsewhere": say("a page of the same organisation on another platform"),
        "costs": say("hours and prices"),
        "spend": say("what the page spends on ads"),
        PAGE_REACH: say("whom the whole page reaches in a day"),
    }


def answer(selection: Selection) -> Sentence:
    """Say what there is, whether it is simulated, and what is not measured."""
    lines = [
        _what_there_is(selection),
        _unmeasured(selection.posts) if len(selection.posts) else _no_posts(selection),
        _beside_posts(selection),
        _pages_without_posts(selection),
    ]
    return Sentence("\n\n".join(filter(None, lines)))


def _what_there_is(selection: Selection) -> str:
    posts, period = selection.posts, selection.study.period
    there = say(
        "**{label}**: {posts} of {pages} from {start} to {end}.",
        label=selection.label,
        posts=count(len(posts), "post"),
        pages=count(posts["page_id"].nunique(), "page"),
        start=day(period.start),
        end=day(period.end),
    )
    simulated, observed = say("The data are **simulated**."), say("The data are observed.")
    return f"{there} {simulated if selection.simulated else observed}"


def _unmeasured(posts: pd.DataFrame) -> str:
    """Name the fields that no post has; empty where each is in some post."""
    names = [name for field, name in _fields().items() if not posts[field].notna().any()]
    if not names:
        return ""
    return say("**Not measured** in any post: {fields}.", fields=joined(names))


def _no_posts(selection: Selection) -> str:
    """Say why there is no post to measure; empty where there are posts."""
    if len(selection.posts):
        return ""
    if selection.left_out.total:
        return say("**No post is left to measure.**") + f" {left_out(selection).text}"
    return say("**There is no post in the data** about these pages.")


def _beside_posts(selection: Selection) -> str:
    """Say what there is besides posts."""
    comments, spend = selection.comments, selection.spend
    others = [platform for platform in selection.platforms if platform != selection.platform]
    there = []
    if len(comments):
        there.append(say("{comments} under posts", comments=count(len(comments), "comment")))
    if others:
        there.append(
            say("pages on {platforms}", platforms=joined([platform_name(one) for one in others]))
        )
    if len(spend):
        pages = count(spend["page_id"].nunique(), "page")
        there.append(say("what {pages} spent on ads", pages=pages))
    if len(selection.page_days):
        pages = count(selection.page_days["page_id"].nunique(), "page")
        there.append(say("what {pages} as a whole did per day", pages=pages))
    if not there:
        return say("Besides posts there is nothing.")
    return say("Besides posts: {there}.", there=joined(there))


def _pages_without_posts(selection: Selection) -> str:
    silent = selection.pages[~selection.pages["page_id"].isin(selection.posts["page_id"])]
    if silent.empty:
        return ""
    return say(
        "Without any post in the data: {pages}. Whether these pages were silent or are missing "
        "from the export cannot be told.",
        pages=joined(list(silent["name"])),
    )


def coverage_figure(selection: Selection) -> Sentence | ShownFigure:
    """Draw posts per page and month, or say that there are no dates."""
    if selection.posts.empty:
        return Sentence(_no_posts(selection))
    if not has_dates(selection):
        return Sentence(say("The data hold **no dates**, so months cannot be told apart."))
    return coverage(selection)


def measured_fields(selection: Selection) -> ShownTable:
    """Tabulate, per tier, in how many of the posts each field was measured."""
    fields = _fields()
    by_tier = {
        selection.heading(tier): selection.posts[selection.posts["tier"] == tier]
        for tier in selection.tiers
    }
    frame = pd.DataFrame(
        {
            say("Field"): list(fields.values()),
            **{
                f"{label} ({count(len(posts), 'post')})": [
                    _share_measured(posts, field) for field in fields
                ]
                for label, posts in by_tier.items()
            },
            say("Definition"): [_definition(selection, field) for field in fields],
        }
    )
    return ShownTable(frame, say("Posts in which a field was measured"))


def _share_measured(posts: pd.DataFrame, field: str) -> str:
    if posts.empty:
        return count(0, "post")
    share = float(posts[field].notna().mean())
    return percentage(share) if share > 0 else say("not measured")


def _definition(selection: Selection, field: str) -> str:
    column = DEFINITIONS.get(field)
    if column is None:
        return ""
    definitions = selection.posts[column].dropna().str.replace("_", " ")
    return joined([say.reason(text) for text in sorted(definitions.unique())])


def usable_for(selection: Selection) -> ShownTable:
    """Tabulate which questions these data can answer, and what is missing for the others."""
    frame = pd.DataFrame([_need_row(selection, need) for need in NEEDS])
    return ShownTable(frame, say("Questions and the data they need"))


def _need_row(selection: Selection, need: Need) -> dict[str, str]:
    having = [_pages_with(selection, field) for field in need.fields]
    n_answered, n_pages = len(set.intersection(*having)), len(selection.pages)
    names = _fields() | _beside_fields()
    missing = [
        names[f] for f, pages in zip(need.fields, having, strict=True) if len(pages) < n_pages
    ]
    if not need.is_met_by(selection.study, _tiers_to_compare(selection)):
        n_answered = 0
        missing.append(_of_study(need))
    return {
        say("Notebook"): need.notebook,
        say("Question"): say(need.question),
        say("Answer"): _for_how_many(n_answered, n_pages),
        say("Missing"): joined(missing) if missing else say("nothing"),
    }


def _tiers_to_compare(selection: Selection) -> int:
    pages = selection.study_posts.groupby("tier")["page_id"].nunique()
    return int((pages >= FEWEST).sum())


def _of_study(need: Need) -> str:
    """Name what a question takes of the study beside the data."""
    if need.compares_tiers:
        return say("two tiers with two pages or more each")
    claims = joined([f"[claims.{name}]" for name in need.claims])
    return say("thresholds in the study file, {claims}", claims=claims)


def _for_how_many(n_answered: int, n_pages: int) -> str:
    if n_answered == n_pages:
        return say("yes")
    if not n_answered:
        return say("no")
    return say("for {n} of {pages}", n=number(n_answered), pages=count(n_pages, "page"))


def _pages_with(selection: Selection, field: str) -> set[str]:
    """Pages of which something is known in at least one row."""
    everyone = set(selection.pages["page_id"])
    if field == "costs":
        return everyone if selection.study.costs else set()
    if field == "spend":
        return set(selection.spend["page_id"])
    if field == PAGE_REACH:
        days = selection.page_days
        return set(days.loc[(days["variable"] == "reach") & days["value"].notna(), "page_id"])
    if field == "elsewhere":
        return _on_other_platforms(selection)
    if field == ORGANIC_REACH:
        return set(selection.posts.loc[organic_reach(selection.posts).notna(), "page_id"])
    tables = (selection.posts, selection.comments, selection.pages)
    table = next(table for table in tables if field in table.columns)
    return set(table.loc[table[field].notna(), "page_id"])


def _on_other_platforms(selection: Selection) -> set[str]:
    everywhere = selection.tables.pages.dropna(subset=["organisation_code"])
    others = everywhere.loc[everywhere["platform"] != selection.platform, "organisation_code"]
    return set(selection.pages.loc[selection.pages["organisation_code"].isin(others), "page_id"])


def left_out(selection: Selection) -> Sentence:
    """Say which posts are in the data and not in the measures."""
    left = selection.left_out
    if not left.total:
        return Sentence(say("**No post is left out** for its age or its date."))
    return Sentence(
        say(
            "**{posts} read and not measured**: {reasons}.",
            posts=capitalised(count(left.total, "post")),
            reasons=joined(_why_left_out(selection)),
        )
    )


def _why_left_out(selection: Selection) -> list[str]:
    left, days = selection.left_out, selection.study.minimum_post_age_days
    said = []
    if left.too_young:
        young = say(
            "{n} younger than {days} days when they were counted",
            n=number(left.too_young),
            days=days,
        )
        said.append(young)
    if left.outside_period:
        said.append(say("{n} outside the period", n=number(left.outside_period)))
    return said
