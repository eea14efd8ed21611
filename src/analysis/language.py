"""The languages in which results are written: words from a catalogue, numbers as each writes them.

English stands in the code. ``nl.po``, beside this file, holds the Dutch; any editor for gettext
catalogues opens it. A test finds every English text that has no Dutch.
"""

from __future__ import annotations

import gettext
import io
import re
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
CATALOGUE = Path(__file__).with_name("nl.po")
REASON = "reason"
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True)
class Wording:
    """One language: ``say("{n} of {all}", n=…, all=…)``.

    Attributes
    ----------
    language : {"en", "nl"}
    reasons : dict of re.Pattern to str
        Reasons why there is no number, which reach this far as English with numbers filled in.
    """

    language: Language
    translations: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    reasons: dict[re.Pattern[str], str] = field(default_factory=dict)

    def __call__(self, text: str, /, **values: Any) -> str:
        """Say an English text in this language, with its values filled in."""
        return self.translations.gettext(text).format(**values)

    def plural(self, one: str, many: str, n: float, /, **values: Any) -> str:
        """Say a text about n things, each language with its own plural; ``{n}`` is the number."""
        text = self.translations.ngettext(one, many, int(n))
        return text.format(n=self.decimal(n, 0), **values)

    def reason(self, text: str) -> str:
        """Say a reason that an estimate carries; English where the catalogue does not know it."""
        for pattern, translated in self.reasons.items():
            if found := pattern.fullmatch(text):
                return translated.format(**found.groupdict())
        return self.translations.gettext(text)

    def decimal(self, value: float, decimals: int) -> str:
        """Write a number with this many decimals and the marks of the language."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        written = format_decimal(value, pattern, locale=self.language)
        return written.replace("-", "−")

    def day(self, when: date) -> str:
        """Write a date: ``1 January 2023``."""
        return format_date(when, "d MMMM y", locale=self.language)


ENGLISH = Wording("en")


@cache
def wording(language: Language) -> Wording:
    """Give the words of a language."""
    if language == ENGLISH.language:
        return ENGLISH
    catalogue = read_catalogue()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    reasons = {
        _pattern(str(message.id)): str(message.string)
        for message in catalogue
        if message.context == REASON
    }
    return Wording(language, gettext.GNUTranslations(compiled), reasons)


def read_catalogue() -> Catalog:
    """Read the catalogue of Dutch texts."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl")


def _pattern(template: str) -> re.Pattern[str]:
    """Match a reason whatever was filled in: ``at least {n} pages``."""
    return re.compile(_PLACEHOLDER.sub(r"(?P<\1>.+)", re.escape(template)))
