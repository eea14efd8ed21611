"""How well people who coded the same posts agree, with each other and with the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.content.rules import Dimension, by_rules, classes
from analysis.inference.agreement import ENOUGH, krippendorff_alpha
from analysis.inference.estimate import Estimate
from analysis.registers.post_codes import POST_KEY


@dataclass(frozen=True)
class Agreement:
    """How well coders agree on one class, with each other and with the rules.

    Attributes
    ----------
    dimension, name : str
        Of the class: ``purpose`` and ``crisis``.
    coders, rules : Estimate
        Krippendorff's alpha of "this class or another", between coders, and between the rules and
        the coders, who take turns post by post.
    n_given : int
        Posts to which at least one coder gave the class.
    """

    dimension: Dimension
    name: str
    coders: Estimate
    rules: Estimate
    n_given: int

    @property
    def enough(self) -> bool:
        """Whether a conclusion may rest on the class: both alphas known and high enough."""
        return all(alpha.value is not None and alpha.value >= ENOUGH for alpha in self.both)

    def __str__(self) -> str:
        """``purpose crisis: 0.91 between coders, 0.84 with the rules; given to 23 posts``."""
        coders, rules = (
            "not known" if alpha.value is None else f"{alpha.value:.2f}" for alpha in self.both
        )
        verdict = "" if self.enough else f"; not {ENOUGH} or more, so no conclusion may rest on it"
        return (
            f"{self.dimension} {self.name}: {coders} between coders, {rules} with the rules; given "
            f"to {self.n_given} posts{verdict}"
        )

    @property
    def both(self) -> tuple[Estimate, Estimate]:
        """The alpha between coders and the alpha with the rules."""
        return self.coders, self.rules


def agreements(codes: pd.DataFrame, posts: pd.DataFrame) -> tuple[Agreement, ...]:
    """Compare the codes of coders with each other and with the rules, class by class.

    Parameters
    ----------
    codes : pandas.DataFrame
        As `post_codes.read_codes` gives them; codes of other posts are not used.
    posts : pandas.DataFrame
        With ``platform``, ``page_id``, ``post_id`` and ``message``.

    Returns
    -------
    tuple of Agreement
        One per class, in the order of the rules.
    """
    # Ids first: a study has millions of posts, and keys of three parts are slow to make.
    candidates = posts[posts["post_id"].isin(codes["post_id"])]
    coded = codes[_keys_of(codes).isin(_keys_of(candidates))]
    ruled = candidates[_keys_of(candidates).isin(_keys_of(coded))]
    ruled = ruled[list(POST_KEY)].join(by_rules(ruled["message"]))
    return tuple(
        agreement
        for dimension in classes()
        for agreement in _of_dimension(dimension, coded, ruled.set_index(list(POST_KEY))[dimension])
    )


def _keys_of(posts: pd.DataFrame) -> pd.MultiIndex:
    """Give every post its key: platform, page and post."""
    return pd.MultiIndex.from_frame(posts[list(POST_KEY)])


def _of_dimension(
    dimension: Dimension, coded: pd.DataFrame, ruled: pd.Series
) -> Iterator[Agreement]:
    by_coder = coded.pivot(index="coder", columns=list(POST_KEY), values=dimension)  # noqa: PD010
    one_each = _taking_turns(by_coder)
    with_rules = np.vstack([one_each, ruled.reindex(by_coder.columns)])
    pages = by_coder.columns.to_frame(index=False).groupby(["platform", "page_id"]).ngroup()
    for name in classes()[dimension].names:
        yield Agreement(
            dimension,
            name,
            coders=krippendorff_alpha(_gives(by_coder.to_numpy(), name), pages),
            rules=krippendorff_alpha(_gives(with_rules, name), pages),
            n_given=int((by_coder == name).any().sum()),
        )


def _taking_turns(by_coder: pd.DataFrame) -> np.ndarray:
    """One coder's code of every post; coders take turns, so that posts they disagree on stay in."""
    codes = by_coder.to_numpy(dtype=object)
    given = by_coder.notna().to_numpy(dtype=bool)
    turn = np.arange(codes.shape[1]) % np.maximum(given.sum(axis=0), 1)
    order = np.argsort(~given, axis=0, kind="stable")
    return np.take_along_axis(codes, order, axis=0)[turn, np.arange(codes.shape[1])]


def _gives(codes: np.ndarray, name: str) -> np.ndarray:
    """1 where a code is this class, 0 where it is another, NaN where there is none."""
    return np.where(pd.isna(codes), np.nan, (codes == name).astype(float))
