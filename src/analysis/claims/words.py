"""What the claims are called, and what their numbers mean in plain words."""

from __future__ import annotations

from analysis.claims import audience, webcare
from analysis.claims.rule import CLAIMS, Claim, Outcome
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.sentences import amount, interval_in_words, reason_in_words, value_in_words
from analysis.study import ClaimName


def quoted(name: ClaimName) -> str:
    """Write the sentence that a claim puts to the test, between quotation marks."""
    return say("“{sentence}”", sentence=sentence(name))


def sentence(name: ClaimName) -> str:
    """Write the sentence that a claim puts to the test, in plain words."""
    return {
        "few_reactions": say("Hardly anyone reacts"),
        "few_comments": say("… and nobody says anything"),
        "webcare_absent": say("Webcare is nearly absent"),
        "small_audience_post": say("A post reaches only few"),
        "small_audience_month": say("… and so does a month of posts"),
        "small_loss": say("Little would be lost"),
    }[name]


def goes_by(name: ClaimName) -> str:
    """Name the number that decides about a claim, as the rest of a sentence."""
    return {
        "few_reactions": say(
            "interactions (reactions, comments and shares) per 1,000 followers, on the ordinary "
            "organic post of the typical page"
        ),
        "few_comments": say(
            "the share of posts with at most one comment that is not the page’s own, at the "
            "typical page"
        ),
        "webcare_absent": say(
            "the share of comments that need an answer (a question, a complaint, a report) and "
            "have a public reply by the page"
        ),
        "small_audience_post": say(
            "the share of its own target group that an ordinary organic post reaches, at the "
            "typical target group"
        ),
        "small_audience_month": say(
            "the share of their target group that all organic posts of an ordinary month reach "
            "together, at the typical target group"
        ),
        "small_loss": say(
            "the share of the target group that a month of posts reaches and other channels do "
            "not, at the typical target group"
        ),
    }[name]


def unit_in_words(claim: Claim) -> str:
    """Write what a claim's number counts, for the axis of a figure."""
    return {
        "few_reactions": say("interactions per 1,000 followers per post"),
        "few_comments": say("share of posts"),
        "webcare_absent": say("share of comments"),
        "small_audience_post": say("share of the target group"),
        "small_audience_month": say("share of the target group"),
        "small_loss": say("share of the target group"),
    }[claim.name]


def outcome_in_words(outcome: Outcome) -> str:
    """Write an outcome."""
    return {
        Outcome.SUPPORTED: say("supported"),
        Outcome.CONTRADICTED: say("contradicted"),
        Outcome.IN_BETWEEN: say("in between"),
        Outcome.UNDECIDED: say("undecided"),
        Outcome.NOT_ESTIMABLE: say("not estimable"),
    }[outcome]


def outcome_in_full(outcome: Outcome) -> str:
    """Write what an outcome says of the sentences that have it."""
    return {
        Outcome.SUPPORTED: say("The data support"),
        Outcome.CONTRADICTED: say("The data contradict"),
        Outcome.IN_BETWEEN: say("Neither, the number lies between the two thresholds"),
        Outcome.UNDECIDED: say("The data cannot decide"),
        Outcome.NOT_ESTIMABLE: say("There is too little to judge"),
    }[outcome]


def in_plain_words(name: ClaimName, estimate: Estimate) -> str:
    """State a claim's number in one short sentence, or why there is none."""
    if estimate.value is None and not estimate.has_interval:
        return reason_in_words(estimate)
    number = _number(estimate)
    return {
        "few_reactions": say(
            "An ordinary post gets {number} interactions per 1,000 followers.", number=number
        ),
        "few_comments": say(
            "{number} of the posts have at most one comment by somebody else.", number=number
        ),
        "webcare_absent": say(
            "{number} of the comments that need an answer get one in public.", number=number
        ),
        "small_audience_post": say(
            "An ordinary post reaches {number} of the people it is for.", number=number
        ),
        "small_audience_month": say(
            "A month of posts reaches {number} of the people they are for.", number=number
        ),
        "small_loss": say(
            "{number} of the target group is reached by a month of posts and by nothing else.",
            number=number,
        ),
    }[name]


def _number(estimate: Estimate) -> str:
    bounds, value = interval_in_words(estimate), value_in_words(estimate)
    if estimate.value is None:
        return bounds
    if not estimate.has_interval:
        return value
    return say("{value} ({bounds})", value=value, bounds=bounds)


def in_between(name: ClaimName) -> str:
    """Say what it means when the number lies between the two thresholds."""
    return {
        "few_reactions": say("few, as on Facebook generally"),
        "few_comments": say("many posts without a conversation, and many with one"),
        "webcare_absent": say("some webcare, less than elsewhere"),
        "small_audience_post": say("a small audience, but not a negligible one"),
        "small_audience_month": say("an audience that is neither small nor large"),
        "small_loss": say("a loss that is neither small nor large"),
    }[name]


def to_obtain(name: ClaimName, estimate: Estimate) -> str:
    """Name what would settle a claim: the one number, or what has to be measured first."""
    if estimate.has_interval:
        return _to_narrow(name)
    return _what_is_missing(estimate.reason) or _more_pages(name)


def _to_narrow(name: ClaimName) -> str:
    return {
        "few_reactions": say(
            "which posts were paid for (the pages’ own insights say so), and more pages"
        ),
        "few_comments": say("the comments themselves, with who is the page, and more pages"),
        "webcare_absent": say(
            "comments with their replies from more pages, at least 200 of them coded by hand"
        ),
        "small_audience_post": say(
            "the organic reach per post of these pages, from their own insights"
        ),
        "small_audience_month": say(
            "the number of different people reached organically in a month, from the pages’ own "
            "insights"
        ),
        "small_loss": say(
            "which share of the target group is reached by the posts and by nothing else, from a "
            "survey of residents, and the reach of a month"
        ),
    }[name]


def _what_is_missing(reason: str) -> str:
    """Name the number without which nothing is measured; empty when it takes more pages."""
    return {
        audience.NO_SIZE: say("how many people the pages want to reach, in the list of audiences"),
        audience.NO_REACH: say("the organic reach of these pages, or at least their followers"),
        audience.NO_MONTH: say("the posts of at least one whole month, with their dates"),
        audience.NO_OTHER_CHANNELS: say(
            "which share of the target group other channels reach anyway, from a survey of "
            "residents"
        ),
        webcare.NO_COMMENTS: say("the comments with the pages’ replies"),
        webcare.NO_REPLIES: say("comments with their replies, and which of these are the page’s"),
        webcare.NO_TEXT: say("the text of the comments"),
    }.get(reason, "")


def _more_pages(name: ClaimName) -> str:
    groups = say("the size of the target groups, and followers or organic reach, of more pages")
    return {
        "few_reactions": say("posts with their interactions and the followers, of more pages"),
        "few_comments": say("posts with their number of comments, of more pages"),
        "webcare_absent": say("comments with the pages’ replies, of more pages"),
        "small_audience_post": groups,
        "small_audience_month": groups,
        "small_loss": say("what other channels reach anyway, of more target groups"),
    }[name]


def thresholds_in_words(name: ClaimName, below: float, above: float) -> str:
    """Write the two thresholds of a claim."""
    unit = CLAIMS[name].unit
    return say("{below} and {above}", below=amount(below, unit), above=amount(above, unit))
