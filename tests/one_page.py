"""What a report of one page does not say, because it takes several of them."""

from __future__ import annotations

import re

OF_SEVERAL = {
    "en": re.compile(r"\b(?:middle|typical) (?:page|target group|one)\b|\d of 1 page\b"),
    "nl": re.compile(r"\bmiddelste\b|\bdoorsnee(?:pagina|doelgroep)\b|\d van 1 pagina\b"),
}
"""A middle, and a share, that one page or one target group does not have."""
