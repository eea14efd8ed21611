"""All claims of a study, judged on a selection of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.audience.reach import Reach, reach_per_page
from analysis.claims.audience import (
    AUDIENCE_CLAIMS,
    audience_bounds,
    bounds_of_one_page,
    level_of_model,
)
from analysis.claims.reactions import few_comments, few_reactions
from analysis.claims.rule import CLAIMS, Verdict, confidence
from analysis.claims.webcare import Webcare, both_kinds_coded
from analysis.coding.error_rates import read_coding
from analysis.inference.estimate import Estimate
from analysis.measures.measure import Material
from analysis.measures.questions import questions
from analysis.registers.comment_rule_errors import Coding
from analysis.selection import Selection, of_tier
from analysis.study import ALL_TIERS, ClaimName


@dataclass(frozen=True)
class Case:
    """What the verdicts of a study go by, for a selection of its pages.

    Every part is computed once, when it is first asked for.
    """

    selection: Selection

    @property
    def claims(self) -> tuple[ClaimName, ...]:
        """The claims of the study, in the order of the three sentences."""
        declared = self.selection.study.claims
        return tuple(sorted(declared, key=lambda name: CLAIMS[name].of_sentence))

    @property
    def level(self) -> float:
        """Level of each one-sided bound."""
        return confidence(max(1, len(self.claims)))

    @property
    def tiers(self) -> tuple[str, ...]:
        """Groups of pages to judge: all together first, then each tier."""
        tiers = self.selection.tiers
        return (ALL_TIERS, *tiers) if len(tiers) > 1 else tiers

    @cached_property
    def verdicts(self) -> dict[ClaimName, dict[str, Verdict]]:
        """The verdict on every claim, for every group of pages."""
        return {
            name: {tier: self.judged(name, tier) for tier in self.tiers} for name in self.claims
        }

    def headline(self, name: ClaimName) -> Verdict:
        """Give the verdict on all pages of the selection together."""
        return self.verdicts[name][self.tiers[0]]

    def judged(self, name: ClaimName, tier: str, *, with_interactions: bool = True) -> Verdict:
        """Judge a claim on one group of pages.

        Parameters
        ----------
        with_interactions : bool, default True
            False judges reach as if reactions said nothing about it.
        """
        estimate = self.estimate(name, tier, with_interactions)
        return Verdict.of(CLAIMS[name], self.selection.study.claims[name], estimate)

    def estimate(self, name: ClaimName, tier: str, with_interactions: bool = True) -> Estimate:
        """Give the number that decides about a claim, with its bounds."""
        match name:
            case "few_reactions":
                return few_reactions(self.material(tier), level=self.level)
            case "few_comments":
                return few_comments(self.material(tier), level=self.level)
            case "webcare_absent":
                return self.webcare(tier).reply_rate(level=self.level)
            case _:
                reach = self.reach(tier, with_interactions=with_interactions)
                return audience_bounds(name, reach, level=self.level)

    def material(self, tier: str) -> Material:
        """The posts and comments of one group of pages."""
        of_all = self.selection.material
        posts = of_tier(of_all.posts, tier)
        return Material(posts, of_all.weeks, of_all.timezone, of_tier(of_all.comments, tier))

    def webcare(self, tier: str) -> Webcare:
        """What one group of pages does about comments."""
        pages = of_tier(self.selection.pages, tier)["page_id"]
        return Webcare(self._asked[self._asked["page_id"].isin(pages)], self.coding)

    def reach(self, tier: str, *, with_interactions: bool = True) -> Reach:
        """Whom one group of pages reaches."""
        found = self._reach if with_interactions else self._reach_without_interactions
        return found.of(tier)

    @cached_property
    def coding(self) -> Coding | None:
        """The error rates of the rules for comments, where they are known of these rules."""
        coding = read_coding(self.selection.study, self.selection.root)
        return coding if coding and coding.fits and both_kinds_coded(coding) else None

    @cached_property
    def _asked(self) -> pd.DataFrame:
        return questions(self.selection.study_comments)

    @cached_property
    def _reach(self) -> Reach:
        return reach_per_page(self.selection, level=level_of_model(self.level))

    @cached_property
    def _reach_without_interactions(self) -> Reach:
        level = level_of_model(self.level)
        return reach_per_page(self.selection, level=level, with_interactions=False)


def numbers_of_one_page(case: Case) -> dict[ClaimName, Estimate]:
    """Give one page's own number for every claim; a verdict needs pages.

    Returns
    -------
    dict of str to Estimate
        Values without interval; for reach two bounds, at 95 % where it was modelled.
    """
    reach = reach_per_page(case.selection)
    return {
        name: bounds_of_one_page(name, reach)
        if name in AUDIENCE_CLAIMS
        else case.estimate(name, case.selection.tier)
        for name in case.claims
    }
