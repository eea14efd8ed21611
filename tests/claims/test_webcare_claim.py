"""Webcare nearly absent: replies to the comments that need one, and the rules' errors."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from analysis.claims.webcare import Webcare, possible_rates, truly_asked
from analysis.coding.error_rates import error_rate
from analysis.inference.estimate import Estimate
from analysis.registers.comment_rule_errors import Coding, ErrorRate

LEVEL = 0.95


def asked(
    answered: list[int], *, needing: int = 20, others: int = 0, others_answered: int = 0
) -> pd.DataFrame:
    """Pages with as many comments each, of which these many were answered."""
    rows = []
    for page, replies in enumerate(answered):
        needs = ["question"] * needing + ["none"] * others
        done = [number < replies for number in range(needing)]
        done += [number < others_answered for number in range(others)]
        rows += [
            {"page_id": str(page), "post_id": f"{page}-{number}", "needs_answer": need, "done": did}
            for number, (need, did) in enumerate(zip(needs, done, strict=True))
        ]
    frame = pd.DataFrame(rows)
    not_so = pd.array([False] * len(frame), dtype="boolean")
    answers = frame.pop("done").astype("boolean")
    return frame.assign(answered=answers, perhaps_answered=not_so, redirected=not_so)


def coding(sensitivity: ErrorRate, specificity: ErrorRate) -> Coding:
    return Coding(
        study="two",
        sensitivity=sensitivity,
        specificity=specificity,
        same_class=error_rate(9, 10),
        level=0.95,
        n_drawn=200,
        n_coded=200,
        n_pages=12,
        rules_sha256="",
        read_at=datetime(2024, 1, 1, tzinfo=UTC),
    )


def exact(value: float) -> ErrorRate:
    """A rate from so large a sample that its limits are the rate itself."""
    return error_rate(round(value * 10**12), 10**12)


def rate(found: Webcare) -> Estimate:
    return found.reply_rate(level=LEVEL)


def test_false_alarms_that_need_no_answer_do_not_count_against_a_page() -> None:
    # Of 40 comments 20 are flagged and 5 of these answered; with one false alarm in ten of those
    # that need none: (5 - .1 * 5) / (20 - .1 * 40) = 4.5 / 16.
    comments = asked([4, 5, 6, 5], needing=20, others=20)
    corrected = rate(Webcare(comments, coding(exact(1.0), exact(0.9))))
    assert corrected.value == pytest.approx(4.5 / 16)


def test_comments_without_a_text_to_read_change_no_correction() -> None:
    # The rules leave alone what they cannot read, so it counts as neither found nor spared.
    read = asked([4, 5, 6, 5], needing=20, others=20)
    unread = asked([9, 9, 9, 9], needing=40).assign(needs_answer=None)
    rules = coding(exact(0.9), exact(0.9))
    without, with_them = (rate(Webcare(c, rules)) for c in (read, pd.concat([read, unread])))
    assert with_them == without
    assert truly_asked(pd.concat([read, unread]), 0.9, 0.9).equals(truly_asked(read, 0.9, 0.9))


def test_error_rates_are_as_sure_as_the_bounds_are() -> None:
    # A study with more claims asks for more certainty, of the replies and of the rules alike.
    rules = coding(error_rate(45, 50), error_rate(140, 150))
    usual, surer = (possible_rates(rules, level) for level in (0.95, 0.99))
    assert usual[0] == surer[0] == (45 / 50, 140 / 150)
    assert usual[1] == pytest.approx((rules.sensitivity.low, rules.specificity.low))
    assert surer[1] < usual[1]
    assert surer[-1] > usual[-1]


def test_a_bound_leaves_room_for_wrong_error_rates() -> None:
    comments = asked([4, 5, 6, 5, 7, 3], needing=20, others=20)
    without_errors = coding(exact(1.0), exact(1.0))
    corrected, as_it_is = (rate(Webcare(comments, rules)) for rules in (without_errors, None))
    surer = Webcare(comments, None).reply_rate(level=1 - (1 - LEVEL) / 2)
    assert corrected.level == as_it_is.level
    assert corrected.high == pytest.approx(surer.high)
    assert corrected.low == pytest.approx(surer.low)


def test_what_the_coded_sample_leaves_open_widens_the_bounds() -> None:
    comments = asked([4, 5, 6, 5, 7, 3], needing=20, others=20)
    unsure = coding(error_rate(45, 50), error_rate(140, 150))
    certain = coding(exact(45 / 50), exact(140 / 150))
    wide, narrow = rate(Webcare(comments, unsure)), rate(Webcare(comments, certain))
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.high is not None
    assert narrow.high is not None
    assert wide.value == pytest.approx(narrow.value)
    assert wide.low < narrow.low
    assert wide.high > narrow.high


def test_bounds_are_approximate_until_somebody_has_coded_a_sample() -> None:
    comments = asked([4, 5, 6, 5], needing=20, others=20)
    assert rate(Webcare(comments, None)).approximate
    assert not rate(Webcare(comments, coding(exact(1.0), exact(0.9)))).approximate


def test_rules_no_better_than_chance_give_no_rate() -> None:
    found = rate(Webcare(asked([4, 5, 6, 5]), coding(exact(0.5), exact(0.5))))
    assert "no better than chance" in found.reason


def test_pages_that_never_answer_have_an_upper_bound() -> None:
    silent = Webcare(asked([0] * 12), None)
    assert rate(silent).low == 0
    answering = silent.answering_pages(level=0.95)
    assert answering.high == pytest.approx(1 - 0.05 ** (1 / 12))


def test_a_reply_of_somebody_unknown_may_be_the_pages() -> None:
    comments = asked([2, 3, 2, 4, 2, 3])
    perhaps = comments.assign(perhaps_answered=~comments["answered"])
    sure, unsure = rate(Webcare(comments, None)), rate(Webcare(perhaps, None))
    assert unsure.value == sure.value
    assert unsure.low == sure.low
    assert unsure.high == 1 or (unsure.high is not None and unsure.high > 0.9)


def test_pages_with_few_comments_to_answer_are_left_out() -> None:
    few = asked([9], needing=9).assign(page_id="few")
    enough = asked([2, 3, 2, 4, 2, 3])
    assert rate(Webcare(pd.concat([enough, few]), None)) == rate(Webcare(enough, None))


def test_all_comments_have_a_rate_of_their_own() -> None:
    webcare = Webcare(asked([10, 8, 12], needing=20, others=80), None)
    assert webcare.of_all_comments(level=LEVEL).value == pytest.approx(0.1)
    assert rate(webcare).value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("comments", "reason"),
    [
        (asked([1]).iloc[:0], "no comments were read"),
        (asked([1]).assign(answered=pd.NA), "which comments are the page’s"),
        (asked([1]).assign(needs_answer=None), "no comment has a text"),
        (asked([1], needing=9), "no page has 10 comments"),
    ],
)
def test_what_is_missing_is_said(comments: pd.DataFrame, reason: str) -> None:
    found = rate(Webcare(comments, None))
    assert not found.estimable
    assert reason in found.reason


def test_one_page_has_a_rate_and_no_bounds() -> None:
    found = rate(Webcare(asked([5]), None))
    assert found.value == 0.25
    assert not found.has_interval
