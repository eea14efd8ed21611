"""What is advised on the simulated pages is what the README announces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from analysis.audience.advice import Action, advise
from analysis.demo.business_suite import OWNERS
from analysis.demo.organisations import OF_NAME
from analysis.findings.advice import numbers_of
from analysis.findings.loss import what_is_known
from analysis.opening import open_notebook


@pytest.fixture(scope="module")
def advised(demo_copy: Path) -> dict[str, Action]:
    """The advice on every page, by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(demo_copy)
        known = what_is_known(open_notebook("demo", "all", "", "facebook"))
    assert known.threshold is not None
    return {
        known.pages.loc[page, "name"]: advise(numbers_of(known, page), known.threshold).action
        for page in known.pages.index
    }


def test_the_advices_are_those_announced(advised: dict[str, Action], project: Path) -> None:
    readme = " ".join((project / "data/raw/README.md").read_text(encoding="utf-8").split())
    assert Counter(advised.values()) == {
        Action.STOP: 3,
        Action.ADVERTISE: 1,
        Action.MEASURE_FIRST: 43,
    }
    assert advised["Ministerie van Weer en Water"] == Action.ADVERTISE
    assert "is *stop* for three provincies, *advertise* for Ministerie van Weer en Water" in readme
    assert "*measure first* for the 43 other pages" in readme


def test_followers_of_a_sharing_page_are_less_than_a_quarter_of_whom_it_wants_to_reach() -> None:
    for name in OWNERS:
        assert 4 * OF_NAME[name].followers < OF_NAME[name].target_group_size
