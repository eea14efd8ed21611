"""Findings of notebook 04: does anyone answer."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.figures.tiers import pages_by_tier
from analysis.figures.webcare import point_out
from analysis.findings.asked import (
    OVER_PAGES,
    TOGETHER,
    Asked,
    Line,
    bold_reason,
    kind_and_why,
    line_of,
    lines_table,
    n_posts,
    not_measured,
    nothing_to_draw,
    reply_rate,
    rows_of_lines,
    share_of_counts,
)
from analysis.findings.per_tier import estimate_table, groups
from analysis.findings.webcare_speed import DAY, within
from analysis.inference.bounds import page_share_bounds
from analysis.inference.estimate import Estimate
from analysis.language import say
from analysis.measures.catalogue import CATALOGUE
from analysis.measures.questions import FEWEST_QUESTIONS, answered_per_page
from analysis.selection import of_tier
from analysis.sentences import count, interval_behind, joined, percentage, value_in_words
from analysis.showing import LastSentence, Sentence, ShownFigure, ShownTable
from analysis.vocabulary import NEEDS

REPLY_RATE = CATALOGUE["reply_rate"]
NO_TEXT_OF_REPLIES = "no comment has a reply of the page whose text was read"


def answer(asked: Asked) -> Sentence:
    """Say which share of the comments that need an answer get one, and how soon."""
    if asked.everything.empty:
        return LastSentence(_why_no_answer(asked.why_nothing))
    if asked.why_nothing:
        return Sentence(_why_no_answer(asked.why_nothing))
    ever, soon = _mean_page(asked), within(asked, DAY)
    lines = [
        _answer_line(asked, tier, ever.estimates[tier], soon.estimates[tier])
        for tier in ever.estimates
    ]
    if asked.selection.page:
        lines.append(_answer_of_its_tier(asked.whole_tier))
    said = "\n".join([_whose_share(asked), "", *lines, "", _in_all(asked)])
    return Sentence(said, rows_of_lines(asked, [ever, soon]))


def _why_no_answer(reason: str) -> str:
    """Say why it is not known whether pages answer, and what it takes."""
    why = say("Whether these pages answer is {reason}", reason=bold_reason(reason))
    needed = say(
        "It takes comments with the replies under them, and which of them are the page's own. A "
        "page's owner gets them from the Graph API, researchers from the Meta Content Library "
        "(docs/getting-data.md says how)."
    )
    return f"{why} {needed}"


def _whose_share(asked: Asked) -> str:
    if asked.selection.page:
        return say(
            "Of the {comments} this share gets a public reply of the page:", comments=asked.words
        )
    return say(
        "At the mean page, of the {comments} this share gets a public reply of the page:",
        comments=asked.words,
    )


def _answer_line(asked: Asked, tier: str, ever: Estimate, soon: Estimate) -> str:
    name = asked.selection.heading(tier)
    if not ever.estimable:
        return f"- **{name}**: {bold_reason(ever.reason)}"
    shares = f"**{value_in_words(ever)}**{interval_behind(ever)}"
    if soon.estimable:
        shares = f"{shares}; {_within_a_day(soon)}"
    n = count(int(answered_per_page(asked.of_enough(tier))["asked"].sum()), "comment")
    return f"- **{name}**: {shares}. {count(ever.n_pages, 'page')}, {n}."


def _within_a_day(soon: Estimate) -> str:
    return say(
        "**{share}** within 24 hours{interval}",
        share=value_in_words(soon),
        interval=interval_behind(soon),
    )


def _answer_of_its_tier(tier: Asked) -> str:
    """The line beside that of a single page; its estimates are those of the tier's own notebook."""
    name = tier.selection.tier
    ever, soon = _mean_page(tier), within(tier, DAY)
    line = _answer_line(tier, name, ever.estimates[name], soon.estimates[name])
    return f"{line} {say('This is the mean page of its tier.')}"


def _in_all(asked: Asked) -> str:
    """Say how much there was to answer at all."""
    everything = asked.everything
    written = {
        "pages": count(everything["page_id"].nunique(), "page"),
        "comments": count(len(everything), "comment"),
    }
    if not asked.text_was_read:
        return say(
            "Under the posts of {pages} people wrote {comments} at the top of a thread. Their text "
            "was not read, so nothing tells which of them need an answer.",
            **written,
        )
    doubt = say(
        "How often the rules err is not in these intervals. The last table of this chapter shows "
        "what their errors do."
    )
    return " ".join([_needing(asked, written), doubt, *_without(asked)])


def _needing(asked: Asked, written: dict[str, str]) -> str:
    """Say how many of the comments need an answer, of those whose text was read."""
    n_read = int(asked.everything["needs_answer"].notna().sum())
    written |= {
        "needing": say.decimal(len(asked.judged), 0),
        "share": percentage(len(asked.judged) / n_read),
    }
    if n_read == len(asked.everything):
        return say(
            "Under the posts of {pages} people wrote {comments} at the top of a thread; {needing} "
            "of them ({share}) need an answer, as the rules read them.",
            **written,
        )
    return say(
        "Under the posts of {pages} people wrote {comments} at the top of a thread; {needing} of "
        "the {read} whose text was read ({share}) need an answer, as the rules read them.",
        read=say.decimal(n_read, 0),
        **written,
    )


