"""What stands beside the verdicts on reactions and webcare in notebook 09: other ways to count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.claims.judging import Case
from analysis.claims.webcare import Webcare
from analysis.findings.claims import NOTHING, nothing_beside
from analysis.inference.estimate import Estimate
from analysis.inference.one_tier import typical_page
from analysis.language import say
from analysis.measures.measure import Material, median_of_ratios
from analysis.measures.questions import FEWEST_QUESTIONS
from analysis.measures.reach import organic_reach
from analysis.sentences import (
    count,
    interval_in_words,
    percentage,
    reason_in_words,
    value_in_words,
)
from analysis.showing import Sentence, result_row

ORDINARY_POST = "median over pages of: median over organic posts with reach of"
LEVEL = 0.95


def response_per_person(case: Case) -> Sentence:
    """Set response per person reached beside response per follower, on the same organic posts."""
    if not {"few_reactions", "few_comments"} & set(case.claims):
        return NOTHING
    reached = _with_organic_reach(case.selection.material)
    if reached.posts.empty:
        return Sentence(
            say(
                "Response per person **reached** is not measured: no page shared its reach. One "
                "reaction per 1,000 followers is one per 50 people reached where a post reaches 5% "
                "of the followers."
            )
        )
    followed = replace(reached, posts=reached.posts[reached.posts["followers_at_posting"] > 0])
    if followed.posts.empty:
        return _per_person_alone(case, _per_person(reached))
    per_follower = _at_the_typical_page(
        followed, "followers_at_posting", "interactions per 1,000 followers per post"
    )
    per_person = _per_person(followed)
    text = _per_person_in_words(case, per_follower, per_person)
    rows = [_row_per_follower(case, per_follower), _row_per_person(case, per_person)]
    return Sentence(text, rows)


def _per_person(material: Material) -> Estimate:
    return _at_the_typical_page(material, "reach", "interactions per 1,000 people reached per post")


def _per_person_alone(case: Case, per_person: Estimate) -> Sentence:
    """State response per person reached where there are no followers to set it beside."""
    text = say(
        "Where reach was measured ({pages}, {posts}), an ordinary organic post gets "
        "**{per_person}** interactions per 1,000 people reached. Per follower it is not measured: "
        "these data have no followers.",
        pages=count(per_person.n_pages, "page"),
        posts=count(per_person.n_posts, "post"),
        per_person=value_in_words(per_person),
    )
    return Sentence(text, [_row_per_person(case, per_person)])


def _per_person_in_words(case: Case, per_follower: Estimate, per_person: Estimate) -> str:
    values = {
        "posts": count(per_person.n_posts, "post"),
        "per_follower": value_in_words(per_follower),
        "per_person": value_in_words(per_person),
    }
    if case.selection.page:
        return say(
            "An ordinary organic post gets **{per_follower}** interactions per 1,000 followers, "
            "and **{per_person}** per 1,000 people reached ({posts}).",
            **values,
        )
    return say(
        "Where reach was measured ({pages}, {posts}), an ordinary organic post of the typical page "
        "gets **{per_follower}** interactions per 1,000 followers, and **{per_person}** per 1,000 "
        "people reached.",
        pages=count(per_person.n_pages, "page"),
        **values,
    )


def _row_per_follower(case: Case, per_follower: Estimate) -> dict[str, Any]:
    return result_row(
        case.selection,
        per_follower,
        measure="interactions_per_1000_followers_where_reach_was_measured",
        definition=f"{ORDINARY_POST} 1,000 · I / F",
    )


def _row_per_person(case: Case, per_person: Estimate) -> dict[str, Any]:
    return result_row(
        case.selection,
        per_person,
        measure="interactions_per_1000_reached_by_an_ordinary_post",
        definition=f"{ORDINARY_POST} 1,000 · I / reach",
    )


def _with_organic_reach(material: Material) -> Material:
    """Keep the organic posts of which reach and interactions are both known."""
    reached = material.posts.assign(reach=organic_reach(material.posts))
    known = reached.dropna(subset=["interactions", "reach"])
    return replace(material, posts=known[known["reach"] > 0])


def _at_the_typical_page(material: Material, exposure: str, unit: str) -> Estimate:
    of_pages = median_of_ratios("interactions", exposure)(material)
    return typical_page(of_pages, n_posts=len(material.posts), unit=unit)


def webcare_counted_otherwise(case: Case) -> Sentence:
    """Say what belongs to the verdict on webcare: other counts, redirects, the rules' errors."""
    if nothing_beside(case, "webcare_absent"):
        return NOTHING
    webcare = case.webcare(case.tiers[0])
    rate = case.headline("webcare_absent").estimate
    if not rate.estimable:
        return Sentence(reason_in_words(rate))
    all_comments = webcare.of_all_comments(level=case.level)
    lines = [
        _about_two_counts(webcare, case.level),
        _about_pages(webcare),
        _about_replies(webcare),
        _about_all_comments(all_comments),
        _about_the_rules(case, webcare),
        _about_closed_comments(case),
    ]
    rows = [
        result_row(
            case.selection,
            all_comments,
            measure="reply_rate_of_all_comments",
            definition="comments with a public reply / comments at the top of a thread",
        )
    ]
    return Sentence("\n".join(f"- {line}" for line in lines), rows)


