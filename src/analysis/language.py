"""The languages in which results are written: words from catalogues, numbers as each writes them.

English stands in the code: ``say("{n} of {all}", n=…, all=…)``. The catalogues in ``nl/``, beside
this file, hold the Dutch, one for each subject; any editor for gettext catalogues opens them. A
test finds every English text that has no Dutch. A process speaks one language at a time, that of
its study: the opening call of a notebook says which.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language = Literal["en", "nl"]
CATALOGUES = Path(__file__).with_name("nl")
REASON = "reason"
NUMBER, TEXT = "n", "text"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
_QUOTED = re.compile(r"'\\\{(\w+)\\\}'")
_IN_MARKS, _OUTSIDE_MARKS = "[^']+", "(?:[^']|'[^']*')+?"
_STRAY_IN_MARKS, _STRAY_OUTSIDE_MARKS = ".+", ".+?"


@dataclass
class Wording:
    """What one language has for the words, the numbers and the days of the code.

    Attributes
    ----------
    language : {"en", "nl"}
    reasons : dict of str to str
        Texts that reach this far as English: reasons why there is no number, and what was written
        into the data while they were read.
    patterns : list of tuple of re.Pattern and str
        Those into which values are filled, in the order in which they are tried. Of the values,
        ``{n}`` and ``{n_…}`` are numbers, ``{text…}`` is such a text itself, and others stay as
        they are.
    """

    language: Language
    translations: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    reasons: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __call__(self, text: str, /, **values: Any) -> str:
        """Say an English text in this language, with its values filled in."""
        return self.translations.gettext(text).format(**values)

    def plural(self, one: str, many: str, n: float, /, **values: Any) -> str:
        """Say a text about n things, each language with its own plural; ``{n}`` is the number."""
        text = self.translations.ngettext(one, many, int(n))
        return text.format(n=self.decimal(n, 0), **values)

    def reason(self, text: str) -> str:
        """Say a reason that an estimate carries; English where the catalogue does not know it."""
        if text in self.reasons:
            return self.reasons[text]
        for pattern, translated in self.patterns:
            if found := pattern.fullmatch(text):
                values = {
                    name: self._said(name, value) for name, value in found.groupdict().items()
                }
                return translated.format(**values)
        return self.translations.gettext(text) if text else ""

    def _said(self, name: str, value: str) -> str:
        """Say a value that is filled in where a reason has this name."""
        if _is_number(name):
            return self.decimal(int(value.replace(",", "")), 0)
        return self.reason(value) if name.startswith(TEXT) else value

    def decimal(self, value: float, decimals: int) -> str:
        """Write a number with this many decimals and the marks of the language."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        written = format_decimal(value, pattern, locale=self.language)
        return written.replace("-", "−")

    def day(self, when: date) -> str:
        """Write a date: ``1 January 2023``."""
        return format_date(when, "d MMMM y", locale=self.language)


say = Wording("en")
"""The language that is spoken now; English until `speak` says otherwise."""


def speak(language: Language) -> None:
    """Let everything that is said from now on be said in this language."""
    vars(say).update(vars(wording(language)))


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for a while, and then the one that was spoken before."""
    before = say.language
    speak(language)
    try:
        yield
    finally:
        speak(before)


@cache
def wording(language: Language) -> Wording:
    """Give the words of a language."""
    if language == "en":
        return Wording(language)
    catalogue = read_catalogues(CATALOGUES)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    reasons = {str(m.id): str(m.string) for m in catalogue if m.context == REASON}
    return Wording(language, gettext.GNUTranslations(compiled), reasons, _patterns(reasons))


def read_catalogues(folder: Path) -> Catalog:
    """Read the Dutch texts of a folder into one catalogue."""
    together = Catalog(locale="nl")
    for path in sorted(folder.glob("*.po")):
        for message in read_catalogue(path):
            if message.id:
                together[message.id] = message
    return together


def read_catalogue(path: Path) -> Catalog:
    """Read one file of texts and what they are in Dutch."""
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def _patterns(reasons: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    """Match reasons whatever was filled in, though that may be written like a reason itself.

    Of two reasons that fit a text, the one that says more of it is meant. A value ends where its
    quotation mark closes; only a text that does not fit so is tried with stray marks in values.
    """
    with_values = [text for text in reasons if _PLACEHOLDER.search(re.escape(text))]
    in_order = sorted(with_values, key=lambda text: -len(_PLACEHOLDER.sub("", re.escape(text))))
    return [
        (_pattern(text, stray_marks=stray), reasons[text])
        for text in in_order
        for stray in (False, True)
    ]


def _pattern(template: str, *, stray_marks: bool) -> re.Pattern[str]:
    """Match a reason whatever was filled in: ``at least {n} pages``."""
    escaped = re.escape(template)
    in_marks = {found[1] for found in _QUOTED.finditer(escaped)}

    def value(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if _is_number(name):
            return f"(?P<{name}>{_DIGITS})"
        if name in in_marks:
            return f"(?P<{name}>{_STRAY_IN_MARKS if stray_marks else _IN_MARKS})"
        return f"(?P<{name}>{_STRAY_OUTSIDE_MARKS if stray_marks else _OUTSIDE_MARKS})"

    return re.compile(_PLACEHOLDER.sub(value, escaped), re.DOTALL)


def _is_number(name: str) -> bool:
    """Whether a value of this name is a number, as English writes it."""
    return name == NUMBER or name.startswith(f"{NUMBER}_")
