"""How well coders and rules agree on posts."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.coding.agreement import Agreement, agreements
from analysis.registers.post_codes import COLUMNS
from coding.projects_to_code import POSTS as TEXTS


def posts(texts: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "platform": "facebook",
            "page_id": "1",
            "post_id": [str(number) for number in range(len(texts))],
            "message": pd.Series(texts, dtype="object"),
        }
    )


def codes(coder: str, purposes: list[str | None], strategy: str = "push") -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("facebook", "1", str(number), coder, purpose, strategy)
            for number, purpose in enumerate(purposes)
        ],
        columns=list(COLUMNS),
    )


def agreement_on(name: str, found: tuple[Agreement, ...]) -> Agreement:
    return next(agreement for agreement in found if agreement.name == name)


FOUND_BY_RULES = ["crisis"] * 8 + ["service"] * 12
TWENTY = posts([TEXTS[name] for name in FOUND_BY_RULES])


def test_coders_and_rules_who_all_agree_may_be_relied_on() -> None:
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", FOUND_BY_RULES)])
    crisis = agreement_on("crisis", agreements(both, TWENTY))
    assert (crisis.coders.value, crisis.rules.value) == (pytest.approx(1), pytest.approx(1))
    assert crisis.enough
    assert crisis.n_given == 8


def test_rules_that_err_may_not_be_relied_on() -> None:
    turned = ["service"] * 8 + ["crisis"] * 12
    crisis = agreement_on(
        "crisis", agreements(pd.concat([codes("A", turned), codes("B", turned)]), TWENTY)
    )
    assert crisis.coders.value == pytest.approx(1)
    assert crisis.rules.value is not None
    assert crisis.rules.value < 0
    assert not crisis.enough


def test_one_coder_alone_is_not_enough() -> None:
    crisis = agreement_on("crisis", agreements(codes("A", FOUND_BY_RULES), TWENTY))
    assert crisis.rules.value == pytest.approx(1)
    assert crisis.coders.reason.startswith("not measured")
    assert not crisis.enough
    assert "not known between coders" in str(crisis)


def test_posts_on_which_coders_disagree_weigh_against_the_rules() -> None:
    half = ["service"] * 4 + ["crisis"] * 4 + ["service"] * 12
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", half)])
    crisis = agreement_on("crisis", agreements(both, TWENTY))
    assert crisis.rules.value is not None
    assert crisis.rules.value < 0.95
    assert crisis.rules.n_posts == 20


def test_posts_without_a_text_are_compared_between_coders_only() -> None:
    no_texts = posts([None] * 20)
    both = pd.concat([codes("A", FOUND_BY_RULES), codes("B", FOUND_BY_RULES)])
    crisis = agreement_on("crisis", agreements(both, no_texts))
    assert crisis.coders.value == pytest.approx(1)
    assert crisis.rules.reason.startswith("not measured")


def test_codes_of_other_posts_are_not_used() -> None:
    elsewhere = codes("A", FOUND_BY_RULES).assign(page_id="2")
    found = agreements(elsewhere, TWENTY)
    assert all(agreement.n_given == 0 and not agreement.enough for agreement in found)
