"""Formulas: LaTeX to a tree."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.report.formulas import formula_tree


def only(latex: str) -> dict[str, Any]:
    """Give the one node that a formula consists of."""
    tree = formula_tree(latex)
    while tree and tree["kind"] == "row":
        (tree,) = tree["children"]
    assert tree
    return tree


def test_a_fraction_has_something_above_and_something_below() -> None:
    fraction = only(r"\frac{L}{N}")
    assert fraction["kind"] == "fraction"
    assert fraction["above"]["children"] == [{"kind": "symbol", "text": "L"}]
    assert fraction["below"]["children"] == [{"kind": "symbol", "text": "N"}]


def test_sums_carry_their_bounds() -> None:
    assert only(r"\sum_{i=1}^{n}").keys() == {"kind", "base", "sub", "sup"}


def test_brackets_grow_with_what_they_enclose() -> None:
    fence = only(r"\left( \frac{a}{b} \right)")
    assert (fence["kind"], fence["open"], fence["close"]) == ("fence", "(", ")")


def test_a_choice_of_cases_has_a_brace_on_one_side_only() -> None:
    fence = only(r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}")
    assert (fence["open"], fence["close"]) == ("{", "")
    assert len(fence["children"][0]["rows"]) == 2


def test_matrices_and_binomials_are_enclosed_too() -> None:
    assert only(r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}")["kind"] == "fence"
    assert only(r"\binom{n}{k}")["children"][0]["line"] is False


def test_words_in_a_formula_stand_upright() -> None:
    assert only(r"\text{reach}") == {"kind": "words", "text": "reach"}
    assert only(r"\log") == {"kind": "operator", "text": "log"}


def test_a_thousands_separator_takes_no_space() -> None:
    tree = formula_tree("1{,}000")
    assert tree
    assert [node["kind"] for node in tree["children"][0]["children"]] == [
        "words",
        "ordinary",
        "words",
    ]


@pytest.mark.parametrize(
    "latex",
    [
        r"\input{/etc/passwd}",
        r"\unknown{x}",
        r"\frac{a",
        r"\sqrt{" * 60 + "x" + "}" * 60,
        "{" * 2000,
        "x" * 5000,
        "",
    ],
    ids=["input", "unknown", "unclosed", "deep", "deeper", "long", "empty"],
)
def test_what_cannot_be_set_is_given_back(latex: str) -> None:
    assert formula_tree(latex) is None
