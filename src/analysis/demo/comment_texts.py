"""Texts of the simulated comments and answers: short sentences such as stand under Dutch posts.

They are written for what they mean, not for the rules that read them: some questions have no
question mark, some complaints no angry word, and some praise names what is no longer wrong.
"""

from __future__ import annotations

import numpy as np

from analysis.demo.messages import DAYS, PLACES, SUBJECTS

COMMENTS = {
    "question": (
        "Tot hoe laat is het loket op {day} open?",
        "Geldt dit ook voor ondernemers?",
        "Waar kan ik me aanmelden?",
        "Kunnen jullie iets meer vertellen over {subject}?",
        "Wanneer horen we meer over {subject}?",
        "Moet je daarvoor een afspraak maken?",
        "Ik vraag me af of dit ook in {place} geldt.",
        "Weten jullie al wanneer het begint",
        "En wat als je geen computer hebt?",
        "Graag meer informatie over {subject}.",
        "Hoe vraag ik dit aan?",
        "Kan dit ook op {day}?",
        "Iemand een idee waar ik moet zijn voor {subject}",
        "Ik kan nergens vinden wat dit kost",
    ),
    "complaint": (
        "Al weken wacht ik op een brief over {subject}.",
        "Belachelijk hoe het gaat met {subject}.",
        "Slechte service, ik heb drie keer gebeld.",
        "Er wordt niets aan gedaan, elk jaar hetzelfde.",
        "Jullie luisteren niet naar de mensen in {place}.",
        "Weggegooid geld.",
        "Hier word ik zo moe van, steeds hetzelfde liedje.",
        "Weer een brief waar niemand iets van begrijpt.",
        "Ik ben erg teleurgesteld in hoe dit is gegaan.",
        "Dit kan echt niet, zo ga je niet met mensen om.",
        "Die overlast in {place} is nog steeds niet opgelost.",
    ),
    "report": (
        "De lantaarnpaal bij ons in de straat is kapot.",
        "Er ligt zwerfafval in {place}.",
        "Het fietspad is daar spekglad.",
        "De container op de hoek zit vol.",
        "De website doet het niet, ik krijg een foutmelding.",
        "Er hangt een tak los boven de stoep.",
        "Bij ons staat sinds vanmorgen het water in de kelder.",
        "Er ligt glas op de speelplek.",
        "Het stoplicht blijft maar op rood staan.",
    ),
    "praise": (
        "Wat fijn, dank jullie wel!",
        "Mooi gedaan!",
        "Goed bezig daar in {place}.",
        "Compliment voor de snelle hulp.",
        "Top, eindelijk geen overlast meer!",
        "Prachtige foto.",
        "Blij met {subject}.",
        "Trots op al die vrijwilligers.",
        "Heel mooi geworden!",
        "Duidelijk uitgelegd, bedankt.",
    ),
    "chatter": (
        "Gefeliciteerd allemaal.",
        "Wij komen ook!",
        "Leuk voor de kinderen.",
        "Dat weet ik nog van vroeger.",
        "Gezellig, tot {day}!",
        "Zin in!",
        "Wie gaat er mee?",
        "Kijk, dat is bij ons om de hoek.",
        "Haha, herkenbaar.",
        "Zo was het vroeger ook.",
        "Ieder zijn mening.",
        "Fijne dag allemaal.",
        "De buren hadden gelijk.",
        "Doen we!",
        "Nog even wachten dus.",
    ),
}
"""What people write, by what they want with it."""

NEEDS_ANSWER = ("question", "complaint", "report")

ANSWERS = {
    False: (
        "Ja, dat geldt voor iedereen.",
        "Dat kan tot en met {day}, zonder afspraak.",
        "Goede vraag. In het najaar weten we meer over {subject}.",
        "Bedankt voor de melding, we gaan kijken.",
        "Vervelend om te horen. We zoeken uit wat er is misgegaan.",
        "Dank je wel, we geven het door.",
        "Het begint op {day}, en je hoeft je niet aan te melden.",
        "Sorry voor het lange wachten. Je krijgt deze week bericht.",
    ),
    True: (
        "Stuur ons een privébericht, dan zoeken we het uit.",
        "Neem contact op via het contactformulier.",
        "Kijk op onze website voor alle informatie.",
        "Bel ons op werkdagen, dan helpen we je verder.",
        "Je kunt dit melden via de app.",
        "Daar gaan onze collega's van de servicelijn over.",
    ),
}
"""What pages answer, by whether they send people elsewhere."""


def write_text(rng: np.random.Generator, texts: tuple[str, ...], tier: str) -> str:
    """Draw a text and fill in what it speaks about.

    Parameters
    ----------
    rng : numpy.random.Generator
    texts : tuple of str
        Of ``COMMENTS`` or ``ANSWERS``.
    tier : str
        Decides on places and subjects.
    """
    # One draw per slot, used or not, so that a new text moves no other one.
    text, place, subject, day = (
        words[int(draw * len(words))]
        for words, draw in zip(
            (texts, PLACES[tier], SUBJECTS[tier], DAYS), rng.random(4), strict=True
        )
    )
    return text.format(place=place, subject=subject, day=day)
