"""Made-up people and what they wrote, planted so that a test can look for them in what is left."""

from __future__ import annotations

PERSON, PERSON_ID = "Wilhelmina Zandstra-Plant", "77000000000000077"
QUESTION = "Wanneer gaat de Kornelisbrug weer open?"
ANSWER = "Stuur ons een privébericht, dan zoeken we het uit."
PLANTED = (PERSON, PERSON_ID, "Kornelisbrug", "zoeken we het uit", "avatar-of-wilhelmina")
PAGE, PAGE_NAME = "100000000000001", "Gemeente Voorbeeld"
