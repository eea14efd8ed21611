"""Text made fit for a page."""

from __future__ import annotations

from analysis.report.characters import BREAK, as_printed, breakable, folded, readable


def test_terminal_colours_and_control_characters_are_no_text() -> None:
    assert readable("\x1b[31mred\x1b[0m\x00 \ufeffplain\ud800") == "red plain"


def test_text_cannot_be_made_to_run_backwards() -> None:
    assert readable("cod\u202eexe.fdp") == "codexe.fdp"


def test_accents_and_right_to_left_scripts_are_text() -> None:
    assert readable("Súdwest-Fryslân שלום\u00a0€") == "Súdwest-Fryslân שלום\u00a0€"


def test_ordinary_words_get_no_breaks() -> None:
    assert BREAK not in breakable("gemeente/provincie een-twee 1,234,567.89")


def test_long_addresses_break_after_their_separators() -> None:
    pieces = breakable("https://example.org/reports/2024").split(BREAK)
    assert pieces == ["https://", "example.", "org/", "reports/", "2024"]


def test_long_words_without_separators_break_all_the_same() -> None:
    assert max(map(len, breakable("w" * 100).split(BREAK))) <= 24


def test_a_progress_bar_shows_its_end_only() -> None:
    assert as_printed("10%\r50%\r100%\r\ndone\n") == "100%\ndone\n"


def test_long_lines_are_folded_and_none_of_them_is_lost() -> None:
    assert folded("abcdef\n\ng\th", 4) == "abcd\nef\n\ng   \nh"