def _without(asked: Asked) -> list[str]:
    """Say of how many pages there are no comments, which are then not spoken of."""
    pages = asked.selection.pages["page_id"]
    without = int((~pages.isin(asked.everything["page_id"])).sum())
    if not without:
        return []
    return [say("Of {pages} no comment is in the data.", pages=count(without, "other page"))]


def to_answer(asked: Asked) -> Sentence | ShownTable:
    """Tabulate what there is to answer."""
    if asked.everything.empty:
        reason = bold_reason(asked.why_nothing)
        return Sentence(say("What there is to answer is {reason}", reason=reason))
    columns = {
        asked.selection.heading(tier): _counts(asked, tier) for tier in groups(asked.selection)
    }
    frame = pd.DataFrame(columns).rename_axis("").reset_index()
    return ShownTable(frame, say("What there is to answer"))


def _counts(asked: Asked, tier: str) -> dict[str, str]:
    """What there is in one tier, by what is counted."""
    everything, judged = of_tier(asked.everything, tier), asked.of(tier)
    few = judged[~judged["page_id"].isin(asked.of_enough(tier)["page_id"])]
    pages = of_tier(asked.selection.pages, tier)
    posts = of_tier(asked.selection.posts, tier)
    has_posts = asked.selection.study.raw.posts
    set_apart = say(
        "Pages with fewer than {fewest} {comments}, set apart",
        fewest=FEWEST_QUESTIONS,
        comments=asked.words,
    )
    counts = {
        say("Pages"): len(pages),
        say("… with comments of people in the data"): everything["page_id"].nunique(),
        say("Posts"): len(posts) if has_posts else say("not in these data"),
        say("… with {comments}", comments=asked.words): n_posts(judged),
        say("Comments of people at the top of a thread"): len(everything),
        say("… whose text was read"): int(everything["needs_answer"].notna().sum()),
        say("… that need an answer"): len(judged) if asked.text_was_read else say("not measured"),
        **_of_each_need(judged),
        set_apart: few["page_id"].nunique(),
        say("… and these comments on them"): len(few),
    }
    return {name: say.decimal(n, 0) if isinstance(n, int) else n for name, n in counts.items()}


def _of_each_need(judged: pd.DataFrame) -> dict[str, int]:
    """Count comments by what they need an answer for."""
    names = {
        "question": say("… questions"),
        "complaint": say("… complaints"),
        "report": say("… reports"),
    }
    return {names[need]: int((judged["needs_answer"] == need).sum()) for need in NEEDS}


def few_questions(asked: Asked) -> Sentence | ShownTable:
    """Tabulate how many posts have anything to answer at all."""
    selection = asked.selection
    if asked.everything.empty or selection.posts.empty or not asked.text_was_read:
        return Sentence(
            say(
                "How many posts have anything to answer is **not measured**: it takes posts, and "
                "the text of the comments under them."
            )
        )
    return estimate_table(
        selection, ["posts_with_a_question"], say("Posts under which somebody needs an answer")
    )


def reply_rates(asked: Asked) -> Sentence | ShownTable:
    """Tabulate the reply rate in the ways in which it can be counted."""
    if asked.why_nothing:
        return not_measured(asked)
    lines = [
        _mean_page(asked),
        line_of(
            asked,
            say("All these comments together"),
            "reply_rate",
            f"{TOGETHER}: {REPLY_RATE.formula}",
            lambda tier: asked.as_approximate(asked.reply_rate(tier).pooled),
        ),
        line_of(
            asked,
            say("{page}, redirects not counted as answers", page=asked.mean_page),
            "reply_rate_without_redirects",
            f"{OVER_PAGES}: #{{a reply that does not redirect}} / #{{needs an answer}}",
            lambda tier: asked.as_approximate(_without_redirects(asked, tier)),
        ),
        line_of(
            asked,
            say("Redirects, of the comments that are answered"),
            "redirect_rate",
            f"{TOGETHER}: {CATALOGUE['redirect_rate'].formula}",
            lambda tier: asked.as_approximate(_redirects(asked, tier)),
        ),
        *_sensitivity(asked),
    ]
    return lines_table(asked, lines, say("Public replies"))


def _mean_page(asked: Asked) -> Line:
    return line_of(
        asked,
        f"{asked.mean_page}, {asked.words}",
        "reply_rate" if asked.text_was_read else "reply_rate_all_comments",
        f"{OVER_PAGES}: {REPLY_RATE.formula}",
        lambda tier: asked.as_approximate(asked.reply_rate(tier).mean_page),
    )


