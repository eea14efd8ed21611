"""What a word stands for."""

from __future__ import annotations

import polars as pl

from analysis.sources.lookup import told


def test_usual_and_other_words_mean_what_the_function_tells_of_them() -> None:
    words = pl.DataFrame({"word": ["a", None, "bb", "ccc", "bb", "none"]})
    length = told(
        pl.col("word"), ["a"], lambda word: None if word == "none" else word * 2, pl.String()
    )

    assert words.select(length).to_series().to_list() == [
        "aa",
        None,
        "bbbb",
        "cccccc",
        "bbbb",
        None,
    ]


def test_a_word_that_is_there_more_than_once_is_asked_for_once() -> None:
    asked: list[str] = []

    def meaning(word: str) -> bool:
        asked.append(word)
        return True

    words = pl.DataFrame({"word": ["usual", "other", "other", "usual"]})
    words.select(told(pl.col("word"), ["usual"], meaning, pl.Boolean()))

    assert sorted(asked) == ["other", "usual"]
