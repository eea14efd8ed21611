"""Texts of the simulated posts: short messages such as a Dutch public body might write."""

from __future__ import annotations

import numpy as np

from analysis.demo.organisations import Organisation

TEMPLATES = {
    "crisis": (
        "Brand in {place}: sluit ramen en deuren en volg de aanwijzingen van de hulpdiensten.",
        "Code geel voor gladheid in {place}. Rijd voorzichtig en houd afstand.",
        "Waarschuwing: harde wind verwacht in {place}. Ga alleen op pad als het nodig is.",
        "Kook het kraanwater in {place} eerst drie minuten. We melden wanneer het weer mag.",
    ),
    "service": (
        "Heb je vragen over {subject}? Bel ons op werkdagen tussen 9.00 en 17.00 uur.",
        "Op {day} zijn onze loketten gesloten. Online kun je gewoon terecht.",
        "Werk aan de weg in {place}: vanaf {day} geldt een omleiding.",
        "Stap voor stap: zo werkt {subject}. Lees het op onze website.",
        "Door een storing zijn we telefonisch slecht bereikbaar. Probeer het {day} opnieuw.",
    ),
    "participation": (
        "Wat vind jij van {subject}? Vul voor {day} de vragenlijst in.",
        "Denk mee over de toekomst van {place}. Kom {day} naar de inloopavond!",
        "We zoeken mensen voor een panel over {subject}. Doe je mee?",
    ),
    "recruitment": (
        "Vacature: wij zoeken een collega voor {subject}. Solliciteer voor {day}.",
        "Kom werken bij {name}! Op {day} is er een open dag.",
        "Stage lopen bij {name}? Bekijk de plekken voor het nieuwe schooljaar.",
    ),
    "campaign": (
        "Samen houden we {place} schoon. Gooi je afval in de bak.",
        "Test vandaag je rookmelder. Eén druk op de knop is genoeg.",
        "Warm weer: drink genoeg, zoek de schaduw en let een beetje op elkaar.",
        "Fietslicht aan? Zo ben je beter te zien in het donker.",
        "Zuinig met water: elke minuut korter douchen telt.",
    ),
    "symbolic": (
        "Fijn weekend! Deze foto van {place} kregen we van een volger.",
        "Een groot compliment voor alle vrijwilligers in {place}: bedankt voor jullie inzet!",
        'Vandaag hangt de vlag uit. "Vrijheid geef je door."',
        "Terugblik op een geslaagde bijeenkomst in {place}.",
        "Proficiat aan iedereen die vandaag een diploma krijgt!",
    ),
}

PLACES = {
    "rijksoverheid": (
        "het hele land",
        "de grensstreek",
        "de kustplaatsen",
        "het rivierengebied",
        "het noorden",
    ),
    "provincie": (
        "de regio Oost",
        "de regio West",
        "het merengebied",
        "het buitengebied",
        "de dijkdorpen",
    ),
    "gemeente": (
        "het centrum",
        "de wijk Lindehof",
        "de wijk Vogelweide",
        "het stationsgebied",
        "het sportpark",
    ),
}

SUBJECTS = {
    "rijksoverheid": (
        "de nieuwe regeling",
        "de aanvraag",
        "het jaarplan",
        "de vergoeding",
        "de nieuwe regels",
    ),
    "provincie": (
        "het natuurplan",
        "het fietspad",
        "de busverbinding",
        "het waterbeheer",
        "de provinciale weg",
    ),
    "gemeente": (
        "het afval",
        "de speeltuin",
        "het parkeren",
        "het zwembad",
        "de bomen in de straat",
    ),
}

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


def write_messages(
    rng: np.random.Generator, purposes: list[str], organisation: Organisation
) -> list[str]:
    """Write a text for each post.

    Parameters
    ----------
    rng : numpy.random.Generator
    purposes : list of str
        What each post is for, one of ``TEMPLATES``.
    organisation : Organisation
        Who writes; the tier decides on places and subjects.

    Returns
    -------
    list of str
    """
    # One draw per slot and post, used or not, so that a new template moves no other text.
    draws = rng.random((len(purposes), 4))
    return [
        _pick(TEMPLATES[purpose], draw[0]).format(
            place=_pick(PLACES[organisation.tier], draw[1]),
            subject=_pick(SUBJECTS[organisation.tier], draw[2]),
            day=_pick(DAYS, draw[3]),
            name=organisation.name,
        )
        for purpose, draw in zip(purposes, draws, strict=True)
    ]


def _pick(words: tuple[str, ...], draw: float) -> str:
    return words[int(draw * len(words))]