def _without_redirects(asked: Asked, tier: str) -> Estimate:
    counts = answered_per_page(asked.of_enough(tier))
    counts["answered"] -= counts["redirected"]
    return share_of_counts(counts, "answered", "asked").mean_page


def _redirects(asked: Asked, tier: str) -> Estimate:
    read = asked.of_enough(tier).dropna(subset=["redirected"])
    share = share_of_counts(
        answered_per_page(read), "redirected", "answered", unit="share of answered comments"
    ).pooled
    return share if share.estimable else replace(share, reason=NO_TEXT_OF_REPLIES)


def _sensitivity(asked: Asked) -> list[Line]:
    """The lines that show what the choice of comments and of pages does."""
    if not asked.text_was_read:
        return []
    everything = CATALOGUE["reply_rate_all_comments"]
    whoever = say("This page, also with fewer such comments")
    if not asked.selection.page:
        whoever = say("All pages, also those with fewer such comments")
    return [
        line_of(
            asked,
            whoever,
            "reply_rate",
            f"comments of all pages together: {REPLY_RATE.formula}",
            lambda tier: asked.as_approximate(reply_rate(asked.of(tier)).pooled),
        ),
        line_of(
            asked,
            f"{asked.mean_page}, {say('comments of any kind')}",
            everything.name,
            f"mean over pages: {everything.formula}",
            lambda tier: reply_rate(of_tier(asked.everything, tier)).mean_page,
        ),
    ]


def rates_figure(asked: Asked) -> Sentence | ShownFigure:
    """Draw the reply rate of every page with enough comments; a single page among its tier's."""
    drawn = asked.whole_tier
    selection = drawn.selection
    mean_page = {
        tier: drawn.as_approximate(drawn.reply_rate(tier).mean_page) for tier in selection.tiers
    }
    shown = {tier: estimate for tier, estimate in mean_page.items() if estimate.estimable}
    if not shown:
        return nothing_to_draw(drawn)
    counts = answered_per_page(pd.concat([drawn.of_enough(tier) for tier in shown]))
    pages = selection.pages.set_index("page_id")[["name", "tier"]].loc[counts.index]
    rates = pages.assign(**{REPLY_RATE.name: counts["answered"] / counts["asked"]})
    figure = pages_by_tier(selection, REPLY_RATE, shown, pages=rates, line=say("mean page"))
    here = rates[rates.index == asked.selection.page]
    return figure if here.empty else point_out(figure, *here[["name", REPLY_RATE.name]].iloc[0])


def never_reply(asked: Asked) -> Sentence:
    """Say how many pages never reply to anybody, and how many such pages there may be."""
    if asked.why_nothing:
        return not_measured(asked)
    if asked.selection.page:
        return _ever_replied(asked)
    line = line_of(
        asked,
        say("Pages that never reply"),
        "pages_that_never_reply",
        f"pages without a public reply to any comment / pages with at least {FEWEST_QUESTIONS} "
        f"{asked.kind}",
        lambda tier: _share_that_never_replies(asked, tier),
    )
    said = [
        f"- **{asked.selection.heading(tier)}**: {_never_in_words(asked, tier, estimate)}"
        for tier, estimate in line.estimates.items()
    ]
    text = say(
        "Of the pages with at least {fewest} {comments}, so many never reply to anybody in public:",
        fewest=FEWEST_QUESTIONS,
        comments=asked.words,
    )
    return Sentence("\n".join([text, "", *said]), rows_of_lines(asked, [line]))


def _ever_replied(asked: Asked) -> Sentence:
    """Say of a single page whether it ever replies."""
    counts = answered_per_page(asked.everything).iloc[0]
    page, comments = asked.selection.label, count(int(counts["asked"]), "comment")
    if not counts["answered"]:
        return Sentence(
            say(
                "**{page}** never replied in public, to any of {comments}.",
                page=page,
                comments=comments,
            )
        )
    return Sentence(
        say(
            "**{page}** replied in public to {answered} of {comments} of any kind, so it does "
            "reply at times.",
            page=page,
            answered=say.decimal(counts["answered"], 0),
            comments=comments,
        )
    )


def _share_that_never_replies(asked: Asked, tier: str) -> Estimate:
    judged = asked.of_enough(tier)
    to_anybody = answered_per_page(of_tier(asked.everything, tier))["answered"]
    never = to_anybody[to_anybody.index.isin(judged["page_id"])] == 0
    return page_share_bounds(never, level=0.95, n_posts=n_posts(judged))


def _never_in_words(asked: Asked, tier: str, share: Estimate) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "{}: {}.".format(*kind_and_why(asked.why_too_few(tier)))
    n = share.n_pages
    never = round(share.value * n)
    at_least = say("at least {share}", share=percentage(share.low))
    at_most = say("at most {share}", share=percentage(share.high))
    return say(
        "**{never}** of {pages}, so of such pages {bounds} (each bound at 95%).",
        never=never,
        pages=count(n, "page"),
        bounds=joined([at_least] * (never > 0) + [at_most] * (never < n)),
    )
