"""What the posts of a selection are for, found once for all that a notebook shows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.coding.agreement import Agreement, agreements
from analysis.content.rules import by_rules, classes
from analysis.content.words import class_in_words
from analysis.findings.per_tier import typical
from analysis.inference.agreement import ENOUGH
from analysis.inference.estimate import Estimate
from analysis.inference.multiplicity import SIGNIFICANT, with_adjusted_p
from analysis.inference.paired import paired_rate_ratio
from analysis.language import say
from analysis.measures.content import PURPOSES, STRATEGIES
from analysis.measures.measure import Measure
from analysis.registers.post_codes import POST_KEY, agreed, hand_codes
from analysis.selection import Selection, of_tier
from analysis.sentences import joined, number
from analysis.showing import Sentence, ShownTable
from analysis.vocabulary import KINDS

FOLLOWERS = "followers_at_posting"
NAMES: dict[str, tuple[str, ...]] = {"purpose": PURPOSES, "strategy": STRATEGIES, "kind": KINDS}


@dataclass(frozen=True)
class Content:
    """A selection whose posts say what they are for and how they speak.

    Attributes
    ----------
    selection : Selection
        All posts of its study have the columns ``purpose`` and ``strategy``: the hand code where
        most coders of a post agree, else the class of the rules; missing for a post with neither
        text nor code.
    agreements : tuple of Agreement
        Per class, how well coders and rules agree on the coded posts of the whole study.
    n_by_hand : int
        Posts of this selection that have a hand code.
    tier_of_page : Selection or None
        The whole tier of the one page, with the same columns; None without a page.
    """

    selection: Selection
    agreements: tuple[Agreement, ...]
    n_by_hand: int
    tier_of_page: Selection | None

    @property
    def measured(self) -> bool:
        """Whether any post has a purpose."""
        return bool(self.selection.posts["purpose"].notna().any())

    @property
    def coded(self) -> bool:
        """Whether somebody coded posts of this study by hand."""
        return any(agreement.n_given for agreement in self.agreements)

    def reliable(self, column: str, name: str) -> bool:
        """Whether a conclusion may rest on a class; on a kind, which the export says, it may."""
        return column == "kind" or any(
            found.enough
            for found in self.agreements
            if (found.dimension, found.name) == (column, name)
        )

    @property
    def why_not_measured(self) -> str:
        """Say why no post has a purpose, and what would give it; empty when posts have one."""
        if self.measured:
            return ""
        if self.selection.posts.empty:
            return say(
                "What posts are for is **not measured**: there are no posts. "
                "Needed: an export of posts with their texts."
            )
        if self.selection.study.privacy.leave_out_messages:
            return say(
                "What posts are for is **not measured**: this study leaves out the posts' texts. "
                "Needed: `leave_out_messages = false`."
            )
        return say(
            "What posts are for is **not measured**: these data hold no texts of posts. "
            "Needed: an export with the posts' texts."
        )

    def no_conclusion(self, column: str) -> str:
        """Name the classes that posts have and on which no conclusion rests; empty when none."""
        present = set(self.selection.posts[column].dropna())
        doubtful = [
            class_in_words(name)
            for name in NAMES[column]
            if name in present and not self.reliable(column, name)
        ]
        if not doubtful:
            return ""
        return say(
            "No conclusion rests on {classes}: the agreement of coders and rules is under {enough} "
            "or was not measured.",
            classes=joined(doubtful),
            enough=number(ENOUGH),
        )

    def posts_of(self, tier: str) -> pd.DataFrame:
        """Posts of one tier, or of all that are shown."""
        return of_tier(self.selection.posts, tier)


def no_purposes() -> Sentence:
    """Say that no post has a purpose; why not is said in the answer."""
    return Sentence(say("What posts are for is **not measured**, as said in the answer."))


def classify(selection: Selection) -> Content:
    """Find what the posts of a selection are for.

    The texts are read here and not before, so that reading a large export stays fast.
    """
    codes = hand_codes(selection.study, selection.root)
    codes = codes[codes["platform"] == selection.platform]
    by_hand = _by_hand(selection.study_posts, codes)
    classified = replace(selection, study_posts=_with_classes(selection.study_posts, by_hand))
    return Content(
        classified,
        agreements(codes, selection.study_posts),
        n_by_hand=int(by_hand.dropna(how="all").index.isin(classified.posts.index).sum()),
        tier_of_page=replace(classified, page="") if selection.page else None,
    )


def _with_classes(posts: pd.DataFrame, by_hand: pd.DataFrame) -> pd.DataFrame:
    """Give posts their hand code, else the class of the rules."""
    found = by_rules(posts["message"])
    for name in classes():
        given = by_hand[name].dropna()
        found.loc[given.index, name] = given
    return posts.assign(**found)


def _by_hand(posts: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The classes on which coders agree, of the posts that somebody coded."""
    coded = posts.loc[posts["post_id"].isin(codes["post_id"]), list(POST_KEY)]
    keys = pd.MultiIndex.from_frame(coded)
    found = {name: agreed(codes, name).reindex(keys).to_numpy() for name in classes()}
    return pd.DataFrame(found, index=coded.index, dtype="object")


def ratios_to_other_posts(content: Content, column: str, count: str) -> dict[str, Estimate]:
    """Compare the posts of each class with the other posts of the same page.

    Parameters
    ----------
    content : Content
    column : str
        ``purpose``, ``strategy`` or ``kind``.
    count : str
        ``interactions`` or ``link_clicks``.

    Returns
    -------
    dict of str to Estimate
        The ratio of their counts per follower, or per post where followers are not known, with
        Holm's adjusted p over the classes. Only classes that posts have.
    """
    posts, exposures = _with_exposure(content.selection.posts.dropna(subset=[column, count]))
    present = set(posts[column])
    names = [name for name in NAMES[column] if name in present]
    ratios = [_ratio(posts, exposures, posts[column] == name, count) for name in names]
    return dict(zip(names, with_adjusted_p(ratios), strict=True))


def _with_exposure(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Posts with what their counts are per: 1,000 followers, or a post."""
    if posts[FOLLOWERS].isna().all():
        return posts, pd.Series(1.0, index=posts.index)
    followed = posts[posts[FOLLOWERS] > 0]
    return followed, followed[FOLLOWERS] / 1000


def _ratio(posts: pd.DataFrame, exposures: pd.Series, chosen: pd.Series, count: str) -> Estimate:
    counts = np.asarray(posts[count], dtype=float)
    return paired_rate_ratio(counts, exposures, posts["page_id"], chosen)


def differs(ratio: Estimate) -> bool:
    """Whether a ratio is shown to be another than 1."""
    return ratio.p_adjusted is not None and ratio.p_adjusted < SIGNIFICANT


def typical_of_class(content: Content, measure: Measure, tier: str, n_posts: int) -> Estimate:
    """Estimate the typical page, with the number of posts that the measure looks at."""
    estimate = typical(content.selection, measure, tier)
    if not estimate.estimable:
        return estimate
    return estimate.with_counts(n_pages=estimate.n_pages, n_posts=n_posts)


def with_note(table: ShownTable, note: str) -> ShownTable:
    """Add a sentence to the note below a table."""
    said = " ".join(filter(None, (table.note, note)))
    return ShownTable(table.frame, table.caption, table.rows, said)