def _about_all_comments(all_comments: Estimate) -> str:
    return say(
        "Of **all** comments, most of which need no answer, {share} have a public reply "
        "(bounds {bounds}).",
        share=value_in_words(all_comments),
        bounds=interval_in_words(all_comments),
    )


def _about_two_counts(webcare: Webcare, level: float) -> str:
    """Say what the bounds are when every page counts the same, and when every comment does."""
    counts = webcare.counted(level=level)
    return say(
        "As the rules have it: {mean_page} ({of_mean}) where every page counts the same, as in "
        "chapter 04, and {pooled} ({of_pooled}) where every comment does. The verdict needs both, "
        "and allows for the rules’ errors where coded comments tell how often they err.",
        mean_page=value_in_words(counts.mean_page),
        of_mean=interval_in_words(counts.mean_page),
        pooled=value_in_words(counts.pooled),
        of_pooled=interval_in_words(counts.pooled),
    )


def _about_pages(webcare: Webcare) -> str:
    """Say how many pages answer at all, and what that says of such pages."""
    answering = webcare.answering_pages(level=LEVEL)
    few = len(webcare.needing) - len(webcare.enough)
    n = answering.n_pages
    k = round((answering.value or 0) * n)
    counted = {"k": k, "pages": count(n, "page"), "fewest": FEWEST_QUESTIONS}
    text = (
        say(
            "{k} of {pages} with at least {fewest} comments that need an answer ever gave one in "
            "public, so at most {high} of such pages do.",
            high=percentage(answering.high or 0),
            **counted,
        )
        if k == 0
        else say(
            "{k} of {pages} with at least {fewest} comments that need an answer ever gave one in "
            "public, so at least {low} of such pages do.",
            low=percentage(answering.low or 0),
            **counted,
        )
    )
    if few == 0:
        return text
    left_out = say("Pages with fewer such comments are left out: {n}.", n=few)
    return f"{text} {left_out}"


def _about_replies(webcare: Webcare) -> str:
    counts = webcare.enough[["answered", "redirected", "perhaps_answered"]].sum()
    text = say(
        "Answers that only send people elsewhere (“send us a message”) count as answers: "
        "{redirected} of {answered}.",
        redirected=say.decimal(counts["redirected"], 0),
        answered=say.decimal(counts["answered"], 0),
    )
    if not counts["perhaps_answered"]:
        return text
    perhaps = say(
        "Replies by people who are not known may be the page’s: {n}. The bounds hold either way.",
        n=say.decimal(counts["perhaps_answered"], 0),
    )
    return f"{text} {perhaps}"


def _about_the_rules(case: Case, webcare: Webcare) -> str:
    if webcare.coding is None:
        return say(
            "Which comments need an answer is told by rules, and how often those are wrong is "
            "**not known** here: no sample of comments was coded by hand."
        )
    sensitivity, specificity = webcare.coding.sensitivity, webcare.coding.specificity
    naive = webcare.as_the_rules_have_it(level=case.level)
    return say(
        "Which comments need an answer is told by rules. Of {n} comments coded by hand they found "
        "{sensitivity} of those that do, and left {specificity} of the others alone; the bounds "
        "allow for these errors. As if the rules were never wrong: {naive}.",
        n=webcare.coding.n_coded,
        sensitivity=percentage(sensitivity.value or 0),
        specificity=percentage(specificity.value or 0),
        naive=interval_in_words(naive),
    )


def _about_closed_comments(case: Case) -> str:
    closed = say("Whether comments were closed is in no public export.")
    most = case.selection.posts.groupby("page_id")["comments"].max().dropna()
    if most.empty:
        return closed
    silent = say("Pages without a single comment in the period: {n}.", n=int((most == 0).sum()))
    return f"{closed} {silent}"
